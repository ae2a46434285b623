"""Providers: adding them, listing them, and finding the one who is meant."""

from __future__ import annotations

from vault import dates, ids
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
    rules.choose(place, kind, rules.Right.ACCESS)  # an unknown place is refused here
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


def every(s: Session) -> tuple[Provider, ...]:
    """All providers, by name."""
    return providers.every(s.vault.read())


def find(s: Session, given: str) -> Provider:
    """The provider an id begins."""
    db = s.vault.read()
    return providers.get(db, lookup.resolve(db, "provider", given))
