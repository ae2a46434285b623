"""Corrections of the tests: sent to a hospital at a place, with what happened to them."""

from __future__ import annotations

import datetime as dt

from tests.actions.made import patient, put
from vault.actions import corrections, flags, people, providers
from vault.actions.correcting.events import Told
from vault.actions.corrections import Asking, CorrectionView
from vault.actions.flags import Wrong
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.model.corrections import CorrectionEvent
from vault.model.people import Person
from vault.model.providers import Provider, ProviderKind
from vault.model.requests import Channel, Detail

SENT = dt.date(2026, 3, 2)
ENTRIES = ("Allergy: penicillin", "Takes warfarin 5 mg daily", "Smokes a pack a day")


def day(days: int) -> dt.date:
    """So many days after the correction was sent, which is the day it arrived too."""
    return SENT + dt.timedelta(days=days)


def voss(s: Session) -> Person:
    """The one patient of these tests."""
    held = people.every(s)
    return held[0] if held else patient(s)


def holder(s: Session, place: str = "us-tn", name: str = "") -> Provider:
    """A hospital at a place."""
    name = name or f"Elm Street Hospital {len(providers.every(s))}"
    return providers.add(s, name, kind=ProviderKind.HOSPITAL, jurisdiction=place)


def drafted(
    s: Session,
    place: str = "us-tn",
    items: int = 1,
    tell: tuple[str, ...] = (),
    *,
    formal: bool = True,
) -> str:
    """A correction of so many entries of a record, not sent yet."""
    record = put(s, f"{place}.pdf", ("\n".join(ENTRIES),), voss(s), holder(s, place))
    found = [flags.add(s, record.id, 1, text, Wrong("no")).id for text in ENTRIES[:items]]
    return corrections.new(s, found, Asking(tell=tell, formal=formal)).correction.id


def asked(
    s: Session,
    place: str = "us-tn",
    items: int = 1,
    tell: tuple[str, ...] = (),
    *,
    formal: bool = True,
) -> str:
    """The same, sent by fax."""
    id_ = drafted(s, place, items, tell, formal=formal)
    corrections.sent(s, id_, Sending(SENT, Channel.FAX, SENT))
    return id_


def happens(
    s: Session, correction: str, kind: CorrectionEvent, days: int, detail: Detail | None = None
) -> CorrectionView:
    """Note that something happened so many days after the sending."""
    corrections.tell(s, correction, Told(kind, day(days), detail=detail or Detail()))
    return corrections.get(s, correction, day(days))
