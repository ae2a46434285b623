"""Pictures of documents made fit to be given away: parts blackened, and words stamped across."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from vault.ingest.sheet import Unreadable
from vault.model.reading import View

_SPREAD = 3
"""Pixels a box grows on each side: scaling mixes each pixel with its neighbours."""
_ANGLE = 28
_GREY = 96
_VEIL = 0.36
"""How much of a stamped pixel is the stamp's: what is below can still be read."""
_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
)
_NO_FONT = "no font on this computer shows the words to be stamped on it"
_UNKNOWN = "\U0010fffd"
"""A character no font has: what is drawn for it stands for every one that is missing."""

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def blackened(picture: Image.Image, view: View) -> Image.Image:
    """The picture with the boxes of a view black; they are of the page, as its crop is."""
    if not view.masks:
        return picture
    crop = view.crop
    across = picture.width / max(crop.right - crop.left, 1e-6)
    along = picture.height / max(crop.bottom - crop.top, 1e-6)
    pen = ImageDraw.Draw(picture)
    for box in view.masks:
        left = math.floor((box.left - crop.left) * across) - _SPREAD
        top = math.floor((box.top - crop.top) * along) - _SPREAD
        right = math.ceil((box.right - crop.left) * across) + _SPREAD
        bottom = math.ceil((box.bottom - crop.top) * along) + _SPREAD
        if right >= 0 and bottom >= 0 and left < picture.width and top < picture.height:
            pen.rectangle((left, top, right, bottom), fill=0)
    return picture


def _shows(font: Font, text: str) -> bool:
    missing = bytes(font.getmask(_UNKNOWN))
    return all(bytes(font.getmask(char)) != missing for char in set(text) if not char.isspace())


@lru_cache(maxsize=8)
def _font(text: str, size: int) -> Font:
    """The first font that shows all of a text; raises Unreadable where there is none."""
    own = ImageFont.load_default(size)
    if _shows(own, text):
        return own
    for name in _FONTS:
        if Path(name).is_file():
            font = ImageFont.truetype(name, size)
            if _shows(font, text):
                return font
    raise Unreadable(_NO_FONT)


def _fitting(text: str, size: int, width: float) -> Font:
    """A font of at most `size` pixels in which the text is at most `width` wide."""
    font = _font(text, size)
    long = font.getlength(text)
    return font if long <= width else _font(text, max(9, int(size * width / long)))


def _rows(text: str, width: int, height: int) -> Image.Image:
    """The text in rows across a picture, slanting upwards; white on black, as a mask."""
    side = math.ceil(math.hypot(width, height))
    layer = Image.new("L", (side, side))
    pen = ImageDraw.Draw(layer)
    font = _fitting(text, max(14, min(width, height) // 28), 0.8 * min(width, height))
    step = max(30, min(width, height) // 6)
    long = int(font.getlength(text)) + step
    for row, top in enumerate(range(0, side, step)):
        for left in range(-(row % 2) * long // 2, side, long):
            pen.text((left, top), text, fill=255, font=font)
    turned = layer.rotate(_ANGLE, Image.Resampling.BICUBIC)
    left, top = (side - width) // 2, (side - height) // 2
    return turned.crop((left, top, left + width, top + height))


def _band(text: str, width: int, mode: str) -> Image.Image:
    """The text once, level and in black on white, for a strip below the picture."""
    font = _fitting(text, max(14, width // 45), 0.94 * width)
    _, top, _, bottom = font.getbbox(text)
    high = math.ceil((bottom - top) * 1.8)
    band = Image.new(mode, (width, high), "white")
    at = (width * 0.03, (high - (bottom - top)) / 2 - top)
    ImageDraw.Draw(band).text(at, text, fill=0 if mode == "L" else (0, 0, 0), font=font)
    return band


def stamped(picture: Image.Image, text: str) -> Image.Image:
    """The picture with words in rows across it, and once in a strip at its foot.

    The picture keeps its size: it is made smaller, so that the strip covers nothing of it.
    Raises Unreadable where no font shows the words.
    """
    if not text:
        return picture
    width, height = picture.size
    band = _band(text, width, picture.mode)
    room = max(1, height - band.height)
    small = picture.resize((max(1, width * room // height), room), Image.Resampling.LANCZOS)
    grey = _GREY if picture.mode == "L" else (_GREY, _GREY, _GREY)
    ink = Image.new(picture.mode, small.size, grey)
    veil = _rows(text, *small.size).point(lambda v: int(v * _VEIL))
    page = Image.new(picture.mode, (width, height), "white")
    page.paste(Image.composite(ink, small, veil), ((width - small.width) // 2, 0))
    page.paste(band, (0, height - band.height))
    return page
