"""chartmend scan: paper from a scanner straight into the vault."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from vault.actions.imports import run as imports
from vault.actions.imports.gather import given
from vault.actions.imports.seal import Origin
from vault.actions.scanning import run as scanning
from vault.actions.scanning.run import MODES, Wanted
from vault.cli import custody, import_, secrets, shapes
from vault.cli.opening import opened
from vault.cli.options import Engine, Language, PersonId, ProviderId, RequestId, day, new_app
from vault.cli.out import emit, many, talk
from vault.cli.progress import following
from vault.errors import Exit, Stopped
from vault.model.custody import Medium

app = new_app()

_Device = Annotated[str, typer.Option(help="SANE's name of the scanner; else the first there is")]
_Feeder = Annotated[bool, typer.Option("--feeder", help="take all sheets from the feeder")]
_Both = Annotated[bool, typer.Option("--both-sides", help="both sides of the feeder's sheets")]
_Resolution = Annotated[int, typer.Option(min=50, max=1200, help="dots an inch")]
_Mode = Annotated[str, typer.Option(help=" ".join(MODES))]
_Pages = Annotated[int, typer.Option(min=0, max=9999, help="how many; 0: one, the feeder all")]


def _came(number: int) -> None:
    talk(f"Page {number} scanned.")


def _ready(number: int) -> bool:
    """Ask for the next page to be put on the glass; False where nobody can be asked."""
    if secrets.on_terminal():
        secrets.ask_plain(f"Put page {number} on the glass, and press Enter")
        return True
    return False


def _scan(wanted: Wanted) -> scanning.Scanned:
    try:
        return scanning.scan(wanted, _came, _ready)
    except KeyboardInterrupt:
        stopped = Stopped("nothing of this scan was kept")
        stopped.hint = "put the pages back and scan again"
        raise stopped from None


@app.command()
def scan(
    device: _Device = "",
    feeder: _Feeder = False,
    both_sides: _Both = False,
    resolution: _Resolution = 300,
    mode: _Mode = "gray",
    pages: _Pages = 0,
    name: Annotated[str, typer.Option(help="what to call the record")] = "",
    person: PersonId = None,
    provider: ProviderId = None,
    request: RequestId = None,
    received: Annotated[str | None, typer.Option(help="the day it came, YYYY-MM-DD")] = None,
    medium: custody.MediumWord = Medium.PAPER.value,
    scanned_by: custody.ScannedBy = "",
    shelf: custody.Shelf = "",
    language: Language = "",
    engine: Engine = "auto",
) -> int:
    """Scan paper into the vault as one record; no picture of it is written to a file."""
    came = custody.typed(medium, scanned_by, shelf)
    received_on = day(received, "the day it came")
    origin = Origin(person, provider, request, received_on, language, engine, came)
    imports.check_tools(language or "eng", engine)
    with opened(write=True) as session:
        done = _scan(Wanted(device, feeder, both_sides, resolution, mode, pages))
        title = name or time.strftime("Scan %Y-%m-%d %H.%M.pdf")
        with following() as watch:
            rows = imports.import_paths(
                session, (), origin, watch=watch, given=(given(title, done.data),)
            )
    emit({"records": [shapes.imported(row) for row in rows]}, lambda: import_.plain(rows))
    if done.problem:
        talk(f"chartmend: after {many(done.pages, 'page')} the scanner stopped: {done.problem}")
    return int(Exit.BAD_INPUT) if done.problem else import_.outcome(rows)
