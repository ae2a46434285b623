"""Canaries: words that stand nowhere else, and the search for them in files and in memory."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SYLLABLES = ("bra", "kel", "mon", "tu", "ris", "vol", "den", "pa", "gor", "lim", "sa", "fen")
LARGEST = 64 * 1024 * 1024


def canary(rng: random.Random) -> str:
    """A word of five syllables that Tesseract reads well and nobody uses."""
    return "".join(rng.sample(_SYLLABLES, 5)).capitalize()


def canaries(count: int, rng: random.Random) -> tuple[str, ...]:
    """So many different canaries."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[canary(rng)] = None
    return tuple(found)


def encoded(
    words: Iterable[str],
    changes: Sequence[Callable[[str], str]] = (str, str.lower, str.upper),
) -> dict[bytes, str]:
    """The words in the encodings memory and files may have them in, each after some changes."""
    return {
        text.encode(code): word
        for word in words
        for text in [change(word) for change in changes]
        for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
    }


@dataclass(frozen=True, slots=True)
class Hit:
    """A canary that was found, and where."""

    word: str
    where: str


def in_bytes(data: bytes, marks: Mapping[bytes, str]) -> set[str]:
    """The words whose marks are in some bytes."""
    return {word for mark, word in marks.items() if mark in data}


def _files(folder: Path, since: float) -> Iterator[Path]:
    for top, _, names in os.walk(folder):
        for name in names:
            path = Path(top) / name
            try:
                about = path.lstat()
            except OSError:
                continue
            if about.st_ctime >= since and about.st_size <= LARGEST and not path.is_symlink():
                yield path


def in_files(folders: Iterable[Path], marks: Mapping[bytes, str], since: float = 0.0) -> list[Hit]:
    """Canaries in the names and contents of all files below some folders.

    Only files changed after `since` (seconds since 1970) are looked at.
    """
    found = []
    for folder in folders:
        for path in _files(folder, since):
            try:
                data = path.read_bytes() if path.is_file() else b""
            except OSError:
                continue
            name = str(path.relative_to(folder)).encode()
            found += [Hit(word, str(path)) for word in in_bytes(name + b"\0" + data, marks)]
    return found
