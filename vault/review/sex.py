"""Whether a record gives its patient the other sex: in a banner, in prose, by an organ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vault.model.facts import Fact, FactKind
from vault.model.flags import Check, Finding, Kind, Severity, Subject
from vault.model.people import Person
from vault.review import identity, names, subject

_SURE = 55
_TITLES = {"mr": "male", "mrs": "female", "ms": "female", "miss": "female"}
_NAMED = {"m": "male", "f": "female"}


def _told(page_facts: tuple[Fact, ...], ours: str) -> Iterator[Fact]:
    """The facts of a page that give the other sex; an organ only where a page names no sex else."""
    for fact in page_facts:
        if fact.value != ours and fact.confidence >= _SURE:
            yield fact


def _reason(fact: Fact, name: str, ours: str) -> str:
    if fact.label == "body":
        return f'The page tells of "{fact.quote}"; {name} is {ours}.'
    return f'The page says "{fact.quote}" of the patient; {name} is {ours}.'


def check(held: subject.Subject) -> tuple[Finding, ...]:
    """Suspicions that a record has the patient's sex wrong; none where it is not known.

    The same wrong sex on several pages is one suspicion; pages of another patient are left out.
    """
    ours = _NAMED.get(held.person.sex[:1].casefold()) if held.person else None
    if held.person is None or ours is None:
        return ()
    aside = identity.strangers(held)
    first: dict[str, Finding] = {}
    for page in held.pages:
        if page.page in aside:
            continue
        for fact in _told(page.of(FactKind.SEX), ours):
            way = fact.label if fact.label in ("said", "body") else "banner"
            before = first.get(way)
            if before is None:
                first[way] = _finding(held.record, fact, held.person.name, ours, way)
        if "said" not in first and (called := _called(page.of(FactKind.NAME), held.person, ours)):
            first["said"] = _finding(held.record, called, held.person.name, ours, "said")
    return tuple(first.values())


def _called(stated: tuple[Fact, ...], person: Person, ours: str) -> Fact | None:
    """A name of the person behind the title of the other sex; none where a page has both titles.

    Then the other is a relative of the same name.
    """
    known = names.known_names(person)
    held = [
        (_TITLES[title], fact)
        for fact in stated
        if (title := fact.label.casefold().rstrip(".")) in _TITLES
        and names.likeness(fact.value, known, fact.confidence) is names.Likeness.SAME
    ]
    other = [fact for sex, fact in held if sex != ours]
    if len(other) < len(held) or not other:
        return None
    fact = other[0]
    return replace(fact, value=_TITLES[fact.label.casefold().rstrip(".")], quote=_titled(fact))


def _titled(fact: Fact) -> str:
    return f"{fact.label} {fact.quote}"


def _finding(record: str, fact: Fact, name: str, ours: str, way: str) -> Finding:
    return Finding(
        check=Check.WRONG_SEX,
        kind=Kind.WRONG_VALUE,
        subject=Subject.PHYSICAL_EXAM if way == "body" else Subject.IDENTITY,
        severity=Severity.CARE,
        record=record,
        page=fact.page,
        quote=fact.quote,
        reason=_reason(fact, name, ours),
        key=f"sex {fact.value} {way} {fact.quote.casefold() if way == 'body' else ''}".strip(),
        box=fact.box,
        confidence=fact.confidence,
    )
