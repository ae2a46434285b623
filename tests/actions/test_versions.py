"""Copies of a record: compared, suggested, and linked by a person alone."""

from __future__ import annotations

import pytest

from tests.actions.made import hospital, patient, put
from vault import ids
from vault.actions import versions
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.records import RecordStatus
from vault.store import records

NOTE = """Office Visit
Patient: Marian Voss DOB: 03/14/1961
Date of visit: 03/02/2024
Chief complaint: pain in the left knee since the fall in May, worse on stairs at home
History: walks daily with the dog, swims on Sundays, and sleeps well most of the night
Medication: Metformin 500 mg twice daily with meals, no other medicine is taken now
Plan: physical therapy for six weeks, an exercise sheet was given, return in six weeks"""


def test_what_changed_is_told_with_both_places(vault: Session) -> None:
    """From the earlier copy to the later one."""
    old = put(vault, "old.pdf", (NOTE,))
    new = put(vault, "new.pdf", ("A cover sheet", NOTE.replace("500", "850")))
    (page, dose) = versions.compare(vault, old.id, new.id).comparison.content
    assert page.new is not None
    assert page.old is None
    assert dose.old is not None
    assert dose.new is not None
    assert (dose.old.page, dose.old.quote) == (1, "500")
    assert (dose.new.page, dose.new.quote) == (2, "850")
    with pytest.raises(UsageError):
        versions.compare(vault, old.id, old.id)


def test_a_record_still_being_read_is_refused(vault: Session) -> None:
    """Half a copy would seem to lack the other half."""
    old, new = put(vault, "old.pdf", (NOTE,)), put(vault, "new.pdf", (NOTE,))
    with vault.vault.write("test") as db:
        records.reopen(db, new.id, "eng", "auto")
    assert records.get(vault.vault.read(), new.id).status is RecordStatus.READING
    with pytest.raises(Refused, match="still being read"):
        versions.compare(vault, old.id, new.id)


def test_a_later_copy_is_suggested_with_its_reason(vault: Session) -> None:
    """Of the same person, provider, kind and day, with much the same text; else not."""
    who, where = patient(vault), hospital(vault)
    old = put(vault, "old.pdf", (NOTE,), who, where)
    new = put(vault, "new.pdf", (NOTE.replace("500", "850"),), who, where)
    other = put(
        vault, "other.pdf", ("Office Visit\nDate of visit: 03/02/2024\nAll well",), who, where
    )
    elsewhere = put(vault, "quay.pdf", (NOTE,), who, hospital(vault, "Quay Lab"))
    tobias = put(vault, "tobias.pdf", (NOTE,), patient(vault, "Tobias Voss"), where)
    records_ = sorted((old, new), key=lambda r: (r.imported_at, r.id))
    (found,) = versions.later_copy(vault, records_[1].id)
    assert found.record.id == records_[0].id
    assert found.why == "the same note of the same day, and 1 page with much of the same text"
    for record in (records_[0], other, elsewhere, tobias):
        assert versions.later_copy(vault, record.id) == ()
    versions.link(vault, records_[1].id, records_[0].id)
    assert versions.later_copy(vault, records_[1].id) == ()


def test_a_person_says_which_is_the_later(vault: Session) -> None:
    """Not of itself, not in a circle, not of another person's; and it can be taken back."""
    marian, tobias = patient(vault), patient(vault, "Tobias Voss")
    a, b, c = (put(vault, f"{n}.pdf", (NOTE,), marian) for n in "abc")
    foreign = put(vault, "t.pdf", (NOTE,), tobias)
    assert versions.link(vault, b.id, a.id).older == a.id
    versions.link(vault, c.id, b.id)
    for record, older in ((a, a), (a, c), (c, foreign)):
        with pytest.raises(UsageError):
            versions.link(vault, record.id, older.id)
    assert versions.link(vault, b.id, None).older is None
    assert ids.PREFIXES["record"] in c.id
