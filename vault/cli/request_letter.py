"""chartmend request letter, letters: what is written to a provider, and to whom one complains."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vault.actions import exports
from vault.actions.asking import letters
from vault.actions.asking.letters import Fit
from vault.cli import settings
from vault.cli.opening import opened
from vault.cli.options import word
from vault.cli.out import columns, emit, many
from vault.cli.replacing import may_replace
from vault.model.asking_letters import LetterKind
from vault.model.letters import Letter

_Request = Annotated[str, typer.Argument(metavar="REQ", help="a request's id, or its beginning")]
_Output = Annotated[Path | None, typer.Option("--output", "-o", help="the PDF to write")]


def row(made: Letter, file: Path | None) -> dict[str, object]:
    """A letter of a request as JSON."""
    return {
        "id": made.subject,
        "letter": made.id,
        "kind": made.kind,
        "file": str(file) if file else None,
        "pages": made.pages,
        "enclose": list(letters.goes_with(made)),
    }


def letter(
    request: _Request,
    kind: Annotated[str | None, typer.Option(help=" ".join(LetterKind))] = None,
    output: _Output = None,
    text: Annotated[bool, typer.Option("--text", help="show its words")] = False,
) -> None:
    """Write a letter; without --kind, the one that suits where the request stands."""
    wanted = word(LetterKind, kind, "kind of letter")
    if output is not None:
        may_replace(output)
    with opened(write=True) as session:
        if output is not None:  # before anything is kept, so that the command can be repeated
            exports.check_place(session.vault.folder, output)
        made = letters.compose(session, request, wanted, settings.current().today)
        file = letters.write(session, made, output) if output is not None else None
    document = row(made, file) | ({"words": made.words} if text else {})

    def plain() -> Iterator[str]:
        if text:
            yield made.words.rstrip("\n")
        else:
            yield from columns([(made.id, made.kind.replace("_", " "), many(made.pages, "page"))])
        if file is not None:
            yield str(file)
        yield from (f"Enclose: {title}" for title in letters.goes_with(made))

    emit(document, plain)


def _fit(fit: Fit) -> dict[str, object]:
    return {"kind": fit.kind.value, "why": fit.why}


def list_letters(request: _Request) -> None:
    """List the letters made of a request, and those that can be made now, the best first."""
    with opened() as session:
        made = letters.made(session, request)
        fits = letters.letter_kinds(session, request, settings.current().today)
    document = {
        "letters": [
            {
                "id": held.id,
                "kind": held.kind,
                "made_on": held.made_at[:10],
                "pages": held.pages,
            }
            for held in made
        ],
        "fits": [_fit(fit) for fit in fits],
    }

    def plain() -> Iterator[str]:
        rows = [(m.id, m.kind.replace("_", " "), m.made_at[:10]) for m in made]
        yield from columns(rows)
        yield from columns([("can be made:", fit.kind.value, fit.why) for fit in fits])

    emit(document, plain)


def register(app: typer.Typer) -> None:
    """Give `chartmend request` these commands."""
    app.command()(letter)
    app.command(name="letters")(list_letters)
