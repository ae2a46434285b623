"""Corrections as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator

from vault.actions import corrections
from vault.actions.correcting import steps
from vault.actions.corrections import CorrectionView
from vault.cli.out import columns, many


def _plain(word: str) -> str:
    return word.replace("_", " ")


def lines(view: CorrectionView) -> Iterator[str]:
    """A correction in one row: what, of whom, where it stands, how much, and what is owed."""
    held = view.correction
    items = many(len(held.items), "item")
    about = corrections.owed(view)
    yield from columns([(held.id, view.provider.name, _plain(held.state.value), items, about)])


def whole(view: CorrectionView) -> Iterator[str]:
    """A correction with its items, those to be told, and what happened, a row each."""
    yield from lines(view)
    states = {item.flag: item.state for item in view.correction.items}
    for flag in view.flags:
        said = f"{flag.finding.quote} -> {flag.should_say}"
        yield f"  {flag.id}: {said} ({_plain(states[flag.id].value)})"
    for told in view.correction.recipients:
        day = f" {told.on.isoformat()}" if told.on else ""
        yield f"  {told.id}: {told.name} ({_plain(told.state.value)}{day})"
    for event in view.correction.events:
        note = f"  {event.note}" if event.note else ""
        yield f"  {event.seq:>3}  {event.on.isoformat()}  {_plain(event.kind)}{note}"
    yield f"  next: {steps.next_step(view)}"
