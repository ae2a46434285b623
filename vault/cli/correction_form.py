"""chartmend correction form: a provider's own form, filled in for a correction."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vault import png
from vault.actions import corrections, exports
from vault.actions import filling as form_filling
from vault.actions.correcting import filling
from vault.actions.correcting.filling import Made
from vault.actions.session import Session
from vault.cli import request_form, settings
from vault.cli.opening import opened
from vault.cli.out import emit, talk
from vault.cli.replacing import may_replace
from vault.model.forms import Form, FormKind

_Correction = Annotated[
    str, typer.Argument(metavar="COR", help="a correction's id, or its beginning")
]


def form(
    correction: _Correction,
    form: Annotated[str, typer.Option("--form", help="a form's id, or its PDF file")],
    output: Annotated[Path, typer.Option("--output", "-o", help="the PDF to write")],
    check: Annotated[
        Path | None, typer.Option(help="write a picture of the filled pages too (PNG)")
    ] = None,
    password_file: Annotated[str | None, typer.Option(help="password of a locked PDF")] = None,
) -> None:
    """Fill in the provider's own form to amend; it leaves the vault unencrypted."""
    places = [place for place in (output, check) if place is not None]
    for place in places:
        may_replace(place)
    with opened(write=True) as session:
        for place in places:
            exports.check_place(session.vault.folder, place)
        view = corrections.get(session, correction, settings.current().today)
        held = request_form.held(session, view.provider.id, form, password_file)
        made = filling.fill(session, view.correction.id, held.id)
        document = _written(session, made, output, check)
    _tell(held, made)
    emit(document, lambda: [str(document[key]) for key in ("file", "check") if key in document])


def _written(session: Session, made: Made, output: Path, check: Path | None) -> dict[str, object]:
    letter = made.letter
    where = exports.write_out(session.vault.folder, output, (letter.pdf,))
    document: dict[str, object] = {
        "id": letter.subject,
        "file": str(where),
        "pages": letter.pages,
        "letter": letter.id,
        "on_sheet": list(made.moved),
        "lacking": list(made.lacking),
    }
    if check is not None:
        picture = png.encode(form_filling.check_picture(session, letter))
        document["check"] = str(exports.write_out(session.vault.folder, check, (picture,)))
    return document


def _tell(held: Form, made: Made) -> None:
    if held.kind is not FormKind.AMENDMENT:
        talk("chartmend: this form does not seem to ask for an amendment; look at what it says")
    request_form.tell_fields(held)
    if made.moved:
        talk(f"chartmend: on the sheet behind it, for lack of room: {', '.join(made.moved)}")
    if made.lacking:
        talk(f"chartmend: the form has no place for: {', '.join(made.lacking)}")
        talk("  the sheet behind it says it; write beside the form that it goes with it")
    letter = made.letter
    talk(
        "  hint: look at every page, then: "
        f"chartmend correction log {letter.subject} form_checked --letter {letter.id}"
    )
