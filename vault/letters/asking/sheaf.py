"""The cover sheet of a fax, and finished letters put together as one PDF to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vault.letters import render
from vault.letters.asking.content import Content, fit_to_print
from vault.letters.compose import written_out
from vault.letters.render import Typesetter
from vault.model.letters import Typeset


@dataclass(frozen=True, slots=True)
class Part:
    """A finished PDF of this program's own: its title, its pages, the paper it is for."""

    title: str
    pdf: bytes
    pages: int
    paper: str


def cover(content: Content, pages: int) -> dict[str, object]:
    """A fax cover sheet for `pages` pages, itself among them; it names no patient.

    Whoever stands at the machine reads it, so it says no more than where it goes.
    """
    c = fit_to_print(content)
    holder, who = c.holder, c.signer or c.patient
    pairs = [
        ("To", [part for part in (holder.name, holder.desk) if part]),
        ("Fax", [holder.fax]),
        ("Telephone", [holder.phone]),
        ("From", [who.name]),
        ("Telephone", [who.phone]),
        ("Date", [written_out(c.on)]),
        ("Pages", [f"{pages}, this one among them"]),
        ("Reference", [c.reference]),
    ]
    return {
        "title": "Fax",
        "paper": c.paper,
        "date": [c.on.year, c.on.month, c.on.day],
        "signed": who.name,
        "rows": [[name, lines] for name, lines in pairs if any(lines)],
        "notes": [
            "Confidential: this fax holds health information and is meant only for the one named "
            "above. If you are somebody else, please do not read or pass on what follows. Please "
            "tell me by telephone, and destroy all pages.",
            "If a page is missing or cannot be read, please tell me.",
        ],
    }


def render_cover(content: Content, pages: int, typesetter: Typesetter) -> Typeset:
    """Typeset the cover sheet of a fax."""
    return render.typeset("fax", cover(content, pages), content.on, typesetter)


def together(title: str, parts: Sequence[Part], on: dt.date, typesetter: Typesetter) -> Typeset:
    """One PDF of finished ones, page for page as they were made, in their order."""
    data: dict[str, object] = {
        "title": title,
        "date": [on.year, on.month, on.day],
        "parts": [
            {
                "title": part.title,
                "paper": part.paper,
                "pages": part.pages,
                "pdf": list(part.pdf),
            }
            for part in parts
        ],
    }
    return render.typeset("sheaf", data, on, typesetter)
