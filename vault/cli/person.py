"""chartmend person: the people whose records these are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from vault import dates
from vault.actions import people
from vault.actions.people import Contact
from vault.cli import shapes
from vault.cli.opening import opened
from vault.cli.options import day, new_app, word
from vault.cli.out import columns, emit
from vault.errors import UsageError
from vault.model.people import Person, Relation

app = new_app()

_Relation = Annotated[str | None, typer.Option(help=f"to you: {' '.join(Relation)}")]
_Died = Annotated[str | None, typer.Option(help="date of death, YYYY-MM-DD")]


@app.callback()
def _group() -> None:
    """Add and list the people whose records these are."""


def _row(person: Person) -> tuple[str, ...]:
    former = f"formerly {', '.join(person.former_names)}" if person.former_names else ""
    died = f", died {person.died_on.isoformat()}" if person.died_on else ""
    days = f"born {person.born.isoformat()}{died}"
    return person.id, person.name, person.relation.value, days, former


def _mrns(given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs = [text.partition("=") for text in given]
    if any(not (provider and number) for provider, _, number in pairs):
        raise UsageError("a record number is given as PROV=NUMBER", "--mrn prov_7k2=12345")
    return tuple((provider, number) for provider, _, number in pairs)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="the full name, as on an identity card")],
    born: Annotated[str, typer.Option(help="date of birth, YYYY-MM-DD")],
    sex: Annotated[str, typer.Option(help="as the records have it")] = "",
    former: Annotated[list[str] | None, typer.Option(help="a former name; can be repeated")] = None,
    mrn: Annotated[list[str] | None, typer.Option(help="PROV=NUMBER; can be repeated")] = None,
    address: Annotated[list[str] | None, typer.Option(help="a line; can be repeated")] = None,
    phone: Annotated[str, typer.Option(help="for letters")] = "",
    email: Annotated[str, typer.Option(help="for letters")] = "",
    relation: _Relation = None,
    died: _Died = None,
) -> None:
    """Add a person."""
    contact = Contact(tuple(address or ()), phone, "", email)
    with opened(write=True) as session:
        person = people.add(
            session,
            name,
            dates.parse(born, "the date of birth"),
            sex=sex,
            former_names=former or (),
            mrns=_mrns(mrn or ()),
            contact=contact,
            relation=word(Relation, relation, "relation") or Relation.SELF,
            died_on=day(died, "the date of death"),
        )
    emit(shapes.person(person), lambda: columns([_row(person)]))


@app.command()
def edit(
    person: Annotated[str, typer.Argument(metavar="PER", help="a person's id, or its beginning")],
    name: Annotated[str, typer.Option(help="the full name")] = "",
    born: Annotated[str | None, typer.Option(help="date of birth, YYYY-MM-DD")] = None,
    sex: Annotated[str, typer.Option(help="as the records have it")] = "",
    former: Annotated[list[str] | None, typer.Option(help="a former name; can be repeated")] = None,
    mrn: Annotated[list[str] | None, typer.Option(help="PROV=NUMBER; can be repeated")] = None,
    address: Annotated[list[str] | None, typer.Option(help="a line; can be repeated")] = None,
    phone: Annotated[str, typer.Option(help="for letters")] = "",
    email: Annotated[str, typer.Option(help="for letters")] = "",
    relation: _Relation = None,
    died: _Died = None,
    alive: Annotated[bool, typer.Option("--alive", help="take the date of death away")] = False,
) -> None:
    """Change what is known of a person; what is not named stays."""
    change = people.Change(
        name=name,
        born=day(born, "the date of birth"),
        sex=sex,
        former_names=tuple(former or ()),
        mrns=_mrns(mrn or ()),
        contact=Contact(tuple(address or ()), phone, "", email),
        relation=word(Relation, relation, "relation"),
        died_on=day(died, "the date of death"),
        alive=alive,
    )
    with opened(write=True) as session:
        held = people.edit(session, person, change)
    emit(shapes.person(held), lambda: columns([_row(held)]))


@app.command(name="list")
def list_() -> None:
    """List all people."""
    with opened() as session:
        everybody = people.every(session)
    emit(
        {"people": [shapes.person(p) for p in everybody]},
        lambda: columns([_row(p) for p in everybody]),
    )
