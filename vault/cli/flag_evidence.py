"""chartmend flag evidence: what shows that an entry is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vault.actions import evidence
from vault.actions.session import Session
from vault.cli import flag_shapes
from vault.cli.flag_lines import shown
from vault.cli.opening import opened
from vault.cli.options import new_app
from vault.cli.out import emit, talk
from vault.cli.replacing import may_replace
from vault.errors import UsageError
from vault.model.evidence import Evidence

app = new_app()

_Flag = Annotated[str, typer.Argument(metavar="FLAG", help="a flag's id, or its beginning")]
_Evidence = Annotated[str, typer.Argument(metavar="EVIDENCE", help="an id from flag evidence list")]


@app.callback()
def _group() -> None:
    """Keep what shows that an entry is wrong: a place, a picture, your own word."""


def _added(
    s: Session,
    flag: str,
    place: tuple[str | None, int | None, str],
    picture: Path | None,
    note: str,
) -> Evidence:
    record, page, quote = place
    if record is not None:
        if picture is not None or note:
            raise UsageError("that is more than one thing", "add a place and a note one by one")
        return evidence.add_place(s, flag, record, page, quote)
    if page is not None or quote:
        raise UsageError("the record of that place is missing", "name it with --record")
    if picture is not None:
        return evidence.add_picture(s, flag, picture, note)
    if not note:
        raise UsageError("there is no evidence", "give --record, --picture or --note")
    return evidence.add_note(s, flag, note)


@app.command()
def add(
    flag: _Flag,
    record: Annotated[str | None, typer.Option(help="another record that shows it")] = None,
    page: Annotated[int | None, typer.Option(min=1, help="the page of that record")] = None,
    quote: Annotated[str, typer.Option(help="the exact words of that page")] = "",
    picture: Annotated[
        Path | None, typer.Option(help="JPEG, PNG, TIFF, HEIC or a PDF of one page")
    ] = None,
    note: Annotated[str, typer.Option(help="your own word, or what the picture shows")] = "",
) -> None:
    """Add one thing that shows that the entry is wrong; a picture is kept encrypted."""
    with opened(write=True) as session:
        held = _added(session, flag, (record, page, quote), picture, note)
        found = evidence.found(session, held)
    if not found:
        talk("chartmend: these words were not found as the page was read; they are kept as typed")
    emit(flag_shapes.evidence(held), lambda: [shown(held)])


@app.command(name="list")
def list_(flag: _Flag) -> None:
    """List the evidence of a flag."""
    with opened() as session:
        held = evidence.of(session, flag)
    emit(
        {"evidence": [flag_shapes.evidence(e) for e in held]},
        lambda: [shown(e) for e in held] or ["No evidence."],
    )


@app.command()
def show(
    evidence_: _Evidence,
    output: Annotated[Path, typer.Option("-o", "--output", help="the PNG to write")],
) -> None:
    """Write the picture, or the page of a place, as a PNG; it leaves the vault unencrypted."""
    may_replace(output)
    with opened() as session:
        held = evidence.find(session, evidence_)
        where = evidence.export(session, held.id, output)
    emit({"id": held.id, "file": str(where)}, lambda: [str(where)])


@app.command()
def drop(evidence_: _Evidence) -> None:
    """Take evidence back; what a correction was sent with stays."""
    with opened(write=True) as session:
        held = evidence.drop(session, evidence_)
    emit({"id": held.id, "dropped": True}, lambda: [f"{held.id} was taken back."])
