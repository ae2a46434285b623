"""Sealed originals: each file as it arrived, encrypted, named by what it holds.

An original is `originals/ab/<64 hex>`: the name is HMAC-SHA256 of the plaintext, so the same
file is kept once and nobody without the key can tell that a known file is there. The content is
chunked (chunks.py), bound to the vault and to the name, so no file can stand in for another.
Because the name must be known first, a stream is read twice and so must be seekable.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from vault.errors import CannotRead, CannotWrite, Damaged, NotFound, Refused
from vault.store import chunks, crypto, files
from vault.store.crypto import Label
from vault.store.keys import Keys

FOLDER = "originals"
TMP = "tmp"
QUARANTINE = "quarantine"
PIECE = 512 * 1024
_ID = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sealed:
    """An original in the vault: its id, its length in bytes, and whether it came in just now."""

    id: str
    size: int
    new: bool


def file_of(id_: str) -> str:
    """Where an original is, relative to the vault folder."""
    return f"{FOLDER}/{id_[:2]}/{id_}"


class SealedReader:
    """A sealed original, open for reading by ranges; threads may share it.

    Every chunk is authenticated before any of it is handed out; raises Damaged naming the file.
    """

    def __init__(self, fd: int, name: str, key: bytes, context: bytes) -> None:
        self._fd = fd
        self._name = name
        with self._damage():
            self._reader = chunks.Reader(key, context, os.fstat(fd).st_size, self._raw)

    @contextlib.contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except crypto.NotAuthentic:
            raise Damaged(f"{self._name} is damaged") from None
        except OSError as error:
            raise CannotRead(self._name, files.reason(error)) from error

    def _raw(self, offset: int, length: int) -> bytes:
        return os.pread(self._fd, length, offset)

    @property
    def size(self) -> int:
        """The length of the original in bytes."""
        return self._reader.size

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end."""
        with self._damage():
            return self._reader.read_at(offset, length)

    def pieces(self) -> Iterator[bytes]:
        """The whole original, 512 KiB at a time."""
        for offset in range(0, self.size, PIECE):
            yield self.read_at(offset, PIECE)

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def __enter__(self) -> SealedReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _read(stream: BinaryIO) -> Iterator[bytes]:
    try:
        while piece := stream.read(PIECE):
            yield piece
    except OSError as error:
        raise CannotRead("the file", files.reason(error)) from error


def _hashed_beside(pieces: Iterable[bytes], name: hmac.HMAC) -> Iterator[bytes]:
    """The pieces of a stream; each is hashed on another thread while the caller works on it."""
    with ThreadPoolExecutor(1) as aside:
        hashing: Future[None] | None = None
        for piece in pieces:
            if hashing is not None:
                hashing.result()
            hashing = aside.submit(name.update, piece)
            yield piece
        if hashing is not None:
            hashing.result()


