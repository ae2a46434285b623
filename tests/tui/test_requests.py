"""Requests: asking for records and noting what was sent, with the day an answer is due."""

from __future__ import annotations

import datetime as dt

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, TextArea

from tests.tui.conftest import TODAY, Wait
from tests.tui.made import hospital, patient
from tests.tui.requesting import choose
from tests.tui.screen import HOSTILE, assert_tame, text_of
from tui.app import ChartmendApp
from tui.screens.add_person import AddPersonDialog
from tui.screens.add_provider import AddProviderDialog
from tui.screens.choose_dialog import ChooseDialog
from tui.screens.event_dialog import EventDialog
from tui.screens.request import RequestScreen
from tui.screens.request_dialog import RequestDialog
from tui.screens.requests import RequestsScreen
from tui.screens.review_dialog import ReviewedDialog
from tui.screens.sent_dialog import RequestSentDialog
from tui.shell import Place
from vault import dates
from vault.actions import providers, requests
from vault.actions.asking.events import Told
from vault.actions.requests import RequestView, Sending, Wanted
from vault.actions.session import Session
from vault.model.record_types import RecordType
from vault.model.requests import Channel, RequestEvent, RequestState

SMALL, LARGE = (80, 24), (120, 40)


async def _open(
    app: ChartmendApp, pilot: Pilot[str], wait: Wait, chosen: str = ""
) -> RequestsScreen:
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    app.go(Place.REQUESTS, chosen)
    await wait(pilot, lambda: isinstance(app.screen, RequestsScreen))
    assert isinstance(app.screen, RequestsScreen)
    return app.screen


def _request(session: Session, name: str = "Elm Street Hospital") -> RequestView:
    person = patient(session)
    return requests.new(session, hospital(session, name).id, person.id, Wanted())


async def test_without_requests_the_next_step_is_said(app: ChartmendApp, wait: Wait) -> None:
    """An empty table would leave a person alone."""
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait)
        await wait(pilot, lambda: "Press n to ask" in text_of(app))


async def test_n_asks_first_for_what_a_request_needs(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """In a vault without anybody: whom to ask, whose records, then the request."""
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait)
        await pilot.press("n")
        await wait(pilot, lambda: isinstance(app.screen, AddProviderDialog))
        assert app.screen.query_one("#place", Input).value == "us"  # a place, not one rule's id
        app.screen.query_one("#name", Input).value = "Elm Street Hospital"
        app.screen.query_one("#name", Input).focus()
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, AddPersonDialog))
        app.screen.query_one("#name", Input).value = "Marian Voss"
        app.screen.query_one("#born", Input).value = "1961-03-14"
        app.screen.query_one("#born", Input).focus()
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, RequestDialog))
        app.screen.query_one("#what", Input).value = "laboratory results"
        app.screen.query_one("#from", Input).value = "2020-01-01"
        app.screen.query_one("#from", Input).focus()
        await pilot.press("enter")
        await wait(pilot, lambda: app.screen is screen and "Elm Street" in text_of(app))
        await wait(pilot, lambda: "lab results from 1 Jan 2020" in text_of(app))
    (made,) = requests.every(session, TODAY)
    assert made.request.what == (RecordType.LAB_RESULTS,)
    assert made.request.from_date == dt.date(2020, 1, 1)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("#from", "01/02/2020", "is not a date"),
        ("#what", "horoscopes", "Not a kind of record"),
        ("#to", "2020-02-30", "is not a date"),
    ],
)
async def test_what_makes_no_sense_is_said_in_the_form(
    app: ChartmendApp, wait: Wait, session: Session, field: str, typed: str, said: str
) -> None:
    """The form stays open with all that was typed, and nothing is kept."""
    patient(session)
    hospital(session)
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait)
        await pilot.press("n")
        await wait(pilot, lambda: isinstance(app.screen, RequestDialog))
        app.screen.query_one(field, Input).value = typed
        app.screen.query_one(field, Input).focus()
        await pilot.press("enter")
        await wait(pilot, lambda: said in " ".join(text_of(app).split()))
        assert app.screen.query_one(field, Input).value == typed
    assert requests.every(session, TODAY) == ()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_an_answer_has_a_next_step_until_it_is_noted(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """Home and the request say to look through what came; v notes it, and it is said no more."""
    made = _request(session)
    today = dates.today()
    requests.sent(session, made.request.id, Sending(today, Channel.MAIL))
    requests.log(session, made.request.id, Told(RequestEvent.RECEIVED, today))
    async with app.run_test(size=size) as pilot:
        await wait(pilot, lambda: "Elm Street Hospital has answered" in text_of(app))
        screen = await _open(app, pilot, wait, made.request.id)
        await wait(pilot, lambda: "Press v when you have" in " ".join(text_of(app).split()))
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, RequestScreen))
        await wait(pilot, lambda: "What happened" in text_of(app))
        await pilot.press("v")
        await wait(pilot, lambda: isinstance(app.screen, ReviewedDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "Closed: all is here" in text_of(app))
        await pilot.press("escape")
        await wait(pilot, lambda: app.screen is screen and "1 closed not shown" in text_of(app))
        await pilot.press("1")
        await wait(pilot, lambda: "Nothing needs your attention" in text_of(app))


async def test_a_request_taken_back_has_no_more_to_note(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """The form offers it; the closed request offers no key."""
    made = _request(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, made.request.id)
        await wait(pilot, lambda: "l Note" in text_of(app))
        await pilot.press("l")
        await wait(pilot, lambda: isinstance(app.screen, ChooseDialog))
        choose(app, RequestEvent.WITHDRAWN)
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, EventDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "1 closed" in text_of(app))
        await wait(pilot, lambda: "l Note" not in text_of(app))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_s_notes_the_sending_and_the_answer_gets_a_date(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """The date, its rule with citation, and how pressing it is; sent once, the key is gone."""
    made = _request(session)
    sent = dates.today() - dt.timedelta(days=60)
    async with app.run_test(size=size) as pilot:
        screen = await _open(app, pilot, wait, made.request.id)
        await wait(pilot, lambda: "s Sent" in text_of(app))
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, RequestSentDialog))
        app.screen.query_one("#on", Input).value = sent.isoformat()
        app.screen.query_one("#arrived", Input).value = sent.isoformat()
        app.screen.query_one("#arrived", Input).focus()
        await pilot.press("enter")
        await wait(pilot, lambda: app.screen is screen and "overdue" in text_of(app))
        await wait(pilot, lambda: "s Sent" not in text_of(app))
        flat = " ".join(text_of(app).split())
        assert "days after receipt" in flat
        assert "Tex. Health & Safety Code" in flat
    view = requests.get(session, made.request.id, TODAY)
    assert view.request.state is RequestState.SENT
    assert view.standing.start == sent


