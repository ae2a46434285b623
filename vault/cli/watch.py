"""chartmend watch: take in what arrives in a folder, each file once it is still."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from vault.actions.imports import run as imports
from vault.actions.imports.folder import Inbox
from vault.actions.imports.run import Imported
from vault.actions.imports.seal import Origin
from vault.actions.session import Session
from vault.cli import custody, import_, secrets, settings, shapes
from vault.cli.opening import opened
from vault.cli.options import Engine, Language, PersonId, ProviderId, RequestId, new_app
from vault.cli.out import emit, many, talk
from vault.errors import CannotRead, CannotWrite

app = new_app()

_Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="where files arrive")]
_Every = Annotated[float, typer.Option(min=0, max=3600, help="seconds between two looks")]
_Once = Annotated[bool, typer.Option("--once", help="look twice, take what is still, end")]
_Move = Annotated[Path | None, typer.Option("--move", help="where files go once they are sealed")]
_SEALED = ("stored", "duplicate", "unreadable")


def _rounds(inbox: Inbox, every: float, *, once: bool) -> Iterator[tuple[Path, ...]]:
    """What has become still, look by look, until once is enough."""
    inbox.look()
    while True:
        time.sleep(every)
        ready = inbox.look()
        if ready or once:
            yield ready
        if once:
            return


def _take(session: Session, paths: Sequence[Path], origin: Origin, password: str) -> list[Imported]:
    """Take in files one after another, so that each can be told sealed or not."""
    try:
        return list(imports.import_paths(session, paths, origin, password=password))
    except CannotRead:  # all gone since they were seen
        return []


def _move(inbox: Inbox, path: Path) -> None:
    try:
        inbox.move(path)
    except CannotWrite as error:
        talk(f"chartmend: {error.sentence}; the file stays where it is")


def _round(
    session: Session, inbox: Inbox, ready: Sequence[Path], origin: Origin, password: str
) -> list[Imported]:
    if inbox.moved_to is None:
        return _take(session, ready, origin, password)
    done: list[Imported] = []
    for path in ready:
        rows = _take(session, (path,), origin, password)
        # What is in a ZIP may be refused one by one; the ZIP itself is sealed with its first row.
        if any(row.status in _SEALED for row in rows):
            _move(inbox, path)
        done += rows
    return done


def _tell(rows: Sequence[Imported]) -> None:
    """Say what became of files as they come; all at the end where it is one JSON document."""
    if not settings.current().json:
        emit(None, lambda: import_.plain([row for row in rows if row.status != "duplicate"]))


@app.command()
def watch(
    folder: _Folder,
    once: _Once = False,
    every: _Every = 2.0,
    move: _Move = None,
    person: PersonId = None,
    provider: ProviderId = None,
    request: RequestId = None,
    medium: custody.MediumWord = None,
    scanned_by: custody.ScannedBy = "",
    shelf: custody.Shelf = "",
    language: Language = "",
    engine: Engine = "auto",
    password_file: Annotated[
        str | None, typer.Option(help="password of locked PDFs and ZIPs")
    ] = None,
) -> int:
    """Take in files as they arrive in a folder, each once nobody writes to it; Ctrl-C ends it."""
    came = custody.typed(medium, scanned_by, shelf)
    origin = Origin(person, provider, request, None, language, engine, came)
    imports.check_tools(language or "eng", engine)
    password = secrets.from_file(password_file) if password_file else ""
    done: list[Imported] = []
    with opened(write=True) as session:
        inbox = Inbox(folder, session.vault.folder, move)
        inbox.check()
        if not once:
            talk(f"Watching {inbox.folder}. Ctrl-C ends it.")
        busy = False
        try:
            for ready in _rounds(inbox, every, once=once):
                busy = True
                rows = _round(session, inbox, ready, origin, password)
                done += rows
                busy = False
                _tell(rows)
        except KeyboardInterrupt:
            if busy:  # else it is the usual way to end it
                raise
        if once and inbox.waiting:
            left = many(inbox.waiting, "file")
            talk(f"chartmend: {left} not still yet, or empty; left for later")
    if settings.current().json:
        emit({"records": [shapes.imported(row) for row in done]}, tuple)
    return import_.outcome(done)
