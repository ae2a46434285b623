"""What a new copy makes of an old statement: put right, added to, left as it was, or gone.

An amendment need not erase anything: identifying the entry and appending or linking the
correction is enough (45 CFR 164.526(c)(1)).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vault.model.versions import Entry, Outcome, PageWords, Passage, Place
from vault.review.finding import Hit, Leaf, hits, leaf, phrase, spot
from vault.review.wording import Token, poor, same, telling

_FITS = 0.5
"""From this share of the words around it on, a place is taken for the one that is meant."""
_OWN = 5
"""Words: a statement so long is known by itself, whatever stands around it."""
_NEAR = 8
"""So many lines an addendum is taken to be long."""
_ADDED = re.compile(
    r"\b(?:addend(?:um|a)|amendments?|amended|corrected|corrections?|errat(?:um|a)|late entry|"
    r"clarification|statement of disagreement|disagree(?:s|ment)|disput(?:es|ed)|"
    r"entered in error|patient (?:states|reports|requests?|clarifies) (?:that )?(?:this|the))\b",
    re.IGNORECASE,
)
_REMOVE = re.compile(
    r"^\W*(?:please )?(?:remove|delete|strike|take (?:this |it )?out|nothing|"
    r"should not (?:be|stand) (?:here|there)|not mine|this is not mine)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\W*(?:it |this |the record |the entry )?(?:should|ought to|must) (?:say|read|be)\W*|"
    r"^\W*(?:change|correct)(?:ed)? (?:it |this )?to\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Search:
    """A new copy, an entry, and what the copy before it said, to tell what is new in it."""

    entry: Entry
    leaves: tuple[Leaf, ...]
    older: tuple[Leaf, ...]
    wanted: str
    old: tuple[Hit, ...]
    new: tuple[Hit, ...]


def _fits(hit: Hit, text: str, entry: Entry) -> bool:
    """Whether a place is the one meant: by the words around it, or by its own where many."""
    bare = not (entry.before or entry.after)
    return hit.fit >= _FITS or bare or len(phrase(text)) >= _OWN


def _search(entry: Entry, pages: Sequence[PageWords], older: Sequence[PageWords]) -> _Search:
    leaves = tuple(leaf(page) for page in pages if page.read)
    wanted = "" if _REMOVE.match(entry.should_say) else _LEAD.sub("", entry.should_say)
    old, new = hits(leaves, entry.quote, entry), hits(leaves, wanted, entry)
    return _Search(
        entry,
        leaves,
        tuple(leaf(page) for page in older if page.read),
        wanted,
        tuple(h for h in old if not h.within(new)),
        tuple(h for h in new if not h.within(old)),
    )


def _different(held: _Search) -> tuple[Token, ...]:
    """The words of what it should say that the old statement has not, and that say much."""
    quote = phrase(held.entry.quote)
    new = [t for t in phrase(held.wanted) if not any(same(t, q) for q in quote)]
    return tuple(t for t in new if telling(t))


def _stands(held: _Search, hit: Hit | None) -> bool:
    """Whether what makes the difference stands at a place, in other words around it."""
    need = _different(held)
    if hit is None or not need or hit.fit < _FITS:
        return False
    near = hit.leaf.tokens[hit.start : hit.stop]
    return all(any(same(t, n) for n in near) for t in need)


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of a page that look like an addendum, as tokens `start` to `stop`."""

    hit: Hit
    text: str


def _blocks(leaves: Sequence[Leaf]) -> Iterator[_Block]:
    """What looks like an addendum: a line that says so, and the lines behind it."""
    for sheet in leaves:
        last = -1
        for at, token in enumerate(sheet.tokens):
            line = sheet.lines[at]
            if line <= last:
                continue
            end = next((n for n in range(at, len(sheet.tokens)) if sheet.lines[n] != line), None)
            stop = len(sheet.tokens) if end is None else end
            words = sheet.words[token.start : sheet.tokens[stop - 1].stop]
            last = line
            if not _ADDED.search(" ".join(w.text for w in words)):
                continue
            stop = next(
                (n for n in range(at, len(sheet.tokens)) if sheet.lines[n] > line + _NEAR),
                len(sheet.tokens),
            )
            last = sheet.lines[stop - 1]
            yield _Block(Hit(sheet, at, stop), _text(sheet, at, stop))


def _text(sheet: Leaf, start: int, stop: int) -> str:
    return " ".join(t.key for t in sheet.tokens[start:stop])


def _was_there(block: _Block, older: Sequence[Leaf]) -> bool:
    """Whether an addendum stood in the copy before already."""
    first = block.hit.leaf.tokens[block.hit.start : block.hit.stop]
    opening = " ".join(t.key for t in first[:12])
    return any(opening in " ".join(t.key for t in sheet.tokens) for sheet in older)


