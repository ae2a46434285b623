"""PDF pages by pdfium: pixels, words and pictures; it and pdftext.py alone know pypdfium2."""
# ruff: noqa: ANN401 - pypdfium2 has no types; what comes out of this file has

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from vault.ingest.pdftext import Corners, Places, characters
from vault.ingest.sheet import Unreadable

_MOST_OBJECTS = 20_000
_PIECE = re.compile(r"(\S*)(\s)")
_BAND = 400  # rows
_HOLD_PICTURES = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM)
LOCKED = "it is locked with a password"


_COLOUR_BITS = 24  # of a pixel that is neither grey nor one of few tones


class Broken(Exception):
    """Pdfium cannot make anything of the file."""


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture on a page: its resolution there, and the share (0 to 1) of the page it covers."""

    dpi: float
    share: float
    bilevel: bool
    coloured: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters without a blank between them, with the box around them as fractions of the page.

    The box is of the page as shown: left, top, right, bottom. `ends` is the blank or the line end
    behind them; a piece of blanks alone has no text and no box.
    """

    text: str
    box: Corners | None
    ends: str


Point = tuple[float, float]


class Page:
    """One open page."""

    def __init__(self, page: Any) -> None:
        self._page = page
        left, bottom, right, top = page.get_bbox()
        self._frame = (left, bottom, max(right - left, 1e-6), max(top - bottom, 1e-6))
        self._turn = page.get_rotation() // 90
        self._opened_text: Any = None
        self._read_chars: str | None = None

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown, in points."""
        width, height = self._page.get_size()
        return float(width), float(height)

    def render(self, dpi: float, *, colour: bool) -> Image.Image:
        """The page as shown, on white, grey or RGB."""
        # A hair less than asked for: rounding must not add a row and unsettle the pixels of a scan.
        scale = dpi / 72 * (1 - 1e-6)
        bitmap = self._page.render(scale=scale, grayscale=not colour, rev_byteorder=True)
        try:
            image: Image.Image = bitmap.to_pil()
            return image.convert("RGB" if colour else "L")  # a copy, even of the same kind
        finally:
            bitmap.close()

    def render_photo(self, dpi: float) -> Image.Image:
        """The page as shown, on white, grey; for a page that is one picture in shades of grey.

        Pdfium draws such pictures in colour three times as fast as in grey. It is done band by
        band, to hold little at once; the picture is decoded once only.
        """
        scale = dpi / 72 * (1 - 1e-6)
        width, height = (math.ceil(points * scale) for points in self._page.get_size())
        whole = Image.new("L", (width, height))
        bitmap = pypdfium2.PdfBitmap.new_native(
            width, min(_BAND, height), raw.FPDFBitmap_BGRx, rev_byteorder=True
        )
        flags = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER
        try:
            for top in range(0, height, _BAND):
                bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, bitmap.height)
                place = (0, -top, width, height, 0, flags)
                raw.FPDF_RenderPageBitmap(bitmap, self._page, *place)
                if self._page.formenv:
                    raw.FPDF_FFLDraw(self._page.formenv, bitmap, self._page, *place)
                whole.paste(bitmap.to_pil().convert("L"), (0, top))
        finally:
            bitmap.close()
        return whole

    def pictures(self) -> tuple[PlacedPicture, ...]:
        """The pictures on the page, those in forms on it too."""
        if not self._may_hold_pictures():
            return ()
        found = self._page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)
        placed = []
        for count, item in enumerate(found):
            if count >= _MOST_OBJECTS:
                break
            placed.append(self._placed(item))
        return tuple(picture for picture in placed if picture is not None)

    def _may_hold_pictures(self) -> bool:
        """Whether there is anything on the page but text, lines and areas: most pages of text."""
        kinds = (
            raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(self._page, i))
            for i in range(raw.FPDFPage_CountObjects(self._page))
        )
        return any(kind in _HOLD_PICTURES for kind in kinds)

    def _placed(self, item: Any) -> PlacedPicture | None:
        matrix = item.get_matrix()
        form = item.container
        while form is not None:
            matrix = matrix.multiply(form.get_matrix())
            form = form.container
        across, along = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
        try:
            width, height = item.get_px_size()
        except pypdfium2.PdfiumError:
            return None
        if across < 1 or along < 1 or not width or not height:
            return None
        corners = [matrix.on_point(x, y) for x in (0, 1) for y in (0, 1)]
        share = self._share(corners)
        dpi = max(width * 72 / across, height * 72 / along)
        bits = self._bits(item) if share > 0.25 else 0
        return PlacedPicture(dpi, share, bits == 1, bits >= _COLOUR_BITS)

    def _share(self, corners: list[Point]) -> float:
        left, bottom, width, height = self._frame
        xs = [min(max((x - left) / width, 0.0), 1.0) for x, _ in corners]
        ys = [min(max((y - bottom) / height, 0.0), 1.0) for _, y in corners]
        return float((max(xs) - min(xs)) * (max(ys) - min(ys)))

    @staticmethod
    def _bits(item: Any) -> int:
        """The bits of a picture's pixels; 0: unknown."""
        try:
            return int(item.get_metadata().bits_per_pixel)
        except pypdfium2.PdfiumError:
            return 0

    def pieces(self) -> Iterator[Piece]:
        """The page's own text in its order, piece by piece."""
        chars, places = self._chars(), Places(self._text())
        for found in _PIECE.finditer(chars + "\n"):
            start, stop = found.span(1)
            box = self._shown(places.around(start, stop)) if start < stop else None
            yield Piece(found[1], box, found[2])

    def turned(self) -> tuple[int, ...]:
        """The directions that characters here and there are written in, in quarter turns."""
        text, chars = self._text(), self._chars()
        looked = range(0, len(chars), max(1, len(chars) // 200))
        found = (self._direction(text, i) for i in looked if not chars[i].isspace())
        return tuple(direction for direction in found if direction is not None)

    def _text(self) -> Any:
        if self._opened_text is None:
            self._opened_text = self._page.get_textpage()
        return self._opened_text

    def _chars(self) -> str:
        """Every character of the page's text, each at pdfium's own number for it."""
        if self._read_chars is None:
            self._read_chars = characters(self._text())
        return self._read_chars

    def close(self) -> None:
        """Let go of the page and of its text."""
        if self._opened_text is not None:
            self._opened_text.close()
        self._page.close()

    def _direction(self, text: Any, i: int) -> int | None:
        angle = raw.FPDFText_GetCharAngle(text, i)  # radians, clockwise on the page
        return (round(angle / (math.pi / 2)) + self._turn) % 4 if angle >= 0 else None

    def _shown(self, corners: Corners) -> Corners:
        """A box of the page's own space as fractions of the page as shown."""
        left, bottom, width, height = self._frame
        u0, v0 = (corners[0] - left) / width, 1 - (corners[1] - bottom) / height
        u1, v1 = (corners[2] - left) / width, 1 - (corners[3] - bottom) / height
        if not self._turn:
            return u0, v0, u1, v1
        quarters = (1 - v0, u0, 1 - v1, u1), (1 - u0, 1 - v0, 1 - u1, 1 - v1)
        return (*quarters, (v0, 1 - u0, v1, 1 - u1))[self._turn - 1]


class Pdf:
    """An open PDF; raises Unreadable where it is locked, Broken where it is no PDF to pdfium."""

    def __init__(self, file: io.BufferedReader | bytes, password: str) -> None:
        try:
            self._pdf: Any = pypdfium2.PdfDocument(file, password=password or None)
        except pypdfium2.PdfiumError as error:
            code = getattr(error, "err_code", None)
            if code == raw.FPDF_ERR_PASSWORD:
                raise Unreadable(LOCKED, encrypted=True) from None
            if code == raw.FPDF_ERR_SECURITY:
                raise Unreadable("it is locked in an unknown way", encrypted=True) from None
            raise Broken from None
        if self._pdf.get_formtype() != raw.FORMTYPE_NONE:
            self._pdf.init_forms()  # what is filled in on a form is drawn only then

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self._pdf)

    @contextmanager
    def page(self, number: int) -> Iterator[Page]:
        """Open a page, counted from 1; raises Unreadable where it is damaged."""
        if not 1 <= number <= self.pages:
            raise Unreadable("the file has no such page")
        try:
            page = self._pdf[number - 1]
        except pypdfium2.PdfiumError:
            raise Unreadable("this page of the file is damaged") from None
        opened = Page(page)
        try:
            yield opened
        finally:
            opened.close()

    def close(self) -> None:
        """Close the file."""
        self._pdf.close()
