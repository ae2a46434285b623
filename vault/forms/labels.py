"""The words beside a field of a form: what a person reads before filling it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from vault.model.forms import FieldKind, FormField, Spot
from vault.model.words import Box, Word

_GAP = 0.017  # of the page's width: a wider gap ends a label
_REACH = 0.32  # how far from its field a label may end
_ABOVE = 0.028  # of the page's height
_MOST_WORDS = 12
Words = Mapping[int, Sequence[Word]]


def labelled(fields: Sequence[FormField], words: Words) -> tuple[FormField, ...]:
    """The fields with the label of each of their places; `words` are those of each page."""
    boxes: dict[int, list[Box]] = {}
    for field in fields:
        for spot in field.spots:
            boxes.setdefault(spot.page, []).append(spot.box)
    return tuple(
        replace(
            field,
            spots=tuple(
                replace(s, label=_label(field.kind, s, words.get(s.page, ()), boxes[s.page]))
                for s in field.spots
            ),
        )
        for field in fields
    )


def _label(kind: FieldKind, spot: Spot, words: Sequence[Word], boxes: Sequence[Box]) -> str:
    near = [w for w in words if _level(w.box, spot.box)]
    left = _towards_left(spot.box, near, boxes)
    right = _towards_right(spot.box, near, boxes)
    if kind in (FieldKind.CHECKBOX, FieldKind.RADIO):
        return right or left
    return left or _above(spot.box, words) or _above(spot.box, words, below=True)


def _level(word: Box, box: Box) -> bool:
    """Whether a word stands on the line of a box; beside a tall one, on its first."""
    middle = (word.top + word.bottom) / 2
    deep = min(box.bottom, box.top + 0.03)
    return box.top - 0.002 <= middle <= deep + 0.006


def _between(low: float, high: float, box: Box, boxes: Sequence[Box]) -> bool:
    """Whether another field stands between two places on the line of a box."""
    return any(
        other is not box and other.top < box.bottom and box.top < other.bottom
        and low <= (other.left + other.right) / 2 <= high
        for other in boxes
    )  # fmt: skip


def _towards_left(box: Box, near: Sequence[Word], boxes: Sequence[Box]) -> str:
    found: list[Word] = []
    edge, reach = box.left, _REACH
    for word in sorted(near, key=lambda w: -w.box.right):
        if word.box.right > edge + 0.006:
            continue
        gap = edge - word.box.right
        if gap > reach or _between(word.box.right, edge, box, boxes):
            break
        found.append(word)
        edge, reach = word.box.left, _GAP
    return _said(found[::-1][-_MOST_WORDS:])


def _towards_right(box: Box, near: Sequence[Word], boxes: Sequence[Box]) -> str:
    found: list[Word] = []
    edge, reach = box.right, 0.06
    for word in sorted(near, key=lambda w: w.box.left):
        if word.box.left < edge - 0.006:
            continue
        gap = word.box.left - edge
        if gap > reach or _between(edge, word.box.left, box, boxes):
            break
        found.append(word)
        edge, reach = word.box.right, _GAP
    return _said(found[:_MOST_WORDS])


def _above(box: Box, words: Sequence[Word], *, below: bool = False) -> str:
    """The words just above a box, or just below it, from its left end on."""
    if below:
        near = [w for w in words if 0 <= w.box.top - box.bottom + 0.004 < _ABOVE]
    else:
        near = [w for w in words if 0 <= box.top - w.box.bottom + 0.004 < _ABOVE]
    over = [w for w in near if box.left - 0.02 <= w.box.left <= box.right]
    found: list[Word] = []
    for word in sorted(over, key=lambda w: w.box.left):
        if found and word.box.left - found[-1].box.right > _GAP:
            break
        found.append(word)
    return _said(found[:_MOST_WORDS])


def _said(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words).strip(" :_.")[:120]
