"""chartmend flag repeats: where else the records say what a flag says is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import flags
from vault.actions import repeats as action
from vault.cli import flag_shapes
from vault.cli.flag_lines import places
from vault.cli.opening import opened
from vault.cli.out import emit
from vault.errors import UsageError
from vault.safetext import safe_line


def _place(text: str) -> tuple[str, int]:
    """A record and a page typed as REC:PAGE; raises UsageError."""
    record, _, page = text.rpartition(":")
    if not record or not (page.isascii() and page.isdigit()) or len(page) > 9 or int(page) < 1:
        raise UsageError(f"{safe_line(text, 40)!r} is no place", "write it as REC:PAGE")
    return record, int(page)


def repeats(
    flag: Annotated[str, typer.Argument(metavar="FLAG", help="a flag's id, or its beginning")],
    each: Annotated[
        list[str] | None,
        typer.Option("--flag", metavar="REC:PAGE", help="flag this place, too; can be repeated"),
    ] = None,
    flag_all: Annotated[bool, typer.Option("--flag-all", help="flag all of them, too")] = False,
) -> None:
    """Show where else the records say the same, holder by holder, and flag what you choose."""
    chosen = tuple(_place(text) for text in each or ())
    if chosen and flag_all:
        raise UsageError("all of them, or only some?", "--flag-all or --flag, not both")
    with opened(write=bool(chosen or flag_all)) as session:
        wanted = flags.get(session, flag).id
        made = action.flag(session, wanted, chosen or None) if chosen or flag_all else ()
        found = action.of(session, wanted)
    document = {
        "id": wanted,
        "repeats": [flag_shapes.repeat(r) for r in found],
        "flagged": [f.id for f in made],
    }

    def plain() -> Iterator[str]:
        yield from places(found)
        yield from (f"flagged: {f.id}" for f in made)

    emit(document, plain)
