"""Each asking of a correction from its sending to its answer, and how long that took."""

from __future__ import annotations

import datetime as dt
import random

from tests.model.turns import DAY, FLAGS, history
from vault.model.amending import stand
from vault.model.corrections import CorrectionEvent
from vault.model.requests import ASSUMED, Detail, Event
from vault.model.rounds import Round, rounds, trail

E = CorrectionEvent
A, B, C = FLAGS


def told(*steps: tuple[CorrectionEvent, int] | tuple[CorrectionEvent, int, Detail]) -> list[Event]:
    """The beginning of a correction and these events, each so many days after it."""
    made = [Event(1, 1, E.DRAFTED, DAY, "")]
    for n, (kind, days, *rest) in enumerate(steps, 2):
        on = DAY + dt.timedelta(days=days)
        detail = rest[0] if rest else Detail()
        made.append(Event(n, 1, kind, on, "", arrived=on, detail=detail))
    return made


def asked(
    *steps: tuple[CorrectionEvent, int] | tuple[CorrectionEvent, int, Detail],
) -> tuple[Round, ...]:
    """The askings of a correction with these events."""
    return rounds(FLAGS, told(*steps))


def test_an_answer_counts_from_arrival_to_the_last_item() -> None:
    """One item denied, the others accepted later: the answer is whole on that day."""
    (held,) = asked((E.SENT, 1), (E.DENIED, 10, Detail(items=(A,))), (E.ACCEPTED, 30))
    assert (held.number, held.days) == (1, 29)
    assert held.answered == DAY + dt.timedelta(days=30)


def test_no_answer_no_days() -> None:
    """What is open, came back, or was given up before any answer has none."""
    assert asked() == ()
    assert asked((E.SENT, 1), (E.BOUNCED, 4)) == ()
    for steps in (((E.SENT, 1),), ((E.SENT, 1), (E.WITHDRAWN, 9)), ((E.SENT, 1), (E.CLOSED, 9))):
        (held,) = asked(*steps)
        assert (held.answered, held.days) == (None, None)


def test_what_was_given_up_after_a_partial_answer_counts_to_that_answer() -> None:
    """The rest was withdrawn: they took until the day of what they did answer."""
    some = (E.ACCEPTED, 20, Detail(items=(A,)))
    (held,) = asked((E.SENT, 1), some, (E.WITHDRAWN, 50, Detail(items=(B, C))))
    assert held.days == 19


def test_asked_anew_is_an_asking_of_its_own() -> None:
    """Two sendings, two answers; a second that came back is none."""
    both = asked((E.SENT, 1), (E.DENIED, 31), (E.SENT, 40), (E.ACCEPTED, 45))
    assert [(held.number, held.days) for held in both] == [(1, 30), (2, 5)]
    (first,) = asked((E.SENT, 1), (E.DENIED, 31), (E.SENT, 40), (E.BOUNCED, 43))
    assert (first.number, first.days) == (1, 30)


def test_the_day_of_arrival_told_later() -> None:
    """An assumed day gives way to the real one, and an answer that came first is after 0 days."""
    events = told((E.SENT, 1), (E.DELIVERED, 4), (E.ACCEPTED, 10))
    guess = Event(2, 1, E.SENT, events[1].on, "", arrived=DAY + dt.timedelta(days=6), note=ASSUMED)
    (held,) = rounds(FLAGS, [events[0], guess, *events[2:]])
    assert (held.days, held.assumed) == (6, False)
    (early,) = rounds(FLAGS, [events[0], guess, told((E.SENT, 1), (E.ACCEPTED, 2))[2]])
    assert (early.days, early.assumed) == (0, True)


def test_any_history_has_askings_in_order() -> None:
    """Of random events: numbered from 1 on, none answered before it was sent, the last as now."""
    chance = random.Random(11)
    for _ in range(800):
        events = history(chance)
        found, now = rounds(FLAGS, events), stand(FLAGS, events)
        assert [held.number for held in found] == list(range(1, len(found) + 1))
        assert all(held.days is None or held.days >= 0 for held in found)
        if now.running:
            assert (found[-1].number, found[-1].start) == (now.round, now.start)
            assert found[-1].answered is None


def test_a_trail_ends_where_the_correction_stands() -> None:
    """The last step of the trail is the standing itself, however the events were noted."""
    chance = random.Random(12)
    for _ in range(300):
        events = history(chance)
        last = trail(FLAGS, events)[-1][1]
        now = stand(FLAGS, events)
        assert (last.state, last.items, last.round) == (now.state, now.items, now.round)
