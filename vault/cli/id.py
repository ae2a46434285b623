"""chartmend id: documents that prove who somebody is, and copies of them for one recipient."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vault.actions import documents
from vault.actions.documents import Copied, DocumentView, Fresh, Purpose
from vault.cli import kit_shapes, secrets, settings
from vault.cli.opening import opened
from vault.cli.options import PersonId, day, new_app, word
from vault.cli.out import columns, emit, many
from vault.cli.replacing import may_replace
from vault.errors import Refused, UsageError
from vault.model.documents import DocumentKind, mask_text, read_mask

app = new_app()

_Document = Annotated[str, typer.Argument(metavar="DOC", help="a document's id, or its beginning")]
_Kind = Annotated[str | None, typer.Option(help=" ".join(DocumentKind))]
_Title = Annotated[str, typer.Option(help="what to call it; else the file's name")]
_Expires = Annotated[str | None, typer.Option(help="the last day it is valid, YYYY-MM-DD")]
_Masks = Annotated[
    list[str] | None,
    typer.Option("--mask", help="PAGE:X,Y,W,H in percent of the page: black on copies"),
]
_Output = Annotated[Path, typer.Option("-o", "--output", help="the PDF to write")]
_Unmasked = Annotated[bool, typer.Option("--unmasked", help="leave the masks out")]


@app.callback()
def _group() -> None:
    """Keep documents that prove who you are, and make copies for one recipient."""


def _row(view: DocumentView) -> tuple[str, ...]:
    held = view.document
    warn = "! " if view.expiry and view.validity is not view.validity.OK else ""
    masks = f", {many(len(held.masks), 'mask')}" if held.masks else ""
    return held.id, held.kind.words, view.person, f"{warn}{view.expiry}", f"{held.title}{masks}"


def _shown(view: DocumentView) -> Iterator[str]:
    yield from columns([_row(view)])
    if view.document.deleted:
        yield "  deleted; only the log of its copies is kept"
    if view.document.masks:
        yield f"  masks: {'  '.join(mask_text(mask) for mask in view.document.masks)}"
    for use in view.uses:
        masked = "masked" if use.masked else "not masked"
        about = f", request {use.request}" if use.request else ""
        yield f"  copied {use.on.isoformat()} for {use.recipient}{about} ({masked})"
    yield from (f"  proves {authority}" for authority in view.proves)


def told(made: Copied) -> Iterator[str]:
    """What became of a copy, in plain lines."""
    yield str(made.file)
    yield f"{many(made.pages, 'page')}, stamped: {made.stamp}"
    if not any(use.masked for use in made.uses):
        yield "Nothing on it is masked."


@app.command()
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="PDF, JPEG, PNG, TIFF or HEIC")],
    kind: Annotated[str, typer.Option(help=" ".join(DocumentKind))],
    person: PersonId = None,
    title: _Title = "",
    expires: _Expires = None,
    mask: _Masks = None,
) -> None:
    """Keep a document, encrypted; the file itself stays where it is."""
    fresh = Fresh(
        word(DocumentKind, kind, "kind of document"), title, day(expires, "the day it expires")
    )
    masks = tuple(read_mask(text) for text in mask or ())
    with opened(write=True) as session:
        view = documents.add(session, person, file, fresh, masks)
    emit(kit_shapes.document(view), lambda: _shown(view))


@app.command()
def edit(
    document: _Document,
    kind: _Kind = None,
    title: _Title = "",
    expires: _Expires = None,
    no_expiry: Annotated[bool, typer.Option("--no-expiry", help="it has no last day")] = False,
) -> None:
    """Change what is known of a document; what is not named stays."""
    until = day(expires, "the day it expires")
    fresh = Fresh(word(DocumentKind, kind, "kind of document"), title, until, no_expiry)
    with opened(write=True) as session:
        view = documents.edit(session, document, fresh)
    emit(kit_shapes.document(view), lambda: _shown(view))


@app.command(name="list")
def list_(person: PersonId = None) -> None:
    """List the documents, and which of them have expired or soon will."""
    with opened() as session:
        views = documents.every(session, settings.current().today, person)
    emit(
        {"documents": [kit_shapes.document(v) for v in views]},
        lambda: columns([_row(v) for v in views]),
    )


@app.command()
def show(document: _Document) -> None:
    """Show a document: its masks, and every copy that was made of it."""
    with opened() as session:
        view = documents.get(session, document, settings.current().today)
    emit(kit_shapes.document(view), lambda: _shown(view))


@app.command()
def mask(
    document: _Document,
    boxes: Annotated[
        list[str] | None,
        typer.Argument(metavar="PAGE:X,Y,W,H", help="boxes in percent of the page"),
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="take the masks there are away")] = False,
) -> None:
    """Say what is to be black on copies of a document."""
    masks = tuple(read_mask(text) for text in boxes or ())
    if not masks and not clear:
        raise UsageError("no box was given", "PAGE:X,Y,W,H in percent of the page, or --clear")
    with opened(write=True) as session:
        view = documents.mask(session, document, masks, clear=clear)
    emit(kit_shapes.document(view), lambda: _shown(view))


@app.command()
def copy(
    document: _Document,
    recipient: Annotated[str, typer.Option("--for", help="who the copy is for")],
    output: _Output,
    request: Annotated[str, typer.Option(help="the request it goes with (an id)")] = "",
    on: Annotated[str | None, typer.Option(help="the day on it, YYYY-MM-DD (today)")] = None,
    unmasked: _Unmasked = False,
) -> None:
    """Write a copy for one recipient: masked, and stamped across every page."""
    may_replace(output)
    today = settings.current().today
    purpose = Purpose(recipient, day(on, "the day on the copy") or today, request, unmasked)
    with opened(write=True) as session:
        made = documents.copy(session, [document], purpose, output)
    emit(kit_shapes.copied(made), lambda: told(made))


@app.command()
def delete(
    document: _Document,
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
) -> None:
    """Delete a document; the log of copies made of it is kept."""
    with opened(write=True) as session:
        held = documents.find(session, document)
        asked = not yes and not settings.current().json and secrets.on_terminal()
        question = f"Delete {held.title} ({held.id})? It cannot be brought back. [y/N]"
        if asked and secrets.ask_plain(question).lower() not in ("y", "yes"):
            raise Refused(f"{held.id} stays as it was")
        documents.delete(session, document)
    emit({"id": held.id, "deleted": True}, lambda: [f"{held.id} was deleted."])
