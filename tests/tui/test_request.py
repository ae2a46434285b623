"""One request in the app: what to do next, what happened, and putting it right."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from textual.widgets import Checkbox, Footer, Input, Select, TextArea

from tests.tui.conftest import Wait
from tests.tui.made import hospital, patient
from tests.tui.requesting import chosen, on, opened
from tests.tui.screen import HOSTILE, assert_tame, lines_of, text_of
from tui.app import ChartmendApp
from tui.screens import event_words
from tui.screens.event_dialog import About, EventDialog
from tui.screens.item_dialog import ItemCameDialog, ItemDialog
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.reminder_dialog import ReminderDialog
from tui.screens.request import RequestScreen
from tui.screens.request_dialog import RequestDialog
from tui.screens.review_dialog import ReviewedDialog
from tui.screens.sent_dialog import RequestSentDialog
from vault import dates
from vault.actions import providers, requests
from vault.actions.asking import reminders
from vault.actions.asking.events import Told
from vault.actions.requests import RequestView, Sending, Wanted
from vault.actions.session import Session
from vault.model.record_types import RecordType
from vault.model.requests import Channel, Detail, ItemAnswer, Outcome, RequestEvent, RequestState

SMALL, LARGE = (80, 24), (120, 40)
BOTH = (RecordType.LAB_RESULTS, RecordType.IMAGES)


def _flat(app: ChartmendApp) -> str:
    return " ".join(text_of(app).split())


def _asked(session: Session, what: tuple[RecordType, ...] = BOTH) -> RequestView:
    return requests.new(session, hospital(session).id, patient(session).id, Wanted(what))


def _sent(session: Session, days: int = 5) -> RequestView:
    made = _asked(session)
    on_ = dates.today() - dt.timedelta(days=days)
    return requests.sent(session, made.request.id, Sending(on_, Channel.FAX, arrived=on_))


def _now(session: Session, view: RequestView) -> RequestView:
    return requests.get(session, view.request.id, dates.today())


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_top_says_what_to_do_by_when_and_by_which_rule(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """The step, the day with its citation, how sure that is, and each item's state."""
    made = _sent(session)
    requests.log(session, made.request.id, Told(RequestEvent.ID_ASKED, dates.today()))
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, wait, made.request.id)
        assert "Next: They want proof of identity" in _flat(app)
        assert "Tex. Health & Safety Code" in _flat(app)
        assert "check the current text" in _flat(app)
        assert "lab results asked: nothing has come" in _flat(app)
        assert "they want proof of identity" in _flat(app)
        assert app.screen.query_one(Footer).max_scroll_x == 0
        assert "Esc Back" in lines_of(app)[-1]


async def test_an_unsent_request_can_be_changed_item_by_item(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """One item gets dates of its own, one is added, one goes; all keys fit on the bottom line."""
    made = _asked(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.request.id)
        assert screen.query_one(Footer).max_scroll_x == 0
        await pilot.press("e")
        await wait(pilot, lambda: isinstance(app.screen, ItemDialog))
        app.screen.query_one("#from", Input).value = "2020-01-01"
        app.screen.query_one("#fallback", Input).value = "paper"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "lab results from 2020-01-01" in text_of(app))
        await pilot.press("a")
        await wait(pilot, lambda: isinstance(app.screen, ItemDialog))
        app.screen.query_one("#type", Select).value = RecordType.BILLING.value
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "billing" in text_of(app))
        on(screen, "images")
        await pilot.press("x")
        await pilot.press("y")
        await wait(pilot, lambda: app.screen is screen and "images" not in text_of(app))
    items = _now(session, made).request.items
    assert [i.type for i in items] == [RecordType.LAB_RESULTS, RecordType.BILLING]
    assert (items[0].from_date, items[0].fallback) == (dt.date(2020, 1, 1), "paper")
    assert items[1].from_date is None


async def test_changing_the_terms_leaves_what_is_an_items_own(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """Limit, currency and format are set for the request; the dates of one item stay."""
    made = _asked(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.request.id)
        on(screen, "Records of")
        await pilot.press("e")
        await wait(pilot, lambda: isinstance(app.screen, RequestDialog))
        app.screen.query_one("#limit", Input).value = "25.00"
        app.screen.query_one("#format", Input).value = "PDF"
        app.screen.query_one("#sensitive", Input).value = "HIV, mental health"
        app.screen.query_one("#third", TextArea).text = "Dr. Ada Quill\n4 Pier Road"
        app.screen.query_one("#inspect", Checkbox).value = True
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "25.00 USD" in text_of(app))
    held = _now(session, made).request
    assert held.sensitive == ("HIV", "mental health")
    assert held.third_party == ("Dr. Ada Quill", "4 Pier Road")
    assert held.inspect
    assert [i.format for i in held.items] == ["PDF", "PDF"]


