"""Fax cover sheets and separators are told from pages with something to say."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tests.ingest.papers import fax, image, noisy, pdf, picture, saved, skewed, text_pdf
from vault.ingest import bars, kinds, page
from vault.ingest.ocr.choose import Engines
from vault.model.reading import PageKind, ReadOptions
from vault.model.words import Box, Word
from vault.workers import tools

NOTICE = (
    "CONFIDENTIALITY NOTICE: meant only for the recipient. If you received this in error, call."
)
COVERS = {
    "plain": ("FAX", "TO: Dr. A. Example", "FROM: Elm Street Hospital", "PAGES: 5", NOTICE),
    "form": (
        "Elm Street Hospital",
        "FACSIMILE TRANSMITTAL SHEET",
        "To: Records Department   From: J. Doe",
        "Company: Harbor View   Date: 03/03/2025",
        "Total no. of pages including cover: 12",
        "Notes: see attached",
    ),
    "colons apart": ("Fax Cover Sheet", "To : M. Oldfield", "From : HIM", "Pages : 3"),
}
LETTERS = {
    "fax header": (
        "FROM: ELM HOSPITAL FAX: 555-0100 TO: 555-0199 PAGE 3/5",
        "Harbor View Family Practice",
        "Date of visit: 14 March 2024",
        "Plan: Amoxicillin 500 mg, and the nurse in two weeks.",
    ),
    "memo": (
        "MEMO",
        "To: Dr. Jones",
        "From: Dr. Smith",
        "Date: 3 March 2024",
        "Re: Maren Oldfield",
        "Phone 555 0100 Fax 555 0199",
        "Thank you for seeing her. She has coughed for two weeks; the chest film is clear.",
    ),
    "authorization": (
        "Authorization to release records",
        "To: Elm Street Hospital",
        "From: Maren Oldfield",
        "Fax: 555-0100",
        "I authorize the release of all my records. This is confidential.",
    ),
    "long message on a cover": (
        *COVERS["plain"][:4],
        *("The patient was seen today and the plan of care was changed as follows.",) * 12,
    ),
    "a form to be faxed back": (
        "Fax this form to 555-0100",
        "Name: Maren Oldfield",
        "Date of birth: 7 March 1961",
        "Allergies: penicillin",
    ),
}
SEPARATORS = (("PATCH CODE", "T"), ("Document Separator", "do not remove this sheet"))
LARGE = "#set text(size: 40pt)\n"


def kind(lines: tuple[str, ...], before: str = "") -> PageKind:
    """The kind of a page typeset with these lines."""
    with pdf(text_pdf(lines, before)) as document:
        layer = document.layer(1)
    assert layer is not None
    return kinds.kind_of(layer.words)


@pytest.mark.parametrize("name", COVERS)
def test_cover_sheets(name: str) -> None:
    """The fields of a fax in lines of their own, and little else."""
    assert kind(COVERS[name]) is PageKind.COVER


@pytest.mark.parametrize("name", LETTERS)
def test_pages_that_only_look_like_one(name: str) -> None:
    """A fax header, a memo, a form with a fax number are content."""
    assert kind(LETTERS[name]) is PageKind.CONTENT


@pytest.mark.parametrize("lines", SEPARATORS)
def test_separators_that_say_so(lines: tuple[str, ...]) -> None:
    """A sheet that names itself a separator is one."""
    assert kind(lines) is PageKind.SEPARATOR


def test_a_lone_heading_divides() -> None:
    """One heading in large letters; in small ones, with a number, or beside a picture it does not.

    A label or a value in large letters may be all a page has to say.
    """
    assert kind(("LAB RESULTS",), LARGE) is PageKind.SEPARATOR
    assert kind(("LAB RESULTS",)) is PageKind.CONTENT
    assert kind(("Patient: Maren Oldfield",), LARGE) is PageKind.CONTENT
    assert kind(("INR 9.1",), LARGE) is PageKind.CONTENT
    big = (Word("LEFT", Box(0.1, 0.1, 0.4, 0.2), 95, 0),)
    assert kinds.kind_of(big) is PageKind.SEPARATOR
    assert kinds.kind_of(big, whole=False) is PageKind.CONTENT


@given(st.lists(st.text(min_size=1, max_size=12), max_size=60))
def test_any_words_have_a_kind(texts: list[str]) -> None:
    """Whatever was read, the answer is a kind; nothing read is left as it was."""
    read = [
        Word(text, Box(0.1, min(0.9, i / 60), 0.2, min(0.95, i / 60 + 0.01)), 90, i // 3)
        for i, text in enumerate(texts)
    ]
    assert kinds.kind_of(read) in PageKind
    assert kinds.kind_of(()) is PageKind.CONTENT


@pytest.mark.ocr
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (COVERS["form"], PageKind.COVER),
        (LETTERS["memo"], PageKind.CONTENT),
        (SEPARATORS[1], PageKind.SEPARATOR),
    ],
)
def test_as_a_worker_reads_a_fax(lines: tuple[str, ...], expected: PageKind) -> None:
    """A page received as a fax of 204 x 98 dpi is told as well."""
    data = saved(fax(picture(lines)), "TIFF", compression="group4", dpi=(204, 98))
    engines = Engines(tools.tessdata_folder(), None)
    with image(data, "tiff") as document:
        assert page.read(document, 1, ReadOptions(), engines).kind is expected


def coded(count: int, high: int, pitch: int = 24, bar: int = 12, seed: int = 3) -> Image.Image:
    """A page with so many upright bars, in pixels at 200 dpi, and nothing else."""
    page_ = Image.new("L", (1700, 2200), 255)
    pen, chance, x = ImageDraw.Draw(page_), random.Random(seed), 300
    for _ in range(count):
        wide = chance.choice((bar // 2, bar))
        pen.rectangle((x, 900, x + wide, 900 + high), fill=0)
        x += pitch
    return page_


@pytest.mark.parametrize(
    "sheet",
    [
        coded(40, 300),
        coded(40, 300).transpose(Image.Transpose.ROTATE_90),
        skewed(coded(40, 300), 1.5),
        noisy(coded(40, 300)),
    ],
)
def test_bars_alone(sheet: Image.Image) -> None:
    """A bar code, upright or on its side, askew or noisy, is told."""
    assert bars.alone(sheet)


@pytest.mark.parametrize(
    "sheet",
    [
        picture(LETTERS["memo"]),
        Image.new("L", (1700, 2200), 255),
        Image.new("L", (1700, 2200), 0),
        coded(4, 300),  # a frame, a rule
        coded(40, 8),  # a dotted line
        coded(30, 1200, pitch=40, bar=4),  # ruled paper, laid on its side
        coded(30, 1200, pitch=40, bar=4).transpose(Image.Transpose.ROTATE_90),
    ],
)
def test_what_is_no_bar_code(sheet: Image.Image) -> None:
    """Print, blank and black pages, rules, dots and ruled paper are not."""
    assert not bars.alone(sheet)


@pytest.mark.ocr
def test_a_sheet_with_a_bar_code_alone() -> None:
    """It is a sheet between documents; since nothing was read, a person is asked to look."""
    data = saved(coded(40, 400), "PNG", dpi=(200, 200))
    engines = Engines(tools.tessdata_folder(), None)
    with image(data, "png") as document:
        found = page.read(document, 1, ReadOptions(), engines)
    assert found.kind is PageKind.SEPARATOR
    assert found.look
