"""chartmend provider named: who is named in held records, and was perhaps never asked."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.core import TyperGroup

from vault.actions import discovery
from vault.actions.discovery import Named
from vault.cli import provider_shapes as shapes
from vault.cli.opening import opened
from vault.cli.options import word
from vault.cli.out import columns, emit
from vault.cli.shapes import provider as provider_shape
from vault.model.providers import ProviderKind


class _ListFirst(TyperGroup):
    """`provider named` is `provider named list`."""

    def parse_args(self, ctx: object, args: list[str]) -> list[str]:
        """Put the word in where none of the group's own words comes first."""
        if not args or args[0] not in {*self.commands, "-h", "--help"}:
            args = ["list", *args]
        return super().parse_args(ctx, args)  # type: ignore[arg-type]


app = typer.Typer(
    cls=_ListFirst, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False
)
_Name = Annotated[str, typer.Argument(metavar="NAME", help="as the list shows it")]


@app.callback()
def _group() -> None:
    """List who is named in held records, and say who they are."""


def _emit(held: Named) -> None:
    emit(shapes.named(held), lambda: columns([shapes.named_row(held)]))


@app.command(name="list")
def list_() -> None:
    """List the names in held records, those never asked first."""
    with opened() as session:
        found = discovery.every(session)
    emit(
        {"named": [shapes.named(n) for n in found]},
        lambda: columns([shapes.named_row(n) for n in found]),
    )


@app.command()
def add(
    name: _Name,
    kind: Annotated[str | None, typer.Option(help=" ".join(ProviderKind))] = None,
    jurisdiction: Annotated[str, typer.Option(help="a place: us-tx, uk, ca-on")] = "us",
) -> None:
    """Add the provider that a name is; only you can say so."""
    chosen = word(ProviderKind, kind, "kind of provider")
    with opened(write=True) as session:
        made = discovery.add_named(session, name, chosen, jurisdiction)
    emit(provider_shape(made), lambda: columns([shapes.row(made)]))


@app.command()
def same(name: _Name, provider: Annotated[str, typer.Argument(metavar="PROV")]) -> None:
    """Say that a name is a provider you have; it becomes one of its other names."""
    with opened(write=True) as session:
        held = discovery.same(session, name, provider)
    _emit(held)


@app.command()
def ignore(name: _Name) -> None:
    """Say that a name is nobody to ask."""
    with opened(write=True) as session:
        held = discovery.ignore(session, name)
    _emit(held)


@app.command()
def undo(name: _Name) -> None:
    """Take back what you said of a name; a provider that was added stays."""
    with opened(write=True) as session:
        held = discovery.undecide(session, name)
    _emit(held)
