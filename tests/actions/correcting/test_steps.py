"""Every standing a correction can reach has a next step, in plain words without commands."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.test_amending import FLAGS, happened, histories
from vault.actions.correcting import days, steps
from vault.actions.corrections import CorrectionView
from vault.law import book
from vault.model.amending import Standing, stand
from vault.model.corrections import (
    Correction,
    CorrectionEvent,
    CorrectionItem,
    CorrectionState,
    ItemState,
    Recipient,
    RecipientState,
)
from vault.model.dues import DueKind
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.requests import Detail, Event, Urgency, WaitingOn

E, S, R = CorrectionEvent, CorrectionState, RecipientState
PERSON = Person("per_1", "Marian Voss", dt.date(1961, 3, 14))
PROVIDER = Provider("prov_1", "Elm Street Hospital", jurisdiction="us-tx")
TODAY = dt.date(2026, 7, 1)
COMMAND = re.compile(r"chartmend|--|\b(press|key|type|run)\b|\bCOR\b|\bFLAG\b", re.I)


def seen(
    standing: Standing, urgency: Urgency = Urgency.OK, told: tuple[RecipientState, ...] = ()
) -> CorrectionView:
    """A correction that stands so, with one recipient in each of these states."""
    named = tuple(
        Recipient(f"told_{n}", "cor_1", f"Dr. {state.value}", "", state=state, on=TODAY)
        for n, state in enumerate(told)
    )
    correction = Correction(
        id="cor_1",
        person=PERSON.id,
        provider=PROVIDER.id,
        items=tuple(CorrectionItem(f, i) for f, i in standing.items.items()),
        made_at="",
        recipients=named,
        state=standing.state,
        waiting_on=standing.waiting_on,
        events=standing.events,
    )
    return CorrectionView(correction, PERSON, PROVIDER, (), standing, None, None, urgency)


def after(*kinds: CorrectionEvent, **detail: object) -> Standing:
    """Where a correction of three items stands after these; `detail` is that of the last."""
    return stand(FLAGS, happened(*kinds, **detail))


@settings(max_examples=150, deadline=None)
@given(
    histories(),
    st.sampled_from(list(Urgency)),
    st.lists(st.sampled_from(list(R)), max_size=3).map(tuple),
)
def test_every_standing_has_a_step(
    events: list[Event], urgency: Urgency, told: tuple[RecipientState, ...]
) -> None:
    """A sentence for each that any history reaches, whoever is waited on; none names a command."""
    for n in range(len(events) + 1):
        view = seen(stand(FLAGS, events[:n]), urgency, told)
        said = steps.next_step(view)
        assert said
        assert said == said.strip()
        assert not COMMAND.search(said), said
        command = steps.command(view)
        assert command == "" or re.match(r"chartmend correction [a-z]+ .*cor_1", command)
        if view.standing.state is not S.CLOSED:
            assert command
        for day in days.of(view, TODAY, book.builtin()):
            assert not COMMAND.search(day.said)
        assert isinstance(steps.mine(view), bool)


@settings(max_examples=80, deadline=None)
@given(histories())
def test_no_two_dates_of_a_correction_are_the_same_entry(events: list[Event]) -> None:
    """Kind and id tell them apart, so that each keeps its place in a calendar."""
    found = days.of(seen(stand(FLAGS, events), told=(R.TOLD, R.TO_TELL)), TODAY, book.builtin())
    keys = [(d.kind, d.id) for d in found]
    assert len(keys) == len(set(keys))


@settings(max_examples=80, deadline=None)
@given(histories())
def test_what_waits_for_the_person_is_theirs(events: list[Event]) -> None:
    """Whatever stands with the person to do is told as theirs, a closed correction never is."""
    view = seen(stand(FLAGS, events))
    if view.standing.open and view.correction.waiting_on is WaitingOn.ME:
        assert steps.mine(view)
    if not view.standing.open:
        assert not steps.mine(view)


@pytest.mark.parametrize(
    ("path", "detail", "words"),
    [
        ((E.DRAFTED,), {}, "not sent yet"),
        ((E.DRAFTED, E.READY), {}, "ready to be sent"),
        ((E.DRAFTED, E.SENT), {}, "wait for their answer"),
        ((E.DRAFTED, E.SENT, E.IN_REVIEW), {}, "looking at it"),
        ((E.DRAFTED, E.SENT, E.INFO_ASKED), {}, "answer them"),
        ((E.DRAFTED, E.SENT, E.EXTENDED), {"lawful": True}, "took more time"),
        ((E.DRAFTED, E.SENT, E.COMPLAINED), {}, "with the authority"),
        ((E.DRAFTED, E.SENT, E.ACCEPTED), {}, "say who is to be told of it, and order"),
        (
            (E.DRAFTED, E.SENT, E.ACCEPTED),
            {"items": FLAGS[:1]},
            "wait for their answer on the rest",
        ),
        ((E.DRAFTED, E.SENT, E.ACCEPTED, E.COPY_ORDERED), {}, "on its way"),
        ((E.DRAFTED, E.SENT, E.ACCEPTED, E.COPY_RECEIVED), {"record": "rec_1"}, "is here: compare"),
        ((E.DRAFTED, E.SENT, E.DENIED), {}, "see whether their reason counts"),
        ((E.DRAFTED, E.SENT, E.DENIED, E.COMPLAINED), {}, "refused; your complaint"),
        ((E.DRAFTED, E.SENT, E.DENIED, E.DISAGREEMENT), {}, "your disagreement is filed"),
        ((E.DRAFTED, E.SENT, E.DENIED, E.DISAGREEMENT, E.REBUTTAL), {}, "answered your statement"),
        ((E.DRAFTED, E.SENT, E.DENIED, E.DISAGREEMENT, E.ATTACHED), {}, "nothing more to do"),
        ((E.DRAFTED, E.WITHDRAWN), {}, "closed (withdrawn)"),
    ],
)
def test_the_step_of_each_standing(
    path: tuple[CorrectionEvent, ...], detail: dict[str, object], words: str
) -> None:
    """Each stage of the way says what is next there."""
    assert words in steps.next_step(seen(after(*path, **detail)))


def test_an_unchanged_copy_leads_to_a_reminder_and_then_a_complaint() -> None:
    """Reminded once; where the next copy says the same again, a complaint."""
    day = dt.date(2026, 3, 2)
    same = Detail(outcome="unchanged")

    def event(n: int, kind: CorrectionEvent, detail: Detail | None = None) -> Event:
        return Event(n, 1, kind, day + dt.timedelta(days=n), "", detail=detail or Detail())

    path = [
        event(1, E.DRAFTED), event(2, E.SENT), event(3, E.REMINDED), event(4, E.ACCEPTED),
        event(5, E.COPY_RECEIVED), event(6, E.COMPARED, same), event(7, E.REMINDED),
        event(8, E.COPY_RECEIVED), event(9, E.COMPARED, same), event(10, E.COMPLAINED),
    ]  # fmt: skip
    told = [steps.next_step(seen(stand(FLAGS, path[:n]))) for n in range(6, 11)]
    words = ("remind them", "order another", "order another", "complain", "with the authority")
    for said, word in zip(told, words, strict=True):
        assert word in said, said
    found = days.of(seen(stand(FLAGS, path[:7])), TODAY, book.builtin())
    assert DueKind.FOLLOW_UP in {d.kind for d in found}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (R.TO_TELL, "see to it that Dr. to_tell is told"),
        (R.TOLD, "Dr. told was told"),
        (R.UNCHANGED, "write to them"),
        (R.CHANGED, "nothing more to do"),
        (R.NOT_TOLD, "nothing more to do"),
        (R.GIVEN_UP, "nothing more to do"),
    ],
)
def test_after_the_end_the_recipients_are_left(state: RecipientState, words: str) -> None:
    """A correction that was carried out is over when all who are to be told have put it right."""
    done = after(E.DRAFTED, E.SENT, E.ACCEPTED, E.COMPARED, outcome="fixed")
    assert done.state is S.CLOSED
    assert words in steps.next_step(seen(done, told=(state,)))
    refused = after(E.DRAFTED, E.SENT, E.DENIED, E.CLOSED)
    assert ItemState.DENIED_ACCEPTED in refused.items.values()
    if state is R.TO_TELL:
        assert "nothing more to do" in steps.next_step(seen(refused, told=(state,)))
