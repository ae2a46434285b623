"""How a provider wants to be asked: statements, calls, and what does not fit."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.made import hospital, patient
from vault import dates
from vault.actions import process, requests
from vault.actions.process import Said, Talk
from vault.actions.requests import Wanted
from vault.actions.session import Session
from vault.errors import NotFound, Refused, UsageError
from vault.model.statements import StatementSource, Topic

DAY = dt.date(2026, 3, 2)


def test_two_that_disagree_are_both_shown_until_one_is_withdrawn(vault: Session) -> None:
    """The form asks for a notary, the telephone does not: both stay, and the law is named."""
    held = hospital(vault)
    form = process.say(vault, held.id, Said(Topic.NOTARY, "required", StatementSource.FORM, on=DAY))
    phone = process.say(vault, held.id, Said(Topic.NOTARY, "Not required", by="Ann", on=DAY))
    found = process.of(vault, held.id)
    (apart,) = found.apart
    assert {apart.one.id, apart.other.id} == {form.id, phone.id}
    (against,) = found.against
    assert against.statement.id == form.id
    assert "164.524" in against.floor.cite
    gone = process.unsay(vault, form.id)
    assert gone.withdrawn_on == dates.today()
    now = process.of(vault, held.id)
    assert (now.apart, now.against, len(now.statements)) == ((), (), 2)
    with pytest.raises(Refused, match="already"):
        process.unsay(vault, form.id)
    with pytest.raises(NotFound):
        process.unsay(vault, "stm_zzz")


def test_the_law_itself_is_not_held_against_the_law(vault: Session) -> None:
    """A statement that quotes a law is no demand of the provider."""
    held = hospital(vault)
    process.say(vault, held.id, Said(Topic.TURNAROUND, "60 days", StatementSource.LAW))
    assert process.of(vault, held.id).against == ()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Said(Topic.NOTARY, "perhaps"), "notary cannot be"),
        (Said(Topic.CHANNEL, "pigeon"), "channel cannot be"),
        (Said(Topic.FEE, " "), "say what the fee is"),
        (Said(Topic.FEE, "1", on=dates.today() + dt.timedelta(days=2)), "lies ahead"),
    ],
)
def test_a_word_the_topic_does_not_take_is_refused(vault: Session, said: Said, why: str) -> None:
    """The sentence names what it could be; nothing is kept."""
    held = hospital(vault)
    with pytest.raises(UsageError, match=why):
        process.say(vault, held.id, said)
    assert process.of(vault, held.id).statements == ()


def test_a_call_makes_statements(vault: Session) -> None:
    """Who, their number, the request it was about, and what it told, all in one."""
    held, person = hospital(vault), patient(vault)
    asked = requests.new(vault, held.id, person.id, Wanted()).request.id
    talk = Talk("They send a form.\x1b[31m", "Ann Poe", "C-77", DAY, asked[:9])
    call, made = process.call(
        vault, held.id, talk, [(Topic.FORM, "own form required"), (Topic.FEE, "6.50")]
    )
    assert call.said == "They send a form.[31m"
    assert (call.request, call.confirmation, call.on) == (asked, "C-77", DAY)
    assert [(s.value, s.source, s.said_by, s.on, s.call) for s in made] == [
        ("own_form_required", StatementSource.PHONE, "Ann Poe", DAY, call.id),
        ("6.50", StatementSource.PHONE, "Ann Poe", DAY, call.id),
    ]
    found = process.of(vault, held.id)
    assert found.calls == (call,)
    assert found.statements == made


def test_a_call_with_a_wrong_part_keeps_nothing(vault: Session) -> None:
    """No words, another provider's request, or a wrong value: no call and no statement."""
    held, other = hospital(vault), hospital(vault, "Oak")
    asked = requests.new(vault, other.id, patient(vault).id, Wanted()).request.id
    for talk, topics in (
        (Talk(" "), []),
        (Talk("yes", request=asked), []),
        (Talk("yes"), [(Topic.FEE, "free"), (Topic.NOTARY, "maybe")]),
    ):
        with pytest.raises(UsageError):
            process.call(vault, held.id, talk, topics)
    found = process.of(vault, held.id)
    assert (found.calls, found.statements) == ((), ())
