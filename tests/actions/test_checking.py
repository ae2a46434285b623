"""Suspicions over several records: raised, taken back and kept in step with what comes."""

from __future__ import annotations

from tests.actions.made import patient, put, result
from vault.actions import checking, flags
from vault.actions.imports import keep
from vault.actions.session import Session
from vault.model.flags import Check, Flag, FlagState
from vault.model.people import Person
from vault.model.records import Record

HEAD = "Alder Bend Clinic\nPatient: Marian Voss\nDOB: 03/14/1961\nMRN: 00412\n"
ORDER = (
    f"{HEAD}PROGRESS NOTE\nDate of service: 2021-03-02\n"
    "The knee has been sore since the winter and does not like stairs.\n"
    "MRI left knee ordered today, scheduled 2021-03-09.\n"
)
DONE = (
    f"{HEAD}PROGRESS NOTE\nDate of service: 2021-04-11\n"
    "She is walking to work again and rests the leg in the evening.\n"
    "The MRI left knee was done 2021-03-09 as ordered.\n"
)
REPORT = (
    f"{HEAD}RADIOLOGY REPORT\nDate of exam: 2021-03-09\nStudy: MRI left knee\n"
    "The menisci and ligaments are whole and there is a little fluid.\n"
)


def _open(s: Session, check: Check) -> list[Flag]:
    return [
        f for f in flags.every(s) if f.finding.check is check and f.state is FlagState.SUSPECTED
    ]


def _put(s: Session, person: Person, **texts: str) -> list[Record]:
    return [put(s, title, [text], person) for title, text in texts.items()]


def test_a_result_that_comes_takes_the_suspicion_back(vault: Session) -> None:
    """An order is suspected once its test was done; the report of it, imported later, ends that."""
    person = patient(vault)
    order, _ = _put(vault, person, order=ORDER, done=DONE)
    (flag,) = _open(vault, Check.ORDER_WITHOUT_RESULT)
    assert (flag.finding.record, flag.finding.page) == (order.id, 1)
    assert "MRI left knee ordered today" in flag.finding.quote
    _put(vault, person, report=REPORT)
    assert _open(vault, Check.ORDER_WITHOUT_RESULT) == []


def test_the_order_of_coming_does_not_matter(vault: Session) -> None:
    """The note that says it was done may come before the note that orders it."""
    _put(vault, patient(vault), done=DONE, order=ORDER)
    assert len(_open(vault, Check.ORDER_WITHOUT_RESULT)) == 1


def test_a_dismissed_absence_never_comes_back(vault: Session) -> None:
    """Neither another import nor reading the page again raises it anew."""
    person = patient(vault)
    order, done = _put(vault, person, order=ORDER, done=DONE)
    (flag,) = _open(vault, Check.ORDER_WITHOUT_RESULT)
    flags.dismiss(vault, flag.id, "done elsewhere")
    _put(vault, person, other=ORDER.replace("MRI left knee", "CT chest"))
    keep.keep(vault, [keep.Read(order, result(1, ORDER))])
    keep.keep(vault, [keep.Read(done, result(1, DONE))])
    assert [f.id for f in flags.every(vault) if f.state is FlagState.DISMISSED] == [flag.id]
    assert all(f.finding.record != order.id for f in _open(vault, Check.ORDER_WITHOUT_RESULT))


def test_a_suspicion_found_again_stays_the_same_flag(vault: Session) -> None:
    """Its id does not change when the next record comes."""
    person = patient(vault)
    _put(vault, person, order=ORDER, done=DONE)
    before = [f.id for f in _open(vault, Check.ORDER_WITHOUT_RESULT)]
    _put(vault, person, note=f"{HEAD}PROGRESS NOTE\nDate of service: 2021-05-02\nAll is well.\n")
    assert [f.id for f in _open(vault, Check.ORDER_WITHOUT_RESULT)] == before


def test_a_second_copy_is_suspected_once(vault: Session) -> None:
    """Two records of one document give one suspicion, however often either is checked."""
    person = patient(vault)
    first, second = _put(vault, person, one=REPORT * 1, two=REPORT)
    for record in (first, second, first):
        with vault.vault.write("record.checked") as db:
            checking.check(db, record.id)
    (flag,) = _open(vault, Check.DUPLICATE_DOCUMENT)
    places = {flag.finding.record, *(r.record for r in flag.finding.related)}
    assert places == {first.id, second.id}


def test_another_persons_records_do_not_count(vault: Session) -> None:
    """A report in somebody else's records is no result of this person's order."""
    _put(vault, patient(vault), order=ORDER, done=DONE)
    _put(vault, patient(vault, "Ruth Lind"), report=REPORT)
    assert len(_open(vault, Check.ORDER_WITHOUT_RESULT)) == 1
