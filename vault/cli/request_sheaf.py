"""chartmend request fax, pack, binder: several papers of requests as one PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vault.actions import exports
from vault.actions.asking import binder as binding
from vault.actions.asking import sheaves
from vault.actions.asking.sheaves import Sheaf
from vault.cli import settings
from vault.cli.opening import opened
from vault.cli.out import emit, talk
from vault.cli.replacing import may_replace

_Request = Annotated[str, typer.Argument(metavar="REQ", help="a request's id, or its beginning")]
_Output = Annotated[Path, typer.Option("--output", "-o", help="the PDF to write")]


def _tell(made: Sheaf) -> None:
    """Say what has to be put with it by hand."""
    for request, title in made.enclose:
        talk(f"chartmend: {request}: put with it: {title}")


def fax(
    request: _Request,
    output: _Output,
    more_pages: Annotated[int, typer.Option(help="how many further pages go along")] = 0,
) -> None:
    """Write a fax: a cover sheet, and the letter behind it."""
    may_replace(output)
    with opened(write=True) as session:
        exports.check_place(session.vault.folder, output)
        made = sheaves.fax(session, request, settings.current().today, more_pages)
        file = sheaves.write(session, made, output)
    _tell(made)
    emit({"id": made.requests[0], "file": str(file), "pages": made.pages}, lambda: [str(file)])


def pack(
    request: Annotated[list[str], typer.Argument(metavar="REQ…", help="requests (ids)")],
    output: _Output,
) -> None:
    """Write the letters of several requests as one PDF to print."""
    may_replace(output)
    with opened(write=True) as session:
        exports.check_place(session.vault.folder, output)
        made = sheaves.pack(session, request, settings.current().today)
        file = sheaves.write(session, made, output)
    _tell(made)
    document = {"requests": list(made.requests), "file": str(file), "pages": made.pages}
    emit(document, lambda: [str(file)])


def binder(
    request: _Request,
    output: _Output,
    records: Annotated[bool, typer.Option("--records", help="with the pages of records")] = False,
) -> None:
    """Write the evidence on a request as one PDF, for a regulator or a lawyer."""
    may_replace(output)
    with opened() as session:
        exports.check_place(session.vault.folder, output)
        made = binding.bind(session, request, settings.current().today, with_records=records)
        file = sheaves.write(session, made, output)
    emit({"id": made.requests[0], "file": str(file), "pages": made.pages}, lambda: [str(file)])


def register(app: typer.Typer) -> None:
    """Give `chartmend request` these commands."""
    for command in (fax, pack, binder):
        app.command()(command)
