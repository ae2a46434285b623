"""Reads the text of a places file: every table checked, every error with its line and reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from vault.errors import BadPlaces
from vault.law import places, reading
from vault.law.fields import LONGEST, Problem, Row, shown
from vault.law.lines import Path, line_of, lines
from vault.safetext import safe_line

LARGEST = 256 * 1024
"""The most bytes a places file may have."""
TABLES = (
    "jurisdiction",
    "other_clock",
    "denial_ground",
    "never_valid",
    "notice_part",
    "retention",
)
_SCHEMA = 1
_AT = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)$")
_READ = {
    "jurisdiction": places.of_row,
    "other_clock": places.of_clock,
    "denial_ground": reading.ground,
    "never_valid": reading.never_valid,
    "notice_part": reading.notice_part,
    "retention": reading.retention,
}

Raw = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The tables of a places file as they stand in it, by table and id, in their order."""

    tables: Mapping[str, Mapping[str, Raw]]

    def ids(self, table: str) -> frozenset[str]:
        """The ids of a table."""
        return frozenset(self.tables.get(table, {}))

    @property
    def places(self) -> frozenset[str]:
        """The ids that are places."""
        return self.ids("jurisdiction") | self.ids("other_clock")


def _syntax(text: str, error: Exception) -> BadPlaces:
    said = str(error)
    at = _AT.search(said)
    line = int(at.group(1)) if at and at.group(1) else text.count("\n") + 1
    why = safe_line(_AT.sub("", said), 200)
    why = why[:1].lower() + why[1:]
    return BadPlaces([(line, f"this is no TOML: {why}")])


def _parsed(source: bytes | str) -> tuple[str, Mapping[str, object]]:
    """The text and its document; raises BadPlaces where it is none."""
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(data) > LARGEST:
        raise BadPlaces([(1, f"the file is larger than {LARGEST // 1024} KiB")])
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadPlaces([(line, "this is no text in UTF-8")]) from None
    try:
        return text, tomllib.loads(text)
    except RecursionError:
        raise BadPlaces([(1, "this is no TOML: its brackets lie too deep")]) from None
    except ValueError as error:
        raise _syntax(text, error) from None


def _about(table: str, raw: Raw, index: int) -> str:
    id_ = raw.get("id")
    return safe_line(id_, 40) if isinstance(id_, str) and id_ else f"{table} {index + 1}"


def _head(document: Mapping[str, object], problems: list[Problem]) -> None:
    row = Row(document, (), "the file", problems)
    if row.whole("schema_version", of="versions") not in (0, _SCHEMA):
        row.wrong("schema_version", f"is not one this program knows; it knows {_SCHEMA}")
    row.date("as_of")
    row.known.update(TABLES)
    row.finish()
    if not any(document.get(table) for table in TABLES):
        row.wrong("", "states nothing: it needs at least one [[jurisdiction]]")


def _rows(
    document: Mapping[str, object], table: str, problems: list[Problem]
) -> Iterable[tuple[int, Raw]]:
    value = document.get(table, [])
    if not isinstance(value, list) or not all(isinstance(raw, dict) for raw in value):
        problems.append(Problem((table,), "the file", f"{table} has to stand as [[{table}]]"))
        return
    yield from enumerate(value)


def _table(document: Mapping[str, object], table: str, problems: list[Problem]) -> dict[str, Raw]:
    """The checked rows of one kind of table, by id."""
    found: dict[str, Raw] = {}
    for index, raw in _rows(document, table, problems):
        path: Path = (table, index)
        row = Row(raw, path, _about(table, raw, index), problems)
        _READ[table](row)
        row.finish()
        id_ = str(raw.get("id", ""))
        if id_ in found:
            problems.append(Problem((*path, "id"), row.about, "the id stands in the file twice"))
        found[id_] = raw
    return found


def _names(raw: Raw, key: str) -> tuple[str, ...]:
    value = raw.get(key)
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _up(id_: str, rows: Mapping[str, Raw]) -> tuple[tuple[Raw, ...], bool]:
    """A row and those it is laid over, the nearest first, and whether that goes in a circle."""
    seen: dict[str, Raw] = {}
    while id_ in rows and id_ not in seen:
        seen[id_] = rows[id_]
        id_ = str(rows[id_].get("overlay", ""))
    return tuple(seen.values()), id_ in seen


_RULES = ("overlay", "access", "amendment", "inspect")


def _linked(row: Row, rows: Mapping[str, Raw]) -> None:
    """Note what is wrong between a place and the others: `rows`, itself among them."""
    raw = row.table
    id_ = str(raw.get("id", ""))
    for key in ("overlay", "yardstick"):
        named = raw.get(key)
        if isinstance(named, str) and named not in rows:
            row.wrong(key, f"names a place that is not there: {shown(named)}")
    above, circle = _up(id_, rows)
    if circle:
        row.wrong("overlay", "leads back to the place itself")
    taken = [m for m in _names(raw, "members") if m in rows]
    if taken:
        row.wrong("members", f"names a place that has rules of its own: {shown(taken[0])}")
    if not any(key in rows.get(id_, raw) for key in _RULES):
        row.wrong("", "states no rule: it needs access, amendment, inspect or an overlay")
    money = [f for f in _dicts(raw, "fees") if "amount" in f or "tiers" in f]
    if money and not any(r.get("currency") for r in above):
        row.wrong("fees", "name money, and the place names no currency")


def _dicts(raw: Raw, key: str) -> tuple[Raw, ...]:
    value = raw.get(key)
    return tuple(v for v in value if isinstance(v, dict)) if isinstance(value, list) else ()


def _check_links(
    sheet: Sheet, document: Mapping[str, object], base: Mapping[str, Raw], problems: list[Problem]
) -> None:
    """Note links to what is not there, circles, and places that state nothing."""
    rows = {**base, **sheet.tables["other_clock"]}
    for id_, raw in sheet.tables["jurisdiction"].items():
        rows[id_] = {**base.get(id_, {}), **raw}
    both = sheet.ids("jurisdiction") & sheet.ids("other_clock")
    for index, raw in _rows(document, "jurisdiction", []):
        row = Row(raw, ("jurisdiction", index), _about("jurisdiction", raw, index), problems)
        if raw.get("id") in both:
            row.wrong("id", "stands in the file twice: as a jurisdiction and as an other_clock")
        _linked(row, rows)


def read(source: bytes | str, base: Mapping[str, Raw] | None = None) -> Sheet:
    """Read a places file that goes on top of `base`, the rows of places by id.

    Raises BadPlaces with every error found, each with its line.
    """
    text, document = _parsed(source)
    problems: list[Problem] = []
    _head(document, problems)
    sheet = Sheet({table: _table(document, table, problems) for table in TABLES})
    _check_links(sheet, document, base or {}, problems)
    if problems:
        raise _all(text, problems)
    return sheet


def _all(text: str, problems: Collection[Problem]) -> BadPlaces:
    where = lines(text)
    found = {(line_of(where, p.path), f"{p.about}: {p.why}"[:LONGEST]) for p in problems}
    return BadPlaces(sorted(found))
