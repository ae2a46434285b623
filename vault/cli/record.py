"""chartmend record: list, show, read, draw, export, assign and read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vault.actions import readings, records, trash
from vault.actions.imports import run as imports
from vault.actions.records import Belongings, RecordDetail, RecordView
from vault.actions.trash import InTrash
from vault.cli import secrets, shapes
from vault.cli.opening import opened
from vault.cli.options import PersonId, ProviderId, RequestId, day, new_app
from vault.cli.out import columns, emit, many, talk
from vault.cli.progress import following
from vault.errors import Exit

app = new_app()

_Record = Annotated[str, typer.Argument(metavar="REC", help="a record's id, or its beginning")]
_Page = Annotated[int | None, typer.Option("--page", min=1, help="only this page")]
_Out = Annotated[Path, typer.Option("--output", "-o", help="the file to write")]


@app.callback()
def _group() -> None:
    """Look at what was taken in."""


def _row(view: RecordView) -> tuple[str, ...]:
    held = view.record
    flags = many(view.counts.flags, "flag") if view.counts.flags else ""
    state = "" if held.status.value == "stored" else held.status.value
    source = view.provider.name if view.provider else ""
    came = held.received_on.isoformat() if held.received_on else ""
    notice = ", ".join(part for part in (state, flags) if part)
    return held.id, came, held.title, many(held.pages, "page"), notice, source


@app.command(name="list")
def list_() -> None:
    """List all records, newest first."""
    with opened() as session:
        views = records.every(session)

    def plain() -> Iterator[str]:
        yield from columns([_row(view) for view in views])
        if not views:
            yield "Nothing yet. Begin with: chartmend import scan.pdf"

    emit({"records": [shapes.record(view) for view in views]}, plain)


def _show(held: RecordDetail) -> Iterator[str]:
    view = held.view
    record = view.record
    yield f"{record.title}  ({record.id})"
    taken = f"taken in {record.imported_at[:10]}"
    yield f"{many(record.pages, 'page')}, {record.media.upper()}, {taken}"
    if view.person:
        yield f"Whose: {view.person.name}"
    if view.provider:
        yield f"From:  {view.provider.name}"
    if record.reason:
        yield f"Could not be read: {record.reason}"
    for page in held.pages:
        look = f"  look at it yourself: {page.why}" if page.look or page.why else ""
        kind = "" if page.kind.value == "content" else f", {page.kind.value}"
        yield (
            f"  page {page.number}: {page.source.value}{kind}, sure {page.confidence}%, "
            f"trust {page.trust}%{look}"
        )
    for stated in held.facts:
        fact = stated.fact
        yield f"  states {fact.kind.value}: {fact.quote} (page {fact.page})"
    for flag in held.flags:
        yield f"  {flag.state.value} {flag.id}: {flag.finding.reason or flag.finding.quote}"


@app.command()
def show(record: _Record) -> None:
    """Show a record with its pages, facts and flags."""
    with opened() as session:
        held = records.detail(session, record)
    emit(shapes.detail(held), lambda: _show(held))


@app.command()
def text(record: _Record, page: _Page = None) -> None:
    """Print what the pages say; a form feed stands between pages."""
    with opened() as session:
        held, pages = records.text(session, record, page)
    document = {"id": held.id, "pages": [shapes.page_text(p) for p in pages]}
    emit(document, lambda: ["\n\f".join(p.text for p in pages)])


@app.command()
def page(
    record: _Record, number: Annotated[int, typer.Argument(metavar="N", min=1)], output: _Out
) -> None:
    """Write a page as a PNG picture; it leaves the vault unencrypted."""
    with opened() as session:
        where = records.export_page(session, record, number, output)
    emit({"file": str(where), "page": number}, lambda: [str(where)])


@app.command()
def export(record: _Record, output: _Out) -> None:
    """Write the original, byte for byte; it leaves the vault unencrypted."""
    with opened() as session:
        held = records.find(session, record)
        where = records.export(session, record, output)
    emit({"id": held.id, "file": str(where)}, lambda: [str(where)])


@app.command()
def assign(
    record: _Record,
    person: PersonId = None,
    provider: ProviderId = None,
    request: RequestId = None,
    received: Annotated[str | None, typer.Option(help="the day it came, YYYY-MM-DD")] = None,
) -> None:
    """Say whose a record is, who it came from, and which request it answers."""
    to = Belongings(person, provider, request, day(received, "the day it came"))
    with opened(write=True) as session:
        view = records.assign(session, record, to)
    emit(shapes.record(view), lambda: columns([_row(view)]))


@app.command()
def correct(
    record: _Record,
    page: Annotated[int, typer.Option("--page", min=1, help="the page")],
    quote: Annotated[str, typer.Option(help="the words as they were read")],
    text: Annotated[str, typer.Option(help="the words as the page has them")],
) -> None:
    """Correct how a page was read (not what the record says: that is a flag)."""
    with opened(write=True) as session:
        held = records.find(session, record)
        readings.correct_quote(session, held.id, page, quote, text)
        _, pages = records.text(session, held.id, page)
    document = {"id": held.id, "pages": [shapes.page_text(p) for p in pages]}
    emit(document, lambda: ["The reading is corrected; facts and checks were run again."])


@app.command()
def reread(
    record: _Record,
    page: _Page = None,
    language: Annotated[str, typer.Option(help="another Tesseract language")] = "",
    engine: Annotated[str, typer.Option(help="another engine")] = "",
    password_file: Annotated[str | None, typer.Option(help="password of a locked PDF")] = None,
) -> int:
    """Read a record, or one page of it, again; the earlier reading is kept."""
    password = secrets.from_file(password_file) if password_file else ""
    how = imports.Again(page, language, engine, password)
    with opened(write=True) as session, following() as watch:
        held = imports.reread(session, record, how, watch)
        view = records.detail(session, held.id).view
    emit(shapes.record(view), lambda: columns([_row(view)]))
    if held.reason:
        talk(f"chartmend: {held.title} could not be read: {held.reason}")
    return int(Exit.BAD_INPUT if held.reason else Exit.OK)


def _in_trash(row: InTrash) -> dict[str, object]:
    return {
        "id": row.held.record,
        "title": row.held.title,
        "deleted_on": row.held.deleted_at[:10],
        "gone_on": row.gone_on.isoformat(),
        "members": row.members,
    }


@app.command()
def delete(record: _Record) -> None:
    """Move a record to the trash, with all that was read in it; it is kept there for 30 days."""
    with opened(write=True) as session:
        row = trash.delete(session, record)
    back = f"chartmend record restore {row.held.record}"
    emit(
        _in_trash(row),
        lambda: [f"{row.held.title} is in the trash until {row.gone_on}. To undo: {back}"],
    )


@app.command(name="trash")
def trash_() -> None:
    """List the records in the trash and the day each is gone for good."""
    with opened() as session:
        rows = trash.every(session)

    def plain() -> Iterator[str]:
        yield from columns([(r.held.record, f"until {r.gone_on}", r.held.title) for r in rows])
        if not rows:
            yield "The trash is empty."

    emit({"records": [_in_trash(row) for row in rows]}, plain)


@app.command()
def restore(record: _Record) -> None:
    """Bring a record back out of the trash, as it was."""
    with opened(write=True) as session:
        ids = trash.restore(session, record)
        views = [records.detail(session, id_).view for id_ in ids]
    document = {"records": [shapes.record(view) for view in views]}
    emit(document, lambda: columns([_row(view) for view in views]))
