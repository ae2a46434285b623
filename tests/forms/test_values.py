"""What goes into forms, for one invented request."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.ingest.forms_kit import PERSON, PROVIDER, REQUEST, SUBJECT
from vault.forms.values import Asker, Recipient, Subject, date, say, ticked
from vault.model.formwords import TICKS, WANTS, Slot
from vault.model.record_types import RecordType
from vault.model.requests import RequestItem


def named(name: str) -> Subject:
    """The request of a person of that name."""
    return replace(SUBJECT, person=replace(PERSON, name=name))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Marian Voss", ("Marian", "", "Voss")),
        ("Marian Anna Voss", ("Marian", "Anna", "Voss")),
        ("Pieter van der Berg", ("Pieter", "", "van der Berg")),
        ("Samuel L. Ortega Jr.", ("Samuel", "L.", "Ortega Jr.")),
        ("Voss, Marian Anna", ("Marian", "Anna", "Voss")),
        ("Madonna", ("", "", "Madonna")),
    ],
)
def test_names_in_parts(name: str, parts: tuple[str, str, str]) -> None:
    """A name is taken apart the way forms want it; a single one is the last."""
    slots = (Slot.PATIENT_FIRST, Slot.PATIENT_MIDDLE, Slot.PATIENT_LAST)
    assert tuple(say(slot, named(name)) for slot in slots) == parts


@pytest.mark.parametrize(
    ("place", "text"),
    [("us-tx", "03/07/1961"), ("uk", "07/03/1961"), ("ca-on", "1961-03-07")],
)
def test_dates_by_place(place: str, text: str) -> None:
    """A day is written as the provider's place writes it."""
    assert date(dt.date(1961, 3, 7), place) == text


def test_the_parts_of_an_address() -> None:
    """Street, town, state and code come from the lines of an address."""
    slots = (Slot.STREET, Slot.CITY, Slot.STATE, Slot.ZIP)
    assert [say(s, SUBJECT) for s in slots] == ["12 Elm Street, Apt 4", "Austin", "TX", "78701"]
    assert say(Slot.ADDRESS, SUBJECT).splitlines() == list(PERSON.address)


def test_every_name_says_something_or_nothing() -> None:
    """No name of the vocabulary fails, even where nothing is known."""
    bare = Subject(
        replace(PERSON, address=(), phone="", email="", mrns=()),
        replace(PROVIDER, phone=""),
        replace(REQUEST, items=(RequestItem("item_1", RecordType.ALL),), format="", deliver=""),
    )
    for subject in (SUBJECT, bare):
        assert all(isinstance(say(slot, subject), str) for slot in Slot)
        assert all(isinstance(ticked(tick, subject), bool) for tick in TICKS)


def test_who_asks_and_where_it_goes() -> None:
    """With a representative and another recipient, their names and boxes come."""
    other = Recipient("Dr. Ina Feld", ("9 Oak Road", "Waco, TX 76701"))
    subject = replace(SUBJECT, asker=Asker("Ida Voss", "daughter"), other=other)
    assert say(Slot.REPRESENTATIVE_NAME, subject) == "Ida Voss"
    assert say(Slot.RELATIONSHIP, subject) == "daughter"
    assert say(Slot.RECIPIENT_NAME, subject) == "Dr. Ina Feld"
    assert say(Slot.RECIPIENT_CITY, subject) == "Waco"
    assert say(Slot.RECIPIENT_NAME, SUBJECT) == PERSON.name
    on = {t for t in ("myself", "representative", "to_myself", "to_other") if ticked(t, subject)}
    assert on == {"representative", "to_other"}


def test_kinds_of_records() -> None:
    """A box is ticked for what was asked; the whole record ticks each where there is no one box."""
    asked = {tick for tick in WANTS if ticked(tick, SUBJECT)}
    assert asked == {"wants_lab_results", "wants_billing", "wants_medications"}
    whole = replace(
        SUBJECT, request=replace(REQUEST, items=(RequestItem("item_1", RecordType.ALL),))
    )
    assert {tick for tick in WANTS if ticked(tick, whole)} == {"wants_all"}
    assert {t for t in WANTS if ticked(t, replace(whole, each=True))} == set(WANTS)


@pytest.mark.parametrize(
    ("deliver", "tick"),
    [
        ("by e-mail", "deliver_email"), ("mail", "deliver_mail"), ("the portal", "deliver_portal"),
        ("fax", "deliver_fax"), ("pick-up", "deliver_pickup"),
    ],
)  # fmt: skip
def test_ways_of_delivery(deliver: str, tick: str) -> None:
    """One way of delivery ticks one box; e-mail is not mail."""
    subject = replace(SUBJECT, request=replace(REQUEST, deliver=deliver))
    assert {t for t in TICKS if t.startswith("deliver_") and ticked(t, subject)} == {tick}
