"""Where else records say what a flag says is wrong, so that every holder can be asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vault import dates, ids
from vault.actions.session import Session
from vault.errors import NotFound, Refused
from vault.model.flags import Check, Finding, Flag, FlagState, Kind, Related
from vault.model.words import Box, Span, Word, box_of, find_quote, quote_of
from vault.review import repeats
from vault.store import facts, flags, lookup, pages, people, providers, records, search
from vault.store.database import Db, time_limit

MOST = 300
"""So many pages with like words are looked at, the likest first."""
PATIENCE = 5.0
"""Seconds after which the search for like words gives up; it then says so."""
_SAME_WORDS = "the same words"
_SAME_FACT = "the same fact in other words"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A place that says the same: `same` words, or else the same fact; `why` says which.

    `provider` (an id) and `holder` (a name) tell whose record it is, `title` the record's title.
    `flag` is the flag (an id) that stands there already, in the state `state`.
    """

    record: str
    page: int
    quote: str
    box: Box | None
    provider: str
    same: bool
    why: str
    title: str = ""
    holder: str = ""
    flag: str = ""
    state: FlagState | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """Words or a fact at a place, before it is known whose record it is."""

    record: str
    page: int
    quote: str
    box: Box | None
    same: bool


def of(s: Session, flag: str) -> tuple[Repeat, ...]:
    """Where else the records of the flag's person make the same statement, holder by holder.

    Words are looked for in the index of the pages as they are shown, slips of reading aside;
    facts by kind and value. Nothing is found for what is missing or about a page as a whole.
    Raises Refused where the search takes longer than PATIENCE.
    """
    db = s.vault.read()
    return _of(db, flags.get(db, lookup.resolve(db, "flag", flag)))


def _of(db: Db, flag: Flag) -> tuple[Repeat, ...]:
    finding = flag.finding
    if finding.page is None or not finding.quote or finding.kind is Kind.MISSING:
        return ()
    found: dict[tuple[str, int], _Said] = {}
    for said in (*_words(db, finding), *_facts(db, finding)):
        found.setdefault((said.record, said.page), said)
    found.pop((finding.record, finding.page), None)
    told = _told(db, tuple(found.values()))
    return tuple(sorted(told, key=lambda r: (not r.holder, r.holder, r.provider)))


def _read(db: Db, record: str, page: int) -> tuple[Word, ...]:
    shown = pages.shown(db, record, page)
    return shown.reading.words if shown else ()


def _words(db: Db, finding: Finding) -> Iterator[_Said]:
    """Pages that say it in the same words."""
    own = _read(db, finding.record, finding.page or 0)
    said = repeats.statement(own, finding.quote)
    runs = repeats.phrases(said)
    if not runs:
        return
    person = records.get(db, finding.record).person or ""
    with time_limit(db, PATIENCE):
        places = search.saying(db, runs, person, finding.record, MOST)
    for record, page in sorted(places):
        if (record, page) == (finding.record, finding.page):
            continue
        words = _read(db, record, page)
        span = repeats.find(words, said)
        if span is not None:
            yield _quoted(record, page, words, span, finding.quote)


def _quoted(record: str, page: int, words: Sequence[Word], span: Span, quote: str) -> _Said:
    """The words of the flag within those of the statement; all of these where they differ."""
    part = find_quote(words[span.start : span.stop], quote)
    if part is not None:
        span = Span(span.start + part.start, span.start + part.stop)
    return _Said(record, page, quote_of(words, span), box_of(words, span), same=True)


def _facts(db: Db, finding: Finding) -> Iterator[_Said]:
    """Places that state the same fact."""
    person = records.get(db, finding.record).person
    if person is None:
        return
    here = [f.fact for f in facts.of(db, finding.record) if f.fact.page == finding.page]
    elsewhere = facts.Elsewhere(db, person)
    for fact in repeats.stated(here, finding.quote, finding.box, people.get(db, person)):
        wanted = repeats.meaning(fact)
        for held in elsewhere.of(fact.kind, repeats.beginning(fact)):
            if repeats.meaning(held.fact) == wanted:
                said = held.fact
                yield _Said(held.record, said.page, said.quote, said.box, same=False)


