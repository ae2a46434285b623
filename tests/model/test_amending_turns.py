"""A correction takes every event only where it can happen, whatever came before it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest

from tests.model.turns import DAY, FLAGS, history, in_order, trouble
from vault.model import hl7
from vault.model.amending import Standing, moved, stand
from vault.model.corrections import CorrectionEvent, CorrectionState, ItemState
from vault.model.requests import Detail, Event, WaitingOn

_E, _S, _I = CorrectionEvent, CorrectionState, ItemState
A, B, C = FLAGS
Step = CorrectionEvent | tuple[CorrectionEvent, Detail]


def told(*steps: Step) -> list[Event]:
    """The beginning of a correction and these events after it, a day apart."""
    made = [Event(1, 1, _E.DRAFTED, DAY, "")]
    for n, step in enumerate(steps, 2):
        kind, detail = step if isinstance(step, tuple) else (step, Detail())
        made.append(Event(n, 1, kind, DAY + dt.timedelta(days=n), "", detail=detail))
    return made


def after(*steps: Step, flags: tuple[str, ...] = FLAGS) -> Standing:
    """Where a correction stands after these events."""
    return stand(flags, told(*steps))


def of(kind: CorrectionEvent, *flags: str, outcome: str = "", record: str = "") -> Step:
    """An event about some items."""
    return kind, Detail(items=flags, outcome=outcome, record=record)


def test_every_step_of_many_lives_is_one_that_can_be() -> None:
    """Random events, some in the place of others: none turns an item it cannot turn."""
    chance = random.Random(20260302)
    for _ in range(4000):
        events = in_order(history(chance))
        was = stand(FLAGS, ())
        for n, event in enumerate(events, 1):
            now = stand(FLAGS, events[:n])
            assert not trouble(was, CorrectionEvent(event.kind), now), events[:n]
            was = now


def test_many_lives_reach_every_state_and_end() -> None:
    """The random events above are no idle ones: all states and all ends of items come up."""
    chance, states, items = random.Random(7), set(), set()
    for _ in range(4000):
        now = stand(FLAGS, history(chance))
        states.add(now.state)
        items |= set(now.items.values())
    assert states == set(_S)
    assert items == set(_I)


def test_a_copy_cannot_be_ordered_of_what_is_open() -> None:
    """Naming an item that nobody accepted orders nothing, and receives nothing."""
    ordered = after(_E.SENT, of(_E.COPY_ORDERED, A))
    assert (ordered.ordered, ordered.waiting_on) == (False, WaitingOn.PROVIDER)
    assert not after(_E.SENT, of(_E.COPY_RECEIVED, A, record="rec_1")).copies


def test_a_copy_without_a_record_is_no_record() -> None:
    """A copy that came and was not taken in is to be compared, and lists no record."""
    came = after(_E.SENT, _E.ACCEPTED, _E.COPY_RECEIVED)
    assert (came.state, came.copies) == (_S.VERIFYING, ())


def test_what_comes_before_a_comparison_can_move_nothing() -> None:
    """Comparing before anything was accepted leaves each item open."""
    early = after(_E.SENT, of(_E.COMPARED, outcome="fixed"))
    assert set(early.items.values()) == {_I.OPEN}
    denied = after(_E.SENT, _E.DENIED, of(_E.COMPARED, *FLAGS, outcome="fixed"))
    assert set(denied.items.values()) == {_I.DENIED}


def test_an_answer_to_a_statement_needs_a_statement() -> None:
    """A rebuttal before anybody disagreed, or after all was withdrawn, changes no code."""
    early = after(_E.SENT, _E.REBUTTAL, _E.DENIED, _E.DISAGREEMENT)
    assert hl7.code(early) == "disagreement-logged"
    assert not after(_E.SENT, _E.WITHDRAWN, _E.REBUTTAL).rebutted
    late = after(_E.SENT, _E.DENIED, _E.DISAGREEMENT, _E.ATTACHED, _E.REBUTTAL)
    assert hl7.code(late) == "inform-rebuttal-option"


def test_withdrawing_what_is_not_in_it_withdraws_nothing() -> None:
    """An item that is not in the correction is no word for all of it."""
    same = after(_E.SENT, of(_E.WITHDRAWN, "flag_x"))
    assert set(same.items.values()) == {_I.OPEN}
    assert same.state is _S.SENT


def test_withdrawn_item_by_item() -> None:
    """Each goes by itself; the last closes it, and withdrawn it is only if every item was."""
    one = after(_E.SENT, of(_E.WITHDRAWN, A))
    assert (one.state, one.withdrawn) == (_S.SENT, False)
    every = after(_E.SENT, of(_E.WITHDRAWN, A), of(_E.WITHDRAWN, B), of(_E.WITHDRAWN, C))
    assert (every.state, every.withdrawn) == (_S.CLOSED, True)
    assert hl7.code(every) == "requester-cancelled"
    fixed = after(
        _E.SENT,
        of(_E.ACCEPTED, A),
        of(_E.COMPARED, A, outcome="fixed"),
        of(_E.WITHDRAWN, B, C),
    )
    assert (fixed.state, fixed.withdrawn) == (_S.CLOSED, False)
    assert hl7.code(fixed) == "amendment-completed"


def test_a_copy_of_an_earlier_round_verifies_nothing_new() -> None:
    """What is accepted after more evidence waits for a copy of its own."""
    first = (_E.SENT, of(_E.ACCEPTED, A), of(_E.DENIED, B, C), _E.COPY_RECEIVED)
    compared = (*first, of(_E.COMPARED, A, outcome="fixed"))
    again = after(*compared, _E.SENT, _E.ACCEPTED)
    assert (again.round, again.state, again.waiting_on) == (2, _S.ACCEPTED, WaitingOn.ME)


def test_a_copy_that_was_compared_verifies_nothing_accepted_later() -> None:
    """The copy showed one item; the other, accepted after it came, is accepted and no more."""
    first = (_E.SENT, of(_E.ACCEPTED, A), of(_E.COPY_RECEIVED, A, record="rec_1"))
    later = after(*first, of(_E.COMPARED, A, outcome="fixed"), _E.ACCEPTED)
    assert (later.state, later.copies) == (_S.ACCEPTED, ("rec_1",))


def test_an_asking_anew_that_comes_back_is_undone() -> None:
    """Where it never arrived, the items stand as they did, in the round before, its clock too."""
    path = (_E.SENT, of(_E.DENIED, A), _E.ACCEPTED)
    was, back = after(*path), after(*path, _E.SENT, _E.BOUNCED)
    assert (back.state, back.items, back.round) == (_S.PARTIAL, was.items, 1)
    assert (back.start, back.waiting_on) == (was.start, was.waiting_on)
    assert after(*path, _E.SENT, _E.BOUNCED, _E.SENT).round == 2
    met = after(*path, _E.SENT, _E.IN_REVIEW, _E.BOUNCED)  # they have it, so it did arrive
    assert (met.state, met.round) == (_S.IN_REVIEW, 2)


def test_who_answers_one_item_has_the_request() -> None:
    """After an answer on one item the rest is in review, and nothing can come back any more."""
    some = after(_E.SENT, of(_E.DENIED, A))
    assert some.state is _S.IN_REVIEW
    assert after(_E.SENT, of(_E.DENIED, A), of(_E.WITHDRAWN, A), _E.BOUNCED).state is _S.IN_REVIEW


def test_opened_again_after_it_was_passed_on_before_any_answer() -> None:
    """An item that nobody denied is open again, not denied."""
    passed = after(_E.SENT, of(_E.REDIRECTED, *FLAGS))
    assert passed.state is _S.CLOSED
    again = after(_E.SENT, of(_E.REDIRECTED, *FLAGS), _E.REOPENED)
    assert set(again.items.values()) == {_I.OPEN}
    denied = after(_E.SENT, _E.DENIED, of(_E.REDIRECTED, *FLAGS), _E.REOPENED)
    assert (denied.state, set(denied.items.values())) == (_S.DENIED, {_I.DENIED})


def test_opened_twice() -> None:
    """A second opening of what is open changes nothing; closing and opening goes on for ever."""
    once = after(_E.SENT, _E.IN_REVIEW, _E.CLOSED, _E.REOPENED)
    twice = after(_E.SENT, _E.IN_REVIEW, _E.CLOSED, _E.REOPENED, _E.REOPENED)
    assert (
        (twice.state, twice.items)
        == (once.state, once.items)
        == (
            _S.IN_REVIEW,
            dict.fromkeys(FLAGS, _I.OPEN),
        )
    )
    more = after(_E.SENT, _E.CLOSED, _E.REOPENED, _E.WITHDRAWN, _E.REOPENED)
    assert (more.state, more.withdrawn) == (_S.SENT, False)


def test_the_day_of_arrival_after_the_answer_moves_no_clock() -> None:
    """A receipt that turns up once they answered does not make the answer come too early."""
    events = told(_E.SENT, _E.ACCEPTED, _E.DELIVERED)
    assert stand(FLAGS, events).start == events[1].on
    settled = told(_E.SENT, _E.DELIVERED, _E.ACCEPTED)
    assert stand(FLAGS, settled).start == settled[2].on


def test_a_reminder_answers_no_question() -> None:
    """While they wait for something, reminding them leaves the turn with the person."""
    asked = after(_E.SENT, _E.INFO_ASKED, _E.REMINDED)
    assert (asked.state, asked.waiting_on) == (_S.INFO_REQUESTED, WaitingOn.ME)


@pytest.mark.parametrize("kind", [k for k in _E if k is not _E.DRAFTED])
def test_an_event_in_the_place_of_another_of_any_kind(kind: CorrectionEvent) -> None:
    """It stands where the other stood, and what came after counts from there."""
    events = told(_E.SENT, _E.DENIED, _E.DISAGREEMENT)
    put = Event(5, 1, kind, events[2].on, "", replaces=3)
    instead = [events[0], events[1], replace(put, seq=3, replaces=None), events[3]]
    found, plain = stand(FLAGS, [*events, put]), stand(FLAGS, instead)
    assert (found.state, found.items, found.round) == (plain.state, plain.items, plain.round)
    assert (found.start, found.waiting_on) == (plain.start, plain.waiting_on)


@pytest.mark.parametrize("state", [_S.ACCEPTED, _S.PARTIAL, _S.DENIED, _S.VERIFYING])
def test_sent_anew_in_every_state_of_an_answer(state: CorrectionState) -> None:
    """Only what was denied, disputed or is unchanged is asked anew; else nothing moves."""
    paths: dict[CorrectionState, tuple[Step, ...]] = {
        _S.ACCEPTED: (_E.SENT, _E.ACCEPTED),
        _S.PARTIAL: (_E.SENT, of(_E.DENIED, A), _E.ACCEPTED),
        _S.DENIED: (_E.SENT, _E.DENIED),
        _S.VERIFYING: (_E.SENT, _E.ACCEPTED, of(_E.COMPARED, A, outcome="unchanged")),
    }
    was, now = after(*paths[state]), after(*paths[state], _E.SENT)
    assert was.state is state
    again = was.of(_I.DENIED, _I.UNCHANGED)
    assert now.of(_I.OPEN) == again
    assert now.round == (2 if again else 1)


def test_a_promise_that_a_copy_belies_is_no_completed_amendment() -> None:
    """The code says accepted again, or accepted in part, where a copy is unchanged."""
    same = of(_E.COMPARED, outcome="unchanged")
    assert hl7.code(after(_E.SENT, _E.ACCEPTED, same)) == "accepted"
    part = after(_E.SENT, of(_E.DENIED, A), _E.ACCEPTED, same)
    assert hl7.code(part) == "partial-accept"


def test_which_items_an_event_moves() -> None:
    """Of those named, the ones in a fitting state; of a comparison, by what it found."""
    mixed = after(_E.SENT, of(_E.ACCEPTED, A), of(_E.DENIED, B))
    assert moved(mixed, told(of(_E.COMPARED, outcome="fixed"))[1]) == (A,)
    assert moved(mixed, told(of(_E.COMPARED, *FLAGS, outcome="fixed"))[1]) == (A,)
    assert moved(mixed, told(of(_E.COMPARED, outcome="disagreement_on_file"))[1]) == ()
    assert moved(mixed, told(of(_E.REDIRECTED, *FLAGS))[1]) == (B, C)
