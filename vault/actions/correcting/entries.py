"""The entries of a correction as a form tells of them, gathered from flags, facts and evidence."""

from __future__ import annotations

from vault.forms.amendment import Amendment, Entry, Told
from vault.model.corrections import Correction, Recipient
from vault.model.evidence import words
from vault.model.facts import FactKind, StoredFact
from vault.model.flags import Flag, Kind
from vault.store import evidence, facts, flags, providers, records
from vault.store.database import Db


def _first(stated: tuple[StoredFact, ...], kind: FactKind, page: int | None) -> str:
    """The fact of a kind that stands on the page, else the first of the record, as printed."""
    of_kind = [f.fact for f in stated if f.fact.kind is kind]
    here = [f for f in of_kind if f.page == page]
    return (here or of_kind)[0].quote if of_kind else ""


def missing(flag: Flag) -> bool:
    """Whether a flag is about something that is not in the record, so that it quotes nothing."""
    return flag.missing is not None or flag.finding.kind is Kind.MISSING


def entry_of(db: Db, flag: Flag) -> Entry:
    """A flag as a form tells of it."""
    finding = flag.finding
    stated = facts.of(db, finding.record)
    return Entry(
        record=records.get(db, finding.record).title,
        page=finding.page,
        quote=finding.quote,
        wrong=finding.kind.value.replace("_", " "),
        should_say=flag.should_say,
        why=finding.reason,
        date=_first(stated, FactKind.SERVICE_DATE, finding.page),
        author=_first(stated, FactKind.AUTHOR, finding.page),
        evidence=tuple(words(held) for held in evidence.of(db, flag.id)),
        missing=missing(flag),
    )


def _told(db: Db, held: Recipient) -> Told:
    """Somebody to be told, with the address of the provider they are where none was given."""
    address = held.address
    if not address and held.provider:
        address = providers.get(db, held.provider).address
    return Told(held.name, address)


def gather(db: Db, correction: Correction) -> Amendment:
    """The entries of a correction, in their order, and who is to be told of the amendment."""
    return Amendment(
        tuple(entry_of(db, flags.get(db, item.flag)) for item in correction.items),
        tuple(_told(db, held) for held in correction.recipients),
    )
