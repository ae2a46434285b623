"""The part of the app that works in the background: imports, scans, readings, a watched folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from textual import on, work
from textual.message import Message
from textual.timer import Timer

from tui import background, scan_job, watching
from tui.import_job import ImportJob, Progressing
from tui.locking import Locking
from tui.scan_job import ScanOrder
from tui.screens.base import VaultScreen
from tui.shell import Place
from tui.watching import Watching, WatchJob
from tui.widgets.dialogs import ConfirmDialog, ErrorDialog
from vault import dates
from vault.actions.imports.folder import Inbox
from vault.actions.imports.seal import Origin
from vault.errors import VaultError

_LOOK_SECONDS = 0.2


@dataclass
class Told(Message):
    """A job says, from its thread, where it stands."""

    progress: Progressing

    def can_replace(self, message: Message) -> bool:
        """Only the newest word on a job matters."""
        return isinstance(message, Told)


class Working(Locking):
    """Runs one job at a time, and looks at a watched folder between them."""

    def __init__(self, folder: Path, today: Callable[[], dt.date] = dates.today) -> None:
        super().__init__(folder, today)
        self._watching: Watching | None = None
        self._looks: Timer | None = None

    def start_import(self, paths: tuple[Path, ...], origin: Origin, password: str = "") -> None:
        """Take in files in the background; with no paths, go on with what was cut off."""
        session = self.unlocked
        self.start_job(lambda tell: ImportJob(session, paths, origin, password, tell))

    def start_job(self, make: Callable[[Callable[[Progressing], None]], ImportJob]) -> bool:
        """Run a job in the background; False where another one is running."""
        if self.job is not None:
            self.notify("Another import is still running.", severity="warning")
            return False
        self.job = make(self._tell)
        self.progress = self.job.begins
        self._work(self.job)
        return True

    def _tell(self, progress: Progressing) -> None:
        self.post_message(Told(progress))

    @on(Told)
    def _told(self, message: Told) -> None:
        if self.job is not None:
            self.progress = message.progress

    @work(group="import")
    async def _work(self, job: ImportJob) -> None:
        try:
            ended = await background.run_long(job)
        finally:
            self.job = None
        if isinstance(job, WatchJob) and self._watching is not None:
            self._watching = watching.noted(self._watching, ended)
            self.watched = self._watching.line()
            if not job.new and not ended.hint:
                self.progress = None
                return
        self.progress = ended
        if not (isinstance(self.screen, VaultScreen) and self.screen.PLACE is Place.IMPORT):
            self.notify(ended.ended, markup=False)

    def stop_import(self) -> None:
        """Ask the running job to stop; what it has read is kept."""
        if self.job is not None:
            self.job.stop.set()

    def start_scan(self, order: ScanOrder) -> None:
        """Scan in the background; before each further page from the glass the person is asked."""
        session = self.unlocked
        self.start_job(lambda tell: scan_job.job(session, order, self._next_page, tell))

    def _next_page(self, number: int) -> bool:
        """Ask, from a job's thread, whether page `number` is on the glass."""
        answer: Future[bool | None] = Future()
        question = f"Is page {number} on the glass?"
        detail = "No ends the scan: the pages so far are one record."
        dialog = ConfirmDialog(question, detail, yes="Scan it (y)", no="No more (n)")

        def ask() -> None:
            self.push_screen(dialog, answer.set_result)

        self.call_from_thread(ask)
        while self.job is not None and not self.job.stop.is_set():
            try:
                return bool(answer.result(_LOOK_SECONDS))
            except TimeoutError:
                continue
        self.call_from_thread(self._withdraw, dialog)
        return False

    def _withdraw(self, dialog: ConfirmDialog) -> None:
        """Take a question away that nobody needs to answer any more."""
        if dialog is self.screen:
            dialog.dismiss(False)

    def watch_folder(self, inbox: Inbox, origin: Origin) -> None:
        """Begin to take in what arrives in a folder."""
        self.end_watch()
        self._looks = self.set_interval(watching.EVERY, self.look_at_folder)
        self._watching = Watching(inbox, origin)
        self.watched = self._watching.line()

    def end_watch(self) -> None:
        """Watch no folder any more; what was taken in is kept."""
        if self._looks is not None:
            self._looks.stop()
        self._watching = self._looks = None
        self.watched = ""

    @work(exclusive=True, group="watch")
    async def look_at_folder(self) -> None:
        """Look at the watched folder, and take in what is still."""
        held = self._watching
        if held is None or self.session is None or self.job is not None:
            return
        try:
            await background.run(held.look)
        except VaultError as error:
            self.end_watch()
            self.push_screen(ErrorDialog.of(error))
            return
        if held.ready and held is self._watching:
            session = self.unlocked
            self.start_job(lambda tell: watching.job(session, held, tell))
