"""A list of the files in a folder to choose from; names are foreign and shown as plain text."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui import background
from vault.model.media import EXTENSIONS
from vault.safetext import safe_line

_MOST = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a folder to go into or a file to mark."""

    path: Path
    name: str
    is_dir: bool


def entries(folder: Path) -> tuple[Entry, ...]:
    """The folder above, the folders, then the files that can be read, by name.

    Hidden ones are left out; a folder that cannot be entered is an empty one.
    """
    found: list[Entry] = []
    try:
        with os.scandir(folder) as listing:
            for item in listing:
                if item.name.startswith("."):
                    continue
                is_dir = item.is_dir()
                if is_dir or Path(item.name).suffix.lower() in EXTENSIONS:
                    found.append(Entry(Path(item.path), safe_line(item.name), is_dir))
    except OSError:
        found = []
    found.sort(key=lambda e: (not e.is_dir, e.name.casefold()))
    up = [] if folder.parent == folder else [Entry(folder.parent, "..", is_dir=True)]
    return (*up, *found[:_MOST])


class FileList(OptionList):
    """Enter goes into a folder or marks a file; space marks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Choose", key_display="Enter"),
        Binding("space", "mark", "Mark", show=False),
        Binding("backspace", "up", "Folder above", show=False),
    ]

    folder: reactive[Path | None] = reactive(None)

    @dataclass
    class Entered(Message):
        """Another folder is shown."""

        folder: Path

    @dataclass
    class Marked(Message):
        """Other files are marked than before."""

        paths: tuple[Path, ...]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name
        super().__init__(id=id, markup=False, compact=True)
        self._entries: tuple[Entry, ...] = ()
        self.marked: tuple[Path, ...] = ()

    def watch_folder(self, folder: Path | None) -> None:
        """Show another folder; nothing in it is marked."""
        if folder is not None:
            self._load(folder)

    def go_to(self, file: Path) -> None:
        """Show the folder of a file with that file marked, though it may be one left out else."""
        self.set_reactive(FileList.folder, file.parent)
        self._load(file.parent, file)

    @work(exclusive=True, group="files")
    async def _load(self, folder: Path, file: Path | None = None) -> None:
        found = await background.run(entries, folder)
        if file is not None and all(entry.path != file for entry in found):
            found = (*found, Entry(file, safe_line(file.name), is_dir=False))
        self._entries = found
        self._mark((file,) if file is not None else ())
        self.post_message(self.Entered(folder))
        at = next((i for i, entry in enumerate(found) if entry.path == file), 0)
        self.highlighted = at if found else None

    def _mark(self, paths: tuple[Path, ...]) -> None:
        self.marked = paths
        kept = self.highlighted
        self.clear_options()
        self.add_options(Option(self._prompt(entry)) for entry in self._entries)
        if kept is not None and kept < len(self._entries):
            self.highlighted = kept
        self.post_message(self.Marked(paths))

    def _prompt(self, entry: Entry) -> Content:
        if entry.is_dir:
            return Content.assemble(("    ", ""), (f"{entry.name}/", "bold"))
        return Content(f"[{'x' if entry.path in self.marked else ' '}] {entry.name}")

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._choose(self._entries[event.option_index])

    def _choose(self, entry: Entry) -> None:
        if entry.is_dir:
            self.folder = entry.path
        elif entry.path in self.marked:
            self._mark(tuple(p for p in self.marked if p != entry.path))
        else:
            self._mark((*self.marked, entry.path))

    def action_mark(self) -> None:
        """Mark or unmark the file under the cursor."""
        at = self.highlighted
        if at is not None and at < len(self._entries) and not self._entries[at].is_dir:
            self._choose(self._entries[at])

    def action_up(self) -> None:
        """Go to the folder above."""
        if self.folder is not None:
            self.folder = self.folder.parent