def _told(db: Db, found: Sequence[_Said]) -> Iterator[Repeat]:
    """Each place with whose record it is, and the flag that stands there already."""
    names = {p.id: p.name for p in providers.every(db)}
    flagged: dict[str, tuple[Flag, ...]] = {}
    for said in found:
        record = records.get(db, said.record)
        if record.id not in flagged:
            flagged[record.id] = flags.every(db, record.id)
        there = _flag_at(flagged[record.id], said)
        yield Repeat(
            record=record.id,
            page=said.page,
            quote=said.quote,
            box=said.box,
            provider=record.provider or "",
            same=said.same,
            why=_SAME_WORDS if said.same else _SAME_FACT,
            title=record.title,
            holder=names.get(record.provider or "", ""),
            flag=there.id if there else "",
            state=there.state if there else None,
        )


def _flag_at(held: Sequence[Flag], said: _Said) -> Flag | None:
    for flag in held:
        f = flag.finding
        if f.page == said.page and repeats.same_place(said.quote, said.box, f.quote, f.box):
            return flag
    return None


def holders(found: Sequence[Repeat]) -> tuple[tuple[str, tuple[Repeat, ...]], ...]:
    """The repeats of each holder (a name, empty where nobody knows), in the order they have."""
    groups: dict[tuple[str, str], list[Repeat]] = defaultdict(list)
    for repeat in found:
        groups[repeat.holder, repeat.provider].append(repeat)
    return tuple((name, tuple(members)) for (name, _id), members in groups.items())


def flag(
    s: Session, given: str, places: Sequence[tuple[str, int]] | None = None
) -> tuple[Flag, ...]:
    """Flag the places (record and page) a person ticks, or all, as wrong in the same way.

    Each is to say what the flag should say. A suspicion that stands there is confirmed; what a
    person has decided on already stays as it is and is not returned. Raises Refused for a flag
    that is not confirmed, NotFound for a place that does not say the same.
    """
    with s.vault.write("flag.repeats") as db:
        main = flags.get(db, lookup.resolve(db, "flag", given))
        if main.state in (FlagState.SUSPECTED, FlagState.DISMISSED) or not main.should_say:
            raise Refused(
                "say first what this entry should say", f"chartmend flag confirm {main.id}"
            )
        chosen = _chosen(db, _of(db, main), places)
        return tuple(made for repeat in chosen if (made := _flagged(db, main, repeat)))


def _chosen(
    db: Db, found: Sequence[Repeat], places: Sequence[tuple[str, int]] | None
) -> tuple[Repeat, ...]:
    if places is None:
        return tuple(found)
    known = {(r.record, r.page): r for r in found}
    chosen = {}
    for record, page in places:
        place = (lookup.resolve(db, "record", record), page)
        if place not in known:
            raise NotFound(
                f"{place[0]} does not say the same on page {page}",
                "chartmend flag repeats lists where it is said",
            )
        chosen[place] = known[place]
    return tuple(chosen.values())


def _flagged(db: Db, main: Flag, repeat: Repeat) -> Flag | None:
    """The flag a place gets, None where a person has decided on it already."""
    if repeat.flag and repeat.state is not FlagState.SUSPECTED:
        return None
    now = dates.now()
    if repeat.flag:
        held = flags.get(db, repeat.flag)
        finding = replace(held.finding, reason=main.finding.reason or held.finding.reason)
        made = replace(held, state=FlagState.CONFIRMED, finding=finding, should_say=main.should_say)
        flags.decide(db, made, now)
        return made
    id_ = ids.new("flag")
    first = main.finding
    finding = replace(
        first,
        check=Check.PERSON,
        record=repeat.record,
        page=repeat.page,
        quote=repeat.quote,
        box=repeat.box,
        key=id_,
        confidence=100,
        related=(Related(first.record, first.page or 1),),
    )
    made = Flag(id_, FlagState.CONFIRMED, finding, main.should_say, made_on=now)
    flags.add(db, made)
    return made
