"""Who may act for whom: noting it, ending it, and saying whether it holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from vault import dates, ids
from vault.actions import people as people_actions
from vault.actions.people import Contact
from vault.actions.session import Session
from vault.errors import UsageError
from vault.model.authority import Authority, Standing, standing
from vault.model.authority_law import Basis, Limit, after_death
from vault.model.people import ADULT, Person, Relation, birthday
from vault.safetext import safe_line
from vault.store import authorities, documents, lookup, people, providers
from vault.store.database import Db

_SHORT, _LONG = 200, 500


class Asked(Protocol):
    """An access request or a correction: what is asked of a provider for a person."""

    @property
    def id(self) -> str:
        """Its own id, which the copies made for it name."""

    @property
    def person(self) -> str:
        """Whose records it is about (an id)."""

    @property
    def provider(self) -> str:
        """Who is asked (an id)."""

    @property
    def authority(self) -> str:
        """On what authority (an id), or "" where the person asks."""


class Part(StrEnum):
    """What of an authority can be emptied again."""

    RELATIONSHIP = "relationship"
    SCOPE = "scope"
    FROM = "from"
    TO = "to"
    LIMITS = "limits"
    PROOF = "proof"


def _cleared(held: Authority, parts: tuple[Part, ...]) -> Authority:
    """The authority without those parts."""
    return replace(
        held,
        relationship="" if Part.RELATIONSHIP in parts else held.relationship,
        scope="" if Part.SCOPE in parts else held.scope,
        from_date=None if Part.FROM in parts else held.from_date,
        to_date=None if Part.TO in parts else held.to_date,
        limits=() if Part.LIMITS in parts else held.limits,
        proof="" if Part.PROOF in parts else held.proof,
    )


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said of an authority; in `edit` what is None (or empty) stays as it is.

    `proof` is a document's id or its beginning. What `clear` names is emptied first.
    """

    name: str = ""
    basis: Basis | None = None
    relationship: str = ""
    scope: str = ""
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    limits: tuple[Limit, ...] = ()
    proof: str = ""
    contact: Contact | None = None
    clear: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorityView:
    """An authority, the person it is over, and how it stands."""

    authority: Authority
    person: Person
    standing: Standing


def _country(db: Db) -> str:
    """The country whose law to tell, where all providers are of one; else empty."""
    found = {p.jurisdiction.split("-")[0] for p in providers.every(db)}
    return found.pop() if len(found) == 1 else ""


def _view(db: Db, held: Authority, today: dt.date) -> AuthorityView:
    person, kit = people.get(db, held.person), documents.every(db)
    return AuthorityView(held, person, standing(held, person, kit, today, _country(db)))


def _with(db: Db, held: Authority, terms: Terms) -> Authority:
    """The authority with what is said of it; raises UsageError for days that cannot be."""
    reach = (terms.contact or Contact()).safe()
    held = _cleared(held, terms.clear)
    changed = replace(
        held,
        name=safe_line(terms.name, _SHORT) or held.name,
        basis=terms.basis or held.basis,
        relationship=safe_line(terms.relationship, _SHORT) or held.relationship,
        scope=safe_line(terms.scope, _LONG) or held.scope,
        from_date=terms.from_date or held.from_date,
        to_date=terms.to_date or held.to_date,
        limits=tuple(dict.fromkeys(terms.limits)) or held.limits,
        proof=lookup.resolve(db, "document", terms.proof) if terms.proof else held.proof,
        address=reach.address or held.address,
        phone=reach.phone or held.phone,
        email=reach.email or held.email,
    )
    if changed.from_date and changed.to_date and changed.to_date < changed.from_date:
        raise UsageError("the last day lies before the first", "check --from and --to")
    return changed


def add(s: Session, person: str | None, terms: Terms) -> AuthorityView:
    """Note who may act for a person; a name and a basis are needed."""
    patient = people_actions.require(s, person)
    if not safe_line(terms.name, _SHORT):
        raise UsageError("the name of who acts is missing", "give it with --name")
    if terms.basis is None:
        raise UsageError("the basis is missing", f"one of: {' '.join(Basis)}")
    with s.vault.write("authority.added") as db:
        bare = Authority(ids.new("authority"), patient.id, "", terms.basis)
        held = _with(db, bare, terms)
        authorities.add(db, held, dates.now())
        return _view(db, held, dates.today())


