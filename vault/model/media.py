"""Which kind of file this is, by its first bytes alone."""

from __future__ import annotations

SNIFF_BYTES = 1024

MEDIA = ("pdf", "png", "jpeg", "tiff", "heic")
"""The kinds that have pages."""

ZIP = "zip"
"""A bundle: it has no pages, its files are records of their own."""

EXTENSIONS = {
    ".pdf": "pdf", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".tif": "tiff", ".tiff": "tiff",
    ".heic": "heic", ".heif": "heic", ".hif": "heic", ".zip": ZIP,
}  # fmt: skip

# Office files and books are ZIPs by their bytes; they begin with a part that tells them apart.
_INNARDS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"mimetype", b"META-INF/")
_ZIP_NAME = 30  # where a local file header has the name (APPNOTE.TXT, 4.3.7)


def _is_bundle(head: bytes) -> bool:
    if head.startswith(b"PK\x05\x06"):  # one without any file in it
        return True
    return head.startswith(b"PK\x03\x04") and not head[_ZIP_NAME:].startswith(_INNARDS)


# Pictures coded with HEVC (ISO/IEC 23008-12, annex B); `mif1` alone may be any other coding.
_HEVC = (b"heic", b"heix", b"heim", b"heis")


def _is_heic(head: bytes) -> bool:
    if head[4:8] != b"ftyp":
        return False
    box = head[8 : min(int.from_bytes(head[:4]), len(head))]
    brands = {box[:4], *(box[i : i + 4] for i in range(8, len(box) - 3, 4))}
    return any(brand in brands for brand in _HEVC)


def sniff(head: bytes) -> str | None:
    """The medium a file's first SNIFF_BYTES show, one of MEDIA or ZIP; None where it is foreign.

    A PDF may have rubbish before its header (ISO 32000-2, annex I); the rest begin with theirs.
    """
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return "tiff"
    if _is_heic(head):
        return "heic"
    if head.startswith(b"PK"):  # before PDF, for the first file in it may be one, unpacked
        return ZIP if _is_bundle(head) else None
    return "pdf" if b"%PDF-" in head[:SNIFF_BYTES] else None
