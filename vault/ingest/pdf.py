"""PDF files: their pages by pdfium, their structure by pypdf where it is asked for."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from vault.ingest import pdfium, structure
from vault.ingest.sheet import MOST_DPI, Layer, Sheet, Unreadable, clamp_dpi
from vault.model.words import Box, Word, lines_of

_TEXT_DPI = 300.0
_COLOUR_PIXELS = 12_000_000  # letter paper at 350 dpi; more take much memory in colour
_LARGE_PICTURE = 0.02  # of the page: smaller pictures are logos and say nothing of the scan
_MEND_BYTES = 200 * 1024 * 1024
_BROKEN = "it is damaged and cannot be opened as a PDF"
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}


class PdfDocument:
    """An open PDF. Raises Unreadable where it is locked or cannot be mended."""

    def __init__(self, file: io.BufferedReader, size: int, password: str) -> None:
        self._file = file
        self._mended = ""
        self._sizes: dict[int, tuple[float, float]] = {}  # opening a page anew is dear
        try:
            self._pdf = pdfium.Pdf(file, password)
        except pdfium.Broken:
            self._pdf = _mended(file, size, password)
            self._mended = "it was damaged, and was mended as far as it goes"

    @cached_property
    def _structure(self) -> structure.Structure:
        """What pypdf says of the file; only its first look asks, no page read or drawn."""
        return structure.look(self._file)

    @property
    def encrypted(self) -> bool:
        """Whether it is locked, even where it has been opened."""
        return self._structure.encrypted

    @property
    def note(self) -> str:
        """What had to be mended to open it, or cannot be, as a clause."""
        missing = self._structure.pages - self._pdf.pages
        if missing > 0 and not self._mended:
            return f"{missing} of its pages cannot be opened"
        return self._mended

    @property
    def pages(self) -> int:
        """How many pages can be opened."""
        return self._pdf.pages

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page as shown, in points."""
        if page not in self._sizes:
            with self._pdf.page(page) as found:
                self._sizes[page] = found.size
        return self._sizes[page]

    def sheet(self, page: int, *, colour: bool | None = False, dpi: float = MOST_DPI) -> Sheet:
        """The page as pixels: at the resolution of its finest large picture, else 300 dpi.

        The pixels are square whatever those of the picture are, as on a fax of 204 x 98 dpi.
        """
        with self._pdf.page(page) as found:
            large = [p for p in found.pictures() if p.share >= _LARGE_PICTURE]
            full = [p for p in large if p.share >= 0.5]
            finest = max((p.dpi for p in full or large), default=_TEXT_DPI)
            # A small fine picture on a page of text must not make its text coarse.
            native = finest if full else max(finest, _TEXT_DPI)
            used = clamp_dpi(min(native, dpi), *found.size)
            bilevel = bool(full) and all(p.bilevel for p in full)
            if colour is None:
                pixels = found.size[0] * found.size[1] * (used / 72) ** 2
                colour = pixels <= _COLOUR_PIXELS and any(p.coloured for p in full)
            if full and not bilevel and not colour:
                return Sheet(found.render_photo(used), used)
            return Sheet(found.render(used, colour=colour), used, bilevel)

    def layer(self, page: int) -> Layer | None:
        """The page's own words, upright; None where it has none."""
        with self._pdf.page(page) as found:
            self._sizes[page] = found.size
            turns = found.turned()
            # Words that run down or up the page are upright after the opposite turn.
            turn = -max(range(4), key=turns.count) % 4 if turns else 0
            words = _downwards(tuple(_words(found.pieces(), turn)))
            if not words:
                return None
            pictures = min(1.0, sum(p.share for p in found.pictures()))
            return Layer(words, pictures, turn * 90)

    def close(self) -> None:
        """Let go of the file."""
        self._pdf.close()


def _mended(file: io.BufferedReader, size: int, password: str) -> pdfium.Pdf:
    """A damaged file that has been written anew, in memory; raises Unreadable if that fails."""
    if size > _MEND_BYTES:
        raise Unreadable(_BROKEN)
    new = structure.mended(file, password)
    if new is None:
        raise Unreadable(_BROKEN)
    try:
        return pdfium.Pdf(new, "")
    except pdfium.Broken:
        raise Unreadable(_BROKEN) from None


def _turned(box: tuple[float, float, float, float], turn: int) -> Box:
    """The box on the page after `turn` quarter turns clockwise."""
    left, top, right, bottom = box
    for _ in range(turn):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return Box.clamped(left, top, right, bottom)


def _words(pieces: Iterable[pdfium.Piece], turn: int) -> Iterator[Word]:
    """The words in a text: blanks end words, line ends lines, wide gaps and jumps blocks."""
    line, block = 0, 0
    above: Box | None = None  # around the line before
    current: list[Box] = []
    for piece in pieces:
        if piece.box is not None:
            around = _turned(piece.box, turn)
            if not current and above is not None and _apart(above, around):
                block += 1
            yield Word(_plain(piece.text), around, 100, line, block)
            current.append(around)
        if piece.ends in "\r\n" and current:
            above, current, line = Box.around(current), [], line + 1


def _downwards(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words with their lines put in order from the top, where they came from the bottom.

    Pdfium gives the lines of some turned pages backwards.
    """
    spans = lines_of(words)
    tops = [words[span.start].box.top for span in spans]
    upwards = sum(one > two for one, two in pairwise(tops))
    if not words or 2 * upwards <= len(tops) - 1:
        return words
    last_line, last_block = words[-1].line, words[-1].block
    return tuple(
        replace(word, line=last_line - word.line, block=last_block - word.block)
        for span in reversed(spans)
        for word in words[span.start : span.stop]
    )


def _plain(text: str) -> str:
    """Text with its ligatures spelt out and characters that came as two halves made whole."""
    if text.isascii():
        return text
    text = text.translate(_LIGATURES)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _apart(above: Box, first: Box) -> bool:
    """Whether a line that begins with word `first` belongs to another block than the one above."""
    height = max(first.bottom - first.top, 0.004)
    return not -height < first.top - above.bottom < 1.2 * height
