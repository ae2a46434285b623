"""Days off of a place: those the program knows, and what a person adds and takes out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault.actions import rulebook
from vault.actions.rulebook import Book
from vault.actions.session import Session
from vault.errors import NotFound, Refused, UsageError
from vault.law import holidays, rules
from vault.law.book import DayChange, beginnings
from vault.law.terms import Rule
from vault.model.providers import ProviderKind
from vault.safetext import safe_line
from vault.store import laws


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that is not counted as a working day, or that a person took out.

    `source` is `known`, `added`, or `removed` (it is a holiday and is worked all the same).
    `place` is where a person said so.
    """

    on: dt.date
    name: str
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The days off of a place in some years, and the set of holidays they come from."""

    place: str
    holidays: str
    days: tuple[DayOff, ...]


def _rule(place: str, book: Book) -> tuple[str, Rule | None]:
    """A place or a set of holidays as it is kept, and a rule that counts by it."""
    name = rules.tidy(place)
    if rules.knows(name, book):
        found = rules.choose(name, ProviderKind.OTHER, rules.Right.ACCESS, book)
        return name, found[0]
    if name == holidays.WEEKENDS or not holidays.known(name):
        raise UsageError(
            f"no holidays are known for the place {safe_line(place, 40)!r}",
            f"known: {rules.known(book)}",
        )
    return name, None


def _set_of(name: str, rule: Rule | None) -> str:
    return rule.holidays if rule is not None else name


def _changes(name: str, rule: Rule | None, book: Book) -> tuple[DayChange, ...]:
    """The days a person changed that count for a place."""
    held = rules.places(name, ProviderKind.OTHER, book) if rule is not None else ()
    named = (name, _set_of(name, rule), *rules.scopes(name, held, book))
    names = {part for scope in named for part in beginnings(scope)}
    return tuple(day for day in book.days if day.place in names)


def every(s: Session, place: str, years: tuple[int, ...]) -> Kept:
    """The days off of a place in these years, with what a person changed.

    Raises UsageError for a place that is not known.
    """
    book = rulebook.book(s.vault.read())
    name, rule = _rule(place, book)
    kept = _set_of(name, rule)
    found = {
        on: DayOff(on, label, "known", "")
        for year in years
        for on, label in holidays.days(kept, year).items()
    }
    for day in _changes(name, rule, book):
        if day.on.year in years and day.off:
            found[day.on] = DayOff(day.on, day.name, "added", day.place)
        elif day.on.year in years and day.on in found:
            label = found[day.on].name
            found[day.on] = DayOff(day.on, label, "removed", day.place)
    return Kept(name, kept, tuple(found[on] for on in sorted(found)))


def _own(book: Book, name: str, on: dt.date) -> DayChange | None:
    return next((d for d in book.days if d.place == name and d.on == on), None)


def _is_off(name: str, rule: Rule | None, on: dt.date, book: Book) -> bool:
    """Whether a day is off at a place, a person's own changes seen."""
    mine = _changes(name, rule, book)
    off = frozenset(d.on for d in mine if d.off)
    worked = frozenset(d.on for d in mine if not d.off)
    return not holidays.is_working_day(on, _set_of(name, rule), off, worked)


def add(s: Session, place: str, on: dt.date, name: str = "") -> DayOff:
    """Make a day a day off at a place; a day that had been taken out is a holiday again.

    It counts at once. Raises UsageError for an unknown place, Refused where it is off already.
    """
    with s.vault.write("holiday.added") as db:
        book = rulebook.book(db)
        kept, rule = _rule(place, book)
        own = _own(book, kept, on)
        if own is not None and not own.off:
            laws.drop_day(db, kept, on)
        elif own is None and _is_off(kept, rule, on, book):
            raise Refused(f"{on.isoformat()} is no working day there already")
        else:
            laws.keep_day(db, DayChange(kept, on, safe_line(name, 100), off=True))
    return DayOff(on, safe_line(name, 100), "added", kept)


def remove(s: Session, place: str, on: dt.date) -> DayOff:
    """Take a day off out again: one a person added, or one the program knows.

    It counts at once. Raises UsageError for an unknown place, NotFound for a working day.
    """
    with s.vault.write("holiday.removed") as db:
        book = rulebook.book(db)
        kept, rule = _rule(place, book)
        own = _own(book, kept, on)
        if own is not None and own.off:
            laws.drop_day(db, kept, on)
        elif on.weekday() >= 5 and own is None:
            raise Refused("a Saturday or Sunday is never a working day here")
        elif not _is_off(kept, rule, on, book):
            raise NotFound(
                f"{on.isoformat()} is a working day there", f"chartmend holiday list {kept}"
            )
        else:
            laws.keep_day(db, DayChange(kept, on, "", off=False))
    return DayOff(on, own.name if own else "", "removed", kept)
