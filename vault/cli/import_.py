"""chartmend import: take files in, sealed first, then read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from vault.actions.imports import run as imports
from vault.actions.imports.run import Imported
from vault.actions.imports.seal import Origin
from vault.cli import custody, secrets, shapes
from vault.cli.opening import opened
from vault.cli.options import Engine, Language, PersonId, ProviderId, RequestId, day, new_app
from vault.cli.out import columns, emit, many
from vault.cli.progress import following
from vault.errors import Exit

app = new_app()

_PATHS = typer.Argument(help="files, folders and ZIPs: PDF, PNG, JPEG, TIFF", readable=False)


def _what_next(rows: Sequence[Imported]) -> Iterator[str]:
    suspected = sum(row.flags for row in rows if row.status == "stored")
    looks = sum(row.look for row in rows if row.status == "stored")
    if suspected:
        yield f"{many(suspected, 'suspected mistake')}: chartmend flag list"
    if looks:
        yield f"{many(looks, 'page')} to look at yourself: chartmend (the app), or record text"


def _plain(rows: Sequence[Imported]) -> Iterator[str]:
    cells = []
    for row in rows:
        about = row.reason
        if row.status in ("stored", "duplicate"):
            about = many(row.pages, "page") + (f", {row.ocr_pages} by OCR" if row.ocr_pages else "")
        cells.append((row.status, row.id or "-", row.file, about))
    yield from columns(cells)
    yield from _what_next(rows)


@app.command(name="import")
def import_(
    paths: Annotated[list[Path], _PATHS],
    person: PersonId = None,
    provider: ProviderId = None,
    request: RequestId = None,
    received: Annotated[str | None, typer.Option(help="the day it came, YYYY-MM-DD")] = None,
    medium: custody.MediumWord = None,
    scanned_by: custody.ScannedBy = "",
    shelf: custody.Shelf = "",
    language: Language = "eng",
    engine: Engine = "auto",
    password_file: Annotated[
        str | None, typer.Option(help="password of locked PDFs and ZIPs")
    ] = None,
) -> int:
    """Take in scans and other files; run it again to go on after a stop."""
    received_on = day(received, "the day it came")
    imports.check_tools(language, engine)
    password = secrets.from_file(password_file) if password_file else ""
    came = custody.typed(medium, scanned_by, shelf)
    origin = Origin(person, provider, request, received_on, language, engine, came)
    with opened(write=True) as session, following() as watch:
        rows = imports.import_paths(session, paths, origin, password=password, watch=watch)
    emit({"records": [shapes.imported(row) for row in rows]}, lambda: _plain(rows))
    bad = any(row.status in ("refused", "unreadable") for row in rows)
    return int(Exit.BAD_INPUT if bad else Exit.OK)