async def test_the_request_asked_for_is_under_the_cursor(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """Whoever comes from the home screen lands on the matter chosen there."""
    first = _request(session)
    requests.new(session, hospital(session, "Oak Lab").id, first.person.id, Wanted())
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, first.request.id)
        await wait(pilot, lambda: screen.query_one(DataTable).row_count == 2)
        await wait(pilot, lambda: screen.current and screen.current.request.id == first.request.id)
        assert "Asks for: all" in text_of(app)


async def test_hostile_names_are_only_names(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """In table, details and forms they are shown as typed, without control codes."""
    person = patient(session)
    for name in HOSTILE:
        made = requests.new(session, hospital(session, name).id, person.id, Wanted())
        requests.sent(session, made.request.id, Sending(dates.today(), Channel.MAIL))
    known = providers.every(session)
    async with app.run_test(size=LARGE) as pilot:
        screen = await _open(app, pilot, wait)
        await wait(pilot, lambda: all(p.name in text_of(app) for p in known))
        assert_tame(app)
        for row in range(1, len(HOSTILE) + 1):
            await pilot.click(DataTable, offset=(34, row))
            assert_tame(app)
        await pilot.press("n")
        await wait(pilot, lambda: isinstance(app.screen, RequestDialog))
        app.screen.query_one("#provider").focus()
        await pilot.press("enter")
        await wait(pilot, lambda: all(p.name in text_of(app) for p in known))
        assert_tame(app)
        await pilot.press("escape", "escape")
        await wait(pilot, lambda: app.screen is screen)
        assert app.is_running


async def test_an_unfinished_form_does_not_reach_another(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """What was typed about sending one request is kept for that request alone."""
    first = _request(session)
    second = requests.new(session, first.provider.id, first.person.id, Wanted())
    forms = [RequestSentDialog(v.request.id, "Elm", TODAY) for v in (first, second)]
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait)
        app.push_screen(forms[0])
        await wait(pilot, lambda: app.screen is forms[0] and forms[0].query("#on"))
        forms[0].query_one("#on", Input).value = "2026-11-01"
        kept = forms[0].draft()
        assert kept is not None
        assert kept[0] != forms[1].FORM
        assert not forms[0].query(TextArea)
