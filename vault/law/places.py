"""The places of jurisdictions.toml and the rules they state."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

from vault.law.terms import Confidence, Count, Right, Roll, Rule


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the data: a place, whom its rules are for, and the rules by right."""

    id: str
    name: str
    overlay: str = ""
    yardstick: str = ""
    hipaa: bool = False
    holidays: str = ""
    only_by_id: bool = False
    holders: frozenset[str] = frozenset()
    not_holders: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    rules: Mapping[Right, Rule] = field(default_factory=dict)
    notes: Mapping[Right, str] = field(default_factory=dict)


def _rule(row: dict[str, object], right: Right, given: object) -> Rule:
    if not isinstance(given, dict):
        raise TypeError("a right of a place is a table")
    fields = dict(given)
    fields["confidence"] = Confidence(fields["confidence"])
    fields["count"] = Count(fields.get("count", Count.CALENDAR_AFTER))
    fields["roll"] = Roll(fields.get("roll", Roll.NONE))
    return Rule(id=str(row["id"]), name=str(row["name"]), right=right, **fields)


def _place(row: dict[str, object]) -> Place:
    def words(key: str) -> frozenset[str]:
        held = row.get(key, [])
        return frozenset(map(str, held)) if isinstance(held, list) else frozenset()

    notes = row.get("notes", {})
    return Place(
        id=str(row["id"]),
        name=str(row["name"]),
        overlay=str(row.get("overlay", "")),
        yardstick=str(row.get("yardstick", "")),
        hipaa=row.get("hipaa") is True,
        holidays=str(row.get("holidays", "")),
        only_by_id=row.get("only_by_id") is True,
        holders=words("holders"),
        not_holders=words("not_holders"),
        members=words("members"),
        rules={right: _rule(row, right, row[right]) for right in Right if right in row},
        notes={Right(k): str(v) for k, v in notes.items()} if isinstance(notes, dict) else {},
    )


def _laid_over(place: Place, base: Place) -> Place:
    """The place with what only its overlay says: holidays, HIPAA, and who is left out."""
    return replace(
        place,
        hipaa=place.hipaa or base.hipaa,
        holidays=place.holidays or base.holidays,
        not_holders=place.not_holders or base.not_holders,
    )


@cache
def load() -> Mapping[str, Place]:
    """The places of the data by id, overlays resolved, each rule with its place's holidays."""
    text = resources.files("vault.law").joinpath("jurisdictions.toml").read_text("utf-8")
    places = {str(row["id"]): _place(row) for row in tomllib.loads(text)["place"]}
    for id_, place in places.items():  # an overlay stands before the places that name it
        laid = _laid_over(place, places[place.overlay]) if place.overlay else place
        finished = {
            right: replace(rule, holidays=laid.holidays, hipaa=laid.hipaa)
            for right, rule in laid.rules.items()
        }
        places[id_] = replace(laid, rules=finished)
    return places
