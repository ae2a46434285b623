"""Every running deadline, of requests and corrections alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault.actions import corrections, requests
from vault.actions.deadlines import Due
from vault.actions.session import Session
from vault.model.requests import Urgency


@dataclass(frozen=True, slots=True)
class Owed:
    """An answer somebody owes: to what, by when, by which rule, and the whole sentence."""

    id: str
    what: str
    on: dt.date
    urgency: Urgency
    rule: str
    cite: str
    said: str


def _owed(id_: str, what: str, due: Due, urgency: Urgency, said: str) -> Owed:
    return Owed(id_, what, due.on, urgency, due.rule.id, due.rule.cite, said)


def every(s: Session, today: dt.date) -> tuple[Owed, ...]:
    """All running deadlines as they stand on `today`, the earliest first."""
    found = [
        _owed(
            v.request.id, f"access request, {v.provider.name}", v.due, v.urgency, requests.owed(v)
        )
        for v in requests.every(s, today)
        if v.due
    ]
    found += [
        _owed(
            v.correction.id, f"correction, {v.provider.name}", v.due, v.urgency, corrections.owed(v)
        )
        for v in corrections.every(s, today)
        if v.due
    ]
    return tuple(sorted(found, key=lambda o: (o.on, o.id)))
