"""Everything with a date is listed with its law, and a calendar of it tells on nobody."""

from __future__ import annotations

import datetime as dt
import stat
from pathlib import Path

import icalendar
import pytest

from tests.actions.asked import asked, day, drafted, happens
from vault.actions import dues, home, requests
from vault.actions.asking import days, reminders
from vault.actions.asking.events import Told
from vault.actions.dues import Owed
from vault.actions.session import Session
from vault.model.dues import NEUTRAL, DueKind
from vault.model.requests import Detail, RequestEvent, Urgency
from vault.store.database import Db

E, K = RequestEvent, DueKind


def found(s: Session, today: dt.date, kind: DueKind) -> list[Owed]:
    """The dates of one kind."""
    return [o for o in dues.every(s, today) if o.kind is kind]


def test_a_legal_date_comes_with_all_there_is_to_know_of_it(vault: Session) -> None:
    """Rule, start, citation, confidence, the verdict on a delay, and the pause they claim."""
    id_ = asked(vault, "us")
    happens(vault, id_, E.EXTENDED, 10, Detail(until=day(45), reason="stored elsewhere"))
    happens(vault, id_, E.PAUSE_CLAIMED, 12, Detail(reason="the fee is not paid"))
    (legal,) = found(vault, day(13), K.ANSWER)
    assert (legal.id, legal.on, legal.rule) == (id_, day(45), "us-hipaa")
    assert legal.cite == "45 CFR 164.524(b)(2)"
    for words in ("30 days after receipt on 2 Mar 2026", "confidence high", "check the current"):
        assert words in legal.said
    assert "A lawful extension to" in legal.said
    assert "They claim a pause; no rule recorded here lets them" in legal.said


def test_a_promised_day_stands_beside_the_legal_one(vault: Session) -> None:
    """Both are listed; while the promise lies ahead the legal date does not press."""
    id_ = asked(vault, "us")
    happens(vault, id_, E.PROMISED, 5, Detail(until=day(40)))
    assert [o.on for o in found(vault, day(35), K.PROMISED)] == [day(40)]
    (legal,) = found(vault, day(35), K.ANSWER)
    assert (legal.on, legal.urgency) == (day(30), Urgency.DUE_SOON)
    (late,) = found(vault, day(42), K.PROMISED)
    assert late.urgency is Urgency.OVERDUE
    happens(vault, id_, E.RECEIVED, 41)
    assert found(vault, day(42), K.PROMISED) == []


def test_a_link_that_ends_is_listed_until_it_was_used(vault: Session) -> None:
    """Its last day counts until something came."""
    id_ = asked(vault, "us")
    happens(vault, id_, E.LINK_SENT, 5, Detail(until=day(12)))
    (link,) = found(vault, day(6), K.LINK_ENDS)
    assert (link.id, link.on, link.urgency) == (id_, day(12), Urgency.DUE_SOON)
    happens(vault, id_, E.RECEIVED, 7)
    assert found(vault, day(7), K.LINK_ENDS) == []


def test_a_complaint_has_a_safe_day_and_a_last_one(vault: Session) -> None:
    """Of a missed date from the day it was missed; of a refusal from the day it came."""
    late, refused = asked(vault, "us"), asked(vault, "us")
    happens(vault, refused, E.DENIED, 9, Detail(ground="hipaa-litigation"))
    assert [o.id for o in found(vault, day(20), K.COMPLAINT)] == [refused]
    rows = {o.id: o for o in found(vault, day(35), K.COMPLAINT)}
    assert rows[late].on == day(30 + 180)
    assert rows[refused].on == day(9 + 180)
    assert f"at the latest {(day(30 + 181)).day}" in rows[late].said
    assert rows[late].cite == "45 CFR 160.306(b)(3)"
    happens(vault, refused, E.COMPLAINED, 12)
    assert [o.id for o in found(vault, day(35), K.COMPLAINT)] == [late]


