"""Forms for an amendment: what their fields most likely take, and what each then says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms.papers import lines
from tests.forms.test_suggest import field
from vault.forms.amendment import OF_AMENDMENT, Amendment, Entry, Told, say
from vault.forms.suggest import suggest
from vault.forms.values import Subject, ticked
from vault.forms.values import say as say_any
from vault.model.forms import FieldKind, FormKind
from vault.model.formwords import OF_ENTRIES, Slot, Tick
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.requests import Request

DOSE = Entry("visit note", 2, "500 mg", "this is wrong", "250 mg", "the bottle says so")
FALL = Entry("visit note", None, "", "something is missing here", "I fell", missing=True)
PERSON = Person("per_1", "Marian Voss", dt.date(1961, 3, 14), address=("12 Elm Street",))
BARE = Request("cor_1", "per_1", "prov_1", (), "2026-01-02T00:00:00Z")


def about(*entries: Entry, told: tuple[Told, ...] = ()) -> Subject:
    """A correction of these entries, as a form is filled in from it."""
    amendment = Amendment(entries, told)
    return Subject(PERSON, Provider("prov_1", "Larch Clinic"), BARE, amendment=amendment)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Date of entry to be amended", "entry_date"), ("Date of service", "entry_date"),
        ("Type of entry to be amended", "entry_place"), ("Page number", "entry_place"),
        ("Which entry do you want corrected?", "entry"), ("Entry to be amended", "entry"),
        ("Author of the entry", "entry_author"), ("Provider who made the entry", "entry_author"),
        ("Current wording", "entry_quote"),
        ("Explain how the entry is incorrect or incomplete", "wrong"),
        ("What is wrong with it?", "wrong"), ("What should the entry say?", "should_say"),
        ("Correction requested", "should_say"), ("Reason for the request", "why"),
        ("Why do you ask for this?", "why"), ("Supporting documents", "evidence"),
        ("Who should be notified", "notify"), ("Patient name", "patient_name"),
        ("Date of birth", "born"), ("Medical record number", "mrn"), ("Signature", "none"),
        ("Date", "none"), ("Social Security Number", "none"), ("Favourite colour", None),
    ],
)  # fmt: skip
def test_texts(name: str, value: str | None) -> None:
    """Questions as forms to amend ask them; the same form is asked other things for access."""
    told = suggest((field(name),), {1: ()}, FormKind.AMENDMENT)
    assert told.get(name) == value
    other = suggest((field(name),), {1: ()}, FormKind.OWN_ACCESS).get(name)
    assert other not in OF_ENTRIES


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("The record is inaccurate", "inaccurate"), ("The record is incomplete", "incomplete"),
        ("I agree that you tell those named above", "notify_yes"),
        ("Personal representative", "representative"), ("Lab results", None),
        ("Paper copy", None), ("HIV information", "none"),
    ],
)  # fmt: skip
def test_boxes(name: str, value: str | None) -> None:
    """No box for copies is ticked on a form to amend."""
    told = suggest((field(name, FieldKind.CHECKBOX),), {1: ()}, FormKind.AMENDMENT)
    assert told.get(name) == value


def test_rows_of_people_to_tell() -> None:
    """Below words on who is to be told, a name is theirs; the first row takes them all."""
    words = {1: lines("Who should be told of the amendment?", top=0.3)}
    rows = tuple(
        field(f"{word}{number}", top=0.4 + number * 0.1 + at * 0.02)
        for number in (1, 2)
        for at, word in enumerate(("Name", "Address"))
    )
    own = field("Name", top=0.1)
    told = suggest((own, *rows), words, FormKind.AMENDMENT)
    assert told == {
        "Name": "patient_name",
        "Name1": "recipient_name",
        "Address1": "recipient_address",
    }


def test_one_entry_and_several() -> None:
    """One stands alone; several have a line each, with their numbers; what is empty is left out."""
    assert say_any(Slot.ENTRY, about(DOSE)) == "visit note, page 2: “500 mg”"
    assert say_any(Slot.WRONG, about(DOSE)) == (
        "It says “500 mg”. This is wrong. The bottle says so."
    )
    both = about(DOSE, FALL)
    assert say_any(Slot.SHOULD_SAY, both) == "1. 250 mg\n2. I fell"
    dated = [replace(DOSE, date="3/14/24"), replace(FALL, date="3/14/24")]
    assert say_any(Slot.ENTRY_DATE, about(*dated)) == "3/14/24"
    assert say_any(Slot.ENTRY_DATE, about(dated[0], FALL)) == "1. 3/14/24"
    assert say_any(Slot.ENTRY_QUOTE, both) == "1. 500 mg"
    assert say_any(Slot.ENTRY, both) == "1. visit note, page 2: “500 mg”\n2. visit note"
    assert [ticked(t, both) for t in (Tick.INACCURATE, Tick.INCOMPLETE)] == [True, True]
    assert [ticked(t, about(FALL)) for t in (Tick.INACCURATE, Tick.INCOMPLETE)] == [False, True]


def test_who_is_told() -> None:
    """Nobody is not the patient; several go by name, their addresses on the sheet behind."""
    lab, doctor = Told("Quay Lab", ("7 Quay",)), Told("Dr. Imre Vance")
    slots = (Slot.RECIPIENT_NAME, Slot.RECIPIENT_ADDRESS, Slot.NOTIFY)
    assert [say_any(slot, about(DOSE)) for slot in slots] == ["", "", ""]
    one = [say_any(slot, about(DOSE, told=(lab,))) for slot in slots]
    assert one == ["Quay Lab", "7 Quay", "Quay Lab, 7 Quay"]
    two = [say_any(slot, about(DOSE, told=(lab, doctor))) for slot in slots]
    assert two == [
        "Quay Lab; Dr. Imre Vance",
        "see attached sheet",
        "Quay Lab, 7 Quay\nDr. Imre Vance",
    ]
    assert not ticked(Tick.NOTIFY_YES, about(DOSE))
    assert ticked(Tick.NOTIFY_YES, about(DOSE, told=(lab,)))


def test_forms_for_copies_know_of_no_entries() -> None:
    """What only an amendment has stays empty on any other form."""
    bare = Subject(PERSON, Provider("prov_1", "Larch Clinic"), BARE)
    assert {say_any(slot, bare) for slot in OF_ENTRIES} == {""}
    assert not ticked(Tick.INACCURATE, bare)


_TEXT = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)
_ENTRIES = st.lists(
    st.builds(Entry, _TEXT, st.none() | st.integers(1, 9), _TEXT, _TEXT, _TEXT, _TEXT, _TEXT),
    min_size=1,
    max_size=4,
)


@given(_ENTRIES)
def test_nothing_of_an_entry_is_left_out(entries: list[Entry]) -> None:
    """Whatever the entries are, each stands in the texts that are about it, in their order."""
    amendment = Amendment(tuple(entries))
    for slot, part in (
        (Slot.ENTRY, "record"), (Slot.ENTRY_QUOTE, "quote"), (Slot.SHOULD_SAY, "should_say"),
        (Slot.WRONG, "quote"),
    ):  # fmt: skip
        rows = say(slot, amendment).split("\n")
        assert len(rows) == len(entries)
        assert all(getattr(e, part) in row for e, row in zip(entries, rows, strict=True))
    dates = say(Slot.ENTRY_DATE, amendment)
    assert all(entry.date in dates for entry in entries)
    assert {slot for slot in OF_ENTRIES if slot not in OF_AMENDMENT} == set()
