"""Whom one complains to, how long one may wait with it, and what has to be done first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vault.law import clock, rules, say
from vault.law.book import Book, builtin
from vault.law.rows import Place, Regulator
from vault.model.providers import ProviderKind

_DAY = dt.timedelta(days=1)


class Cause(StrEnum):
    """What the complaint is about: an answer that did not come in time, or a denial."""

    MISSED = "missed"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Window:
    """Until when a complaint can be made.

    `safe` counts from the date itself, `last` from the first day one could know of it; both None
    where no time is set. `informal` is set where no law sets it, and the regulator goes by it.
    """

    regulator: Regulator
    safe: dt.date | None
    last: dt.date | None
    informal: bool = False

    @property
    def cite(self) -> str:
        """Who says so."""
        return self.regulator.source.cite


def _hearing(rows: Iterable[Place], book: Book) -> list[Regulator]:
    found: dict[str, Regulator] = {}
    for row in rows:
        named = ""  # a country's own authority stands in the place of its union's
        for link in book.chain(row):
            if named in ("", link.country):
                found.update((r.name, r) for r in link.regulators if r.name not in found)
            named = named or (link.country if link.regulators else "")
    return list(found.values())


def regulators(place: str, kind: ProviderKind, book: Book | None = None) -> tuple[Regulator, ...]:
    """Who hears complaints about a kind of holder at a place, the nearest first.

    Raises UsageError for an unknown place; () where none is recorded.
    """
    book = book or builtin()
    return tuple(_hearing(rules.places(place, kind, book), book))


def _count(regulator: Regulator, day: dt.date) -> dt.date | None:
    if regulator.days:
        return day + dt.timedelta(days=regulator.days)
    months = regulator.months or regulator.informal_months
    return clock.months_on(day, months) if months else None


def _window(regulator: Regulator, on: dt.date, cause: Cause) -> Window:
    known = on + _DAY if cause is Cause.MISSED else on
    informal = not (regulator.days or regulator.months)
    return Window(regulator, _count(regulator, on), _count(regulator, known), informal)


def windows(
    place: str, kind: ProviderKind, on: dt.date, cause: Cause, book: Book | None = None
) -> tuple[Window, ...]:
    """The time for a complaint to each regulator, the nearest first.

    `on` is the date an answer was due, or the day a denial came. A missed date can be known of
    from the day after (45 CFR 160.306(b)(3) counts from then, and the like elsewhere).
    """
    found = regulators(place, kind, book)
    return tuple(_window(regulator, on, cause) for regulator in found)


def window(
    place: str, kind: ProviderKind, on: dt.date, cause: Cause, book: Book | None = None
) -> Window | None:
    """The window that closes first by a law; else the nearest regulator's; None for none."""
    found = windows(place, kind, on, cause, book)
    closing = [w for w in found if w.safe is not None and not w.informal]
    if closing:
        return min(closing, key=lambda w: w.safe or dt.date.max)
    return found[0] if found else None


def deemed_refused_on(due: clock.Due) -> dt.date | None:
    """The day silence counts as a refusal, where the rule says so: the first after the time."""
    return due.rolled + _DAY if due.rule.silence else None


def _time(regulator: Regulator) -> str:
    since = f" from {regulator.since}" if regulator.since else ""
    if regulator.days:
        return f"within {regulator.days} days{since}"
    if regulator.months:
        return f"within {regulator.months} months{since}"
    if regulator.informal_months:
        return f"usually within {regulator.informal_months} months, though no law recorded says so"
    return "no time limit is recorded"


def sentence(regulator: Regulator) -> str:
    """A regulator in one line, with how long one has and what comes first."""
    remarks = [f"for {regulator.about}" if regulator.about else "", regulator.first_step]
    remarks.append("it may take a late one for good cause" if regulator.waivable else "")
    return f"{regulator.name}: {_time(regulator)} {say.source(regulator.source, remarks)}"


def said(window: Window) -> str:
    """The time for a complaint in one line: the safe day, and the last one where it differs."""
    if window.safe is None:
        return sentence(window.regulator)
    also = (
        f", at the latest {say.day(window.last)}" if window.last not in (None, window.safe) else ""
    )
    usual = "Usually complain" if window.informal else "Complain"
    remarks = [window.regulator.first_step]
    return (
        f"{usual} to {window.regulator.name} by {say.day(window.safe)}{also} "
        f"{say.source(window.regulator.source, remarks)}"
    )
