"""Records and their pages as the vault keeps them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from vault.model.custody import UNSAID, Custody
from vault.model.reading import PageKind, Source


class RecordStatus(StrEnum):
    """How far a record has come: sealed and being read, read, or sealed but not readable."""

    READING = "reading"
    STORED = "stored"
    UNREADABLE = "unreadable"


class PageState(StrEnum):
    """Whether a page has been read: not yet, yes, or tried in vain."""

    PENDING = "pending"
    READ = "read"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that arrived. `title` is the file's name made safe; it is shown, never opened.

    `parent` and `member` name the bundle it came in and its path there. `reason` says why it
    could not be read. `language` and `engine` are what its pages are read with. A part of a scan
    names the scan as its parent, and the pages of the file that it holds: `first_page` to
    `last_page`, 0 for any other record. `older` is the record this one is a later copy of.
    """

    id: str
    original: str
    title: str
    media: str
    status: RecordStatus
    pages: int
    imported_at: str
    received_on: dt.date | None = None
    person: str | None = None
    provider: str | None = None
    request: str | None = None
    parent: str | None = None
    member: str = ""
    reason: str = ""
    language: str = "eng"
    engine: str = "auto"
    custody: Custody = UNSAID
    first_page: int = 0
    last_page: int = 0
    older: str | None = None

    @property
    def is_part(self) -> bool:
        """Whether this is a part of a scan that was split."""
        return self.first_page > 0


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a record, without its words.

    `source` and `confidence` are those of the reading it shows; `width` and `height` in points.
    """

    record: str
    number: int
    state: PageState
    kind: PageKind
    source: Source
    confidence: int
    trust: int
    look: bool
    why: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class WordFix:
    """Words `start` to `stop` of a page's base reading, put right by a person as `text`."""

    start: int
    stop: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that a search found: `snippet` is its text around the words found."""

    record: str
    page: int
    snippet: str
