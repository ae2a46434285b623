"""How the letters of asking look, read back from the finished PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import BooleanObject, DictionaryObject, StreamObject

from tests.letters.asking.cases import HOLDER, NOTES, PLACES, K, case, content
from vault.letters.asking import frame, kinds
from vault.letters.asking.content import Content
from vault.letters.render import MissingGlyphs
from vault.model.asking_letters import LetterKind
from vault.model.letters import Typeset
from vault.workers.pool import Pool

POOL = Pool(1)
"""One typesetter for every letter here."""


@pytest.fixture(scope="module", autouse=True)
def _close() -> Iterator[None]:
    """No worker outlives the module."""
    yield
    POOL.close()


def made(letter: Content) -> Typeset:
    """The letter as it comes from a worker."""
    return kinds.render_letter(letter, POOL)


def reader(letter: Content) -> PdfReader:
    """The finished PDF."""
    return PdfReader(io.BytesIO(made(letter).pdf))


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_kind_is_a_tagged_pdf_dated_by_the_letter(kind: LetterKind) -> None:
    """PDF/UA-1 is claimed, the title set, and the pages counted as a reader counts them."""
    letter = next(c for p in PLACES if not kinds.fits(c := case(kind, p)))
    typeset = made(letter)
    found = PdfReader(io.BytesIO(typeset.pdf))
    root = found.root_object
    marks, about = root["/MarkInfo"].get_object(), root["/Metadata"].get_object()
    assert isinstance(marks, DictionaryObject)
    assert marks["/Marked"] == BooleanObject(True)
    assert "/StructTreeRoot" in root
    assert isinstance(about, StreamObject)
    assert b"pdfuaid:part" in about.get_data()
    assert found.metadata is not None
    assert found.metadata.title == frame.title(letter)
    assert str(found.metadata["/CreationDate"]).startswith(f"D:{letter.on:%Y%m%d}")
    assert typeset.pages == len(found.pages)


@pytest.mark.parametrize("place", PLACES)
def test_the_same_letter_is_the_same_bytes(place: str) -> None:
    """Nothing but the letter goes into the file: no clock, no chance."""
    letter = case(K.ACCESS_REQUEST, place)
    assert made(letter) == made(letter)


def test_what_is_printed_is_what_is_read_out() -> None:
    """Every word of the plain text stands on the pages."""
    for kind in (K.ACCESS_REQUEST, K.COMPLAINT, K.AUTHORIZATION, K.FEE_DISPUTE):
        letter = case(kind)
        pages = " ".join(page.extract_text() for page in reader(letter).pages)
        printed = "".join(pages.split())
        for line in frame.plain(kinds.compose(letter)).splitlines():
            words = line.strip("-= ").removeprefix("[ ] ").replace("____", "").split(": ", 1)
            for part in words:
                if "(signature)" not in part and "(I know" not in part:
                    assert "".join(part.rstrip(":").split()) in printed, part


@pytest.mark.parametrize("kind", list(LetterKind))
def test_no_page_holds_nothing_but_a_signature(kind: LetterKind) -> None:
    """The last sentence of a letter stays with the line to sign on, and with the enclosures."""
    letters = [c for p in ("us", "au") if not kinds.fits(c := case(kind, p))]
    for page in (page for letter in letters for page in reader(letter).pages):
        assert len(page.extract_text().split()) > 25


def test_a_long_list_flows_over_pages_and_loses_nothing() -> None:
    """A hundred items are all there."""
    wants = tuple(replace(NOTES, id=f"item_{i}", words=f"notes{i}") for i in range(100))
    pages = [
        p.extract_text() for p in reader(content(K.ACCESS_REQUEST, sent=False, wants=wants)).pages
    ]
    assert len(pages) > 3
    assert all(f"notes{i}" in "".join(pages) for i in range(100))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=30))
def test_any_name_is_printed_or_refused(text: str) -> None:
    """No text from a person breaks the template or is taken for markup."""
    letter = replace(case(K.ACCESS_REQUEST), holder=replace(HOLDER, name=f"x{text}", desk=text))
    try:
        typeset = made(letter)
    except MissingGlyphs:
        return
    assert typeset.pdf.startswith(b"%PDF-")
