"""The life of a correction: every order of events leads somewhere that can be."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from vault.model import amending, hl7
from vault.model.amending import ASKED, COMPARED, RUNNING, Standing, stand
from vault.model.corrections import ENDS, CorrectionEvent, CorrectionState, ItemState
from vault.model.requests import Detail, Event, WaitingOn

_E, _S, _I = CorrectionEvent, CorrectionState, ItemState
FLAGS = ("flag_a", "flag_b", "flag_c")
DAY = dt.date(2026, 3, 2)


def happened(*kinds: CorrectionEvent, **detail: object) -> list[Event]:
    """One event of each kind, a day apart; `detail` is that of the last."""
    said = Detail(**detail)  # type: ignore[arg-type]
    return [
        Event(
            n,
            1,
            kind,
            DAY + dt.timedelta(days=n),
            "",
            detail=said if n == len(kinds) else Detail(),
        )
        for n, kind in enumerate(kinds, 1)
    ]


def after(*kinds: CorrectionEvent, flags: tuple[str, ...] = FLAGS, **detail: object) -> Standing:
    """Where a correction stands after one event of each kind."""
    return stand(flags, happened(*kinds, **detail))


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Any events about any items in any order of days, some of them putting others right."""
    made: list[Event] = [Event(1, 1, _E.DRAFTED, DAY, "")]
    for seq in range(2, draw(st.integers(2, 14))):
        kind = draw(st.sampled_from(list(_E)))
        items = tuple(draw(st.lists(st.sampled_from(FLAGS), max_size=2, unique=True)))
        detail = Detail(
            items=items,
            lawful=draw(st.none() | st.booleans()),
            record=draw(st.sampled_from(("", "rec_1", "rec_2"))),
            outcome=draw(st.sampled_from(("", "nonsense", *(o.value for o in COMPARED)))),
        )
        made.append(
            Event(
                seq=seq,
                round=draw(st.integers(1, 3)),
                kind=kind,
                on=DAY + dt.timedelta(days=draw(st.integers(0, 200))),
                at="",
                arrived=draw(st.none() | st.just(DAY)),
                item=draw(st.sampled_from(("", "", *FLAGS))),
                detail=detail,
                replaces=draw(st.sampled_from((None, None, None, *range(2, seq)))),
            )
        )
    return made


def possible(s: Standing) -> bool:
    """Whether a standing is one that can be."""
    live = {state for state in s.items.values() if state not in ENDS}
    if s.state is _S.CLOSED:
        return not live and s.waiting_on is WaitingOn.NOBODY
    if s.state in (_S.DRAFT, _S.READY):
        untouched = set(s.items.values()) <= {_I.OPEN, _I.WITHDRAWN}
        return untouched and bool(live) and s.waiting_on is WaitingOn.ME
    if s.start is None or not live or s.waiting_on is WaitingOn.NOBODY:
        return False
    return {
        _S.ACCEPTED: _I.ACCEPTED in live and live == {_I.ACCEPTED},
        _S.PARTIAL: _I.ACCEPTED in live and bool(live & {_I.DENIED, _I.DISPUTED}),
        _S.VERIFYING: bool(live & {_I.ACCEPTED, _I.UNCHANGED}),
        _S.DENIED: _I.DENIED in live and not live & {_I.ACCEPTED, _I.UNCHANGED},
        _S.DISAGREEMENT_LOGGED: live == {_I.DISPUTED},
    }.get(s.state, _I.OPEN in live)


@settings(max_examples=600, deadline=None)
@given(histories())
def test_no_order_of_events_leads_to_what_cannot_be(events: list[Event]) -> None:
    """Each prefix of every history stands in a state that its items and its clock allow."""
    for n in range(len(events) + 1):
        standing = stand(FLAGS, events[:n])
        assert possible(standing), standing
        assert (standing.state in RUNNING) == (_I.OPEN in standing.items.values()) or (
            standing.state in (_S.DRAFT, _S.READY)
        )
        assert hl7.code(standing)
        assert set(standing.items) == set(FLAGS)