def _about(held: _Search, block: _Block) -> bool:
    """Whether an addendum says what it should say, or names the old statement."""
    tokens = block.hit.leaf.tokens[block.hit.start : block.hit.stop]
    need = _different(held) or phrase(held.wanted)
    quote = tuple(t for t in phrase(held.entry.quote) if telling(t))
    for part in (need, quote):
        if part and all(any(same(t, n) for n in tokens) for t in part):
            return True
    return False


def _addendum(held: _Search) -> Place | None:
    """An addendum, new in this copy, that is about the statement."""
    for block in _blocks(held.leaves):
        overlaps = any(h.leaf is block.hit.leaf and block.hit.start == h.start for h in held.old)
        if not overlaps and not _was_there(block, held.older) and _about(held, block):
            first = block.hit.start
            sheet = block.hit.leaf
            stop = next(
                (
                    n
                    for n in range(first, block.hit.stop)
                    if sheet.lines[n] > sheet.lines[first] + 2
                ),
                block.hit.stop,
            )
            return sheet.place(first, stop)
    return None


def _beside(held: _Search) -> Place | None:
    """What it should say, standing elsewhere in the copy and not in the one before it."""
    if len(phrase(held.wanted)) < 3 or not held.new:
        return None
    before = hits(held.older, held.wanted, held.entry) if held.older else ()
    return None if before else held.new[0].place


def _standing(held: _Search, still: Hit) -> Passage:
    """The old statement still stands: was anything added to it?"""
    added = _addendum(held) or _beside(held)
    if added is not None:
        why = (
            f"The old words still stand on page {still.place.page}; on page {added.page} "
            "something was added that seems to put them right."
        )
        return Passage(Outcome.APPENDED, why, added, still.place)
    why = (
        f"Page {still.place.page} still says the same, "
        "and nothing was found that was added about it."
    )
    return Passage(Outcome.UNCHANGED, why, still.place, still.place)


def _also(held: _Search) -> str:
    """A sentence where the old words still stand at another place; empty where they do not."""
    long = len([t for t in phrase(held.entry.quote) if telling(t)]) >= 1
    others = sorted({h.leaf.page for h in held.old}) if long else []
    if not others:
        return ""
    named = ", ".join(map(str, others))
    return f" The same words stand elsewhere still: look at page {named}."


def _changed(held: _Search, pages: Sequence[PageWords]) -> Passage:
    """The old statement is not where it was: what stands there instead?"""
    right = next((h for h in held.new if _fits(h, held.wanted, held.entry)), None)
    place = spot(held.leaves, held.entry)
    found = place is not None and place.fit >= _FITS
    if right is not None:
        why = f"The old words are gone; page {right.leaf.page} says what it should say."
        return Passage(Outcome.FIXED, why + _also(held), right.place)
    if place is not None and _stands(held, place):
        why = (
            f"The old words are gone; what was to be put right stands on page {place.leaf.page}, "
            "in other words."
        )
        return Passage(Outcome.FIXED, why + _also(held), place.place)
    if not held.wanted and place is not None and found:
        why = f"The old words are gone from page {place.leaf.page}, where they stood."
        return Passage(Outcome.FIXED, why + _also(held), place.place)
    bad = [p.page for p in pages if not p.read or poor(p.words)]
    if bad and not found:
        named = ", ".join(map(str, bad))
        return Passage(Outcome.UNCLEAR, f"It may stand on page {named}, which could not be read.")
    why = (
        "Neither the old words nor what it should say were found. "
        "Look at the page, and say what it says now."
    )
    return Passage(Outcome.GONE, why + _also(held), place.place if place and found else None)


def passage(entry: Entry, pages: Sequence[PageWords], older: Sequence[PageWords] = ()) -> Passage:
    """What a new copy, its pages read, seems to make of a statement; a person has to confirm it.

    `older` is the copy the statement was found in: what stood there already was not added since.
    Every place named is words of the new copy, as they were read.
    """
    held = _search(entry, pages, older)
    if not held.leaves:
        return Passage(Outcome.UNCLEAR, "No page of this copy could be read.")
    still = next((h for h in held.old if _fits(h, entry.quote, entry)), None)
    right = next((h for h in held.new if _fits(h, held.wanted, entry)), None)
    if still is None or (right is not None and right.fit > still.fit and right.fit >= _FITS):
        return _changed(held, pages)
    if poor(still.leaf.words):
        why = f"Page {still.leaf.page} seems to say the same, but was read badly."
        return Passage(Outcome.UNCLEAR, why, still.place, still.place)
    return _standing(held, still)


def surroundings(words: PageWords, quote: str, start: int, stop: int) -> Entry:
    """The entry of a quote that stands at words `start` to `stop` of a page, unsaid what it should.

    The words around it are kept as far as they can tell its place.
    """
    around = 16
    left = words.words[max(0, start - around) : start]
    right = words.words[stop : stop + around]
    return Entry(quote, "", " ".join(w.text for w in left), " ".join(w.text for w in right))
