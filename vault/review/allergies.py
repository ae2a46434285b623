"""Allergies denied in one record and stated in others, and medicines given despite them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vault.model.facts import FactKind
from vault.model.flags import Check, Finding, Kind, Severity, Subject
from vault.review.statements import Said, Sayings, Sort, Stating, apart, later, odd, on

_SORT = Sort(Check.ALLERGY_CONTRADICTION, Kind.CONTRADICTION, Subject.ALLERGY, Severity.HARM_NOW)
_GIVEN = Sort(
    Check.ALLERGY_DRUG_CONFLICT, Kind.CONTRADICTION, Subject.MEDICATION, Severity.HARM_NOW
)
_NEW_WITHIN = 183
"""Days: an allergy first named so soon after it was denied was hardly acquired between."""


def _clash(one: Stating, other: Stating) -> bool:
    """Whether what an allergy reaches and what another fact is made of meet."""
    return bool(set(one.names("of")) & set(other.names("of"))) or (
        one.get("to") != "" and one.get("to") == other.get("to")
    )


def _lifted(until: Said, settled: Sequence[Said]) -> bool:
    """Whether an allergy was held to be resolved by the day of a statement."""
    return any(not later(s, until) or s.record == until.record for s in settled)


def _with_own(
    sayings: Sayings, left: Sequence[Said], right: Sequence[Said]
) -> Iterator[tuple[Said, Said]]:
    """The pairs of two sides in which the record under review has a part."""
    ours = [s for s in right if sayings.is_own(s)]
    for one in left:
        yield from ((one, other) for other in (right if sayings.is_own(one) else ours))


def _denies(denial: Stating, claim: Stating) -> bool:
    """Whether a denial is of this allergy: `no known drug allergies` says nothing of peanuts."""
    if denial.get("status") == "denied":
        return denial.get("to") == claim.get("to")
    return denial.get("kind") == "all" or claim.get("kind") == "drug"


def _opposed(denial: Said, claim: Said) -> bool:
    return _denies(denial, claim) and (
        not later(claim, denial) or apart(claim, denial) <= _NEW_WITHIN
    )


def contradictions(sayings: Sayings) -> Iterator[Finding]:
    """Allergies stated in some records and denied in others of the time.

    An allergy found later than the denial is new, one that was taken off the list is settled, an
    intolerance is no allergy.
    """
    live = _denied_names(sayings)
    if not live:
        return
    told = sayings.all(
        FactKind.ALLERGY, lambda m: m.get("status") != "allergy" or m.get("to") in live
    )
    denials = [s for s in told if s.get("status") in ("none", "denied")]
    settled = [s for s in told if s.get("status") == "resolved"]
    claims = [s for s in told if s.get("status") == "allergy"]
    for name in dict.fromkeys(s.get("to") for s in claims):
        same = [s for s in claims if s.get("to") == name]
        lifted = [s for s in settled if _clash(s, same[0])]
        pairs = [
            (denial, claim)
            for denial, claim in _with_own(sayings, denials, same)
            if _opposed(denial, claim)
            and not _lifted(denial, lifted)
            and not _lifted(claim, lifted)
        ]
        if pairs:
            denying = [d for d in denials if _opposed(d, pairs[0][1]) and not _lifted(d, lifted)]
            claiming = [c for c in same if _opposed(pairs[0][0], c) and not _lifted(c, lifted)]
            yield _finding(sayings, denying, claiming)


def _denied_names(sayings: Sayings) -> frozenset[str]:
    """The allergies stated somewhere and denied somewhere, one of the two in this record."""
    own = {s.fact.value for s in sayings.own(FactKind.ALLERGY)}
    told = sayings.values(FactKind.ALLERGY) if own else {}
    denials = [v for v, m in told.items() if m.get("status") in ("none", "denied")]
    claims = [v for v, m in told.items() if m.get("status") == "allergy"]
    ours = {told[claim].get("to") for claim in claims if claim in own}
    return frozenset(
        name
        for denial in denials
        for claim in claims
        if ((name := told[claim].get("to")) in ours or denial in own)
        and _denies(told[denial], told[claim])
    )


def _finding(sayings: Sayings, denials: Sequence[Said], claims: Sequence[Said]) -> Finding:
    few, many = odd(denials, claims)
    main, other = few[0], many[0]
    denial, claim = (main, other) if few is denials else (other, main)
    reason = (
        f'The record{on(denial)} says "{denial.fact.quote}"; '
        f'the record{on(claim)} lists an allergy: "{claim.fact.quote}".'
    )
    key = f"{sayings.who} none and {claim.get('to')}"
    return _SORT.finding(main, reason, key, (*few[1:], *many))


def _prescribed(said: Stating) -> bool:
    """Whether a medicine is given: begun, or taken with a dose or by a list."""
    status = said.get("status")
    if status == "started":
        return True
    return status in ("taking", "changed") and bool(said.get("dose") or said.get("place"))


def conflicts(sayings: Sayings) -> Iterator[Finding]:
    """Medicines given to somebody with a recorded allergy to them or to their class."""
    names = _given_names(sayings)
    if not names:
        return
    told = sayings.all(FactKind.ALLERGY, lambda m: m.get("status") != "none")
    claims = [s for s in told if _to_drug(s)]
    own = bool(sayings.own(FactKind.ALLERGY))
    drugs = (
        sayings.all(FactKind.MEDICATION, lambda m: m.get("drug") in names)
        if own
        else sayings.own(FactKind.MEDICATION)
    )
    settled = [s for s in told if s.get("status") in ("resolved", "denied")]
    given = [s for s in drugs if _prescribed(s) and s.get("drug") in names]
    for name in dict.fromkeys(s.get("drug") for s in given):
        same = [s for s in given if s.get("drug") == name]
        against = [c for c in claims if _clash(c, same[0])]
        if against:
            yield from _conflict(sayings, same, against, settled)


def _to_drug(said: Stating) -> bool:
    return said.get("status") == "allergy" and said.get("kind") == "drug"


def _given_names(sayings: Sayings) -> frozenset[str]:
    """The medicines given despite an allergy, where one of the two stands in this record."""
    allergic = {s.fact.value for s in sayings.own(FactKind.ALLERGY)}
    taken = {s.fact.value for s in sayings.own(FactKind.MEDICATION)}
    if not allergic and not taken:
        return frozenset()
    claims = {v: m for v, m in sayings.values(FactKind.ALLERGY).items() if _to_drug(m)}
    drugs = sayings.values(FactKind.MEDICATION) if claims else {}
    return frozenset(
        drug.get("drug")
        for taking, drug in drugs.items()
        if _prescribed(drug)
        for claim, said in claims.items()
        if (taking in taken or claim in allergic) and _clash(said, drug)
    )


def _conflict(
    sayings: Sayings, given: Sequence[Said], claims: Sequence[Said], settled: Sequence[Said]
) -> Iterator[Finding]:
    """The finding of one medicine, where an allergy to it was on record when it was given."""
    lifted = [s for s in settled if any(_clash(s, claim) for claim in claims[:1])]
    pairs = [
        (drug, claim)
        for drug, claim in _with_own(sayings, given, claims)
        if not later(claim, drug) and not _lifted(drug, lifted)
    ]
    if not pairs:
        return
    drug, claim = pairs[0]
    pairs += [(drug, c) for c in claims if not later(c, drug)]
    reason = (
        f'"{drug.fact.quote}" is in the record{on(drug)}, '
        f'although an allergy is recorded: "{claim.fact.quote}".'
    )
    key = f"{sayings.who} {drug.get('drug')} despite {claim.get('to')}"
    yield _GIVEN.finding(drug, reason, key, (s for pair in pairs for s in reversed(pair)))
