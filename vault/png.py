"""A small PNG writer, so that pictures can be handed on without an imaging library."""

from __future__ import annotations

import struct
import zlib

from vault.model.reading import Picture

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB = 0, 2  # colour types of the PNG specification, section 11.2.1


def _chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk: length, kind, body, and the CRC over kind and body."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def encode(picture: Picture) -> bytes:
    """The picture as a PNG file, 8 bits a channel, grey or RGB; raises ValueError where empty.

    The same picture gives the same bytes; no time, name or other metadata is written.
    """
    if not picture.width or not picture.height:
        raise ValueError("a picture without pixels cannot be a PNG")
    row = picture.width * (3 if picture.colour else 1)
    rows = (picture.pixels[at : at + row] for at in range(0, row * picture.height, row))
    lines = b"".join(b"\x00" + line for line in rows)  # filter 0: scans gain little from others
    kind = _RGB if picture.colour else _GREY
    head = struct.pack(">IIBBBBB", picture.width, picture.height, 8, kind, 0, 0, 0)
    body = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines, 6)) + _chunk(b"IEND", b"")
    return _SIGNATURE + body
