"""chartmend request form: a provider's own form, filled in for a request."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vault import png
from vault.actions import exports, filling, forms
from vault.actions.session import Session
from vault.cli import secrets
from vault.cli.opening import opened
from vault.cli.out import emit, talk
from vault.cli.replacing import may_replace
from vault.model import formsaid
from vault.model.forms import Form

_Request = Annotated[str, typer.Argument(metavar="REQ", help="a request's id, or its beginning")]


def form(
    request: _Request,
    form: Annotated[str, typer.Option("--form", help="a form's id, or its PDF file")],
    output: Annotated[Path, typer.Option("--output", "-o", help="the PDF to write")],
    check: Annotated[
        Path | None, typer.Option(help="write a picture of the filled pages too (PNG)")
    ] = None,
    password_file: Annotated[str | None, typer.Option(help="password of a locked PDF")] = None,
) -> None:
    """Fill in the provider's own form; it leaves the vault unencrypted."""
    for place in filter(None, (output, check)):
        may_replace(place)
    with opened(write=True) as session:
        for place in filter(None, (output, check)):
            exports.check_place(session.vault.folder, place)
        provider = filling.subject(session, request).provider.id
        chosen = held(session, provider, form, password_file)
        made = filling.fill(session, request, chosen.id)
        where = exports.write_out(session.vault.folder, output, (made.pdf,))
        lacking = filling.without_a_box(chosen, filling.subject(session, request))
        document: dict[str, object] = {"id": made.subject, "file": str(where), "pages": made.pages}
        if check is not None:
            picture = png.encode(filling.check_picture(session, made))
            seen = exports.write_out(session.vault.folder, check, (picture,))
            document["check"] = str(seen)
    _tell(chosen)
    if lacking:
        talk(f"chartmend: the form has no box for: {', '.join(lacking)}; write it beside them")
    emit(document, lambda: [str(document[key]) for key in ("file", "check") if key in document])


def held(session: Session, provider: str, given: str, password_file: str | None) -> Form:
    """The form an id begins, or the one in a file, which is kept from then on as `provider`'s."""
    path = Path(given)
    if given.startswith("form_") and not path.exists():
        return forms.get(session, given)
    if not path.exists() and path.suffix.lower() != ".pdf":
        return forms.get(session, given)
    password = secrets.from_file(password_file) if password_file else ""
    return forms.add(session, path, provider=provider, password=password)


def _tell(held: Form) -> None:
    if held.kind in formsaid.SAID_OF_KIND:
        talk(f"chartmend: {formsaid.SAID_OF_KIND[held.kind]}")
    tell_fields(held)


def tell_fields(held: Form) -> None:
    """Say what a person should know of a form's fields before they sign it."""
    for note in held.shape.notes:
        talk(f"chartmend: {note}")
    if not held.mapping.confirmed:
        talk("chartmend: what went where was only suggested; look at every field before you sign")
        talk(f"  hint: chartmend form show {held.id}, then form map {held.id} FIELD=VALUE")
    empty = filling.left_empty(held)
    if empty:
        talk(f"chartmend: left empty: {', '.join(empty[:12])}{' …' if len(empty) > 12 else ''}")
    if not (held.shape.fields or held.mapping.placed):
        talk("chartmend: this form has no fields, and no text was put on its pages yet")
        talk(f"  hint: chartmend form place {held.id} PAGE X Y VALUE")
