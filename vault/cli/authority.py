"""chartmend authority: who may act for whom, and on what basis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import authorities
from vault.actions.authorities import AuthorityView, Part, Terms
from vault.actions.people import Contact
from vault.cli import kit_shapes, settings
from vault.cli.opening import opened
from vault.cli.options import PersonId, day, new_app, word
from vault.cli.out import columns, emit
from vault.model.authority_law import Basis, Limit

app = new_app()

_Authority = Annotated[str, typer.Argument(metavar="AUTH", help="an authority's id")]
_Name = Annotated[str, typer.Option(help="the full name of who acts")]
_Basis = Annotated[str | None, typer.Option(help=" ".join(Basis))]
_Relationship = Annotated[str, typer.Option(help="who they are: mother, son, lawyer, …")]
_Scope = Annotated[str, typer.Option(help="what it covers, in words; else all")]
_From = Annotated[str | None, typer.Option("--from", help="the first day it holds")]
_To = Annotated[str | None, typer.Option("--to", help="the last day it holds")]
_Limits = Annotated[list[str] | None, typer.Option("--limit", help=" ".join(Limit))]
_Proof = Annotated[str, typer.Option(help="the document that proves it (an id)")]
_Address = Annotated[list[str] | None, typer.Option(help="a line; can be repeated")]
_Phone = Annotated[str, typer.Option(help="for letters")]
_Email = Annotated[str, typer.Option(help="for letters")]


@app.callback()
def _group() -> None:
    """Say who may act for whom, on what basis and how long."""


def _limits(given: list[str] | None) -> tuple[Limit, ...]:
    found = (word(Limit, text, "limit") for text in given or ())
    return tuple(limit for limit in found if limit is not None)


def _row(view: AuthorityView) -> tuple[str, ...]:
    held = view.authority
    said = f"no: {view.standing.blocked}" if view.standing.blocked else "valid"
    return held.id, held.name, f"{held.basis.words} of {view.person.name}", said


def _shown(view: AuthorityView) -> Iterator[str]:
    held, standing = view.authority, view.standing
    yield from columns([_row(view)])
    yield f"  in a letter: {standing.capacity}{f'; {standing.proof}' if standing.proof else ''}"
    yield f"  covers: {held.scope or 'all'}"
    if standing.rule:
        yield f"  {standing.rule.sentence}"
    yield from (f"  ! {said}" for said in standing.lacking)
    yield from (f"  limit: {rule.sentence}" for rule in standing.limits)
    yield from (f"  {rule.sentence}" for rule in standing.notes)


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="the full name of who acts")],
    basis: Annotated[str, typer.Option(help=" ".join(Basis))],
    person: PersonId = None,
    relationship: _Relationship = "",
    scope: _Scope = "",
    from_: _From = None,
    to: _To = None,
    limit: _Limits = None,
    proof: _Proof = "",
    address: _Address = None,
    phone: _Phone = "",
    email: _Email = "",
) -> None:
    """Note who may act for a person."""
    terms = Terms(
        name=name,
        basis=word(Basis, basis, "basis"),
        relationship=relationship,
        scope=scope,
        from_date=day(from_, "the date after --from"),
        to_date=day(to, "the date after --to"),
        limits=_limits(limit),
        proof=proof,
        contact=Contact(tuple(address or ()), phone, "", email),
    )
    with opened(write=True) as session:
        view = authorities.add(session, person, terms)
    emit(kit_shapes.authority(view), lambda: _shown(view))


@app.command()
def edit(
    authority: _Authority,
    name: _Name = "",
    basis: _Basis = None,
    relationship: _Relationship = "",
    scope: _Scope = "",
    from_: _From = None,
    to: _To = None,
    limit: _Limits = None,
    proof: _Proof = "",
    address: _Address = None,
    phone: _Phone = "",
    email: _Email = "",
    clear: Annotated[list[str] | None, typer.Option(help=" ".join(Part))] = None,
) -> None:
    """Change what is known of an authority; what is not named stays."""
    emptied = (word(Part, text, "part to clear") for text in clear or ())
    terms = Terms(
        name=name,
        basis=word(Basis, basis, "basis"),
        relationship=relationship,
        scope=scope,
        from_date=day(from_, "the date after --from"),
        to_date=day(to, "the date after --to"),
        limits=_limits(limit),
        proof=proof,
        contact=Contact(tuple(address or ()), phone, "", email),
        clear=tuple(part for part in emptied if part is not None),
    )
    with opened(write=True) as session:
        view = authorities.edit(session, authority, terms)
    emit(kit_shapes.authority(view), lambda: _shown(view))


@app.command()
def end(
    authority: _Authority,
    on: Annotated[str | None, typer.Option(help="the day it ended, YYYY-MM-DD (today)")] = None,
) -> None:
    """Note that an authority has ended; it is kept for what was asked on it."""
    today = settings.current().today
    with opened(write=True) as session:
        view = authorities.end(session, authority, day(on, "the day it ended") or today)
    emit(kit_shapes.authority(view), lambda: _shown(view))


@app.command(name="list")
def list_(person: PersonId = None) -> None:
    """List who may act for whom, and whether that holds today."""
    with opened() as session:
        views = authorities.every(session, settings.current().today, person)
    emit(
        {"authorities": [kit_shapes.authority(v) for v in views]},
        lambda: columns([_row(v) for v in views]),
    )


@app.command()
def show(authority: _Authority) -> None:
    """Show an authority: whether it holds, what proof is missing, and what it leaves out."""
    with opened() as session:
        view = authorities.get(session, authority, settings.current().today)
    emit(kit_shapes.authority(view), lambda: _shown(view))
