"""Files harmed at random: seeds of each kind, and the ways they are changed."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal

import pypdf
import typst
from PIL import Image

_NUMBER = re.compile(rb"\d+")
_NAME = re.compile(rb"/[A-Za-z]+")
_EXTREME = (b"0", b"-1", b"65536", b"2147483648", b"4294967295", b"99999999999999999999", b"1e309")
_PAGE = (
    "#set page(width: 220pt, height: 160pt, margin: 12pt)\n#set text(size: 9pt)\n"
    "Harbor View Family Practice\n\nPatient: Marian Voss\n\nDate of birth: 1961-03-14\n\n"
)
_TABLE = "#table(columns: 3, ..range(9).map(n => [value #n]))\n#pagebreak()\nSecond page\n"


def _flip(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 1, 4, 32))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _span(data: bytearray, rng: random.Random) -> slice:
    start = rng.randrange(len(data))
    return slice(start, min(len(data), start + rng.choice((1, 4, 16, 256, 4096))))


def _overwrite(data: bytearray, rng: random.Random) -> None:
    span = _span(data, rng)
    size = span.stop - span.start
    data[span] = rng.choice((bytes(size), b"\xff" * size, rng.randbytes(size)))


def _delete(data: bytearray, rng: random.Random) -> None:
    del data[_span(data, rng)]


def _repeat(data: bytearray, rng: random.Random) -> None:
    part = bytes(data[_span(data, rng)])
    at = rng.randrange(len(data))
    data[at:at] = part * rng.choice((1, 2, 8))


def _cut(data: bytearray, rng: random.Random) -> None:
    del data[rng.randrange(len(data)) :]


def _token(data: bytearray, rng: random.Random, kind: re.Pattern[bytes], other: bytes) -> None:
    found = list(kind.finditer(data))
    if found:
        chosen = rng.choice(found)
        data[chosen.start() : chosen.end()] = other


def _number(data: bytearray, rng: random.Random) -> None:
    _token(data, rng, _NUMBER, rng.choice((*_EXTREME, b"%d" % rng.randrange(300))))


def _name(data: bytearray, rng: random.Random) -> None:
    names = _NAME.findall(data)
    if names:
        _token(data, rng, _NAME, rng.choice(names))


_WAYS: Sequence[Callable[[bytearray, random.Random], None]] = (
    _flip, _flip, _overwrite, _delete, _repeat, _cut, _number, _number, _name
)  # fmt: skip


def mutated(seed: bytes, rng: random.Random) -> bytes:
    """The file with one to five changes; never an empty one."""
    data = bytearray(seed)
    for _ in range(rng.choice((1, 1, 2, 3, 5))):
        if data:
            rng.choice(_WAYS)(data, rng)
    return bytes(data) or b"\0"


def _typeset(source: str, kind: Literal["pdf", "png"]) -> bytes:
    made = typst.compile(source.encode(), format=kind)
    if not isinstance(made, bytes):
        raise TypeError("more than one page was made")
    return made


def plain_pdf() -> bytes:
    """A PDF written by hand, nothing in it compressed, so that changes reach every part."""
    text = b"BT /F1 12 Tf 20 120 Td (Patient: Marian Voss) Tj 0 -20 Td (Born 1961-03-14) Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 220 160] /Contents 4 0 R /Annots [6 0 R] "
        b"/Rotate 0 /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Voss) /Rect [20 20 120 40] >>",
    )
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (7, start)
    return bytes(out)


def _locked(data: bytes, algorithm: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("", "owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@cache
def picture() -> Image.Image:
    """A small grey picture of a page."""
    one = _typeset(_PAGE, "png")
    with Image.open(io.BytesIO(one)) as image:
        return image.convert("L").resize((220, 160))


@cache
def pdfs() -> tuple[bytes, ...]:
    """Small PDFs: text, two pages of tables, one made by hand, three scans, two encrypted."""
    text, table = _typeset(_PAGE, "pdf"), _typeset(_PAGE + _TABLE, "pdf")
    grey = picture()
    scans = (
        _saved(grey, "PDF"),
        _saved(grey.convert("1"), "PDF"),
        _saved(grey.convert("RGB"), "PDF"),
    )
    return (text, table, plain_pdf(), *scans, _locked(text, "AES-256"), _locked(text, "RC4-128"))


@cache
def images() -> dict[str, tuple[bytes, ...]]:
    """Small pictures of each kind that is read, by kind."""
    grey = picture()
    colour = grey.convert("RGB")
    frames = [grey.convert("1"), grey.convert("1").rotate(180)]
    return {
        "png": (_saved(grey, "PNG"), _saved(colour.quantize(16), "PNG")),
        "jpeg": (_saved(grey, "JPEG"), _saved(colour, "JPEG", progressive=True)),
        "tiff": (
            _saved(frames[0], "TIFF", compression="group4", save_all=True, append_images=frames),
            _saved(grey, "TIFF", compression="tiff_lzw"),
            _saved(colour, "TIFF", compression="tiff_deflate"),
        ),
    }


@cache
def zips() -> tuple[bytes, ...]:
    """Small ZIPs: stored, deflated, with folders, and one that unpacks to a thousand times."""
    text, found = plain_pdf(), []
    for how, names in (
        (zipfile.ZIP_STORED, ("note.pdf", "letter.pdf")),
        (zipfile.ZIP_DEFLATED, ("a/note.pdf", "a/b/letter.pdf", "read me.txt")),
        (zipfile.ZIP_LZMA, ("note.pdf",)),
        (zipfile.ZIP_BZIP2, ("note.pdf",)),
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", how) as bundle:
            for name in names:
                bundle.writestr(name, text)
        found.append(out.getvalue())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("zeros.pdf", bytes(8 * 1024 * 1024))
    return (*found, out.getvalue())
