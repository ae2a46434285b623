"""The text of a PDF page as pdfium has it: its characters at one call, a box at one call a word."""
# ruff: noqa: ANN401 - pypdfium2 has no types; what comes out of this file has

from __future__ import annotations

import ctypes
from functools import lru_cache
from typing import Any

from pypdfium2 import raw

_MOST_CHARS = 200_000
_SOFT_HYPHEN = 2  # pdfium's own code for a hyphen at the end of a line
_STANDS_FOR_ANOTHER = "\ufffe"  # what pdfium's text has in place of that code

Corners = tuple[float, float, float, float]
"""Left, top, right and bottom; in points, the bottom is the smaller."""


@lru_cache(maxsize=4096)
def _char(code: int) -> str:
    if code == _SOFT_HYPHEN:
        return "-"
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def one_by_one(text: Any, count: int) -> str:
    """The first characters of a page's text, each asked for by its number."""
    return "".join([_char(raw.FPDFText_GetUnicode(text, i)) for i in range(count)])


def characters(text: Any) -> str:
    """The characters of a page's text, each at the number that pdfium knows it by.

    At most 200,000 are read. A character that means nothing is left out of the whole text, so
    where its length is another than the count of characters, they are asked for one by one.
    """
    count = min(raw.FPDFText_CountChars(text), _MOST_CHARS)
    if count <= 0:
        return ""
    held = (ctypes.c_ushort * (2 * count + 1))()  # a character may take two, and a nought ends it
    written = raw.FPDFText_GetText(text, 0, count, held)
    whole = bytes(memoryview(held)[: max(0, written - 1)]).decode("utf-16-le", "surrogatepass")
    if len(whole) != count:
        return one_by_one(text, count)
    if _STANDS_FOR_ANOTHER not in whole and "\x02" not in whole:
        return whole
    return "".join(
        [
            _char(raw.FPDFText_GetUnicode(text, i)) if c in (_STANDS_FOR_ANOTHER, "\x02") else c
            for i, c in enumerate(whole)
        ]
    )


class Places:
    """Where the characters of a page's text stand, in points from the page's lower left."""

    def __init__(self, text: Any) -> None:
        self._text = text.raw  # the handle itself: asking for it each time is dear
        self._sides = [ctypes.c_double() for _ in range(4)]

    def around(self, start: int, stop: int) -> Corners:
        """The box around characters `start` to `stop`; those without any extent count for none.

        Pdfium joins the boxes of characters that its text shows together, most often all of a
        word. Where it has none at all, the characters stand where they stand.
        """
        count = raw.FPDFText_CountRects(self._text, start, stop - start)
        if count == 1:
            return self._joined(0)
        if count < 1:
            return _union([self._of(i) for i in range(start, stop)])
        return _union([self._joined(n) for n in range(count)])

    def _joined(self, number: int) -> Corners:
        left, top, right, bottom = self._sides
        raw.FPDFText_GetRect(self._text, number, left, top, right, bottom)
        return left.value, top.value, right.value, bottom.value

    def _of(self, number: int) -> Corners:
        left, top, right, bottom = self._sides
        raw.FPDFText_GetCharBox(self._text, number, left, right, bottom, top)
        return left.value, top.value, right.value, bottom.value


def _union(boxes: list[Corners]) -> Corners:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), max(tops), max(rights), min(bottoms)
