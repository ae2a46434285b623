"""Locking: by key, by time, during an import, and what becomes of typing."""

from __future__ import annotations

import threading

import pytest
from textual.widgets import Input

from tests.tui.conftest import PASSPHRASE, MakeRecord, Wait
from tests.tui.screen import text_of
from tui import locking
from tui.app import ChartmendApp
from tui.import_job import ImportJob
from tui.locking import IDLE_SECONDS, LOCK
from tui.screens.cover import CoverScreen
from tui.screens.home import HomeScreen
from vault.actions import drafts, preferences
from vault.actions.imports.reading import Progress, Watch
from vault.actions.imports.run import Imported
from vault.actions.imports.seal import Origin
from vault.actions.session import Session
from vault.errors import CannotWrite, Stopped


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time it was set to."""
        return self.now


@pytest.fixture
def clock(app: ChartmendApp) -> Clock:
    """The app's clock, in the test's hand."""
    made = Clock()
    app.clock = made
    return made


@pytest.mark.parametrize("key", ["ctrl+l", "ctrl+z"])
async def test_both_keys_lock_from_everywhere(app: ChartmendApp, wait: Wait, key: str) -> None:
    """Even over a dialog with a line to type in, the key ends the app with the word to lock."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("w")
        await wait(pilot, lambda: app.screen.query("#born"))
        await pilot.press(key)
        await wait(pilot, lambda: app._exit)
    assert app.return_value == LOCK


async def test_five_minutes_without_a_key_lock(app: ChartmendApp, clock: Clock, wait: Wait) -> None:
    """Just before, nothing happens; a key starts the time anew; then it locks."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        for _ in range(5):
            clock.now += IDLE_SECONDS / 6
            app.look_for_idleness()
        assert not app._leaving
        await pilot.press("down")
        for _ in range(5):
            clock.now += IDLE_SECONDS / 6
            app.look_for_idleness()
        assert not app._leaving
        clock.now += IDLE_SECONDS / 6
        app.look_for_idleness()
        await wait(pilot, lambda: app._exit)
    assert app.return_value == LOCK


async def test_the_minutes_are_the_persons_to_choose(
    app: ChartmendApp, session: Session, clock: Clock, wait: Wait
) -> None:
    """With one minute set, it locks after one; half of it before, nothing happens."""
    preferences.change(session, preferences.IDLE, "1")
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        for expected in (False, True):
            clock.now += 30
            app.look_for_idleness()
            assert app._leaving is expected
        await wait(pilot, lambda: app._exit)
    assert app.return_value == LOCK


async def test_waking_from_sleep_locks(app: ChartmendApp, clock: Clock, wait: Wait) -> None:
    """A gap between two looks, with keys just before it, means the lid was shut."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("down")
        clock.now += IDLE_SECONDS / 2
        app.look_for_idleness()
        await wait(pilot, lambda: app._exit)
    assert app.return_value == LOCK


