"""What changed between two copies of the same record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vault.model.versions import (
    Change,
    ChangeKind,
    ChangeSort,
    Comparison,
    PageWords,
    Place,
)
from vault.review import pairing
from vault.review.difference import pieces
from vault.review.printing import printed
from vault.review.wording import Token, place, poor, tokens

_K, _SORT = ChangeKind, ChangeSort
_RUN = 4
"""Tokens: what stands elsewhere in the same words, so many of them, has only moved."""
_MIRROR = {
    _K.ADDED: _K.REMOVED,
    _K.REMOVED: _K.ADDED,
    _K.PAGE_ADDED: _K.PAGE_REMOVED,
    _K.PAGE_REMOVED: _K.PAGE_ADDED,
}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page with its tokens, those of the entries and those of the printing."""

    page: int
    held: PageWords
    content: tuple[Token, ...]
    printing: tuple[Token, ...]


@dataclass(slots=True)
class _Run:
    """Tokens of one sheet that the other copy has not at that place; None where there are none."""

    old: tuple[_Sheet, int, int] | None
    new: tuple[_Sheet, int, int] | None
    paired: bool = True


def _sheet(held: PageWords) -> _Sheet:
    aside = printed(held.words)
    kept = frozenset(range(len(held.words))) - aside
    return _Sheet(held.page, held, tokens(held.words, aside), tokens(held.words, kept))


def _place(side: tuple[_Sheet, int, int] | None) -> Place | None:
    if side is None or side[1] >= side[2]:
        return None
    sheet, start, stop = side
    return place(sheet.page, sheet.held.words, sheet.content[start:stop])


def _side(sheet: _Sheet, start: int, stop: int) -> tuple[_Sheet, int, int] | None:
    return (sheet, start, stop) if stop > start else None


def _runs(old: _Sheet, new: _Sheet) -> list[_Run]:
    found = pieces(old.content, new.content)
    return [
        _Run(_side(old, p.old_start, p.old_stop), _side(new, p.new_start, p.new_stop))
        for p in found
    ]


def _grams(sides: Iterable[tuple[_Sheet, int, int] | None]) -> dict[tuple[str, ...], int]:
    """How often each row of so many words stands among stretches."""
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    for side in sides:
        if side is None:
            continue
        sheet, start, stop = side
        keys = [t.key for t in sheet.content[start:stop]]
        for at in range(len(keys) - _RUN + 1):
            counts[tuple(keys[at : at + _RUN])] += 1
    return counts


def _left(
    side: tuple[_Sheet, int, int], elsewhere: dict[tuple[str, ...], int]
) -> list[tuple[_Sheet, int, int]]:
    """The parts of a stretch that do not stand elsewhere in the other copy."""
    sheet, start, stop = side
    keys = [t.key for t in sheet.content[start:stop]]
    moved = [False] * len(keys)
    for at in range(len(keys) - _RUN + 1):
        gram = tuple(keys[at : at + _RUN])
        if elsewhere.get(gram, 0) > 0:
            elsewhere[gram] -= 1
            moved[at : at + _RUN] = [True] * _RUN
    found, at = [], 0
    while at < len(keys):
        end = at
        while end < len(keys) and not moved[end]:
            end += 1
        if end > at:
            found.append((sheet, start + at, start + end))
        at = end + 1
    return found


def _settled(runs: Sequence[_Run]) -> list[_Run]:
    """The stretches without what only flowed onto another page or changed its place.

    A stretch that stands in for another is left whole where none of it moved.
    """
    old, new = _grams(r.old for r in runs), _grams(r.new for r in runs)
    found: list[_Run] = []
    for run in runs:
        gone = _left(run.old, new) if run.old else []
        came = _left(run.new, old) if run.new else []
        if gone == [run.old] and came == [run.new]:
            found.append(run)
            continue
        found += [_Run(side, None, run.paired) for side in gone]
        found += [_Run(None, side, run.paired) for side in came]
    return found


