"""The structure of a PDF, by pypdf: whether it is locked, what pages it lists; mended if broken."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass

from vault.ingest import pdfium
from vault.ingest.sheet import Unreadable

# What pypdf has been seen to raise on damaged files, beside errors of its own.
_READ_ERRORS = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError,
    NotImplementedError, OSError,
)  # fmt: skip

logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False  # its warnings may quote the file


@dataclass(frozen=True, slots=True)
class Structure:
    """Whether a file is locked, and how many pages its own list names; 0 where that is unknown."""

    encrypted: bool = False
    pages: int = 0


def look(file: io.BufferedReader) -> Structure:
    """What a PDF's own structure says of it."""
    # Here, and in no worker that only reads pages: pypdf takes 14 MB.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    file.seek(0)
    encrypted = False
    try:
        reader = PdfReader(file, strict=False)
        encrypted = reader.is_encrypted
        return Structure(encrypted, 0 if encrypted else reader.get_num_pages())
    except (PyPdfError, *_READ_ERRORS):
        return Structure(encrypted)


def mended(file: io.BufferedReader, password: str) -> bytes | None:
    """A damaged PDF written anew without its lock, None where that cannot be done.

    Raises Unreadable where the password does not open it.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    file.seek(0)
    new = io.BytesIO()
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted and not reader.decrypt(password):
            raise Unreadable(pdfium.LOCKED, encrypted=True)
        writer = PdfWriter()
        for page in reader.pages:
            writer.add_page(page)
        writer.write(new)
    except (PyPdfError, *_READ_ERRORS):
        return None
    return new.getvalue()
