"""chartmend request ask, drop, aside: one thing more or less, and what answers no request."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from vault.actions import requests
from vault.actions.asking import items, ledger, matching
from vault.actions.asking.items import Asked
from vault.actions.session import Session
from vault.cli.opening import opened
from vault.cli.options import day
from vault.cli.out import emit
from vault.cli.request_whole import whole
from vault.model.requests import Request

_Item = Annotated[str, typer.Argument(metavar="ITEM", help="an item's id, or its beginning")]


def ask(
    request: Annotated[str, typer.Argument(metavar="REQ", help="a request's id")],
    what: Annotated[str, typer.Option(help='a kind of record: "lab results"')],
    from_: Annotated[str | None, typer.Option("--from", help="first day of service")] = None,
    to: Annotated[str | None, typer.Option("--to", help="last day of service")] = None,
    facility: Annotated[str, typer.Option(help="the place or department meant")] = "",
    format_: Annotated[str, typer.Option("--format", help="PDF, paper, DICOM, …")] = "",
    fallback: Annotated[str, typer.Option(help="the format to take instead")] = "",
    deliver: Annotated[str, typer.Option(help="how it is to come")] = "",
) -> None:
    """Ask for one thing more, before the request is sent."""
    asked = Asked(
        from_date=day(from_, "the date after --from"),
        to_date=day(to, "the date after --to"),
        facility=facility,
        format=format_,
        fallback=fallback,
        deliver=deliver,
    )
    kinds = requests.read_types(what)
    with opened(write=True) as session:
        for kind in kinds:
            held = items.add(session, request, replace(asked, type=kind))
        _show(session, held)


def drop(item: _Item) -> None:
    """Ask no more for one thing, before the request is sent."""
    with opened(write=True) as session:
        _show(session, items.drop(session, item))


def aside(
    record: Annotated[str, typer.Argument(metavar="REC", help="a record's id")],
    undo: Annotated[bool, typer.Option("--undo", help="take that back")] = False,
) -> None:
    """Say that a record answers no request, so that none is suggested for it."""
    with opened(write=True) as session:
        held = matching.set_aside(session, record, undo=undo)
    emit({"id": held.id, "aside": not undo}, lambda: [held.id])


def _show(session: Session, request: Request) -> None:
    held = whole(session, request.id)
    emit(
        held.document,
        lambda: [f"{line.item.id}  {ledger.words(line.item)}" for line in held.ledger.lines],
    )


def register(app: typer.Typer) -> None:
    """Give `chartmend request` these commands."""
    for command in (ask, drop, aside):
        app.command()(command)
