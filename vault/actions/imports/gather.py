"""Which files an import is about, and which it refuses before anything is sealed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vault.errors import CannotRead
from vault.model.media import EXTENSIONS, SNIFF_BYTES, sniff
from vault.safetext import safe_file_name

_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK  # a pipe in a folder must not block us


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to take in: `name` is safe to show, `refused` says why it is not taken."""

    path: Path
    name: str
    media: str = ""
    refused: str = ""


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a folder, in order of name; links are not followed, dot files left out."""

    def fail(error: OSError) -> None:
        raise CannotRead(safe_file_name(str(error.filename)), error.strerror or "no access")

    for top, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = Path(top) / name
            if not name.startswith(".") and not path.is_symlink():
                yield path


def _look(path: Path) -> Candidate:
    name = safe_file_name(path.name)
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        return Candidate(path, name, refused=f"cannot be opened: {error.strerror}")
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            return Candidate(path, name, refused="not a file")
        if about.st_size == 0:
            return Candidate(path, name, refused="the file is empty")
        media = sniff(file.read(SNIFF_BYTES))
    if media is None:
        claimed = EXTENSIONS.get(path.suffix.lower())
        what = (
            f"not a {claimed.upper()} file, though its name says so" if claimed else "unknown kind"
        )
        return Candidate(path, name, refused=f"{what}; PDF, PNG, JPEG and TIFF can be read")
    return Candidate(path, name, media)


def gather(paths: Sequence[Path]) -> tuple[Candidate, ...]:
    """The files that `paths` name, folders walked, each looked at by its first bytes.

    Raises CannotRead for a path that is not there or a folder that cannot be entered.
    """
    found: list[Candidate] = []
    for path in paths:
        if not path.exists():
            raise CannotRead(safe_file_name(str(path)), "there is no such file")
        if path.is_dir():
            found += [_look(p) for p in _walk(path)]
        else:
            found.append(_look(path))
    return tuple(found)
