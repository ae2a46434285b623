"""chartmend record compare and older: copies of the same record, and what changed between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import records, versions
from vault.cli import review_shapes
from vault.cli.opening import opened
from vault.cli.out import emit
from vault.errors import UsageError

_Record = Annotated[str, typer.Argument(metavar="REC", help="a record's id, or its beginning")]


def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help="the earlier copy (an id)")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="the later copy (an id)")],
) -> None:
    """Say what changed between two copies of a record, with the place in each."""
    with opened() as session:
        held = versions.compare(session, old, new)

    def plain() -> Iterator[str]:
        yield f"From {held.old.title} ({held.old.id}) to {held.new.title} ({held.new.id}):"
        yield from review_shapes.change_lines(held.comparison)

    emit(review_shapes.compared(held), plain)


def older(
    record: _Record,
    earlier: Annotated[
        str, typer.Argument(metavar="[OLD]", help="the record it is a later copy of (an id)")
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="it is a later copy of none")] = False,
) -> None:
    """Say of which record one is a later copy; without OLD, list which it may be."""
    if undo and earlier:
        raise UsageError("either name a record or take it back", "leave out --undo or OLD")
    with opened(write=bool(earlier or undo)) as session:
        held = records.find(session, record)
        if earlier or undo:
            held = versions.link(session, held.id, earlier or None)
        found = versions.later_copy(session, held.id)

    def plain() -> Iterator[str]:
        if held.older:
            yield f"{held.id} is a later copy of {held.older}."
        for one in found:
            yield f"{one.record.id}  {one.record.title}: {one.why}"
        if not held.older and not found:
            yield "No other record seems to be an earlier copy of it."

    document = {
        "id": held.id,
        "older": held.older,
        "earlier_copies": review_shapes.copies(found),
    }
    emit(document, plain)
