"""The clipboard is filled by a key alone, and emptied after a while, on locking and on leaving."""

from __future__ import annotations

import base64

import pytest
from textual.widgets import Input

from tests.tui.conftest import PASSPHRASE, Wait
from tui import clipboard
from tui.app import ChartmendApp
from tui.screens.home import HomeScreen
from tui.screens.unlock import UnlockScreen

EMPTY = "\x1b]52;c;\x07"


def filled(text: str) -> str:
    """What a terminal is sent to put a text on the clipboard."""
    return f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"


class Sent(list[str]):
    """Everything about the clipboard that the terminal was sent."""

    def watch(self, app: ChartmendApp) -> None:
        """Listen to what an app that runs writes to its terminal."""
        driver = app._driver
        assert driver is not None
        write = driver.write

        def heard(data: str) -> None:
            if "\x1b]52;" in data:
                self.append(data)
            write(data)

        driver.write = heard  # type: ignore[method-assign]


async def test_selecting_copies_nothing_and_the_key_does(app: ChartmendApp, wait: Wait) -> None:
    """Words selected in a line stay there until the key for copying is pressed."""
    sent = Sent()
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        sent.watch(app)
        await pilot.press("p")
        await wait(pilot, lambda: app.screen.query("#department"))
        await pilot.press(*"Elm", "shift+home")
        assert not sent
        await pilot.press("ctrl+c")
        await wait(pilot, lambda: sent == [filled("Elm")])


async def test_what_was_copied_is_gone_after_a_while(
    app: ChartmendApp, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The terminal is told to empty the clipboard once, and the app's own copy is gone, too."""
    assert clipboard.CLEAR_SECONDS == 10
    monkeypatch.setattr(clipboard, "CLEAR_SECONDS", 0.01)
    sent = Sent()
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        sent.watch(app)
        app.copy_to_clipboard("sulfa")
        await wait(pilot, lambda: len(sent) == 2)
        assert app.clipboard == ""
        app.clear_clipboard()
    assert sent == [filled("sulfa"), EMPTY]


@pytest.mark.parametrize("key", ["ctrl+l", "ctrl+q"])
async def test_locking_and_leaving_empty_it_at_once(
    app: ChartmendApp, wait: Wait, key: str
) -> None:
    """Nobody has to wait for the ten seconds."""
    sent = Sent()
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        sent.watch(app)
        app.copy_to_clipboard("sulfa")
        await pilot.press(key)
        await wait(pilot, lambda: app._exit)
    assert sent == [filled("sulfa"), EMPTY]


async def test_what_another_program_copied_is_left_alone(app: ChartmendApp, wait: Wait) -> None:
    """An app that copied nothing never touches the clipboard."""
    sent = Sent()
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        sent.watch(app)
        await pilot.press("ctrl+l")
        await wait(pilot, lambda: app._exit)
    assert sent == []


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+x"])
async def test_a_passphrase_is_never_copied(app: ChartmendApp, wait: Wait, key: str) -> None:
    """The hidden line of the lock screen gives nothing to the clipboard."""
    app.unlocked.close()
    locked = ChartmendApp(app.folder)
    sent = Sent()
    async with locked.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(locked.screen, UnlockScreen))
        sent.watch(locked)
        line = locked.screen.query_one(Input)
        line.focus()
        await pilot.press(*PASSPHRASE[:4], "shift+home", key)
        assert locked.clipboard == ""
    assert sent == []
