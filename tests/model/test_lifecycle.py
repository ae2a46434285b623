"""A request follows its events, and no order of them leads to a state that cannot be."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.model.lifecycle import ANSWERS, ASKED, NEEDS, Standing, allowed, effective, stand
from vault.model.requests import (
    ASSUMED,
    OWED,
    Detail,
    Event,
    ItemAnswer,
    RequestEvent,
    RequestState,
    WaitingOn,
)

E, S = RequestEvent, RequestState
ITEMS = ("item_a", "item_b")
DAY = dt.date(2026, 1, 1)


def happening(*told: tuple[RequestEvent, int] | tuple[RequestEvent, int, Detail]) -> list[Event]:
    """Events in the order they were noted: kind, days after the first of January, detail."""
    return [
        Event(
            seq,
            1,
            kind,
            DAY + dt.timedelta(days=days),
            "2026-01-01T10:00:00Z",
            detail=rest[0] if rest else Detail(),
        )
        for seq, (kind, days, *rest) in enumerate(told, 1)
    ]


def standing(*told: tuple[RequestEvent, int] | tuple[RequestEvent, int, Detail]) -> Standing:
    """Where a request of two items stands after these."""
    return stand(ITEMS, happening((E.DRAFTED, 0), *told))


def only(item: str) -> Detail:
    """A detail that means one item."""
    return Detail(items=(item,))


def test_the_usual_life_of_a_request() -> None:
    """Drafted, sent, acknowledged, received, looked through: complete."""
    told = [(E.SENT, 1), (E.ACKNOWLEDGED, 4), (E.RECEIVED, 20), (E.REVIEWED, 21)]
    seen = [standing(*told[:n]) for n in range(len(told) + 1)]
    assert [s.state for s in seen] == [
        S.DRAFT,
        S.SENT,
        S.ACKNOWLEDGED,
        S.UNDER_REVIEW,
        S.CLOSED,
    ]
    assert seen[-1].outcome == "complete"
    assert [s.waiting_on for s in seen] == [
        WaitingOn.ME,
        WaitingOn.PROVIDER,
        WaitingOn.PROVIDER,
        WaitingOn.ME,
        WaitingOn.NOBODY,
    ]


def test_what_is_still_owed_keeps_the_clock_running() -> None:
    """One of two items came: the other is owed, and its clock runs on."""
    s = standing((E.SENT, 1), (E.RECEIVED, 20, only("item_a")))
    assert s.state is S.UNDER_REVIEW
    assert s.owed == ("item_b",)
    assert s.running
    assert s.start == DAY + dt.timedelta(days=1)


def test_nothing_held_anywhere_closes_and_can_be_reopened() -> None:
    """None held of every item ends it; reopened, it is asked for again."""
    s = standing((E.SENT, 1), (E.NOT_HELD, 9, only("item_a")))
    assert (s.state, s.owed) == (S.SENT, ("item_b",))
    s = standing((E.SENT, 1), (E.NOT_HELD, 9))
    assert (s.state, s.outcome) == (S.CLOSED, "no_records_held")
    s = standing((E.SENT, 1), (E.NOT_HELD, 9), (E.REOPENED, 12))
    assert (s.state, s.outcome, s.owed) == (S.SENT, "", ITEMS)
    s = standing((E.SENT, 1), (E.DESTROYED, 9))
    assert s.outcome == "retention_expired"


def test_a_denial_of_all_that_is_left_is_a_denial() -> None:
    """Denied in part it is still open for the rest; denied in all it waits for the person."""
    s = standing((E.SENT, 1), (E.DENIED, 9, only("item_a")))
    assert s.state is S.SENT
    s = standing((E.SENT, 1), (E.DENIED, 9))
    assert (s.state, s.waiting_on) == (S.DENIED, WaitingOn.ME)
    s = standing((E.SENT, 1), (E.DENIED, 9), (E.APPEALED, 11))
    assert (s.state, s.waiting_on) == (S.ESCALATED, WaitingOn.PROVIDER)
    s = standing((E.SENT, 1), (E.DENIED, 9), (E.COMPLAINED, 11))
    assert (s.state, s.waiting_on) == (S.ESCALATED, WaitingOn.REGULATOR)


@pytest.mark.parametrize("kind", sorted(NEEDS))
def test_what_they_ask_for_waits_for_me_and_then_goes_on(kind: RequestEvent) -> None:
    """The clock keeps its start meanwhile: nothing they ask moves it."""
    s = standing((E.SENT, 1), (kind, 9))
    assert (s.state, s.waiting_on, s.need) == (S.ACTION_NEEDED, WaitingOn.ME, kind)
    done = E.FEE_PAID if kind is E.FEE_QUOTED else E.ANSWERED
    s = standing((E.SENT, 1), (kind, 9), (done, 11))
    assert (s.state, s.waiting_on, s.need) == (S.ACKNOWLEDGED, WaitingOn.PROVIDER, "")
    assert s.start == DAY + dt.timedelta(days=1)


def test_what_is_escalated_stays_so_when_an_item_is_not_held() -> None:
    """Something came after a complaint: labelled, the rest is as pressing as before."""
    s = standing((E.SENT, 1), (E.COMPLAINED, 40), (E.ARRIVED, 45), (E.NOT_HELD, 46, only("item_a")))
    assert (s.state, s.owed) == (S.ESCALATED, ("item_b",))


def test_only_a_lawful_extension_extends() -> None:
    """Both are kept as notices; only one moves the state."""
    until = DAY + dt.timedelta(days=60)
    no = standing((E.SENT, 1), (E.EXTENDED, 9, Detail(until=until, lawful=False)))
    assert (no.state, len(no.notices)) == (S.SENT, 1)
    yes = standing((E.SENT, 1), (E.EXTENDED, 9, Detail(until=until, lawful=True, reason="staff")))
    assert yes.state is S.EXTENDED


def test_gaps_lead_to_asking_anew() -> None:
    """The shortfall is a further round with its own clock; what was in order stays so."""
    gaps = Detail(gaps=("item_b",))
    s = standing((E.SENT, 1), (E.RECEIVED, 20), (E.REVIEWED, 21, gaps))
    assert (s.state, s.gaps) == (S.GAPS_OPEN, ("item_b",))
    s = standing((E.SENT, 1), (E.RECEIVED, 20), (E.REVIEWED, 21, gaps), (E.SENT, 25))
    assert (s.state, s.round) == (S.SENT, 2)
    assert s.owed == ("item_b",)
    assert (s.first, s.start) == (DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=25))
    accepted = replace(gaps, accepted=True)
    s = standing((E.SENT, 1), (E.RECEIVED, 20), (E.REVIEWED, 21, accepted))
    assert s.outcome == "complete_with_accepted_gaps"


def test_events_count_by_their_day_not_by_when_they_were_noted() -> None:
    """An acknowledgement noted after the records came does not bring it back."""
    s = standing((E.SENT, 1), (E.RECEIVED, 20), (E.ACKNOWLEDGED, 5))
    assert s.state is S.UNDER_REVIEW


def test_a_wrong_label_is_put_right_and_later_answers_stay() -> None:
    """What was taken for a denial was a question; the payment after it still counts."""
    events = happening((E.DRAFTED, 0), (E.SENT, 1), (E.DENIED, 9), (E.FEE_PAID, 12))
    right = Event(5, 1, E.FEE_QUOTED, DAY + dt.timedelta(days=9), "x", replaces=3)
    s = stand(ITEMS, [*events, right])
    assert s.state is S.ACKNOWLEDGED
    assert [e.kind for e in s.events] == [E.DRAFTED, E.SENT, E.FEE_QUOTED, E.FEE_PAID]
    again = Event(6, 1, E.NOTE, DAY + dt.timedelta(days=9), "x", replaces=5)
    assert stand(ITEMS, [*events, right, again]).state is S.SENT


def test_the_day_of_arrival_is_taken_from_the_best_evidence() -> None:
    """Assumed at first; a second telling, a delivery or an early acknowledgement settle it."""
    sent = Event(1, 1, E.SENT, DAY, "x", "mail", DAY + dt.timedelta(days=5), ASSUMED)
    seen = Event(2, 1, E.SENT, DAY, "x", "mail", DAY + dt.timedelta(days=3))
    assert stand(ITEMS, [sent]).assumed
    told = stand(ITEMS, [sent, seen])
    assert (told.start, told.first, told.assumed) == (seen.arrived, seen.arrived, False)
    delivered = Event(2, 1, E.DELIVERED, DAY + dt.timedelta(days=2), "x")
    assert stand(ITEMS, [sent, delivered]).start == delivered.on
    early = Event(2, 1, E.ACKNOWLEDGED, DAY + dt.timedelta(days=1), "x")
    assert stand(ITEMS, [sent, early]).start == early.on
    known = replace(seen, seq=1)
    assert stand(ITEMS, [known, replace(delivered, on=DAY)]).start == seen.arrived


def test_what_came_back_is_sent_again_and_the_first_day_is_kept() -> None:
    """No clock runs in between; the first day stays as evidence."""
    s = standing((E.SENT, 1), (E.BOUNCED, 6))
    assert (s.state, s.start, s.waiting_on) == (S.READY, None, WaitingOn.ME)
    s = standing((E.SENT, 1), (E.BOUNCED, 6), (E.SENT, 8))
    assert s.start == DAY + dt.timedelta(days=8)
    assert s.first == DAY + dt.timedelta(days=1)
    assert s.round == 1


def test_withdrawing_and_reopening() -> None:
    """Withdrawn it is nobody's turn; reopened it stands where it stood."""
    s = standing((E.SENT, 1), (E.WITHDRAWN, 3, Detail(reason="cost")))
    assert (s.outcome, s.waiting_on) == ("withdrawn_cost", WaitingOn.NOBODY)
    s = standing((E.SENT, 1), (E.WITHDRAWN, 3), (E.REOPENED, 5))
    assert (s.state, s.waiting_on, s.outcome) == (S.SENT, WaitingOn.PROVIDER, "")
    s = standing((E.SENT, 1), (E.REDIRECTED, 3, Detail(other="req_2")))
    assert s.outcome == "superseded"


