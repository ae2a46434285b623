"""chartmend import: take files in, sealed first, then read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from vault.actions.correcting import verifying
from vault.actions.correcting.verifying import Waiting
from vault.actions.imports import run as imports
from vault.actions.imports.run import Imported
from vault.actions.imports.seal import Origin
from vault.cli import custody, piping, secrets, shapes
from vault.cli.opening import opened
from vault.cli.options import Engine, Language, PersonId, ProviderId, RequestId, day, new_app
from vault.cli.out import columns, emit, many
from vault.cli.progress import following
from vault.errors import Exit

app = new_app()

_PATHS = typer.Argument(
    help="files, folders and ZIPs: PDF, PNG, JPEG, TIFF, HEIC; - for a pipe", readable=False
)
_PIPE = Path("-")


def _what_next(rows: Sequence[Imported]) -> Iterator[str]:
    suspected = sum(row.flags for row in rows if row.status == "stored")
    looks = sum(row.look for row in rows if row.status == "stored")
    if suspected:
        yield f"{many(suspected, 'suspected mistake')}: chartmend flag list"
    if looks:
        yield f"{many(looks, 'page')} to look at yourself: chartmend (the app), or record text"


def plain(rows: Sequence[Imported]) -> Iterator[str]:
    """What became of each file, a line a file, and what to look at next."""
    cells = []
    for row in rows:
        about = row.reason
        if row.status in ("stored", "duplicate"):
            about = many(row.pages, "page") + (f", {row.ocr_pages} by OCR" if row.ocr_pages else "")
            about += f"; {row.reason}" if row.reason else ""
        cells.append((row.status, row.id or "-", row.file, about))
    yield from columns(cells)
    yield from _what_next(rows)


def _copies(found: Sequence[Waiting]) -> Iterator[str]:
    """Which of what came may be the fresh copy that a correction waits for."""
    for one in found:
        yield (
            f"{one.record.id} may be the fresh copy that {one.correction} waits for: "
            f"chartmend correction came {one.correction} {one.record.id}"
        )


def outcome(rows: Sequence[Imported]) -> int:
    """The exit code that tells what became of files."""
    bad = any(row.status in ("refused", "unreadable") for row in rows)
    return int(Exit.BAD_INPUT if bad else Exit.OK)


def asking(password_file: str | None) -> Callable[[int], str] | None:
    """How to ask for the password of locked files; None where nobody can or need be asked."""
    return secrets.file_password if password_file is None and secrets.on_terminal() else None


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
    language: Language = "",
    engine: Engine = "auto",
    password_file: Annotated[
        str | None, typer.Option(help="password of locked PDFs and ZIPs")
    ] = None,
    name: Annotated[str, typer.Option(help="what to call what comes by a pipe")] = "",
) -> int:
    """Take in scans and other files; run it again to go on after a stop."""
    received_on = day(received, "the day it came")
    imports.check_tools(language or "eng", engine)
    password = secrets.from_file(password_file) if password_file else ""
    came = custody.typed(medium, scanned_by, shelf)
    origin = Origin(person, provider, request, received_on, language, engine, came)
    files = [path for path in paths if path != _PIPE]
    if len(files) < len(paths):
        piping.check(password_file)
    with opened(write=True) as session, following(asking(password_file)) as watch:
        given = (piping.piped(name),) if len(files) < len(paths) else ()
        rows = imports.import_paths(
            session, files, origin, password=password, watch=watch, given=given
        )
        came_now = {row.id for row in rows if row.status == "stored"}
        copies = [one for one in verifying.waiting(session) if one.record.id in came_now]
    document = {"records": [shapes.imported(row) for row in rows]}
    emit(document, lambda: [*plain(rows), *_copies(copies)])
    return outcome(rows)
