"""Is this record about this person: name, birth date, and pages that are another patient's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vault.model.charts import PageFacts
from vault.model.facts import Fact, FactKind
from vault.model.flags import Check, Finding, Kind, Related, Severity, Subject
from vault.model.people import Person
from vault.review import births, names, subject
from vault.review.names import Likeness

_UNSURE = 70
_CERTAIN = 100  # a text layer
_MISREAD = "It may only be misread: look at the page."


@dataclass(frozen=True, slots=True)
class _Look:
    """One page held against the person: what on it agrees and what differs."""

    page: int
    same_name: tuple[Fact, ...]
    close_name: tuple[Fact, ...]
    other_name: tuple[Fact, ...]
    same_birth: tuple[Fact, ...]
    other_birth: tuple[Fact, ...]
    same_mrn: bool
    other_mrn: tuple[Fact, ...]

    @property
    def ours(self) -> bool:
        """Whether something on the page is the person's."""
        return bool(self.same_name or self.close_name or self.same_birth or self.same_mrn)

    @property
    def theirs(self) -> bool:
        """Whether two of name, birth date and number are another's and none is the person's."""
        differ = (self.other_name, self.other_birth, self.other_mrn)
        return not self.ours and sum(map(bool, differ)) >= 2


def _number(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum()).lstrip("0")


def _look(page: PageFacts, person: Person, usual: frozenset[str]) -> _Look:
    known = names.known_names(person)
    by_name: dict[Likeness, list[Fact]] = {likeness: [] for likeness in Likeness}
    for fact in page.of(FactKind.NAME):
        by_name[names.likeness(fact.value, known, fact.confidence)].append(fact)
    born = page.of(FactKind.BORN)
    mrns = page.of(FactKind.MRN)
    return _Look(
        page=page.page,
        same_name=tuple(by_name[Likeness.SAME]),
        close_name=tuple(by_name[Likeness.CLOSE]),
        other_name=tuple(by_name[Likeness.OTHER]),
        same_birth=tuple(f for f in born if births.agrees(f, person.born)),
        other_birth=tuple(f for f in born if not births.agrees(f, person.born)),
        same_mrn=any(_number(f.value) in usual for f in mrns),
        other_mrn=tuple(f for f in mrns if usual and _number(f.value) not in usual),
    )


def _usual_numbers(held: subject.Subject, person: Person) -> frozenset[str]:
    """The person's record numbers, with those that stand beside their name and birth date."""
    found = {_number(mrn.number) for mrn in person.mrns}
    known = names.known_names(person)
    for page in held.pages:
        named = any(
            names.likeness(f.value, known, f.confidence) is Likeness.SAME
            for f in page.of(FactKind.NAME)
        )
        born = any(births.agrees(f, person.born) for f in page.of(FactKind.BORN))
        if named and born:
            found |= {_number(f.value) for f in page.of(FactKind.MRN)}
    return frozenset(found)


def _finding(record: str, fact: Fact, check: Check, reason: str, key: str) -> Finding:
    return Finding(
        check=check,
        kind=Kind.WRONG_VALUE,
        subject=Subject.IDENTITY,
        severity=Severity.CARE,
        record=record,
        page=fact.page,
        quote=fact.quote,
        reason=reason,
        key=key,
        box=fact.box,
        confidence=fact.confidence,
    )


def _doubtful(finding: Finding) -> Finding:
    """The finding where the reader may be to blame."""
    return replace(
        finding,
        severity=Severity.MINOR,
        reason=f"{finding.reason} {_MISREAD}",
        confidence=finding.confidence // 2,
    )


def _birth(record: str, fact: Fact, person: Person) -> Finding:
    reason = (
        f"The page says the patient was born on {fact.quote}; "
        f"{person.name} was born on {births.written(person.born)}."
    )
    finding = _finding(record, fact, Check.WRONG_DOB, reason, f"born {fact.value}")
    return _doubtful(finding) if births.may_be_misread(fact, person.born) else finding


def _name(record: str, fact: Fact, person: Person) -> Finding:
    reason = (
        f'The page calls the patient "{fact.quote}"; '
        f"that is not a name {person.name} has, or has had, as far as this vault knows."
    )
    finding = _finding(record, fact, Check.WRONG_NAME, reason, f"name {names.key(fact.value)}")
    return _doubtful(finding) if fact.confidence < _UNSURE else finding


