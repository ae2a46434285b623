"""chartmend due: everything with a date, and a calendar file of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vault.actions import dues, exports
from vault.cli import asking_shapes, settings
from vault.cli.opening import opened
from vault.cli.options import new_app
from vault.cli.out import columns, emit
from vault.cli.replacing import may_replace

app = new_app()


@app.command()
def due(
    ics: Annotated[
        Path | None, typer.Option("--ics", help="write the dates as a calendar file too")
    ] = None,
) -> None:
    """List everything with a date, the earliest first, with its rule and citation."""
    today = settings.current().today
    if ics is not None:
        may_replace(ics)
    with opened() as session:
        if ics is not None:
            exports.check_place(session.vault.folder, ics)
        owed = dues.every(session, today)
        document: dict[str, object] = {"due": [asking_shapes.owed(o) for o in owed]}
        if ics is not None:
            document["file"] = str(dues.write_calendar(session, owed, today, ics))

    def plain() -> Iterator[str]:
        rows = [
            (
                o.on.isoformat(),
                o.urgency.value.replace("_", " "),
                o.kind.value.replace("_", " "),
                o.what,
                o.said if o.said != o.what else "",
            )
            for o in owed
        ]
        yield from columns(rows)
        if not owed:
            yield "Nothing is owed."
        if "file" in document:
            yield str(document["file"])

    emit(document, plain)
