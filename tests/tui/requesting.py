"""What tests of requests in the app share."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.tui.conftest import Wait
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens.choose_dialog import ChooseDialog
from tui.screens.request import RequestScreen


def choose(app: ChartmendApp, value: str) -> None:
    """Put the cursor of the list to choose from on a value."""
    dialog = app.screen
    assert isinstance(dialog, ChooseDialog)
    values = [choice.value for choice in dialog.choices]
    assert value in values, (value, values)
    dialog.query_one("#choices", OptionList).highlighted = values.index(value)


async def chosen(app: ChartmendApp, pilot: Pilot[str], wait: Wait, value: str) -> None:
    """Wait for a list to choose from, and take a value of it."""
    await wait(pilot, lambda: isinstance(app.screen, ChooseDialog) and app.screen.is_attached)
    choose(app, value)
    await pilot.press("enter")


async def opened(app: ChartmendApp, pilot: Pilot[str], wait: Wait, request: str) -> RequestScreen:
    """The screen of a request."""
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    screen = RequestScreen(request)
    app.push_screen(screen)
    await wait(pilot, lambda: app.screen is screen and "What happened" in text_of(app))
    return screen


def on(screen: RequestScreen, words: str) -> None:
    """Put the cursor on the first line that holds words."""
    parts = screen.query_one("#parts", OptionList)
    prompts = [str(parts.get_option_at_index(i).prompt) for i in range(parts.option_count)]
    parts.highlighted = next(i for i, text in enumerate(prompts) if words in text)
