"""The pictures a scanner sends: portable any-map (netpbm's PBM, PGM and PPM), their raw form."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_SIDE = 65_000
MOST_BYTES = 768 * 1024**2
"""The largest page, as pixels: 600 dpi in colour of four letter pages."""

_HEADER = re.compile(
    rb"P([456])(?:\s*#[^\n]*\n|\s)+(\d{1,6})(?:\s*#[^\n]*\n|\s)+(\d{1,6})"
    rb"(?:(?:\s*#[^\n]*\n|\s)+(\d{1,6}))?\s"
)
_BITS = re.compile(rb"P4(?:\s*#[^\n]*\n|\s)+(\d{1,6})(?:\s*#[^\n]*\n|\s)+(\d{1,6})\s")
_HEADER_BYTES = 1024


class BadPicture(Exception):
    """Bytes that are no whole picture of a page, with the reason as a clause."""

    def __init__(self, clause: str) -> None:
        super().__init__(clause)
        self.clause = clause


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels, row by row: `bits` a sample (1 or 8), `channels` samples a pixel (1 or 3).

    With one bit a set bit is black, and a row ends with its byte (netpbm); with eight 0 is black.
    """

    width: int
    height: int
    bits: int
    channels: int
    pixels: bytes


def parse(data: bytes) -> Picture:
    """The picture in the bytes a scanner sent; raises BadPicture for any others."""
    head = data[:_HEADER_BYTES]
    found = _BITS.match(head) if head.startswith(b"P4") else _HEADER.match(head)
    if found is None:
        raise BadPicture("the scanner sent no picture")
    sizes = found.groups()[-2:] if head.startswith(b"P4") else found.groups()[1:3]
    width, height = (int(text) for text in sizes)
    bits = 1 if head.startswith(b"P4") else 8
    if bits == 8 and found[4] != b"255":
        raise BadPicture("the scanner sent a picture of an unknown depth")
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE):
        raise BadPicture("the scanner sent an empty picture")
    channels = 3 if head.startswith(b"P6") else 1
    size = (width * channels * bits + 7) // 8 * height
    if size > MOST_BYTES or len(data) - found.end() < size:
        raise BadPicture("the page came incomplete")
    return Picture(width, height, bits, channels, data[found.end() : found.end() + size])
