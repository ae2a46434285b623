"""Only a person decides on a flag, and what was decided stays decided."""

from __future__ import annotations

import pytest

from tests.actions.made import WRONG_BORN, patient, put, result
from vault.actions import flags, readings
from vault.actions.flags import Wrong
from vault.actions.imports import keep
from vault.actions.session import Session
from vault.errors import NotFound, UsageError
from vault.model.flags import Check, FlagState, Kind, Severity, Subject
from vault.model.records import Record
from vault.store import pages, records


def read_again(s: Session, record: Record, text: str) -> None:
    """Page 1 is read again, as `record reread` has it done."""
    with s.vault.write("record.reread", record.id) as db:
        records.reopen(db, record.id, "eng", "auto")
        pages.make_pending(db, record.id, 1)
    keep.keep(s, [keep.Read(record, result(1, text))])


def test_a_quote_is_found_on_its_page(vault: Session) -> None:
    """Whatever its case and blanks, with exact words and a box; on the page named, or on any."""
    record = put(vault, "a.pdf", ("Nothing here", "Plan: Amoxicillin 500 mg daily"))
    flag = flags.add(vault, record.id, None, "amoxicillin   500", Wrong("250 mg"))
    finding = flag.finding
    assert (finding.page, finding.quote) == (2, "Amoxicillin 500")
    assert finding.box is not None
    assert finding.box.left == pytest.approx(0.12, abs=0.001)
    assert (flag.state, finding.check) == (FlagState.CONFIRMED, Check.PERSON)
    assert flag.should_say == "250 mg"
    elsewhere = flags.add(vault, record.id, 1, "Amoxicillin 500", Wrong("250 mg")).finding
    assert (elsewhere.page, elsewhere.quote, elsewhere.box) == (1, "Amoxicillin 500", None)
    assert flags.get(vault, flag.id) == flag


def test_what_a_flag_needs(vault: Session) -> None:
    """It says what should stand there, and names a page the record has."""
    record = put(vault, "a.pdf", ("One",))
    with pytest.raises(UsageError):
        flags.add(vault, record.id, 1, "One", Wrong("  "))
    with pytest.raises(NotFound):
        flags.add(vault, record.id, 2, "One", Wrong("Two"))
    assert flags.every(vault) == ()


def test_confirming_a_suspicion(vault: Session) -> None:
    """The person says what is right, and may say better what it is about."""
    put(vault, "a.pdf", (WRONG_BORN,), patient(vault))
    (suspected,) = flags.every(vault)
    wrong = Wrong("03/14/1961", "my birth certificate", Kind.WRONG_DATE, None, Severity.COVERAGE)
    flag = flags.confirm(vault, suspected.id[:8], wrong)
    assert (flag.state, flag.should_say) == (FlagState.CONFIRMED, "03/14/1961")
    assert (flag.finding.kind, flag.finding.severity) == (Kind.WRONG_DATE, Severity.COVERAGE)
    assert flag.finding.subject is Subject.IDENTITY
    assert flag.finding.quote == suspected.finding.quote
    assert flags.every(vault) == (flag,)


def test_a_dismissed_suspicion_never_comes_back(vault: Session) -> None:
    """Not when the page is read again, nor when its reading is corrected elsewhere."""
    record = put(vault, "a.pdf", (f"{WRONG_BORN}\nno fewer",), patient(vault))
    (suspected,) = flags.every(vault)
    flags.dismiss(vault, suspected.id, "that is my father's record number")
    read_again(vault, record, f"{WRONG_BORN}\nno fewer")
    readings.correct_quote(vault, record.id, 1, "fewer", "fever")
    (held,) = flags.every(vault)
    assert (held.id, held.state) == (suspected.id, FlagState.DISMISSED)
    flags.confirm(vault, held.id, Wrong("03/14/1961"))  # a person may think again
    assert [f.state for f in flags.every(vault)] == [FlagState.CONFIRMED]


def test_a_suspicion_nobody_decided_on_is_raised_anew(vault: Session) -> None:
    """The same one after reading again, and none where the page no longer gives cause."""
    record = put(vault, "a.pdf", (WRONG_BORN,), patient(vault))
    (first,) = flags.every(vault)
    read_again(vault, record, WRONG_BORN)
    (second,) = flags.every(vault)
    assert second.finding.fingerprint == first.finding.fingerprint
    read_again(vault, record, WRONG_BORN.replace("1916", "1961"))
    assert flags.every(vault) == ()


def test_what_a_person_flagged_stays_through_reading_again(vault: Session) -> None:
    """A flag made by hand is not a suspicion, and no check takes it back."""
    record = put(vault, "a.pdf", ("Amoxicillin 500 mg",))
    flag = flags.add(vault, record.id, 1, "500 mg", Wrong("250 mg"))
    read_again(vault, record, "Amoxicillin 50 mg")
    assert flags.every(vault) == (flag,)
