"""chartmend correction: ask a provider to put mistakes right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vault.actions import corrections, exports
from vault.actions.corrections import Asking
from vault.actions.session import Session
from vault.cli import (
    correction_edit,
    correction_letter,
    correction_ready,
    correction_recipient,
    correction_shapes,
    correction_sheaf,
    settings,
)
from vault.cli.correction_copy import came, compare, confirm
from vault.cli.correction_denial import denial, next_
from vault.cli.correction_form import form
from vault.cli.correction_lines import lines, whole
from vault.cli.correction_log import answer, log
from vault.cli.opening import opened
from vault.cli.options import new_app, sending
from vault.cli.out import emit, talk
from vault.cli.replacing import may_replace
from vault.model.letters import Letter
from vault.model.requests import Channel

app = new_app()

_Correction = Annotated[
    str, typer.Argument(metavar="COR", help="a correction's id, or its beginning")
]

app.command()(answer)
app.command()(log)
app.command()(form)
correction_ready.register(app)
correction_edit.register(app)
correction_letter.register(app)
correction_sheaf.register(app)
app.command()(denial)
app.command(name="next")(next_)
app.add_typer(correction_recipient.app, name="recipient")
app.command()(came)
app.command()(compare)
app.command()(confirm)


@app.callback()
def _group() -> None:
    """Ask a provider to amend its record."""


def _written(session: Session, made: Letter, output: Path) -> dict[str, object]:
    for missing in corrections.lacking(session, made.subject):
        talk(f"chartmend: {missing}")
    where = corrections.write_letter(session, made, output)
    return {"id": made.subject, "file": str(where), "pages": made.pages}


@app.command()
def new(
    flag: Annotated[list[str], typer.Argument(metavar="FLAG…", help="confirmed flags")],
    tell: Annotated[
        list[str] | None, typer.Option(help="who is to be told of the amendment; can be repeated")
    ] = None,
    to: Annotated[
        str, typer.Option(help="who is asked, where it is not who the record came from (an id)")
    ] = "",
    informal: Annotated[
        bool, typer.Option("--informal", help="a plain message, not a request under the law")
    ] = False,
    authority: Annotated[
        str, typer.Option(help="on what authority you ask for somebody else (an id)")
    ] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="write the letter at once")
    ] = None,
) -> None:
    """Gather confirmed flags of one provider into a correction request."""
    with opened(write=True) as session:
        if output is not None:  # before anything is kept, so that the command can be repeated
            may_replace(exports.check_place(session.vault.folder, output))
        asking = Asking(tuple(tell or ()), formal=not informal, to=to, authority=authority)
        view = corrections.new(session, flag, asking)
        letter: dict[str, object] = {}
        if output is not None:
            letter = _written(session, corrections.letter(session, view.correction.id), output)

    def plain() -> Iterator[str]:
        yield from lines(view)
        yield str(
            letter.get("file", f"Next: chartmend correction letter {view.correction.id} -o …")
        )

    emit({**correction_shapes.correction(view), **letter}, plain)


@app.command()
def sent(
    correction: _Correction,
    on: Annotated[str, typer.Option(help="the day it was sent, YYYY-MM-DD")],
    by: Annotated[str, typer.Option(help=" ".join(Channel))],
    arrived: Annotated[str | None, typer.Option(help="the day it arrived, where known")] = None,
) -> None:
    """Note that it was sent: the clock starts when it arrived."""
    how = sending(on, by, arrived)
    with opened(write=True) as session:
        view = corrections.sent(session, correction, how)
    emit(correction_shapes.correction(view), lambda: lines(view))


@app.command(name="list")
def list_() -> None:
    """List all corrections, newest first."""
    with opened() as session:
        views = corrections.every(session, settings.current().today)
    document = {"corrections": [correction_shapes.correction(v) for v in views]}
    emit(document, lambda: [line for view in views for line in lines(view)])


@app.command()
def show(correction: _Correction) -> None:
    """Show a correction with its items and what happened to it."""
    with opened() as session:
        view = corrections.get(session, correction, settings.current().today)

    emit(correction_shapes.correction(view), lambda: whole(view))
