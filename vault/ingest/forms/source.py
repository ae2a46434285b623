"""A form opened by pikepdf, and its values read without trusting any of them."""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from vault.ingest.forms.geometry import Frame, Matrix, Rect, frame
from vault.ingest.sheet import Unreadable
from vault.safetext import safe_line

LOCKED = "it is locked with a password"
_BROKEN = "it is damaged and cannot be opened as a PDF"
_LETTER = (0.0, 0.0, 612.0, 792.0)
_DEEPEST = 32
_FAR = 100_000.0  # points: no page is larger
ERRORS = (
    pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError,
    NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip  # what pikepdf may raise on a damaged file

logging.getLogger("pikepdf").addHandler(logging.NullHandler())
logging.getLogger("pikepdf").propagate = False  # its warnings may quote the file


def open_pdf(file: io.BufferedReader | io.BytesIO, password: str) -> Pdf:
    """Open a PDF; raises Unreadable where it is locked or damaged beyond mending."""
    try:
        return pikepdf.open(file, password=password, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Unreadable(LOCKED, encrypted=True) from None
    except ERRORS:
        raise Unreadable(_BROKEN) from None


def text(value: object, most: int = 4000) -> str:
    """A value as safe text, empty where it is none."""
    try:
        if isinstance(value, Stream):
            return safe_line(value.read_bytes()[: most * 4].decode("utf-8", "replace"), most)
        if isinstance(value, (pikepdf.String, Name, str)):
            return safe_line(str(value), most)
    except (*ERRORS, UnicodeError):
        return ""
    return ""


def number(value: object) -> float:
    """A value as a finite number, 0 where it is none."""
    try:
        found = float(value)  # type: ignore[arg-type]  # whatever is none raises
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return found if math.isfinite(found) and abs(found) < 2**32 else 0.0


def whole(value: object) -> int:
    """A value as a whole number, 0 where it is none."""
    return int(number(value))


def numbers(value: object, count: int) -> tuple[float, ...] | None:
    """An array of so many numbers, or None."""
    if not isinstance(value, Array) or len(value) != count:
        return None
    return tuple(number(item) for item in value)


def rect(value: object) -> Rect | None:
    """A rectangle with its sides in order, or None."""
    found = numbers(value, 4)
    if found is None:
        return None
    sides = [min(max(side, -_FAR), _FAR) for side in found]
    left, right = sorted((sides[0], sides[2]))
    bottom, top = sorted((sides[1], sides[3]))
    return left, bottom, right, top


def matrix(value: object) -> Matrix:
    """A matrix, the one that changes nothing where there is none."""
    found = numbers(value, 6)
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if found else _SAME


_SAME: Matrix = (1, 0, 0, 1, 0, 0)


def entry(holder: object, *names: str) -> object:
    """What a dictionary holds under a name, and so on down the names; None where nothing."""
    for name in names:
        if not isinstance(holder, (Dictionary, Stream)):
            return None
        try:
            holder = holder.get(name)
        except (*ERRORS, UnicodeError):
            return None
    return holder


def inherited(holder: Object, name: str) -> object:
    """What a field or a page holds under a name, or the nearest above it that does."""
    return next((found for h in chain(holder) if (found := entry(h, name)) is not None), None)


def chain(holder: object) -> Iterator[Object]:
    """A field or page and all above it, as far as that makes sense."""
    seen = set[tuple[int, int]]()
    for _ in range(_DEEPEST):
        if not isinstance(holder, Dictionary) or (holder.is_indirect and holder.objgen in seen):
            return
        seen.add(holder.objgen)
        yield holder
        holder = entry(holder, "/Parent")


def page_frame(page: pikepdf.Page) -> Frame:
    """The frame of a page."""
    media = rect(inherited(page.obj, "/MediaBox")) or _LETTER
    crop = rect(inherited(page.obj, "/CropBox")) or media
    return frame(media, crop, whole(inherited(page.obj, "/Rotate")))
