"""Corrections with invented people, as letters of every kind see them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.letters.asking.cases import ADA, HOLDER, PARENT
from vault.law import clock, denial
from vault.law.book import builtin
from vault.law.rows import Audience, Medium
from vault.law.rules import Right
from vault.letters.asking.law import law_of, place_for
from vault.letters.correcting.content import Content, Earlier, Item, Told
from vault.model.amending import stand
from vault.model.correction_letters import CorrectionLetterKind
from vault.model.corrections import CorrectionEvent
from vault.model.flags import Kind
from vault.model.letters import Excerpt
from vault.model.providers import ProviderKind
from vault.model.reading import Picture
from vault.model.requests import Detail, Event

E, K = CorrectionEvent, CorrectionLetterKind
SENT = dt.date(2026, 3, 3)
PLACES = ("us", "us-ca", "us-wa", "uk", "de", "ca-on", "au", "nz")
"""HIPAA alone, states over it, and the others."""


def excerpt(width: int = 1200, height: int = 240) -> Excerpt:
    """A white strip with a dark frame in it."""
    rows = [bytearray(b"\xf8" * width) for _ in range(height)]
    for row in rows[height // 3 : height // 2]:
        row[width // 8 : width // 2] = b"\x30" * (width // 2 - width // 8)
    picture = Picture(width, height, b"".join(map(bytes, rows)))
    return Excerpt(picture, "Part of page 1; the entry is framed. It reads: sulfa")


SULFA = Item(
    flag="flag_sulfa",
    record="Cardiology letter",
    page=1,
    kind=Kind.WRONG_VALUE,
    quote="Allergies: sulfa (hives)",
    should_say="Allergies: penicillin (hives)",
    why="my own doctor's list names penicillin",
    entry_date="05/20/2025",
    author="R. Imre, MD",
    evidence=("Allergy list of Penbrook Family Practice, page 2: “Penicillin: hives”",),
    excerpt=excerpt(),
)
DOSE = Item(
    flag="flag_dose",
    record="Discharge summary",
    page=3,
    kind=Kind.OUTDATED,
    quote="Metoprolol 50 mg twice daily",
    should_say="Metoprolol stopped in March 2024",
    entry_date="06/02/2025",
    originator="Quay Clinic",
    excerpt=excerpt(),
)
LEFT_OUT = Item(
    flag="flag_fall",
    record="Emergency visit",
    page=2,
    kind=Kind.MISSING,
    should_say="Patient reports a fall at home on 2 May 2025.",
    why="I told the nurse, and it is not in the note",
)
ITEMS = (SULFA, DOSE, LEFT_OUT)
FAMILY = Told(
    "told_1", "Penbrook Family Practice", ("3 Mill Street", "Penbrook"), "PF-201", hipaa=True
)
PHARMACY = Told("told_2", "Hollow Pharmacy")

Happened = tuple[CorrectionEvent, int, Detail]


def told(kind: CorrectionEvent, days: int, **detail: object) -> Happened:
    """Something that happened so many days after the sending."""
    return kind, days, Detail(**detail)  # type: ignore[arg-type]


def history(happened: tuple[Happened, ...], *, sent: bool = True) -> list[Event]:
    """Drafted, sent by fax, and then what happened."""
    found = [Event(1, 1, E.DRAFTED, SENT, "2026-03-01T10:00:00Z")]
    if sent:
        first = Event(2, 1, E.SENT, SENT, "2026-03-01T10:00:00Z", "fax", SENT)
        found.append(replace(first, detail=Detail(number="fax receipt 8812")))
    for kind, days, detail in happened:
        day = SENT + dt.timedelta(days=days)
        found.append(Event(len(found) + 1, 1, kind, day, "2026-03-01T10:00:00Z", detail=detail))
    return found


def content(
    kind: CorrectionLetterKind,
    place: str = "us",
    happened: tuple[Happened, ...] = (),
    day: int = 10,
    *,
    sent: bool = True,
    died: dt.date | None = None,
    holder_kind: ProviderKind = ProviderKind.HOSPITAL,
    items: tuple[Item, ...] = ITEMS,
    **more: object,
) -> Content:
    """A correction at a place, with what happened to it, as a letter of a kind sees it on a day."""
    book, holder = builtin(), replace(HOLDER, kind=holder_kind)
    standing = stand([i.flag for i in items], history(happened, sent=sent))
    where = place_for(place, holder.kind, book, died=died is not None)
    law = law_of(where, holder.kind, Right.AMENDMENT, Audience.PATIENT, Medium.ANY, book)
    access = law_of(where, holder.kind, Right.ACCESS, Audience.PATIENT, Medium.ANY, book)
    owed = clock.due(law.rules, standing.start) if standing.start and standing.running else None
    made = Content(
        kind=kind,
        reference="cor_7kq2m9x4t0bz",
        on=SENT + dt.timedelta(days=day),
        holder=holder,
        patient=replace(ADA, died=died),
        items=tuple(replace(i, state=standing.items[i.flag]) for i in items),
        law=law,
        access=access,
        standing=standing,
        due=owed,
        first_due=owed,
        tell=(FAMILY, PHARMACY),
        limit=denial.statement(where, holder.kind, book),
    )
    return replace(made, **more)  # type: ignore[arg-type]


STATEMENT = (
    "I have never been told by anybody that I react to sulfa. I do react to penicillin.\n\n"
    "My family practice has it right since 2009."
)
DENIED = told(
    E.DENIED,
    40,
    ground="hipaa-amend-accurate",
    items=("flag_sulfa",),
    number="HIM-77",
    enclosures=("amendment-basis",),
)
GRANTED = told(E.ACCEPTED, 40, items=("flag_dose", "flag_fall"), number="HIM-77")
ALL_YES = told(E.ACCEPTED, 40)
STILL = told(E.COMPARED, 60, outcome="unchanged", items=("flag_dose",))
_COMPARED = replace(DOSE, copy="Discharge summary, second copy", compared=dt.date(2026, 5, 2))
CASES: dict[CorrectionLetterKind, tuple[tuple[Happened, ...], int, dict[str, object]]] = {
    K.AMENDMENT_REQUEST: (
        (),
        0,
        {"sent": False, "enclosures": ("A copy of each page named on the sheets",)},
    ),
    K.INFORMAL_MESSAGE: ((), 0, {"sent": False, "formal": False}),
    K.ORIGINATOR: (
        (),
        0,
        {
            "sent": False,
            "items": (replace(SULFA, originator=HOLDER.name, source="Quay Clinic"),),
            "earlier": Earlier("Quay Clinic", SENT, SENT + dt.timedelta(days=30), not_theirs=True),
            "enclosures": ("A copy of the page named on the sheet",),
        },
    ),
    K.ACKNOWLEDGEMENT: ((), 7, {}),
    K.REMINDER: ((told(E.IN_REVIEW, 3, number="HIM-77"),), 8, {}),
    K.OVERDUE: ((told(E.IN_REVIEW, 3, number="HIM-77"), told(E.REMINDED, 50)), 120, {}),
    K.EXTENSION_OBJECTION: (
        (told(E.EXTENDED, 70, until=SENT + dt.timedelta(days=200), reason="staff shortage"),),
        75,
        {},
    ),
    K.INFORMATION: (
        (told(E.INFO_ASKED, 5, who="Ms. Reed"),),
        6,
        {"text": "You asked for the list of my doctor.\n\nIt is enclosed."},
    ),
    K.DENIAL_PARTS: ((DENIED,), 45, {}),
    K.DISAGREEMENT: ((DENIED,), 45, {"text": STATEMENT}),
    K.ATTACH_REQUEST: ((DENIED,), 45, {}),
    K.REBUTTAL_COPY: ((DENIED, told(E.DISAGREEMENT, 50)), 60, {}),
    K.MORE_EVIDENCE: (
        (DENIED,),
        45,
        {
            "text": "I now have the list of my family practice.",
            "enclosures": ("A copy of the page named on the sheet",),
        },
    ),
    K.AGREE_NOTIFY: ((GRANTED,), 45, {}),
    K.NOTIFY_HOLDER: ((GRANTED,), 45, {"to": "told_1"}),
    K.COPY_ORDER: ((GRANTED,), 45, {}),
    K.NOT_CARRIED_OUT: ((GRANTED, STILL), 65, {"items": (SULFA, _COMPARED, LEFT_OUT)}),
    K.HOLDER_COMPLAINT: ((told(E.IN_REVIEW, 3), told(E.REMINDED, 50)), 120, {}),
    K.COMPLAINT: (
        (DENIED, GRANTED),
        60,
        {"chosen": ("flag_sulfa",), "enclosures": ("My request of 3 March 2026",)},
    ),
    K.WITHDRAWAL: ((), 8, {}),
    K.THANKS: ((ALL_YES, told(E.COMPARED, 60, outcome="fixed")), 62, {}),
}


def _elsewhere(one: Happened) -> Happened:
    """The same outside HIPAA, whose grounds nobody names there."""
    kind, days, detail = one
    said = "the doctor stands by it" if detail.ground else ""
    return kind, days, replace(detail, ground=said, enclosures=())


def case(
    letter: CorrectionLetterKind, place: str = "us", kind: ProviderKind = ProviderKind.HOSPITAL
) -> Content:
    """A usual letter of a kind at a place, to a kind of holder."""
    happened, day, more = CASES[letter]
    if not place.startswith("us"):
        happened = tuple(_elsewhere(one) for one in happened)
    return content(letter, place, happened, day, holder_kind=kind, **more)  # type: ignore[arg-type]


FOR_CHILD = {"signer": PARENT}