def edit(s: Session, given: str, terms: Terms) -> AuthorityView:
    """Change what is known of an authority."""
    with s.vault.write("authority.changed") as db:
        held = _with(db, authorities.get(db, lookup.resolve(db, "authority", given)), terms)
        authorities.change(db, held)
        return _view(db, held, dates.today())


def end(s: Session, given: str, on: dt.date) -> AuthorityView:
    """Note that an authority ended on a day; it is kept, for what was asked on it."""
    with s.vault.write("authority.ended") as db:
        held = authorities.get(db, lookup.resolve(db, "authority", given))
        if held.from_date and on < held.from_date:
            raise UsageError(
                f"it began only on {held.from_date.isoformat()}", "check the day it ended"
            )
        held = replace(held, ended_on=on)
        authorities.change(db, held)
        return _view(db, held, dates.today())


def every(s: Session, today: dt.date, person: str | None = None) -> tuple[AuthorityView, ...]:
    """All authorities, or those over one person (an id), as they stand on `today`."""
    db = s.vault.read()
    over = lookup.resolve(db, "person", person) if person else None
    held = (a for a in authorities.every(db) if over in (None, a.person))
    return tuple(_view(db, authority, today) for authority in held)


def get(s: Session, given: str, today: dt.date) -> AuthorityView:
    """One authority, as it stands on `today`."""
    db = s.vault.read()
    return _view(db, authorities.get(db, lookup.resolve(db, "authority", given)), today)


def of_request(db: Db, request: Asked, today: dt.date) -> AuthorityView | None:
    """On what authority a request or a correction is made, by the law of its provider's place; None for one's own.

    Its standing has the lines for a letter: the capacity, and the proof where a copy of it was
    made for this request.
    """
    if not request.authority:
        return None
    held = authorities.get(db, request.authority)
    person = people.get(db, request.person)
    place = providers.get(db, request.provider).jurisdiction
    found = standing(held, person, documents.every(db), today, place)
    if held.proof not in {use.document for use in documents.uses(db, request=request.id)}:
        found = replace(found, proof="")
    return AuthorityView(held, person, found)


def lacking(db: Db, request: Asked, today: dt.date) -> tuple[str, ...]:
    """Sentences on what a request still lacks of who may ask; none of them stops it."""
    view = of_request(db, request, today)
    if view is None:
        person = people.get(db, request.person)
        if today < birthday(person.born, ADULT):
            return (f"{person.name} is not of age: the request does not say who asks for them.",)
        return ()
    found = list(view.standing.lacking)
    if view.authority.proof and not view.standing.proof:
        title = documents.get(db, view.authority.proof).title
        found.append(f"No copy of the proof ({title}) was made for this request yet.")
    return tuple(found)


def _bereft(db: Db, request: Asked, person: Person, today: dt.date) -> str:
    """Why nobody asks for somebody who died; empty where they live and ask themselves."""
    died = person.died_on
    if died is not None and died <= today:
        place = providers.get(db, request.provider).jurisdiction
        cite = after_death(person, place, today)[0].cite
        when = f"died on {died.isoformat()}"
    elif died is None and person.relation is Relation.DECEASED:
        cite, when = "", "has died"
    else:
        return ""
    said = f"{person.name} {when}, and the request does not say on what authority you ask"
    return f"{said} ({cite})" if cite else said


def blocking(db: Db, request: Asked, today: dt.date) -> str:
    """Why a request cannot be sent on a day by whoever asks, as a clause; empty where it can."""
    person = people.get(db, request.person)
    view = of_request(db, request, today)
    if view is None:
        return _bereft(db, request, person, today)
    if view.authority.person != person.id:
        return f"the authority of {view.authority.name} is not over {person.name}"
    if view.standing.valid:
        return ""
    cite = f" ({view.standing.rule.cite})" if view.standing.rule else ""
    held = view.authority
    return f"{held.name} may not ask as {held.basis.words}: {view.standing.blocked}{cite}"
