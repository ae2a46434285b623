"""What came: which request a record answers is suggested with the reasons, and decided by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from textual.pilot import Pilot
from textual.widgets import Checkbox, Select

from tests.tui.conftest import Wait
from tests.tui.made import hospital, patient, scan
from tests.tui.requesting import chosen, on, opened
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens.came import CameScreen
from tui.screens.came_dialog import AnswerDialog
from tui.screens.requests import RequestsScreen
from tui.screens.review import ReviewScreen
from tui.shell import Place
from vault import dates
from vault.actions import requests
from vault.actions.asking import matching
from vault.actions.requests import RequestView, Sending, Wanted
from vault.actions.session import Session
from vault.model.record_types import RecordType
from vault.model.requests import Channel, ItemAnswer, RequestState

SMALL, LARGE = (80, 24), (120, 40)
BOTH = (RecordType.LAB_RESULTS, RecordType.IMAGES)


@pytest.fixture
def sent(session: Session) -> RequestView:
    """A request for two kinds of records that was sent five days ago."""
    made = requests.new(session, hospital(session).id, patient(session).id, Wanted(BOTH))
    before = dates.today() - dt.timedelta(days=5)
    return requests.sent(session, made.request.id, Sending(before, Channel.FAX, arrived=before))


async def _came(app: ChartmendApp, pilot: Pilot[str], wait: Wait) -> CameScreen:
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    app.go(Place.REQUESTS)
    await wait(pilot, lambda: isinstance(app.screen, RequestsScreen))
    await wait(pilot, lambda: "press c" in text_of(app))
    await pilot.press("c")
    await wait(pilot, lambda: isinstance(app.screen, CameScreen))
    assert isinstance(app.screen, CameScreen)
    return app.screen


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_record_is_taken_as_the_answer_to_one_item(
    app: ChartmendApp, wait: Wait, session: Session, sent: RequestView, size: tuple[int, int]
) -> None:
    """Home says that something came; the reasons stand below it; only a part came of one item."""
    record = scan(session, "labs.pdf", ["lab results"], person=sent.person, provider=sent.provider)
    async with app.run_test(size=size) as pilot:
        await wait(pilot, lambda: "may answer a request" in " ".join(text_of(app).split()))
        screen = await _came(app, pilot, wait)
        await wait(pilot, lambda: "it came from Elm Street" in " ".join(text_of(app).split()))
        await pilot.press("enter")
        await chosen(app, pilot, wait, sent.request.id)
        await wait(pilot, lambda: isinstance(app.screen, AnswerDialog))
        app.screen.query_one("#item0", Checkbox).value = True
        app.screen.query_one("#part", Select).value = "part"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "Nothing waits here" in text_of(app))
    held = requests.get(session, sent.request.id, dates.today())
    assert held.request.state is RequestState.UNDER_REVIEW
    assert [*held.standing.answers.values()] == [ItemAnswer.PARTIAL, ItemAnswer.ASKED]
    assert matching.arrivals(session) == ()
    assert record.id == held.request.events[-1].detail.record


async def test_what_answers_nothing_is_said_to_be_so_and_can_be_looked_at(
    app: ChartmendApp, wait: Wait, session: Session, sent: RequestView
) -> None:
    """It is not suggested again; before that, its pages can be read from the same list."""
    scan(session, "bill.pdf", ["a bill"], person=sent.person, provider=sent.provider)
    async with app.run_test(size=SMALL) as pilot:
        screen = await _came(app, pilot, wait)
        await pilot.press("enter")
        await chosen(app, pilot, wait, "look")
        await wait(pilot, lambda: isinstance(app.screen, ReviewScreen))
        await pilot.press("escape")
        await wait(pilot, lambda: app.screen is screen)
        await pilot.press("enter")
        await chosen(app, pilot, wait, "-")
        await wait(pilot, lambda: app.screen is screen and "Nothing waits here" in text_of(app))
    assert requests.get(session, sent.request.id, dates.today()).request.state is RequestState.SENT


async def test_what_came_stands_with_its_request(
    app: ChartmendApp, wait: Wait, session: Session, sent: RequestView
) -> None:
    """On the request, c says what it answers; the record then stands below its item."""
    scan(session, "labs.pdf", ["lab results"], person=sent.person, provider=sent.provider)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, sent.request.id)
        await wait(pilot, lambda: "Came, and answers nothing yet" in text_of(app))
        await pilot.press("c")
        await chosen(app, pilot, wait, sent.request.id)
        await wait(pilot, lambda: isinstance(app.screen, AnswerDialog))
        for name in ("#item0", "#item1"):
            app.screen.query_one(name, Checkbox).value = True
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "lab results  received" in text_of(app))
        on(screen, "     labs.pdf")
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, ReviewScreen))
