"""Scanned pages as one PDF (ISO 32000-1): each a picture that fills its page, nothing lost."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from vault.actions.scanning.pnm import Picture

_SPACES = {1: b"/DeviceGray", 3: b"/DeviceRGB"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with its pixels packed; `width` and `height` in pixels, `dpi` along both sides."""

    width: int
    height: int
    bits: int
    channels: int
    packed: bytes
    dpi: int

    @property
    def points(self) -> tuple[float, float]:
        """Its size in points (1/72 inch)."""
        return self.width * 72 / self.dpi, self.height * 72 / self.dpi


def pack(picture: Picture, dpi: int) -> Sheet:
    """A page as it is kept in a PDF (FlateDecode)."""
    shape = (picture.width, picture.height, picture.bits, picture.channels)
    return Sheet(*shape, zlib.compress(picture.pixels, 6), dpi)


def _stream(dictionary: bytes, data: bytes) -> bytes:
    head = b"<< %b/Length %d >>\nstream\n" % (dictionary, len(data))
    return b"".join((head, data, b"\nendstream"))


def _picture(sheet: Sheet) -> bytes:
    # netpbm's set bit is black, a PDF's is white.
    turned = b"/Decode [1 0] " if sheet.bits == 1 else b""
    shape = b"/Type /XObject /Subtype /Image /Width %d /Height %d " % (sheet.width, sheet.height)
    depth = b"/ColorSpace %b /BitsPerComponent %d " % (_SPACES[sheet.channels], sheet.bits)
    return _stream(shape + depth + turned + b"/Filter /FlateDecode ", sheet.packed)


def _objects(sheets: Sequence[Sheet]) -> list[bytes]:
    """The objects of the file: catalogue and page tree, then page, drawing and picture of each."""
    kids = b" ".join(b"%d 0 R" % (3 + 3 * i) for i in range(len(sheets)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(sheets)),
    ]
    for i, sheet in enumerate(sheets):
        wide, high = sheet.points
        number = 3 + 3 * i
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.3f %.3f] " % (wide, high)
        uses = b"/Resources << /XObject << /P %d 0 R >> >> " % (number + 2)
        objects.append(page + uses + b"/Contents %d 0 R >>" % (number + 1))
        objects.append(_stream(b"", b"%.3f 0 0 %.3f 0 0 cm /P Do" % (wide, high)))
        objects.append(_picture(sheet))
    return objects


def document(sheets: Sequence[Sheet]) -> bytes:
    """The pages as one file; the same pages give the same bytes."""
    out = [b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"]
    at, places = len(out[0]), []
    for number, body in enumerate(_objects(sheets), 1):
        part = b"".join((b"%d 0 obj\n" % number, body, b"\nendobj\n"))
        places.append(at)
        at += len(part)
        out.append(part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(places) + 1
    out.append(b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, rows))
    out.append(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, at))
    return b"".join(out)
