"""chartmend provider: who holds records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import providers
from vault.actions.people import Contact
from vault.cli import shapes
from vault.cli.opening import opened
from vault.cli.options import new_app, word
from vault.cli.out import columns, emit
from vault.model.providers import Provider, ProviderKind

app = new_app()


@app.callback()
def _group() -> None:
    """Add and list who holds records."""


def _row(provider: Provider) -> tuple[str, ...]:
    kind = provider.kind.value.replace("_", " ")
    return provider.id, provider.name, kind, provider.jurisdiction


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
) -> None:
    """Add a provider; its place decides which deadline it has."""
    chosen = word(ProviderKind, kind, "kind of provider") or ProviderKind.OTHER
    contact = Contact(tuple(address or ()), phone, fax, email)
    with opened(write=True) as session:
        provider = providers.add(
            session,
            name,
            kind=chosen,
            jurisdiction=jurisdiction,
            department=department,
            contact=contact,
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
) -> None:
    """Change what is known of a provider; what is not named stays."""
    change = providers.Change(
        name=name,
        kind=word(ProviderKind, kind, "kind of provider"),
        jurisdiction=jurisdiction,
        department=department,
        contact=Contact(tuple(address or ()), phone, fax, email),
    )
    with opened(write=True) as session:
        held = providers.edit(session, provider, change)
    emit(shapes.provider(held), lambda: columns([_row(held)]))


@app.command(name="list")
def list_() -> None:
    """List all providers by name."""
    with opened() as session:
        held = providers.every(session)
    emit(
        {"providers": [shapes.provider(p) for p in held]}, lambda: columns([_row(p) for p in held])
    )


@app.command()
def show(provider: Annotated[str, typer.Argument(metavar="PROV")]) -> None:
    """Show a provider and how it is reached."""
    with opened() as session:
        held = providers.find(session, provider)

    def plain() -> Iterator[str]:
        yield from columns([_row(held)])
        reach = (held.department, *held.address, held.phone, held.fax and f"fax {held.fax}")
        yield from (f"  {line}" for line in (*reach, held.email) if line)

    emit(shapes.provider(held), plain)
