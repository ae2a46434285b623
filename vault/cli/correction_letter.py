"""chartmend correction letter, letters, print: what is written on the way to an amendment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vault.actions import corrections, exports
from vault.actions.correcting import letters
from vault.actions.correcting.letters import Fit
from vault.actions.corrections import CorrectionView
from vault.cli import settings
from vault.cli.opening import opened
from vault.cli.options import word
from vault.cli.out import columns, emit, many, talk
from vault.cli.replacing import may_replace
from vault.errors import UsageError
from vault.model.correction_letters import FIRST, CorrectionLetterKind
from vault.model.letters import Letter

_Correction = Annotated[
    str, typer.Argument(metavar="COR", help="a correction's id, or its beginning")
]


def _row(made: Letter, file: Path | None) -> dict[str, object]:
    """A letter of a correction as JSON."""
    return {
        "id": made.subject,
        "letter": made.id,
        "kind": made.kind,
        "file": str(file) if file else None,
        "pages": made.pages,
        "enclose": list(letters.goes_with(made)),
    }


def _own(text: str, file: Path | None) -> str:
    """The person's own words, typed or out of a file."""
    if text and file is not None:
        raise UsageError("the words were given twice", "use --text or --text-file")
    return letters.own_words(file) if file is not None else text


def _pages(made: Letter, view: CorrectionView) -> list[str]:
    """The pages that go with a letter that asks, each as the command that writes it."""
    if made.kind not in FIRST:
        return []
    pages = sorted({(f.finding.record, f.finding.page) for f in view.flags if f.finding.page})
    return [f"Enclose: chartmend record page {r} {p} -o page-{p}.png" for r, p in pages]


def letter(
    correction: _Correction,
    kind: Annotated[str | None, typer.Option(help=" ".join(CorrectionLetterKind))] = None,
    item: Annotated[
        list[str] | None, typer.Option(help="an item it is about (its flag); can be repeated")
    ] = None,
    text: Annotated[str, typer.Option(help="your own words, where the letter holds some")] = "",
    text_file: Annotated[
        Path | None, typer.Option(help="a file of plain text with your own words")
    ] = None,
    to: Annotated[str, typer.Option(help="notify_holder: who it is to (the name, or an id)")] = "",
    words: Annotated[bool, typer.Option("--words", help="show what it says")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="the PDF to write")] = None,
) -> None:
    """Write a letter; without --kind, the one that suits where the correction stands."""
    wanted = word(CorrectionLetterKind, kind, "kind of letter")
    own, today = _own(text, text_file), settings.current().today
    if output is not None:
        may_replace(output)
    with opened(write=True) as session:
        if output is not None:  # before anything is kept, so that the command can be repeated
            exports.check_place(session.vault.folder, output)
        made = letters.compose(session, correction, wanted, today, own, tuple(item or ()), to=to)
        for missing in corrections.lacking(session, made.subject):
            talk(f"chartmend: {missing}")
        file = letters.write(session, made, output) if output is not None else None
        view = corrections.get(session, made.subject, today)
    document = _row(made, file) | ({"words": made.words} if words else {})

    def plain() -> Iterator[str]:
        if words:
            yield made.words.rstrip("\n")
        elif file is None:
            yield from columns([(made.id, made.kind.replace("_", " "), many(made.pages, "page"))])
        if file is not None:
            yield str(file)
        yield from _pages(made, view) or [f"Enclose: {name}" for name in letters.goes_with(made)]

    emit(document, plain)


def _fit(fit: Fit) -> dict[str, object]:
    return {
        "kind": fit.kind.value,
        "fits": fit.fits,
        "why": fit.why,
        "best": fit.best,
        "own_words": fit.words,
    }


def list_letters(correction: _Correction) -> None:
    """List the letters made of a correction, and which can be made now, the best first."""
    with opened() as session:
        made = letters.made(session, correction)
        fits = letters.letter_kinds(session, correction, settings.current().today)
    document = {
        "letters": [
            {"id": m.id, "kind": m.kind, "made_on": m.made_at[:10], "pages": m.pages} for m in made
        ],
        "fits": [_fit(fit) for fit in fits],
    }

    def plain() -> Iterator[str]:
        yield from columns([(m.id, m.kind.replace("_", " "), m.made_at[:10]) for m in made])
        rows = [("yes" if fit.fits else "no", fit.kind.value, fit.why) for fit in fits]
        yield from columns([("can be made:", *row) for row in rows])

    emit(document, plain)


def print_(
    correction: Annotated[list[str], typer.Argument(metavar="COR…", help="corrections (ids)")],
    output: Annotated[Path, typer.Option("--output", "-o", help="the PDF to write")],
) -> None:
    """Write the letters of several corrections as one PDF to print."""
    may_replace(output)
    today = settings.current().today
    with opened(write=True) as session:
        exports.check_place(session.vault.folder, output)
        made = [letters.to_print(session, given, today) for given in correction]
        file, pages = letters.several(session, made, output, today)
    for held in made:
        for name in letters.goes_with(held):
            talk(f"chartmend: {held.subject}: put with it: {name}")
    document = {
        "corrections": list(dict.fromkeys(held.subject for held in made)),
        "letters": list(dict.fromkeys(held.id for held in made)),
        "file": str(file),
        "pages": pages,
    }
    emit(document, lambda: [str(file)])


def register(app: typer.Typer) -> None:
    """Give `chartmend correction` these commands."""
    app.command()(letter)
    app.command(name="letters")(list_letters)
    app.command(name="print")(print_)
