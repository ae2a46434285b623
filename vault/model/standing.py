"""Where a correction stands, and each of its items."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from vault.model.amendable import RUNNING
from vault.model.corrections import CorrectionState, ItemState
from vault.model.requests import Event, WaitingOn


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a correction stands, as its events tell.

    `items` are by flag id. `start` is the day the clock of this round started, `assumed` whether
    that day is a guess. `notices` are the extensions told of in this round, lawful or not;
    `denials` the denials, `denied` the flags of items that ever were. `ordered` is set while a
    fresh copy is on its way, `came` while one that came is to be compared; `copies` are all
    records that came as such. `rebutted` is set when they answered a statement of disagreement,
    `withdrawn` when all of it was withdrawn. `events` are those that count, in the order they
    count in, an answer for some of the items with these named; `last` the day of the last.
    `before` are the items as they were when it was closed, `earlier` is where it stood before it
    was asked anew.
    """

    items: dict[str, ItemState] = field(default_factory=dict)
    state: CorrectionState = CorrectionState.DRAFT
    waiting_on: WaitingOn = WaitingOn.ME
    round: int = 1
    start: dt.date | None = None
    assumed: bool = False
    notices: tuple[Event, ...] = ()
    denials: tuple[Event, ...] = ()
    denied: frozenset[str] = frozenset()
    ordered: bool = False
    came: bool = False
    copies: tuple[str, ...] = ()
    rebutted: bool = False
    withdrawn: bool = False
    events: tuple[Event, ...] = ()
    last: dt.date | None = None
    before: dict[str, ItemState] = field(default_factory=dict)
    was: CorrectionState = CorrectionState.DRAFT
    earlier: Standing | None = None

    @property
    def open(self) -> bool:
        """Whether anything can still come of it."""
        return self.state is not CorrectionState.CLOSED

    def denial_of(self, flag: str) -> Event | None:
        """The last denial of an item, whatever came of it since; None where there was none."""
        if flag not in self.denied:
            return None
        about = (e for e in self.denials if flag in (e.item, *e.detail.items) or _of_all(e))
        return max(about, key=lambda e: e.on, default=None)

    @property
    def running(self) -> bool:
        """Whether the provider owes an answer, so that its clock counts."""
        return self.state in RUNNING and self.start is not None

    def of(self, *states: ItemState) -> tuple[str, ...]:
        """The flags of the items in any of these states."""
        return tuple(flag for flag, state in self.items.items() if state in states)


def _of_all(event: Event) -> bool:
    return not event.item and not event.detail.items
