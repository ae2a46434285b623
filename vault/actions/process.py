"""How a provider wants to be asked: what it said, the calls it said it in, and what disagrees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vault import dates, ids
from vault.actions.offices import resolve_own
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.law import floors
from vault.law.floors import CHECK, Floor
from vault.model.calls import Call
from vault.model.providers import Provider
from vault.model.statements import (
    VALUES,
    Contradiction,
    Statement,
    StatementSource,
    Topic,
    contradictions,
)
from vault.safetext import safe, safe_line
from vault.store import calls, lookup, providers, requests, statements
from vault.store.database import Db

__all__ = ["CHECK", "Against", "Floor", "Process"]

_LONGEST_CALL = 4000


@dataclass(frozen=True, slots=True)
class Said:
    """A topic and its value as typed, with where it comes from and who said it."""

    topic: Topic
    value: str
    source: StatementSource = StatementSource.PHONE
    by: str = ""
    on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Against:
    """A live statement, and what the law says against it."""

    statement: Statement
    floor: Floor


@dataclass(frozen=True, slots=True)
class Process:
    """How a provider wants to be asked: all that was said, and where it does not fit.

    `apart` are pairs that cannot both be so; `against` what the law's floor does not allow.
    """

    statements: tuple[Statement, ...]
    apart: tuple[Contradiction, ...]
    against: tuple[Against, ...]
    calls: tuple[Call, ...]


def value_of(topic: Topic, text: str) -> str:
    """A value as a topic takes it: one of its words, or short text; raises UsageError."""
    known = VALUES.get(topic)
    shown = safe_line(text, 200)
    if known is None:
        if not shown:
            raise UsageError(f"say what the {topic.value} is", "in a few words")
        return shown
    plain = shown.casefold().replace("-", "_").replace(" ", "_")
    if plain not in known:
        plainly = [word for word in known if not word.startswith("no_") and "_only" not in word]
        also = "; also no_… and …_only" if len(plainly) < len(known) else ""
        raise UsageError(
            f"{topic.value} cannot be {shown[:40]!r}", f"one of: {' '.join(plainly)}{also}"
        )
    return plain


def _day(given: dt.date | None) -> dt.date:
    today = dates.today()
    if given is not None and given > today:
        raise UsageError("the day it was said lies ahead", "write it as YYYY-MM-DD")
    return given or today


def _statement(provider: str, said: Said, call: str | None = None) -> Statement:
    return Statement(
        id=ids.new("statement"),
        provider=provider,
        topic=said.topic,
        value=value_of(said.topic, said.value),
        source=said.source,
        on=_day(said.on),
        said_by=safe_line(said.by, 100),
        note=safe_line(said.note, 500),
        call=call,
    )


def say(s: Session, provider: str, said: Said) -> Statement:
    """Keep what a provider said of how it wants to be asked; earlier statements stay."""
    with s.vault.write("statement.added") as db:
        statement = _statement(lookup.resolve(db, "provider", provider), said)
        statements.add(db, statement, dates.now())
    return statement


def unsay(s: Session, given: str) -> Statement:
    """Withdraw a statement: it is kept, but no longer counts; raises NotFound, Refused."""
    with s.vault.write("statement.withdrawn") as db:
        held = statements.get(db, resolve_own(db, "statement", given))
        if not held.live:
            raise Refused(f"{held.id} was withdrawn already", "nothing was changed")
        statements.withdraw(db, held.id, dates.today())
        return statements.get(db, held.id)


@dataclass(frozen=True, slots=True)
class Talk:
    """A call as typed; `request` is the id, or its beginning, of the request it is about."""

    said: str
    who: str = ""
    confirmation: str = ""
    on: dt.date | None = None
    request: str = ""


def _about(db: Db, provider: str, given: str) -> str | None:
    if not given:
        return None
    request = requests.get(db, lookup.resolve(db, "request", given))
    if request.provider != provider:
        raise UsageError(f"{request.id} went to another provider", "check --request")
    return request.id


def call(
    s: Session, provider: str, talk: Talk, topics: Sequence[tuple[Topic, str]] = ()
) -> tuple[Call, tuple[Statement, ...]]:
    """Keep a telephone call, and each topic with its value as a statement made in it."""
    words = safe(talk.said, _LONGEST_CALL).strip()
    if not words:
        raise UsageError("say what they said", "a few words are enough: --said TEXT")
    with s.vault.write("call.added") as db:
        owner = lookup.resolve(db, "provider", provider)
        made = Call(
            id=ids.new("call"),
            provider=owner,
            on=_day(talk.on),
            said=words,
            who=safe_line(talk.who, 100),
            confirmation=safe_line(talk.confirmation, 60),
            request=_about(db, owner, talk.request),
        )
        calls.add(db, made, dates.now())
        kept = []
        for topic, value in topics:
            said = Said(topic, value, StatementSource.PHONE, talk.who, made.on)
            kept.append(_statement(owner, said, made.id))
            statements.add(db, kept[-1], dates.now())
    return made, tuple(kept)


def against(provider: Provider, said: Sequence[Statement]) -> tuple[Against, ...]:
    """What the law of the provider's place says against its live statements."""
    found = []
    for statement in said:
        if not statement.live or statement.source is StatementSource.LAW:
            continue
        floor = floors.against(
            provider.jurisdiction, provider.kind, statement.topic, statement.value
        )
        if floor is not None:
            found.append(Against(statement, floor))
    return tuple(found)


def of(s: Session, provider: str) -> Process:
    """How a provider wants to be asked."""
    db = s.vault.read()
    held = providers.get(db, lookup.resolve(db, "provider", provider))
    said = statements.of(db, held.id)
    return Process(said, contradictions(said), against(held, said), calls.of(db, held.id))
