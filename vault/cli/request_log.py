"""chartmend request log, review, answered, item, matches: what came of asking."""

from __future__ import annotations

from typing import Annotated

import typer

from vault.actions import requests
from vault.actions.asking import items, ledger, matching, steps
from vault.actions.asking.events import Told
from vault.actions.asking.ledger import ItemChange
from vault.actions.requests import RequestView
from vault.cli import money, settings, shapes
from vault.cli.opening import opened
from vault.cli.options import day, happening
from vault.cli.out import columns, emit, talk
from vault.cli.request_whole import whole
from vault.model.requests import Detail, RequestEvent

_Request = Annotated[str, typer.Argument(metavar="REQ", help="a request's id, or its beginning")]
_Item = Annotated[
    list[str] | None, typer.Option(help="an item it is about (an id); all where none is named")
]
_OWN = (  # commands of their own
    RequestEvent.DRAFTED,
    RequestEvent.READY,
    RequestEvent.SENT,
    RequestEvent.REVIEWED,
)
_KINDS = " ".join(kind for kind in RequestEvent if kind not in _OWN)


def _row(view: RequestView) -> tuple[str, ...]:
    state = view.request.state.value.replace("_", " ")
    about = requests.owed(view) or steps.next_step(view)
    return view.request.id, view.provider.name, state, view.urgency.value.replace("_", " "), about


def _print(view: RequestView) -> None:
    emit(shapes.request(view), lambda: columns([_row(view)]))


def log(
    request: _Request,
    event: Annotated[str, typer.Argument(metavar="EVENT", help=_KINDS)],
    on: Annotated[str | None, typer.Option(help="the day, YYYY-MM-DD (today)")] = None,
    note: Annotated[str, typer.Option(help="in your own words")] = "",
    until: Annotated[str | None, typer.Option(help="the day they gave, YYYY-MM-DD")] = None,
    reason: Annotated[str, typer.Option(help="the reason they gave")] = "",
    ground: Annotated[str, typer.Option(help="the ground of a denial")] = "",
    number: Annotated[str, typer.Option(help="their reference, confirmation or invoice")] = "",
    who: Annotated[str, typer.Option(help="who said it")] = "",
    vendor: Annotated[str, typer.Option(help="the company that answers for them")] = "",
    amount: Annotated[str | None, typer.Option(help="an amount of money: 25.00")] = None,
    currency: Annotated[str, typer.Option(help="USD, GBP, EUR, …")] = "",
    line: Annotated[
        list[str] | None, typer.Option(help="a line of a fee: copying=12.50/25")
    ] = None,
    pages: Annotated[int | None, typer.Option(min=0, help="how many pages it is for")] = None,
    medium: Annotated[str, typer.Option(help="paper, electronic, disc, …")] = "",
    item: _Item = None,
    to: Annotated[str, typer.Option(help="redirected: who holds the records (a provider)")] = "",
    outcome: Annotated[str, typer.Option(help="closed: how it ended")] = "",
    letter: Annotated[str, typer.Option(help="the letter that was sent (an id)")] = "",
    replaces: Annotated[
        int | None, typer.Option(help="the number of an earlier event that this puts right")
    ] = None,
) -> None:
    """Note what happened."""
    kind, happened = happening(_OWN, event, on)
    detail = Detail(
        until=day(until, "the day they gave"),
        reason=reason,
        ground=ground,
        number=number,
        who=who,
        vendor=vendor,
        amount=money.amount(amount, "the amount"),
        currency=currency,
        lines=tuple(map(money.line, line or ())),
        pages=pages,
        medium=medium,
        items=tuple(item or ()),
        other=to,
        outcome=outcome.strip().lower().replace(" ", "_"),
        letter=letter,
    )
    told = Told(kind, happened, note, detail, replaces=replaces)
    with opened(write=True) as session:
        view = requests.log(session, request, told)
    if kind is RequestEvent.EXTENDED and view.extension is not None:
        talk(view.extension.why)
    _print(view)


def review(
    request: _Request,
    gap: Annotated[
        list[str] | None, typer.Option(help="an item of which something is missing (an id)")
    ] = None,
    accept_gaps: Annotated[
        bool, typer.Option("--accept-gaps", help="close it although something is missing")
    ] = False,
    on: Annotated[str | None, typer.Option(help="the day, YYYY-MM-DD (today)")] = None,
) -> None:
    """Say that what came has been looked through; with nothing missing, that closes it."""
    today = settings.current().today
    with opened(write=True) as session:
        gaps = tuple(gap) if gap else None
        ledger.review(session, request, day(on, "the day") or today, gaps, accept=accept_gaps)
        view = requests.get(session, request, today)
    _print(view)


def answered(
    request: _Request,
    record: Annotated[str, typer.Argument(metavar="REC", help="the record that came (an id)")],
    item: _Item = None,
    partial: Annotated[bool, typer.Option("--partial", help="only a part of it came")] = False,
) -> None:
    """Say that a record answers a request, or some items of it."""
    with opened(write=True) as session:
        matching.answer(session, request, record, tuple(item or ()), partial=partial)
        view = requests.get(session, request, settings.current().today)
    _print(view)


def matches() -> None:
    """List records that answer no request yet, with the request each may answer, and why."""
    with opened() as session:
        found = matching.unmatched(session)
    document = [
        {"record": m.record, "request": m.request, "items": list(m.items), "why": list(m.why)}
        for m in found
    ]
    rows = [(m.record, m.request, "; ".join(m.why)) for m in found]
    emit({"matches": document}, lambda: columns(rows))


def item(
    item: Annotated[str, typer.Argument(metavar="ITEM", help="an item's id, or its beginning")],
    facility: Annotated[str | None, typer.Option(help="the place or department meant")] = None,
    format_: Annotated[str | None, typer.Option("--format", help="the format wanted")] = None,
    fallback: Annotated[str | None, typer.Option(help="the format to take instead")] = None,
    deliver: Annotated[str | None, typer.Option(help="how it is to come")] = None,
    promised: Annotated[str | None, typer.Option(help="what they promised to send")] = None,
    came: Annotated[str | None, typer.Option(help="what came")] = None,
    what: Annotated[str | None, typer.Option(help="another kind of record")] = None,
    from_: Annotated[str | None, typer.Option("--from", help="first day of service")] = None,
    to: Annotated[str | None, typer.Option("--to", help="last day of service")] = None,
) -> None:
    """Say more of one item: its dates, its format, what was promised, what came."""
    change = ItemChange(facility, format_, fallback, deliver, promised, came)
    told = {
        "type": requests.read_types(what)[0] if what else None,
        "from_date": day(from_, "the date after --from"),
        "to_date": day(to, "the date after --to"),
    }
    with opened(write=True) as session:
        request = ledger.change_item(session, item, change)
        if any(value is not None for value in told.values()):
            request = items.change(session, item, told)
        held = whole(session, request.id)
    emit(held.document, lambda: columns([_row(held.view)]))


def register(app: typer.Typer) -> None:
    """Give `chartmend request` these commands."""
    for command in (log, review, answered, matches, item):
        app.command()(command)
