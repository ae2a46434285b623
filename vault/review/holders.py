"""Whether a name as printed is one of a provider's names: a suggestion, never a decision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache

from vault.review.closeness import edits
from vault.review.names import plain

_LEGAL = frozenset((
    "inc", "llc", "llp", "ltd", "pc", "pa", "pllc", "plc", "corp", "corporation", "company", "co",
    "the", "of", "at", "and", "dr", "md", "do", "np", "rn", "phd", "dds", "dmd", "dpm", "od", "pac",
    "facs", "faap", "facp", "dept", "department",
))  # fmt: skip
_COMMON = frozenset((
    "hospital", "clinic", "center", "medical", "health", "healthcare", "care", "associates",
    "group", "practice", "family", "medicine", "lab", "pharmacy", "imaging", "radiology",
    "physicians", "services", "system", "general", "regional", "community", "university",
    "north", "south", "east", "west", "saint", "county", "city", "memorial", "primary", "dental",
    "pathology", "surgery", "surgical", "institute", "specialists", "urgent", "insurance",
))  # fmt: skip
_ALIKE = {
    "laboratory": "lab", "laboratories": "lab", "labs": "lab", "centre": "center", "ctr": "center",
    "centers": "center", "mt": "mount", "hosp": "hospital", "med": "medical",
    "univ": "university", "assoc": "associates", "assocs": "associates", "rx": "pharmacy",
}  # fmt: skip


class Match(IntEnum):
    """How like a printed name is to a provider's: not, somewhat, the same but for its form."""

    NONE = 0
    ALIKE = 1
    SAME = 2


@lru_cache(maxsize=8192)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name that count, in plain lower case: no legal form, title or credential."""
    given, comma, rest = name.partition(",")
    bare = re.sub(r"[.'’]", "", plain(given if _is_tail(rest) or not comma else f"{rest} {given}"))
    words = [_ALIKE.get(w, w) for w in re.findall(r"\w+", bare)]
    words = [("street" if at else "saint") if w == "st" else w for at, w in enumerate(words)]
    return tuple(w for w in words if w not in _LEGAL) or tuple(words)


def _is_tail(text: str) -> bool:
    """Whether what follows a comma is a credential or legal form, not a given name."""
    words = re.findall(r"\w+", re.sub(r"[.']", "", plain(text)))
    return all(w in _LEGAL for w in words)


def key(name: str) -> str:
    """A name as one short stable text, the same for its usual ways of being printed."""
    return " ".join(parts(name))


def _telling(words: Sequence[str]) -> frozenset[str]:
    return frozenset(w for w in words if w not in _COMMON and len(w) > 1)


def _initials(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two people's names differ in middle names or in initials for given names alone."""
    if len(one) < 2 or len(other) < 2 or one[-1] != other[-1]:
        return False
    first, second = one[0], other[0]
    return first == second or (1 in (len(first), len(second)) and first[0] == second[0])


def compare(one: str, other: str) -> Match:
    """How like two names are."""
    a, b = parts(one), parts(other)
    if a == b or sorted(a) == sorted(b):
        return Match.SAME if a else Match.NONE
    left, right = " ".join(a), " ".join(b)
    slips = 2 if min(len(left), len(right)) >= 12 else 1
    if min(len(left), len(right)) >= 6 and edits(left, right, slips) <= slips:
        return Match.ALIKE
    told = _telling(a), _telling(b)
    if not told[0] or not told[1]:
        return Match.NONE
    within = told[0] <= told[1] or told[1] <= told[0]
    enough = len(min(told, key=len)) > 1 or set(a) <= set(b) or set(b) <= set(a)
    people = not (set(a) | set(b)) & _COMMON
    return Match.ALIKE if (within and enough) or (people and _initials(a, b)) else Match.NONE


def best(name: str, names: Iterable[str]) -> Match:
    """How like a printed name is to the nearest of a provider's names."""
    return max((compare(name, known) for known in names), default=Match.NONE)
