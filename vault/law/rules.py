"""Which rule gives a holder of records how long, chosen by place, kind of holder and right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vault.errors import UsageError
from vault.law.book import Book, builtin
from vault.law.rows import Place
from vault.law.terms import Confidence, Right, Roll, Rule
from vault.model.providers import ProviderKind

__all__ = ["STATES", "Right", "Rule", "choose", "clock_of", "known", "knows", "places", "scopes"]

STATES = frozenset((
    "al", "ak", "az", "ar", "ca", "co", "ct", "de", "dc", "fl", "ga", "hi", "id", "il", "in",
    "ia", "ks", "ky", "la", "me", "md", "ma", "mi", "mn", "ms", "mo", "mt", "ne", "nv", "nh",
    "nj", "nm", "ny", "nc", "nd", "oh", "ok", "or", "pa", "ri", "sc", "sd", "tn", "tx", "ut",
    "vt", "va", "wa", "wv", "wi", "wy", "as", "gu", "mp", "pr", "vi",
))  # fmt: skip
"""The United States with the District of Columbia and the territories HIPAA counts as states."""

_ALIASES = {"us": "us-hipaa", "hipaa": "us-hipaa", "gb": "uk", "eu": "eu-gdpr"}
_GROUPS = {
    ProviderKind.PRIMARY_CARE: "physician",
    ProviderKind.SPECIALIST: "physician",
    ProviderKind.CLINIC: "physician",
}
_NATIONWIDE = ("us-hipaa", "us-ferpa", "us-osha")
_NOT_RECORDED = "no shorter state rule recorded"
_COMPARED = "no time limit is recorded for this holder; this one is shown for comparison"


def tidy(name: str) -> str:
    """A place as it was typed, as the book names it."""
    return name.strip().lower().replace("_", "-")


def known(book: Book | None = None) -> str:
    """The places a person may name, in one line."""
    book = book or builtin()
    plain = {p.id for p in book.places.values() if not p.id.startswith("us-")}
    plain |= set(book.added)
    return f"us, us-al to us-wy, {', '.join(sorted(plain))}, or a country of the EU such as de"


def _unknown(place: str, book: Book) -> UsageError:
    shown = "".join(c for c in place if c.isprintable())[:40]
    return UsageError(f"no rule is known for the place {shown!r}", f"known: {known(book)}")


def groups(kind: ProviderKind) -> frozenset[str]:
    """The words by which the data may name a kind of holder."""
    return frozenset({kind.value, _GROUPS.get(kind, kind.value)})


def _applies(place: Place, kind: ProviderKind) -> bool:
    mine = groups(kind)
    return not mine & place.not_holders and (not place.holders or bool(mine & place.holders))


def _state(state: str, kind: ProviderKind, book: Book) -> tuple[Place, ...]:
    """The rows that hold for a kind of holder in one of the United States."""
    ours = (f"us-{state}", f"us-{state}-")
    rows = [
        p
        for p in book.places.values()
        if not p.only_by_id and (p.id == ours[0] or p.id.startswith(ours[1]))
    ]
    return tuple(p for p in (*rows, *_nationwide(kind, book)) if _applies(p, kind))


def _nationwide(kind: ProviderKind, book: Book) -> tuple[Place, ...]:
    rows = (book.places[id_] for id_ in _NATIONWIDE)
    return tuple(p for p in rows if _applies(p, kind))


def places(place: str, kind: ProviderKind, book: Book | None = None) -> tuple[Place, ...]:
    """The rows a place or a rule's own id stands for, for a kind of holder, without overlays.

    Raises UsageError, naming the places known, for a place that is none.
    """
    book, name = book or builtin(), tidy(place)
    if name == "us":
        return _nationwide(kind, book)
    if name.startswith("us-") and name[3:] in STATES:
        return _state(name[3:], kind, book)
    name = _ALIASES.get(name, name)
    if name in book.places:
        row = book.places[name]
        alone = row.holders or row.only_by_id or not row.hipaa
        return (row,) if alone else book.chain(row)  # HIPAA binds besides a state's own rule
    for row in book.places.values():
        if name in row.members:
            return (replace(row, holidays=name),)
    raise _unknown(place, book)


def title(place: str, kind: ProviderKind, book: Book | None = None) -> str:
    """What a place is called; raises UsageError for an unknown one."""
    book, name = book or builtin(), tidy(place)
    row = places(place, kind, book)[0]
    if name in (row.id, _ALIASES.get(name, name)) or not name.startswith("us"):
        return row.name
    return row.name.split(" (")[0]


def knows(place: str, book: Book | None = None) -> bool:
    """Whether a place is known."""
    try:
        places(place, ProviderKind.OTHER, book)
    except UsageError:
        return False
    return True


def scopes(place: str, rows: Iterable[Place], book: Book) -> tuple[str, ...]:
    """The names under which a person may have changed days that count for a place."""
    name = tidy(place)
    linked = {link.id for row in rows for link in book.chain(row)}
    return (name, _ALIASES.get(name, name), *sorted(linked))


def _own(place: Place, right: Right) -> Rule | None:
    """The rule a place itself has for a right.

    To look is part of the right to a copy; a state's time for copies holds for it only where the
    state says so, and HIPAA's holds else.
    """
    access = place.rules.get(Right.ACCESS)
    too = place.inspect_too or not (place.overlay and place.hipaa)
    if right is Right.INSPECT and right not in place.rules and access is not None and too:
        return replace(access, right=right)
    return place.rules.get(right)


def _found(rows: tuple[Place, ...], right: Right, book: Book) -> list[Rule]:
    """The rules of the rows for a right, a row without one by its overlay; one for each id."""
    found: dict[str, Rule] = {}
    for place in rows:
        for link in book.chain(place):
            rule = _own(link, right)
            if rule is not None:
                if place.holidays and place.holidays != rule.holidays:
                    rule = replace(rule, holidays=place.holidays)
                found.setdefault(rule.id, rule)
                break
    return list(found.values())


def _noted(rules: list[Rule], rows: tuple[Place, ...], right: Right, name: str) -> list[Rule]:
    """The rules, with what to say where a state has none of its own."""
    if not (
        name.startswith("us-") and name[3:] in STATES and [r.id for r in rules] == ["us-hipaa"]
    ):
        return rules
    said = next((p.notes[right] for p in rows if right in p.notes), _NOT_RECORDED)
    return [replace(rules[0], note=said)]


def _compared(rows: Iterable[Place], right: Right, book: Book) -> list[Rule]:
    """Where no number is set: another rule to compare with, and said to be that.

    It is the yardstick's, else the place's own for copies, else HIPAA's.
    """
    named = [book.places[p.yardstick] for p in rows if p.yardstick in book.places]
    for row in (*named, *rows, book.places["us-hipaa"]):
        rule = row.rules.get(right) or row.rules.get(Right.ACCESS)
        if rule is not None:
            lent = replace(rule, right=right, confidence=Confidence.LOW, hipaa=False)
            return [replace(lent, compared=True, note=_COMPARED)]
    return []


def _choose(place: str, kind: ProviderKind, right: Right, book: Book) -> tuple[Rule, ...]:
    rows = places(place, kind, book)
    found = _noted(_found(rows, right, book), rows, right, tidy(place))
    rules = found or _compared(rows, right, book)
    if book.days:
        names = scopes(place, rows, book)
        rules = [book.kept(rule, *names) for rule in rules]
    return tuple(sorted(rules, key=lambda r: (r.length, r.soft, r.roll is not Roll.NONE)))


def choose(
    place: str, kind: ProviderKind, right: Right, book: Book | None = None
) -> tuple[Rule, ...]:
    """The rules that give a kind of holder at a place its time for a right, the shortest first.

    `place` is a place (`us-tx`, `uk`), whose every rule for that kind of holder is given, or one
    rule's own id; `book` is the program's own where none is given. Never empty; raises
    UsageError, naming the places known, for anything else.
    """
    book = book or builtin()
    key = (place, kind.value, right)
    if key not in book.chosen:
        book.chosen[key] = _choose(place, kind, right, book)
    return book.chosen[key]


def clock_of(place: str, kind: ProviderKind, name: str, book: Book | None = None) -> Rule | None:
    """Another clock of a place: `accounting`, `summary_instead` or `controller_complaint`.

    The nearest row that states it counts; None where none does.
    """
    book = book or builtin()
    rows = places(place, kind, book)
    for row in rows:
        for link in book.chain(row):
            if name in link.clocks:
                return book.kept(link.clocks[name], *scopes(place, rows, book))
    return None
