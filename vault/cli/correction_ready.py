"""chartmend correction preflight, ready: what is missing before a correction is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import corrections
from vault.actions.asking.preflight import Finding
from vault.actions.correcting import preflight as checking
from vault.cli import correction_shapes, settings
from vault.cli.correction_lines import lines
from vault.cli.opening import opened
from vault.cli.options import day
from vault.cli.out import emit
from vault.errors import Exit

_Correction = Annotated[
    str, typer.Argument(metavar="COR", help="a correction's id, or its beginning")
]
_Signed = Annotated[
    str | None, typer.Option(help="the day you signed it, YYYY-MM-DD; a plain message needs none")
]


def _lines(found: tuple[Finding, ...]) -> Iterator[str]:
    for finding in found:
        mark = "ok  " if finding.ok else "STOP" if finding.blocks else "look"
        hint = f": {finding.hint}" if finding.hint else ""
        yield f"{mark}  {finding.what}{hint}"


def preflight(correction: _Correction, signed: _Signed = None) -> int:
    """Look a correction over before it is sent: what is there, and what is missing."""
    today = settings.current().today
    on = day(signed, "the day you signed it")
    with opened() as session:
        found = checking.check(session, correction, today, on)
        id_ = corrections.get(session, correction, today).correction.id
    ready_ = not any(f.blocks for f in found)
    document = {
        "id": id_,
        "ready": ready_,
        "findings": [
            {"what": f.what, "ok": f.ok, "blocks": f.blocks, "hint": f.hint or None} for f in found
        ],
    }
    emit(document, lambda: _lines(found))
    return int(Exit.OK if ready_ else Exit.FAILED)


def ready(correction: _Correction, signed: _Signed = None) -> None:
    """Note that a correction is ready to be sent, with what is enclosed."""
    on = day(signed, "the day you signed it")
    with opened(write=True) as session:
        view = checking.ready(session, correction, on)
    emit(correction_shapes.correction(view), lambda: lines(view))


def register(app: typer.Typer) -> None:
    """Give `chartmend correction` these commands."""
    app.command()(preflight)
    app.command()(ready)
