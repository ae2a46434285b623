"""What places, fees and days off look like as JSON (docs/commands.md)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from vault.actions import places
from vault.actions.holidays import DayOff, Kept
from vault.actions.places import (
    Added,
    FeeRule,
    PlaceFileRow,
    PlaceRow,
    Regulator,
    Retention,
    Rule,
    Stated,
)

Json = dict[str, object]


def added(done: Added) -> Json:
    """What a file of places added."""
    return {"name": done.name, "places": list(done.new), "replaced": list(done.replaced)}


def listed(rows: Sequence[PlaceRow], files: Sequence[PlaceFileRow]) -> Json:
    """All places, and the files a person added."""
    return {
        "places": [
            {"id": r.id, "name": r.name, "file": r.file or None, "members": list(r.members)}
            for r in rows
        ],
        "files": [
            {"name": f.name, "places": list(f.places), "problem": f.problem or None} for f in files
        ],
    }


def _rule(held: Rule) -> Json:
    return {
        "id": held.id,
        "right": held.right.value,
        "days": held.days or None,
        "months": held.months or None,
        "count": held.count.value,
        "roll": held.roll.value,
        "starts": held.starts,
        "holiday_set": held.holidays,
        "compared": held.compared,
        "soft": held.soft,
        "cite": held.cite,
        "verified": str(held.verified),
        "confidence": held.confidence.value,
        "text": places.rule_line(held),
    }


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _fee(held: FeeRule) -> Json:
    return {
        "place": held.place,
        "audience": held.audience.value,
        "medium": held.medium.value,
        "kind": held.kind.value,
        "amount": _money(held.amount),
        "base": _money(held.base or None),
        "base_pages": held.base_pages or None,
        "tiers": [{"from": t.first, "to": t.last, "amount": _money(t.amount)} for t in held.tiers],
        "cap": _money(held.cap),
        "currency": held.currency or None,
        "condition": held.condition or None,
        "cite": held.source.cite,
        "verified": held.source.verified.value,
        "confidence": held.source.confidence.value,
        "text": places.fee_line(held),
    }


def _regulator(held: Regulator) -> Json:
    return {
        "name": held.name,
        "days": held.days or None,
        "months": held.months or None,
        "first_step": held.first_step or None,
        "about": held.about or None,
        "cite": held.source.cite,
        "confidence": held.source.confidence.value,
        "text": places.regulator_line(held),
    }


def _retention(held: Retention) -> Json:
    return {
        "years": held.years or None,
        "minor_age": held.minor_age or None,
        "cite": held.source.cite,
        "confidence": held.source.confidence.value,
        "text": places.retention_line(held),
    }


def stated(held: Stated) -> Json:
    """All that counts at a place."""
    return {
        "place": held.place,
        "name": held.name,
        "kind": held.kind.value,
        "file": held.file or None,
        "rules": [_rule(rule) for rule in held.rules],
        "fees": [_fee(fee) for fee in held.fees],
        "regulators": [_regulator(regulator) for regulator in held.regulators],
        "retention": [_retention(row) for row in held.retention],
        "also": list(held.also),
    }


def day(held: DayOff) -> Json:
    """A day off, or one taken out."""
    return {
        "on": held.on.isoformat(),
        "name": held.name or None,
        "source": held.source,
        "place": held.place or None,
    }


def days(held: Kept) -> Json:
    """The days off of a place."""
    return {
        "place": held.place,
        "holiday_set": held.holidays,
        "days": [day(d) for d in held.days],
    }