def test_reopened_it_needs_of_the_person_what_it_needed_before() -> None:
    """A fee still to be paid is still to be paid, so that the next step can be told."""
    s = standing((E.SENT, 1), (E.FEE_QUOTED, 3), (E.WITHDRAWN, 4), (E.REOPENED, 5))
    assert (s.state, s.need, s.waiting_on) == (S.ACTION_NEEDED, E.FEE_QUOTED, WaitingOn.ME)


def check_possible(s: Standing) -> None:
    """Raise where a standing contradicts itself."""
    assert (s.state is S.CLOSED) == bool(s.outcome) == (s.waiting_on is WaitingOn.NOBODY)
    assert (s.state is S.ACTION_NEEDED) == bool(s.need)
    if s.state in ASKED:
        assert s.start is not None
        assert s.first is not None
    if s.state in (S.ACTION_NEEDED, S.UNDER_REVIEW, S.GAPS_OPEN, S.DENIED, S.READY, S.DRAFT):
        assert s.waiting_on is WaitingOn.ME
    if s.state is S.DENIED:
        assert not s.owed
    if s.running:
        assert s.state is not S.DENIED
        assert set(s.answers.values()) & OWED
    assert set(s.answers) == set(ITEMS)
    assert s.round >= 1


def any_event(seq: int, pick: random.Random) -> Event:
    """Some event, on some day, perhaps about one item, perhaps putting another right."""
    until = DAY + dt.timedelta(days=pick.randrange(90))
    detail = Detail(
        until=pick.choice([None, until]),
        lawful=pick.choice([None, True, False]),
        items=pick.choice([(), ("item_a",), ("item_b",)]),
        gaps=pick.choice([(), ("item_a",)]),
        accepted=pick.choice([None, True]),
        other=pick.choice(["", "", "req_2"]),
        vendor=pick.choice(["", "Copying Company"]),
    )
    on = DAY + dt.timedelta(days=pick.randrange(60))
    arrived = pick.choice([None, on + dt.timedelta(days=pick.randrange(9))])
    return Event(
        seq,
        1,
        pick.choice(list(RequestEvent)),
        on,
        "x",
        arrived=arrived,
        note=pick.choice(["", ASSUMED]) if arrived else "",
        detail=detail,
        replaces=pick.choice([None] * 5 + [pick.randrange(1, seq + 1)]),
    )


