"""chartmend record: list, show, read, draw, export, assign and read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from vault.actions import parts, readings, records, trash
from vault.actions.imports import run as imports
from vault.actions.parts import Start
from vault.actions.records import Belongings, RecordDetail, RecordView
from vault.actions.trash import InTrash
from vault.cli import custody, look, record_compare, record_review, secrets, shapes
from vault.cli.opening import opened
from vault.cli.options import PersonId, ProviderId, RequestId, day, new_app
from vault.cli.out import columns, emit, many, talk
from vault.cli.progress import following
from vault.cli.replacing import may_replace
from vault.errors import Exit
from vault.model.media import ZIP
from vault.model.records import Record

app = new_app()
app.command()(look.look)
app.command()(look.looked)
app.command()(record_review.facts)
app.command()(record_review.fact)
app.command()(record_review.note)
app.command()(record_review.accept)
app.command()(record_compare.compare)
app.command()(record_compare.older)

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
    return held.id, came, held.title, _size(held), notice, source


def _size(held: Record) -> str:
    if held.media == ZIP:
        return "ZIP"
    return many(held.pages, "page") if held.pages or held.status.value != "stored" else "split"


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


def _extent(held: RecordDetail) -> str:
    """How much a record holds: its pages, its parts, or the files in it."""
    record = held.view.record
    if record.media == ZIP:
        return many(len(held.members), "file")
    if held.members and not record.pages:
        return f"split into {many(len(held.members), 'part')}"
    return many(record.pages, "page")


def _show(held: RecordDetail, splits: Sequence[Start]) -> Iterator[str]:
    view = held.view
    record = view.record
    yield f"{record.title}  ({record.id})"
    taken = f"taken in {record.imported_at[:10]}"
    yield f"{_extent(held)}, {record.media.upper()}, {taken}"
    if held.parent:
        where = f" as {record.member}" if record.member else ""
        yield f"In:    {held.parent.title} ({held.parent.id}){where}"
    if view.person:
        yield f"Whose: {view.person.name}"
    if view.provider:
        yield f"From:  {view.provider.name}"
    yield from custody.line(record.custody)
    if record.reason:
        yield f"Could not be read: {record.reason}"
    for member in held.members:
        yield f"  {member.id}  {member.member or member.title}: {many(member.pages, 'page')}"
    for start in splits:
        yield f"  a new document at page {start.page}? {start.reason}"
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
    """Show a record with its pages, facts and flags; a ZIP with its files."""
    with opened() as session:
        held = records.detail(session, record)
        splits = parts.hints(session, held.view.record)
        review, said = record_review.reviewed(session, held.view.record.id)
    document = {**shapes.detail(held), **shapes.splits(splits), **review}
    emit(document, lambda: [*_show(held, splits), *said])


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
    may_replace(output)
    with opened() as session:
        where = records.export_page(session, record, number, output)
    emit({"file": str(where), "page": number}, lambda: [str(where)])


@app.command()
def export(record: _Record, output: _Out) -> None:
    """Write the original, byte for byte; it leaves the vault unencrypted."""
    may_replace(output)
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
    medium: custody.MediumWord = None,
    scanned_by: custody.ScannedBy = "",
    shelf: custody.Shelf = "",
) -> None:
    """Say whose a record is, who it came from, which request it answers, and how it came."""
    came = custody.typed(medium, scanned_by, shelf)
    to = Belongings(person, provider, request, day(received, "the day it came"), came)
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


def _reread(view: RecordView, done: imports.Reread) -> Iterator[str]:
    yield from columns([_row(view)])
    if done.kept:
        yield f"{many(done.kept, 'correction')} of yours kept."
    for page, old in done.dropped:
        yield f"Page {page}: your correction of {old.read!r} to {old.text!r} fits no words now."


@app.command()
def reread(
    record: _Record,
    page: _Page = None,
    language: Annotated[str, typer.Option(help="another Tesseract language")] = "",
    engine: Annotated[str, typer.Option(help="another engine")] = "",
    rotate: Annotated[
        int | None, typer.Option(help="degrees clockwise to bring it upright: 0, 90, 180, 270")
    ] = None,
    password_file: Annotated[str | None, typer.Option(help="password of a locked PDF")] = None,
) -> int:
    """Read a record, or a page of it, again; your corrections are kept where they still fit."""
    password = secrets.from_file(password_file) if password_file else ""
    how = imports.Again(page, language, engine, password, rotate)
    with opened(write=True) as session, following() as watch:
        done = imports.reread(session, record, how, watch)
        held = done.record
        view = records.detail(session, held.id).view
    emit({**shapes.record(view), **shapes.carried(done)}, lambda: _reread(view, done))
    if held.reason:
        talk(f"chartmend: {held.title} could not be read: {held.reason}")
    return int(Exit.BAD_INPUT if held.reason else Exit.OK)


@app.command()
def split(
    record: _Record,
    at: Annotated[str, typer.Option("--at", help="pages where a new document begins: 3,7")] = "",
    suggest: Annotated[bool, typer.Option("--suggest", help="only say where it seems so")] = False,
) -> None:
    """Make records of their own of the documents in one scan; `record join` undoes it."""
    if suggest or not at:
        with opened() as session:
            held, found = parts.suggest(session, record)
        emit({"id": held.id, **shapes.splits(found)}, lambda: _suggested(held, found))
        return
    pages = parts.page_numbers(at)
    with opened(write=True) as session:
        made = parts.split(session, record, pages)
        views = [records.detail(session, part.id).view for part in made]
    document = {"records": [shapes.record(view) for view in views]}
    emit(document, lambda: columns([_row(view) for view in views]))


def _suggested(held: Record, found: Sequence[Start]) -> Iterator[str]:
    for start in found:
        yield f"page {start.page}: {start.reason}"
    told = ",".join(str(start.page) for start in found)
    if found:
        yield f"To split it there: chartmend record split {held.id} --at {told}"
    else:
        yield "Nothing tells where another document begins. --at PAGES says so."


@app.command()
def join(record: _Record) -> None:
    """Undo the split of a scan: its parts become one record again."""
    with opened(write=True) as session:
        whole = parts.join(session, record)
        view = records.detail(session, whole.id).view
    emit(shapes.record(view), lambda: columns([_row(view)]))


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
    along = f", with {many(row.members, 'record')} that came out of it," if row.members else ""
    emit(
        _in_trash(row),
        lambda: [f"{row.held.title}{along} is in the trash until {row.gone_on}. To undo: {back}"],
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
