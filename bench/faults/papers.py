"""Invented files, and workers that have read them already: no parser and no OCR runs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from vault.model.reading import (
    ByteSource,
    PageKind,
    PageResult,
    Probe,
    Reading,
    ReadOptions,
    Source,
)
from vault.model.words import Box, Word, text_of
from vault.workers.pool import Pool

_HEAD = b"%PDF-invented\n"
_END = b"\n%%END\n"
VISIT = (
    "Patient: Marian Voss DOB: 03/14/1916\nVisit of 2 May 2024\nPlan: lisinopril 10 mg",
    "Seen by Dr. Ada Quill\nBlood pressure 128/82\nNext visit in six weeks",
)


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def paper(pages: Sequence[str], extra: int = 0) -> bytes:
    """A file of these pages; `extra` bytes that nobody reads make it as long as wanted."""
    body = _HEAD + "\f".join(pages).encode() + _END
    seed = hashlib.sha256(body).digest()
    filler = b"".join(
        hashlib.sha256(seed + n.to_bytes(4)).digest() for n in range(extra // 32 + bool(extra))
    )
    return body + filler[:extra]


def put(home: Path, name: str, pages: Sequence[str], extra: int = 0) -> Path:
    """Write such a file where a person keeps papers."""
    path = home / "papers" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(paper(pages, extra))
    return path


def words(text: str) -> tuple[Word, ...]:
    """The words of a page, laid out line by line."""
    found = []
    for line, row in enumerate(text.splitlines()):
        top = min(0.05 + line * 0.03, 0.95)
        for column, part in enumerate(row.split()):
            left = min(0.05 + column * 0.07, 0.9)
            found.append(Word(part, Box(left, top, left + 0.06, top + 0.015), 95, line))
    return tuple(found)


def promised(name: str, pages: Sequence[str], extra: int = 0) -> dict[str, str]:
    """What an import of such a file promises: its bytes, and the text of each page."""
    found = {f"file:{name}": digest(paper(pages, extra))}
    for number, page in enumerate(pages, 1):
        found[f"page:{name}/{number}"] = digest(text_of(words(page)).encode())
    return found


def _pages(source: ByteSource) -> list[str]:
    data = source.read_at(0, source.size)
    return data[len(_HEAD) : data.index(_END)].decode().split("\f")


class ReadyPool(Pool):
    """Answers at once from the invented files; starts no process."""

    def __init__(self) -> None:
        super().__init__(1)

    def probe(self, source: ByteSource, media: str, password: str = "") -> Future[Probe]:
        """How many pages there are."""
        future: Future[Probe] = Future()
        future.set_result(Probe(media, len(_pages(source)), encrypted=bool(password)))
        return future

    def read_page(
        self,
        source: ByteSource,
        media: str,  # noqa: ARG002 - every invented file is of one kind
        page: int,
        options: ReadOptions,
    ) -> Future[PageResult]:
        """The words of a page."""
        future: Future[PageResult] = Future()
        held = words(_pages(source)[page - 1])
        readings = (Reading(Source.TEXT, held, 95, language=options.language),)
        future.set_result(PageResult(page, PageKind.CONTENT, readings, 612, 792, 95))
        return future

    def close(self, *, kill: bool = False) -> None:
        """There is nothing to end."""
