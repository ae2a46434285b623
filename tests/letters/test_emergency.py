"""The emergency sheet is one page that says all it takes, and nothing of what is in the vault."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import BooleanObject, DictionaryObject

from vault.letters import emergency
from vault.letters.render import MissingGlyphs
from vault.model.emergency import EmergencySheet
from vault.workers.pool import Pool

CODE = "GZDH-TN0S-46XC-974D-6FZQ-9CV6-FRTB-37T9"
SHEET = EmergencySheet("1a2b3c4d" * 4, "/home/maren/vault", dt.date(2026, 11, 23))
POOL = Pool(1)


@pytest.fixture(scope="module", autouse=True)
def _close() -> Iterator[None]:
    """No worker outlives the module."""
    yield
    POOL.close()


def words_of(sheet: EmergencySheet) -> str:
    """All words of the finished PDF; it must be one tagged page."""
    made = emergency.render(sheet, POOL)
    reader = PdfReader(io.BytesIO(made.pdf))
    assert (len(reader.pages), made.pages) == (1, 1)
    marks = reader.root_object["/MarkInfo"].get_object()
    assert isinstance(marks, DictionaryObject)
    assert marks["/Marked"] == BooleanObject(True)
    return " ".join(reader.pages[0].extract_text().split())


def test_it_tells_what_where_and_how() -> None:
    """Vault, day, folder, the commands word for word, the warning, and the format's page."""
    said = words_of(replace(SHEET, backup="the blue stick"))
    for words in (
        "How to open my health-record vault",
        "1a2b 3c4d",
        "23 November 2026",
        "/home/maren/vault",
        "the blue stick",
        "chartmend restore DIR --to NEW",
        "chartmend --vault NEW recovery use",
        "docs/vault-format.md",
        "can read everything in it",
    ):
        assert words in said


def test_the_code_is_there_only_when_it_was_given() -> None:
    """Else there are eight empty boxes, and words that say to fill them by hand."""
    printed = words_of(replace(SHEET, code=CODE))
    assert all(group in printed for group in CODE.split("-"))
    assert "no longer opens the vault" in printed
    empty = emergency.compose(SHEET)
    assert empty["groups"] == [""] * 8
    assert "by hand" in words_of(SHEET)


def test_nobody_is_named_unless_asked_for() -> None:
    """Without an owner there is no line for one."""
    assert "Whose vault" not in words_of(SHEET)
    assert "Whose vault Maren Oldfield" in words_of(replace(SHEET, owner="Maren Oldfield"))


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_the_longest_sheet_is_still_one_page(paper: str) -> None:
    """Every field as long as it can be, on either paper."""
    long = " ".join(["folder"] * 43)
    full = replace(SHEET, paper=paper, code=CODE, owner=long[:100], backup=long[:200])
    sheet = replace(full, folder="/" + long[:250])
    assert "folder" in words_of(sheet)


def test_the_same_sheet_is_the_same_bytes() -> None:
    """Nothing but the sheet goes into the file."""
    assert emergency.render(SHEET, POOL) == emergency.render(SHEET, POOL)


def test_it_goes_into_json_without_control_codes() -> None:
    """Hostile characters in a folder's name reach neither page nor file."""
    said = json.dumps(emergency.compose(replace(SHEET, folder="/a\x1b]2;x\x07\u202eb")))
    assert "\\u001b" not in said
    assert "\\u202e" not in said


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=30))
def test_any_place_is_printed_or_refused(text: str) -> None:
    """No text from a person breaks the template or is taken for markup."""
    try:
        made = emergency.render(replace(SHEET, backup=text), POOL)
    except MissingGlyphs:
        return
    assert made.pdf.startswith(b"%PDF-")
