"""Where a phrase stands on the pages of a copy, and how well the words around it fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vault.model.versions import Entry, PageWords, Place
from vault.model.words import Word, lines_of
from vault.review.wording import Token, key, place, same, tokens

_AROUND = 8
"""So many words before and after a statement tell where it stood."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a copy as it is searched: its tokens, and the number of the line of each."""

    page: int
    words: tuple[Word, ...]
    tokens: tuple[Token, ...]
    lines: tuple[int, ...]

    def place(self, start: int, stop: int) -> Place:
        """Where some of the tokens stand."""
        return place(self.page, self.words, self.tokens[start:stop])


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens `start` to `stop` of a leaf; `fit` (0 to 1) is how well the words around agree."""

    leaf: Leaf
    start: int
    stop: int
    fit: float = 0.0

    def within(self, others: Sequence[Hit]) -> bool:
        """Whether it is a part of one of these, which is longer."""
        return any(
            o.leaf is self.leaf
            and o.start <= self.start
            and self.stop <= o.stop
            and o.stop - o.start > self.stop - self.start
            for o in others
        )

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.leaf.place(self.start, self.stop)


def leaf(held: PageWords) -> Leaf:
    """A page made ready to be searched."""
    found = tokens(held.words)
    numbers = {}
    for number, span in enumerate(lines_of(held.words)):
        numbers.update(dict.fromkeys(range(span.start, span.stop), number))
    return Leaf(held.page, held.words, found, tuple(numbers[t.start] for t in found))


def phrase(text: str) -> tuple[Token, ...]:
    """A text typed or quoted, as tokens that are surely read."""
    keys = [key(part) for part in text.split()]
    return tuple(Token(k, n, n + 1, 100) for n, k in enumerate(keys) if k)


def _around(before: Sequence[Token], after: Sequence[Token], sheet: Leaf, hit: Hit) -> float:
    """The share of the words around a statement that stand around this place, 0 to 1."""
    want = [*before[-_AROUND:], *after[:_AROUND]]
    if not want:
        return 0.0
    near = [
        *sheet.tokens[max(0, hit.start - 2 * _AROUND) : hit.start],
        *sheet.tokens[hit.stop : hit.stop + 2 * _AROUND],
    ]
    return sum(any(same(token, other) for other in near) for token in want) / len(want)


def _at(sheet: Leaf, start: int, wanted: Sequence[Token]) -> bool:
    held = sheet.tokens[start : start + len(wanted)]
    return len(held) == len(wanted) and all(map(same, held, wanted))


def hits(leaves: Sequence[Leaf], text: str, entry: Entry) -> tuple[Hit, ...]:
    """Every place where a text stands, word by word, those that fit the surroundings first."""
    wanted = phrase(text)
    before, after = phrase(entry.before), phrase(entry.after)

    def found() -> Iterator[Hit]:
        for sheet in leaves if wanted else ():
            for start in range(len(sheet.tokens) - len(wanted) + 1):
                if _at(sheet, start, wanted):
                    hit = Hit(sheet, start, start + len(wanted))
                    fit = _around(before, after, sheet, hit)
                    yield Hit(sheet, hit.start, hit.stop, fit)

    return tuple(sorted(found(), key=lambda h: (-h.fit, h.leaf.page, h.start)))


def spot(leaves: Sequence[Leaf], entry: Entry) -> Hit | None:
    """The place where the words that stood around a statement stand now, or None.

    It holds what stands between the last word before and the first word after, as far as that is
    no more than a few lines.
    """
    before, after = phrase(entry.before)[-_AROUND:], phrase(entry.after)[:_AROUND]
    wanted = (*before, *after)
    if len(wanted) < 2:
        return None
    reach = len(wanted) + 2 * max(len(phrase(entry.quote)), len(phrase(entry.should_say)), 4)
    best: tuple[float, Hit] | None = None
    for sheet in leaves:
        held = [any(same(token, other) for other in wanted) for token in sheet.tokens]
        for start in (n for n, there in enumerate(held) if there):
            near = sheet.tokens[start : start + reach]
            share = sum(any(same(w, t) for t in near) for w in wanted) / len(wanted)
            if best is None or share > best[0]:
                best = share, Hit(sheet, start, start + len(near), share)
    return best[1] if best else None
