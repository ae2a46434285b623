"""Parts of pages drawn for the eye: upright, straight, scaled, with frames around words."""

from __future__ import annotations

from PIL import Image, ImageDraw

from vault.ingest.copies import blackened, stamped
from vault.ingest.prepare import straight, straight_size, turned
from vault.ingest.sheet import Document
from vault.model.reading import Picture, View
from vault.model.words import Box

_STEPS = (75.0, 150.0, 300.0, 600.0)
_RED = (200, 0, 0)
_PADDING = 3
_FRAME = 2

Key = tuple[object, ...]


class Painter:
    """Draws views of pages; keeps the last page upright, for the eye goes on from line to line."""

    def __init__(self) -> None:
        self._held: tuple[Key, Image.Image] | None = None

    def forget(self) -> None:
        """Let go of the page it keeps."""
        self._held = None

    def draw(self, document: Document, view: View) -> Picture:
        """Draw a view; raises Unreadable where the page cannot be drawn."""
        page = self._page(document, view)
        crop = view.crop
        left, top = crop.left * page.width, crop.top * page.height
        wide = max((crop.right - crop.left) * page.width, 1.0)
        high = max((crop.bottom - crop.top) * page.height, 1.0)
        left, top = min(left, page.width - wide), min(top, page.height - high)
        size = (view.width, view.height) if view.stretch else _fit(wide, high, view)
        box = (left, top, min(left + wide, page.width), min(top + high, page.height))
        part = page.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
        _frame(part, view)
        part = stamped(blackened(part, view), view.stamp)
        return Picture(part.width, part.height, part.tobytes(), view.colour)

    def _page(self, document: Document, view: View) -> Image.Image:
        dpi = _dpi(document, view)
        key: Key = (id(document), view.page, view.colour, view.turn, view.skew, dpi)
        if self._held is not None and self._held[0] == key:
            return self._held[1]
        self._held = None  # two large pages at a time are one too many
        sheet = document.sheet(view.page, colour=view.colour, dpi=dpi)
        page = straight(turned(sheet.image, view.turn), view.skew)
        self._held = (key, page)
        return page


def _dpi(document: Document, view: View) -> float:
    """The coarsest of a few resolutions that is as fine as the picture asked for."""
    width, height = document.size(view.page)
    if view.turn % 180:
        width, height = height, width
    width, height = straight_size(width, height, view.skew)
    across = view.width * 72 / max(width * (view.crop.right - view.crop.left), 1.0)
    along = view.height * 72 / max(height * (view.crop.bottom - view.crop.top), 1.0)
    needed = max(across, along) if view.stretch else min(across, along)
    return next((step for step in _STEPS if step >= needed), _STEPS[-1])


def _fit(wide: float, high: float, view: View) -> tuple[int, int]:
    """The largest size of the same proportions that fits the view."""
    scale = min(view.width / wide, view.height / high)
    return (
        min(max(round(wide * scale), 1), view.width),
        min(max(round(high * scale), 1), view.height),
    )


def _frame(part: Image.Image, view: View) -> None:
    """Draw a frame around each mark that the picture shows any of."""
    pen = ImageDraw.Draw(part)
    ink = _RED if view.colour else 0
    crop = view.crop
    across = part.width / max(crop.right - crop.left, 1e-6)
    along = part.height / max(crop.bottom - crop.top, 1e-6)
    width = 3 if max(part.size) >= 800 else _FRAME
    for mark in view.marks:
        if not _overlap(mark, crop):
            continue
        pen.rectangle(
            (
                (mark.left - crop.left) * across - _PADDING - width,
                (mark.top - crop.top) * along - _PADDING - width,
                (mark.right - crop.left) * across + _PADDING + width,
                (mark.bottom - crop.top) * along + _PADDING + width,
            ),
            outline=ink,
            width=width,
        )


def _overlap(one: Box, two: Box) -> bool:
    return (
        one.left <= two.right
        and two.left <= one.right
        and one.top <= two.bottom
        and two.top <= one.bottom
    )
