"""chartmend provider import: providers from the national registry's files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vault.actions.registry import run
from vault.actions.registry.run import Subset, Taken
from vault.cli.opening import opened
from vault.cli.options import word
from vault.cli.out import emit, many
from vault.errors import Exit
from vault.model.providers import ProviderKind


def shape(taken: Taken) -> dict[str, object]:
    """What became of a file's rows, as JSON."""
    return {
        "added": taken.added,
        "updated": taken.updated,
        "unchanged": taken.unchanged,
        "skipped": taken.skipped,
        "deactivated": taken.deactivated,
        "more": taken.more,
        "bad": [{"line": bad.line, "why": bad.why} for bad in taken.bad],
    }


def lines(taken: Taken) -> Iterator[str]:
    """What became of a file's rows, as lines."""
    yield (
        f"{many(taken.added, 'provider')} added, {taken.updated} updated, "
        f"{taken.unchanged} unchanged"
    )
    if taken.deactivated:
        yield f"{many(taken.deactivated, 'number')} no longer in use, skipped"
    broken = taken.skipped - taken.deactivated
    if broken:
        yield f"{many(broken, 'row')} that cannot be used:"
        yield from (f"  line {bad.line}: {bad.why}" for bad in taken.bad[:20])
        if broken > 20:
            yield "  …"
    if taken.more:
        yield "more rows fit than were taken: choose more closely, or give a higher --limit"
    if taken.added or taken.updated:
        yield "look over each address, then: chartmend provider confirm PROV"


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the registry's CSV or JSON")],
    state: Annotated[str, typer.Option(help="two letters: TX")] = "",
    city: Annotated[str, typer.Option()] = "",
    name: Annotated[str, typer.Option(help="words of the name")] = "",
    postal: Annotated[str, typer.Option(help="the beginning of the postal code")] = "",
    kind: Annotated[str | None, typer.Option(help=" ".join(ProviderKind))] = None,
    limit: Annotated[int | None, typer.Option(help=f"at most so many ({run.MOST})")] = None,
) -> int:
    """Take in providers from a file of the NPI registry; each address is to be confirmed."""
    chosen = word(ProviderKind, kind, "kind of provider")
    subset = Subset(state, city, name, postal, chosen, limit)
    with opened(write=True) as session:
        taken = run.take(session, file, subset)
    emit(shape(taken), lambda: lines(taken))
    return int(Exit.BAD_INPUT if taken.bad else Exit.OK)
