"""What is asked for is understood, and a request follows its events."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.model.requests import (
    Event,
    RecordType,
    Request,
    RequestEvent,
    RequestState,
    Urgency,
    WaitingOn,
    follow,
    understand,
    urgency,
)

DUE = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lab_results", RecordType.LAB_RESULTS),
        ("Laboratory Results", RecordType.LAB_RESULTS),
        ("office visit notes", RecordType.VISIT_NOTES),
        ("Progress-Notes", RecordType.VISIT_NOTES),
        ("imaging reports", RecordType.IMAGING_REPORTS),
        ("images", RecordType.IMAGES),
        ("operative reports", RecordType.OPERATIVE_REPORTS),
        ("pathology reports", RecordType.PATHOLOGY),
        ("discharge summary", RecordType.DISCHARGE_SUMMARIES),
        ("shots", RecordType.IMMUNIZATIONS),
        ("itemized bills", RecordType.BILLING),
        ("portal messages", RecordType.MESSAGES),
        ("my complete record", RecordType.ALL),
        ("lab records", RecordType.LAB_RESULTS),
        ("billing records", RecordType.BILLING),
        ("vaccination records", RecordType.IMMUNIZATIONS),
        ("consultation reports", RecordType.CONSULTS),
        ("medication list", RecordType.MEDICATIONS),
        ("all labs", RecordType.LAB_RESULTS),
        ("X-ray reports", RecordType.IMAGING_REPORTS),
        ("x-ray images", RecordType.IMAGES),
        ("everything", RecordType.ALL),
        ("dental records", RecordType.ALL),
        ("reports", None),
        ("horoscope", None),
        ("", None),
        ("  _-_ ", None),
    ],
)
def test_plain_words_name_a_record_type(text: str, expected: RecordType | None) -> None:
    """What people write for a kind of record is understood, and nonsense is not."""
    assert understand(text) is expected


@given(st.sampled_from(list(RecordType)))
def test_every_type_is_understood_by_its_own_name(kind: RecordType) -> None:
    """With underscores or blanks, in either case."""
    assert understand(kind.value) is kind
    assert understand(kind.value.replace("_", " ").upper()) is kind


@given(st.text(max_size=40))
def test_any_text_is_understood_or_not(text: str) -> None:
    """No text fails."""
    found = understand(text)
    assert found is None or found in RecordType


def event(kind: RequestEvent, on: str, seq: int = 1, arrived: dt.date | None = None) -> Event:
    """An event of that kind on that day."""
    return Event(seq, 1, kind, dt.date.fromisoformat(on), f"{on}T10:00:00Z", arrived=arrived)


REQUEST = Request("req_1", "per_1", "prov_1", (RecordType.ALL,), "2026-01-01T10:00:00Z")


def test_a_request_follows_its_events() -> None:
    """Sent it waits for the provider, received it is the person's to look at."""
    sent = follow(
        REQUEST,
        [event(RequestEvent.DRAFTED, "2026-01-01"), event(RequestEvent.SENT, "2026-01-02", 2)],
    )
    assert (sent.state, sent.waiting_on) == (RequestState.SENT, WaitingOn.PROVIDER)
    assert len(sent.events) == 2
    got = follow(sent, [event(RequestEvent.RECEIVED, "2026-01-20", 3)])
    assert (got.state, got.waiting_on) == (RequestState.UNDER_REVIEW, WaitingOn.ME)


def test_a_note_moves_nothing() -> None:
    """It is kept in the history, and the state stays."""
    sent = follow(REQUEST, [event(RequestEvent.SENT, "2026-01-02")])
    noted = follow(sent, [event(RequestEvent.NOTE, "2026-01-05", 2)])
    assert (noted.state, noted.waiting_on) == (sent.state, sent.waiting_on)
    assert len(noted.events) == 2


def test_withdrawing_closes_with_an_outcome() -> None:
    """Nobody is waited for any more."""
    gone = follow(REQUEST, [event(RequestEvent.WITHDRAWN, "2026-01-05")])
    assert (gone.state, gone.waiting_on, gone.outcome) == (
        RequestState.CLOSED,
        WaitingOn.NOBODY,
        "withdrawn",
    )


def test_the_clock_starts_when_the_last_asking_arrived() -> None:
    """Where that is not known, when it was sent; before that there is no clock."""
    assert REQUEST.started is None
    sent = follow(REQUEST, [event(RequestEvent.SENT, "2026-01-02")])
    assert sent.started == dt.date(2026, 1, 2)
    again = follow(sent, [event(RequestEvent.SENT, "2026-02-02", 2, dt.date(2026, 2, 7))])
    assert again.started == dt.date(2026, 2, 7)


@given(st.lists(st.sampled_from(list(RequestEvent)), max_size=8), st.integers(0, 8))
def test_history_can_be_replayed_in_parts(kinds: list[RequestEvent], cut: int) -> None:
    """All events at once or in two parts lead to the same request."""
    events = [event(kind, "2026-01-02", seq) for seq, kind in enumerate(kinds, 1)]
    assert follow(REQUEST, events) == follow(follow(REQUEST, events[:cut]), events[cut:])


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-8, Urgency.OK),
        (-7, Urgency.DUE_SOON),
        (0, Urgency.DUE_SOON),
        (1, Urgency.OVERDUE),
        (14, Urgency.OVERDUE),
        (15, Urgency.VERY_OVERDUE),
    ],
)
def test_urgency_by_days_from_the_due_date(days: int, expected: Urgency) -> None:
    """Soon from a week before, overdue from the day after, very overdue after two weeks."""
    assert urgency(DUE, DUE + dt.timedelta(days=days), open_=True) is expected


def test_what_is_closed_or_has_no_date_presses_nobody() -> None:
    """Without a date, or once closed, all is well."""
    late = DUE + dt.timedelta(days=100)
    assert urgency(DUE, late, open_=False) is Urgency.OK
    assert urgency(None, late, open_=True) is Urgency.OK