def test_no_order_of_events_leads_to_an_impossible_state() -> None:
    """100,000 random histories, each step of the walk looked at by its last one."""
    pick = random.Random(20260101)
    reached = set()
    for _ in range(100_000):
        events = [any_event(seq, pick) for seq in range(1, pick.randrange(2, 9))]
        if pick.random() < 0.7:
            events[0] = replace(events[0], kind=E.SENT, on=DAY, replaces=None)
        s = stand(ITEMS, events)
        check_possible(s)
        reached.add(s.state)
    assert reached == set(RequestState)


@given(st.integers(0, 10**9), st.integers(1, 12))
def test_the_order_of_noting_does_not_matter_but_for_the_day(seed: int, many: int) -> None:
    """Events of different days, noted in any order, lead to the same standing."""
    pick = random.Random(seed)
    days = pick.sample(range(100), many)
    events = [
        replace(any_event(n, pick), on=DAY + dt.timedelta(days=day), replaces=None, arrived=None)
        for n, day in enumerate(days, 2)
    ]
    first = Event(1, 1, RequestEvent.DRAFTED, DAY, "")
    shuffled = [replace(e, seq=n) for n, e in enumerate(pick.sample(events, many), 2)]
    one, other = stand(ITEMS, [first, *events]), stand(ITEMS, [first, *shuffled])
    assert replace(one, events=(), notices=()) == replace(other, events=(), notices=())


