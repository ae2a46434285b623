"""A suspicion that a person called no error does not come back: not read again, not in a copy."""

from __future__ import annotations

import datetime as dt

from tests.actions.made import patient, put, result
from tests.actions.test_flags import read_again
from vault.actions import checking, flags, people
from vault.actions.imports import keep
from vault.actions.session import Session
from vault.model.flags import Check, Flag, FlagState
from vault.model.people import Person
from vault.model.records import Record
from vault.store import pages, records

HEAD = "Alder Bend Clinic\nPatient: Marian Voss\nDOB: 03/14/1961\nMRN: 00412\nSex: F\n"
STORY = (
    "The knee has been sore since the winter and does not like stairs or the bicycle.\n"
    "She walks the dog in the evening, sleeps well and eats with a good appetite.\n"
)
RECORDS = {
    "born": (HEAD.replace("1961", "1916") + STORY,),
    "name": (HEAD.replace("Marian Voss", "Marian Vogel") + STORY,),
    "stranger": (HEAD, "Patient: Peter Lindqvist\nDOB: 07/01/1988\nMRN: 99771\n" + STORY),
    "sex": (HEAD.replace("Sex: F", "Sex: M") + STORY,),
    "missing": (f"{HEAD}Page 1 of 3\n{STORY}", f"{HEAD}Page 3 of 3\n{STORY} and more of it"),
    "future": (f"{HEAD}PROGRESS NOTE\nDate of service: 2093-03-02\n{STORY}",),
    "order": (
        f"{HEAD}PROGRESS NOTE\nDate of service: 2021-03-02\n{STORY}"
        "MRI left knee ordered today, scheduled 2021-03-09.\n",
    ),
    "done": (
        f"{HEAD}PROGRESS NOTE\nDate of service: 2021-04-11\n"
        "The MRI left knee was done 2021-03-09 as ordered, and she is glad of it.\n",
    ),
    "reference": (
        f"{HEAD}PROGRESS NOTE\nDate of service: 2019-06-05\n"
        "See the colonoscopy report of 2019-05-20, enclosed with these papers for you.\n",
    ),
    "admission": (
        f"{HEAD}ADMISSION HISTORY AND PHYSICAL\nAdmitted: 2018-09-02\nAdmit to the ward.\n{STORY}",
    ),
    "bill": (f"{HEAD}ITEMIZED BILL\nDate of service: 2017-09-02\nBalance due 120.00\n",),
    "images": ("IMAGES\nVOSS, MARIAN  2016-08-20\nLT KNEE AP/LAT\n",),
}
WANTED = {
    Check.WRONG_DOB, Check.WRONG_NAME, Check.WRONG_PATIENT_PAGE, Check.WRONG_SEX,
    Check.MISSING_PAGE, Check.IMPOSSIBLE_DATE, Check.ORDER_WITHOUT_RESULT,
    Check.REFERENCED_ABSENT, Check.ADMISSION_WITHOUT_DISCHARGE, Check.BILL_WITHOUT_NOTE,
    Check.IMAGES_WITHOUT_REPORT,
}  # fmt: skip


def _kept(s: Session) -> tuple[Person, dict[str, Record]]:
    """A vault in which every check of this file has raised something, and all is dismissed."""
    person = people.add(s, "Marian Voss", dt.date(1961, 3, 14), sex="female")
    held = {title: put(s, title, texts, person) for title, texts in RECORDS.items()}
    assert {f.finding.check for f in flags.every(s)} >= WANTED
    for flag in flags.every(s):
        flags.dismiss(s, flag.id, "not an error")
    return person, held


def _suspected(s: Session) -> list[Flag]:
    """What is suspected of anything but that a copy is a copy."""
    again = (Check.DUPLICATE_DOCUMENT, Check.DUPLICATE_PAGE)
    return [
        f for f in flags.every(s) if f.state is FlagState.SUSPECTED and f.finding.check not in again
    ]


def test_not_when_every_page_is_read_again(vault: Session) -> None:
    """Nor when it is read in other words here and there, as another engine would."""
    _, held = _kept(vault)
    for title, record in held.items():
        with vault.vault.write("record.reread", record.id) as db:
            records.reopen(db, record.id, "eng", "auto")
            for number in range(1, record.pages + 1):
                pages.make_pending(db, record.id, number)
        texts = [text.replace("evening", "evenings") for text in RECORDS[title]]
        keep.keep(vault, [keep.Read(record, result(n, t)) for n, t in enumerate(texts, 1)])
    assert _suspected(vault) == []


def test_not_with_a_copy_of_the_record(vault: Session) -> None:
    """The same papers from another holder, scanned anew: what was said of one holds for both."""
    person, _ = _kept(vault)
    for title, texts in RECORDS.items():
        put(vault, f"copy of {title}", [t.replace("evening", "evenings") for t in texts], person)
    assert _suspected(vault) == []


def test_not_with_other_records(vault: Session) -> None:
    """What comes later and has nothing to do with it raises none of it."""
    person, held = _kept(vault)
    for year in (2015, 2021, 2022):
        text = f"{HEAD}PROGRESS NOTE\nDate of service: {year}-05-02\nAll is well in {year}.\n"
        put(vault, f"note of {year}", [text], person)
    with vault.vault.write("record.checked") as db:
        for record in held.values():
            checking.check(db, record.id)
    assert _suspected(vault) == []


def test_what_is_wrong_on_another_page_is_not_taken_for_a_copy(vault: Session) -> None:
    """The same wrong birth date in another document is asked about: it may be put right there."""
    person, _ = _kept(vault)
    text = HEAD.replace("1961", "1916") + "She asks for a new pair of glasses; a form is filled in."
    other = put(vault, "glasses", [text], person)
    assert [(f.finding.check, f.finding.record) for f in _suspected(vault)] == [
        (Check.WRONG_DOB, other.id)
    ]


def test_a_copy_of_what_nobody_decided_on_is_suspected_too(vault: Session) -> None:
    """Only a person's word is carried over to copies."""
    person = patient(vault)
    for title in ("one", "two"):
        put(vault, title, RECORDS["born"], person)
    assert len([f for f in _suspected(vault) if f.finding.check is Check.WRONG_DOB]) == 2


def test_a_dismissed_copy_read_again_stays_quiet(vault: Session) -> None:
    """A copy whose suspicion was never raised is read again: it is still not."""
    person, _ = _kept(vault)
    copy = put(vault, "copy", RECORDS["born"], person)
    read_again(vault, copy, RECORDS["born"][0])
    assert _suspected(vault) == []


def test_a_dismissal_holds_for_the_copies_that_are_there(vault: Session) -> None:
    """At once, and for these alone: the same in another document stays suspected."""
    person = patient(vault)
    one, _ = (put(vault, title, RECORDS["born"], person) for title in ("one", "two"))
    text = RECORDS["born"][0].replace(STORY, "She asks for new glasses and fills in a form.\n")
    other = put(vault, "other", [text], person)
    (flag,) = (f for f in _suspected(vault) if f.finding.record == one.id)
    flags.dismiss(vault, flag.id, "not an error")
    assert [f.finding.record for f in _suspected(vault)] == [other.id]
