"""A fresh copy in the app: what it seems to show, and the person's word on it."""

from __future__ import annotations

import datetime as dt

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer

from tests.tui.conftest import Wait
from tests.tui.made import hospital, patient, scan
from tests.tui.screen import assert_tame, lines_of, text_of
from tui.app import ChartmendApp
from tui.screens.compare import CompareScreen
from tui.screens.review import ReviewScreen
from tui.widgets.dialogs import ConfirmDialog, ErrorDialog
from vault.actions import corrections, flags, records
from vault.actions.correcting.events import Told
from vault.actions.flags import Wrong
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.model.corrections import CorrectionEvent, CorrectionState, ItemState
from vault.model.reading import Picture, View
from vault.model.requests import Channel

SENT = dt.date(2026, 3, 2)
TODAY = dt.date(2026, 11, 23)
NOTE = """Office Visit of [bold]March
Complaint: pain in the left knee since the fall in May
Medication: Metformin 500 mg twice daily with meals
Plan: physical therapy, return in six weeks"""


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    def grey(_s: Session, _record: object, view: View) -> Picture:
        return Picture(view.width, view.height, b"\xa0" * (view.width * view.height))

    monkeypatch.setattr(records, "draw", grey)


def _accepted(s: Session) -> tuple[str, str]:
    """A correction of two items that was accepted, and a copy with one of them put right."""
    who, where = patient(s), hospital(s)
    old = scan(s, "old.pdf", [NOTE], person=who, provider=where)
    chosen = [
        flags.add(s, old.id, 1, "Metformin 500 mg", Wrong("Metformin 850 mg")).id,
        flags.add(s, old.id, 1, "left knee", Wrong("right knee")).id,
    ]
    cor = corrections.new(s, chosen).correction.id
    corrections.sent(s, cor, Sending(SENT, Channel.FAX, SENT))
    corrections.tell(s, cor, Told(CorrectionEvent.ACCEPTED, SENT))
    copy = scan(s, "new.pdf", ["Cover", NOTE.replace("500", "850")], person=who, provider=where)
    return cor, copy.id


async def _against_the_suggestion(app: ChartmendApp, pilot: Pilot[str], wait: Wait) -> None:
    """Say another thing than is suggested, and think better of it when asked."""
    await pilot.press("f")
    await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog))
    await pilot.press("n")
    await wait(pilot, lambda: isinstance(app.screen, CompareScreen))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_from_the_suggestion_to_the_end_of_an_item(
    app: ChartmendApp, session: Session, wait: Wait, size: tuple[int, int]
) -> None:
    """Both passages are shown; f takes the suggestion, another word is asked about first."""
    cor, copy = _accepted(session)

    def states() -> list[ItemState]:
        return [i.state for i in corrections.get(session, cor, TODAY).correction.items]

    async with app.run_test(size=size) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.push_screen(CompareScreen(cor, copy))
        await wait(pilot, lambda: "It seems to be fixed" in text_of(app))
        await wait(pilot, lambda: "In the fresh copy: new.pdf, page 2" in text_of(app))
        assert "As it was: old.pdf, page 1" in text_of(app)
        assert "Statement there" not in lines_of(app)[-1]
        assert app.screen.query_one(Footer).max_scroll_x == 0
        assert_tame(app)
        assert states() == [ItemState.ACCEPTED, ItemState.ACCEPTED]
        await pilot.press("f")
        await wait(pilot, lambda: states()[0] is ItemState.FIXED)
        assert corrections.get(session, cor, TODAY).standing.copies == (copy,)
        await wait(pilot, lambda: "Fixed. " in text_of(app))
        await pilot.press("down")
        await wait(pilot, lambda: "still says the same" in text_of(app))
        await _against_the_suggestion(app, pilot, wait)
        assert states()[1] is ItemState.ACCEPTED
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("y")
        await wait(pilot, lambda: states()[1] is ItemState.UNCHANGED)
        view = corrections.get(session, cor, TODAY)
        assert view.correction.state is CorrectionState.VERIFYING
        await pilot.press("o")
        await wait(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.sheet)


async def test_another_persons_record_is_refused_with_a_sentence(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """The dialog says why, and nothing is noted."""
    cor, _copy = _accepted(session)
    tobias = scan(session, "t.pdf", [NOTE], person=patient(session, "Tobias Voss"))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.push_screen(CompareScreen(cor, tobias.id))
        await wait(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "another person" in text_of(app)
    assert corrections.get(session, cor, TODAY).standing.copies == ()
