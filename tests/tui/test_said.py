"""They said something: the guided dialog, its law, the letter that answers it; money and dates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest
from textual.widgets import Footer, Input, TextArea

from tests.tui.conftest import Wait
from tests.tui.made import hospital, patient
from tests.tui.requesting import chosen, on, opened
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens.choose_dialog import ChooseDialog
from tui.screens.dates import DatesScreen
from tui.screens.fees import FeesScreen
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.request import RequestScreen
from tui.screens.request_letter import RequestLetterScreen
from tui.screens.requests import RequestsScreen
from tui.screens.said_flow import SaidDialog
from tui.shell import Place
from tui.widgets.dialogs import AskDialog, ConfirmDialog
from vault import dates
from vault.actions import requests
from vault.actions.asking import reminders, said
from vault.actions.asking.replies import REPLIES
from vault.actions.requests import RequestView, Sending, Wanted
from vault.actions.session import Session
from vault.model.dues import DueKind
from vault.model.requests import Channel, RequestEvent

SMALL, LARGE = (80, 24), (120, 40)
LATE = 40


def _flat(app: ChartmendApp) -> str:
    return " ".join(text_of(app).split())


@pytest.fixture
def sent(session: Session, app: ChartmendApp) -> RequestView:
    """A request that was sent, and is overdue."""
    app.today = dates.today
    made = requests.new(session, hospital(session).id, patient(session).id, Wanted())
    before = dates.today() - dt.timedelta(days=LATE)
    return requests.sent(session, made.request.id, Sending(before, Channel.FAX, arrived=before))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_reply_is_noted_explained_and_answered(
    app: ChartmendApp, wait: Wait, session: Session, sent: RequestView, size: tuple[int, int]
) -> None:
    """They insist on a notary: what the law says, with its source, and the letter against it."""
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot, wait, sent.request.id)
        assert screen.query_one(Footer).max_scroll_x == 0
        await pilot.press("t")
        await chosen(app, pilot, wait, "wants_notary")
        await wait(pilot, lambda: isinstance(app.screen, SaidDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: isinstance(app.screen, NoticeDialog))
        assert "Noted: they have a question" in text_of(app)
        assert "164.524" in text_of(app)
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, ChooseDialog))
        assert "Answer that no notary" in text_of(app)
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, RequestLetterScreen))
        await wait(pilot, lambda: "No notary to Elm Street" in text_of(app))
    held = requests.get(session, sent.request.id, dates.today())
    assert held.request.events[-1].kind == RequestEvent.CLARIFICATION_ASKED


async def test_a_price_is_held_against_the_law_and_stands_with_the_money(  # noqa: PLR0915 - whole
    app: ChartmendApp, wait: Wait, session: Session, sent: RequestView
) -> None:
    """A wrong sum is said in the form; the finding stands under Money with its source."""
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, sent.request.id)
        await pilot.press("t")
        price = next(r for r in REPLIES if r.event is RequestEvent.FEE_QUOTED)
        await chosen(app, pilot, wait, price.id)
        await wait(pilot, lambda: isinstance(app.screen, SaidDialog))
        at = {q.key: f"#q{i}" for i, q in enumerate(price.questions)}
        app.screen.query_one(at["amount"], Input).value = "much"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "Not an amount" in text_of(app))
        app.screen.query_one(at["amount"], Input).value = "325.00"
        if "lines" in at:
            app.screen.query_one(at["lines"], TextArea).text = "retrieval=300.00\ncopying=25.00/50"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: isinstance(app.screen, NoticeDialog))
        await pilot.press("enter")
        await wait(pilot, lambda: app.screen is screen or isinstance(app.screen, ChooseDialog))
        if isinstance(app.screen, ChooseDialog):
            await chosen(app, pilot, wait, "later")
        await wait(pilot, lambda: app.screen is screen and screen.held)
        await wait(pilot, lambda: screen.held and screen.held.fees and screen.held.fees.entries)
        on(screen, "they named a fee, USD")
        await wait(pilot, lambda: "! " in text_of(app))
        app.push_screen(FeesScreen())
        await wait(pilot, lambda: "still open USD 325.00" in _flat(app))
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, RequestScreen))
    (held,) = session.vault.read().execute("SELECT count(*) FROM event").fetchone()
    assert held == 3
    last = requests.get(session, sent.request.id, dates.today()).request.events[-1]
    assert last.detail.amount == Decimal("325.00")


async def test_every_reply_opens_a_form_that_fits(
    app: ChartmendApp, wait: Wait, session: Session, sent: RequestView
) -> None:
    """On a small terminal each form shows its buttons."""
    _view, found = said.fitting(session, sent.request.id, dates.today())
    async with app.run_test(size=SMALL) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        for reply in found:
            app.push_screen(SaidDialog(sent, reply, (), dates.today()))
            await wait(pilot, lambda: "Save (Ctrl+S)" in text_of(app))
            await pilot.press("escape")
            await wait(pilot, lambda: not isinstance(app.screen, SaidDialog))


async def test_all_dates_stand_in_one_list_and_go_into_a_calendar(
    app: ChartmendApp, wait: Wait, session: Session, sent: RequestView, tmp_path: Path
) -> None:
    """Answer and reminder with their kinds; the file names nobody; a reminder is done there."""
    reminders.add(session, "call the records office", dates.today())
    target = tmp_path / "dates.ics"
    async with app.run_test(size=SMALL) as pilot:
        await wait(pilot, lambda: "call the records office" in text_of(app))
        await pilot.press("d")
        await wait(pilot, lambda: isinstance(app.screen, DatesScreen))
        await wait(pilot, lambda: "answer due" in text_of(app))
        assert "call the records" in text_of(app)
        assert app.screen.query_one(Footer).max_scroll_x == 0
        await pilot.press("x")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = str(target)
        await pilot.press("enter")
        await wait(pilot, target.exists)
        await wait(pilot, lambda: isinstance(app.screen, DatesScreen))
        await pilot.press("down")
        screen = app.screen
        assert isinstance(screen, DatesScreen)
        await wait(pilot, lambda: screen.current and screen.current.kind is DueKind.REMINDER)
        await pilot.press("d")
        await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("y")
        await wait(pilot, lambda: not reminders.every(session))
    assert b"Elm Street" not in target.read_bytes()
    assert b"BEGIN:VEVENT" in target.read_bytes()
    assert sent.request.id


async def test_marked_requests_become_one_pack(
    app: ChartmendApp, wait: Wait, session: Session, tmp_path: Path
) -> None:
    """Two of three requests are marked, and their letters written as one PDF."""
    person = patient(session)
    for name in ("Elm Street Hospital", "Oak Lab", "Quay Clinic"):
        requests.new(session, hospital(session, name).id, person.id, Wanted())
    target = tmp_path / "pack.pdf"
    async with app.run_test(size=SMALL) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.go(Place.REQUESTS)
        await wait(pilot, lambda: isinstance(app.screen, RequestsScreen))
        await wait(pilot, lambda: "Quay Clinic" in text_of(app))
        await pilot.press("space", "down", "space")
        await wait(pilot, lambda: "2 marked" in text_of(app))
        assert "x Quay Clinic" in text_of(app)
        await pilot.press("k")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = str(target)
        await pilot.press("enter")
        await wait(pilot, target.exists)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(target).pages)
    assert "Oak Lab" in text
    assert "Quay Clinic" in text
    assert "Elm Street" not in text
