"""A page's text taken at few calls is the text that asking for each character gives."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw

from tests.ingest.papers import LINES, text_pdf
from vault.ingest.pdftext import Places, characters, one_by_one

PAGES = {
    "plain": LINES,
    "right to left": ("שלום עולם abc 123 (5 mg) [x]", "مرحبا بالعالم"),
    "hyphens": (
        '#set text(hyphenate: true, lang: "en")\n#box(width: 3cm)[pharmacological '
        "administration anticoagulation electrocardiography hospitalization]",
    ),
    "ligatures": ('#text(font: "New Computer Modern")[office affluent fjord difficult fi ffl]',),
    "accents": (
        "e\u0301cole n\u0303 A\u030a naïve soft\u00adhyphen no\u00a0break thin\u2009space",
    ),
    "beyond the basic plane": ('𝒳𝒴 𝟙 and #text(font: "New Computer Modern Math")[𝔸𝔹 x]',),
    "slanted": ("#rotate(30deg)[slanted text here] plain #rotate(-90deg, reflow: true)[up]",),
    "formula": ("$ integral_0^1 x^2 dif x = 1/3 $ and $a_1 dot b^2$",),
    "table": ("#table(columns: 3, [Sodium], [140], [mmol/L], [Patient:], [VOSS, MARIAN], [x])",),
    "nothing": ("#v(1cm)",),
}


def _unmapped() -> bytes:
    """A page with letters whose font gives them no meaning, among others that have one."""
    return text_pdf(LINES).replace(b"/ToUnicode", b"/ToNothing")


def _texts(data: bytes) -> Iterator[Any]:
    pdf = pypdfium2.PdfDocument(data)
    page = pdf[0]
    text = page.get_textpage()
    try:
        yield text
    finally:
        text.close()
        page.close()
        pdf.close()


@pytest.mark.parametrize(
    "data", [*map(text_pdf, PAGES.values()), _unmapped()], ids=[*PAGES, "unmapped"]
)
def test_all_characters_at_once_are_those_asked_for_one_by_one(data: bytes) -> None:
    """The same characters at the same numbers, whatever script and whatever is left out."""
    for text in _texts(data):
        count = raw.FPDFText_CountChars(text)
        assert characters(text) == one_by_one(text, count)


def _around(text: Any, start: int, stop: int) -> tuple[float, ...]:
    """The box around characters, each asked for by itself: left, top, right, bottom."""
    boxes = []
    for i in range(start, stop):
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        assert raw.FPDFText_GetCharBox(text, i, left, right, bottom, top)
        boxes.append((left.value, top.value, right.value, bottom.value))
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), max(tops), max(rights), min(bottoms)


@pytest.mark.parametrize(
    "data", [*map(text_pdf, PAGES.values()), _unmapped()], ids=[*PAGES, "unmapped"]
)
def test_a_word_stands_where_its_characters_stand(data: bytes) -> None:
    """The box of every word is the box around the boxes of its characters."""
    for text in _texts(data):
        places, start = Places(text), 0
        for word in characters(text).split():
            start = characters(text).index(word, start)
            stop = start + len(word)
            assert places.around(start, stop) == _around(text, start, stop)
            start = stop
