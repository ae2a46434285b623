"""Import: choosing, watching, stopping, and what is said of each file."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from tests.ingest.bundles import zipped
from tests.ingest.papers import text_pdf
from tests.tui.conftest import Wait
from tests.tui.screen import assert_tame, text_of
from tui.app import ChartmendApp
from tui.import_job import ImportJob, Progressing
from tui.screens.home import HomeScreen
from tui.screens.importing import ImportScreen
from tui.screens.records import RecordsScreen
from tui.screens.search import SearchScreen
from tui.shell import Place
from tui.widgets.file_list import FileList
from vault.actions.imports.reading import Progress, Watch
from vault.actions.imports.run import Imported
from vault.errors import Stopped


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with two files that are no records."""
    folder = tmp_path / "home" / "inbox"
    folder.mkdir(parents=True)
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "note[red].pdf").write_bytes(b"just words")
    return folder


class Held:
    """An import that reports one page and then waits until it is let go or stopped."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on = threading.Event()
        monkeypatch.setattr(ImportJob, "_run", lambda _job, watch: self._run(watch))

    def _run(self, watch: Watch) -> tuple[Imported, ...]:
        watch.progress(Progress("rec_1", "scan.pdf", 3, 12))
        while not self.go_on.wait(0.02):
            if watch.stop():
                raise Stopped("the pages read so far are kept")
        return (Imported("rec_1", "scan.pdf", "stored", "pdf", 12),)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    """The import that waits."""
    return Held(monkeypatch)


async def test_every_file_gets_a_line_with_its_reason(
    app: ChartmendApp, inbox: Path, wait: Wait
) -> None:
    """A typed path leads into the folder; importing it says what became of each file."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("5")
        await wait(pilot, lambda: isinstance(app.screen, ImportScreen))
        app.screen.query_one("#path", Input).focus()
        app.screen.query_one("#path", Input).value = str(inbox)
        await pilot.press("enter")
        await wait(pilot, lambda: "empty.pdf" in text_of(app))
        await pilot.press("i")
        await wait(pilot, lambda: "2 refused" in text_of(app))
        results = app.screen.query_one("#results", OptionList)
        assert results.option_count == 2
        await wait(pilot, lambda: "the file is empty" in text_of(app))
        assert "not taken" in text_of(app)
        assert_tame(app)


async def test_it_goes_on_while_one_works_elsewhere(
    app: ChartmendApp, held: Held, wait: Wait
) -> None:
    """Progress stands on every screen, keys work all the time, and the end is told."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("5")
        await wait(pilot, lambda: isinstance(app.screen, ImportScreen))
        await pilot.press("i")
        await wait(pilot, lambda: "page 3 of 12" in text_of(app))
        await pilot.press("escape", "6")
        await wait(pilot, lambda: isinstance(app.screen, SearchScreen))
        assert "page 3 of 12" in text_of(app).splitlines()[1]
        await pilot.press(*"abc")
        assert app.screen.query_one(Input).value == "abc"
        held.go_on.set()
        await wait(pilot, lambda: app.job is None)
        await wait(pilot, lambda: "page 3 of 12" not in text_of(app))
        assert app.progress is not None
        assert app.progress.ended == "Import done: 1 stored"


async def test_stopping_keeps_what_was_read(app: ChartmendApp, held: Held, wait: Wait) -> None:
    """C stops it, and says that nothing read is lost."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("5")
        await wait(pilot, lambda: isinstance(app.screen, ImportScreen))
        await pilot.press("i")
        await wait(pilot, lambda: "page 3 of 12" in text_of(app))
        assert "Stop" in text_of(app).splitlines()[-1]
        await pilot.press("c")
        await wait(pilot, lambda: app.job is None)
        await wait(pilot, lambda: "read so far are kept" in text_of(app))
        assert "Stop" not in text_of(app).splitlines()[-1]


def _stopped(app: ChartmendApp) -> bool:
    return isinstance(app.progress, Progressing) and not app.progress.running


async def test_leaving_during_an_import_is_asked_about(
    app: ChartmendApp, held: Held, wait: Wait
) -> None:
    """Q asks; n stays, y stops the import and leaves."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("5")
        await wait(pilot, lambda: isinstance(app.screen, ImportScreen))
        await pilot.press("i")
        await wait(pilot, lambda: app.job is not None)
        await pilot.press("q")
        await wait(pilot, lambda: "Leave all the same" in text_of(app))
        await pilot.press("n")
        await wait(pilot, lambda: isinstance(app.screen, ImportScreen))
        assert not _stopped(app)
        await pilot.press("q")
        await wait(pilot, lambda: "Leave all the same" in text_of(app))
        await pilot.press("y")
        await wait(pilot, lambda: app._exit)
    assert _stopped(app)


async def test_a_zip_is_chosen_taken_in_and_listed(
    app: ChartmendApp, tmp_path: Path, wait: Wait
) -> None:
    """A ZIP stands in the list of files; its files get lines, and the table shows both."""
    folder = tmp_path / "home" / "zips"
    folder.mkdir(parents=True)
    files = {"2024/visit.pdf": text_pdf(("A visit",)), "note.txt": b"words"}
    (folder / "records.zip").write_bytes(zipped(files))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("5")
        await wait(pilot, lambda: isinstance(app.screen, ImportScreen))
        app.screen.query_one("#path", Input).focus()
        app.screen.query_one("#path", Input).value = str(folder)
        await pilot.press("enter")
        await wait(pilot, lambda: "records.zip" in text_of(app))
        await pilot.press("i")
        await wait(pilot, lambda: "1 stored, 1 refused" in text_of(app))
        await wait(pilot, lambda: "2024/visit.pdf" in text_of(app))
        app.go(Place.RECORDS)
        await wait(pilot, lambda: isinstance(app.screen, RecordsScreen))
        await wait(pilot, lambda: "ZIP" in text_of(app))
        await wait(pilot, lambda: "from records.zip" in text_of(app))
        await pilot.press("down", "enter")
        await wait(pilot, lambda: "A ZIP. The" in text_of(app))
        assert_tame(app)


async def test_a_typed_file_is_marked_and_not_taken_in(
    app: ChartmendApp, inbox: Path, held: Held, wait: Wait
) -> None:
    """Enter goes to the file and ticks it; i begins; c stops although one was in the line."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("5")
        await wait(pilot, lambda: isinstance(app.screen, ImportScreen))
        line, files = app.screen.query_one("#path", Input), app.screen.query_one(FileList)
        for name in ("note[red].pdf", "letter.unknown"):
            (inbox / name).touch()
            await pilot.press("slash")
            line.value = str(inbox / name)
            await pilot.press("enter")
            await wait(pilot, lambda: f"[x] {name}" in text_of(app))  # noqa: B023 - called at once
            assert files.marked == (inbox / name,)
            assert app.job is None
        assert "Import 1 file" in text_of(app)
        line.focus()
        await pilot.click("#start")
        await wait(pilot, lambda: "page 3 of 12" in text_of(app))
        await pilot.press("c")
        await wait(pilot, lambda: "read so far are kept" in text_of(app))


async def test_a_path_that_is_not_there_is_said(app: ChartmendApp, wait: Wait) -> None:
    """The line keeps what was typed, to be mended."""
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("5")
        await wait(pilot, lambda: isinstance(app.screen, ImportScreen))
        await wait(pilot, lambda: app.screen.query_one("#path", Input).value)
        await pilot.press("slash", "end", *"/none", "enter")
        await wait(pilot, lambda: "no such file or folder" in text_of(app))
        assert app.screen.query_one("#path", Input).value.endswith("/none")
        assert app.job is None
