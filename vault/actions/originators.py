"""Who may have first made an entry that came from elsewhere: a suggestion from the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vault.actions.session import Session
from vault.facts import sources
from vault.model.facts import FactKind
from vault.model.providers import Provider
from vault.review.holders import Match, best, key
from vault.store import facts, flags, lookup, named, pages, providers, records
from vault.store.database import Db

_KINDS = (FactKind.FACILITY, FactKind.AUTHOR)


@dataclass(frozen=True, slots=True)
class Originator:
    """A provider whom the page of a flag names, and the name as it is printed there."""

    provider: Provider
    name: str

    @property
    def why(self) -> str:
        """Why it is suggested, in a sentence."""
        return (
            f'The page names "{self.name}". If the entry came from there, ask them: whoever '
            "first made an entry can put it right."
        )


def _names(db: Db, record: str, page: int) -> Iterator[str]:
    """Whom a page names: the facilities and authors of its facts, then what its labels announce."""
    for held in facts.of(db, record):
        if held.fact.page == page and held.fact.kind in _KINDS:
            yield held.fact.value
    text = pages.texts(db, record, (page,)).get(page, "")
    for mention in sources.mentions(text):
        yield mention.name


def _provider(
    known: Mapping[str, Provider], decided: Mapping[str, str | None], name: str
) -> Provider | None:
    """The one provider a name is: by a person's decision, else where the names are the same."""
    if key(name) in decided:
        return known.get(decided[key(name)] or "")
    same = [p for p in known.values() if best(name, p.names) is Match.SAME]
    return same[0] if len(same) == 1 else None


def suggest(s: Session, flag: str) -> Originator | None:
    """Another provider whom the page of a flag names; None where there is none.

    Nothing is decided by it. Where a page names several, the first stands.
    """
    db = s.vault.read()
    finding = flags.get(db, lookup.resolve(db, "flag", flag)).finding
    return on_page(s, finding.record, finding.page)


def on_page(s: Session, record: str, page: int | None) -> Originator | None:
    """As `suggest`, for a page of a record (a whole id), whether it is flagged or not."""
    if page is None:
        return None
    db = s.vault.read()
    own = records.get(db, record).provider
    known = {p.id: p for p in providers.every(db)}
    decided = named.decided(db)
    for name in _names(db, record, page):
        found = _provider(known, decided, name)
        if found is not None and found.id != own:
            return Originator(found, name)
    return None