async def test_typing_is_kept_and_offered_again(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """What stood in a form when it locked stands in it the next time; cancelling forgets it."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("p")
        await wait(pilot, lambda: app.screen.query("#department"))
        await pilot.press(*"Elm")
        await pilot.press("ctrl+l")
        await wait(pilot, lambda: app._exit)
    assert "Elm" in (drafts.get(session, "provider.new") or "")
    again = ChartmendApp(app.folder, session=session)
    async with again.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(again.screen, HomeScreen))
        await pilot.press("p")
        await wait(pilot, lambda: "had typed before" in text_of(again))
        assert again.screen.query_one("#name", Input).value == "Elm"
        await pilot.press("escape", "escape")  # once more, since something is typed
        await wait(pilot, lambda: isinstance(again.screen, HomeScreen))
    assert drafts.get(session, "provider.new") is None


async def test_a_form_nobody_typed_in_leaves_no_draft(
    app: ChartmendApp, session: Session, wait: Wait
) -> None:
    """An untouched form is nothing worth keeping."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("p")
        await wait(pilot, lambda: app.screen.query("#department"))
        await pilot.press("ctrl+l")
        await wait(pilot, lambda: app._exit)
    assert drafts.get(session, "provider.new") is None


async def test_a_full_disk_does_not_keep_the_vault_open(
    app: ChartmendApp, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the draft cannot be written, it locks all the same."""

    def full(*_: object) -> None:
        raise CannotWrite("the vault", "the disk is full")

    monkeypatch.setattr(drafts, "keep", full)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("p")
        await wait(pilot, lambda: app.screen.query("#department"))
        await pilot.press("x", "ctrl+l")
        await wait(pilot, lambda: app._exit)
    assert app.return_value == LOCK


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Imports read one page, then wait for this, or until they are stopped."""
    gate = threading.Event()

    def run(_job: ImportJob, watch: Watch) -> tuple[Imported, ...]:
        watch.progress(Progress("rec_1", "diagnosis.pdf", 3, 12))
        while not gate.wait(0.02):
            if watch.stop():
                raise Stopped("the pages read so far are kept")
        return ()

    monkeypatch.setattr(ImportJob, "_run", run)
    return gate


async def test_idle_during_an_import_covers_the_screen(
    app: ChartmendApp,
    clock: Clock,
    go_on: threading.Event,
    make_record: MakeRecord,
    wait: Wait,
) -> None:
    """Nothing of a record is in sight, keys lead nowhere, and the passphrase uncovers it."""
    make_record("diagnosis.pdf", ["one"])
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        app.start_import((), Origin())
        await wait(pilot, lambda: app.progress is not None and app.progress.done)
        clock.now += IDLE_SECONDS
        app.look_for_idleness()
        await wait(pilot, lambda: isinstance(app.screen, CoverScreen))
        await wait(pilot, lambda: "Page 3 of 12" in text_of(app))
        assert "diagnosis" not in text_of(app)
        app.screen.set_focus(None)
        await pilot.press("2", "question_mark", "ctrl+p", "escape")
        await pilot.pause()
        assert isinstance(app.screen, CoverScreen)
        line = app.screen.query_one("#passphrase", Input)
        line.focus()
        line.value = "wrong"
        await pilot.press("enter")
        await wait(pilot, lambda: "does not open" in text_of(app))
        line.value = PASSPHRASE
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert app.job is not None
        go_on.set()
        await wait(pilot, lambda: app.job is None)
        assert not app._exit


async def test_a_covered_app_locks_when_its_import_ends(
    app: ChartmendApp, clock: Clock, go_on: threading.Event, wait: Wait
) -> None:
    """Nobody came back: once nothing runs any more, the vault is closed."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        app.start_import((), Origin())
        await wait(pilot, lambda: app.progress is not None and app.progress.done)
        clock.now += IDLE_SECONDS
        app.look_for_idleness()
        await wait(pilot, lambda: isinstance(app.screen, CoverScreen))
        go_on.set()
        await wait(pilot, lambda: app._exit)
    assert app.return_value == LOCK


@pytest.mark.usefixtures("go_on")
async def test_locking_stops_an_import_first(app: ChartmendApp, wait: Wait) -> None:
    """The import keeps what it has read before the app ends."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        app.start_import((), Origin())
        await wait(pilot, lambda: app.progress is not None and app.progress.done)
        await pilot.press("ctrl+l")
        await wait(pilot, lambda: app._exit)
    assert app.return_value == LOCK
    assert app.job is None


async def test_a_signal_ends_with_its_own_code(app: ChartmendApp, wait: Wait) -> None:
    """What a signal handler calls leaves with 128 and the signal's number."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        app.leave("", 128 + 15)
        await wait(pilot, lambda: app._exit)
    assert app.return_code == 143


def test_the_clock_goes_on() -> None:
    """The clock that idleness is measured by never runs backwards."""
    assert locking.awake_clock() <= locking.awake_clock()
