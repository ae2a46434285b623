"""chartmend request: ask a provider for copies of records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import requests
from vault.actions.requests import RequestView, Wanted
from vault.cli import settings, shapes
from vault.cli.opening import opened
from vault.cli.options import PersonId, day, happening, new_app, sending
from vault.cli.out import columns, emit
from vault.cli.request_form import form
from vault.model.requests import Channel, RequestEvent

app = new_app()
app.command()(form)

_Request = Annotated[str, typer.Argument(metavar="REQ", help="a request's id, or its beginning")]

_OWN = (RequestEvent.DRAFTED, RequestEvent.SENT)  # these have commands of their own


@app.callback()
def _group() -> None:
    """Ask for copies of records, and keep the clock."""


def _row(view: RequestView) -> tuple[str, ...]:
    state = view.request.state.value.replace("_", " ")
    about = requests.owed(view) or requests.next_step(view)
    return view.request.id, view.provider.name, state, view.urgency.value.replace("_", " "), about


@app.command()
def new(
    provider: Annotated[str, typer.Option(help="who holds the records (an id)")],
    person: PersonId = None,
    what: Annotated[str, typer.Option(help='kinds of records: "lab results, visit notes"')] = "all",
    from_: Annotated[str | None, typer.Option("--from", help="first day of service")] = None,
    to: Annotated[str | None, typer.Option("--to", help="last day of service")] = None,
    format_: Annotated[str, typer.Option("--format", help="PDF, paper, DICOM, …")] = "",
    deliver: Annotated[str, typer.Option(help="portal, e-mail, mail, pick-up, …")] = "",
) -> None:
    """Begin an access request."""
    wanted = Wanted(
        what=requests.read_types(what),
        from_date=day(from_, "the date after --from"),
        to_date=day(to, "the date after --to"),
        format=format_,
        deliver=deliver,
    )
    with opened(write=True) as session:
        view = requests.new(session, provider, person, wanted)
    emit(shapes.request(view), lambda: columns([_row(view)]))


@app.command()
def sent(
    request: _Request,
    on: Annotated[str, typer.Option(help="the day it was sent, YYYY-MM-DD")],
    by: Annotated[str, typer.Option(help=" ".join(Channel))],
    arrived: Annotated[str | None, typer.Option(help="the day it arrived, where known")] = None,
) -> None:
    """Note that it was sent: the clock starts when it arrived."""
    how = sending(on, by, arrived)
    with opened(write=True) as session:
        view = requests.sent(session, request, how)
    emit(shapes.request(view), lambda: columns([_row(view)]))


@app.command()
def log(
    request: _Request,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="received note withdrawn")],
    on: Annotated[str | None, typer.Option(help="the day, YYYY-MM-DD (today)")] = None,
    note: Annotated[str, typer.Option(help="in your own words")] = "",
) -> None:
    """Note what happened."""
    kind, happened = happening(_OWN, event, on)
    with opened(write=True) as session:
        view = requests.log(session, request, kind, happened, note)
    emit(shapes.request_detail(view), lambda: columns([_row(view)]))


@app.command(name="list")
def list_() -> None:
    """List all requests, newest first."""
    with opened() as session:
        views = requests.every(session, settings.current().today)
    emit(
        {"requests": [shapes.request(v) for v in views]}, lambda: columns([_row(v) for v in views])
    )


def _show(view: RequestView) -> Iterator[str]:
    yield from columns([_row(view)])
    yield f"  asks for: {', '.join(t.value.replace('_', ' ') for t in view.request.what)}"
    for event in view.request.events:
        by = f" by {event.channel}" if event.channel else ""
        arrived = f", arrived {event.arrived.isoformat()}" if event.arrived else ""
        note = f" ({event.note})" if event.note else ""
        yield f"  {event.on.isoformat()}  {event.kind}{by}{arrived}{note}"


@app.command()
def show(request: _Request) -> None:
    """Show a request and what happened to it."""
    with opened() as session:
        view = requests.get(session, request, settings.current().today)
    emit(shapes.request_detail(view), lambda: _show(view))
