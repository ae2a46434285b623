"""chartmend correction edit, redirect, enclose: who is asked, about what, and what goes along."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vault.actions import corrections, documents
from vault.actions.correcting import redirecting, terms
from vault.actions.correcting.terms import Change, Words
from vault.cli import correction_shapes, kit_shapes, settings
from vault.cli.correction_lines import lines, whole
from vault.cli.id import told
from vault.cli.opening import opened
from vault.cli.options import day
from vault.cli.out import emit, talk
from vault.cli.replacing import may_replace
from vault.errors import UsageError

_Correction = Annotated[
    str, typer.Argument(metavar="COR", help="a correction's id, or its beginning")
]
_Flags = list[str] | None


def edit(
    correction: _Correction,
    formal: Annotated[
        bool | None, typer.Option("--formal/--informal", help="under the law, or a plain message")
    ] = None,
    to: Annotated[str, typer.Option(help="who is asked (a provider's id)")] = "",
    office: Annotated[str | None, typer.Option(help="the desk it goes to (an id)")] = None,
    authority: Annotated[str | None, typer.Option(help="on what authority you ask (an id)")] = None,
    add: Annotated[_Flags, typer.Option(help="a flag more; can be repeated")] = None,
    drop: Annotated[_Flags, typer.Option(help="a flag less; can be repeated")] = None,
    item: Annotated[str, typer.Option(help="the item that is said anew (its flag)")] = "",
    page: Annotated[int | None, typer.Option(min=1, help="of the item: the page")] = None,
    quote: Annotated[str, typer.Option(help="of the item: the exact words of the record")] = "",
    should: Annotated[str, typer.Option(help="of the item: what it should say")] = "",
    why: Annotated[str, typer.Option(help="of the item: how you know")] = "",
) -> None:
    """Change a correction before it is sent; what is not named stays."""
    words = Words(item, quote, page, should, why) if item else None
    if words is None and (page is not None or quote or should or why):
        raise UsageError("which item is meant?", "name its flag with --item FLAG")
    change = Change(formal, to, office, authority, tuple(add or ()), tuple(drop or ()), words)
    with opened(write=True) as session:
        view = terms.edit(session, correction, change)
    emit(correction_shapes.correction(view), lambda: whole(view))


def redirect(
    correction: _Correction,
    to: Annotated[str, typer.Option(help="who first made the entry (a provider's id)")],
    item: Annotated[
        _Flags, typer.Option(help="an item that is meant (its flag); those denied, if left out")
    ] = None,
    on: Annotated[str | None, typer.Option(help="the day, YYYY-MM-DD (today)")] = None,
) -> None:
    """Ask whoever first made the entry instead, by a correction of its own."""
    when = day(on, "the day it was redirected")
    with opened(write=True) as session:
        view = redirecting.aim(session, correction, item or (), to, when)
    talk(f"chartmend: {view.correction.id} asks {view.provider.name}")
    emit(correction_shapes.correction(view), lambda: lines(view))


def enclose(
    correction: _Correction,
    document: Annotated[list[str], typer.Argument(metavar="DOC…", help="documents (ids)")],
    output: Annotated[Path, typer.Option("-o", "--output", help="the PDF to write")],
    on: Annotated[str | None, typer.Option(help="the day on it, YYYY-MM-DD (today)")] = None,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="leave the masks out")] = False,
) -> None:
    """Write the copies of documents that go with a correction, for its provider alone."""
    may_replace(output)
    today = settings.current().today
    when = day(on, "the day on the copies") or today
    with opened(write=True) as session:
        id_ = corrections.get(session, correction, today).correction.id
        made = documents.enclose(session, id_, document, when, output, unmasked=unmasked)
    emit(kit_shapes.copied(made), lambda: told(made))


def register(app: typer.Typer) -> None:
    """Give `chartmend correction` these commands."""
    app.command()(edit)
    app.command()(redirect)
    app.command()(enclose)
