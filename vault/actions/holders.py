"""Two providers that are one, and providers that are none: merging and deleting, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vault import dates, ids
from vault.actions.providers import other_names
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.offices import Office, OfficeRole
from vault.model.providers import Provider
from vault.store import holders, lookup, offices, providers
from vault.store.database import Db

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of two providers: the one that is left, and how many of each noun it got."""

    provider: Provider
    gone: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Removed:
    """A provider that was deleted, and how many of each noun went with it."""

    provider: Provider
    counts: Mapping[str, int]


def _reach(provider: Provider) -> tuple[object, ...]:
    return provider.address, provider.phone, provider.fax, provider.email


def _own_desk(old: Provider, kept: Provider) -> Office | None:
    """How the provider that goes was reached, as an office of the one that stays; else None."""
    same = all(
        mine in (theirs, "", ()) for mine, theirs in zip(_reach(old), _reach(kept), strict=True)
    )
    npi = f"NPI {old.npi}" if old.npi and old.npi != kept.npi else ""
    if same and not npi:
        return None
    return Office(
        id=ids.new("office"),
        provider=kept.id,
        role=OfficeRole.OTHER,
        name=old.name,
        contact=old.department,
        address=old.address,
        phone=old.phone,
        fax=old.fax,
        email=old.email,
        note="; ".join(part for part in (npi, old.to_confirm and "to confirm") if part),
    )


def _joined(old: Provider, kept: Provider) -> Provider:
    """The provider that stays, with the names of the other one and what it lacked itself."""
    lacking = not kept.address
    return replace(
        kept,
        other_names=other_names((*kept.other_names, *old.names), kept.name),
        npi=kept.npi or old.npi,
        department=kept.department or old.department,
        address=kept.address or old.address,
        phone=kept.phone or old.phone,
        fax=kept.fax or old.fax,
        email=kept.email or old.email,
        to_confirm=old.to_confirm if lacking else kept.to_confirm,
    )


def merge(s: Session, given: str, into: str) -> Moved:
    """Make two providers one: requests, corrections, records, statements and calls follow.

    The one that stays keeps its own values, place and kind; the other's names become other names
    of it, its address an office. Raises UnknownId, UsageError where both are the same one.
    """
    with s.vault.write("provider.merged") as db:
        old = providers.get(db, lookup.resolve(db, "provider", given))
        kept = providers.get(db, lookup.resolve(db, "provider", into))
        if old.id == kept.id:
            raise UsageError("that is one and the same provider", "name two of them")
        counts = _counts(db, old.id)
        joined = _joined(old, kept)
        desk = _own_desk(old, joined)
        if desk is not None:
            offices.add(db, desk, dates.now())
        holders.move(db, old.id, kept.id)
        providers.remove(db, old.id)
        providers.change(db, replace(joined, successor=providers.get(db, kept.id).successor))
        provider = providers.get(db, kept.id)
    return Moved(provider, old.id, counts)


def _counts(db: Db, id_: str) -> Mapping[str, int]:
    return {
        **{noun: len(found) for noun, found in holders.naming(db, id_).items()},
        **holders.belonging(db, id_),
    }


def _said(noun: str, found: tuple[str, ...]) -> str:
    word = "record in the trash" if noun == "trash" else noun
    many = word if len(found) == 1 else word.replace(noun, f"{noun}s", 1)
    many = "records in the trash" if noun == "trash" and len(found) > 1 else many
    more = ", …" if len(found) > _SHOWN else ""
    return f"{len(found)} {many} ({', '.join(found[:_SHOWN])}{more})"


def delete(s: Session, given: str) -> Removed:
    """Delete a provider with its offices, statements and calls.

    Raises Refused, naming them, while requests, corrections or records name it.
    """
    with s.vault.write("provider.deleted") as db:
        held = providers.get(db, lookup.resolve(db, "provider", given))
        named = [_said(noun, found) for noun, found in holders.naming(db, held.id).items() if found]
        if named:
            raise Refused(
                f"the provider {held.id} is still named by {', '.join(named)}",
                f"a double can be merged: chartmend provider merge {held.id} PROV",
            )
        counts = holders.belonging(db, held.id)
        holders.drop(db, held.id)
        providers.remove(db, held.id)
    return Removed(held, counts)
