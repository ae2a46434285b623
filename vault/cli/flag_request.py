"""chartmend flag request: ask for what a flag says is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import omissions, requests
from vault.actions.omissions import Advice, Made, Part
from vault.cli import shapes
from vault.cli.opening import opened
from vault.cli.options import day
from vault.cli.out import emit

_Flag = Annotated[str, typer.Argument(metavar="FLAG", help="a flag's id, or its beginning")]


def _advice(held: Advice) -> dict[str, object]:
    wanted = held.missing
    return {
        "flag": held.flag.id,
        "way": held.way.value,
        "why": held.why,
        "provider": held.provider or None,
        "request": held.request or None,
        "items": list(held.items),
        "what": [kind.value for kind in wanted.types],
        "from": wanted.from_date.isoformat() if wanted.from_date else None,
        "to": wanted.to_date.isoformat() if wanted.to_date else None,
        "facility": wanted.words or None,
    }


def _made(held: Made) -> dict[str, object]:
    return {
        **shapes.request(held.view),
        "flag": held.advice.flag.id,
        "flag_state": held.advice.flag.state.value,
        "existing": held.existing,
        "items": list(held.items),
        "why": held.advice.why,
    }


def _plain(held: Made) -> Iterator[str]:
    id_ = held.view.request.id
    verb = "asks for it already" if held.existing else "asks for it"
    yield f"{id_} to {held.view.provider.name} {verb}: {held.advice.why}"
    if not held.existing or held.view.standing.start is None:
        yield f"next: chartmend request letter {id_} -o FILE.pdf"
    else:
        yield f"next: chartmend request letters {id_} lists the letters that fit"


def request(
    flag: _Flag,
    what: Annotated[
        str, typer.Option(help="what to ask for, separated by commas; as it was found, if left out")
    ] = "",
    from_: Annotated[str | None, typer.Option("--from", help="first day of service")] = None,
    to: Annotated[str | None, typer.Option(help="last day of service")] = None,
    facility: Annotated[str, typer.Option(help="the part or the place meant, in words")] = "",
    provider: Annotated[
        str, typer.Option(help="whom to ask; who the record came from, if left out (an id)")
    ] = "",
    anew: Annotated[
        bool, typer.Option("--new", help="a request of its own, although one is open")
    ] = False,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="only say what fits, and why; nothing is made")
    ] = False,
) -> None:
    """Ask for what is missing: by a new request, or by the open one that owes it."""
    if suggest:
        with opened() as session:
            held = omissions.suggest(session, flag)
        emit(_advice(held), lambda: [f"{held.way.value}: {held.why}"])
        return
    part = Part(
        types=requests.read_types(what) if what else (),
        from_date=day(from_, "the date after --from"),
        to_date=day(to, "the date after --to"),
        words=facility,
        provider=provider,
    )
    with opened(write=True) as session:
        made = omissions.ask(session, flag, part, anew=anew)
    emit(_made(made), lambda: _plain(made))
