"""All that belongs to one request, gathered for its screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from vault.actions import authorities, forms, offices, records, requests
from vault.actions.asking import fees, ledger, letters, matching, reminders
from vault.actions.asking.fees import Fees
from vault.actions.asking.ledger import Ledger
from vault.actions.asking.matching import Arrival
from vault.actions.requests import RequestView
from vault.actions.session import Session
from vault.model.forms import Form
from vault.model.letters import Letter
from vault.model.offices import Office
from vault.model.records import Record
from vault.model.reminders import Reminder


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request with its ledger, what came, and the papers and reminders that belong to it.

    `records` are those taken as answers, by id; `arrivals` what came and was taken for nothing
    yet, as far as it may be for this request; `children` the requests that follow from it,
    `asker` who asks for the person, in words.
    """

    view: RequestView
    ledger: Ledger
    records: Mapping[str, Record]
    arrivals: tuple[Arrival, ...]
    reminders: tuple[Reminder, ...]
    forms: tuple[Form, ...]
    letters: tuple[Letter, ...] = ()
    asker: str = ""
    fees: Fees | None = None
    office: Office | None = None
    parent: RequestView | None = None
    children: tuple[RequestView, ...] = ()


def may_be_for(arrival: Arrival, request: str) -> bool:
    """Whether something that came is kept with a request, or suggested for it."""
    if arrival.request:
        return arrival.request == request
    return any(match.request == request for match in arrival.matches)


def _asker(s: Session, view: RequestView, today: dt.date) -> str:
    if not view.request.authority:
        return ""
    held = authorities.get(s, view.request.authority, today)
    valid = "" if held.standing.valid else " (this does not hold now)"
    return f"{held.authority.name}, {held.authority.basis.value.replace('_', ' ')}{valid}"


def load(s: Session, given: str, today: dt.date) -> RequestPage:
    """The page of the request that `given` names; raises UnknownId."""
    view = requests.get(s, given, today)
    id_ = view.request.id
    held = ledger.get(s, id_)
    taken = {record for line in held.lines for record in line.records}
    every = requests.every(s, today)
    desks = offices.of(s, view.provider.id) if view.request.office else ()
    return RequestPage(
        view=view,
        ledger=held,
        records={record: records.find(s, record) for record in taken},
        arrivals=tuple(a for a in matching.arrivals(s) if may_be_for(a, id_)),
        reminders=tuple(r for r in reminders.every(s) if r.subject == id_),
        forms=tuple(f for f in forms.every(s) if f.provider == view.provider.id),
        letters=letters.made(s, id_),
        asker=_asker(s, view, today),
        fees=fees.get(s, id_),
        office=next((o for o in desks if o.id == view.request.office), None),
        parent=next((v for v in every if v.request.id == view.request.parent), None),
        children=tuple(v for v in every if v.request.parent == id_),
    )
