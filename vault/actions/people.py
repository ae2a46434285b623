"""People: adding them, listing them, and finding the one who is meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vault import dates, ids
from vault.actions import checking
from vault.actions.session import Session
from vault.errors import UsageError
from vault.model.people import Mrn, Person, Relation
from vault.safetext import safe_line
from vault.store import lookup, people, records
from vault.store.database import Db


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person or provider is reached: address lines as on an envelope, and the rest."""

    address: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""
    email: str = ""

    def safe(self) -> Contact:
        """The same, each part as one safe line and empty lines dropped."""
        lines = tuple(safe_line(line, 100) for line in self.address if line.strip())
        return Contact(
            lines, safe_line(self.phone, 40), safe_line(self.fax, 40), safe_line(self.email, 100)
        )


def add(  # noqa: PLR0913 - each is named where it is given
    s: Session,
    name: str,
    born: dt.date,
    *,
    sex: str = "",
    former_names: Sequence[str] = (),
    mrns: Sequence[tuple[str, str]] = (),
    contact: Contact | None = None,
    relation: Relation = Relation.SELF,
    died_on: dt.date | None = None,
) -> Person:
    """Add a person; `mrns` pairs a provider's id (or its beginning) with a number."""
    name = safe_line(name, 200)
    if not name:
        raise UsageError("a person needs a name", 'chartmend person add "NAME" --born YYYY-MM-DD')
    _check_days(born, died_on)
    reach = (contact or Contact()).safe()
    with s.vault.write("person.added") as db:
        numbers = tuple(
            Mrn(lookup.resolve(db, "provider", given), safe_line(number, 60))
            for given, number in mrns
        )
        person = Person(
            id=ids.new("person"),
            name=name,
            born=born,
            sex=safe_line(sex, 20),
            former_names=tuple(safe_line(n, 200) for n in former_names if n.strip()),
            mrns=numbers,
            address=reach.address,
            phone=reach.phone,
            email=reach.email,
            relation=relation,
            died_on=died_on,
        )
        first = not people.every(db)
        people.add(db, person, dates.now())
        if first:  # what was taken in before anybody was named is theirs, and is checked now
            for record in records.adopt(db, person.id):
                checking.check(db, record)
    return person


def _check_days(born: dt.date, died_on: dt.date | None) -> None:
    """Raise UsageError for days of birth and death that cannot be."""
    if born > dates.today():
        raise UsageError("the date of birth lies ahead", "write it as YYYY-MM-DD")
    if died_on is not None and died_on > dates.today():
        raise UsageError("the date of death lies ahead", "write it as YYYY-MM-DD")
    if died_on is not None and died_on < born:
        raise UsageError("the date of death lies before the date of birth", "check the two")


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different about a person; what is empty stays as it is.

    `mrns` pairs a provider's id (or its beginning) with a number; numbers at other providers stay.
    `alive` takes a date of death away that was set by mistake.
    """

    name: str = ""
    born: dt.date | None = None
    sex: str = ""
    former_names: tuple[str, ...] = ()
    mrns: tuple[tuple[str, str], ...] = ()
    contact: Contact | None = None
    relation: Relation | None = None
    died_on: dt.date | None = None
    alive: bool = False


def _mrns(db: Db, held: tuple[Mrn, ...], given: Sequence[tuple[str, str]]) -> tuple[Mrn, ...]:
    numbers = {lookup.resolve(db, "provider", p): safe_line(number, 60) for p, number in given}
    # Two providers made one may have left a person two numbers there: both stay.
    kept = tuple(m for m in held if m.provider not in numbers)
    return (*kept, *(Mrn(provider, number) for provider, number in numbers.items()))


def edit(s: Session, given: str, change: Change) -> Person:
    """Change what is known of a person; another name or birth date has every record checked anew.

    Raises UnknownId, UsageError for days of birth or death that cannot be.
    """
    reach = (change.contact or Contact()).safe()
    with s.vault.write("person.changed") as db:
        held = people.get(db, lookup.resolve(db, "person", given))
        former = tuple(safe_line(n, 200) for n in change.former_names if n.strip())
        person = replace(
            held,
            name=safe_line(change.name, 200) or held.name,
            born=change.born or held.born,
            sex=safe_line(change.sex, 20) or held.sex,
            former_names=former or held.former_names,
            mrns=_mrns(db, held.mrns, change.mrns),
            address=reach.address or held.address,
            phone=reach.phone or held.phone,
            email=reach.email or held.email,
            relation=change.relation or held.relation,
            died_on=None if change.alive else change.died_on or held.died_on,
        )
        _check_days(person.born, person.died_on)
        people.change(db, person)
        if _who(person) != _who(held):
            for record in records.of_person(db, person.id):
                checking.check(db, record)
    return person


def _who(person: Person) -> tuple[str, dt.date, tuple[str, ...]]:
    """What the checks of identity look at."""
    return person.name, person.born, person.former_names


def readdress(s: Session, given: str, address: Sequence[str]) -> Person:
    """Give a person another postal address, a line each."""
    return edit(s, given, Change(contact=Contact(tuple(address))))


def every(s: Session) -> tuple[Person, ...]:
    """All people in the vault."""
    return people.every(s.vault.read())


def find(s: Session, given: str | None) -> Person | None:
    """The person an id begins, or the only one where none is named; None where there is none.

    Raises UsageError where several people could be meant.
    """
    db = s.vault.read()
    if given:
        return people.get(db, lookup.resolve(db, "person", given))
    everybody = people.every(db)
    if len(everybody) > 1:
        raise UsageError("there are several people in this vault", "name one with --person PER")
    return everybody[0] if everybody else None


def require(s: Session, given: str | None) -> Person:
    """As `find`, but raises UsageError where there is nobody yet."""
    person = find(s, given)
    if person is None:
        raise UsageError(
            "there is nobody in this vault yet",
            'chartmend person add "NAME" --born YYYY-MM-DD',
        )
    return person


def mrn_at(person: Person, provider: str) -> str:
    """A person's medical record number at a provider, or an empty text."""
    return next((m.number for m in person.mrns if m.provider == provider), "")
