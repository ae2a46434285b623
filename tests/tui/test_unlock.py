"""The locked vault: what opens it, and what is said when it does not open."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.conftest import PASSPHRASE, Wait
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens.home import HomeScreen
from tui.screens.unlock import UnlockScreen
from vault.actions import session as sessions
from vault.store.kdf import CHEAPEST


@pytest.fixture
def code(folder: Path) -> str:
    """A closed vault; its recovery code."""
    made, code = sessions.make_vault(folder, PASSPHRASE, profile=CHEAPEST)
    made.close()
    return code


def _close(app: ChartmendApp) -> None:
    if app.session is not None:
        app.session.close()


@pytest.mark.usefixtures("code")
async def test_the_passphrase_opens_the_vault(folder: Path, wait: Wait) -> None:
    """Typed and entered, it leads home; it never stands on the screen."""
    app = ChartmendApp(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, UnlockScreen))
        app.screen.query_one("#passphrase", Input).value = PASSPHRASE
        await pilot.pause()
        assert PASSPHRASE not in text_of(app)
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert app.session is not None
    _close(app)


@pytest.mark.usefixtures("code")
async def test_a_wrong_passphrase_is_said_and_can_be_typed_again(folder: Path, wait: Wait) -> None:
    """The line is emptied, the vault stays closed, keys of the open vault do nothing."""
    app = ChartmendApp(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, UnlockScreen))
        line = app.screen.query_one("#passphrase", Input)
        line.value = "wrong"
        await pilot.click("#unlock")
        await wait(pilot, lambda: "does not open" in text_of(app))
        assert line.value == ""
        assert app.session is None
        app.screen.set_focus(None)
        await pilot.press("2", "question_mark", "ctrl+p", "ctrl+l")
        await pilot.pause()
        assert isinstance(app.screen, UnlockScreen)
        assert app.is_running


@pytest.mark.usefixtures("session")
async def test_a_vault_that_is_open_elsewhere_is_said_so(folder: Path, wait: Wait) -> None:
    """Another writer is named plainly, and one can try again."""
    app = ChartmendApp(folder, passphrase=PASSPHRASE)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: "open for writing" in " ".join(text_of(app).split()))
        assert "Close it, then try again" in text_of(app)


@pytest.mark.usefixtures("code")
async def test_a_given_passphrase_is_tried_by_itself(folder: Path, wait: Wait) -> None:
    """No key is needed where the passphrase came with the call."""
    app = ChartmendApp(folder, passphrase=PASSPHRASE)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
    _close(app)


async def test_the_recovery_code_opens_it_and_sets_a_new_passphrase(
    folder: Path, code: str, wait: Wait
) -> None:
    """With the code and a new passphrase twice the vault opens, and the new one is its own."""
    app = ChartmendApp(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, UnlockScreen))
        await pilot.press("f2")
        await wait(pilot, lambda: app.screen.query("#code"))
        app.screen.query_one("#code", Input).value = code
        app.screen.query_one("#first", Input).value = "new words for it all"
        app.screen.query_one("#second", Input).value = "other words"
        await pilot.click("#save")
        await wait(pilot, lambda: "differ" in text_of(app))
        app.screen.query_one("#second", Input).value = "new words for it all"
        app.screen.query_one("#second").focus()
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
    _close(app)
    secret = sessions.Secret(passphrase="new words for it all")
    sessions.unlock(folder, secret, write=False).close()
