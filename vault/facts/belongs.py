"""Whose a label is: the patient's, or that of kin, the insured, or those who treat."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from vault.facts.labels import PATIENT, is_kin, is_staff, label_at
from vault.facts.tokens import Row, Token, fold

_LOOK_BACK = 10  # tokens of the line before
_REACH = 6  # rows a heading such as "Emergency contact" speaks for
_CLOSE = 1.6  # rows further apart than so many row heights do not belong together
_ABOUT = frozenset(fold(word) for word in ("information", "info", "details", "data", "name"))


_PLACES = frozenset(
    fold(word)
    for word in (
        "medicine", "practice", "clinic", "hospital", "center", "centre", "health", "healthcare",
        "care", "physicians", "doctors", "associates", "group", "pediatrics", "dental",
    )
)  # fmt: skip


class Section(Enum):
    """What the heading above a row says of the row."""

    OPEN = auto()
    KIN = auto()
    STAFF = auto()


def _of_place(words: Sequence[Token]) -> bool:
    """Whether words are the name of a place of care: `Alder Bend Family Medicine`."""
    return bool(words) and words[-1].key in _PLACES and len(words) > 1


def _heading(row: Row) -> Section | None:
    """What a row says of the rows below it; None where it is no heading at all."""
    tokens = row.tokens
    head = [t for t in tokens[:4] if t.cell == tokens[0].cell]
    if any(t.key in PATIENT for t in head):
        return Section.OPEN
    colon = any(t.text == ":" for t in tokens[:6])
    short = len(tokens) <= 4 or tokens[-1].cell > tokens[0].cell
    if not (colon or short):
        return None
    words = [t for t in tokens if t.text.isalpha()]
    if any(is_kin(t) for t in head) and not _of_place(words):
        return Section.KIN
    if words and all(is_staff(t) or t.key in _ABOUT for t in words):
        return Section.STAFF
    plain = len(tokens) <= 5 and not label_at(tokens, 0)
    capitals = all(t.text.isupper() for t in tokens if t.text.isalpha())
    return Section.OPEN if plain and capitals and any(t.text.isalpha() for t in tokens) else None


def sections(rows: Sequence[Row]) -> tuple[Section, ...]:
    """For each row what stands over it: a heading speaks for some close rows below it."""
    found: list[Section] = []
    now, left = Section.OPEN, 0
    for i, row in enumerate(rows):
        apart = row.top - rows[i - 1].bottom if i else 0.0
        if left <= 0 or apart > _CLOSE * row.height:
            now = Section.OPEN
        said = _heading(row)
        if said is not None:
            now, left = said, _REACH + 1
        left -= 1
        found.append(now)
    return tuple(found)


def _ends_sentence(token: Token) -> bool:
    return token.text.endswith((".", ";")) and len(token.key) > 2


def _line_before(rows: Sequence[Row], at: int, token: Token) -> list[Token]:
    """The end of the line before, where a sentence may run on from it into this row."""
    if at == 0 or token.cell != rows[at].tokens[0].cell:
        return []
    before, row = rows[at - 1], rows[at]
    close = 0 <= row.top - before.bottom < _CLOSE * row.height
    prose = len(before.tokens) > 6 and before.tokens[-1].cell == before.tokens[0].cell
    return list(before.tokens[-_LOOK_BACK:]) if close and prose else []


def of_kin(rows: Sequence[Row], at: int, index: int) -> bool:
    """Whether the words before token `index` of row `at` say that it speaks of somebody else."""
    row = rows[at]
    before = _line_before(rows, at, row.tokens[index]) + list(row.tokens[:index])
    for token in reversed(before):
        if token.key in PATIENT:
            return False
        if _ends_sentence(token):
            return False
        if is_kin(token):
            return True
    return False