def test_silence_that_counts_as_a_refusal_has_a_day(vault: Session) -> None:
    """Only where the rule says so."""
    asked(vault, "us")
    assert found(vault, day(5), K.DEEMED_REFUSAL) == []
    id_ = asked(vault, "ca-on")
    (deemed,) = found(vault, day(5), K.DEEMED_REFUSAL)
    (legal,) = [o for o in found(vault, day(5), K.ANSWER) if o.id == id_]
    assert deemed.id == id_
    assert deemed.on > legal.on
    assert "no answer counts as a refusal" in deemed.said


def test_a_signature_may_not_be_old_in_michigan(vault: Session) -> None:
    """Ready but not sent: 60 days, and nothing once it was sent."""
    id_ = drafted(vault, "us-mi")
    happens(vault, id_, E.READY, 0)
    (row,) = found(vault, day(1), K.SIGNATURE_ENDS)
    assert (row.id, row.on) == (id_, day(60))
    assert "MCL 333.26265" in row.cite
    elsewhere = drafted(vault, "us-tx")
    happens(vault, elsewhere, E.READY, 0)
    assert len(found(vault, day(1), K.SIGNATURE_ENDS)) == 1


def _paper(db: Db, person: str, ends: str, data: bytes) -> None:
    db.execute(
        "INSERT INTO document (id, person, kind, title, expires_on, media, data, made_at) "
        "VALUES (?, ?, 'passport', 'My passport', ?, 'png', ?, '2026-01-01T00:00:00Z')",
        (f"doc_{ends}", person, ends, data),
    )


def test_papers_that_end_are_told_of_before(vault: Session) -> None:
    """Sixty days before, and after; none that lies far ahead, was deleted or was ended."""
    id_ = asked(vault, "us")
    person = requests.get(vault, id_, day(0)).person.id
    with vault.vault.write("test") as db:
        _paper(db, person, "2026-04-01", b"x")
        _paper(db, person, "2026-04-02", b"")
        _paper(db, person, "2031-04-01", b"x")
        db.executemany(
            "INSERT INTO authority (id, person, name, basis, to_date, ended_on, made_at) "
            "VALUES (?, ?, 'Ona Pell', 'guardian', ?, ?, 'x')",
            [
                ("auth_a", person, "2026-03-20", None),
                ("auth_b", person, "2026-03-20", "2026-01-01"),
            ],
        )
    assert [o.id for o in found(vault, day(0), K.DOCUMENT_ENDS)] == ["doc_2026-04-01"]
    assert [o.id for o in found(vault, day(60), K.AUTHORITY_ENDS)] == ["auth_a"]
    texts = [m.text for m in home.matters(vault, day(20))]
    assert "Ona Pell ended on 2026-03-20" in texts


def test_reminders_are_listed_with_or_without_a_request(vault: Session) -> None:
    """Whatever the state of anything; gone when done."""
    id_ = asked(vault, "us")
    about = reminders.add(vault, "call them", day(3), id_)
    loose = reminders.add(vault, "buy stamps", day(4))
    happens(vault, id_, E.WITHDRAWN, 1)
    rows = found(vault, day(3), K.REMINDER)
    assert [(o.id, o.about, o.said) for o in rows] == [
        (about.id, id_, "call them"),
        (loose.id, "", "buy stamps"),
    ]
    reminders.done(vault, about.id)
    assert [o.id for o in dues.every(vault, day(3))] == [loose.id]


@pytest.mark.parametrize("kind", [E.WITHDRAWN, E.NOT_HELD, E.DESTROYED])
def test_nothing_of_a_closed_request_is_listed(vault: Session, kind: RequestEvent) -> None:
    """However late it was, and whatever they had promised."""
    id_ = asked(vault, "us-mi")
    happens(vault, id_, E.PROMISED, 3, Detail(until=day(20)))
    happens(vault, id_, E.LINK_SENT, 4, Detail(until=day(20)))
    happens(vault, id_, kind, 90)
    assert dues.every(vault, day(95)) == ()


