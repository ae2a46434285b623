"""A request's state is stored with each event, and is what its events tell."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from tests.actions.made import hospital, patient
from vault import ids
from vault.actions.session import Session
from vault.model.record_types import RecordType
from vault.model.requests import (
    Detail,
    Event,
    Request,
    RequestEvent,
    RequestItem,
    RequestState,
    WaitingOn,
)
from vault.store import requests


def made(s: Session) -> Request:
    """A request for two kinds of records, with all that can be said of one."""
    return Request(
        id=ids.new("request"),
        person=patient(s).id,
        provider=hospital(s).id,
        items=(
            RequestItem(
                ids.new("request_item"),
                RecordType.LAB_RESULTS,
                dt.date(2020, 1, 1),
                dt.date(2021, 1, 1),
                "East Wing",
                "PDF",
                "paper",
                "portal",
                "by June",
                "a disc",
            ),
            RequestItem(ids.new("request_item"), RecordType.IMAGES),
        ),
        made_at="2026-01-01T10:00:00Z",
        format="PDF",
        fallback="paper",
        deliver="portal",
        fee_limit=Decimal("25.00"),
        currency="USD",
        sensitive=("hiv",),
        third_party=("Dr. Ona Pell", "1 High Street"),
        inspect=True,
    )


def test_a_request_comes_back_as_it_was_put(vault: Session) -> None:
    """Every field of it and of its items."""
    request = made(vault)
    with vault.vault.write("test") as db:
        requests.add(db, request)
    db = vault.vault.read()
    assert requests.get(db, request.id) == request
    assert requests.every(db) == (request,)


def test_where_it_stands_is_stored_with_each_event(vault: Session) -> None:
    """State, outcome and whose turn it is are columns, and equal what the events tell."""
    request = made(vault)
    told = [RequestEvent.DRAFTED, RequestEvent.SENT, RequestEvent.DENIED, RequestEvent.APPEALED]
    detail = Detail(ground="hipaa-endanger-life", number="A-17")
    with vault.vault.write("test") as db:
        requests.add(db, request)
        for seq, kind in enumerate(told, 1):
            event = Event(seq, 1, kind, dt.date(2026, 1, seq), "x", detail=detail)
            request = requests.append(db, request, event)
    stored = requests.get(vault.vault.read(), request.id)
    assert stored == request
    assert (stored.state, stored.waiting_on) == (RequestState.ESCALATED, WaitingOn.PROVIDER)
    assert requests.standing(stored).state is stored.state
    assert stored.events[-1].detail == detail


def test_items_change_and_go_before_it_is_sent(vault: Session) -> None:
    """What is no longer asked for leaves no row."""
    request = made(vault)
    kept = replace(request.items[1], facility="West Wing")
    with vault.vault.write("test") as db:
        requests.add(db, request)
        requests.change(db, replace(request, items=(kept,), deliver="mail"))
    stored = requests.get(vault.vault.read(), request.id)
    assert (stored.items, stored.deliver) == ((kept,), "mail")
