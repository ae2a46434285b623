"""chartmend correction: ask a provider to put mistakes right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vault.actions import corrections, exports
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.cli import settings, shapes
from vault.cli.opening import opened
from vault.cli.options import happening, new_app, sending
from vault.cli.out import columns, emit, many, talk
from vault.cli.replacing import may_replace
from vault.model.corrections import CorrectionEvent
from vault.model.letters import Letter
from vault.model.requests import Channel

app = new_app()

_Correction = Annotated[
    str, typer.Argument(metavar="COR", help="a correction's id, or its beginning")
]

_OWN = (CorrectionEvent.DRAFTED, CorrectionEvent.SENT)  # these have commands of their own


@app.callback()
def _group() -> None:
    """Ask a provider to amend its record."""


def _lines(view: CorrectionView) -> Iterator[str]:
    held = view.correction
    state = held.state.value.replace("_", " ")
    about = corrections.owed(view)
    items = many(len(held.items), "item")
    yield from columns([(held.id, view.provider.name, state, items, about)])


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
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="write the letter at once")
    ] = None,
) -> None:
    """Gather confirmed flags of one provider into a correction request."""
    with opened(write=True) as session:
        if output is not None:  # before anything is kept, so that the command can be repeated
            may_replace(exports.check_place(session.vault.folder, output))
        view = corrections.new(session, flag, tell or ())
        letter: dict[str, object] = {}
        if output is not None:
            letter = _written(session, corrections.letter(session, view.correction.id), output)

    def plain() -> Iterator[str]:
        yield from _lines(view)
        yield str(
            letter.get("file", f"Next: chartmend correction letter {view.correction.id} -o …")
        )

    emit({**shapes.correction(view), **letter}, plain)


@app.command()
def letter(
    correction: _Correction,
    output: Annotated[Path, typer.Option("--output", "-o", help="the PDF to write")],
) -> None:
    """Write the letter as a PDF; it leaves the vault unencrypted."""
    may_replace(output)
    with opened(write=True) as session:
        made = corrections.letter(session, correction)
        document = _written(session, made, output)
        view = corrections.get(session, made.subject, settings.current().today)
    pages = sorted({(f.finding.record, f.finding.page) for f in view.flags if f.finding.page})
    enclose = [f"Enclose: chartmend record page {r} {p} -o page-{p}.png" for r, p in pages]
    emit(document, lambda: [str(document["file"]), *enclose])


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
    emit(shapes.correction(view), lambda: _lines(view))


@app.command()
def log(
    correction: _Correction,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="note withdrawn")],
    on: Annotated[str | None, typer.Option(help="the day, YYYY-MM-DD (today)")] = None,
    note: Annotated[str, typer.Option(help="in your own words")] = "",
) -> None:
    """Note what happened; a withdrawn correction gives its flags back."""
    kind, happened = happening(_OWN, event, on)
    with opened(write=True) as session:
        view = corrections.log(session, correction, kind, happened, note)
    emit(shapes.correction(view), lambda: _lines(view))


@app.command(name="list")
def list_() -> None:
    """List all corrections, newest first."""
    with opened() as session:
        views = corrections.every(session, settings.current().today)
    document = {"corrections": [shapes.correction(v) for v in views]}
    emit(document, lambda: [line for view in views for line in _lines(view)])


@app.command()
def show(correction: _Correction) -> None:
    """Show a correction with its items and what happened to it."""
    with opened() as session:
        view = corrections.get(session, correction, settings.current().today)

    def plain() -> Iterator[str]:
        yield from _lines(view)
        for flag in view.flags:
            yield f"  {flag.id}: {flag.finding.quote} -> {flag.should_say}"
        for event in view.correction.events:
            yield f"  {event.on.isoformat()}  {event.kind}"

    emit(shapes.correction(view), plain)
