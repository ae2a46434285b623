"""Notices of delay: only what every rule of a place allows puts the date of an answer off."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.actions.asking.test_letters import TODAY, asked, days, sent
from tests.actions.made import patient
from vault.actions import people, providers, requests
from vault.actions.asking.events import Told
from vault.actions.asking.letter_content import gather
from vault.actions.requests import RequestView, Sending, Wanted
from vault.actions.session import Session
from vault.law import say
from vault.model.asking_letters import LetterKind
from vault.model.requests import Channel, Detail, RequestEvent, RequestState
from vault.store import requests as store

E = RequestEvent


def delayed(
    s: Session, request: str, ago: int, until: dt.date, replaces: int | None = None
) -> None:
    """They told of a delay so many days ago, in writing and with a reason."""
    detail = Detail(until=until, reason="the archive is far away")
    requests.log(s, request, Told(E.EXTENDED, TODAY - days(ago), detail=detail, replaces=replaces))


def _view(s: Session, place: str) -> tuple[RequestView, dt.date]:
    """A request ten days old that was put off five days ago, and its date as it was before."""
    request = asked(s, place=place)
    sent(s, request, 10)
    before = requests.get(s, request, TODAY).due
    assert before is not None
    delayed(s, request, 5, before.on + days(25))
    return requests.get(s, request, TODAY), before.on


@pytest.mark.parametrize("place", ["us-ct", "us-mn", "us-ga"])
def test_a_state_that_knows_no_extension_is_not_put_off_by_hipaa(
    vault: Session, place: str
) -> None:
    """Both give 30 days; HIPAA lets them take 30 more, the state does not."""
    view, before = _view(vault, place)
    assert view.due is not None
    assert (view.due.on, view.due.rule.id) == (before, place)
    assert view.extension is not None
    assert not view.extension.lawful
    assert "the rule knows no extension" in view.extension.why
    assert view.standing.state is not RequestState.EXTENDED
    content = gather(vault.vault.read(), view, LetterKind.EXTENSION, TODAY)
    assert content.first_due is not None
    assert content.first_due.rule.id == place


def test_under_hipaa_alone_the_same_notice_is_lawful(vault: Session) -> None:
    """Where no state rule is recorded, the date moves."""
    view, before = _view(vault, "us")
    assert view.due is not None
    assert view.due.on == before + days(25)
    assert view.standing.state is RequestState.EXTENDED


def test_a_second_notice_leaves_the_date_the_first_one_gave(vault: Session) -> None:
    """It is refused with the date that holds, not with the one long past."""
    view, before = _view(vault, "us")
    holds = before + days(25)
    delayed(vault, view.request.id, 1, holds + days(9))
    after = requests.get(vault, view.request.id, TODAY)
    assert after.due is not None
    assert after.due.on == holds
    assert after.extension is not None
    assert (after.extension.lawful, after.extension.until) == (False, holds)
    assert f"{say.day(holds)} still holds" in after.extension.why


def test_a_notice_put_right_is_judged_in_its_own_place(vault: Session) -> None:
    """It takes the place of the wrong one, and is not a second one after it."""
    view, before = _view(vault, "us")
    wrong = view.request.events[-1].seq
    delayed(vault, view.request.id, 4, before + days(20), replaces=wrong)
    after = requests.get(vault, view.request.id, TODAY)
    assert after.request.events[-1].detail.lawful is True
    assert after.standing.state is RequestState.EXTENDED
    assert after.due is not None
    assert after.due.on == before + days(20)


def test_the_list_goes_by_the_law_of_the_dead_as_the_letters_do(vault: Session) -> None:
    """In the United Kingdom 40 days, not the month of data protection law."""
    person = patient(vault)
    people.edit(vault, person.id, people.Change(died_on=dt.date(2020, 5, 6)))
    holder = providers.add(vault, "Leeds Infirmary", jurisdiction="uk")
    day = TODAY - days(35)
    view = requests.new(vault, holder.id, person.id, Wanted())
    with vault.vault.write("test.sent") as db:
        event = Sending(day, Channel.FAX, day).event(view.request.events, E.SENT)
        store.append(db, view.request, event)
    view = requests.get(vault, view.request.id, TODAY)
    assert view.due is not None
    assert view.due.rule.id.startswith("uk-deceased")
    content = gather(vault.vault.read(), view, LetterKind.REMINDER, TODAY)
    assert content.due == view.due == replace(view.due, rule=content.law.rules[0])
