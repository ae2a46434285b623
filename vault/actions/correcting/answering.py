"""An answer that accepts a part and denies the rest, and what the law knows of denials there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vault import dates
from vault.actions import corrections as correcting
from vault.actions import rulebook
from vault.actions.correcting.events import Told
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.errors import UsageError
from vault.law import denial, rules
from vault.law.rules import Right
from vault.model.corrections import CorrectionEvent
from vault.store import corrections, lookup


@dataclass(frozen=True, slots=True)
class Known:
    """What is recorded of denials for the provider's place and kind; (id, words) each.

    `grounds` are those on which it may deny an amendment, `parts` what a written denial has to
    hold. `words` is the most a statement of disagreement may have for each item (0: no number is
    set), `statement` the rule on it in a line; empty where nothing is recorded.
    """

    grounds: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    words: int = 0
    statement: str = ""


def known(s: Session, view: CorrectionView) -> Known:
    """What is recorded of denials for the provider of a correction; nothing where it has no law."""
    book = rulebook.book(s.vault.read())
    place, kind = view.provider.jurisdiction, view.provider.kind
    if not rules.knows(place, book):
        return Known()
    limit = denial.statement(place, kind, book)
    return Known(
        tuple((g.id, g.words) for g in denial.grounds(place, kind, Right.AMENDMENT, book)),
        tuple(
            (p.id, f"{p.words} (where {p.only_if})" if p.only_if else p.words)
            for p in denial.owed(place, kind, Right.AMENDMENT, book)
        ),
        limit.words if limit else 0,
        denial.statement_line(limit) if limit else "",
    )


def partly(s: Session, given: str, accepted: Told, denied: Told) -> CorrectionView:
    """Note an answer that accepts some items and denies others, both or neither.

    Raises UsageError where either names no item or one item is named twice; and as `tell` does.
    """
    if not accepted.detail.items or not denied.detail.items:
        raise UsageError(
            "an answer in part accepts at least one item and denies at least one",
            "say that they accepted, or that they denied",
        )
    if set(accepted.detail.items) & set(denied.detail.items):
        raise UsageError("one item cannot be both accepted and denied", "name it once")
    accepted = replace(accepted, kind=CorrectionEvent.ACCEPTED)
    denied = replace(denied, kind=CorrectionEvent.DENIED)
    with s.vault.write("correction.logged") as db:
        held = corrections.get(db, lookup.resolve(db, "correction", given))
        held = correcting.keep(db, held, accepted)
        held = correcting.keep(db, held, denied)
    return correcting.get(s, held.id, dates.today())
