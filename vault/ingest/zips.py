"""ZIP files: what is in them, and the bytes of one member at a time."""

from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import IO

from vault.ingest.files import Fetch, RangeFile
from vault.ingest.sheet import Unreadable
from vault.model.bundles import (
    FREE_BYTES,
    FREE_TOTAL_BYTES,
    LISTED,
    LOCKED,
    MEMBERS,
    NAME_CHARS,
    PIECE_BYTES,
    RATIO,
    TOTAL_BYTES,
    Member,
    Members,
    Piece,
    too_tight,
)
from vault.safetext import safe_line

_LIST_BYTES = 16 * 1024**2
_BROKEN = "it is damaged and cannot be opened as a ZIP"
_BROKEN_MEMBER = "it is damaged inside the ZIP"
_WRONG = "the password does not open it, or it is damaged inside the ZIP"
_TOO_MANY = f"it holds more than {MEMBERS:,} files"
_TOO_LARGE = f"unpacked it is larger than {TOTAL_BYTES // 1024**3} GiB"
_TOO_TIGHT = f"it unpacks to more than {RATIO} times its size, as a ZIP bomb does"
_OVERLAP = "its files lie over each other, as in a ZIP bomb"
_ENCRYPTED = 0x01
_AES = 99  # APPNOTE.TXT has no number for it; this is WinZip's (AE-1, AE-2)
_HEADER_BYTES = 30  # a local file header without its name (APPNOTE.TXT, 4.3.7)
_ERRORS = (
    zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, KeyError, TypeError, AttributeError,
    IndexError, EOFError, OSError, OverflowError, struct.error,
)  # fmt: skip  # what zipfile raises on damaged files; NotImplementedError is a RuntimeError


