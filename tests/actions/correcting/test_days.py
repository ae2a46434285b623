"""A correction's dates: the legal one, the end of a complaint, and what to ask after, and when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import icalendar
import pytest

from tests.actions.correcting.corrected import asked, day, happens
from vault.actions import corrections, dues, home
from vault.actions.correcting import recipients
from vault.actions.correcting.events import Told
from vault.actions.dues import Owed
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.model.corrections import CorrectionEvent
from vault.model.dues import DueKind
from vault.model.requests import Channel, Detail, Urgency

E, K = CorrectionEvent, DueKind


def found(s: Session, days: int, kind: DueKind) -> list[Owed]:
    """The dates of one kind, seen so many days after the sending."""
    return [o for o in dues.every(s, day(days)) if o.kind is kind]


def test_the_answer_has_its_legal_date(vault: Session) -> None:
    """60 days under HIPAA with rule, citation and start; a lawful delay moves it, and is judged."""
    id_ = asked(vault, "us")
    (legal,) = found(vault, 5, K.ANSWER)
    assert (legal.id, legal.on, legal.rule) == (id_, day(60), "us-hipaa")
    assert legal.cite == "45 CFR 164.526(b)(2)"
    assert "60 days after receipt on 2 Mar 2026" in legal.said
    happens(vault, id_, E.EXTENDED, 50, Detail(until=day(85), reason="archived"))
    (later,) = found(vault, 61, K.ANSWER)
    assert (later.on, later.urgency) == (day(85), Urgency.OK)
    assert "A lawful extension to" in later.said


def test_a_promised_day_silences_the_legal_one(vault: Session) -> None:
    """While it lies ahead the date does not press; the legal date itself stays as it was."""
    id_ = asked(vault, "us")
    late = corrections.get(vault, id_, day(65))
    assert late.urgency is Urgency.OVERDUE
    happens(vault, id_, E.IN_REVIEW, 55, Detail(until=day(80)))
    (legal,) = found(vault, 65, K.ANSWER)
    assert (legal.on, legal.urgency) == (day(60), Urgency.OK)
    (promised,) = found(vault, 65, K.PROMISED)
    assert promised.on == day(80)
    assert found(vault, 90, K.ANSWER)[0].urgency is Urgency.VERY_OVERDUE
    happens(vault, id_, E.DENIED, 91)
    assert found(vault, 91, K.PROMISED) == []


def test_a_complaint_counts_from_what_went_wrong(vault: Session) -> None:
    """From the missed date, the refusal, or the day the copy came; gone once it was made."""
    late, refused, same = asked(vault, "us"), asked(vault, "us"), asked(vault, "us")
    happens(vault, refused, E.DENIED, 9)
    happens(vault, same, E.ACCEPTED, 9)
    happens(vault, same, E.COPY_RECEIVED, 40)
    happens(vault, same, E.COMPARED, 44, Detail(outcome="unchanged"))
    assert {o.id for o in found(vault, 50, K.COMPLAINT)} == {refused, same}
    rows = {o.id: o for o in found(vault, 70, K.COMPLAINT)}
    assert rows[late].on == day(60 + 180)
    assert "counted from the day the answer was due" in rows[late].said
    assert rows[refused].on == day(9 + 180)
    assert "the day they refused (11 Mar 2026)" in rows[refused].said
    assert rows[same].on == day(40 + 180)
    assert {row.cite for row in rows.values()} == {"45 CFR 160.306(b)(3)"}
    happens(vault, refused, E.COMPLAINED, 12)
    assert {o.id for o in found(vault, 70, K.COMPLAINT)} == {late, same}


def test_who_disagreed_is_not_pressed_to_complain_for_ever(vault: Session) -> None:
    """The window is told of until it closes; of a refusal nobody acted on, also after."""
    filed, left = asked(vault, "us"), asked(vault, "us")
    for id_ in (filed, left):
        happens(vault, id_, E.DENIED, 9)
    happens(vault, filed, E.DISAGREEMENT, 12)
    assert {o.id for o in found(vault, 100, K.COMPLAINT)} == {filed, left}
    assert {o.id for o in found(vault, 200, K.COMPLAINT)} == {left}


def test_asking_anew_does_not_stop_the_time_to_complain(vault: Session) -> None:
    """The first refusal counts on while a second asking runs; after its end it says no more."""
    id_ = asked(vault, "us")
    happens(vault, id_, E.DENIED, 9)
    corrections.sent(vault, id_, Sending(day(20), Channel.FAX, day(20)))
    assert [o.on for o in found(vault, 30, K.COMPLAINT)] == [day(9 + 180)]
    assert [o.on for o in found(vault, 100, K.COMPLAINT)] == [day(9 + 180)]
    assert [o.on for o in found(vault, 195, K.COMPLAINT)] == [day(20 + 60 + 180)]


def test_a_place_without_rules_gets_a_day_of_our_own(vault: Session) -> None:
    """An informal message too: asked after in thirty days, and said to be no legal date."""
    plain = asked(vault, "us-tx", formal=False)
    assert found(vault, 5, K.ANSWER) == []
    (row,) = found(vault, 5, K.FOLLOW_UP)
    assert (row.id, row.on, row.rule, row.cite) == (plain, day(30), "", "")
    assert "no law sets this day" in row.said
    assert found(vault, 200, K.COMPLAINT) == []


def test_agreed_and_no_copy_ordered(vault: Session) -> None:
    """Thirty days on a copy is to be ordered, or on the day they promised; then it is awaited."""
    id_ = asked(vault, "us")
    happens(vault, id_, E.ACCEPTED, 10)
    (row,) = found(vault, 11, K.FRESH_COPY)
    assert (row.id, row.on) == (id_, day(40))
    other = asked(vault, "us")
    happens(vault, other, E.ACCEPTED, 10, Detail(until=day(55)))
    assert {o.id: o.on for o in found(vault, 11, K.FRESH_COPY)}[other] == day(55)
    happens(vault, id_, E.COPY_ORDERED, 20)
    assert {o.id for o in found(vault, 21, K.FRESH_COPY)} == {other}
    (awaited,) = [o for o in found(vault, 21, K.FOLLOW_UP) if o.id == id_]
    assert awaited.on == day(50)
    happens(vault, other, E.COPY_ORDERED, 20, Detail(other="req_000000000000"))
    assert [o.id for o in found(vault, 21, K.FOLLOW_UP)] == [id_]  # the request has its own dates
    happens(vault, id_, E.COPY_RECEIVED, 30)
    assert [o for o in dues.every(vault, day(31)) if o.id == id_] == []


def test_a_filed_disagreement_is_asked_after(vault: Session) -> None:
    """Whether it is with the entry; a reminder puts it off; confirmed, nothing is left."""
    id_ = asked(vault, "us")
    happens(vault, id_, E.DENIED, 9)
    happens(vault, id_, E.DISAGREEMENT, 12)
    assert [o.on for o in found(vault, 13, K.FOLLOW_UP)] == [day(42)]
    happens(vault, id_, E.REMINDED, 45)
    assert [o.on for o in found(vault, 46, K.FOLLOW_UP)] == [day(75)]
    happens(vault, id_, E.ATTACHED, 50)
    assert dues.every(vault, day(51)) == ()


@pytest.mark.parametrize("kind", [E.WITHDRAWN, E.CLOSED])
def test_nothing_of_a_closed_correction_is_listed(vault: Session, kind: CorrectionEvent) -> None:
    """However late it was."""
    id_ = asked(vault, "us", tell=("Dr. Pell",))
    corrections.log(vault, id_, Told(kind, day(90)))
    assert dues.every(vault, day(95)) == ()
    assert [m for m in home.matters(vault, day(95)) if m.id == id_] == []


def test_home_has_one_matter_a_correction(vault: Session) -> None:
    """The step where it is the person's, with the most pressing date; and the wait elsewhere."""
    waits, mine = asked(vault, "us"), asked(vault, "us")
    happens(vault, mine, E.DENIED, 9)
    by_id = {m.id: m for m in home.matters(vault, day(10)) if m.place is home.Place.CORRECTION}
    assert set(by_id) == {waits, mine}
    assert "see whether their reason counts" in by_id[mine].text
    assert "Complain to HHS" in by_id[mine].text
    assert "Due 1 May 2026" in by_id[waits].text
    assert "wait" not in by_id[waits].text
    assert by_id[mine].weight < by_id[waits].weight
    late = {m.id: m for m in home.matters(vault, day(80))}
    assert "long overdue" in late[waits].text


def test_the_calendar_names_nobody_and_no_entry_twice(vault: Session, tmp_path: Path) -> None:
    """Recipients have entries of their own under the correction's reference."""
    id_ = asked(vault, "us", tell=("Dr. Pell", "Dr. Roe"))
    happens(vault, id_, E.ACCEPTED, 9)
    for held in corrections.get(vault, id_, day(9)).correction.recipients:
        recipients.told(vault, held.id, day(12), by_us=True)
    owed = dues.every(vault, day(13))
    data = dues.write_calendar(vault, owed, day(13), tmp_path / "dates.ics").read_bytes()
    for word in (b"Pell", b"Roe", b"Elm", b"correct", b"amend"):
        assert word.lower() not in data.lower()
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert len({str(e["UID"]) for e in events}) == len(owed) == 3
    ref = id_[4:7].upper()
    assert {str(e["SUMMARY"]) for e in events} == {
        f"Ref {ref}: ask what came of it",
        f"Ref {ref}: ask for a copy",
    }
    assert {e["DTSTART"].dt for e in events} == {day(42), day(39)}
    assert dt.date(2026, 4, 13) == day(42)
