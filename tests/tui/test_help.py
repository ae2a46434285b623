"""Help: from everywhere, and back."""

from __future__ import annotations

from tests.tui.conftest import Wait
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens import help as help_screen
from tui.screens.help import HelpScreen
from tui.screens.home import HomeScreen


async def test_question_mark_and_escape(app: ChartmendApp, wait: Wait) -> None:
    """? opens it once, however often it is pressed; escape goes back to where one was."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("question_mark", "question_mark")
        await wait(pilot, lambda: "medical records" in text_of(app))
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))


def test_every_key_of_the_app_is_in_the_help() -> None:
    """A key that works everywhere stands on the page."""
    page = help_screen.text()
    for key in ("1 to 6", "Escape", "Ctrl+L", "Ctrl+Z", "Ctrl+P", "| ? |", "| t |", "| q |"):
        assert key in page