def test_what_was_ready_and_is_changed_is_a_draft_again() -> None:
    """Being drafted anew takes the word "ready" back, and does nothing to what was sent."""
    assert standing((E.DRAFTED, 1), (E.READY, 2), (E.DRAFTED, 3)).state is S.DRAFT
    assert standing((E.DRAFTED, 1), (E.SENT, 2), (E.DRAFTED, 3)).state is S.SENT


@given(st.sampled_from(list(RequestEvent)), st.sampled_from(list(RequestState)))
def test_a_closed_request_stays_closed_but_for_reopening(
    kind: RequestEvent, state: RequestState
) -> None:
    """Only words and money can be noted of it; nothing answers what was not asked."""
    if allowed(kind, S.CLOSED):
        assert kind not in ANSWERS
        closed = standing((E.SENT, 1), (E.WITHDRAWN, 2), (kind, 3))
        assert (closed.state is S.CLOSED) == (kind is not E.REOPENED)
    if kind in ANSWERS:
        assert allowed(kind, state) == (state in ASKED)


def test_what_was_answered_is_what_counts() -> None:
    """The list that counts has one event for each slot, the newest."""
    events = happening((E.DRAFTED, 0), (E.SENT, 1), (E.NOTE, 2))
    right = Event(4, 1, E.CALL, DAY + dt.timedelta(days=2), "x", replaces=3)
    assert [e.kind for e in effective([*events, right])] == [E.DRAFTED, E.SENT, E.CALL]
    assert stand(ITEMS, events).answers == dict.fromkeys(ITEMS, ItemAnswer.ASKED)
