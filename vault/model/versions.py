"""What changed between two copies of a record, and what a new copy makes of an old statement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vault.model.words import Box, Word


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page of a copy, numbered from 1, with its words; `read` is false where it has none."""

    page: int
    words: tuple[Word, ...]
    read: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a copy: their page, exactly as they were read, the box around them, their line."""

    page: int
    quote: str
    box: Box | None
    line: str = ""


class ChangeKind(StrEnum):
    """What became of words from the earlier copy to the later one.

    A page is added or removed as a whole where no page of the other copy is like it.
    """

    ADDED = "added"
    REMOVED = "removed"
    REPLACED = "replaced"
    PAGE_ADDED = "page_added"
    PAGE_REMOVED = "page_removed"


class ChangeSort(StrEnum):
    """Whether what changed is part of the entries, or of how the copy was printed."""

    CONTENT = "content"
    PRINTING = "printing"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two copies, with its place in each that has it."""

    kind: ChangeKind
    sort: ChangeSort
    old: Place | None
    new: Place | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two copies: `pairs` are the numbers of pages that are the same page.

    `old_unclear` and `new_unclear` are pages that were read too badly to say anything of.
    """

    changes: tuple[Change, ...]
    pairs: tuple[tuple[int, int], ...]
    old_unclear: tuple[int, ...] = ()
    new_unclear: tuple[int, ...] = ()

    @property
    def content(self) -> tuple[Change, ...]:
        """The changes of entries, those of how it was printed left out."""
        return tuple(c for c in self.changes if c.sort is ChangeSort.CONTENT)


class Outcome(StrEnum):
    """What a new copy seems to make of a statement that was to be put right.

    `gone` is neither the old statement nor what it should say; `unclear` a page nobody could
    read well enough.
    """

    FIXED = "fixed"
    APPENDED = "appended"
    UNCHANGED = "unchanged"
    GONE = "gone"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement that was to be put right: its words, those around it, what it should say."""

    quote: str
    should_say: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What seems to have become of a statement: a suggestion, with the place that shows it.

    `place` is what the outcome rests on, `old` where the old statement still stands.
    """

    outcome: Outcome
    why: str
    place: Place | None = None
    old: Place | None = None
