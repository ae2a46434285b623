"""One correction in the app: what to do next, what became of each item, and putting it right."""

from __future__ import annotations

import pytest
from textual.widgets import Checkbox, Footer, Select

from tests.tui.conftest import Wait
from tests.tui.correcting import flat, now, opened, reply, sent
from tests.tui.screen import lines_of
from tui.app import ChartmendApp
from tui.screens.answer_flow import PartlyDialog
from tui.screens.notice_dialog import NoticeDialog
from vault.actions.session import Session
from vault.model.corrections import CorrectionState, ItemState

SMALL, LARGE = (80, 24), (120, 40)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_top_says_what_to_do_by_when_and_by_which_rule(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """The step, the day with its citation, whose turn it is, and each item with its words."""
    made = sent(session)
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        assert "Next: " in flat(app)
        assert "45 CFR 164.526" in flat(app)
        assert "It is their turn." in flat(app)
        assert 'no answer yet: "1916" should say "1961"' in flat(app)
        assert "visit.pdf, page 1" in flat(app)
        assert screen.query_one(Footer).max_scroll_x == 0
        assert "Esc Back" in lines_of(app)[-1]


async def test_a_partial_answer_is_noted_item_by_item(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """One item ticked, the other denied on a ground of the law; both stand at once."""
    made = sent(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        await pilot.press("t")
        await reply(app, pilot, wait, "accept a part")
        await wait(pilot, lambda: isinstance(app.screen, PartlyDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "tick those they accept" in flat(app).lower())
        app.screen.query_one("#item0", Checkbox).value = True
        grounds = [value for _, value in app.screen.query_one("#ground", Select)._options]
        assert len(grounds) == 7  # not known, none, the four of the law, another
        app.screen.query_one("#ground", Select).value = grounds[-2]
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: isinstance(app.screen, NoticeDialog))
        assert "accepted a part and denied the rest" in flat(app)
        await pilot.press("enter")
        await wait(pilot, lambda: app.screen is screen)
    view = now(session, made)
    assert view.correction.state is CorrectionState.PARTIAL
    assert list(view.standing.items.values()) == [ItemState.ACCEPTED, ItemState.DENIED]
    assert view.correction.events[-1].detail.ground == grounds[-2]
