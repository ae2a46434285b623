"""What the vocabulary of forms says for one request: the texts, and which boxes are ticked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vault.forms.amendment import OF_AMENDMENT, SEE_SHEET, Amendment
from vault.forms.amendment import say as say_amendment
from vault.model.formwords import OF_ENTRIES, WANTS, Slot, Tick
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.record_types import RecordType
from vault.model.requests import Request

PURPOSE = "at the request of the individual"
"""All that a person need say of why (45 CFR 164.508(c)(1)(iv))."""

_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
_TOWN = re.compile(r"^(?P<city>.+?),?\s+(?P<state>[A-Z]{2})\.?,?\s+(?P<zip>\d{5}(?:-\d{4})?)$")
_MINUS = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for the person: a representative, and in what relation they stand."""

    name: str
    relationship: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where the records are to go."""

    name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """All that a form about one request, or one correction, can be filled in from.

    `other` is somebody else the records are to go to; without one they go to the person.
    `each` has every kind of record ticked where all of them are wanted, for a form that has no
    box for the whole record. With an `amendment` the form asks to amend, `request` holds no more
    than who asks whom, and recipients are those to be told of it.
    """

    person: Person
    provider: Provider
    request: Request
    asker: Asker | None = None
    other: Recipient | None = None
    each: bool = False
    amendment: Amendment | None = None

    @property
    def recipient(self) -> Recipient:
        """Where the records are to go, or who is to be told of an amendment."""
        if self.amendment is not None:
            return _told(self.amendment)
        who = self.person
        return self.other or Recipient(who.name, who.address, who.phone, email=who.email)


def _told(amendment: Amendment) -> Recipient:
    """Who is to be told; several go by their names, with the addresses on the sheet behind."""
    told = amendment.told
    if len(told) > 1:
        return Recipient("; ".join(one.name for one in told), (SEE_SHEET,))
    return Recipient(told[0].name, told[0].address) if told else Recipient("")


def say(slot: Slot, subject: Subject) -> str:
    """What a text slot says; empty where nothing is known. An address has a line a line."""
    if subject.amendment is not None and slot in OF_AMENDMENT:
        return say_amendment(slot, subject.amendment)
    return "" if slot in OF_ENTRIES else _SAY[slot](subject)


def ticked(tick: str, subject: Subject) -> bool:
    """Whether a box of this name is ticked."""
    kind = WANTS.get(tick)
    if kind is not None:
        wanted = subject.request.what
        every = subject.each and RecordType.ALL in wanted and kind is not RecordType.ALL
        return kind in wanted or every
    return _TICKED[Tick(tick)](subject)


def date(day: dt.date | None, place: str) -> str:
    """A day as forms of a place have it: month first in the US, year first in Canada."""
    if day is None:
        return ""
    head = place.lower()
    if head.startswith("us"):
        return day.strftime("%m/%d/%Y")
    return day.isoformat() if head.startswith("ca") else day.strftime("%d/%m/%Y")


def _names(name: str) -> tuple[str, str, str]:
    """First, middle and last name; a comma puts the last one first."""
    if "," in name:
        last, _, rest = name.partition(",")
        parts = rest.split()
        if parts and parts[0].lower().strip(".") not in _SUFFIXES:
            return parts[0], " ".join(parts[1:]), last.strip()
        name = f"{last} {rest}"
    parts = name.split()
    cut = len(parts)
    while cut > 2 and parts[cut - 1].lower().strip(".") in _SUFFIXES:
        cut -= 1
    if cut < 2:
        return "", "", name
    start = cut - 1
    while start > 1 and parts[start - 1].islower():  # van, de la
        start -= 1
    return parts[0], " ".join(parts[1:start]), " ".join(parts[start:])


def _town(address: tuple[str, ...], part: str) -> str:
    for line in reversed(address):
        found = _TOWN.match(line.strip())
        if found:
            return found[part]
    return ""


def _street(address: tuple[str, ...]) -> str:
    return ", ".join(line for line in address if not _TOWN.match(line.strip()))


def _last_line(address: tuple[str, ...]) -> str:
    return next((line for line in reversed(address) if _TOWN.match(line.strip())), "")


def _day(day: Callable[[Subject], dt.date | None]) -> Callable[[Subject], str]:
    return lambda s: date(day(s), s.provider.jurisdiction)


def _mrn(s: Subject) -> str:
    return next((m.number for m in s.person.mrns if m.provider == s.provider.id), "")


def _dates(s: Subject) -> str:
    place = s.provider.jurisdiction
    one, two = date(s.request.from_date, place), date(s.request.to_date, place)
    if one and two:
        return f"{one} {_MINUS} {two}"
    if one:
        return f"from {one} to now"
    return f"all up to {two}" if two else "all dates"


def _records(s: Subject) -> str:
    if RecordType.ALL in s.request.what:
        return "the whole record"
    return ", ".join(kind.value.replace("_", " ") for kind in s.request.what)


_SAY: Mapping[Slot, Callable[[Subject], str]] = {
    Slot.PATIENT_NAME: lambda s: s.person.name,
    Slot.PATIENT_FIRST: lambda s: _names(s.person.name)[0],
    Slot.PATIENT_MIDDLE: lambda s: _names(s.person.name)[1],
    Slot.PATIENT_LAST: lambda s: _names(s.person.name)[2],
    Slot.FORMER_NAMES: lambda s: ", ".join(s.person.former_names),
    Slot.BORN: _day(lambda s: s.person.born),
    Slot.BORN_MONTH: lambda s: f"{s.person.born.month:02}",
    Slot.BORN_DAY: lambda s: f"{s.person.born.day:02}",
    Slot.BORN_YEAR: lambda s: str(s.person.born.year),
    Slot.SEX: lambda s: s.person.sex,
    Slot.ADDRESS: lambda s: "\n".join(s.person.address),
    Slot.STREET: lambda s: _street(s.person.address),
    Slot.CITY: lambda s: _town(s.person.address, "city"),
    Slot.STATE: lambda s: _town(s.person.address, "state"),
    Slot.ZIP: lambda s: _town(s.person.address, "zip"),
    Slot.CITY_STATE_ZIP: lambda s: _last_line(s.person.address),
    Slot.PHONE: lambda s: s.person.phone,
    Slot.EMAIL: lambda s: s.person.email,
    Slot.MRN: _mrn,
    Slot.REPRESENTATIVE_NAME: lambda s: s.asker.name if s.asker else "",
    Slot.RELATIONSHIP: lambda s: s.asker.relationship if s.asker else "",
    Slot.PROVIDER_NAME: lambda s: s.provider.name,
    Slot.PROVIDER_DEPARTMENT: lambda s: s.provider.department,
    Slot.PROVIDER_ADDRESS: lambda s: "\n".join(s.provider.address),
    Slot.PROVIDER_PHONE: lambda s: s.provider.phone,
    Slot.PROVIDER_FAX: lambda s: s.provider.fax,
    Slot.RECIPIENT_NAME: lambda s: s.recipient.name,
    Slot.RECIPIENT_ADDRESS: lambda s: "\n".join(s.recipient.address),
    Slot.RECIPIENT_STREET: lambda s: _street(s.recipient.address),
    Slot.RECIPIENT_CITY: lambda s: _town(s.recipient.address, "city"),
    Slot.RECIPIENT_STATE: lambda s: _town(s.recipient.address, "state"),
    Slot.RECIPIENT_ZIP: lambda s: _town(s.recipient.address, "zip"),
    Slot.RECIPIENT_CITY_STATE_ZIP: lambda s: _last_line(s.recipient.address),
    Slot.RECIPIENT_PHONE: lambda s: s.recipient.phone,
    Slot.RECIPIENT_FAX: lambda s: s.recipient.fax,
    Slot.RECIPIENT_EMAIL: lambda s: s.recipient.email,
    Slot.PURPOSE: lambda _: PURPOSE,
    Slot.FROM_DATE: _day(lambda s: s.request.from_date),
    Slot.TO_DATE: _day(lambda s: s.request.to_date),
    Slot.DATES: _dates,
    Slot.RECORDS: _records,
    Slot.FORMAT: lambda s: s.request.format,
    Slot.DELIVER: lambda s: s.request.deliver,
    Slot.REFERENCE: lambda s: s.request.id,
}


def _by(words: str, part: Callable[[Request], str]) -> Callable[[Subject], bool]:
    sign = re.compile(words, re.IGNORECASE)
    return lambda s: sign.search(part(s.request)) is not None


def _format(words: str) -> Callable[[Subject], bool]:
    return _by(words, lambda r: r.format)


def _any_entry(s: Subject, *, missing: bool) -> bool:
    """Whether any entry is wrong, or any is missing from the record."""
    return s.amendment is not None and any(e.missing is missing for e in s.amendment.entries)


def _deliver(words: str) -> Callable[[Subject], bool]:
    return _by(words, lambda r: r.deliver)


_TICKED: Mapping[Tick, Callable[[Subject], bool]] = {
    Tick.FORMAT_PAPER: _format(r"paper|print|hard ?copy"),
    Tick.FORMAT_ELECTRONIC: _format(r"pdf|electronic|digital|c-?cda|fhir|dicom"),
    Tick.FORMAT_DISC: _format(r"\b(?:cd|dvd|usb|dis[ck]|stick)\b"),
    Tick.DELIVER_MAIL: _deliver(r"(?<!e-)(?<!e)\bmail\b|\bpost(?:al)?\b"),
    Tick.DELIVER_EMAIL: _deliver(r"\be-?mail\b"),
    Tick.DELIVER_PORTAL: _deliver(r"\bportal\b"),
    Tick.DELIVER_FAX: _deliver(r"\bfax\b"),
    Tick.DELIVER_PICKUP: _deliver(r"pick|in[ _-]person|collect"),
    Tick.MYSELF: lambda s: s.asker is None,
    Tick.REPRESENTATIVE: lambda s: s.asker is not None,
    Tick.TO_MYSELF: lambda s: s.other is None,
    Tick.TO_OTHER: lambda s: s.other is not None,
    Tick.OWN_USE: lambda _: True,
    Tick.ALL_DATES: lambda s: s.request.from_date is None and s.request.to_date is None,
    Tick.YES: lambda _: True,
    Tick.NO: lambda _: False,
    Tick.INACCURATE: lambda s: _any_entry(s, missing=False),
    Tick.INCOMPLETE: lambda s: _any_entry(s, missing=True),
    Tick.NOTIFY_YES: lambda s: s.amendment is not None and bool(s.amendment.told),
}
