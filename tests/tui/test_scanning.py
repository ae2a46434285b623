"""Scanning paper and watching a folder from the app."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer, Input, Select

from tests.actions import scanners
from tests.ingest.papers import text_pdf
from tests.tui.conftest import Wait
from tests.tui.screen import assert_tame, text_of
from tui.app import ChartmendApp
from tui.screens.importing import ImportScreen
from tui.screens.scan_dialog import ScanDialog
from tui.screens.watch_dialog import WatchDialog
from tui.shell import Place
from tui.widgets.dialogs import ConfirmDialog
from vault.actions import records
from vault.actions.session import Session
from vault.model.custody import Custody, Medium

SIZES = [(80, 24), (120, 40)]
PAGE = b"P5\n# SANE data follows\n%d %d\n255\n%b" % (40, 20, b"\xff" * 800)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the scanner's program with three pages in it; what it was called with."""
    written = scanners.install(tmp_path / "bin", [PAGE] * 3)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=":")
    return written


def _plain(app: ChartmendApp) -> str:
    """The screen's text without the frames of boxes."""
    return " ".join(text_of(app).replace("│", " ").replace("▌", " ").split())


async def _import(app: ChartmendApp, pilot: Pilot[str], wait: Wait) -> None:
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    app.go(Place.IMPORT)
    await wait(pilot, lambda: isinstance(app.screen, ImportScreen))


@pytest.mark.parametrize("size", SIZES)
async def test_scanners_are_listed_and_all_fits(
    app: ChartmendApp, wait: Wait, log: Path, size: tuple[int, int]
) -> None:
    """Names of scanners are foreign text; each field and button is in sight; Escape leaves."""
    async with app.run_test(size=size) as pilot:
        await _import(app, pilot, wait)
        assert app.screen.query_one(Footer).max_scroll_x == 0
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, ScanDialog))
        await wait(pilot, lambda: "2 scanners were found." in text_of(app))
        for shown in ("Paper from", "Colours", "How fine", "Call it", "Shelf", "Scan (Ctrl+S)"):
            assert shown in text_of(app)
        app.screen.query_one("#device", Select).expanded = True
        await wait(pilot, lambda: "Elm [red]Feeder[/]" in text_of(app))
        assert_tame(app)
        await pilot.press("escape")
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, ImportScreen))
    assert "--batch" not in log.read_text()


async def test_both_sides_become_one_record(
    app: ChartmendApp, session: Session, wait: Wait, log: Path
) -> None:
    """The feeder is emptied, the pages are one record, and its custody is what was typed."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _import(app, pilot, wait)
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, ScanDialog))
        app.screen.query_one("#source", Select).value = "both"
        app.screen.query_one("#title", Input).value = "Folder of May"
        app.screen.query_one("#shelf", Input).value = "Box 3"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "Scan done: 1 stored" in text_of(app))
    (view,) = records.every(session)
    assert (view.record.title, view.record.pages) == ("Folder of May.pdf", 3)
    assert view.record.custody == Custody(Medium.PAPER, "", "Box 3")
    assert "--source=ADF Duplex" in log.read_text()


async def test_from_the_glass_until_the_person_says_no_more(
    app: ChartmendApp, session: Session, wait: Wait, log: Path
) -> None:
    """Before each further page there is a question; no ends it with the pages so far."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _import(app, pilot, wait)
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, ScanDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "Is page 2 on the glass?" in text_of(app))
        assert isinstance(app.screen, ConfirmDialog)
        await pilot.press("y")
        await wait(pilot, lambda: "Is page 3 on the glass?" in text_of(app))
        await pilot.press("n")
        await wait(pilot, lambda: "Scan done: 1 stored" in text_of(app))
    (view,) = records.every(session)
    assert view.record.pages == 2
    assert log.read_text().count("--batch-count=1") == 2


async def test_a_scan_is_stopped(
    app: ChartmendApp, session: Session, wait: Wait, log: Path
) -> None:
    """C ends it while the next page is awaited, and says that nothing was kept."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _import(app, pilot, wait)
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, ScanDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "Is page 2 on the glass?" in text_of(app))
        await app.run_action("quit")
        await wait(pilot, lambda: "Nothing of this scan is kept then." in _plain(app))
        await pilot.press("n")
        await wait(pilot, lambda: "Is page 2 on the glass?" in text_of(app))
        app.stop_import()
        await wait(pilot, lambda: app.job is None)
        await wait(pilot, lambda: isinstance(app.screen, ImportScreen))
        await wait(pilot, lambda: "nothing of this scan was kept" in text_of(app))
    assert not records.every(session)
    assert "--batch" in log.read_text()


async def test_without_a_scanner_program(
    app: ChartmendApp, wait: Wait, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The form says what is missing; the rest of it works."""
    monkeypatch.setenv("PATH", str(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await _import(app, pilot, wait)
        await pilot.press("s")
        await wait(pilot, lambda: "scanimage" in text_of(app))
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, ImportScreen))


@pytest.mark.parametrize("size", SIZES)
async def test_a_watched_folder(
    app: ChartmendApp, session: Session, wait: Wait, tmp_path: Path, size: tuple[int, int]
) -> None:
    """What arrives is taken in, listed and counted, the file stays, and w ends the watch."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    async with app.run_test(size=size) as pilot:
        await _import(app, pilot, wait)
        await pilot.press("w")
        await wait(pilot, lambda: isinstance(app.screen, WatchDialog))
        await wait(pilot, lambda: "The files stay where they are" in _plain(app))
        app.screen.query_one("#folder", Input).value = str(tmp_path / "nowhere")
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "annot read" in text_of(app))
        app.screen.query_one("#folder", Input).value = str(inbox)
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "Watching a folder" in text_of(app))
        (inbox / "visit.pdf").write_bytes(text_pdf(("Plan: rest",)))
        app.look_at_folder()
        await wait(pilot, lambda: "1 file taken in" in " ".join(text_of(app).split()))
        await wait(pilot, lambda: "visit.pdf (1 page)" in text_of(app))
        assert (inbox / "visit.pdf").exists()
        await pilot.press("w")
        await wait(pilot, lambda: "Watching" not in text_of(app))
    assert [view.record.title for view in records.every(session)] == ["visit.pdf"]


async def test_nothing_is_taken_in_while_a_job_runs(
    app: ChartmendApp, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A watched folder is looked at between jobs only."""
    looked = threading.Event()
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    async with app.run_test(size=(80, 24)) as pilot:
        await _import(app, pilot, wait)
        await pilot.press("w")
        await wait(pilot, lambda: isinstance(app.screen, WatchDialog))
        app.screen.query_one("#folder", Input).value = str(inbox)
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.watched)
        held = app._watching
        assert held is not None
        monkeypatch.setattr(type(held), "look", lambda _self: looked.set())
        monkeypatch.setattr(app, "job", object())
        await app.look_at_folder().wait()
        assert not looked.is_set()
        monkeypatch.setattr(app, "job", None)
        await app.look_at_folder().wait()
        assert looked.is_set()
