"""chartmend correction recipient: who is to be told of an amendment, and whether it helped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Annotated

import typer

from vault.actions.correcting import following, recipients, spreading
from vault.actions.correcting.following import Followed
from vault.actions.correcting.spreading import Suggested
from vault.actions.session import Session
from vault.cli import correction_shapes, settings
from vault.cli.opening import opened
from vault.cli.options import day, new_app, word
from vault.cli.out import columns, emit
from vault.model.corrections import Recipient

app = new_app()

_Correction = Annotated[
    str, typer.Argument(metavar="COR", help="a correction's id, or its beginning")
]
_Recipient = Annotated[
    str, typer.Argument(metavar="TOLD", help="a recipient's id (told_…), or its beginning")
]
_Name = Annotated[str, typer.Argument(metavar="[NAME]", help="who is to be told")]
_Address = Annotated[list[str] | None, typer.Option(help="a line of the address; can be repeated")]
_On = Annotated[str | None, typer.Option(help="the day, YYYY-MM-DD (today)")]


class _Copy(StrEnum):
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@app.callback()
def _group() -> None:
    """Say who is to be told of an amendment, and follow each of them up."""


def _shape(held: Recipient) -> dict[str, object]:
    return {**correction_shapes.recipient(held), "correction": held.correction}


def _row(held: Recipient) -> tuple[str, ...]:
    on = held.on.isoformat() if held.on else ""
    return held.id, held.name, held.state.value.replace("_", " "), on, held.note


def _keep(change: Callable[[Session], Recipient]) -> None:
    with opened(write=True) as session:
        held = change(session)
    emit(_shape(held), lambda: columns([_row(held)]))


def _followed(held: Followed) -> dict[str, object]:
    return {
        **_shape(held.recipient),
        "follow_up": held.on.isoformat() if held.on else None,
        "text": held.said or None,
        "cite": held.cite or None,
        "confidence": held.confidence or None,
    }


def _suggested(held: Suggested) -> dict[str, object]:
    return {
        "provider": held.provider.id,
        "name": held.provider.name,
        "records": list(held.records),
        "why": held.why,
    }


@app.command(name="list")
def list_(correction: _Correction) -> None:
    """List those to be told, what is to be done about each, and who else may hold the statement."""
    today = settings.current().today
    with opened() as session:
        held = following.every(session, correction, today)
        more = spreading.suggest(session, correction)

    def plain() -> Iterator[str]:
        for one in held:
            yield from columns([_row(one.recipient)])
            if one.said:
                yield f"    {one.said}"
        for other in more:
            yield f"not on the list: {other.provider.id} {other.provider.name}: {other.why}"
        if not held and not more:
            yield "Nobody is to be told."

    document = {
        "recipients": [_followed(one) for one in held],
        "suggested": [_suggested(other) for other in more],
    }
    emit(document, plain)


@app.command()
def add(
    correction: _Correction,
    name: _Name = "",
    address: _Address = None,
    provider: Annotated[str, typer.Option(help="a provider you have (an id)")] = "",
) -> None:
    """Name somebody who is to be told, or a provider you have."""
    lines = tuple(address or ())
    _keep(lambda s: recipients.add(s, correction, name, lines, provider))


@app.command()
def edit(
    recipient: _Recipient,
    name: Annotated[str | None, typer.Option(help="the name")] = None,
    address: _Address = None,
    provider: Annotated[str | None, typer.Option(help="a provider you have (an id)")] = None,
    note: Annotated[str | None, typer.Option(help="in your own words")] = None,
) -> None:
    """Put right who somebody is; what is not named stays."""
    lines = tuple(address) if address else None
    told = {"name": name, "address": lines, "provider": provider, "note": note}
    _keep(lambda s: recipients.edit(s, recipient, told))


@app.command()
def remove(recipient: _Recipient) -> None:
    """Take somebody off the list; refused once they were named in what was sent, or told."""
    _keep(lambda s: recipients.drop(s, recipient))


@app.command()
def told(
    recipient: _Recipient,
    on: _On = None,
    by_me: Annotated[
        bool, typer.Option("--by-me", help="you told them; else the provider did")
    ] = False,
    letter: Annotated[str, typer.Option(help="the letter that was sent (an id)")] = "",
) -> None:
    """Note that somebody was told of the amendment."""
    when = day(on, "the day they were told") or settings.current().today
    _keep(lambda s: recipients.told(s, recipient, when, by_us=by_me, letter=letter))


@app.command(name="copy")
def copy_(
    recipient: _Recipient,
    seen: Annotated[str, typer.Argument(metavar="changed|unchanged", help="what it says now")],
    record: Annotated[str, typer.Option(help="the record that shows it (an id)")] = "",
    on: _On = None,
) -> None:
    """Note whether their own copy was put right."""
    changed = word(_Copy, seen, "word for a copy") is _Copy.CHANGED
    when = day(on, "the day it was seen") or settings.current().today
    _keep(lambda s: recipients.copy_seen(s, recipient, when, changed=changed, record=record))


@app.command(name="give-up")
def give_up(
    recipient: _Recipient,
    why: Annotated[str, typer.Option(help="why")],
    on: _On = None,
) -> None:
    """Follow somebody up no more; they stay on the list."""
    when = day(on, "the day") or settings.current().today
    _keep(lambda s: recipients.give_up(s, recipient, when, why))
