"""Dialogs: what they say, and what they answer by key and by click."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App
from textual.widgets import Input

import tui
from tests.tui.screen import HOSTILE, assert_tame, text_of
from tui.widgets.dialogs import (
    AskDialog,
    ConfirmDialog,
    ErrorDialog,
    as_sentence,
    hint_of,
    said_of,
)
from vault.errors import BadDate, Damaged, TooNew, UsageError, VaultError, WorkerFailed
from vault.safetext import safe_line


class Plain(App[None]):
    """An app that shows one dialog and notes its answer."""

    CSS_PATH = Path(tui.__file__).with_name("app.tcss")
    answer: object = "none yet"

    def note(self, answer: object) -> None:
        """Keep the answer."""
        self.answer = answer


def test_sentences() -> None:
    """A clause gets its capital letter and its full stop, a question keeps its mark."""
    assert as_sentence("the date lies ahead") == "The date lies ahead."
    assert as_sentence("Sure?") == "Sure?"
    assert as_sentence("  ") == ""


@pytest.mark.parametrize(("key", "answer"), [("y", True), ("n", False), ("escape", False)])
async def test_confirm_by_key(key: str, answer: bool) -> None:
    """Y is yes; n and escape are no."""
    app = Plain()
    async with app.run_test() as pilot:
        app.push_screen(ConfirmDialog("Sure?"), app.note)
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        assert app.answer is answer


@pytest.mark.parametrize(("button", "answer"), [("#yes", True), ("#no", False)])
async def test_confirm_by_click(button: str, answer: bool) -> None:
    """The buttons say the same as the keys."""
    app = Plain()
    async with app.run_test() as pilot:
        app.push_screen(ConfirmDialog("Sure?", "It cannot be undone."), app.note)
        await pilot.pause()
        assert await pilot.click(button)
        await pilot.pause()
        assert app.answer is answer


async def test_ask_gives_the_line_or_nothing() -> None:
    """Enter gives what was typed, escape gives None."""
    app = Plain()
    async with app.run_test() as pilot:
        app.push_screen(AskDialog("Where?", value="a"), app.note)
        await pilot.pause()
        app.screen.query_one(Input).value = "there"
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer == "there"
        app.push_screen(AskDialog("Where?"), app.note)
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert app.answer is None


async def test_a_password_is_not_shown() -> None:
    """What is typed into a secret line is not on the screen."""
    app = Plain()
    async with app.run_test() as pilot:
        app.push_screen(AskDialog("Password?", password=True))
        await pilot.pause()
        await pilot.press(*"swordfish")
        await pilot.pause()
        assert "swordfish" not in text_of(app)


async def test_error_says_sentence_and_hint() -> None:
    """Both are on the screen, and enter closes the dialog."""
    app = Plain()
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ErrorDialog.of(UsageError("the day lies ahead", "wait for it")), app.note)
        await pilot.pause()
        assert "The day lies ahead." in text_of(app)
        assert "Wait for it." in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer is None


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (UsageError("it failed", 'chartmend provider add "NAME"'), ""),
        (UsageError("it failed"), ""),
        (UsageError("it failed", "name one with --person PER"), ""),
        (UsageError("it failed", "look, then: chartmend flag list"), ""),
        (BadDate("x"), "Write it as YYYY-MM-DD."),
        (WorkerFailed("it ended"), "Try it once more."),
        (Damaged("it is not as it was"), "Keep the folder as it is."),
        (TooNew(9, 1), "Use a newer chartmend; nothing was changed."),
    ],
)
def test_no_commands_are_told_in_the_app(error: VaultError, hint: str) -> None:
    """Advice for the command line is left out or put into other words."""
    assert hint_of(error) == hint
    assert said_of(error) == f"{as_sentence(error.sentence)} {hint}".strip()
    assert ErrorDialog.of(error).hint == hint


@pytest.mark.parametrize("text", HOSTILE)
async def test_foreign_text_is_only_text(text: str) -> None:
    """Markup in a question or an error is shown as it is; nothing of it acts."""
    shown = safe_line(text)
    app = Plain()
    async with app.run_test(size=(80, 24)) as pilot:
        for dialog in (
            ErrorDialog(shown, shown),
            ConfirmDialog(shown, shown, yes=shown),
            AskDialog(shown, detail=shown, value=shown),
        ):
            await app.push_screen(dialog)
            await pilot.pause()
            assert shown[:8] in text_of(app)
            assert_tame(app)
            await pilot.press("escape")
            await pilot.pause()
        assert app.is_running
