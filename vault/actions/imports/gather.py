"""Which files an import is about, and which it refuses before anything is sealed."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from vault.errors import CannotRead
from vault.model.media import EXTENSIONS, SNIFF_BYTES, sniff
from vault.safetext import safe_file_name
from vault.store import files

_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK  # a pipe in a folder must not block us


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to take in: `name` is safe to show, `refused` says why it is not taken.

    `data` is all of it where it came without a file, by a pipe or from a scanner.
    """

    path: Path
    name: str
    media: str = ""
    refused: str = ""
    data: bytes = b""

    def open(self) -> BinaryIO:
        """Its bytes, to be read from the beginning; raises OSError."""
        return io.BytesIO(self.data) if self.data else self.path.open("rb")


def _walk(folder: Path) -> Iterator[Candidate]:
    """The files below a folder, in order of name; links are not followed, dot files left out.

    A folder that cannot be entered is one refused row at the end.
    """
    shut: list[Candidate] = []

    def note(error: OSError) -> None:
        path = Path(error.filename)
        why = f"cannot be entered: {files.reason(error)}"
        shut.append(Candidate(path, safe_file_name(path.name), refused=why))

    for top, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = Path(top) / name
            if not name.startswith(".") and not path.is_symlink():
                yield _look(path)
    yield from shut


def foreign(name: str) -> str:
    """Why a file of this name is not taken in, whose first bytes show no kind that can be read."""
    claimed = EXTENSIONS.get(PurePath(name).suffix.lower())
    what = f"not a {claimed.upper()} file, though its name says so" if claimed else "unknown kind"
    return f"{what}; PDF, PNG, JPEG, TIFF, HEIC and ZIP can be read"


def _look(path: Path) -> Candidate:
    name = safe_file_name(path.name)
    try:
        handle = os.open(path, _FLAGS)
        with os.fdopen(handle, "rb") as file:
            about = os.fstat(handle)
            if not stat.S_ISREG(about.st_mode):
                return Candidate(path, name, refused="not a file")
            if about.st_size == 0:
                return Candidate(path, name, refused="the file is empty")
            media = sniff(file.read(SNIFF_BYTES))
    except OSError as error:
        return Candidate(path, name, refused=f"cannot be opened: {files.reason(error)}")
    if media is None:
        return Candidate(path, name, refused=foreign(path.name))
    return Candidate(path, name, media)


def given(name: str, data: bytes) -> Candidate:
    """What came without a file, looked at by its first bytes; `name` becomes its title."""
    title = safe_file_name(name)
    if not data:
        return Candidate(Path(title), title, refused="nothing came")
    media = sniff(data[:SNIFF_BYTES])
    if media is None:
        return Candidate(Path(title), title, refused=foreign(title))
    return Candidate(Path(title), title, media, data=data)


def gather(paths: Sequence[Path]) -> tuple[Candidate, ...]:
    """The files that `paths` name, folders walked, each looked at by its first bytes.

    A path that is not there or cannot be reached is a refused row; raises CannotRead where
    none of them can.
    """
    found: list[Candidate] = []
    lost: list[CannotRead] = []
    for path in paths:
        try:
            folder = stat.S_ISDIR(path.stat().st_mode)
        except OSError as error:
            gone = isinstance(error, FileNotFoundError | NotADirectoryError)
            why = "there is no such file" if gone else files.reason(error)
            name = safe_file_name(str(path))
            lost.append(CannotRead(name, why))
            found.append(Candidate(path, name, refused=why))
            continue
        found += _walk(path) if folder else (_look(path),)
    if lost and len(lost) == len(paths):
        raise lost[0]
    return tuple(found)
