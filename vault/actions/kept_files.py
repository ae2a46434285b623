"""Small files a person gives to be kept in the vault: read, sized up, and tried by a worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vault.actions.session import Session
from vault.errors import CannotRead, VaultError, WorkerFailed
from vault.model.media import MEDIA, SNIFF_BYTES, sniff
from vault.model.reading import InMemory, View
from vault.store import files

Refusal = Callable[[str], VaultError]
"""The error for a file that cannot be kept, made of the reason as a clause."""


def read(path: Path, most: int, refuse: Refusal) -> bytes:
    """The bytes of a file, `most` at most; raises CannotRead, or `refuse` for one too large."""
    try:
        if not path.is_file():
            why = "it is not a plain file" if path.exists() else "the file is not there"
            raise CannotRead(str(path), why)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise CannotRead(str(path), files.reason(error)) from error
    if not data:
        raise refuse("it is empty")
    if len(data) > most:
        size = most // 1024**2
        raise refuse(f"it is larger than {size} MB; scan it more coarsely, or only its pages")
    return data


def kind(data: bytes, refuse: Refusal) -> str:
    """The medium of a file, one of MEDIA, by its first bytes; else raises `refuse`."""
    media = sniff(data[:SNIFF_BYTES])
    if media not in MEDIA:
        raise refuse("it is of an unknown kind")
    return media


def pages(s: Session, data: bytes, media: str, most: int, refuse: Refusal) -> int:
    """How many pages a file has; raises `refuse` where it cannot be opened, or for too many."""
    probe = s.pool.probe(InMemory(data), media).result()
    if probe.encrypted or probe.problem:
        raise refuse(probe.problem or "it is locked with a password")
    if not 1 <= probe.pages <= most:
        raise refuse(f"it has {probe.pages} pages; {most} can be kept")
    return probe.pages


def look(s: Session, data: bytes, media: str, refuse: Refusal) -> None:
    """Raise `refuse` where the first page cannot be drawn."""
    try:
        s.pool.draw(InMemory(data), media, View(1, 64, 64)).result()
    except WorkerFailed as error:
        raise refuse(error.why) from error
