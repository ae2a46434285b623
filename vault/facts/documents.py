"""Where new documents begin in a scan of many: from the kind of each page, and its first lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from vault.model.reading import PageKind

_TOP_LINES, _BOTTOM_LINES = 6, 3
_HEAD_LINES = 3
_HEAD_CHARS = 80
_SAME_HEAD = 75.0
"""How alike (0 to 100) two letterheads are that are one, read twice."""

_NUMBERED = re.compile(
    r"\b(?:page|pg|p|seite|p[áa]gina)[.:]?\s*(\d{1,4})\s*(?:of|/|von|de|sur)\s*(\d{1,4})\b", re.I
)
_WHO = re.compile(
    r"\b(?:hospital|clinic|medical|cent(?:er|re)|practice|laborator(?:y|ies)|labs?|associates|"
    r"health(?:care)?|medicine|pharmacy|radiology|imaging|physicians|surgery|surgical|university|institute|"
    r"orthop(?:a)?edics?|cardiology|oncology|pediatrics|dental|infirmary|surgeons|nhs|"
    r"insurance|department|cl[ií]nica|h[ôo]pital|praxis|krankenhaus)\b",
    re.I,
)
_NOT_A_HEAD = re.compile(r"(?:patient|name|re|from|to|fax|dear|date|dob|mrn|seen|was)\b", re.I)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a scan: its number in the file, what it is there for, and what it says."""

    number: int
    kind: PageKind
    text: str


@dataclass(frozen=True, slots=True)
class Start:
    """A page where a new document seems to begin, and why, as a clause."""

    page: int
    reason: str


def _lines(text: str) -> list[str]:
    return [line for raw in text.splitlines() if (line := " ".join(raw.split()))]


def _numbered(text: str) -> tuple[int, int] | None:
    """Which page of how many this is by its own head or foot; the smallest where there are two.

    A fax counts its pages across the documents in it, and prints that beside their own numbers.
    """
    lines = _lines(text)
    edges = lines[:_TOP_LINES] + lines[_TOP_LINES:][-_BOTTOM_LINES:]
    found = [(int(m[1]), int(m[2])) for line in edges for m in _NUMBERED.finditer(line)]
    sound = [pair for pair in found if 1 <= pair[0] <= pair[1]]
    return min(sound, default=None)


def letterhead(text: str) -> str:
    """Whose paper a page is written on: the first line, of the first few, that names a place."""
    return next((line for line in _lines(text)[:_HEAD_LINES] if is_letterhead(line)), "")


def is_letterhead(line: str) -> bool:
    """Whether a line can be a letterhead: short, no sentence, and it names a place."""
    short = len(line) <= _HEAD_CHARS and not line.endswith((".", ",", ";"))
    return bool(short and _WHO.search(line) and not _NOT_A_HEAD.match(line))


def alike(one: str, other: str) -> float:
    """How alike two names of places are, 0 to 100, whatever their case."""
    return fuzz.ratio(one.casefold(), other.casefold())


def _other(head: str, before: str) -> bool:
    return bool(head and before) and alike(head, before) < _SAME_HEAD


def _reason(leaf: Leaf, before: str, follows: tuple[int, int] | None) -> str:
    """Why a document begins at a page; `before` is the letterhead so far, empty for no reason."""
    if leaf.kind is PageKind.COVER:
        return "a fax cover sheet"
    if leaf.kind is PageKind.SEPARATOR:
        return "a sheet between documents"
    numbered = _numbered(leaf.text)
    if numbered is not None and numbered[0] == 1:
        return f"its pages are counted anew: page 1 of {numbered[1]}"
    on = follows is not None and numbered == (follows[0] + 1, follows[1])
    head = letterhead(leaf.text)
    return f"another letterhead: {head}" if not on and _other(head, before) else ""


def starts(leaves: Sequence[Leaf]) -> tuple[Start, ...]:
    """Where new documents seem to begin, in order; the first page is never among them.

    What follows a cover sheet or a sheet between documents belongs to it.
    """
    found: list[Start] = []
    before = letterhead(leaves[0].text) if leaves else ""
    for last, leaf in pairwise(leaves):
        reason = _reason(leaf, before, _numbered(last.text))
        opened = last.kind in (PageKind.COVER, PageKind.SEPARATOR)
        alike = leaf.kind is last.kind  # a second cover sheet opens a second fax
        if reason and (not opened or alike):
            found.append(Start(leaf.number, reason))
        before = letterhead(leaf.text) or before
    return tuple(found)
