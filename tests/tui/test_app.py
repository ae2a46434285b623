"""The app as a whole: places, themes, the palette, and errors nobody expected."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input

from tests.tui.conftest import Wait
from tests.tui.screen import text_of
from tui.app import DARK, LIGHT, ChartmendApp
from tui.screens.base import VaultScreen
from tui.screens.first_run import FirstRunScreen
from tui.screens.help import HelpScreen
from tui.screens.home import HomeScreen
from tui.screens.importing import ImportScreen
from tui.screens.records import RecordsScreen
from tui.screens.search import SearchScreen
from tui.shell import Place
from tui.widgets.dialogs import ErrorDialog
from vault.actions import home, preferences
from vault.actions.session import Session
from vault.errors import Exit, UsageError

KEYS: dict[str, type[VaultScreen]] = {"2": RecordsScreen, "5": ImportScreen, "6": SearchScreen}


@pytest.mark.parametrize("key", KEYS)
async def test_number_keys_lead_to_places_and_escape_back(
    app: ChartmendApp, wait: Wait, key: str
) -> None:
    """From anywhere a number leads on, with home below and nothing piling up."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("2")
        await wait(pilot, lambda: isinstance(app.screen, RecordsScreen))
        await pilot.press(key)
        await wait(pilot, lambda: isinstance(app.screen, KEYS[key]))
        assert len(app.screen_stack) == 3
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_places_can_be_clicked(app: ChartmendApp, wait: Wait, size: tuple[int, int]) -> None:
    """The bar at the top fits, and a click on a name goes there."""
    async with app.run_test(size=size) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        bar = text_of(app).splitlines()[0]
        for place in Place:
            assert place.value.capitalize() in bar
        await pilot.click(offset=(bar.index("Search"), 0))
        await wait(pilot, lambda: isinstance(app.screen, SearchScreen))


async def test_the_theme_is_remembered_in_the_vault(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """T changes it, and the next app over the same vault begins with it."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert app.theme == DARK
        await pilot.press("t")
        await wait(pilot, lambda: preferences.get(session, preferences.THEME) == LIGHT)
    again = ChartmendApp(app.folder, session=session)
    async with again.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(again.screen, HomeScreen))
        assert again.theme == LIGHT


async def test_nothing_writes_the_screen_to_a_file(
    app: ChartmendApp, wait: Wait, tmp_path: Path
) -> None:
    """The palette knows no screenshot, and the action of that name does nothing."""
    before = {p for p in tmp_path.rglob("*") if p.suffix == ".svg"}
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        titles = {command.title for command in app.get_system_commands(app.screen)}
        assert {"Lock", "Quit", "Theme", "Keys", "Records"} <= titles
        assert not [title for title in titles if "shot" in title.lower()]
        await pilot.press("ctrl+p")
        await wait(pilot, lambda: isinstance(app.screen, CommandPalette))
        app.screen.query_one(Input).value = "Screenshot"
        await wait(pilot, lambda: "No matches" in text_of(app))
        await pilot.press("escape")
        await app.run_action("app.screenshot")
    assert {p for p in tmp_path.rglob("*") if p.suffix == ".svg"} == before


async def _run_into(app: ChartmendApp, wait: Wait, fail: Callable[[], None]) -> None:
    """Let a function fail among the app's own messages."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        app.call_later(fail)
        await wait(pilot, lambda: app._exception)


async def test_a_bug_is_told_without_any_value(
    app: ChartmendApp, wait: Wait, capsys: pytest.CaptureFixture[str]
) -> None:
    """The error's type and place are printed, no local value, no text of the error."""

    def fail() -> None:
        diagnosis = "gonorrhoea"
        raise ValueError(diagnosis + " in the message")

    with pytest.raises(ValueError, match="in the message"):
        await _run_into(app, wait, fail)
    printed = "".join(capsys.readouterr())
    assert "ValueError at test_app.py:" in " ".join(printed.split())
    assert "gonorrhoea" not in printed
    assert "diagnosis" not in printed
    assert app.return_code == int(Exit.BUG)


async def test_a_bug_in_a_worker_is_told_the_same_way(
    app: ChartmendApp,
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What fails in a thread is named by its own type and place, not by the worker's."""

    def fail(*_: object) -> None:
        secret = "hunter2"  # noqa: F841 - a local that must not be printed
        raise KeyError("hunter2")

    monkeypatch.setattr(home, "matters", fail)
    with pytest.raises(Exception, match="Worker raised"):
        async with app.run_test(size=(80, 24)) as pilot:
            await wait(pilot, lambda: app._exit or app._exception)
    printed = "".join(capsys.readouterr())
    assert "KeyError at test_app.py:" in " ".join(printed.split())
    assert "hunter2" not in printed


async def test_an_error_for_the_person_ends_nothing(app: ChartmendApp, wait: Wait) -> None:
    """A VaultError that no screen caught is a dialog, and the app goes on."""

    async def fail() -> None:
        raise UsageError("the day lies ahead", "wait for it")

    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        app.run_worker(fail())
        await wait(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "The day lies ahead." in text_of(app)
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_an_error_that_must_end_the_app_says_its_sentence(
    app: ChartmendApp, wait: Wait, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it cannot go on, the error's own words and exit code are given."""

    def fail() -> None:
        raise UsageError("the day lies ahead", "wait for it")

    with pytest.raises(UsageError):
        await _run_into(app, wait, fail)
    printed = "".join(capsys.readouterr())
    assert "chartmend: the day lies ahead" in printed
    assert "hint: wait for it" in printed
    assert app.return_code == int(Exit.USAGE)


async def test_an_action_that_takes_long_holds_up_no_key(
    app: ChartmendApp, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the list of matters waits, other screens open and take keys."""
    gate = threading.Event()

    def slow(_session: Session, _today: dt.date) -> tuple[home.Matter, ...]:
        gate.wait(20)
        return ()

    monkeypatch.setattr(home, "matters", slow)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("6")
        await wait(pilot, lambda: isinstance(app.screen, SearchScreen))
        await pilot.press(*"abc")
        assert app.screen.query_one(Input).value == "abc"
        assert not gate.is_set()
        gate.set()


async def test_without_a_vault_the_first_run_is_shown(folder: Path, wait: Wait) -> None:
    """Keys of the open vault do nothing there; the help alone is open, for it tells no secret."""
    app = ChartmendApp(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, FirstRunScreen))
        app.screen.set_focus(None)
        await pilot.press("2", "ctrl+l", "ctrl+p")
        await pilot.pause()
        assert isinstance(app.screen, FirstRunScreen)
        await pilot.press("question_mark", "2", "ctrl+l", "ctrl+p")
        await wait(pilot, lambda: isinstance(app.screen, HelpScreen))
        assert app.is_running


def test_screens_name_themselves() -> None:
    """Every place's screen knows which place it is, so that the bar can mark it."""
    screens: tuple[type[VaultScreen], ...] = (HomeScreen, *KEYS.values())
    assert {screen.PLACE for screen in screens} <= set(Place)
