"""chartmend place: which rules count where, and places you add."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vault.actions import places
from vault.cli import place_shapes as shapes
from vault.cli.opening import opened
from vault.cli.options import new_app, word
from vault.cli.out import columns, emit
from vault.model.providers import ProviderKind

app = new_app()

_ADVICE = "No legal advice: check the current text of every rule before you rely on it."


@app.callback()
def _group() -> None:
    """Look at the rules of a place, and add places of your own."""


@app.command()
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a file of places, in TOML")],
    name: Annotated[str, typer.Option(help="what to call it; else the file's name")] = "",
) -> None:
    """Add places by a file, checked line by line; they count at once."""
    with opened(write=True) as session:
        added = places.add(session, file, name)

    def plain() -> Iterator[str]:
        yield f"Added {added.name}: {', '.join((*added.new, *added.replaced)) or 'no place'}"
        if added.replaced:
            named = ", ".join(added.replaced)
            yield f"What it says of {named} counts in the place of the program's own rules."
        yield "Nobody has checked these rules but you."

    emit(shapes.added(added), plain)


@app.command(name="list")
def list_() -> None:
    """List every place there are rules for, and the files you added."""
    with opened() as session:
        rows, files = places.every(session)

    def plain() -> Iterator[str]:
        yield from columns([(row.id, row.name, row.file and f"from {row.file}") for row in rows])
        for held in files:
            if held.problem:
                yield f"{held.name} is left out: {held.problem}"

    emit(shapes.listed(rows, files), plain)


@app.command()
def show(
    place: Annotated[str, typer.Argument(metavar="ID", help="a place: us-tx, uk, ca-on")],
    kind: Annotated[str, typer.Option(help=" ".join(ProviderKind))] = "other",
) -> None:
    """Show all the rules that count at a place, each with its source."""
    chosen = word(ProviderKind, kind, "kind of provider") or ProviderKind.OTHER
    with opened() as session:
        stated = places.show(session, place, chosen)

    def plain() -> Iterator[str]:
        yield f"{stated.place}: {stated.name}"
        yield from map(places.rule_line, stated.rules)
        yield from map(places.fee_line, stated.fees)
        yield from map(places.regulator_line, stated.regulators)
        yield from map(places.retention_line, stated.retention)
        yield from stated.also
        yield _ADVICE

    emit(shapes.stated(stated), plain)


@app.command()
def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="the file, as place list has it")],
) -> None:
    """Take a file of places out again; the program's own rules count once more."""
    with opened(write=True) as session:
        places.remove(session, name)
    emit({"ok": True, "removed": name}, lambda: [f"Removed {name}."])