def test_home_has_one_matter_a_request(vault: Session) -> None:
    """The next step and its most pressing date, and no request twice."""
    late, need, done = asked(vault, "us"), asked(vault, "us"), asked(vault, "us")
    happens(vault, need, E.ID_ASKED, 4)
    happens(vault, done, E.WITHDRAWN, 4)
    reminders.add(vault, "call them", day(50))
    matters = [m for m in home.matters(vault, day(50)) if m.place is home.Place.REQUEST]
    assert sorted(m.id for m in matters) == sorted((late, need))
    (mine,) = [m for m in matters if m.id == need]
    assert "they want proof of identity" in mine.text
    assert "Due 1 Apr 2026" in mine.text
    reminder = [m for m in home.matters(vault, day(50)) if m.place is home.Place.REMINDER]
    assert [m.text for m in reminder] == ["call them"]
    asleep = home.matters(vault, day(400))
    assert {m.id for m in asleep if m.place is home.Place.REQUEST} == {late, need}


def test_a_pause_that_is_lawful_stands_beside_the_date(vault: Session) -> None:
    """In the United Kingdom a question back about the request stops the clock."""
    id_ = asked(vault, "uk")
    detail = Detail(ground=days.CLARIFICATION)
    happens(vault, id_, E.PAUSE_CLAIMED, 5, detail)
    (legal,) = found(vault, day(6), K.ANSWER)
    assert "The clock stands still since 7 Mar 2026" in legal.said
    requests.log(vault, id_, Told(E.ANSWERED, day(9)))
    (legal,) = found(vault, day(10), K.ANSWER)
    assert "The clock stood still for 4 days" in legal.said


def test_the_calendar_is_one_and_names_nobody(vault: Session, tmp_path: Path) -> None:
    """RFC 5545 with an alarm each; titles hold a reference and plain words alone; 0600."""
    id_ = asked(vault, "us")
    happens(vault, id_, E.PROMISED, 5, Detail(until=day(40)))
    reminders.add(vault, "ask about the biopsy", day(3), id_)
    owed = dues.every(vault, day(6))
    place = dues.write_calendar(vault, owed, day(6), tmp_path / "dates.ics")
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    data = place.read_bytes()
    for word in (b"Elm", b"Voss", b"biopsy", b"record", b"HIPAA", b"hospital"):
        assert word.lower() not in data.lower()
    read = icalendar.Calendar.from_ical(data)
    events = read.walk("VEVENT")
    ref = id_[4:7].upper()
    titles = {str(e["SUMMARY"]) for e in events}
    assert titles == {f"Ref {ref}: {NEUTRAL[k]}" for k in (K.ANSWER, K.PROMISED, K.REMINDER)}
    assert {e["DTSTART"].dt for e in events} == {day(30), day(40), day(3)}
    assert len({str(e["UID"]) for e in events}) == len(owed)
    assert len(read.walk("VALARM")) == len(owed)
    assert all(b"\r\n" in line for line in data.splitlines(keepends=True))
    assert dues.calendar_file(owed, day(6)) == data


def test_the_same_date_keeps_its_uid(vault: Session) -> None:
    """Moved, it is the same entry in a calendar."""
    id_ = asked(vault, "us")
    happens(vault, id_, E.PROMISED, 5, Detail(until=day(20)))

    def uids() -> set[str]:
        data = dues.calendar_file(dues.every(vault, day(6)), day(6))
        return {str(e["UID"]) for e in icalendar.Calendar.from_ical(data).walk("VEVENT")}

    before = uids()
    happens(vault, id_, E.PROMISED, 6, Detail(until=day(25)))
    assert uids() == before


def test_references_are_as_short_as_tells_them_apart() -> None:
    """Three characters, more where two begin alike."""
    assert dues.short(["req_abc123", "rem_xyz"]) == {"req_abc123": "ABC", "rem_xyz": "XYZ"}
    assert dues.short(["req_abcd12", "req_abce12"]) == {"req_abcd12": "ABCD", "req_abce12": "ABCE"}
    assert dues.short([]) == {}
