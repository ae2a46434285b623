"""How the letters of corrections look, read back from the finished PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pypdf import PdfReader
from pypdf.generic import BooleanObject, DictionaryObject, StreamObject

from tests.letters.correcting.cases import K, case
from vault.letters.correcting import frame, kinds
from vault.letters.correcting.content import Content
from vault.model.correction_letters import MAY_SAY, CorrectionLetterKind
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


def pages_of(letter: Content) -> list[str]:
    """The text of each page."""
    return [p.extract_text() for p in PdfReader(io.BytesIO(made(letter).pdf)).pages]


@pytest.mark.parametrize("place", ["us", "uk"])
@pytest.mark.parametrize("kind", list(CorrectionLetterKind))
def test_every_kind_is_a_tagged_pdf_dated_by_the_letter(
    kind: CorrectionLetterKind, place: str
) -> None:
    """PDF/UA-1 is claimed, the title set, pages counted as a reader counts them, same bytes."""
    letter = case(kind, place)
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
    assert made(letter) == typeset


@pytest.mark.parametrize("kind", list(CorrectionLetterKind))
def test_no_page_holds_nothing_but_a_signature(kind: CorrectionLetterKind) -> None:
    """The last sentence of a letter stays with the line to sign on."""
    for place in ("us", "us-wa", "uk"):
        assert all(len(page.split()) > 20 for page in pages_of(case(kind, place)))


@pytest.mark.parametrize("kind", sorted(MAY_SAY))
def test_long_own_words_flow_over_pages_and_lose_nothing(kind: CorrectionLetterKind) -> None:
    """One paragraph of two thousand words is there to its last word."""
    letter = replace(case(kind), text=" ".join(f"word{i}" for i in range(2000)))
    pages = pages_of(letter)
    assert len(pages) > 3
    assert all(f"word{i}" in "".join(pages) for i in (0, 700, 1400, 1999))


@pytest.mark.parametrize("kind", [K.AMENDMENT_REQUEST, K.DISAGREEMENT, K.COMPLAINT])
def test_what_is_printed_is_what_is_read_out(kind: CorrectionLetterKind) -> None:
    """Every word of the plain text stands on the pages."""
    letter = case(kind)
    printed = "".join("".join(pages_of(letter)).split())
    for line in frame.plain(kinds.compose(letter)).splitlines():
        words = line.strip("-= []").replace("____", "").split(": ", 1)
        for part in words:
            if "(signature)" not in part and "(I know" not in part:
                assert "".join(part.rstrip(":").split()) in printed, part
