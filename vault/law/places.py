"""One row of a places file: a place with all it states."""

from __future__ import annotations

import re

from vault.law import holidays
from vault.law.fields import Row, each
from vault.law.reading import CLOCKS, fee, holders, regulator, rule
from vault.law.rows import Place, Regulator, Review, StatementLimit
from vault.law.terms import Confidence, Right, Rule

__all__ = ["Place", "of_clock", "of_row"]

_CURRENCY = re.compile(r"[A-Z]{3}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_COVERED = "holder_not_hipaa_covered"


def _rules(row: Row, named: dict[str, str]) -> dict[Right, Rule]:
    found = {}
    for right in Right:
        if (below := row.below(right.value)) is not None:
            found[right] = rule(below, named, right)
            below.finish()
    return found


def _clocks(row: Row, named: dict[str, str]) -> dict[str, Rule]:
    found = {}
    for key in CLOCKS:
        if (below := row.below(key)) is not None:
            days = "acknowledge_days" if below.has("acknowledge_days") else "days"
            found[key] = rule(below, named, Right.ACCESS, days)
            below.finish()
    return found


def _regulators(row: Row) -> tuple[Regulator, ...]:
    first = row.below("regulator")
    rows = ([first] if first else []) + list(row.many("further_regulators"))
    return each(rows, regulator)


def _review(row: Row) -> Review | None:
    below = row.below("denial_review")
    if below is None:
        return None
    made = Review(below.text("kind", must=True), below.source())
    below.finish()
    return made


def _statement(row: Row, place: str) -> StatementLimit | None:
    """The limit on a statement of disagreement; a number of words before a general remark."""
    general, addendum = row.below("statement_of_disagreement"), row.below("addendum")
    found = None
    if general is not None:
        general.flag("allowed")
        found = StatementLimit(place, general.source(), length=general.text("length_limit"))
        general.finish()
    if addendum is not None:
        words = addendum.whole("words_per_item", of="words", must=True)
        found = StatementLimit(
            place, addendum.source(), words=words, must_state=addendum.text("must_state")
        )
        addendum.finish()
    return found


def _matched(row: Row, key: str, pattern: re.Pattern[str], what: str) -> str:
    value = row.text(key)
    if value and not pattern.fullmatch(value):
        row.wrong(key, f"has to be {what}")
        return ""
    return value


def _holiday_set(row: Row) -> str:
    value = row.text("holiday_set")
    if value and not holidays.known(value):
        row.wrong("holiday_set", f"is not a set of holidays this program has: {value[:40]}")
        return ""
    return value


def _condition(row: Row) -> str:
    applies = row.text("applies_if")
    if applies and applies != _COVERED:
        row.wrong("applies_if", f"has to be {_COVERED}")
    return applies


def _notes(row: Row) -> dict[Right, str]:
    said = {right: row.text(f"{right.value}_note") for right in Right}
    return {right: note for right, note in said.items() if note}


def of_row(row: Row, currency: str = "") -> Place:
    """The place of a row; `currency` is its overlay's, where it has none. Errors are noted."""
    id_ = row.name("id", must=True)
    named = {"id": id_, "name": row.text("name", must=True)}
    own = _matched(row, "currency", _CURRENCY, "three capital letters, such as USD")
    by_id = [row.flag("only_by_id"), bool(_condition(row)), row.has("states"), row.has("who")]
    row.word("confidence", Confidence)
    return Place(
        id=id_,
        name=named["name"],
        country=_matched(row, "country", _COUNTRY, "two capital letters, such as US"),
        currency=own,
        overlay=row.name("overlay"),
        yardstick=row.name("yardstick"),
        hipaa=row.flag("hipaa"),
        holidays=_holiday_set(row),
        only_by_id=any(by_id),
        inspect_too=row.flag("inspect_too"),
        holders=holders(row, "holders"),
        not_holders=holders(row, "not_holders"),
        members=frozenset(row.texts("members")),
        states=frozenset(state.lower() for state in row.texts("states")),
        who=row.texts("who"),
        records_from=row.date("records_from"),
        limits=row.text("limits"),
        rules=_rules(row, named),
        notes=_notes(row),
        clocks=_clocks(row, named),
        fees=each(row.many("fees"), lambda r: fee(r, named, own or currency)),
        regulators=_regulators(row),
        review=_review(row),
        statement=_statement(row, id_),
    )


def of_clock(row: Row) -> Place:
    """A clock of another law; a place of its own for the kinds of holder it names."""
    id_ = row.name("id", must=True)
    what = row.text("what", must=True)
    named = {"id": id_, "name": row.text("name") or what}
    return Place(
        id=id_,
        name=named["name"],
        yardstick=row.name("yardstick"),
        holidays=_holiday_set(row),
        only_by_id=not row.has("holders"),
        holders=holders(row, "holders"),
        rules={Right.ACCESS: rule(row, named, Right.ACCESS)},
    )
