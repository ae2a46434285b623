"""Taking providers from the registry's files into the vault, to be confirmed by a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from vault import dates, ids
from vault.actions.providers import other_names
from vault.actions.registry.entries import Entry
from vault.actions.registry.reading import Bad, Wanted, read
from vault.actions.session import Session
from vault.errors import CannotRead, UsageError
from vault.model.offices import Office, OfficeRole
from vault.model.providers import Provider, ProviderKind
from vault.review.names import plain
from vault.safetext import safe_file_name, safe_line
from vault.store import offices, providers
from vault.store.database import Db

BIG = 10 * 1024 * 1024
"""From so many bytes on, a person has to say which part of a file is wanted."""
MOST = 1000
"""So many providers are taken from one file where no limit is named."""
_MOST_BAD = 1000
_BATCH = 200
MAILING = "Mailing address"


@dataclass(frozen=True, slots=True)
class Subset:
    """Which rows are wanted; what is empty leaves all. `name` is words that all are in a name."""

    state: str = ""
    city: str = ""
    name: str = ""
    postal: str = ""
    kind: ProviderKind | None = None
    limit: int | None = None

    @property
    def said(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.state or self.city or self.name or self.postal or self.kind or self.limit)


@dataclass(slots=True)
class Taken:
    """What became of a file's rows.

    `skipped` counts deactivated and broken ones; `bad` names the first thousand broken ones;
    `more` is set where more rows fit than were taken.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    deactivated: int = 0
    more: bool = False
    bad: list[Bad] = field(default_factory=list)

    @property
    def kept(self) -> int:
        """How many rows became or were providers."""
        return self.added + self.updated + self.unchanged


def _cheap(subset: Subset) -> Wanted:
    """A look at a whole line in capitals: every plain word of the filters must be somewhere in it.

    Only ASCII words count, so that no spelling of a letter is left out by it.
    """
    texts = (subset.state, subset.city, subset.name, subset.postal[:5])
    words = [w.upper() for text in texts for w in re.findall(r"[A-Za-z0-9]+", text)]
    if not all(text.isascii() for text in texts):
        words = []

    def wanted(line: str) -> bool:
        return all(word in line for word in words)

    return wanted


def _fits(entry: Entry, subset: Subset) -> bool:
    site = entry.site
    names = [plain(name) for name in (entry.name, *entry.other_names)]
    words = plain(subset.name).split()
    digits = re.sub(r"\D", "", subset.postal)
    return (
        (not subset.state or plain(site.state) == plain(subset.state.strip()))
        and (not subset.city or plain(site.city) == plain(subset.city.strip()))
        and (not words or any(all(w in name for w in words) for name in names))
        and (not digits or re.sub(r"\D", "", site.postal).startswith(digits))
        and (subset.kind is None or entry.kind is subset.kind)
    )


def _check(path: Path, subset: Subset) -> None:
    name = safe_file_name(path.name)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise CannotRead(name, error.strerror or "it is not there") from None
    if not path.is_file():
        raise CannotRead(name, "it is no file")
    if subset.limit is not None and subset.limit < 1:
        raise UsageError("the limit is at least 1", "--limit N")
    if size > BIG and not subset.said:
        raise UsageError(
            f"{name} has {size // 2**20:,} MB: say which part of it you want",
            "for example: --state TX --city AUSTIN --name HEART, or --limit 100",
        )


def _new(entry: Entry, source: str) -> Provider:
    name = entry.name
    return Provider(
        id=ids.new("provider"),
        name=name,
        kind=entry.kind,
        jurisdiction=entry.jurisdiction,
        address=entry.site.address,
        phone=entry.site.phone or entry.mailing.phone,
        fax=entry.site.fax or entry.mailing.fax,
        npi=entry.npi,
        other_names=other_names(entry.other_names, name),
        to_confirm=source,
    )


def _again(held: Provider, entry: Entry, source: str) -> Provider:
    """A known provider with what the registry says now; nothing that a person said is changed.

    A confirmed one stays as it is. Of another one the address is the registry's; a telephone or
    fax number only where there is none.
    """
    if not held.to_confirm:
        return held
    learned = (*held.other_names, entry.name, *entry.other_names)
    changed = replace(
        held,
        address=entry.site.address or held.address,
        phone=held.phone or entry.site.phone,
        fax=held.fax or entry.site.fax,
        other_names=other_names(learned, held.name),
    )
    return replace(changed, to_confirm=source) if changed != held else held


def _mailing(db: Db, provider: str, entry: Entry, source: str) -> None:
    """Offer the address for mail as an office, where it is another one."""
    mail = entry.mailing
    if not mail.address or mail.address == entry.site.address:
        return
    office = Office(
        id=ids.new("office"),
        provider=provider,
        role=OfficeRole.OTHER,
        name=MAILING,
        address=mail.address,
        phone=mail.phone,
        fax=mail.fax,
        note=f"from {source}; to confirm",
    )
    offices.add(db, office, dates.now())


def _keep(db: Db, known: dict[str, Provider], entry: Entry, source: str, taken: Taken) -> None:
    held = known.get(entry.npi)
    if held is None:
        known[entry.npi] = made = _new(entry, source)
        providers.add(db, made, dates.now())
        _mailing(db, made.id, entry, source)
        taken.added += 1
        return
    changed = _again(held, entry, source)
    if changed == held:
        taken.unchanged += 1
        return
    known[entry.npi] = changed
    providers.change(db, changed)
    taken.updated += 1


def _chosen(path: Path, subset: Subset, taken: Taken) -> Iterator[Entry]:
    """The rows that are wanted and can be used; all others are counted."""
    most, chosen = subset.limit or MOST, 0
    for _line, row in read(path, _cheap(subset)):
        if isinstance(row, Bad):
            taken.skipped += 1
            if len(taken.bad) < _MOST_BAD:
                taken.bad.append(row)
        elif row.deactivated:
            taken.deactivated += 1
            taken.skipped += 1
        elif _fits(row, subset):
            if chosen == most:
                taken.more = True
                return
            chosen += 1
            yield row


def take(
    s: Session, path: Path, subset: Subset, told: Callable[[Taken], object] | None = None
) -> Taken:
    """Take the wanted providers of a file of the registry into the vault, each "to confirm".

    Importing again makes no doubles and changes nothing that a person has confirmed. `told` is
    called after each batch. Raises UsageError for a big file of which no part was chosen,
    BadInput for a file that is not of the registry, CannotRead.
    """
    _check(path, subset)
    source = safe_line(f"the NPI registry ({safe_file_name(path.name)}), {dates.today()}", 200)
    taken = Taken()
    known = {p.npi: p for p in providers.every(s.vault.read()) if p.npi}
    batch: list[Entry] = []
    for entry in _chosen(path, subset, taken):
        batch.append(entry)
        if len(batch) == _BATCH:
            _write(s, known, batch, source, taken)
            batch.clear()
            if told is not None:
                told(taken)
    if batch:
        _write(s, known, batch, source, taken)
    return taken


def _write(
    s: Session, known: dict[str, Provider], batch: list[Entry], source: str, taken: Taken
) -> None:
    with s.vault.write("provider.imported") as db:
        for entry in batch:
            _keep(db, known, entry, source, taken)
