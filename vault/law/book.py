"""The book of places: those the program brings, with what a person added laid over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib import resources

from vault.errors import BadPlaces
from vault.law import holidays, places, reading
from vault.law.fields import Row
from vault.law.rows import Ground, NeverValid, NoticePart, Place, Retention
from vault.law.sheet import Raw, Sheet, read
from vault.law.terms import Right, Rule


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """A file of places a person added: its name and its text."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day a person changed for a place: `off` from work, or worked though it is a holiday.

    `place` is a place, the beginning of places (`us`), or a set of holidays.
    """

    place: str
    on: dt.date
    name: str
    off: bool


@dataclass(frozen=True, slots=True)
class Book:
    """All places with their rules, and the days a person changed; it never changes itself.

    `added` names the file a place came from, `left_out` the files that cannot be used, with why.
    """

    places: Mapping[str, Place]
    grounds: tuple[Ground, ...]
    never_valid: tuple[NeverValid, ...]
    notice_parts: tuple[NoticePart, ...]
    retention: tuple[Retention, ...]
    days: tuple[DayChange, ...] = ()
    added: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    # What was chosen from this book before: the same is asked for every request of a place.
    chosen: dict[tuple[str, str, Right], tuple[Rule, ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def chain(self, place: Place) -> tuple[Place, ...]:
        """A place and those it is laid over, the nearest first."""
        found = [place]
        while found[-1].overlay:
            found.append(self.places[found[-1].overlay])
        return tuple(found)

    def kept(self, rule: Rule, *scopes: str) -> Rule:
        """The rule with the days a person changed for any of these places or its holidays."""
        names = {part for name in (rule.holidays, *scopes) for part in beginnings(name)}
        mine = [day for day in self.days if day.place in names]
        if not mine:
            return rule
        return replace(
            rule,
            days_off=frozenset(d.on for d in mine if d.off),
            days_on=frozenset(d.on for d in mine if not d.off),
        )


def beginnings(name: str) -> tuple[str, ...]:
    """A place's name and every name it is a part of: us-tx-hospital, us-tx, us."""
    parts = name.split("-")
    return tuple("-".join(parts[:n]) for n in range(len(parts), 0, -1))


def _merged(tables: Sequence[Sheet]) -> dict[str, dict[str, Raw]]:
    """The rows of several sheets; a later row changes the keys it has, and adds to `members`."""
    found: dict[str, dict[str, Raw]] = {}
    for sheet in tables:
        for table, rows in sheet.tables.items():
            into = found.setdefault(table, {})
            for id_, raw in rows.items():
                held = into.get(id_, {})
                merged = {**held, **raw}
                ours, theirs = held.get("members"), raw.get("members")
                if isinstance(ours, list) and isinstance(theirs, list):
                    merged["members"] = [*ours, *theirs]
                into[id_] = merged
    return found


def _row(table: str, id_: str, raw: Raw) -> Row:
    return Row(raw, (table, id_), id_, [])


def _holiday_set(place: Place, base: Place | None) -> str:
    if place.holidays:
        return place.holidays
    if base is not None and base.holidays:
        return base.holidays
    if place.id.startswith("us-") or place.country == "US":
        return "us-federal"
    tried = (place.id, place.country.lower())
    return next((name for name in tried if name and holidays.known(name)), holidays.WEEKENDS)


def _finished(place: Place, base: Place | None) -> Place:
    """The place with what only its overlay says, handed on to its rules."""
    hipaa = place.hipaa or (base is not None and base.hipaa)
    kept = _holiday_set(place, base)

    def own(rule: Rule) -> Rule:
        return replace(rule, holidays=kept, hipaa=hipaa)

    return replace(
        place,
        hipaa=hipaa,
        holidays=kept,
        country=place.country or (base.country if base else ""),
        currency=place.currency or (base.currency if base else ""),
        not_holders=place.not_holders or (base.not_holders if base else frozenset()),
        rules={right: own(rule) for right, rule in place.rules.items()},
        clocks={name: own(rule) for name, rule in place.clocks.items()},
    )


def _places(rows: Mapping[str, Raw], clocks: Mapping[str, Raw]) -> dict[str, Place]:
    """The places, each after its overlay, whatever their order in the file."""
    done: dict[str, Place] = {}

    def finish(id_: str) -> Place:
        if id_ not in done:
            raw = rows[id_]
            over = str(raw.get("overlay", ""))
            base = finish(over) if over in rows else None
            built = places.of_row(_row("", id_, raw), base.currency if base else "")
            done[id_] = _finished(built, base)
        return done[id_]

    for id_ in rows:
        finish(id_)
    for id_, raw in clocks.items():
        done[id_] = _finished(places.of_clock(_row("", id_, raw)), None)
    return done


def _built(sheets: Sequence[Sheet]) -> Book:
    tables = _merged(sheets)

    def rows(table: str) -> list[Row]:
        return [_row(table, id_, raw) for id_, raw in tables.get(table, {}).items()]

    return Book(
        places=_places(tables["jurisdiction"], tables["other_clock"]),
        grounds=tuple(map(reading.ground, rows("denial_ground"))),
        never_valid=tuple(map(reading.never_valid, rows("never_valid"))),
        notice_parts=tuple(map(reading.notice_part, rows("notice_part"))),
        retention=tuple(map(reading.retention, rows("retention"))),
    )


@cache
def _own_sheet() -> Sheet:
    data = resources.files("vault.law").joinpath("jurisdictions.toml").read_bytes()
    return read(data)


@cache
def builtin() -> Book:
    """The places the program brings, with nothing added."""
    return _built((_own_sheet(),))


def _base(sheets: Sequence[Sheet]) -> dict[str, Raw]:
    """Every place of the sheets, as they make it together."""
    tables = _merged(sheets)
    return {**tables["jurisdiction"], **tables["other_clock"]}


def check(source: bytes | str, before: Sequence[PlaceFile] = ()) -> Sheet:
    """Read a person's file on top of the program's places and the files added before it.

    Raises BadPlaces, every error with its line.
    """
    sheets = [_own_sheet()]
    for file in before:
        sheets.append(read(file.source, _base(sheets)))
    return read(source, _base(sheets))


@lru_cache(maxsize=8)
def _with(files: tuple[PlaceFile, ...]) -> Book:
    """The book with these files; one that cannot be used is left out, and said to be."""
    sheets, added, left_out = [_own_sheet()], {}, {}
    for file in files:
        try:
            sheet = read(file.source, _base(sheets))
        except BadPlaces as error:
            left_out[file.name] = error.sentence
            continue
        sheets.append(sheet)
        added.update(dict.fromkeys(sheet.places, file.name))
    return replace(_built(sheets), added=added, left_out=left_out)


@lru_cache(maxsize=8)
def _changed(files: tuple[PlaceFile, ...], days: tuple[DayChange, ...]) -> Book:
    book = _with(files) if files else builtin()
    return replace(book, days=days) if days else book


def with_added(files: Sequence[PlaceFile], days: Sequence[DayChange] = ()) -> Book:
    """The program's places with a person's files laid over them in order, and their days.

    What the same files and days make is kept, so asking again costs next to nothing.
    """
    return _changed(tuple(files), tuple(days))
