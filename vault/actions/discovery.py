"""Who is named in held records: whether they were ever asked, and what came from them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vault import dates
from vault.actions.providers import Extra, add
from vault.actions.session import Session
from vault.errors import NotFound, UsageError
from vault.facts import sources
from vault.model.facts import FactKind
from vault.model.providers import Provider, ProviderKind
from vault.review.holders import Match, best, compare, key
from vault.safetext import safe_line
from vault.store import lookup, named, providers
from vault.store.database import Db
from vault.store.named import Asked

_SPELLINGS = 20
"""So many ways of printing one name are told, the most frequent ones."""


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a name: in how many records it stands, and whether copies were asked and came."""

    year: int
    records: int
    asked: bool
    received: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A name found in held records, as it is most often printed, and what is known of it.

    `provider` is whom it seems to be: `decided` where a person said so, else only suggested by
    how like the names are (`match`). `ignored` is a person's decision, too.
    """

    name: str
    key: str
    kind: ProviderKind
    spellings: tuple[str, ...]
    records: tuple[str, ...]
    years: tuple[Year, ...]
    provider: Provider | None = None
    match: Match = Match.NONE
    decided: bool = False
    ignored: bool = False
    asked: bool = False
    received: bool = False

    @property
    def never_asked(self) -> bool:
        """Whether this may be somebody who holds records and was never asked for them."""
        return not (self.asked or self.ignored)


@dataclass(slots=True)
class _Seen:
    """What was gathered of one name: its spellings, kinds, and the records it stands in."""

    spellings: Counter[str] = field(default_factory=Counter)
    kinds: Counter[ProviderKind] = field(default_factory=Counter)
    records: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every name is held against."""

    providers: tuple[Provider, ...]
    decided: Mapping[str, str | None]
    asked: tuple[Asked, ...]
    came: Mapping[str, frozenset[str]]
    years: Mapping[str, frozenset[int]]


def _years_of(value: str) -> Iterable[int]:
    """The years a date fact can mean."""
    return (int(part[:4]) for part in value.split("|") if part[:4].isdigit())


def _record_years(db: Db) -> dict[str, frozenset[int]]:
    """The years a record tells of: its dates of service, else the year it was received."""
    found: dict[str, set[int]] = defaultdict(set)
    for record, _page, value in named.facts(db, FactKind.SERVICE_DATE.value):
        found[record].update(_years_of(value))
    for held in named.held(db):
        if held.id not in found and held.received_on:
            found[held.id].add(held.received_on.year)
    return {record: frozenset(years) for record, years in found.items()}


def _ground(db: Db) -> _Ground:
    came: dict[str, set[str]] = defaultdict(set)
    for record in named.held(db):
        if record.provider:
            came[record.provider].add(record.id)
    return _Ground(
        providers=providers.every(db),
        decided=named.decided(db),
        asked=named.asked(db),
        came={provider: frozenset(ids) for provider, ids in came.items()},
        years=_record_years(db),
    )


def _gather(db: Db) -> dict[str, _Seen]:
    """Every name of every page by its key."""
    seen: dict[str, _Seen] = defaultdict(_Seen)

    def note(record: str, name: str, kind: ProviderKind) -> None:
        shown = safe_line(name, 120)
        if key(shown):
            held = seen[key(shown)]
            held.spellings[shown] += 1
            held.kinds[kind] += 1
            held.records[record] = None

    for record, _page, text in named.page_texts(db):
        for mention in sources.mentions(text):
            note(record, mention.name, mention.kind)
    for record, _page, name in named.facts(db, FactKind.AUTHOR.value):
        kind = sources.kind_of(name)
        note(record, name, ProviderKind.SPECIALIST if kind is ProviderKind.OTHER else kind)
    return seen


def _nearest(ground: _Ground, name: str, held: str) -> tuple[Provider | None, Match, bool]:
    """Whom a name is by a person's decision, else the provider with the likest name."""
    if held in ground.decided:
        chosen = ground.decided[held]
        found = next((p for p in ground.providers if p.id == chosen), None)
        return found, Match.SAME if found else Match.NONE, True
    ranked = [(best(name, p.names), p) for p in ground.providers]
    match, nearest = max(ranked, key=lambda pair: pair[0], default=(Match.NONE, None))
    return (nearest, match, False) if match else (None, Match.NONE, False)