async def test_a_notice_of_delay_is_judged_at_once(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """Without a reason it is none, and the screen says so with the rule."""
    made = _sent(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.request.id)
        await pilot.press("l")
        await chosen(app, pilot, wait, RequestEvent.EXTENDED)
        await wait(pilot, lambda: isinstance(app.screen, EventDialog))
        ahead = dates.today() + dt.timedelta(days=20)
        app.screen.query_one("#until", Input).value = ahead.isoformat()
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: isinstance(app.screen, NoticeDialog))
        await wait(pilot, lambda: "They may not take longer" in text_of(app))
        await pilot.press("enter")
        await wait(pilot, lambda: app.screen is screen and "! not lawful" in text_of(app))


async def test_an_event_is_put_right_and_later_ones_stay(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """A fee noted with a wrong sum; what came after it is as it was."""
    made = _sent(session)
    fee = Detail(amount=Decimal(90), currency="USD")
    requests.log(session, made.request.id, Told(RequestEvent.FEE_QUOTED, dates.today(), "", fee))
    requests.log(session, made.request.id, Told(RequestEvent.FEE_DISPUTED, dates.today()))
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.request.id)
        on(screen, "they named a fee")
        await pilot.press("e")
        await chosen(app, pilot, wait, RequestEvent.FEE_QUOTED)
        await wait(pilot, lambda: isinstance(app.screen, EventDialog))
        assert app.screen.query_one("#amount", Input).value == "90"
        app.screen.query_one("#amount", Input).value = "ninety"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "Not an amount" in text_of(app))
        app.screen.query_one("#amount", Input).value = "9.50"
        app.screen.query_one("#lines", TextArea).text = "copying=9.50/25"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "puts 3 right" in text_of(app))
    view = _now(session, made)
    right = view.request.events[-1]
    assert (right.replaces, right.detail.amount) == (3, Decimal("9.50"))
    assert right.detail.lines[0].pages == 25
    assert view.request.events[3].kind == RequestEvent.FEE_DISPUTED
    assert view.request.state is RequestState.ACKNOWLEDGED


async def test_the_day_it_was_sent_can_be_put_right(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """The clock then runs from the day it truly arrived."""
    made = _sent(session)
    before = dates.today() - dt.timedelta(days=9)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.request.id)
        on(screen, "sent: by fax")
        await pilot.press("e")
        await wait(pilot, lambda: isinstance(app.screen, RequestSentDialog))
        for name in ("#on", "#arrived"):
            app.screen.query_one(name, Input).value = before.isoformat()
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "puts 2 right" in text_of(app))
    assert _now(session, made).standing.start == before


async def test_somebody_else_holds_them_and_that_one_is_asked(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """The request to the one they named is begun and shown; the old one says so."""
    made = _sent(session)
    other = hospital(session, "Oak Lab")
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot, wait, made.request.id)
        await pilot.press("l")
        await chosen(app, pilot, wait, RequestEvent.REDIRECTED)
        await wait(pilot, lambda: isinstance(app.screen, EventDialog))
        app.screen.query_one("#to", Select).value = other.id
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "Oak Lab: records of" in text_of(app))
        assert "Follows from the request to Elm Street" in _flat(app)
        assert isinstance(app.screen, RequestScreen)
    assert _now(session, made).request.outcome == Outcome.SUPERSEDED


@pytest.mark.parametrize(
    ("kind", "field", "typed", "said"),
    [
        (RequestEvent.PROMISED, "#until", "", "the day they promised is missing"),
        (RequestEvent.ACKNOWLEDGED, "#on", "1999-01-01", "cannot have happened"),
        (RequestEvent.CALL, "#on", "2999-01-01", "lies ahead"),
        (RequestEvent.RECEIVED, "#pages", "many", "pages are a number"),
        (RequestEvent.FEE_QUOTED, "#amount", "-3", "not an amount"),
    ],
)
async def test_what_cannot_have_happened_is_said_in_the_form(
    app: ChartmendApp,
    wait: Wait,
    session: Session,
    kind: RequestEvent,
    field: str,
    typed: str,
    said: str,
) -> None:
    """The form stays open with what was typed, and nothing is kept."""
    made = _sent(session)
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot, wait, made.request.id)
        await pilot.press("l")
        await chosen(app, pilot, wait, kind)
        await wait(pilot, lambda: isinstance(app.screen, EventDialog))
        app.screen.query_one(field, Input).value = typed
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: said in _flat(app).lower() or said in _flat(app))
        assert app.screen.query_one(field, Input).value == typed
    assert len(_now(session, made).request.events) == 2


