"""Which kind of file this is, by its first bytes alone."""

from __future__ import annotations

SNIFF_BYTES = 1024

MEDIA = ("pdf", "png", "jpeg", "tiff")
EXTENSIONS = {
    ".pdf": "pdf", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".tif": "tiff", ".tiff": "tiff",
}  # fmt: skip


def sniff(head: bytes) -> str | None:
    """The medium a file's first SNIFF_BYTES show, one of MEDIA, or None where it is foreign.

    A PDF may have rubbish before its header (ISO 32000-2, annex I); the rest begin with theirs.
    """
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return "tiff"
    if b"%PDF-" in head[:SNIFF_BYTES]:
        return "pdf"
    return None
