"""chartmend provider: who holds records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

import typer

from vault.actions import holders, provider_view, providers
from vault.actions.people import Contact
from vault.actions.providers import Extra
from vault.cli import (
    provider_import,
    provider_named,
    provider_office,
    provider_process,
    provider_shapes,
    settings,
    shapes,
)
from vault.cli.opening import opened
from vault.cli.options import day, new_app, word
from vault.cli.out import columns, emit, many
from vault.model.providers import ProviderKind

app = new_app()
app.add_typer(provider_office.app, name="office")
app.add_typer(provider_named.app, name="named")

_Provider = Annotated[str, typer.Argument(metavar="PROV")]
_Npi = Annotated[str, typer.Option(help="its number in the national registry, ten digits")]
_Names = Annotated[
    list[str] | None, typer.Option("--other-name", help="a brand or an earlier name; repeatable")
]
_Closed = Annotated[str | None, typer.Option(help="the day it closed, YYYY-MM-DD")]
_Successor = Annotated[str, typer.Option(help="who keeps its records now (an id)")]
_row = provider_shapes.row


@app.callback()
def _group() -> None:
    """Add and list who holds records."""


def _extra(npi: str, names: list[str] | None, closed: str | None, successor: str) -> Extra:
    closed_on = day(closed, "the day it closed")
    return Extra(npi, tuple(names or ()), closed_on, successor)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="the name, as on its letters")],
    kind: Annotated[str, typer.Option(help=" ".join(ProviderKind))] = "other",
    jurisdiction: Annotated[str, typer.Option(help="a place: us-tx, uk, ca-on")] = "us",
    department: Annotated[str, typer.Option(help="the office that releases information")] = "",
    address: Annotated[list[str] | None, typer.Option(help="a line; can be repeated")] = None,
    phone: Annotated[str, typer.Option()] = "",
    fax: Annotated[str, typer.Option()] = "",
    email: Annotated[str, typer.Option()] = "",
    npi: _Npi = "",
    other_names: _Names = None,
    closed: _Closed = None,
    successor: _Successor = "",
) -> None:
    """Add a provider; its place decides which deadline it has."""
    chosen = word(ProviderKind, kind, "kind of provider") or ProviderKind.OTHER
    contact = Contact(tuple(address or ()), phone, fax, email)
    extra = _extra(npi, other_names, closed, successor)
    with opened(write=True) as session:
        provider = providers.add(
            session,
            name,
            kind=chosen,
            jurisdiction=jurisdiction,
            department=department,
            contact=contact,
            extra=extra,
        )
    emit(shapes.provider(provider), lambda: columns([_row(provider)]))


@app.command()
def edit(
    provider: Annotated[str, typer.Argument(metavar="PROV")],
    name: Annotated[str, typer.Option(help="the name, as on its letters")] = "",
    kind: Annotated[str | None, typer.Option(help=" ".join(ProviderKind))] = None,
    jurisdiction: Annotated[str, typer.Option(help="a place: us-tx, uk, ca-on")] = "",
    department: Annotated[str, typer.Option(help="the office that releases information")] = "",
    address: Annotated[list[str] | None, typer.Option(help="a line; can be repeated")] = None,
    phone: Annotated[str, typer.Option()] = "",
    fax: Annotated[str, typer.Option()] = "",
    email: Annotated[str, typer.Option()] = "",
    npi: _Npi = "",
    other_names: _Names = None,
    closed: _Closed = None,
    successor: _Successor = "",
    reopened: Annotated[bool, typer.Option("--reopened", help="it has not closed")] = False,
) -> None:
    """Change what is known of a provider; what is not named stays."""
    change = providers.Change(
        name=name,
        kind=word(ProviderKind, kind, "kind of provider"),
        jurisdiction=jurisdiction,
        department=department,
        contact=Contact(tuple(address or ()), phone, fax, email),
        extra=replace(_extra(npi, other_names, closed, successor), reopened=reopened),
    )
    with opened(write=True) as session:
        held = providers.edit(session, provider, change)
    emit(shapes.provider(held), lambda: columns([_row(held)]))


@app.command(name="list")
def list_(
    name: Annotated[
        str, typer.Option(help="only those a name or other name of which is like it")
    ] = "",
) -> None:
    """List all providers by name, or those whose names are like one."""
    with opened() as session:
        held = providers.matching(session, name) if name else providers.every(session)
    emit(
        {"providers": [shapes.provider(p) for p in held]}, lambda: columns([_row(p) for p in held])
    )


@app.command()
def show(provider: _Provider) -> None:
    """Show a provider: offices, how it wants to be asked, calls, requests, what came by year."""
    with opened() as session:
        held = provider_view.get(session, provider, settings.current().today)
    emit(provider_shapes.view(held), lambda: provider_shapes.view_lines(held))


@app.command()
def confirm(provider: _Provider) -> None:
    """Say that you have looked at a provider's address and found it right."""
    with opened(write=True) as session:
        held = providers.confirm(session, provider)
    emit(shapes.provider(held), lambda: columns([_row(held)]))


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(many(n, noun) for noun, n in counts.items() if n and noun != "trash")


@app.command()
def merge(
    provider: Annotated[str, typer.Argument(metavar="FROM", help="the one that goes")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="the one that stays")],
) -> None:
    """Make two providers one; everything of the first goes to the second."""
    with opened(write=True) as session:
        moved = holders.merge(session, provider, into)
    document = {**shapes.provider(moved.provider), "gone": moved.gone, "moved": dict(moved.counts)}
    told = _counted(moved.counts) or "nothing else"
    emit(document, lambda: [*columns([_row(moved.provider)]), f"moved: {told}"])


@app.command()
def delete(provider: _Provider) -> None:
    """Delete a provider with its offices, statements and calls; not while anything names it."""
    with opened(write=True) as session:
        gone = holders.delete(session, provider)
    told = _counted(gone.counts)
    also = f", with {told}" if told else ""
    emit(
        {"id": gone.provider.id, "removed": dict(gone.counts)},
        lambda: [f"deleted {gone.provider.id}{also}"],
    )


app.command(name="import")(provider_import.import_)
app.command()(provider_process.says)
app.command()(provider_process.unsay)
app.command()(provider_process.call)