async def test_every_kind_of_event_opens_a_form_that_fits(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """On a small terminal each form shows its buttons, and only fields of its own."""
    made = _sent(session)
    hospital(session, "Oak Lab")
    about = About(made, providers.every(session), dates.today())
    async with app.run_test(size=SMALL) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        for _title, kinds in event_words.GROUPS:
            for kind in kinds:
                app.push_screen(EventDialog(about, kind))
                await wait(pilot, lambda: "Save (Ctrl+S)" in text_of(app))
                await pilot.press("escape")
                await wait(pilot, lambda: not isinstance(app.screen, EventDialog))


async def test_gaps_are_marked_accepted_and_the_request_opened_again(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """One item lacks: gaps are open; accepted, it is closed with that; then it is open again."""
    made = _sent(session)
    first = made.request.items[0].id
    came = Told(RequestEvent.RECEIVED, dates.today(), detail=Detail(items=(first,)))
    requests.log(session, made.request.id, came)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.request.id)
        await pilot.press("v")
        await wait(pilot, lambda: isinstance(app.screen, ReviewedDialog))
        assert app.screen.query_one("#gap1", Checkbox).value is True
        assert app.screen.query_one("#gap0", Checkbox).value is False
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "Something is missing" in _flat(app))
        assert _now(session, made).request.state is RequestState.GAPS_OPEN
        assert screen.query_one(Footer).max_scroll_x == 0
        await pilot.press("v")
        await wait(pilot, lambda: isinstance(app.screen, ReviewedDialog))
        app.screen.query_one("#accept", Checkbox).value = True
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "Closed: not all is here" in _flat(app))
        await pilot.press("l")
        await chosen(app, pilot, wait, RequestEvent.REOPENED)
        await wait(pilot, lambda: isinstance(app.screen, EventDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "Closed:" not in text_of(app))
    view = _now(session, made)
    assert view.standing.open
    assert view.standing.answers[first] is ItemAnswer.RECEIVED


async def test_what_was_promised_and_came_is_said_of_an_item(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """After the sending an item keeps what it asks for; what came of it can be told."""
    made = _sent(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.request.id)
        on(screen, "images")
        await pilot.press("e")
        await wait(pilot, lambda: isinstance(app.screen, ItemCameDialog))
        app.screen.query_one("#promised", Input).value = "a disc"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "promised: a disc" in text_of(app))


async def test_a_reminder_is_set_and_done(app: ChartmendApp, wait: Wait, session: Session) -> None:
    """It stands with the request until it is done."""
    made = _sent(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.request.id)
        await pilot.press("m")
        await wait(pilot, lambda: isinstance(app.screen, ReminderDialog))
        app.screen.query_one("#text", Input).value = "call the records office"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and bool(reminders.every(session)))
        await wait(pilot, lambda: screen.held and screen.held.reminders)
        on(screen, "call the records office")
        await pilot.pause()
        await pilot.press("d")
        await wait(pilot, lambda: not reminders.every(session))


async def test_hostile_words_are_only_words(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """In the lists, at the foot and in every form they are shown as typed, without codes."""
    person = patient(session)
    whom = hospital(session, HOSTILE[0])
    wanted = Wanted(BOTH, facility=HOSTILE[1], format=HOSTILE[2], sensitive=HOSTILE)
    made = requests.new(session, whom.id, person.id, wanted)
    requests.sent(session, made.request.id, Sending(dates.today(), Channel.FAX))
    for words in HOSTILE:
        detail = Detail(reason=words, number=words, until=dates.today())
        requests.log(
            session, made.request.id, Told(RequestEvent.EXTENDED, dates.today(), words, detail)
        )
    async with app.run_test(size=LARGE) as pilot:
        screen = await opened(app, pilot, wait, made.request.id)
        parts = screen.query_one("#parts")
        for _ in range(25):
            await pilot.press("down")
            assert_tame(app)
        assert parts.has_focus
        await pilot.press("e")
        await pilot.pause()
        assert_tame(app)
