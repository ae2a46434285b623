"""Passages copied from an older note into a newer one, where they no longer can be true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from vault.model.facts import FactKind
from vault.model.flags import Check, Finding, Kind, Severity, Subject
from vault.review.closeness import alike
from vault.review.statements import Said, Sayings, Sort, apart, later, on

_SORT = Sort(Check.COPY_FORWARD, Kind.COPIED_FORWARD, Subject.SYMPTOMS, Severity.CARE)
_SAME = 92.0
"""How alike (0 to 100) two passages are that are one, read twice."""
_BRIEF, _LONG = 10, 22
"""Words: a sentence of some weeks, and any passage, so long is not written twice by chance."""
_MONTHS = 60


def _words(said: Said) -> str:
    return f"{said.get('words')} {said.get('more')}".strip()


def _same(one: Said, other: Said) -> bool:
    """Whether two passages are one: alike, and telling or long enough not to be so by chance."""
    if alike(one.get("words"), other.get("words"), _SAME) < _SAME:
        return False
    brief = len(one.get("words").split()) >= _BRIEF and int(one.get("days") or 0) <= _MONTHS
    if one.get("sure") or brief:
        return True
    shorter = min(_words(one), _words(other), key=len)
    longer = max(_words(one), _words(other), key=len)
    long = len(shorter.split()) >= _LONG
    return long and alike(shorter, longer[: len(shorter)], _SAME) >= _SAME


def _stale(old: Said, new: Said) -> bool:
    """Whether what an older note says has passed by the day of the newer."""
    if not later(new, old):
        return False
    until = old.get("until")
    if until and new.day and new.day > max(dt.date.fromisoformat(until), old.day or new.day):
        return True
    return apart(old, new) > int(old.get("days") or 0)


def findings(sayings: Sayings) -> Iterator[Finding]:
    """Statements that pass with time (`day 3 of 10`, `next week`) and stand in a later note again.

    Standard sentences of an examination say nothing that passes, and are never found here. All
    that one note has from another is one finding.
    """
    own = sayings.own(FactKind.PASSAGE)
    if not own:
        return
    words = [said.get("words") for said in own]
    told = sayings.all(
        FactKind.PASSAGE, lambda m: any(alike(w, m.get("words"), _SAME) for w in words)
    )
    seen: set[object] = set()
    for mine in own:
        for other in told:
            old, new = (mine, other) if later(other, mine) else (other, mine)
            pair = (old.document, new.document)
            if pair in seen or not _stale(old, new) or not _same(old, new):
                continue
            seen.add(pair)
            reason = (
                f'The record{on(new)} says "{new.fact.quote}" in the same words '
                f"as the record{on(old)}; by then it can hardly be true."
            )
            yield _SORT.finding(new, reason, f"{sayings.who} copied {old.day} {new.day}", (old,))
