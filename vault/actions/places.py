"""Places a person adds to those the program brings, by a file of the same shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from vault import dates
from vault.actions import rulebook
from vault.actions.session import Session
from vault.errors import CannotRead, NotFound, Refused, UsageError
from vault.law import book as books
from vault.law import complaint, denial, retention, rules, say, sheet, tariffs
from vault.law.book import Book, PlaceFile
from vault.law.rows import FeeRule, Regulator, Retention
from vault.law.terms import Right, Rule
from vault.model.providers import Provider, ProviderKind
from vault.safetext import safe_line
from vault.store import laws, providers
from vault.store.database import Db

__all__ = [
    "Added", "FeeRule", "PlaceFileRow", "PlaceRow", "Regulator", "Retention", "Rule", "Stated",
    "add", "every", "fee_line", "regulator_line", "remove", "retention_line", "rule_line", "show",
]  # fmt: skip

_NAME = re.compile(r"[\w. -]{1,60}")


@dataclass(frozen=True, slots=True)
class Added:
    """What a file added: new places, and places of the program it speaks for from now on."""

    name: str
    new: tuple[str, ...]
    replaced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as lists show it; `file` is the person's file it comes from, empty for none."""

    id: str
    name: str
    file: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceFileRow:
    """A file of places: the places in it, and why it is left out, where it is."""

    name: str
    places: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class Stated:
    """All that counts at a place for a kind of holder."""

    place: str
    name: str
    kind: ProviderKind
    file: str
    rules: tuple[Rule, ...]
    fees: tuple[FeeRule, ...]
    regulators: tuple[Regulator, ...]
    retention: tuple[Retention, ...]
    also: tuple[str, ...]


def _named(given: str, file: Path) -> str:
    name = safe_line(given or file.stem, 60)
    if not _NAME.fullmatch(name):
        raise UsageError("this name cannot be kept", "give one with --name NAME")
    return name


def _read(file: Path) -> bytes:
    """The bytes of a file; raises CannotRead, and no more than the largest file is read."""
    try:
        with file.open("rb") as opened:
            return opened.read(sheet.LARGEST + 1)
    except OSError as error:
        raise CannotRead(str(file), error.strerror or "it cannot be opened") from None


def add(s: Session, file: Path, name: str = "") -> Added:
    """Add a file of places, or put it in the place of the one of that name, and count by it.

    Raises BadPlaces with the line and reason of every error, CannotRead; nothing is changed then.
    """
    data, called = _read(file), _named(name, file)
    own = books.builtin().places
    with s.vault.write("places.added") as db:
        held, broken = laws.files(db), set(rulebook.book(db).left_out)
        known = [f.name for f in held]
        before = held[: known.index(called)] if called in known else held
        checked = books.check(data, before)
        kept = PlaceFile(called, data.decode("utf-8-sig").replace("\r\n", "\n"))
        laws.keep_file(db, kept, dates.now())
        _check_rest(db, rulebook.book(db), broken | {called})
    ids = sorted(checked.places)
    new = tuple(id_ for id_ in ids if id_ not in own)
    return Added(called, new, tuple(id_ for id_ in ids if id_ in own))


def _check_rest(db: Db, book: Book, broken: set[str]) -> None:
    """Raise Refused where files not `broken` before, or providers, go by what would be gone."""
    for other, why in book.left_out.items():
        if other not in broken:
            raise Refused(f"the file of places {other!r} builds on this one: {why}")
    lost = [p for p in providers.every(db) if not rules.knows(p.jurisdiction, book)]
    if lost:
        raise Refused(_lost(lost), "chartmend provider edit PROV --jurisdiction PLACE")


def _lost(lost: list[Provider]) -> str:
    names = ", ".join(p.name for p in lost[:3]) + (", …" if len(lost) > 3 else "")
    go = "goes" if len(lost) == 1 else "go"
    return f"{names} {go} by a place of this file: give another place first"