def _coverage(
    ground: _Ground, provider: Provider | None, records: Iterable[str]
) -> tuple[Year, ...]:
    """Year by year: in how many records a provider is named, and what was asked and came."""
    counts: Counter[int] = Counter()
    for record in records:
        counts.update(ground.years.get(record, ()))
    received: set[int] = set()
    asked: Sequence[Asked] = ()
    if provider is not None:
        for record in ground.came.get(provider.id, ()):
            received |= ground.years.get(record, frozenset())
        asked = [a for a in ground.asked if a.provider == provider.id]
    years = sorted(counts.keys() | received, reverse=True)
    return tuple(Year(y, counts[y], any(a.covers(y) for a in asked), y in received) for y in years)


def _named(ground: _Ground, held: str, seen: _Seen) -> Named:
    name = seen.spellings.most_common(1)[0][0]
    provider, match, decided = _nearest(ground, name, held)
    # A suggestion that is only like it says nothing of whether this one was asked.
    sure = provider if match is Match.SAME else None
    return Named(
        name=name,
        key=held,
        kind=seen.kinds.most_common(1)[0][0],
        spellings=tuple(spelling for spelling, _ in seen.spellings.most_common(_SPELLINGS)),
        records=tuple(seen.records),
        years=_coverage(ground, sure, seen.records),
        provider=provider,
        match=match,
        decided=decided,
        ignored=decided and provider is None,
        asked=sure is not None and any(a.provider == sure.id for a in ground.asked),
        received=sure is not None and bool(ground.came.get(sure.id)),
    )


def every(s: Session) -> tuple[Named, ...]:
    """Everybody named in held records: those never asked first, the most often named first."""
    db = s.vault.read()
    ground = _ground(db)
    found = [_named(ground, held, seen) for held, seen in _gather(db).items()]
    return tuple(sorted(found, key=lambda n: (n.ignored, n.asked, -len(n.records), n.name)))


def coverages(s: Session) -> Mapping[str, tuple[Year, ...]]:
    """For each provider (id), year by year: what held records say, what was asked, what came."""
    db = s.vault.read()
    ground = _ground(db)
    records: dict[str, dict[str, None]] = defaultdict(dict)
    for held, seen in _gather(db).items():
        name = seen.spellings.most_common(1)[0][0]
        nearest, match, _ = _nearest(ground, name, held)
        if match is Match.SAME and nearest is not None:
            records[nearest.id] |= seen.records
    return {p.id: _coverage(ground, p, records[p.id]) for p in ground.providers}


def _find(s: Session, name: str) -> Named:
    """The name a person means, as printed or nearly; raises NotFound."""
    found = every(s)
    wanted = key(safe_line(name, 120))
    exact = [n for n in found if n.key == wanted]
    near = exact or [n for n in found if compare(n.name, name) is Match.SAME]
    if not near:
        raise NotFound(
            f"no held record names {safe_line(name, 60)!r}", "chartmend provider named lists them"
        )
    return near[0]


def _decide(s: Session, held: Named, provider: str | None) -> None:
    with s.vault.write("name.decided") as db:
        named.decide(db, held.key, provider, dates.now())


def add_named(
    s: Session, name: str, kind: ProviderKind | None = None, jurisdiction: str = "us"
) -> Provider:
    """Add the provider that a name in held records is; raises NotFound for no such name."""
    held = _find(s, name)
    if held.decided and held.provider is not None:
        raise UsageError(
            f"that name is {held.provider.id} already",
            f"chartmend provider show {held.provider.id}",
        )
    made = add(
        s,
        held.name,
        kind=kind or held.kind,
        jurisdiction=jurisdiction,
        extra=Extra(other_names=held.spellings),
    )
    _decide(s, held, made.id)
    return made


def same(s: Session, name: str, provider: str) -> Named:
    """Note that a name in held records is a provider's, and keep it among its other names."""
    held = _find(s, name)
    with s.vault.write("name.decided") as db:
        known = providers.get(db, lookup.resolve(db, "provider", provider))
        named.decide(db, held.key, known.id, dates.now())
        providers.learn_names(db, known, held.spellings)
    return _find(s, held.name)


def ignore(s: Session, name: str) -> Named:
    """Note that a name in held records is nobody to ask."""
    held = _find(s, name)
    _decide(s, held, None)
    return _find(s, held.name)


def undecide(s: Session, name: str) -> Named:
    """Take back what was decided of a name; an added provider stays."""
    held = _find(s, name)
    with s.vault.write("name.undecided") as db:
        if not named.undecide(db, held.key):
            raise UsageError("nothing was decided of that name", "chartmend provider named")
    return _find(s, held.name)
