"""chartmend request: ask a provider for copies of records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

import typer

from vault.actions import requests
from vault.actions.asking import ledger, steps
from vault.actions.requests import RequestView, Wanted
from vault.cli import (
    money,
    request_enclose,
    request_items,
    request_letter,
    request_log,
    request_ready,
    request_sheaf,
    settings,
    shapes,
)
from vault.cli.opening import opened
from vault.cli.options import PersonId, day, new_app, sending
from vault.cli.out import columns, emit
from vault.cli.request_fees import fees
from vault.cli.request_form import form
from vault.cli.request_said import said
from vault.cli.request_whole import whole
from vault.model.requests import Channel

app = new_app()

_Request = Annotated[str, typer.Argument(metavar="REQ", help="a request's id, or its beginning")]
_What = Annotated[str | None, typer.Option(help='kinds of records: "lab results, visit notes"')]
_From = Annotated[str | None, typer.Option("--from", help="first day of service")]
_To = Annotated[str | None, typer.Option("--to", help="last day of service")]
_Facility = Annotated[str | None, typer.Option(help="the place or department meant")]
_Format = Annotated[str | None, typer.Option("--format", help="PDF, paper, DICOM, …")]
_Fallback = Annotated[str | None, typer.Option(help="the format to take if that cannot be had")]
_Deliver = Annotated[str | None, typer.Option(help="portal, e-mail, mail, pick-up, …")]
_Authority = Annotated[str | None, typer.Option(help="on what authority you ask (an id)")]
_Office = Annotated[str | None, typer.Option(help="the desk it goes to (an id)")]
_Limit = Annotated[str | None, typer.Option(help="ask me before you charge more than this: 25.00")]
_Currency = Annotated[str | None, typer.Option(help="USD, GBP, EUR, …")]
_Sensitive = Annotated[
    list[str] | None, typer.Option(help="a category to be included: hiv, substance use, …")
]
_ThirdParty = Annotated[
    list[str] | None, typer.Option(help="send it to somebody else: a line of name and address")
]
_Inspect = Annotated[bool | None, typer.Option("--inspect/--copy", help="only look at the record")]


@app.callback()
def _group() -> None:
    """Ask for copies of records, and keep the clock."""


def row(view: RequestView) -> tuple[str, ...]:
    """A request as a line of a list."""
    state = view.request.state.value.replace("_", " ")
    about = requests.owed(view) or steps.next_step(view)
    return view.request.id, view.provider.name, state, view.urgency.value.replace("_", " "), about


def _wanted(base: Wanted, **told: object) -> Wanted:
    """What was typed over what was asked for before."""
    typed = {name: value for name, value in told.items() if value is not None}
    return replace(base, **typed)  # type: ignore[arg-type]  # each has the type of its option


@app.command()
def new(
    provider: Annotated[str, typer.Option(help="who holds the records (an id)")],
    person: PersonId = None,
    what: _What = None,
    from_: _From = None,
    to: _To = None,
    facility: _Facility = None,
    format_: _Format = None,
    fallback: _Fallback = None,
    deliver: _Deliver = None,
    authority: _Authority = None,
    office: _Office = None,
    fee_limit: _Limit = None,
    currency: _Currency = None,
    sensitive: _Sensitive = None,
    third_party: _ThirdParty = None,
    inspect: _Inspect = None,
    follows: Annotated[str | None, typer.Option(help="the request it follows from (an id)")] = None,
) -> None:
    """Begin an access request."""
    wanted = _wanted(
        Wanted(),
        what=requests.read_types(what) if what else None,
        from_date=day(from_, "the date after --from"),
        to_date=day(to, "the date after --to"),
        facility=facility,
        format=format_,
        fallback=fallback,
        deliver=deliver,
        authority=authority,
        office=office,
        fee_limit=money.amount(fee_limit, "the limit"),
        currency=currency,
        sensitive=tuple(sensitive) if sensitive else None,
        third_party=tuple(third_party) if third_party else None,
        inspect=inspect,
        parent=follows,
    )
    with opened(write=True) as session:
        view = requests.new(session, provider, person, wanted)
    emit(shapes.request(view), lambda: columns([row(view)]))


@app.command()
def edit(
    request: _Request,
    what: _What = None,
    from_: _From = None,
    to: _To = None,
    facility: _Facility = None,
    format_: _Format = None,
    fallback: _Fallback = None,
    deliver: _Deliver = None,
    authority: _Authority = None,
    office: _Office = None,
    fee_limit: _Limit = None,
    currency: _Currency = None,
    sensitive: _Sensitive = None,
    third_party: _ThirdParty = None,
    inspect: _Inspect = None,
) -> None:
    """Change what a request asks for, before it is sent; what is not named stays."""
    today = settings.current().today
    with opened(write=True) as session:
        base = requests.wanted_of(requests.get(session, request, today).request)
        wanted = _wanted(
            base,
            what=requests.read_types(what) if what else None,
            from_date=day(from_, "the date after --from"),
            to_date=day(to, "the date after --to"),
            facility=facility,
            format=format_,
            fallback=fallback,
            deliver=deliver,
            authority=authority,
            office=office,
            fee_limit=money.amount(fee_limit, "the limit"),
            currency=currency,
            sensitive=tuple(sensitive) if sensitive else None,
            third_party=tuple(third_party) if third_party else None,
            inspect=inspect,
        )
        view = requests.change(session, request, wanted)
    emit(shapes.request(view), lambda: columns([row(view)]))


@app.command()
def sent(
    request: _Request,
    on: Annotated[str, typer.Option(help="the day it was sent, YYYY-MM-DD")],
    by: Annotated[str, typer.Option(help=" ".join(Channel))],
    arrived: Annotated[str | None, typer.Option(help="the day it arrived, where known")] = None,
    letter: Annotated[str, typer.Option(help="the letter that was sent (an id)")] = "",
    number: Annotated[str, typer.Option(help="what proves it: a tracking or fax number")] = "",
    replaces: Annotated[
        int | None, typer.Option(help="the number of an earlier event that this puts right")
    ] = None,
) -> None:
    """Note that it was sent: the clock starts when it arrived."""
    how = replace(sending(on, by, arrived), letter=letter, number=number, replaces=replaces)
    with opened(write=True) as session:
        view = requests.sent(session, request, how)
    emit(shapes.request(view), lambda: columns([row(view)]))


@app.command(name="list")
def list_() -> None:
    """List all requests, newest first."""
    with opened() as session:
        views = requests.every(session, settings.current().today)
    emit({"requests": [shapes.request(v) for v in views]}, lambda: columns([row(v) for v in views]))


@app.command()
def show(request: _Request) -> None:
    """Show a request: its items, what happened to it, and what to do next."""
    with opened() as session:
        held = whole(session, request)
    emit(held.document, lambda: _shown(held.view, held.ledger))


def _shown(view: RequestView, held: ledger.Ledger) -> Iterator[str]:
    yield from columns([row(view)])
    yield f"  {held.said}"
    for line in held.lines:
        answer = line.answer.value.replace("_", " ")
        lacks = f" ({'; '.join(line.missing)})" if line.missing else ""
        yield f"  {line.item.id}  {ledger.words(line.item)}: {answer}{lacks}"
    for event in view.request.events:
        by = f" by {event.channel}" if event.channel else ""
        arrived = f", arrived {event.arrived.isoformat()}" if event.arrived else ""
        note = f" ({event.note})" if event.note else ""
        right = f" [puts right {event.replaces}]" if event.replaces else ""
        kind = event.kind.replace("_", " ")
        yield f"  {event.seq:>3}  {event.on.isoformat()}  {kind}{by}{arrived}{note}{right}"
    if step := steps.next_step(view):
        yield f"  next: {step}"


app.command()(form)
app.command()(fees)
app.command()(said)
request_log.register(app)
request_items.register(app)
request_letter.register(app)
request_ready.register(app)
request_sheaf.register(app)
request_enclose.register(app)
