"""Reads the keys of one table of a places file, each with its check, and notes what is wrong."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from vault.law.lines import Path
from vault.law.terms import Confidence, Source, Verified
from vault.safetext import safe_line

E = TypeVar("E", bound=StrEnum)

LONGEST = 500
_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
_MONEY = re.compile(r"\d{1,9}(\.\d{1,4})?")
_MOST = {"years": 200, "months": 1200}
_MOST_ELSE = 36_600
"""The most a number of days, pages or words can sensibly be: no date may leave the calendar."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: where it stands, whom it is about, and what it has to be."""

    path: Path
    about: str
    why: str


def shown(value: object) -> str:
    """A value from a file, short and safe to show."""
    return repr(safe_line(str(value), 40))


@dataclass(slots=True)
class Row:
    """One table, read key by key; what was not asked for is unknown, and noted by `finish`."""

    table: Mapping[str, object]
    path: Path
    about: str
    problems: list[Problem]
    prefix: str = ""
    known: set[str] = field(default_factory=set)

    def wrong(self, key: str, why: str) -> None:
        """Note a problem with a key."""
        named = f"{self.prefix}{key}" if key else self.prefix.rstrip(".")
        path = (*self.path, key) if key else self.path
        self.problems.append(Problem(path, self.about, f"{named} {why}".strip()))

    def has(self, key: str) -> bool:
        """Whether the table has the key."""
        return key in self.table

    def _take(self, key: str, *, must: bool = False) -> object | None:
        self.known.add(key)
        value = self.table.get(key)
        if value is None and must:
            self.wrong(key, "is missing")
        return value

    def text(self, key: str, *, must: bool = False) -> str:
        """A text of one line, made safe to show; empty where there is none."""
        value = self._take(key, must=must)
        if value is None:
            return ""
        if not isinstance(value, str) or not safe_line(value):
            self.wrong(key, "has to be a text in quotes, and not an empty one")
            return ""
        if len(value) > LONGEST:
            self.wrong(key, f"has to be shorter than {LONGEST} characters")
        return safe_line(value, LONGEST)

    def name(self, key: str, *, must: bool = False) -> str:
        """An id: small letters, figures and hyphens."""
        value = self.text(key, must=must)
        if value and not _ID.fullmatch(value):
            self.wrong(
                key, f"has to be small letters, figures and hyphens, at most 40: {shown(value)}"
            )
            return ""
        return value

    def flag(self, key: str) -> bool:
        """True or false; false where it is not said."""
        value = self._take(key)
        if value is not None and not isinstance(value, bool):
            self.wrong(key, "has to be true or false, without quotes")
        return value is True

    def whole(self, key: str, *, of: str = "days", least: int = 1, must: bool = False) -> int:
        """A whole number, `least` or more; 0 where it is not said."""
        value = self._take(key, must=must)
        if value is None:
            return 0
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            self.wrong(key, f"has to be a whole number of {of}, {least} or more")
            return 0
        most = _MOST.get(of, _MOST_ELSE)
        if value > most:
            self.wrong(key, f"has to be {most} {of} at most")
            return 0
        return value

    def money(self, key: str, *, must: bool = False) -> Decimal | None:
        """An amount, which stands in quotes so that no cent of it is lost."""
        value = self._take(key, must=must)
        if value is None:
            return None
        if not isinstance(value, str) or not _MONEY.fullmatch(value):
            self.wrong(key, 'has to be an amount in quotes, such as "0.25"')
            return None
        return Decimal(value)

    def date(self, key: str) -> dt.date | None:
        """A date, which stands without quotes."""
        value = self._take(key)
        if value is None:
            return None
        if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
            self.wrong(key, "has to be a date such as 2026-02-05, without quotes")
            return None
        return value

    def word(self, key: str, kind: type[E], *, must: bool = False) -> E | None:
        """One of a set of words."""
        value = self._take(key, must=must)
        if value is None:
            return None
        if not isinstance(value, str) or value not in kind.__members__.values():
            self.wrong(key, f"has to be one of {' '.join(kind)}, not {shown(value)}")
            return None
        return kind(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            self.wrong(key, "has to be a list of texts in quotes")
            return ()
        return tuple(safe_line(v, LONGEST) for v in value)

    def below(self, key: str) -> Row | None:
        """A table within this one, or None."""
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.wrong(key, "has to be a table in braces: { … }")
            return None
        prefix = f"{self.prefix}{key}."
        return Row(value, (*self.path, key), self.about, self.problems, prefix)

    def many(self, key: str) -> tuple[Row, ...]:
        """The tables of a list."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.wrong(key, "has to be a list of tables: [{ … }, { … }]")
            return ()
        return tuple(
            Row(v, (*self.path, key, i), self.about, self.problems, f"{self.prefix}{key} {i + 1}: ")
            for i, v in enumerate(value)
        )

    def source(self, *, must: bool = True) -> Source:
        """Citation, how it was seen and how sure it is; what nobody checked is never sure."""
        cite = self.text("cite", must=must)
        verified = self.word("verified", Verified, must=must)
        confidence = self.word("confidence", Confidence, must=must)
        if verified is Verified.UNVERIFIED and confidence is Confidence.HIGH:
            self.wrong("confidence", "can be med at most where verified is unverified")
        return Source(cite, verified or Verified.UNVERIFIED, confidence or Confidence.LOW)

    def finish(self) -> None:
        """Note every key that nothing asked for."""
        for key in self.table:
            if key not in self.known:
                near = difflib.get_close_matches(key, self.known, 1, 0.75)
                meant = f"; did you mean {near[0]}?" if near else ""
                self.problems.append(
                    Problem(
                        (*self.path, key),
                        self.about,
                        f"{self.prefix}{safe_line(key, 40)} is not known here{meant}",
                    )
                )


T = TypeVar("T")


def each(rows: Sequence[Row], build: Callable[[Row], T]) -> tuple[T, ...]:
    """What `build` makes of each table, its unknown keys noted."""
    built = []
    for row in rows:
        built.append(build(row))
        row.finish()
    return tuple(built)
