"""chartmend form: providers' own PDF forms, and what goes into which field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from vault.actions import forms
from vault.cli import formshapes, secrets
from vault.cli.opening import opened
from vault.cli.options import ProviderId, new_app
from vault.cli.out import columns, emit, many
from vault.errors import UsageError
from vault.model.forms import FieldKind, Form, FormField, Placed
from vault.model.formwords import FIXED

app = new_app()

_Form = Annotated[str, typer.Argument(metavar="FORM", help="a form's id, or its beginning")]
_PasswordFile = Annotated[str | None, typer.Option(help="password of a locked PDF")]


@app.callback()
def _group() -> None:
    """Providers' own forms, filled in for a request."""


@app.command()
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="the provider's form")],
    provider: ProviderId = None,
    title: Annotated[str, typer.Option(help="what to call it (its file's name)")] = "",
    password_file: _PasswordFile = None,
) -> None:
    """Take in a form: its kind, its traps, and a suggestion of what goes where."""
    password = secrets.from_file(password_file) if password_file else ""
    with opened(write=True) as session:
        form = forms.add(session, file, provider=provider, title=title, password=password)
    emit(formshapes.form_detail(form), lambda: _show(form))


@app.command(name="list")
def list_() -> None:
    """List all forms, newest first."""
    with opened() as session:
        held = forms.every(session)
    emit({"forms": [formshapes.form(f) for f in held]}, lambda: columns([_row(f) for f in held]))


@app.command()
def show(form: _Form) -> None:
    """Show what a form asks for, and what goes where."""
    with opened() as session:
        held = forms.get(session, form)
    emit(formshapes.form_detail(held), lambda: _show(held))


@app.command(name="map")
def map_(
    form: _Form,
    pairs: Annotated[
        list[str] | None,
        typer.Argument(metavar="FIELD=VALUE…", help="a name or number, and what goes there"),
    ] = None,
) -> None:
    """Say what goes into fields; without any, that it was looked over and is right."""
    with opened(write=True) as session:
        held = forms.get(session, form)
        split = [_split(held, pair) for pair in pairs or ()]
        held = forms.map_fields(session, form, split)
    emit(formshapes.form_detail(held), lambda: _show(held))


@app.command()
def place(
    form: _Form,
    page: Annotated[int, typer.Argument(metavar="PAGE", help="counted from 1")],
    x: Annotated[float, typer.Argument(metavar="X", help="left end, from 0 to 1")],
    y: Annotated[float, typer.Argument(metavar="Y", help="the line it stands on, 0 at the top")],
    value: Annotated[
        list[str], typer.Argument(metavar="VALUE…", help="what to print there, or none")
    ],
    width: Annotated[float, typer.Option(help="the room it has, from 0 to 1")] = 0.4,
) -> None:
    """Put text on the page itself, for a form without fields."""
    said = " ".join(value)
    with opened(write=True) as session:
        held = forms.place_text(session, form, Placed(page, x, y, said, width))
    emit(formshapes.form_detail(held), lambda: _show(held))


def _split(form: Form, pair: str) -> tuple[str, str]:
    """Field and value of FIELD=VALUE; a field's own name may hold the sign too."""
    places = [i for i, sign in enumerate(pair) if sign == FIXED and i]
    if not places:
        raise UsageError("a field and its value are written FIELD=VALUE", "see form map --help")
    for at in reversed(places):
        try:
            forms.find_field(form, pair[:at])
        except UsageError:
            continue
        return pair[:at], pair[at + 1 :]
    return pair[: places[0]], pair[places[0] + 1 :]


def _row(form: Form) -> tuple[str, ...]:
    mapped = "looked over" if form.mapping.confirmed else "suggested"
    fields = many(len(form.shape.fields), "field")
    return form.id, form.title, form.kind.value.replace("_", " "), fields, mapped


def _show(form: Form) -> Iterator[str]:
    yield from columns([_row(form)])
    if form.kind in formshapes.SAID_OF_KIND:
        yield f"  look: {formshapes.SAID_OF_KIND[form.kind]}"
    yield from (f"  {note}" for note in form.shape.notes)
    for warned in form.warnings:
        where = f" (page {warned.page})" if warned.page else ""
        words = f': "{warned.words}"' if warned.words else ""
        yield f"  look: {formshapes.SAID[warned.trap]}{where}{words}"
    yield from columns(list(_fields(form)))
    for placed in form.mapping.placed:
        yield f"  page {placed.page} at {placed.x:.3f} {placed.y:.3f}: {placed.value}"


def _fields(form: Form) -> Iterator[Sequence[str]]:
    for number, field in enumerate(form.shape.fields, 1):
        kind = field.kind.value + ("" if field.fillable else ", left alone")
        yield f"  {number}", field.name, kind, field.label, _value(form, field)
        if field.kind is FieldKind.RADIO:
            for at, spot in enumerate(field.spots, 1):
                value = form.mapping.fields.get(f"{field.name}#{at}", "-")
                yield "", f"{field.name}#{at}", "option", spot.label or spot.state, value


def _value(form: Form, field: FormField) -> str:
    return form.mapping.fields.get(field.name, "-" if field.fillable else "")
