"""Words of a page as tokens to compare, and when two of them count as the same word."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from vault.model.versions import Place
from vault.model.words import Span, Word, box_of, lines_of, quote_of
from vault.review.closeness import edits

UNSURE = 75
"""Words read with less confidence (of 100) may have a letter wrong."""
POOR = 60
"""A page whose words were read with less confidence on the whole says nothing for sure."""
_EDGES = re.compile(r"^[^\w\u2610-\u2612\u2713-\u2718<>%+?.-]+|[^\w\u2610-\u2612\u2713-\u2718%+]+$")
_LEADING = re.compile(r"^[.+-]+(?!\d)|^[.](?=\.)")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011](?=[^\W\d_])")
_BROKEN = re.compile(r"[^\W\d_]{2,}[-\u2010]$")
_SHAPES = (("rn", "m"), ("vv", "w"), ("ii", "u"), ("1", "l"), ("!", "l"), ("|", "l"), ("i", "l"))
_SIZES = 4
"""Letters: a shorter word with a wrong letter is another word."""
_WORDS = """
left right bilateral both l r no not none never non denies denied deny negative positive without
with w wo nil absent present active resolved inactive current former stopped started increase
increased decrease decreased high low up down before after yes mg mcg ug g kg ml l dl mmol umol
nmol meq iu unit units mm cm hg lb lbs oz am pm male female abduction adduction ileum ilium ileal
iliac perineal peroneal mother father brother sister son daughter aunt uncle allergic allergies
"""
_TELLING = frozenset(_WORDS.split())
_ADDITIVE = ("a", "an", "un", "in", "im", "non", "dis", "hypo", "hyper", "anti", "mal", "de")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or two halves of one, as compared: words `start` up to `stop` of its page."""

    key: str
    start: int
    stop: int
    sure: int


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """A word folded for comparing: letter case, marks at its ends and hyphens aside.

    What can carry a meaning stays: signs before figures, points within them, `%`, `?`, ticks.
    """
    folded = _HYPHEN.sub("", _EDGES.sub("", text.casefold().replace("\u2019", "'")))
    return _LEADING.sub("", folded).strip("'")


def tokens(words: Sequence[Word], leave: frozenset[int] = frozenset()) -> tuple[Token, ...]:
    """The words of a page as tokens; a word broken at the end of a line is one.

    `leave` are the numbers of words to leave out.
    """
    found: list[Token] = []
    skip = -1
    for i, word in enumerate(words):
        if i in leave or i == skip:
            continue
        text, stop, sure = word.text, i + 1, word.confidence
        follows = words[i + 1] if i + 1 < len(words) else None
        broken = follows is not None and follows.line != word.line and _BROKEN.search(text)
        if follows is not None and broken and follows.text[:1].islower() and i + 1 not in leave:
            text, stop, skip = text[:-1] + follows.text, i + 2, i + 1
            sure = min(sure, follows.confidence)
        folded = key(text)
        if folded:
            found.append(Token(folded, i, stop, sure))
    return tuple(found)


@lru_cache(maxsize=4096)
def _shape(folded: str) -> str:
    """A word with letters that look alike made the same."""
    for one, other in _SHAPES:
        folded = folded.replace(one, other)
    return folded


def _has_figure(folded: str) -> bool:
    return any(c.isdigit() for c in folded)


def _prefixed(one: str, other: str) -> bool:
    """Whether two words differ by what stands before one of them: `febrile`, `afebrile`."""
    short, long = sorted((one, other), key=len)
    return long.endswith(short) or any(
        (one.startswith(p) and one.removeprefix(p) == other)
        or (other.startswith(p) and other.removeprefix(p) == one)
        for p in _ADDITIVE
    )


def same(one: Token, other: Token) -> bool:
    """Whether two tokens are one word: equal, or a letter apart where the reading was unsure.

    A figure, a side, a unit or a denial that differs is never the same.
    """
    a, b = one.key, other.key
    if a == b:
        return True
    if _has_figure(a) or _has_figure(b) or a in _TELLING or b in _TELLING:
        return False
    if min(len(a), len(b)) < _SIZES or abs(len(a) - len(b)) > 1 or _prefixed(a, b):
        return False
    sure = min(one.sure, other.sure)
    if sure < 100 and _shape(a) == _shape(b):
        return True
    return sure < UNSURE and edits(a, b, 1) <= 1


def telling(token: Token) -> bool:
    """Whether a token says much by itself: a figure, a side, a denial, or a long word."""
    return _has_figure(token.key) or token.key in _TELLING or len(token.key) >= 6


def joined(some: Sequence[Token]) -> str:
    """Tokens written as one, to tell apart a blank that was read in between from a change."""
    return "".join(token.key for token in some)


def place(page: int, words: Sequence[Word], some: Sequence[Token]) -> Place:
    """Where tokens stand: from the first to the last, as the page has them."""
    span = Span(some[0].start, some[-1].stop)
    first = next(s for s in lines_of(words) if s.start <= span.start < s.stop)
    line = quote_of(words, Span(first.start, max(first.stop, span.stop)))
    return Place(page, quote_of(words, span), box_of(words, span), line)


def poor(words: Sequence[Word]) -> bool:
    """Whether a page was read too badly to rest anything on."""
    return bool(words) and statistics.fmean(word.confidence for word in words) < POOR
