"""The sheet behind a filled form: every entry in full, for what the form itself has no room for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vault.letters.compose import inline, written_out
from vault.model.forms import FormPage

_A4 = 1.35
"""A page at least so many times as high as wide is A4, any other letter paper."""


@dataclass(frozen=True, slots=True)
class Part:
    """An entry on the sheet: its heading, and what is said of it, a name and a text a row."""

    heading: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that stands on the sheet: whose form it goes with, the entries, who is to be told."""

    patient: str
    born: dt.date
    mrn: str
    reference: str
    form: str
    parts: tuple[Part, ...]
    told: tuple[str, ...] = ()


def data(sheet: Sheet, pages: Sequence[FormPage]) -> dict[str, object]:
    """The sheet as the form's template takes it; its paper is that of the form's first page."""
    first = pages[0] if pages else FormPage(612, 792)
    tall = max(first.width, first.height) / min(first.width, first.height)
    head = [
        ("Patient", sheet.patient),
        ("Date of birth", written_out(sheet.born)),
        ("Medical record number", sheet.mrn),
        ("Reference", sheet.reference),
        ("Goes with", sheet.form),
    ]
    return {
        "paper": "a4" if tall > _A4 else "us-letter",
        "title": "Attached sheet",
        "rows": [[name, inline(text)] for name, text in head if text],
        "parts": [
            {
                "heading": inline(part.heading),
                "rows": [[name, inline(text)] for name, text in part.rows if text],
            }
            for part in sheet.parts
        ],
        "told": [inline(line) for line in sheet.told],
        "footer": f"{inline(sheet.patient)}, born {written_out(sheet.born)} · {sheet.reference}",
    }
