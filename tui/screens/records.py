"""Records: everything that arrived, with what was noticed in it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from tui.reread_job import job
from tui.screens.assign_dialog import AssignDialog
from tui.screens.base import VaultScreen
from tui.screens.copies_flow import compare_copies
from tui.screens.reread_dialog import RereadDialog
from tui.screens.split_dialog import SplitDialog
from tui.screens.writing import ask_target
from tui.shell import Place
from tui.widgets.dialogs import ConfirmDialog
from tui.widgets.lists import OpenTable
from vault.actions import custody, languages, parts, people, providers, records, requests
from vault.actions.correcting import verifying
from vault.actions.correcting.verifying import Waiting
from vault.actions.records import RecordView
from vault.model.media import ZIP
from vault.model.records import RecordStatus
from vault.safetext import safe_file_name, safe_line

NOTHING = """\
No records yet.

Press 5 to import a scan, a PDF, a ZIP, or a folder of them."""
_WIDE = 100
_NARROW_COLUMNS = (("Record", 26), ("Pages", 5), ("Received", 10), ("From", 14), ("Notice", 13))
_WIDE_COLUMNS = (
    ("Record", 40),
    ("Pages", 5),
    ("Received", 10),
    ("From", 22),
    ("Whose", 16),
    ("Notice", 13),
)
_COPY = "This may be the fresh copy a correction waits for: press c. "
_STATES = {RecordStatus.READING: "being read", RecordStatus.UNREADABLE: "not readable"}


def notice(view: RecordView) -> str:
    """What a person should know of a record at a glance."""
    if view.record.status in _STATES:
        return _STATES[view.record.status]
    parts = []
    if view.counts.flags:
        parts.append(f"{view.counts.flags} flag{'s' if view.counts.flags > 1 else ''}")
    if view.counts.look:
        parts.append(f"look at {view.counts.look}")
    return ", ".join(parts)


class RecordsScreen(VaultScreen):
    """A table of records; Enter opens one."""

    PLACE = Place.RECORDS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "assign", "From, whose"),
        Binding("r", "read_again", "Read again"),
        Binding("l", "look", "Look"),
        Binding("s", "split", "Split"),
        Binding("x", "export", "Export"),
        Binding("w", "copies", "Earlier copy", show=False),
        Binding("c", "correction", "Correction", show=False),
        # The footer has to fit into 80 columns; these keys work here as everywhere.
        Binding("ctrl+l", "app.lock", "Lock", show=False, priority=True),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    def compose_body(self) -> ComposeResult:
        """The table, or words in its place, and a line about the record under the cursor."""
        yield Static(NOTHING, id="nothing", markup=False)
        yield OpenTable(id="table")
        yield Static("", id="about", markup=False)

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.heading = "Records"
        self._views: tuple[RecordView, ...] = ()
        self._waiting: tuple[Waiting, ...] = ()
        self.query_one("#nothing").display = False
        self.follow_import(self.action_reload)

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self.action_reload()

    def on_resize(self, event: events.Resize) -> None:
        """More columns where there is room."""
        if event.size.width != getattr(self, "_width", 0):
            self._width = event.size.width
            self._fill()

    def action_reload(self) -> None:
        """Look at the vault again."""
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        found = await self.attempt(records.every, self.session)
        waiting = await self.attempt(verifying.waiting, self.session)
        if found is not None and waiting is not None:
            self._views, self._waiting = found, waiting
            self.query_one("#nothing").display = not found
            self._fill()

    def _fill(self) -> None:
        table = self.query_one(OpenTable)
        table.display = bool(self._views)
        under = self._under_cursor()
        keep = self.chosen or (under.record.id if under else "")
        table.clear(columns=True)
        wide = self.size.width >= _WIDE
        for name, width in _WIDE_COLUMNS if wide else _NARROW_COLUMNS:
            table.add_column(name, width=width)
        for view in self._views:
            table.add_row(*(Text(cell) for cell in _cells(view, wide=wide)), key=view.record.id)
        if any(v.record.id == keep for v in self._views):
            table.move_cursor(row=table.get_row_index(keep))
        if self._views:  # until the vault was looked at, the table is empty
            self.chosen = ""
        if self._views and self.focused is None:
            table.focus()

    def _under_cursor(self) -> RecordView | None:
        row = self.query_one(OpenTable).cursor_row
        return self._views[row] if 0 <= row < len(self._views) else None

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        view = self._under_cursor()
        inside = next((v for v in self._views if view and v.record.id == view.record.parent), None)
        said = _about(view, inside.record.title if inside else "") if view else ""
        said = f"{_COPY}{said}" if self._corrections() else said
        self.query_one("#about", Static).update(Text(said))

    def _corrections(self) -> tuple[str, ...]:
        """Corrections (ids) that wait for a fresh copy, which the record in hand may be."""
        view = self._under_cursor()
        here = (one for one in self._waiting if view and one.record.id == view.record.id)
        return tuple(one.correction for one in here)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A correction is led to only where one waits for a copy."""
        if action == "correction":
            return self.is_mounted and bool(self._corrections())
        return super().check_action(action, parameters)

    def action_correction(self) -> None:
        """Show the correction that waits for a copy, which the record in hand may be."""
        found = self._corrections()
        if found:
            self.shell.open_correction(found[0])

    @on(DataTable.RowSelected)
    def _open(self) -> None:
        """Open the record under the cursor, page beside text."""
        view = self._under_cursor()
        if view is None:
            return
        if view.record.pages:
            self.shell.open_record(view.record.id)
        elif self._is_split(view):
            said = "A scan that was split: its parts are records of their own. s joins them again."
            self.notify(said, markup=False)
        elif view.record.media == ZIP and not view.record.reason:
            self.notify("A ZIP. The files in it are records of their own.", markup=False)
        else:
            why = view.record.reason or "its pages have not been read yet"
            self.notify(f"Nothing to show: {why}.", markup=False, severity="warning")

    @work(exclusive=True, group="ask")
    async def action_assign(self) -> None:
        """Say who the record came from and whose it is."""
        view = self._under_cursor()
        if view is None:
            return
        known = await self.run(providers.every, self.session)
        patients = await self.run(people.every, self.session)
        asked = await self.run(requests.every, self.session, self.shell.today())
        if await self.app.push_screen_wait(AssignDialog(view.record, known, patients, asked)):
            self._load()

    def _is_split(self, view: RecordView) -> bool:
        """Whether all pages of a record are in its parts."""
        record = view.record
        parts_ = any(v.record.parent == record.id and v.record.is_part for v in self._views)
        return parts_ and not record.pages

    @work(exclusive=True, group="ask")
    async def action_split(self) -> None:
        """Split the scan under the cursor into its documents, or join them again."""
        view = self._under_cursor()
        if view is None:
            return
        if self._is_split(view):
            question = "Make one record of this scan again?"
            detail = "Flags and corrections stay. What you said of single parts is gone."
            if await self.app.push_screen_wait(ConfirmDialog(question, detail, "Join", "Leave it")):
                await self.attempt(parts.join, self.session, view.record.id)
                self._load()
            return
        found = await self.attempt(parts.suggest, self.session, view.record.id)
        if found is None:
            return
        made = await self.app.push_screen_wait(SplitDialog(*found))
        if made:
            self.notify(f"{len(made)} records now. s on the scan joins them again.")
            self._load()

    def action_look(self) -> None:
        """Show the pages the reading is not sure of."""
        self.shell.open_looking()

    @work(exclusive=True, group="ask")
    async def action_read_again(self) -> None:
        """Read all pages of the record under the cursor again."""
        view = self._under_cursor()
        if view is None:
            return
        record = view.record
        if record.media == ZIP or self._is_split(view):
            self.notify("It has no pages of its own. Choose one of what came out of it.")
            return
        have = await self.run(languages.installed)
        how = await self.app.push_screen_wait(RereadDialog(record, None, have))
        if how is not None:
            session = self.session
            self.shell.start_job(lambda tell: job(session, record.id, how, tell))

    @work(exclusive=True, group="ask")
    async def action_copies(self) -> None:
        """Hold the record under the cursor against an earlier copy of it."""
        view = self._under_cursor()
        if view is not None and view.record.pages:
            await compare_copies(self, view.record)

    @work(exclusive=True, group="ask")
    async def action_export(self) -> None:
        """Write the original to a file outside the vault."""
        view = self._under_cursor()
        if view is None:
            return
        question = "Write the original file where?"
        detail = "That copy is not encrypted. Whoever can open the file can read it."
        suggested = Path.home() / safe_file_name(view.record.title)
        target = await ask_target(self.app, question, suggested, detail)
        if target is None:
            return
        written = await self.attempt(records.export, self.session, view.record.id, target)
        if written is not None:
            self.notify(f"Written: {safe_line(str(written))}", markup=False)


def _cells(view: RecordView, *, wide: bool) -> tuple[str, ...]:
    record = view.record
    received = record.received_on.isoformat() if record.received_on else ""
    source = view.provider.name if view.provider else "?"
    whose = (view.person.name if view.person else "?",) if wide else ()
    pages = "ZIP" if record.media == ZIP else str(record.pages or "")
    if not pages and record.status is RecordStatus.STORED:
        pages = "split"
    return (record.title, pages, received, source, *whose, notice(view))


def _about(view: RecordView, parent: str = "") -> str:
    """One line on a record: its id, kind, the ZIP it came in, and what hinders a correction."""
    record = view.record
    lacking = []
    if view.provider is None:
        lacking.append("who it came from")
    if view.person is None:
        lacking.append("whose it is")
    parts = [record.id, record.media]
    if parent:
        parts.append(f"from {parent}")
    parts += custody.words(record.custody)
    if record.reason:
        parts.append(record.reason)
    if lacking:
        parts.append(f"press a to say {' and '.join(lacking)}")
    return ", ".join(parts)
