"""Files of the vault: private, never through a link, and on the disk before they count."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from vault.errors import CannotRead, CannotWrite, Damaged

FOLDER_MODE = 0o700
FILE_MODE = 0o600
_SYNC_EVERY = 32 * 1024 * 1024
_sync = getattr(os, "fdatasync", os.fsync)  # macOS has no fdatasync
_FLAGS = os.O_NOFOLLOW | os.O_CLOEXEC

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "the file grows larger than this system allows",
    errno.EACCES: "no permission",
    errno.EPERM: "no permission",
    errno.EROFS: "the disk can only be read",
    errno.EIO: "the disk reports an error",
    errno.ENOENT: "the folder is not there",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.EISDIR: "it is a folder",
    errno.ELOOP: "it is a link to something else",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EMFILE: "too many files are open",
}


def reason(error: OSError) -> str:
    """Why the operating system refused, in words without a path."""
    return _REASONS.get(error.errno or 0, "") or error.strerror or type(error).__name__


@contextlib.contextmanager
def writing(place: Path) -> Iterator[None]:
    """Turn an OSError from the block into CannotWrite for `place`."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(str(place), reason(error)) from error


def private_umask() -> None:
    """From here on, no other user may look into any file this process makes."""
    os.umask(0o077)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk, so that a new file in it survives a power cut."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def sync_file(path: Path) -> None:
    """Bring what a file holds to the disk; an OSError passes through."""
    fd = os.open(path, os.O_RDONLY | _FLAGS)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def sync_way(folder: Path) -> None:
    """As `sync_folder`, and for the folders above it, which may be as new; raises CannotWrite.

    It goes up as far as this user may write: above that nothing was made just now.
    """
    with writing(folder):
        sync_folder(folder)
        for above in folder.absolute().parents:
            if not os.access(above, os.R_OK | os.W_OK):
                return
            sync_folder(above)


def make_folder(folder: Path) -> None:
    """Make a folder only its owner can enter, on the disk; raises CannotWrite."""
    with writing(folder):
        folder.mkdir(mode=FOLDER_MODE)
        sync_folder(folder.parent)


def open_new(path: Path) -> int:
    """Make a file that must not be there yet, private, for writing; an OSError passes through."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, FILE_MODE)


def write_all(fd: int, data: bytes) -> None:
    """Write every byte, however often the system takes only a part."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def write_synced(fd: int, pieces: Iterable[bytes]) -> None:
    """Write all pieces and bring them to the disk; a long file goes there while it is written."""
    with ThreadPoolExecutor(1) as aside:
        going: Future[None] | None = None
        fresh = 0
        for piece in pieces:
            write_all(fd, piece)
            fresh += len(piece)
            if fresh >= _SYNC_EVERY and (going is None or going.done()):
                if going is not None:
                    going.result()  # what the disk said of the part before
                going, fresh = aside.submit(_sync, fd), 0
        if going is not None:
            going.result()
    os.fsync(fd)


def _replace(path: Path, fresh: Path, chunks: Iterable[bytes]) -> None:
    """Write `fresh` whole and on the disk, then put it in the place of `path`."""
    with writing(path):
        try:
            fd = open_new(fresh)
            try:
                for chunk in chunks:
                    write_all(fd, chunk)
                os.fsync(fd)
            finally:
                os.close(fd)
            fresh.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def _fresh(path: Path) -> Path:
    return path.with_name(path.name + ".new")


def drop_unfinished(path: Path) -> None:
    """Remove what a `write_atomic` of this file that was cut off has left; raises CannotWrite."""
    with writing(path):
        _fresh(path).unlink(missing_ok=True)


def write_atomic(path: Path, data: bytes) -> None:
    """Replace a file so that a crash leaves the old or the new one, whole and on the disk.

    Raises CannotWrite; the old file is then as it was.
    """
    drop_unfinished(path)
    _replace(path, _fresh(path), (data,))


def write_export(path: Path, chunks: Iterable[bytes]) -> None:
    """As `write_atomic`, piece by piece, in a folder of the person's with files of their own."""
    _replace(path, path.with_name(f".chartmend-{secrets.token_hex(6)}.part"), chunks)


def open_plain(path: Path) -> int:
    """Open a regular file for reading; raises FileNotFoundError, Damaged or CannotRead.

    A link or a device where the vault has a file is damage, not something to follow.
    """
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | _FLAGS)
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Damaged(f"{path.name} is a link, not a file of this vault") from None
        raise CannotRead(path.name, reason(error)) from error
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise Damaged(f"{path.name} is not a file")
    return fd


def read_small(path: Path, limit: int) -> bytes:
    """The first `limit` bytes of a file; raises as `open_plain`."""
    fd = open_plain(path)
    try:
        return os.pread(fd, limit, 0)
    except OSError as error:
        raise CannotRead(path.name, reason(error)) from error
    finally:
        os.close(fd)


def others_can_read(path: Path) -> bool:
    """Whether any other user may read `path` or look into it; False where it is gone by now."""
    try:
        return bool(path.stat().st_mode & 0o077)
    except FileNotFoundError:
        return False
