"""chartmend provider says, unsay and call: how a provider wants to be asked."""

from __future__ import annotations

from typing import Annotated

import typer

from vault.actions import process
from vault.actions.process import Said, Talk
from vault.cli import provider_shapes as shapes
from vault.cli.opening import opened
from vault.cli.options import day, word
from vault.cli.out import columns, emit
from vault.errors import UsageError
from vault.model.statements import StatementSource, Topic
from vault.safetext import safe_line

_Provider = Annotated[str, typer.Argument(metavar="PROV")]
_On = Annotated[str | None, typer.Option(help="the day, YYYY-MM-DD (today)")]
_SOURCES = " ".join(StatementSource)


def _topic(text: str) -> Topic:
    return word(Topic, text, "topic") or Topic.OTHER


def says(
    provider: _Provider,
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help=" ".join(Topic))],
    value: Annotated[str, typer.Argument(metavar="VALUE")],
    source: Annotated[str, typer.Option(help=_SOURCES)],
    on: _On = None,
    by: Annotated[str, typer.Option(help="who said it, or where it stands")] = "",
    note: Annotated[str, typer.Option(help="in your own words")] = "",
) -> None:
    """Note what a provider says of how it wants to be asked."""
    where = word(StatementSource, source, "source") or StatementSource.PHONE
    said = Said(_topic(topic), value, where, by, day(on, "the day it was said"), note)
    with opened(write=True) as session:
        held = process.say(session, provider, said)
        apart = process.of(session, held.provider)
    emit(
        {**shapes.statement(held), "contradictions": shapes.disagreements(apart)},
        lambda: [*columns([shapes.statement_row(held)]), *shapes.disagreement_lines(apart)],
    )


def unsay(statement: Annotated[str, typer.Argument(metavar="STM")]) -> None:
    """Withdraw a statement: it is kept, but no longer counts."""
    with opened(write=True) as session:
        held = process.unsay(session, statement)
    emit(shapes.statement(held), lambda: columns([shapes.statement_row(held)]))


def _pair(text: str) -> tuple[Topic, str]:
    topic, equals, value = text.partition("=")
    if not equals:
        raise UsageError(
            f"{safe_line(text, 40)!r} is no topic with a value",
            "write it as --topic notary=required",
        )
    return _topic(topic), value


def call(
    provider: _Provider,
    said: Annotated[str, typer.Option(help="what they said")],
    who: Annotated[str, typer.Option(help="with whom you spoke")] = "",
    number: Annotated[str, typer.Option(help="their number for the call")] = "",
    on: _On = None,
    request: Annotated[str, typer.Option(help="the request it was about (an id)")] = "",
    topic: Annotated[
        list[str] | None, typer.Option(help="TOPIC=VALUE they told; can be repeated")
    ] = None,
) -> None:
    """Note a telephone call, and what it told of how they want to be asked."""
    pairs = [_pair(text) for text in topic or ()]
    talk = Talk(said, who, number, day(on, "the day of the call"), request)
    with opened(write=True) as session:
        held, made = process.call(session, provider, talk, pairs)
        apart = process.of(session, held.provider)
    document = {
        **shapes.call(held),
        "statements": [shapes.statement(s) for s in made],
        "contradictions": shapes.disagreements(apart),
    }
    emit(
        document,
        lambda: [
            f"{held.id}",
            *shapes.call_lines(held),
            *columns([shapes.statement_row(s) for s in made]),
            *shapes.disagreement_lines(apart),
        ],
    )
