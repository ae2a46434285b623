"""Choosing files: what is listed, and how foreign names are shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App, ComposeResult

from tests.tui.conftest import Wait
from tests.tui.screen import assert_tame, text_of
from tui.widgets.file_list import FileList, entries


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """A folder with files to choose from, one of them with a hostile name."""
    top = tmp_path / "scans"
    (top / "older").mkdir(parents=True)
    (top / ".hidden").mkdir()
    for name in ("b.pdf", "A.PNG", "notes.txt", ".dot.pdf", "[@click=app.quit]x[\x1b]2;y\x07.pdf"):
        (top / name).write_bytes(b"x")
    return top


def test_folders_come_first_then_files_that_can_be_read(scans: Path) -> None:
    """What is hidden or of no known kind is left out; names are safe to show."""
    names = [e.name for e in entries(scans)]
    assert names == ["..", "older", "[@click=app.quit]x[]2;y.pdf", "A.PNG", "b.pdf"]


def test_a_folder_that_cannot_be_entered_is_empty(tmp_path: Path) -> None:
    """A folder that is gone lists nothing but the way up."""
    assert [e.name for e in entries(tmp_path / "gone")] == [".."]


class Choosing(App[str]):
    """An app with nothing but the list."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def compose(self) -> ComposeResult:
        """The list."""
        yield FileList()

    def on_mount(self) -> None:
        """Show the folder."""
        files = self.query_one(FileList)
        files.folder = self._folder
        files.focus()


async def test_marking_and_walking(scans: Path, wait: Wait) -> None:
    """Space marks and unmarks a file, Enter goes into a folder, backspace out of it."""
    app = Choosing(scans)
    async with app.run_test(size=(80, 24)) as pilot:
        files = app.query_one(FileList)
        await wait(pilot, lambda: "b.pdf" in text_of(app))
        await pilot.press("end", "space", "up", "enter")
        await pilot.pause()
        assert [p.name for p in files.marked] == ["b.pdf", "A.PNG"]
        assert "[x] b.pdf" in text_of(app)
        await pilot.press("space")
        await pilot.pause()
        assert [p.name for p in files.marked] == ["b.pdf"]
        await pilot.press("home", "down", "enter")
        await wait(pilot, lambda: files.folder == scans / "older")
        await wait(pilot, lambda: not files.marked)
        await pilot.press("backspace")
        await wait(pilot, lambda: "b.pdf" in text_of(app))


async def test_a_foreign_name_is_only_text(scans: Path, wait: Wait) -> None:
    """Markup in a file's name is shown, and a click on it marks the file and nothing else."""
    app = Choosing(scans)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: "[@click=app.quit]" in text_of(app))
        assert_tame(app)
        await pilot.click(FileList, offset=(5, 2))
        await pilot.pause()
        assert app.is_running
        assert [p.name for p in app.query_one(FileList).marked] == [
            "[@click=app.quit]x[\x1b]2;y\x07.pdf"
        ]
