"""Which rule gives a holder of records how long, chosen by place, kind of holder and right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vault.errors import UsageError
from vault.law.places import Place, load
from vault.law.terms import Confidence, Right, Roll, Rule
from vault.model.providers import ProviderKind

__all__ = ["STATES", "Right", "Rule", "choose", "known"]

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
    ProviderKind.HOSPITAL: "hospital",
    ProviderKind.SCHOOL: "school",
    ProviderKind.EMPLOYER: "employer",
}
_NOT_RECORDED = "no shorter state rule recorded"
_COMPARED = "no time limit is recorded for this holder; this one is shown for comparison"


def known() -> str:
    """The places a person may name, in one line."""
    plain = sorted(p.id for p in load().values() if not p.id.startswith("us-"))
    return f"us, us-al to us-wy, {', '.join(plain)}, or a country of the EU such as de"


def _unknown(place: str) -> UsageError:
    shown = "".join(c for c in place if c.isprintable())[:40]
    return UsageError(f"no rule is known for the place {shown!r}", f"known: {known()}")


def _applies(place: Place, kind: ProviderKind) -> bool:
    group = _GROUPS.get(kind, "")
    return group not in place.not_holders and (not place.holders or group in place.holders)


def _chain(place: Place) -> tuple[Place, ...]:
    """A place and those it is laid over, the nearest first."""
    found = [place]
    while found[-1].overlay:
        found.append(load()[found[-1].overlay])
    return tuple(found)


def _state(state: str, kind: ProviderKind) -> tuple[Place, ...]:
    """The rows that hold for a kind of holder in one of the United States."""
    ours = (f"us-{state}", f"us-{state}-")
    rows = [
        p
        for p in load().values()
        if not p.only_by_id and (p.id == ours[0] or p.id.startswith(ours[1]))
    ]
    return tuple(p for p in (*rows, *_nationwide(kind)) if _applies(p, kind))


def _nationwide(kind: ProviderKind) -> tuple[Place, ...]:
    rows = (load()[id_] for id_ in ("us-hipaa", "us-ferpa", "us-osha"))
    return tuple(p for p in rows if _applies(p, kind))


def _places(name: str, kind: ProviderKind) -> tuple[Place, ...]:
    """The rows a place name or a rule's own id stands for; raises UsageError for neither."""
    if name == "us":
        return _nationwide(kind)
    if name.startswith("us-") and name[3:] in STATES:
        return _state(name[3:], kind)
    name = _ALIASES.get(name, name)
    if name in load():
        place = load()[name]
        return (place,) if place.holders or place.only_by_id else _chain(place)
    for place in load().values():
        if name in place.members:
            return (replace(place, holidays=name),)
    raise _unknown(name)


def _found(places: tuple[Place, ...], right: Right) -> list[Rule]:
    """The rules of the rows for a right, a row without one by its overlay; one for each id."""
    rules: dict[str, Rule] = {}
    for place in places:
        for link in _chain(place):
            rule = link.rules.get(right)
            if right is Right.INSPECT and rule is None and not link.overlay:
                base = link.rules.get(Right.ACCESS)  # looking is part of the right of access
                rule = replace(base, right=right) if base else None
            if rule is not None:
                rules.setdefault(rule.id, replace(rule, holidays=place.holidays or rule.holidays))
                break
    return list(rules.values())


def _noted(rules: list[Rule], places: tuple[Place, ...], right: Right, name: str) -> list[Rule]:
    """The rules, with what to say where a state has none of its own."""
    if not (
        name.startswith("us-") and name[3:] in STATES and [r.id for r in rules] == ["us-hipaa"]
    ):
        return rules
    said = next((p.notes[right] for p in places if right in p.notes), _NOT_RECORDED)
    return [replace(rules[0], note=said)]


def _compared(places: Iterable[Place], right: Right) -> list[Rule]:
    """Where no number is set: another rule to compare with, and said to be that."""
    rows = [load()[p.yardstick] for p in places if p.yardstick]
    return [
        replace(rule, confidence=Confidence.LOW, hipaa=False, compared=True, note=_COMPARED)
        for row in rows
        if (rule := row.rules.get(right if right in row.rules else Right.ACCESS))
    ]


def choose(place: str, kind: ProviderKind, right: Right) -> tuple[Rule, ...]:
    """The rules that give a kind of holder at a place its time for a right, the shortest first.

    `place` is a place (`us-tx`, `uk`), whose every rule for that kind of holder is given, or one
    rule's own id. Never empty; raises UsageError, naming the places known, for anything else.
    """
    name = place.strip().lower().replace("_", "-")
    places = _places(name, kind)
    rules = _noted(_found(places, right), places, right, name) or _compared(places, right)
    return tuple(sorted(rules, key=lambda r: (r.length, r.soft, r.roll is not Roll.NONE)))