def _change(run: _Run) -> Change:
    old, new = _place(run.old), _place(run.new)
    if old and new:
        kind = _K.REPLACED
    elif run.paired:
        kind = _K.REMOVED if old else _K.ADDED
    else:
        kind = _whole(run)
    return Change(kind, _SORT.CONTENT, old, new)


def _whole(run: _Run) -> ChangeKind:
    """Whether a stretch of a page that has no other is all of it, or what did not flow there."""
    side = run.old or run.new
    if side is None:
        raise ValueError("a stretch stands in one of the copies")
    sheet, start, stop = side
    if stop - start == len(sheet.content):
        return _K.PAGE_REMOVED if run.old else _K.PAGE_ADDED
    return _K.REMOVED if run.old else _K.ADDED


def _printing(old: _Sheet, new: _Sheet) -> list[Change]:
    """How the printing of two pages that are one differs, as one change."""
    if [t.key for t in old.printing] == [t.key for t in new.printing]:
        return []
    parts = pieces(old.printing, new.printing)
    found = []
    for p in parts:
        gone, came = old.printing[p.old_start : p.old_stop], new.printing[p.new_start : p.new_stop]
        kind = _K.REPLACED if gone and came else _K.REMOVED if gone else _K.ADDED
        sides = (
            place(old.page, old.held.words, gone) if gone else None,
            place(new.page, new.held.words, came) if came else None,
        )
        found.append(Change(kind, _SORT.PRINTING, *sides))
    return found


def _order(change: Change) -> tuple[int, ...]:
    """By the page and height in the later copy, else in the earlier one."""
    held = change.new or change.old
    top = held.box.top if held and held.box else 0.0
    return (int(change.sort is _SORT.PRINTING), held.page if held else 0, round(top * 1e6))


def _compared(old: Sequence[_Sheet], new: Sequence[_Sheet]) -> Comparison:
    found = pairing.pairs([s.content for s in old], [s.content for s in new])
    runs = [run for i, j in found for run in _runs(old[i], new[j])]
    paired = {i for i, _ in found}, {j for _, j in found}
    for i, sheet in enumerate(old):
        if i not in paired[0] and sheet.content:
            runs.append(_Run((sheet, 0, len(sheet.content)), None, paired=False))
    for j, sheet in enumerate(new):
        if j not in paired[1] and sheet.content:
            runs.append(_Run(None, (sheet, 0, len(sheet.content)), paired=False))
    changes = [_change(run) for run in _settled(runs)]
    changes += [c for i, j in found for c in _printing(old[i], new[j])]
    return Comparison(tuple(changes), tuple((old[i].page, new[j].page) for i, j in found))


def mirrored(held: Comparison) -> Comparison:
    """The same comparison as seen from the later copy to the earlier."""
    changes = tuple(Change(_MIRROR.get(c.kind, c.kind), c.sort, c.new, c.old) for c in held.changes)
    turned = tuple((new, old) for old, new in held.pairs)
    return Comparison(changes, turned, held.new_unclear, held.old_unclear)


def _unclear(pages: Sequence[PageWords]) -> tuple[int, ...]:
    return tuple(p.page for p in pages if not p.read or poor(p.words))


def compare(old: Sequence[PageWords], new: Sequence[PageWords]) -> Comparison:
    """What changed from an earlier copy to a later one: words and pages, each with its places.

    Pages are paired by what they say. What only flowed on, was moved, or was read otherwise where
    the reading was unsure is no change; a figure, a side or a denial that differs always is one.
    What comes from the printing is told apart. Comparing the other way round finds the same.
    """
    sheets = [_sheet(p) for p in old], [_sheet(p) for p in new]
    # One way round is worked out, so that the other cannot differ from it.
    names = [[(p.page, [w.text for w in p.words]) for p in side] for side in (old, new)]
    if names[1] < names[0]:
        found = mirrored(_compared(sheets[1], sheets[0]))
    else:
        found = _compared(sheets[0], sheets[1])
    return replace(
        found,
        changes=tuple(sorted(found.changes, key=_order)),
        pairs=tuple(sorted(found.pairs)),
        old_unclear=_unclear(old),
        new_unclear=_unclear(new),
    )