class Originals:
    """The sealed originals of one vault folder."""

    def __init__(self, folder: Path, keys: Keys, *, writable: bool) -> None:
        self._folder = folder
        self._key = keys.of(Label.ORIGINAL)
        self._id_key = keys.of(Label.ORIGINAL_ID)
        self._prefix = crypto.PREFIX + b"original/" + keys.vault_id
        self._writable = writable

    def __repr__(self) -> str:
        return f"Originals({str(self._folder)!r})"

    def _path(self, id_: str) -> Path:
        if not _ID.fullmatch(id_):
            raise NotFound("that is not the name of an original")
        return self._folder / file_of(id_)

    def _context(self, id_: str) -> bytes:
        return self._prefix + bytes.fromhex(id_)

    def _hash(self) -> hmac.HMAC:
        return hmac.new(self._id_key, digestmod=hashlib.sha256)

    def identify(self, stream: BinaryIO, limit: int | None = None) -> tuple[str, int]:
        """The id and the length the rest of `stream` would have; nothing is written.

        Raises Refused where it is longer than `limit` bytes, CannotRead where it breaks off.
        """
        size, name = 0, self._hash()
        for piece in _hashed_beside(_read(stream), name):
            size += len(piece)
            if limit is not None and size > limit:
                raise Refused(f"the file is larger than {limit // 1024**2} MiB")
        return name.hexdigest(), size

    def seal(self, stream: BinaryIO, limit: int) -> Sealed:
        """Keep the rest of a seekable `stream`; when this returns it is on the disk and readable.

        A file that is there already is read through, and replaced where it is damaged. Raises
        Refused (longer than `limit` bytes, empty, changed meanwhile), CannotRead, CannotWrite.
        """
        self._check_writable()
        start = stream.tell()
        id_, size = self.identify(stream, limit)
        if not size:
            raise Refused("the file is empty")
        if self._whole(id_):
            self._sync_names(id_)  # whoever put it there may have been cut off before this
            return Sealed(id_, size, new=False)
        stream.seek(start)
        fresh = self._folder / TMP / crypto.random_bytes(16).hex()
        try:
            self._write(fresh, id_, size, stream)
            self._publish(fresh, id_)
        except BaseException:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise
        return Sealed(id_, size, new=True)

    def _check_writable(self) -> None:
        if not self._writable:
            raise Refused("this vault is open for reading only")

    def _whole(self, id_: str) -> bool:
        try:
            self.check(id_)
        except Damaged:
            return False
        return True

    def _write(self, fresh: Path, id_: str, size: int, stream: BinaryIO) -> None:
        """Encrypt a stream to a file of its own, bring it to the disk, and read it back."""
        written, name = 0, self._hash()

        def counted() -> Iterator[bytes]:
            nonlocal written
            for piece in _read(stream):
                written += len(piece)
                if written > size:
                    return
                yield piece

        with files.writing(self._folder / TMP):
            fd = files.open_new(fresh)
            try:
                pieces = _hashed_beside(counted(), name)
                files.write_synced(fd, chunks.encrypt(self._key, self._context(id_), pieces))
            finally:
                os.close(fd)
        if written != size or name.hexdigest() != id_:
            raise Refused("the file changed while it was being read", "import it again")
        try:
            with self._open(fresh, id_) as reader:  # authentic, so it is what was hashed
                back = sum(len(piece) for piece in reader.pieces())
        except Damaged:
            back = -1
        if back != size:
            raise CannotWrite(file_of(id_), "the disk does not give back what it was given")

    def _publish(self, fresh: Path, id_: str) -> None:
        path = self._path(id_)
        if not path.parent.is_dir():
            files.make_folder(path.parent)
        with files.writing(path):
            fresh.replace(path)
        self._sync_names(id_)

    def _sync_names(self, id_: str) -> None:
        """Bring the name of an original, and of the folder it lies in, to the disk."""
        path = self._path(id_)
        with files.writing(path):
            files.sync_folder(path.parent)
            files.sync_folder(path.parent.parent)

    def _open(self, path: Path, id_: str) -> SealedReader:
        try:
            fd = files.open_plain(path)
        except FileNotFoundError:
            raise Damaged(f"{file_of(id_)} is missing") from None
        try:
            return SealedReader(fd, file_of(id_), self._key, self._context(id_))
        except BaseException:
            os.close(fd)
            raise

    def open(self, id_: str) -> SealedReader:
        """Open an original; raises Damaged where its file is missing, cut off or changed."""
        return self._open(self._path(id_), id_)

    def open_at(self, path: Path, id_: str) -> SealedReader:
        """Open an original's file that lies elsewhere (in quarantine); raises Damaged."""
        return self._open(path, id_)

    def _read_back(self, path: Path, id_: str) -> tuple[str, int]:
        """The name that what a file holds would have, and its size; raises Damaged."""
        name = self._hash()
        with self._open(path, id_) as reader:
            for _piece in _hashed_beside(reader.pieces(), name):
                pass
            return name.hexdigest(), reader.size

    def check(self, id_: str) -> int:
        """Read a whole original and compare it with its name; its size, or Damaged."""
        return self._checked(self._path(id_), id_)

    def _checked(self, path: Path, id_: str) -> int:
        name, size = self._read_back(path, id_)
        if name != id_:
            raise Damaged(f"{file_of(id_)} does not hold what its name says")
        return size

    def check_copy(self, path: Path, id_: str) -> int:
        """As `check`, for a copy of the sealed file somewhere else."""
        return self._checked(path, id_)

    def stored(self) -> Iterator[str]:
        """The ids of all files under originals/, in order, whether or not a row names them."""
        for path in sorted((self._folder / FOLDER).glob("??/*")):
            if _ID.fullmatch(path.name) and path.parent.name == path.name[:2]:
                yield path.name

    def quarantine(self, id_: str, name: str = "") -> None:
        """Move an original's file out of the way, as `name`; it is kept.

        Raises NotFound, CannotWrite.
        """
        self._check_writable()
        path = self._path(id_)
        if not path.exists():
            raise NotFound(f"{file_of(id_)} is not there")
        with files.writing(self._folder / QUARANTINE):
            path.replace(self._folder / QUARANTINE / (name or id_))
            files.sync_folder(self._folder / QUARANTINE)
            files.sync_folder(path.parent)

    def bring_back(self, id_: str, name: str) -> bool:
        """Put a file of the quarantine back in its place where it holds what it should.

        False, and nothing is changed, where it does not. Raises CannotRead, CannotWrite.
        """
        self._check_writable()
        path = self._folder / QUARANTINE / name
        try:
            self._checked(path, id_)
        except Damaged:
            return False
        self._publish(path, id_)
        with files.writing(path.parent):
            files.sync_folder(path.parent)
        return True

    def remove(self, id_: str) -> None:
        """Remove the file of an original no row names any more; raises CannotWrite."""
        self._check_writable()
        path = self._path(id_)
        with files.writing(path):
            path.unlink(missing_ok=True)
            if path.parent.is_dir():
                files.sync_folder(path.parent)

    def changed_at(self, id_: str) -> float:
        """When an original's file was written, in seconds since 1970."""
        with files.writing(self._path(id_)):
            return self._path(id_).stat().st_mtime

    def sweep(self) -> None:
        """Remove what an import that was cut off left in tmp/; only the writer may call this."""
        self._check_writable()
        for name in (FOLDER, TMP, QUARANTINE):  # copies of a vault often leave empty folders out
            if not (self._folder / name).exists():
                files.make_folder(self._folder / name)
        with files.writing(self._folder / TMP):
            for path in (self._folder / TMP).iterdir():
                if path.is_symlink() or not path.is_dir():  # a folder is somebody else's
                    path.unlink()
