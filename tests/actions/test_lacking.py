"""What an answer to a request lacks: raised, taken back, and never twice."""

from __future__ import annotations

import datetime as dt

from tests.actions.made import hospital, patient, put, result
from vault.actions import flags, people, records, requests
from vault.actions.imports import keep
from vault.actions.records import Belongings
from vault.actions.requests import Sending, Wanted
from vault.actions.session import Session
from vault.model.flags import Check, Flag, FlagState
from vault.model.people import Person
from vault.model.record_types import RecordType
from vault.model.records import Record
from vault.model.requests import Channel

HEAD = "Alder Bend Clinic\nPatient: Marian Voss\nDOB: 03/14/1961\nMRN: 00412\n"
NOTE = (
    f"{HEAD}PROGRESS NOTE\nDate of service: 2021-03-02\n"
    "The knee has been sore since the winter and does not like stairs.\n"
)
OTHER = NOTE.replace("2021-03-02", "2021-05-20").replace("does not like", "now likes all")
LABS = f"{HEAD}LABORATORY REPORT\nCollected: 2021-03-04\nSodium 140 mmol/L 135-145\n"
EARLIER = (
    f"{HEAD}PROGRESS NOTE\nDate of service: 2021-03-02\n"
    "At her previous visit on 2019-06-05 the knee was well and nothing hurt.\n"
)
DAY = dt.date(2022, 1, 3)


def _asked(s: Session, types: tuple[RecordType, ...], since: dt.date | None = None) -> str:
    """A request for some kinds of records, sent."""
    wanted = Wanted(what=types, from_date=since, format="PDF")
    request = requests.new(s, hospital(s).id, None, wanted).request.id
    requests.sent(s, request, Sending(DAY, Channel.FAX, DAY))
    return request


def _came(s: Session, person: Person, request: str, title: str, text: str) -> Record:
    record = put(s, title, [text], person)
    records.assign(s, record.id, Belongings(request=request))
    return record


def _open(s: Session, check: Check = Check.REQUEST_TYPE_ABSENT) -> list[Flag]:
    return [
        f for f in flags.every(s) if f.finding.check is check and f.state is FlagState.SUSPECTED
    ]


BOTH = (RecordType.VISIT_NOTES, RecordType.LAB_RESULTS)


def test_what_did_not_come_is_suspected_until_it_comes(vault: Session) -> None:
    """A kind asked for is missed with the first record, and no more once one of it is there."""
    person = patient(vault)
    request = _asked(vault, BOTH)
    assert _open(vault) == []  # nothing came: the request waits, nothing is missing yet
    note = _came(vault, person, request, "note.pdf", NOTE)
    (flag,) = _open(vault)
    assert flag.finding.record == note.id
    assert "lab" in flag.finding.reason
    _came(vault, person, request, "labs.pdf", LABS)
    assert _open(vault) == []


def test_it_is_suspected_once(vault: Session) -> None:
    """However many records come and are read again, the flag stays the one it was."""
    person = patient(vault)
    request = _asked(vault, BOTH)
    note = _came(vault, person, request, "note.pdf", NOTE)
    before = [f.id for f in _open(vault)]
    _came(vault, person, request, "other.pdf", OTHER)
    keep.keep(vault, [keep.Read(note, result(1, NOTE))])
    assert [f.id for f in _open(vault)] == before


def test_a_gap_before_the_first_record_ends_with_the_years_that_come(vault: Session) -> None:
    """Earlier visits that a page tells of, asked for and not among what came."""
    person = patient(vault)
    request = _asked(vault, (RecordType.VISIT_NOTES,), dt.date(2019, 1, 1))
    _came(vault, person, request, "note.pdf", EARLIER)
    assert len(_open(vault, Check.REQUEST_DATE_GAP)) == 1
    _came(vault, person, request, "old.pdf", OTHER.replace("2021-05-20", "2019-02-01"))
    assert _open(vault, Check.REQUEST_DATE_GAP) == []


