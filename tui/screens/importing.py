"""Import: choose files, watch them being read, see what became of each."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.widgets import Button, Input, OptionList, ProgressBar, Select, Static
from textual.widgets.option_list import Option

from tui.import_job import Progressing
from tui.screens.base import VaultScreen
from tui.screens.scan_dialog import ScanDialog
from tui.screens.watch_dialog import WatchDialog
from tui.shell import Place
from tui.widgets.dialogs import AskDialog, as_sentence
from tui.widgets.file_list import FileList
from vault.actions import providers
from vault.actions.asking import matching
from vault.actions.imports import run as importing
from vault.actions.imports.run import Imported
from vault.actions.imports.seal import Origin
from vault.safetext import safe_line

_NOWHERE = "There is no such file or folder."
_SAID = {
    "stored": "stored",
    "duplicate": "held already",
    "unreadable": "kept, but it could not be read",
    "refused": "not taken",
}


class ImportScreen(VaultScreen):
    """Choosing above, progress and results below; the import itself belongs to the app."""

    PLACE = Place.IMPORT
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "type_path", "Path", key_display="/"),
        Binding("i", "import", "Import"),
        Binding("c", "cancel", "Stop"),
        Binding("g", "resume", "Go on"),
        Binding("s", "scan", "Scan"),
        Binding("w", "watch_folder", "Watch"),
        Binding("p", "password", "Password"),
        # The footer has to fit into 80 columns; these keys work here as everywhere.
        Binding("ctrl+l", "app.lock", "Lock", show=False, priority=True),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    def __init__(self, chosen: str = "") -> None:
        super().__init__(chosen)
        self._password = ""
        self._cut_off = False
        self._wrong = False

    def compose_body(self) -> ComposeResult:
        """Path, files, where they came from, progress, results."""
        yield Input(id="path", placeholder="A file or a folder; Enter goes there", compact=True)
        yield FileList(id="files")
        with HorizontalGroup(id="source"):
            yield Static("Came from", classes="label")
            empty: list[tuple[Text, str]] = []
            yield Select(empty, id="provider", compact=True, prompt="not known yet")
            yield Button("Import this folder", id="start", variant="primary", compact=True)
        yield Static("", id="cut-off", markup=False)
        yield Static("", id="watched", markup=False)
        yield ProgressBar(id="bar", show_eta=False)
        yield Static("", id="state", markup=False)
        yield OptionList(id="results", markup=False, compact=True)

    def on_mount(self) -> None:
        """Begin at home, and follow the app's import."""
        self.heading = "Import"
        files = self.query_one(FileList)
        files.folder = Path.home()
        files.focus()
        self.watch(self.app, "progress", self._progressed)
        self.watch(self.app, "watched", self._watched)

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        known = await self.attempt(providers.every, self.session)
        if known is not None:
            select: Select[str] = self.query_one("#provider", Select)
            kept = select.selection
            select.set_options([(Text(p.name), p.id) for p in known])
            if kept in {p.id for p in known}:
                select.value = kept
        cut_off = await self.attempt(importing.unfinished, self.session)
        running = self.shell.progress is not None and self.shell.progress.running
        said = ""
        if cut_off and not running:
            count = "1 record was" if len(cut_off) == 1 else f"{len(cut_off)} records were"
            said = f"{count} not read to the end. Press g to go on."
        self._cut_off = bool(said)
        waiting = await self.attempt(matching.arrivals, self.session) or ()
        if not running and any(held.matches or held.request for held in waiting):
            said = f"{said} What came may answer a request: press 3, then c.".strip()
        self._say("cut-off", said)
        self.refresh_bindings()

    def _say(self, id_: str, text: str) -> None:
        line = self.query_one(f"#{id_}", Static)
        line.update(Content(text))
        line.display = bool(text)

    @on(FileList.Entered)
    def _entered(self, message: FileList.Entered) -> None:
        self.query_one("#path", Input).value = safe_line(str(message.folder))

    @on(FileList.Marked)
    def _marked(self, message: FileList.Marked) -> None:
        count = len(message.paths)
        files = "1 file" if count == 1 else f"{count} files"
        label = f"Import {files}" if count else "Import this folder"
        self.query_one("#start", Button).label = Content(label)

    def action_type_path(self) -> None:
        """Let the person type where the files are."""
        self.query_one("#path", Input).focus()

    @on(Input.Changed, "#path")
    def _changed(self) -> None:
        if self._wrong:
            self._wrong = False
            self._say("state", "")

    @on(Input.Submitted, "#path")
    def _typed(self, event: Input.Submitted) -> None:
        """Go to a folder, or to a file and mark it; only a key of its own imports."""
        if not event.value.strip():
            return
        path, files = Path(event.value.strip()).expanduser().absolute(), self.query_one(FileList)
        if os.path.isdir(path):  # noqa: PTH112 - false where it may not be looked at
            files.folder = path
        elif os.path.isfile(path):  # noqa: PTH113 - the same
            files.go_to(path)
        else:
            self._say("state", _NOWHERE)
            self._wrong = True
            return
        self._wrong = False
        self._say("state", "")
        files.focus()

    @on(Button.Pressed, "#start")
    def action_import(self) -> None:
        """Take in the marked files, or the whole folder where none is marked."""
        files = self.query_one(FileList)
        if files.marked:
            self._start(files.marked)
        elif files.folder is not None:
            self._start((files.folder,))

    def _origin(self) -> Origin:
        provider: object = self.query_one("#provider", Select).value
        return Origin(provider=provider if isinstance(provider, str) else None)

    @work(exclusive=True, group="ask")
    async def action_scan(self) -> None:
        """Scan paper; the pages become one record."""
        order = await self.app.push_screen_wait(ScanDialog(self._origin().provider))
        if order is not None:
            self.shell.start_scan(order)

    @work(exclusive=True, group="ask")
    async def action_watch_folder(self) -> None:
        """Watch a folder, or end the watch."""
        if self.shell.watched:
            self.shell.end_watch()
            self.notify("The folder is not watched any more.")
            return
        folder = self.query_one(FileList).folder or Path.home()
        inbox = await self.app.push_screen_wait(WatchDialog(folder))
        if inbox is not None:
            self.shell.watch_folder(inbox, self._origin())

    def _watched(self, line: str) -> None:
        self._say("watched", safe_line(line))

    def _start(self, paths: tuple[Path, ...]) -> None:
        origin = self._origin()
        self._say("cut-off", "")
        # Out of the line to type in: from now on c stops it.
        self.query_one(FileList).focus()
        self.shell.start_import(paths, origin, self._password)

    def action_resume(self) -> None:
        """Go on with what was cut off."""
        self._say("cut-off", "")
        self.shell.start_import((), Origin(), self._password)

    def action_cancel(self) -> None:
        """Stop the import; what was read is kept."""
        self.shell.stop_import()

    @work(exclusive=True, group="ask")
    async def action_password(self) -> None:
        """Ask for the password of locked files; it is used for the next import only."""
        question = "The password of the PDF or ZIP"
        detail = "For files that ask for one. It is kept until you leave this screen."
        given = await self.app.push_screen_wait(AskDialog(question, detail=detail, password=True))
        if given is not None:
            self._password = given

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Stop only what runs; start only when nothing does."""
        progress = self.shell.progress
        running = progress is not None and progress.running
        if action == "cancel":
            return running
        if action == "resume":
            return not running and self._cut_off
        if action in ("import", "scan"):
            return not running
        return super().check_action(action, parameters)

    def _progressed(self, progress: Progressing | None) -> None:
        self.refresh_bindings()
        bar, results = self.query_one(ProgressBar), self.query_one("#results", OptionList)
        bar.display = progress is not None and progress.running
        if progress is None:
            self._say("state", "")
            results.display = False
            return
        bar.update(total=progress.total or None, progress=progress.done)
        self._say("state", _state(progress))
        results.display = bool(progress.results)
        if not progress.running:
            results.clear_options()
            results.add_options(Option(_row(row)) for row in progress.results)
            self._load()


def _state(progress: Progressing) -> str:
    if progress.running:
        return f"{progress.line()}. {progress.title}" if progress.title else progress.line()
    return f"{as_sentence(progress.ended)} {as_sentence(progress.hint)}".strip()


def _row(row: Imported) -> Content:
    """What became of one file, the reason with it where it was not simply stored."""
    said = _SAID.get(row.status, row.status)
    parts = []
    if row.pages:
        parts.append("1 page" if row.pages == 1 else f"{row.pages} pages")
    if row.flags:
        parts.append("1 flag" if row.flags == 1 else f"{row.flags} flags")
    if row.look:
        parts.append(f"look at {row.look}")
    if row.reason:
        parts.append(row.reason)
    tail = f" ({', '.join(parts)})" if parts else ""
    good = row.status in ("stored", "duplicate")
    return Content.assemble((f"{said:<12} ", "" if good else "bold $text-warning"), row.file, tail)
