"""Providers: adding them, listing them, and finding the one who is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vault import dates, ids
from vault.actions import rulebook
from vault.actions.people import Contact
from vault.actions.session import Session
from vault.errors import UsageError
from vault.law import rules
from vault.model.providers import Provider, ProviderKind
from vault.safetext import safe_line
from vault.store import lookup, providers


def add(
    s: Session,
    name: str,
    *,
    kind: ProviderKind = ProviderKind.OTHER,
    jurisdiction: str = "us",
    department: str = "",
    contact: Contact | None = None,
) -> Provider:
    """Add a provider; raises UsageError for a place no rule is known for."""
    name = safe_line(name, 200)
    if not name:
        raise UsageError("a provider needs a name", 'chartmend provider add "NAME"')
    place = jurisdiction.strip().lower()
    book = rulebook.book(s.vault.read())
    rules.choose(place, kind, rules.Right.ACCESS, book)  # an unknown place is refused here
    reach = (contact or Contact()).safe()
    provider = Provider(
        id=ids.new("provider"),
        name=name,
        kind=kind,
        jurisdiction=place,
        department=safe_line(department, 100),
        address=reach.address,
        phone=reach.phone,
        fax=reach.fax,
        email=reach.email,
    )
    with s.vault.write("provider.added", provider.id) as db:
        providers.add(db, provider, dates.now())
    return provider


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different about a provider; what is empty stays as it is."""

    name: str = ""
    kind: ProviderKind | None = None
    jurisdiction: str = ""
    department: str = ""
    contact: Contact | None = None


def edit(s: Session, given: str, change: Change) -> Provider:
    """Change what is known of a provider; raises UnknownId, UsageError for an unknown place."""
    reach = (change.contact or Contact()).safe()
    with s.vault.write("provider.changed") as db:
        held = providers.get(db, lookup.resolve(db, "provider", given))
        provider = replace(
            held,
            name=safe_line(change.name, 200) or held.name,
            kind=change.kind or held.kind,
            jurisdiction=change.jurisdiction.strip().lower() or held.jurisdiction,
            department=safe_line(change.department, 100) or held.department,
            address=reach.address or held.address,
            phone=reach.phone or held.phone,
            fax=reach.fax or held.fax,
            email=reach.email or held.email,
        )
        book = rulebook.book(db)
        rules.choose(provider.jurisdiction, provider.kind, rules.Right.ACCESS, book)
        providers.change(db, provider)
    return provider


def readdress(s: Session, given: str, address: Sequence[str]) -> Provider:
    """Give a provider another postal address, a line each."""
    return edit(s, given, Change(contact=Contact(tuple(address))))


def every(s: Session) -> tuple[Provider, ...]:
    """All providers, by name."""
    return providers.every(s.vault.read())


def find(s: Session, given: str) -> Provider:
    """The provider an id begins."""
    db = s.vault.read()
    return providers.get(db, lookup.resolve(db, "provider", given))
