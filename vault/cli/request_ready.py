"""chartmend request check, ready: what is missing before a request is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import requests
from vault.actions.asking import preflight
from vault.actions.asking.preflight import Finding
from vault.cli import settings, shapes
from vault.cli.opening import opened
from vault.cli.options import day
from vault.cli.out import emit
from vault.errors import Exit

_Request = Annotated[str, typer.Argument(metavar="REQ", help="a request's id, or its beginning")]
_Signed = Annotated[bool, typer.Option("--signed", help="you have signed it")]


def _lines(found: tuple[Finding, ...]) -> Iterator[str]:
    for finding in found:
        mark = "ok  " if finding.ok else "STOP" if finding.blocks else "look"
        hint = f": {finding.hint}" if finding.hint else ""
        yield f"{mark}  {finding.what}{hint}"


def check(request: _Request, signed: _Signed = False) -> int:
    """Look a request over before it is sent: what is there, and what is missing."""
    today = settings.current().today
    with opened() as session:
        found = preflight.check(session, request, today, today if signed else None)
        id_ = requests.get(session, request, today).request.id
    ready = not any(f.blocks for f in found)
    document = {
        "id": id_,
        "ready": ready,
        "findings": [
            {"what": f.what, "ok": f.ok, "blocks": f.blocks, "hint": f.hint or None} for f in found
        ],
    }
    emit(document, lambda: _lines(found))
    return int(Exit.OK if ready else Exit.FAILED)


def ready(
    request: _Request,
    signed: _Signed = False,
    on: Annotated[str | None, typer.Option(help="the day you signed it (today)")] = None,
) -> None:
    """Note that a request is ready to be sent, with what is enclosed."""
    when = (day(on, "the day you signed it") or settings.current().today) if signed else None
    with opened(write=True) as session:
        view = preflight.ready(session, request, when)
    state = view.request.state.value
    emit(shapes.request(view), lambda: [f"{view.request.id}  {view.provider.name}  {state}"])


def register(app: typer.Typer) -> None:
    """Give `chartmend request` these commands."""
    app.command()(check)
    app.command()(ready)
