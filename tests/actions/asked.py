"""Requests of the tests about asking: one at a place, with what happened to it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from tests.actions.made import patient
from vault.actions import people, providers, requests
from vault.actions.asking.events import Told, following
from vault.actions.requests import RequestView, Sending, Wanted
from vault.actions.session import Session
from vault.model.providers import ProviderKind
from vault.model.requests import Channel, Detail, FeeLine, RequestEvent
from vault.store import requests as stored

SENT = dt.date(2026, 3, 2)


def day(days: int) -> dt.date:
    """So many days after the request was sent, which is the day it arrived too."""
    return SENT + dt.timedelta(days=days)


def drafted(s: Session, place: str = "us-tn", wanted: Wanted | None = None) -> str:
    """A request to a hospital at a place, not sent yet."""
    if not people.every(s):
        patient(s)
    name = f"Elm Street Hospital {len(providers.every(s))}"
    held = providers.add(s, name, kind=ProviderKind.HOSPITAL, jurisdiction=place)
    return requests.new(s, held.id, None, wanted or Wanted()).request.id


def asked(s: Session, place: str = "us-tn", wanted: Wanted | None = None) -> str:
    """The same, sent by fax."""
    id_ = drafted(s, place, wanted)
    requests.sent(s, id_, Sending(SENT, Channel.FAX, SENT))
    return id_


def happens(
    s: Session, request: str, kind: RequestEvent, days: int, detail: Detail | None = None
) -> RequestView:
    """Note that something happened so many days after the sending; `ready` without its checks."""
    if kind is RequestEvent.READY:
        with s.vault.write("test") as db:
            held = stored.get(db, request)
            stored.append(db, held, following(held.events, kind, day(days)))
        return requests.get(s, request, day(days))
    return requests.log(s, request, Told(kind, day(days), detail=detail or Detail()))


def money(amount: str, currency: str = "", **more: object) -> Detail:
    """What an event says of money."""
    return Detail(amount=Decimal(amount), currency=currency, **more)  # type: ignore[arg-type]


def lines(*rows: tuple[str, str], **more: object) -> Detail:
    """What an event says of money line by line: words and amount."""
    held = tuple(FeeLine(what, Decimal(amount)) for what, amount in rows)
    return Detail(lines=held, **more)  # type: ignore[arg-type]