class _Source(io.BufferedReader):
    """A file that is fetched by ranges and never hands out a huge piece at once."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Up to `size` bytes; a list of contents that claims to be huge is not read at all."""
        if size is not None and size > _LIST_BYTES:
            raise Unreadable(_TOO_MANY)
        return super().read(size)

    def seek(self, target: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to an offset; zipfile tries places before the beginning and expects an OSError."""
        try:
            return super().seek(target, whence)
        except ValueError as error:
            raise OSError from error


class Zip:
    """An open ZIP. Raises Unreadable where it is damaged, too large, or made to do harm."""

    def __init__(self, size: int, fetch: Fetch) -> None:
        self._file = _Source(RangeFile(size, fetch), 64 * 1024)
        try:
            self._zip = zipfile.ZipFile(self._file)
        except _ERRORS:
            raise Unreadable(_BROKEN) from None
        self._infos = self._zip.filelist
        _check(self._infos, self._zip.start_dir, size)
        self._members = tuple(_listed(self._infos))
        self._open: tuple[int, str, IO[bytes]] | None = None
        self._at = 0

    def members(self, start: int) -> Members:
        """The members from number `start` on, so many as cross at once; folders are left out."""
        return Members(len(self._members), self._members[start : start + LISTED])

    def piece(self, index: int, offset: int, password: str) -> Piece:
        """The bytes of a member from `offset`; raises Unreadable where they cannot be had.

        Going on from the last piece costs nothing; any other place unpacks what is before it.
        """
        if not 0 <= index < len(self._infos):
            raise Unreadable(_BROKEN_MEMBER)
        info = self._infos[index]
        try:
            stream = self._stream(info, index, offset, password)
            while self._at < offset:
                self._read(stream, min(PIECE_BYTES, offset - self._at))
            data = self._read(stream, min(PIECE_BYTES, info.file_size - self._at))
        except Unreadable:
            self._shut()
            raise
        except _ERRORS:
            self._shut()
            given = bool(password) and bool(info.flag_bits & _ENCRYPTED)
            raise Unreadable(_WRONG if given else _BROKEN_MEMBER) from None
        return Piece(data, end=self._at >= info.file_size)

    def _stream(self, info: zipfile.ZipInfo, index: int, offset: int, password: str) -> IO[bytes]:
        if self._open is not None:
            if self._open[:2] == (index, password) and self._at <= offset:
                return self._open[2]
            self._shut()
        locked = bool(info.flag_bits & _ENCRYPTED)
        if locked and not password:
            raise Unreadable(LOCKED, encrypted=True)
        stream = self._zip.open(info, pwd=password.encode() if locked else None)
        self._open, self._at = (index, password, stream), 0
        return stream

    def _read(self, stream: IO[bytes], length: int) -> bytes:
        """Exactly `length` bytes; at the end of a member zipfile compares its checksum."""
        data = stream.read(length)
        if len(data) != length:
            raise Unreadable(_BROKEN_MEMBER)
        self._at += length
        return data

    def _shut(self) -> None:
        held, self._open = self._open, None
        if held is not None:
            held[2].close()

    def close(self) -> None:
        """Let go of the file."""
        self._shut()
        self._zip.close()
        self._file.close()


def _check(infos: list[zipfile.ZipInfo], list_at: int, size: int) -> None:
    """Refuse a whole ZIP that is too large or whose members share bytes.

    One stretch of packed bytes under many names is how a small ZIP unpacks to anything at all.
    """
    if len(infos) > MEMBERS:
        raise Unreadable(_TOO_MANY)
    total = sum(info.file_size for info in infos)
    if total > TOTAL_BYTES:
        raise Unreadable(_TOO_LARGE)
    if too_tight(size, total, FREE_TOTAL_BYTES):
        raise Unreadable(_TOO_TIGHT)
    spans = sorted(
        (info.header_offset, info.header_offset + _HEADER_BYTES + info.compress_size)
        for info in infos
    )
    if spans and (spans[0][0] < 0 or max(end for _, end in spans) > list_at):
        raise Unreadable(_BROKEN)
    if any(one[1] > two[0] for one, two in pairwise(spans)):
        raise Unreadable(_OVERLAP)


def _listed(infos: list[zipfile.ZipInfo]) -> Iterator[Member]:
    """The files in a ZIP; folders and what other systems hide in one are left out."""
    seen: set[str] = set()
    for index, info in enumerate(infos):
        raw = info.orig_filename.replace("\\", "/")
        if raw.endswith("/") or _hidden(raw):
            continue
        parts = (part for part in raw.split("/") if part not in ("", "."))
        name = safe_line("/".join(parts), NAME_CHARS) or "unnamed"
        problem = _bad_name(raw) or _bad_kind(info)
        if not problem and name in seen:
            problem = "another file in the ZIP has the same name"
        if not problem:
            seen.add(name)
        yield Member(index, name, info.file_size, problem)


def _hidden(name: str) -> bool:
    parts = name.split("/")
    if ".." in parts:
        return False
    return "__MACOSX" in parts or any(part.startswith(".") and part != "." for part in parts)


def _bad_name(name: str) -> str:
    """Why a member's name is not taken, or nothing. No name is ever used as a path here."""
    if len(name) > NAME_CHARS:
        return "its name is too long"
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in name):
        return "its name has control characters in it"
    drive = len(name) > 1 and name[1] == ":"
    if name.startswith("/") or drive or ".." in name.split("/"):
        return "its name leads to a place outside the ZIP"
    return ""


def _bad_kind(info: zipfile.ZipInfo) -> str:
    """Why what a member is stops us, or nothing."""
    mode = stat.S_IFMT(info.external_attr >> 16)
    if mode == stat.S_IFLNK:
        return "it is a link, not a file"
    if mode not in (0, stat.S_IFREG):
        return "not a file"
    if info.file_size == 0:
        return "the file is empty"
    return _bad_packing(info)


def _bad_packing(info: zipfile.ZipInfo) -> str:
    """Why how a member is packed stops us, or nothing."""
    if info.compress_type == _AES:
        return "it is locked with AES, which is not read here; unpack it and import what is in it"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "it is packed in a way that is not read here; unpack it and import what is in it"
    if too_tight(info.compress_size, info.file_size, FREE_BYTES):
        return _TOO_TIGHT
    return ""
