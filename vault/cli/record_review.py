"""chartmend record facts, fact, note, accept: a person's word on what a record says."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from vault.actions import accepting, fact_list, records, remarks, versions
from vault.actions.session import Session
from vault.cli import review_shapes
from vault.cli.opening import opened
from vault.cli.options import word
from vault.cli.out import columns, emit
from vault.cli.shapes import Json
from vault.errors import UsageError
from vault.model.reviewing import Listed, Progress, Remark

_Record = Annotated[str, typer.Argument(metavar="REC", help="a record's id, or its beginning")]
_Page = Annotated[int | None, typer.Option("--page", min=1, help="only this page")]


class _Word(StrEnum):
    CONFIRM = "confirm"
    STRIKE = "strike"
    UNDO = "undo"


def _lines(found: tuple[Listed, ...]) -> Iterator[str]:
    rows = []
    for one in found:
        fact = one.stored.fact
        kind = fact.kind.value.replace("_", " ")
        rows.append((one.stored.id, f"page {fact.page}", kind, one.said, fact.quote or fact.value))
    yield from columns(rows)
    if not rows:
        yield "No facts were found in this record."


def facts(record: _Record, page: _Page = None) -> None:
    """List what a record states, each fact with its place and your word on it."""
    with opened() as session:
        held = records.find(session, record)
        found = fact_list.of(session, held.id)
    found = tuple(one for one in found if page in (None, one.stored.fact.page))
    document = {"id": held.id, "facts": [review_shapes.listed(one) for one in found]}
    emit(document, lambda: _lines(found))


def fact(
    record: _Record,
    fact: Annotated[str, typer.Argument(metavar="FACT", help="a fact's id, or its beginning")],
    said: Annotated[str, typer.Argument(metavar="confirm|strike|undo", help="your word on it")],
) -> None:
    """Confirm a fact, or strike it: checks and letters leave out a struck one."""
    told = word(_Word, said, "word on a fact")
    how = {_Word.CONFIRM: fact_list.confirm, _Word.STRIKE: fact_list.strike}
    with opened(write=True) as session:
        one = how.get(told or _Word.UNDO, fact_list.undo)(session, record, fact)
    emit(review_shapes.listed(one), lambda: _lines((one,)))


def note_lines(found: tuple[Remark, ...]) -> Iterator[str]:
    """Notes as lines, each with its page where it is on one."""
    for one in found:
        where = f"page {one.page}: " if one.page else ""
        yield f"{one.id}  {where}{one.text}"


def note(
    record: _Record,
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="what you want to remember")] = "",
    page: Annotated[int | None, typer.Option("--page", min=1, help="the page it is on")] = None,
    delete: Annotated[str, typer.Option(help="delete a note (its id)")] = "",
) -> None:
    """Write a note of your own on a record or a page, or list the notes there are."""
    if delete and text:
        raise UsageError("a note is either written or deleted", "leave out --delete or the text")
    with opened(write=bool(text or delete)) as session:
        held = records.find(session, record)
        if delete:
            remarks.delete(session, delete)
        if text:
            remarks.add(session, held.id, text, page)
        found = remarks.of(session, held.id)

    def plain() -> Iterator[str]:
        yield from note_lines(found)
        if not found:
            yield "No notes."

    emit({"id": held.id, "notes": [review_shapes.remark(one) for one in found]}, plain)


def progress_lines(held: Progress) -> Iterator[str]:
    """How far the review has come, and where something came to an accepted page since."""
    if held.accepted:
        yield held.words
    for one in held.accepted:
        if one.read_since or one.flagged_since:
            yield f"  page {one.page}: {one.words}"


def accept(
    record: _Record,
    page: _Page = None,
    undo: Annotated[bool, typer.Option("--undo", help="take it back")] = False,
) -> None:
    """Say that you have gone through a record, or a page of it, and it is right."""
    with opened(write=True) as session:
        held = records.find(session, record)
        done = accepting.accept(session, held.id, page, undo=undo)
    document = {"id": held.id, **review_shapes.progress(done)}
    emit(document, lambda: [done.words, *list(progress_lines(done))[1:]])


def reviewed(session: Session, record: str) -> tuple[Json, list[str]]:
    """What a person said of a record, for `record show`: as JSON, and as lines."""
    done, notes = accepting.of(session, record), remarks.of(session, record)
    held, maybe = records.find(session, record), versions.later_copy(session, record)
    document: Json = {
        "review": review_shapes.progress(done),
        "notes": [review_shapes.remark(one) for one in notes],
        "older": held.older,
        "earlier_copies": review_shapes.copies(maybe),
    }
    lines = [f"  {line}" for line in (*progress_lines(done), *note_lines(notes))]
    if held.older:
        lines.append(f"  a later copy of {held.older}")
    for one in maybe:
        lines.append(f"  a later copy of {one.record.id}? {one.why}")
    return document, lines
