"""chartmend provider office: the desks of a provider, and the vendors who answer for it."""

from __future__ import annotations

from typing import Annotated

import typer

from vault.actions import offices
from vault.actions.offices import Desk
from vault.actions.people import Contact
from vault.cli import provider_shapes as shapes
from vault.cli.opening import opened
from vault.cli.options import new_app, word
from vault.cli.out import emit
from vault.model.offices import OfficeRole

app = new_app()

_Office = Annotated[str, typer.Argument(metavar="OFF")]
_ROLES = " ".join(OfficeRole)
_Role = Annotated[str | None, typer.Option(help=_ROLES)]
_Name = Annotated[str, typer.Option(help="its name, where it has one of its own")]
_Person = Annotated[str, typer.Option(help="who answers there")]
_Address = Annotated[list[str] | None, typer.Option(help="a line; can be repeated")]
_Site = Annotated[str, typer.Option(help="its web page or portal")]
_Note = Annotated[str, typer.Option(help="in your own words")]
_Plain = Annotated[str, typer.Option()]


@app.callback()
def _group() -> None:
    """Add and change the offices of a provider."""


@app.command()
def add(
    provider: Annotated[str, typer.Argument(metavar="PROV")],
    role: _Role = "records",
    name: _Name = "",
    contact: _Person = "",
    address: _Address = None,
    phone: _Plain = "",
    fax: _Plain = "",
    email: _Plain = "",
    site: _Site = "",
    note: _Note = "",
) -> None:
    """Add an office; a vendor who answers for the provider is one by its name."""
    chosen = word(OfficeRole, role, "role of an office")
    reach = Contact(tuple(address or ()), phone, fax, email)
    with opened(write=True) as session:
        held = offices.add(session, provider, Desk(chosen, name, contact, reach, site, note))
    emit(shapes.office(held), lambda: shapes.office_lines(held))


@app.command()
def edit(
    office: _Office,
    role: _Role = None,
    name: _Name = "",
    contact: _Person = "",
    address: _Address = None,
    phone: _Plain = "",
    fax: _Plain = "",
    email: _Plain = "",
    site: _Site = "",
    note: _Note = "",
) -> None:
    """Change what is known of an office; what is not named stays."""
    chosen = word(OfficeRole, role, "role of an office")
    reach = Contact(tuple(address or ()), phone, fax, email)
    with opened(write=True) as session:
        held = offices.edit(session, office, Desk(chosen, name, contact, reach, site, note))
    emit(shapes.office(held), lambda: shapes.office_lines(held))


@app.command()
def remove(office: _Office) -> None:
    """Take an office out; not while a request goes to it."""
    with opened(write=True) as session:
        held = offices.remove(session, office)
    emit(shapes.office(held), lambda: [f"removed {held.id}"])
