"""The ways to a correction's own screen, and the figures over all that were sent."""

from __future__ import annotations

import datetime as dt

import pytest
from textual.widgets import Footer, OptionList

from tests.tui.conftest import Wait
from tests.tui.correcting import flat, now, opened, reply, sent
from tests.tui.made import scan
from tests.tui.screen import lines_of, text_of
from tui.app import ChartmendApp
from tui.screens import figures
from tui.screens.amending_dialog import AmendingDialog
from tui.screens.correction import CorrectionScreen
from tui.screens.corrections import CorrectionsScreen
from tui.screens.dates import DatesScreen
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.records import RecordsScreen
from tui.shell import Place
from vault import dates
from vault.actions import corrections, people, providers
from vault.actions.correcting import statistics
from vault.actions.correcting.events import Told
from vault.actions.correcting.statistics import Count, Days, Statistics
from vault.actions.session import Session
from vault.model.corrections import CorrectionEvent, ItemState
from vault.model.requests import Detail

SMALL = (80, 24)


def _shows(app: ChartmendApp, correction: str) -> bool:
    screen = app.screen
    return isinstance(screen, CorrectionScreen) and screen.chosen == correction


async def test_home_and_dates_lead_to_the_corrections_own_screen(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """Enter on what is overdue shows all of it, from either list."""
    made = sent(session, 1, days=90)
    app.today = dates.today
    async with app.run_test(size=SMALL) as pilot:
        await wait(pilot, lambda: "! Correction" in text_of(app))
        matters = app.screen.query_one("#matters", OptionList)
        rows = [line for line in lines_of(app) if line.startswith(("! ", "  Correction"))]
        assert rows[0].startswith("! Correction")
        matters.highlighted = 0
        await pilot.press("enter")
        await wait(pilot, lambda: _shows(app, made.correction.id))
        await pilot.press("escape")
        await pilot.press("d")
        await wait(pilot, lambda: isinstance(app.screen, DatesScreen))
        await wait(pilot, lambda: "correction, Elm Street" in flat(app))
        await pilot.press("enter")
        await wait(pilot, lambda: _shows(app, made.correction.id))


async def test_a_record_that_may_be_the_fresh_copy_leads_there(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """The list of records says so below such a record, and below no other."""
    made = sent(session, 1)
    corrections.tell(session, made.correction.id, Told(CorrectionEvent.ACCEPTED, dates.today()))
    (person,), (provider,) = people.every(session), providers.every(session)
    copy = scan(session, "amended.pdf", ["born 1961"], person=person, provider=provider)
    async with app.run_test(size=SMALL) as pilot:
        await wait(pilot, lambda: "may be the fresh copy" in flat(app))
        app.go(Place.RECORDS, made.flags[0].finding.record)
        await wait(pilot, lambda: isinstance(app.screen, RecordsScreen))
        await wait(pilot, lambda: made.flags[0].finding.record in text_of(app))
        assert "may be the fresh copy" not in flat(app)
        await pilot.press("c")
        assert isinstance(app.screen, RecordsScreen)
        app.go(Place.RECORDS, copy.id)
        await wait(pilot, lambda: "copy a correction waits for: press c." in flat(app))
        await pilot.press("c")
        await wait(pilot, lambda: _shows(app, made.correction.id))


async def test_what_was_denied_can_be_accepted_after_all(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """With nothing else unanswered, the list says it so, and the item follows."""
    made = sent(session, 1)
    denied = Told(CorrectionEvent.DENIED, dates.today(), detail=Detail(reason="it is right"))
    corrections.tell(session, made.correction.id, denied)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        await pilot.press("t")
        await reply(app, pilot, wait, "accept after all")
        await wait(pilot, lambda: isinstance(app.screen, AmendingDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: isinstance(app.screen, NoticeDialog))
        await pilot.press("enter", "escape")
        await wait(pilot, lambda: app.screen is not screen or ' accepted: "1916"' in text_of(app))
    assert list(now(session, made).standing.items.values()) == [ItemState.ACCEPTED]


async def test_all_keys_fit_where_a_copy_can_be_compared(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """The key for copies is one more than before the answer; nothing is cut off."""
    made = sent(session, 1)
    corrections.tell(session, made.correction.id, Told(CorrectionEvent.ACCEPTED, dates.today()))
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        await wait(pilot, lambda: "c Copy" in lines_of(app)[-1])
        assert screen.query_one(Footer).max_scroll_x == 0


async def test_the_list_says_first_what_presses(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """A long name cuts off no lateness; f tells the figures in sentences."""
    sent(session, 2, days=90)
    app.today = dates.today
    async with app.run_test(size=SMALL) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.go(Place.CORRECTIONS)
        await wait(pilot, lambda: "overdue, sent, no answer yet: Elm" in text_of(app))
        assert "Enter shows all of it." in text_of(app)
        await pilot.press("f")
        await wait(pilot, lambda: isinstance(app.screen, NoticeDialog))
        assert "You sent 1 correction of 2 errors." in flat(app)
        assert "90 days" in flat(app)
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, CorrectionsScreen))


def _found(items: Count, days: Days | None = None) -> Statistics:
    return Statistics(2, 0, items, days, None, (items,), (), ())


@pytest.mark.parametrize("many", [1, 4, 5])
def test_few_are_said_as_counts_alone(many: int) -> None:
    """A share of fewer than five has no percentage; of five it has."""
    told = figures.sentences(_found(Count("all", many, many, many)))[1]
    assert f"accepted {many} of {many}" in told
    assert ("%" in told) == (many >= statistics.FEW)


def test_nothing_is_divided_where_nothing_was_sent_or_answered(session: Session) -> None:
    """Each sentence stands only where there is something to say."""
    assert figures.sentences(statistics.of(session, dt.date(2026, 1, 1))) == (
        "No correction has been sent yet.",
        "",
    )
    assert figures.sentences(_found(Count("all", 3))) == (
        "You sent 2 corrections of 3 errors.",
        "They answered 0 of 3.",
    )


def test_how_long_answers_took_is_said_with_what_is_assumed() -> None:
    """The middle and the longest of several, one alone as it was."""
    several = _found(Count("all", 3, 3), Days(3, 20.5, 22.0, 40, 1))
    assert "20.5 days in the middle, 40 at the longest." in figures.sentences(several)[1]
    assert "assumed for 1 of 3." in figures.sentences(several)[1]
    one = _found(Count("all", 3, 3), Days(1, 9, 9.0, 9, 1))
    assert (
        "Their answer took 9 days. The day of arrival is assumed for it."
        in (figures.sentences(one)[1])
    )
