"""Offices: the desks of a provider and the vendors who answer for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vault import dates, ids
from vault.actions.people import Contact
from vault.actions.session import Session
from vault.errors import NotFound, Refused, UnknownId, UsageError
from vault.model.offices import Office, OfficeRole
from vault.safetext import safe_line
from vault.store import lookup, offices
from vault.store.database import Db


@dataclass(frozen=True, slots=True)
class Desk:
    """What is known of an office; where one is changed, what is empty stays as it is.

    With `whole` everything is told, and what is empty is emptied.
    """

    role: OfficeRole | None = None
    name: str = ""
    contact: str = ""
    reach: Contact | None = None
    site: str = ""
    note: str = ""
    whole: bool = False


def resolve_own(db: Db, noun: str, given: str) -> str:
    """The id of an office or statement that `given` begins; raises NotFound, AmbiguousId."""
    try:
        return lookup.resolve(db, noun, given)
    except UnknownId as error:
        raise NotFound(error.sentence, "chartmend provider show PROV shows the ids") from None


def _with(office: Office, desk: Desk) -> Office:
    reach = (desk.reach or Contact()).safe()
    if desk.whole:
        office = Office(office.id, office.provider, office.role)
    changed = replace(
        office,
        role=desk.role or office.role,
        name=safe_line(desk.name, 200) or office.name,
        contact=safe_line(desk.contact, 100) or office.contact,
        address=reach.address or office.address,
        phone=reach.phone or office.phone,
        fax=reach.fax or office.fax,
        email=reach.email or office.email,
        site=safe_line(desk.site, 200) or office.site,
        note=safe_line(desk.note, 500) or office.note,
    )
    if changed.role is OfficeRole.VENDOR and not changed.name:
        raise UsageError("a vendor needs a name", "say who it is with --name")
    return changed


def add(s: Session, provider: str, desk: Desk) -> Office:
    """Add an office to a provider; a vendor needs a name."""
    with s.vault.write("office.added") as db:
        owner = lookup.resolve(db, "provider", provider)
        bare = Office(ids.new("office"), owner, desk.role or OfficeRole.RECORDS)
        office = _with(bare, desk)
        offices.add(db, office, dates.now())
    return office


def edit(s: Session, given: str, desk: Desk) -> Office:
    """Change what is known of an office; raises NotFound."""
    with s.vault.write("office.changed") as db:
        office = _with(offices.get(db, resolve_own(db, "office", given)), desk)
        offices.change(db, office)
    return office


def remove(s: Session, given: str) -> Office:
    """Take an office out; raises Refused while a request or correction goes to it."""
    with s.vault.write("office.removed") as db:
        office = offices.get(db, resolve_own(db, "office", given))
        going = offices.going_to(db, office.id)
        if going:
            raise Refused(
                f"{office.id} cannot be removed: {', '.join(going[:3])} goes to it",
                "it can be changed: chartmend provider office edit OFF",
            )
        offices.remove(db, office.id)
    return office


def of(s: Session, provider: str) -> tuple[Office, ...]:
    """The offices of a provider."""
    db = s.vault.read()
    return offices.of(db, lookup.resolve(db, "provider", provider))
