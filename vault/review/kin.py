"""What records say of the patient's relatives, where it cannot all be true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vault.model.facts import FactKind
from vault.model.flags import Check, Finding, Kind, Severity, Subject
from vault.review.statements import Said, Sayings, Sort, Stating, apart, documents, later, on

_SORT = Sort(
    Check.SOCIAL_FAMILY_CONTRADICTION, Kind.CONTRADICTION, Subject.FAMILY_HISTORY, Severity.CARE
)
_ONLY_ONE = ("mother", "father")
_SAME_TIME = 183


def _denied(denial: Said, told: Said) -> bool:
    """Whether a relative has what another note says nobody in the family has."""
    if denial.get("who") != "none" or told.get("who") == "none":
        return False
    found_since = later(told, denial) and apart(told, denial) > _SAME_TIME
    return bool(set(denial.names("what")) & set(told.names("what"))) and not found_since


def _death(one: Said, other: Said) -> bool:
    """Whether the same parent dies twice, or lives on: at two ages, or alive in a later note."""
    states = one.get("state"), other.get("state")
    if states[0] == "dead" and states[1].startswith("alive"):
        return later(other, one)
    if states != ("dead", "dead"):
        return False
    ages = one.get("age"), other.get("age")
    if not all(ages):
        return False
    if abs(int(ages[0]) - int(ages[1])) > 1:
        return True
    cancers = _cancers(one), _cancers(other)
    return all(cancers) and not cancers[0] & cancers[1]


def _cancers(said: Said) -> frozenset[str]:
    """The kinds of cancer a statement names; `cancer` alone where it names none."""
    names = frozenset(n for n in said.names("what") if n.endswith("cancer") or n in _OTHERS)
    return names - {"cancer"} if len(names) > 1 else names


_OTHERS = frozenset(("melanoma", "lymphoma", "leukemia"))


def _well(one: Said, other: Said) -> bool:
    """Whether a parent is well in one note and has cancer in another of the time, or an older."""
    if one.get("state") != "alive well" or one.names("what") or not _cancers(other):
        return False
    return not later(other, one) or apart(one, other) <= _SAME_TIME


def _differ(one: Said, other: Said) -> bool:
    if _denied(one, other):
        return True
    same = one.get("who") == other.get("who") and one.get("who") in _ONLY_ONE
    return same and (_death(one, other) or _well(one, other))


def _either(one: Said, other: Said) -> bool:
    return _differ(one, other) or _differ(other, one)


def _may_differ(one: Stating, other: Stating) -> bool:
    """Whether two statements could contradict one another, whatever their days."""
    who = one.get("who"), other.get("who")
    if "none" in who:
        return who[0] != who[1] and bool(set(one.names("what")) & set(other.names("what")))
    told = [(s.get("state"), s.get("age"), s.names("what")) for s in (one, other)]
    return who[0] == who[1] and who[0] in _ONLY_ONE and told[0] != told[1]


def _bears(one: Stating, other: Stating) -> bool:
    """Whether two statements are of one relative, or one is of them all."""
    who = {one.get("who"), other.get("who")}
    return len(who) == 1 or "none" in who


def contradictions(sayings: Sayings) -> Iterator[Finding]:
    """Relatives told of in ways that cannot both be true: cancer denied and named, two deaths."""
    mine = sayings.own(FactKind.FAMILY)
    values = sayings.values(FactKind.FAMILY).values() if mine else ()
    if not any(_may_differ(said, other) for said in mine for other in values):
        return
    told = sayings.all(FactKind.FAMILY, lambda m: any(_bears(m, said) for said in mine))
    pairs = ((a, b) for a in mine for b in told if a is not b and _either(a, b))
    found = next(pairs, None)
    if found is None:
        return
    main = _rarest(found, told)
    others = [s for s in told if s is not main and _either(main, s)]
    reason = (
        f'The record{on(main)} says "{main.fact.quote}"; '
        f'the record{on(others[0])} says "{others[0].fact.quote}".'
    )
    sides = sorted({_meaning(main), _meaning(others[0])})
    yield _SORT.finding(main, reason, f"{sayings.who} family {' or '.join(sides)}", others)


def _meaning(said: Said) -> str:
    names = ",".join(said.names("what"))
    return " ".join(p for p in (said.get("who"), names, said.get("state"), said.get("age")) if p)


def _rarest(sides: Sequence[Said], told: Sequence[Said]) -> Said:
    """The statement that the fewest notes make."""
    return min(sides, key=lambda s: documents(t for t in told if _meaning(t) == _meaning(s)))