@settings(max_examples=300, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_noting_changes_nothing(events: list[Event], chance: object) -> None:
    """A standing is told from the days, so the same rows read in another order tell the same."""
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert stand(FLAGS, shuffled) == stand(FLAGS, events)


def test_to_the_fresh_copy() -> None:
    """Sent, in review, accepted, a copy ordered and received, compared: fixed closes it."""
    path = [_E.DRAFTED, _E.READY, _E.SENT, _E.IN_REVIEW, _E.ACCEPTED, _E.COPY_ORDERED]
    states = [after(*path[: n + 1]).state for n in range(len(path))]
    assert states == [
        _S.DRAFT, _S.READY, _S.SENT, _S.IN_REVIEW, _S.ACCEPTED, _S.VERIFYING,
    ]  # fmt: skip
    assert after(*path).waiting_on is WaitingOn.PROVIDER
    came = after(*path, _E.COPY_RECEIVED, record="rec_9")
    assert (came.state, came.waiting_on, came.copies) == (_S.VERIFYING, WaitingOn.ME, ("rec_9",))
    fixed = after(*path, _E.COPY_RECEIVED, _E.COMPARED, outcome="fixed")
    assert (fixed.state, hl7.code(fixed)) == (_S.CLOSED, "amendment-completed")
    assert set(fixed.items.values()) == {_I.FIXED}


def test_unchanged_is_no_end() -> None:
    """A copy that says the same as before leaves it open: a reminder and a complaint follow."""
    path = (_E.DRAFTED, _E.SENT, _E.ACCEPTED, _E.COPY_RECEIVED, _E.COMPARED)
    same = after(*path, outcome="unchanged")
    assert (same.state, same.waiting_on) == (_S.VERIFYING, WaitingOn.ME)
    assert after(*path[:-1], _E.REMINDED).waiting_on is WaitingOn.PROVIDER
    assert after(*path[:-1], _E.COMPLAINED).waiting_on is WaitingOn.REGULATOR


def test_denied_then_disagreed() -> None:
    """A statement of disagreement is logged, a rebuttal noted, and it ends when it is attached."""
    path = [_E.DRAFTED, _E.SENT, _E.DENIED]
    assert (after(*path).state, after(*path).waiting_on) == (_S.DENIED, WaitingOn.ME)
    filed = after(*path, _E.DISAGREEMENT)
    assert (filed.state, hl7.code(filed)) == (_S.DISAGREEMENT_LOGGED, "disagreement-logged")
    answered = after(*path, _E.DISAGREEMENT, _E.REBUTTAL)
    assert hl7.code(answered) == "inform-rebuttal-option"
    ended = after(*path, _E.DISAGREEMENT, _E.ATTACHED)
    assert ended.state is _S.CLOSED
    assert set(ended.items.values()) == {_I.DISAGREEMENT_ON_FILE}


def test_more_evidence_is_a_new_round() -> None:
    """Sending again after a denial asks for the denied items anew, with a clock of its own."""
    events = happened(_E.DRAFTED, _E.SENT, _E.DENIED, _E.SENT)
    again = stand(FLAGS, events)
    assert (again.state, again.round, again.start) == (_S.SENT, 2, events[-1].on)
    assert set(again.items.values()) == {_I.OPEN}


def test_partly() -> None:
    """One item denied and the others accepted is partial; each goes its own way from there."""
    some = stand(
        FLAGS,
        [
            *happened(_E.DRAFTED, _E.SENT, _E.DENIED, items=("flag_a",)),
            Event(4, 1, _E.ACCEPTED, DAY + dt.timedelta(days=5), ""),
        ],
    )
    assert (some.state, hl7.code(some)) == (_S.PARTIAL, "partial-accept")
    assert list(some.items.values()) == [_I.DENIED, _I.ACCEPTED, _I.ACCEPTED]


def test_nothing_before_the_sending() -> None:
    """What only a provider that was asked can do moves nothing before the request was sent."""
    for kind in set(_E) - {_E.READY, _E.SENT, _E.CLOSED, _E.WITHDRAWN}:
        assert after(_E.DRAFTED, kind).state is _S.DRAFT
        assert amending.allowed(kind, _S.SENT) == (kind not in {
            _E.DRAFTED, _E.READY, _E.FORM_CHECKED, _E.REOPENED,
        })  # fmt: skip
    assert {s for s in _S if amending.allowed(_E.ACCEPTED, s)} == ASKED


def test_reopened_as_it_was() -> None:
    """A withdrawn correction that is opened again stands where it stood."""
    path = (_E.DRAFTED, _E.SENT, _E.IN_REVIEW)
    again = after(*path, _E.WITHDRAWN, _E.REOPENED)
    assert (again.state, again.items) == (after(*path).state, after(*path).items)