def _spelling(record: str, fact: Fact, person: Person) -> Finding:
    reason = f'The page spells the name "{fact.quote}"; the name is {person.name}.'
    key = f"spelling {names.key(fact.value)}"
    return replace(_finding(record, fact, Check.WRONG_NAME, reason, key), severity=Severity.MINOR)


def _stranger(record: str, look: _Look, person: Person) -> Finding:
    said = []
    if look.other_name:
        said.append(f'the name "{look.other_name[0].quote}"')
    if look.other_birth:
        said.append(f"the birth date {look.other_birth[0].quote}")
    if look.other_mrn and len(said) < 2:
        said.append(f"the record number {look.other_mrn[0].quote}")
    reason = (
        f"The page may belong to another patient: it has {' and '.join(said)}. "
        f"{person.name} was born on {births.written(person.born)}."
    )
    facts = (*look.other_name, *look.other_birth, *look.other_mrn)
    who = names.key(look.other_name[0].value) if look.other_name else ""
    born = look.other_birth[0].value if look.other_birth else ""
    finding = replace(
        _finding(record, facts[0], Check.WRONG_PATIENT_PAGE, reason, f"patient {who} {born}"),
        kind=Kind.NOT_MINE,
        severity=Severity.HARM_NOW,
    )
    return finding if max(f.confidence for f in facts) >= _UNSURE else _doubtful(finding)


def _names_to_flag(look: _Look) -> Sequence[Fact]:
    """The differing names a page can be asked about.

    Where the page is the person's by name and birth date, a name without a label that it also
    holds is a relative's or a neighbour's in a list, not the patient's.
    """
    if look.same_name and look.same_birth:
        return [f for f in look.other_name if f.label]
    return look.other_name


def _births_to_flag(look: _Look, person: Person) -> Sequence[Fact]:
    """The differing birth dates a page can be asked about.

    Where the page also has the right one, a date with nothing in common is somebody else's:
    a newborn's, a parent's, a subscriber's.
    """
    if not look.same_birth:
        return look.other_birth
    return [f for f in look.other_birth if births.slip_of(f, person.born)]


def _gathered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """One finding for the same thing on several pages: the first page, the others related."""
    first: dict[tuple[Check, str], Finding] = {}
    for finding in findings:
        group = (finding.check, finding.key)
        held = first.get(group)
        if held is None:
            first[group] = finding
            continue
        place = Related(finding.record, finding.page or 0)
        if finding.page != held.page and place not in held.related:
            first[group] = replace(held, related=(*held.related, place))
    return tuple(f for f in first.values() if not _said_in_full(f, first.values()))


def _said_in_full(finding: Finding, others: Iterable[Finding]) -> bool:
    """Whether a bare family name is one that another finding gives with its given name."""
    return any(
        o.check in (Check.WRONG_NAME, Check.WRONG_PATIENT_PAGE)
        and f" {finding.key.removeprefix('name ')} " in f" {o.key}"
        and o.key != finding.key
        for o in others
        if finding.check is Check.WRONG_NAME
    )


def check(held: subject.Subject) -> tuple[Finding, ...]:
    """Suspicions about whose record this is; none where it is not known whose it should be.

    A page where two of name, birth date and number are another's, and none the person's, gives
    one finding and not three.
    """
    person = held.person
    if person is None:
        return ()
    usual = _usual_numbers(held, person)
    findings: list[Finding] = []
    for page in held.pages:
        look = _look(page, person, usual)
        if look.theirs:
            findings.append(_stranger(held.record, look, person))
            continue
        findings += [_name(held.record, f, person) for f in _names_to_flag(look)]
        findings += [_spelling(held.record, f, person) for f in look.close_name]
        findings += [_birth(held.record, f, person) for f in _births_to_flag(look, person)]
    return _gathered(findings)


def strangers(held: subject.Subject) -> tuple[int, ...]:
    """The pages that are another patient's, by two of name, birth date and number."""
    if held.person is None:
        return ()
    usual = _usual_numbers(held, held.person)
    return tuple(p.page for p in held.pages if _look(p, held.person, usual).theirs)
