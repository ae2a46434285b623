"""chartmend request enclose: the copies of documents that go with a request."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vault.actions import documents
from vault.cli import kit_shapes, settings
from vault.cli.id import told
from vault.cli.opening import opened
from vault.cli.options import day
from vault.cli.out import emit
from vault.cli.replacing import may_replace


def enclose(
    request: Annotated[str, typer.Argument(metavar="REQ", help="a request's id")],
    document: Annotated[list[str], typer.Argument(metavar="DOC…", help="documents (ids)")],
    output: Annotated[Path, typer.Option("-o", "--output", help="the PDF to write")],
    on: Annotated[str | None, typer.Option(help="the day on it, YYYY-MM-DD (today)")] = None,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="leave the masks out")] = False,
) -> None:
    """Write the copies of documents that go with a request, for its provider alone."""
    may_replace(output)
    today = day(on, "the day on the copies") or settings.current().today
    with opened(write=True) as session:
        made = documents.enclose(session, request, document, today, output, unmasked=unmasked)
    emit(kit_shapes.copied(made), lambda: told(made))


def register(app: typer.Typer) -> None:
    """Add the command to `chartmend request`."""
    app.command()(enclose)