def remove(s: Session, name: str) -> None:
    """Take a file of places out again; the program's own rules count once more.

    Raises NotFound, or Refused while a provider or another file goes by a place of it.
    """
    with s.vault.write("places.removed") as db:
        if name not in {f.name for f in laws.files(db)}:
            shown = safe_line(name, 60)
            raise NotFound(f"no file of places is called {shown!r}", "chartmend place list")
        broken = set(rulebook.book(db).left_out)
        laws.drop_file(db, name)
        _check_rest(db, rulebook.book(db), broken)


def every(s: Session) -> tuple[tuple[PlaceRow, ...], tuple[PlaceFileRow, ...]]:
    """All places, and the files a person added."""
    db = s.vault.read()
    book = rulebook.book(db)
    rows = [
        PlaceRow(p.id, p.name, book.added.get(p.id, ""), tuple(sorted(p.members)))
        for p in book.places.values()
    ]
    files = [
        PlaceFileRow(
            f.name,
            tuple(sorted(id_ for id_, of in book.added.items() if of == f.name)),
            book.left_out.get(f.name, ""),
        )
        for f in laws.files(db)
    ]
    return tuple(sorted(rows, key=lambda r: r.id)), tuple(files)


def show(s: Session, place: str, kind: ProviderKind = ProviderKind.OTHER) -> Stated:
    """All that counts at a place for a kind of holder; raises UsageError for an unknown one."""
    book = rulebook.book(s.vault.read())
    rows = rules.places(place, kind, book)
    links = {link.id: link for row in rows for link in book.chain(row)}
    found: dict[tuple[str, Right], Rule] = {}
    for right in Right:
        for rule in rules.choose(place, kind, right, book):
            found.setdefault((rule.id, right), rule)
    return Stated(
        place=rules.tidy(place),
        name=rules.title(place, kind, book),
        kind=kind,
        file=", ".join(sorted({book.added[id_] for id_ in links if id_ in book.added})),
        rules=tuple(found.values()),
        fees=tariffs.every(place, kind, book),
        regulators=complaint.regulators(place, kind, book),
        retention=retention.of(place, kind, book),
        also=_also(place, kind, book)
        + tuple(link.limits for link in links.values() if link.limits),
    )


_CLOCKS = {
    "accounting": "a list of disclosures",
    "summary_instead": "a summary instead of the record",
    "controller_complaint": "a complaint to the holder of the records",
}


def _also(place: str, kind: ProviderKind, book: Book) -> tuple[str, ...]:
    """Other clocks, who reviews a denial, and the limit on a statement, a line each."""
    lines = []
    for name, words in _CLOCKS.items():
        rule = rules.clock_of(place, kind, name, book)
        if rule is not None:
            source = say.source(rule, say.remarks(rule))
            lines.append(f"{words}: {say.span(rule)} after {rule.starts} {source}")
    review = denial.review(place, kind, book)
    if review is not None:
        lines.append(f"a denial is reviewed by {review.kind} {say.source(review.source)}")
    limit = denial.statement(place, kind, book)
    if limit is not None:
        lines.append(denial.statement_line(limit))
    return tuple(lines)


def rule_line(rule: Rule) -> str:
    """A rule in one line, with its source."""
    remarks = say.remarks(rule)
    right = {Right.ACCESS: "copies", Right.AMENDMENT: "amendment", Right.INSPECT: "looking at it"}
    said = f"{right[rule.right]}: {say.span(rule)} after {rule.starts}"
    return f"{said} {say.source(rule, remarks)}"


def fee_line(fee: FeeRule) -> str:
    """A fee rule in one line, with its source."""
    return tariffs.sentence(fee)


def regulator_line(regulator: Regulator) -> str:
    """A regulator in one line, with its source."""
    return complaint.sentence(regulator)


def retention_line(row: Retention) -> str:
    """How long records are kept, in one line with its source."""
    return f"records are kept: {row.words} {say.source(row.source)}"
