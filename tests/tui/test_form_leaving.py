"""Forms keep what was typed from being lost, and say only what is still so."""

from __future__ import annotations

from textual.widgets import Input, TextArea

from tests.tui.conftest import Wait
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens.home import HomeScreen
from tui.screens.tell_dialog import TellDialog
from vault.actions import people
from vault.actions.session import Session

ASKED = "Escape again leaves without saving"


async def test_escape_leaves_a_form_with_words_only_the_second_time(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """An empty form goes at once; typing on takes the question back."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("w")
        await wait(pilot, lambda: app.screen.query("#born") and app.focused)
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("w")
        await wait(pilot, lambda: app.screen.query("#born") and app.focused)
        app.screen.query_one("#name", Input).focus()
        await pilot.press("I", "escape")
        await wait(pilot, lambda: ASKED in text_of(app))
        await pilot.press("d")
        await wait(pilot, lambda: ASKED not in text_of(app))
        await pilot.press("escape")
        await wait(pilot, lambda: ASKED in text_of(app))
        assert app.screen.query_one("#name", Input).value == "Id"
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert not people.every(session)


async def test_a_field_of_many_lines_is_saved_by_the_key_on_the_button(
    app: ChartmendApp, wait: Wait
) -> None:
    """Enter makes a line there; Ctrl+S does what the button does, and stands on it."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        form = TellDialog("Elm", ("flag_none",))
        await app.push_screen(form)
        form.query_one(TextArea).focus()
        await pilot.press("a", "enter", "b")
        assert form.query_one(TextArea).text == "a\nb"
        assert "Make the correction (Ctrl+S)" in text_of(app)
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "flag_none" in text_of(app))


async def test_a_refusal_goes_when_the_words_are_mended(app: ChartmendApp, wait: Wait) -> None:
    """The sentence about a date stands until a field is changed."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("w")
        await wait(pilot, lambda: app.screen.query("#born") and app.focused)
        app.screen.query_one("#name", Input).value = "Ida"
        app.screen.query_one("#born", Input).value = "1961-13-40"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "not a date" in text_of(app))
        app.screen.query_one("#born", Input).focus()
        await pilot.press("backspace")
        await wait(pilot, lambda: "not a date" not in text_of(app))


async def test_a_wrong_passphrase_is_told_until_the_next_is_begun(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """The sentence outlasts the emptying of the line."""
    session.close()
    locked = ChartmendApp(app.folder, passphrase="wrong")
    async with locked.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: "does not open this vault" in " ".join(text_of(locked).split()))
        await pilot.press("x")
        await wait(pilot, lambda: "does not open" not in text_of(locked))
