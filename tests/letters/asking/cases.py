"""Requests of invented people at every kind of place, with all that may happen to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from vault.law import clock
from vault.law.book import builtin
from vault.law.rows import Audience
from vault.law.rules import Right
from vault.letters.asking.content import Content, Holder, Patient, Signer, Want
from vault.letters.asking.fees import medium_of
from vault.letters.asking.law import law_of, place_for
from vault.model.asking_letters import LetterKind
from vault.model.lifecycle import stand
from vault.model.providers import ProviderKind
from vault.model.record_types import RecordType
from vault.model.requests import Detail, Event, FeeLine, RequestEvent

E, K = RequestEvent, LetterKind
SENT = dt.date(2026, 3, 3)
PLACES = ("us", "us-tx", "uk", "de", "ca-on", "au", "nz")
"""One place of every regime: HIPAA alone, a state over it, and the others."""

ADA = Patient(
    "Ada Ellen Quill",
    dt.date(1961, 3, 4),
    former_names=("Ada Ellen Marsh",),
    mrn="QH-0048213",
    lines=("27 Alder Lane", "Penbrook"),
    phone="555-0142",
    email="ada@example.org",
)
HOLDER = Holder(
    "Quarry Heart Hospital",
    ProviderKind.HOSPITAL,
    "Release of Information",
    ("9 Quarry Road", "Penbrook"),
    "555-0101",
    "555-0102",
    "records@example.org",
)
CHILD = replace(
    ADA, name="Tom Quill", born=dt.date(2017, 6, 1), former_names=(), phone="", email=""
)
PARENT = Signer(
    "Ada Ellen Quill",
    "mother",
    "parent of a minor",
    "Birth certificate",
    ADA.lines,
    ADA.phone,
    ADA.email,
)
NOTES = Want(
    "item_notes",
    RecordType.VISIT_NOTES,
    "visit notes",
    dt.date(2019, 1, 1),
    dt.date(2025, 12, 31),
    "Heart Clinic",
    "PDF",
)
IMAGES = Want(
    "item_images", RecordType.IMAGES, "images", dt.date(2024, 5, 1), None, "Imaging", "DICOM"
)
ALL = Want("item_all", RecordType.ALL, "all records", format="PDF")


def event(seq: int, kind: RequestEvent, on: dt.date, **more: object) -> Event:
    """Something that happened."""
    return replace(Event(seq, 1, kind, on, "2026-03-01T10:00:00Z"), **more)  # type: ignore[arg-type]


Told = tuple[RequestEvent, int, Detail]


def told(kind: RequestEvent, days: int, **detail: object) -> Told:
    """Something that happened so many days after the sending."""
    return kind, days, Detail(**detail)  # type: ignore[arg-type]


def history(happened: tuple[Told, ...], *, sent: bool = True) -> list[Event]:
    """Drafted, sent by fax, and then what happened."""
    found = [event(1, E.DRAFTED, SENT)]
    if sent:
        detail = Detail(number="fax receipt 8812")
        found.append(event(2, E.SENT, SENT, channel="fax", arrived=SENT, detail=detail))
    for kind, days, detail in happened:
        day = SENT + dt.timedelta(days=days)
        found.append(event(len(found) + 1, kind, day, detail=detail))
    return found


def content(
    kind: LetterKind,
    place: str = "us",
    happened: tuple[Told, ...] = (),
    day: int = 10,
    *,
    sent: bool = True,
    died: dt.date | None = None,
    holder_kind: ProviderKind = ProviderKind.HOSPITAL,
    **more: object,
) -> Content:
    """A request at a place, with what happened to it, as a letter of a kind sees it on a day."""
    book, holder = builtin(), replace(HOLDER, kind=holder_kind)
    base: dict[str, object] = {"wants": (ALL,), "format": "PDF", "deliver": "secure e-mail"}
    base |= {"fallback": "paper", "fee_limit": Decimal("25.00"), "currency": "USD"} | more
    wants: tuple[Want, ...] = base["wants"]  # type: ignore[assignment]
    standing = stand([w.id for w in wants], history(happened, sent=sent))
    right = Right.INSPECT if base.get("inspect") else Right.ACCESS
    audience = Audience.THIRD_PARTY if base.get("third_party") else Audience.PATIENT
    where = place_for(place, holder.kind, book, died=died is not None)
    law = law_of(where, holder.kind, right, audience, medium_of(str(base["format"])), book)
    owed = clock.due(law.rules, standing.start) if standing.start else None
    made = Content(
        kind=kind,
        reference="req_7kq2m9x4t0bz",
        on=SENT + dt.timedelta(days=day),
        holder=holder,
        patient=replace(ADA, died=died),
        wants=wants,
        law=law,
        standing=standing,
        due=owed,
        first_due=owed,
    )
    return replace(made, **{k: v for k, v in base.items() if k != "wants"})  # type: ignore[arg-type]


QUOTED = told(
    E.FEE_QUOTED,
    5,
    amount=Decimal("187.50"),
    currency="USD",
    pages=240,
    number="INV-77",
    lines=(
        FeeLine("Search and retrieval", Decimal("27.50")),
        FeeLine("240 pages at 0.65", Decimal("156.00"), 240),
        FeeLine("Postage", Decimal("4.00")),
    ),
)
DENIED = told(E.DENIED, 20, ground="endanger-life", reason="may upset the patient")
CASES: dict[LetterKind, tuple[tuple[Told, ...], int, dict[str, object]]] = {
    K.ACCESS_REQUEST: ((), 0, {"sent": False, "enclosures": ("Driving licence, masked copy",)}),
    K.INSPECTION_REQUEST: ((), 0, {"sent": False, "inspect": True}),
    K.AUTHORIZATION: (
        (),
        0,
        {"sent": False, "third_party": ("Dr. Imre Vance", "4 Mill Street", "Penbrook")},
    ),
    K.ACKNOWLEDGEMENT: ((), 7, {}),
    K.REMINDER: ((told(E.ACKNOWLEDGED, 3, number="ROI-5521"),), 12, {}),
    K.OVERDUE: ((told(E.ACKNOWLEDGED, 3, number="ROI-5521"), told(E.REMINDED, 21)), 80, {}),
    K.DEEMED_REFUSAL: ((), 80, {}),
    K.EXTENSION: ((told(E.EXTENDED, 70, until=SENT + dt.timedelta(days=200)),), 75, {}),
    K.IDENTITY: ((told(E.ID_ASKED, 4),), 6, {"enclosures": ("Driving licence, masked copy",)}),
    K.NO_REASON: ((told(E.CLARIFICATION_ASKED, 4, who="Ms. Reed"),), 6, {}),
    K.NO_NOTARY: ((told(E.ID_ASKED, 4),), 6, {}),
    K.NO_VISIT: ((told(E.CALL, 4, who="Ms. Reed"),), 6, {}),
    K.NO_PORTAL: ((told(E.CALL, 4),), 6, {}),
    K.OWN_FORM: ((told(E.FORM_ASKED, 4),), 6, {}),
    K.ITEMISATION: ((QUOTED,), 6, {}),
    K.FEE_DISPUTE: ((QUOTED,), 6, {}),
    K.LINK_ENDED: ((told(E.LINK_SENT, 9, until=SENT + dt.timedelta(days=12)),), 15, {}),
    K.LOST: ((told(E.CALL, 9),), 10, {"enclosures": ("My request of 3 March 2026",)}),
    K.NOT_OURS: ((told(E.NOT_HELD, 9, items=("item_images",)),), 10, {"wants": (NOTES, IMAGES)}),
    K.NOT_SUMMARY: ((told(E.PARTIAL, 9),), 10, {"wants": (NOTES, IMAGES)}),
    K.SHORTFALL: (
        (told(E.PARTIAL, 9),),
        10,
        {"wants": (NOTES, replace(IMAGES, missing=("nothing has come",)))},
    ),
    K.STATEMENT: ((told(E.DESTROYED, 9, items=("item_images",)),), 10, {"wants": (NOTES, IMAGES)}),
    K.DENIAL_PARTS: ((told(E.DENIED, 20),), 25, {"wants": (NOTES, IMAGES)}),
    K.REVIEW: ((DENIED,), 25, {}),
    K.HOLDER_COMPLAINT: ((told(E.ACKNOWLEDGED, 3), told(E.REMINDED, 21)), 80, {}),
    K.COMPLAINT: (
        (told(E.ACKNOWLEDGED, 3, number="ROI-5521"), told(E.REMINDED, 21)),
        80,
        {"enclosures": ("My request of 3 March 2026", "My reminder of 24 March 2026")},
    ),
    K.WITHDRAWAL: ((), 8, {}),
    K.THANKS: ((told(E.RECEIVED, 9),), 12, {}),
}


def case(
    letter: LetterKind, place: str = "us", kind: ProviderKind = ProviderKind.HOSPITAL
) -> Content:
    """A usual letter of a kind at a place, to a kind of holder."""
    happened, day, more = CASES[letter]
    return content(letter, place, happened, day, holder_kind=kind, **more)  # type: ignore[arg-type]
