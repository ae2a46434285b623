"""The form for an error: what it begins with, and what of it reaches the letter."""

from __future__ import annotations

from functools import partial

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select, TextArea

from tests.tui.conftest import Wait
from tests.tui.made import scan, suspicion
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens.flag_dialog import FlagDialog
from tui.screens.review import ReviewScreen
from vault.actions import flags, records
from vault.actions.session import Session
from vault.model.flags import FlagState
from vault.model.reading import Picture, View
from vault.model.records import Record

SMALL = (80, 24)


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are grey here, so that no worker has to start."""

    def grey(_s: Session, _record: Record, view: View) -> Picture:
        return Picture(view.width, view.height, b"\xa0" * (view.width * view.height))

    monkeypatch.setattr(records, "draw", grey)


@pytest.fixture
def record(session: Session) -> Record:
    """A scanned page with a wrong date of birth."""
    return scan(session, "visit.pdf", ["Patient Marian Voss\nborn 3/14/1916"])


async def _open(app: ChartmendApp, pilot: Pilot[str], wait: Wait, record: Record) -> ReviewScreen:
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    app.open_record(record.id)
    await wait(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.sheet)
    assert isinstance(app.screen, ReviewScreen)
    return app.screen


def _asked(app: ChartmendApp) -> bool:
    return isinstance(app.screen, FlagDialog)


async def _answer(app: ChartmendApp, pilot: Pilot[str], field: str, text: str) -> None:
    app.screen.query_one(field, Input).value = text
    app.screen.query_one(field, Input).focus()
    await pilot.press("enter")


async def test_the_reason_of_a_suspicion_is_seen_and_can_be_changed(
    app: ChartmendApp, wait: Wait, session: Session, record: Record
) -> None:
    """What goes into the letter stands in the form; emptied, it does not come back unseen."""
    wrong = suspicion(session, record, 1, "3/14/1916")
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, record)
        await pilot.press("g", "c")
        await wait(pilot, partial(_asked, app))
        why = app.screen.query_one("#why", TextArea)
        assert why.text == wrong.finding.reason
        assert wrong.finding.reason in " ".join(text_of(app).split())
        why.text = ""
        await _answer(app, pilot, "#should", "3/14/1961")
        await wait(pilot, lambda: "Say how you know" in text_of(app))
        assert flags.get(session, wrong.id).state is FlagState.SUSPECTED
        why.text = "My passport\nsays so."
        await _answer(app, pilot, "#should", "3/14/1961")
        await wait(pilot, lambda: app.screen is screen and "confirmed" in text_of(app))
    assert flags.get(session, wrong.id).finding.reason == "My passport says so."


async def test_a_flag_begins_with_what_the_heading_says(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """Under a list of allergies an entry is about an allergy."""
    held = scan(session, "list.pdf", ["Allergies\nPenicillin, rash"])
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait, held)
        await pilot.press("j", "f")
        await wait(pilot, partial(_asked, app))
        assert app.screen.query_one("#subject", Select).value == "allergy"