def test_a_dismissed_gap_stays_dismissed_whatever_comes(vault: Session) -> None:
    """Not with another first record, nor with a copy of the one it stands on."""
    person = patient(vault)
    request = _asked(vault, BOTH, dt.date(2019, 1, 1))
    note = _came(vault, person, request, "note.pdf", EARLIER)
    for check in (Check.REQUEST_DATE_GAP, Check.REQUEST_TYPE_ABSENT):
        (flag,) = _open(vault, check)
        flags.dismiss(vault, flag.id, "I have these already")
    _came(vault, person, request, "other.pdf", OTHER.replace("2021-05-20", "2020-12-01"))
    _came(vault, person, request, "copy.pdf", EARLIER)
    keep.keep(vault, [keep.Read(note, result(1, EARLIER))])
    assert _open(vault, Check.REQUEST_DATE_GAP) == _open(vault) == []


def test_a_record_said_to_be_anothers_takes_nothing_with_it(vault: Session) -> None:
    """What the answer lacks is no suspicion of the person the record went to."""
    person = patient(vault)
    request = _asked(vault, BOTH)
    note = _came(vault, person, request, "note.pdf", NOTE)
    other = people.add(vault, "Ruth Lind", dt.date(1958, 7, 1))
    assert len(_open(vault)) == 1
    records.assign(vault, note.id, Belongings(person=other.id))
    assert _open(vault) == []
    records.assign(vault, note.id, Belongings(person=person.id))
    assert len(_open(vault)) == 1


def test_a_record_that_answers_another_request_is_missed_by_the_first(vault: Session) -> None:
    """The labs moved to another request: the first one lacks them again."""
    person = patient(vault)
    first, second = _asked(vault, BOTH), _asked(vault, (RecordType.LAB_RESULTS,))
    _came(vault, person, first, "note.pdf", NOTE)
    labs = _came(vault, person, first, "labs.pdf", LABS)
    assert _open(vault) == []
    records.assign(vault, labs.id, Belongings(request=second))
    (flag,) = _open(vault)
    assert first in flag.finding.key


ORDER = (
    f"{HEAD}PROGRESS NOTE\nDate of service: 2021-03-02\n"
    "MRI left knee ordered today, scheduled 2021-03-09.\n"
)
DONE = (
    f"{HEAD}PROGRESS NOTE\nDate of service: 2021-04-11\n"
    "The MRI left knee was done 2021-03-09 as ordered.\n"
)
REPORT = f"{HEAD}RADIOLOGY REPORT\nDate of exam: 2021-03-09\nStudy: MRI left knee\nClear.\n"


def test_what_a_record_leaves_behind_is_looked_at_anew(vault: Session) -> None:
    """An order is suspected once its report is another's, and settled once it is back."""
    person = patient(vault)
    other = people.add(vault, "Ruth Lind", dt.date(1958, 7, 1))
    order = put(vault, "order.pdf", [ORDER], person)
    put(vault, "done.pdf", [DONE], person)
    report = put(vault, "report.pdf", [REPORT], person)
    check = Check.ORDER_WITHOUT_RESULT
    assert _open(vault, check) == []
    records.assign(vault, report.id, Belongings(person=other.id))
    assert [f.finding.record for f in _open(vault, check)] == [order.id]
    records.assign(vault, report.id, Belongings(person=person.id))
    assert _open(vault, check) == []


def test_an_absence_that_rests_on_a_record_goes_with_it(vault: Session) -> None:
    """The note that says an ordered test was done is another's: no reason to miss its result."""
    person = patient(vault)
    other = people.add(vault, "Ruth Lind", dt.date(1958, 7, 1))
    undated = ORDER.replace(", scheduled 2021-03-09", "")
    put(vault, "order.pdf", [undated], person)
    done = put(vault, "done.pdf", [DONE], person)
    check = Check.ORDER_WITHOUT_RESULT
    assert len(_open(vault, check)) == 1
    records.assign(vault, done.id, Belongings(person=other.id))
    assert _open(vault, check) == []
    moved = put(vault, "again.pdf", [undated], person)
    assert _open(vault, check) == []
    records.assign(vault, moved.id, Belongings(person=other.id))
    assert [f.finding.record for f in _open(vault, check)] == [moved.id]
