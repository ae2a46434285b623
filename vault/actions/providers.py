"""Providers: adding them, listing them, and finding the one who is meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vault import dates, ids
from vault.actions import rulebook
from vault.actions.people import Contact
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.law import rules
from vault.model.npi import is_npi
from vault.model.providers import Provider, ProviderKind
from vault.review import holders as likeness
from vault.review.names import plain
from vault.safetext import safe_line
from vault.store import lookup, providers
from vault.store.database import Db


@dataclass(frozen=True, slots=True)
class Extra:
    """What else is known of a provider; what is empty stays as it is.

    `successor` is the id of the provider that keeps the records of one that closed; `reopened`
    takes the closing and its successor back.
    """

    npi: str = ""
    other_names: tuple[str, ...] = ()
    closed_on: dt.date | None = None
    successor: str = ""
    reopened: bool = False


def other_names(given: Sequence[str], name: str) -> tuple[str, ...]:
    """Names made safe, each once, without the name itself; raises UsageError for too many."""
    safe = dict.fromkeys(n for text in given if (n := safe_line(text, 200)) and n != name)
    if len(safe) > providers.MOST_NAMES:
        raise UsageError(
            f"a provider has at most {providers.MOST_NAMES} other names", "leave some out"
        )
    return tuple(safe)


def _with(db: Db, provider: Provider, extra: Extra) -> Provider:
    """The provider with what else is known; raises UsageError, UnknownId, Refused."""
    npi = extra.npi.strip()
    if npi and not is_npi(npi):
        raise UsageError(
            "that is no NPI: its check digit is wrong, or it has not ten digits",
            "look it up again; it can also be left out",
        )
    twin = providers.by_npi(db, npi) if npi else None
    if twin is not None and twin.id != provider.id:
        raise Refused(f"{twin.id} has that NPI already", f"chartmend provider merge PROV {twin.id}")
    if extra.closed_on is not None and extra.closed_on > dates.today():
        raise UsageError("the day it closed lies ahead", "name it once it has closed")
    successor = lookup.resolve(db, "provider", extra.successor) if extra.successor else None
    if successor == provider.id:
        raise UsageError("a provider cannot be its own successor", "name the one that took over")
    names = extra.other_names or provider.other_names
    held = replace(provider, closed_on=None, successor=None) if extra.reopened else provider
    return replace(
        held,
        npi=npi or held.npi,
        other_names=other_names(names, held.name),
        closed_on=extra.closed_on or held.closed_on,
        successor=successor or held.successor,
    )


def add(  # noqa: PLR0913 - each is named where it is given
    s: Session,
    name: str,
    *,
    kind: ProviderKind = ProviderKind.OTHER,
    jurisdiction: str = "us",
    department: str = "",
    contact: Contact | None = None,
    extra: Extra | None = None,
) -> Provider:
    """Add a provider; raises UsageError for a place no rule is known for, or a wrong NPI."""
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
        provider = _with(db, provider, extra or Extra())
        providers.add(db, provider, dates.now())
    return provider


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different about a provider; what is empty stays as it is.

    With `whole` everything is told, and what is empty is emptied: only a name has to be there.
    """

    name: str = ""
    kind: ProviderKind | None = None
    jurisdiction: str = ""
    department: str = ""
    contact: Contact | None = None
    extra: Extra | None = None
    whole: bool = False


def _changed(held: Provider, change: Change) -> Provider:
    reach = (change.contact or Contact()).safe()
    department = safe_line(change.department, 100)
    bare = held
    if change.whole:
        bare = replace(held, department="", address=(), phone="", fax="", email="", npi="")
        bare = replace(bare, other_names=(), closed_on=None, successor=None)
    moved = bool(reach.address) and reach.address != held.address
    typed = moved or (bool(reach.address) and not change.whole)
    return replace(
        bare,
        name=safe_line(change.name, 200) or held.name,
        kind=change.kind or held.kind,
        jurisdiction=change.jurisdiction.strip().lower() or held.jurisdiction,
        department=department or bare.department,
        address=reach.address or bare.address,
        phone=reach.phone or bare.phone,
        fax=reach.fax or bare.fax,
        email=reach.email or bare.email,
        to_confirm="" if typed else held.to_confirm,
    )


def edit(s: Session, given: str, change: Change) -> Provider:
    """Change what is known of a provider; an address a person typed needs no more confirming.

    Raises UnknownId, UsageError for an unknown place or a wrong NPI.
    """
    with s.vault.write("provider.changed") as db:
        held = providers.get(db, lookup.resolve(db, "provider", given))
        provider = _changed(held, change)
        provider = _with(db, provider, change.extra or Extra())
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


def confirm(s: Session, given: str) -> Provider:
    """Note that a person has looked at a provider's address and found it right."""
    with s.vault.write("provider.confirmed") as db:
        held = providers.get(db, lookup.resolve(db, "provider", given))
        provider = replace(held, to_confirm="")
        providers.change(db, provider)
    return provider


def matching(s: Session, text: str) -> tuple[Provider, ...]:
    """The providers one of whose names holds a text, or is like it; the likest first."""
    wanted = safe_line(text, 200)
    if not wanted:
        return every(s)
    sought = plain(wanted)
    ranked: list[tuple[int, Provider]] = []
    for provider in every(s):
        within = any(sought in plain(name) for name in provider.names)
        alike = likeness.best(wanted, provider.names)
        if within or alike:
            ranked.append((-int(alike), provider))
    return tuple(provider for _, provider in sorted(ranked, key=lambda pair: pair[0]))
