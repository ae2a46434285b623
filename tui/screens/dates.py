"""Everything with a date: what others owe, what ends, and what you set for yourself."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Static

from tui.screens import owed
from tui.screens.base import VaultScreen
from tui.screens.people import PeopleScreen
from tui.screens.reminder_dialog import ReminderDialog
from tui.screens.writing import ask_target
from tui.widgets.dialogs import ConfirmDialog
from tui.widgets.lists import OpenTable
from vault.actions import dues
from vault.actions.asking import reminders
from vault.actions.dues import Owed
from vault.model.dues import DueKind
from vault.safetext import safe_line

_NOTHING = """\
Nothing has a date now.

What others owe you stands here once a request was sent. m sets a reminder."""
_WIDE = 100
KINDS = {
    DueKind.ANSWER: "answer due",
    DueKind.PROMISED: "they promised",
    DueKind.LINK_ENDS: "link ends",
    DueKind.DEEMED_REFUSAL: "silence counts",
    DueKind.COMPLAINT: "last day to complain",
    DueKind.SIGNATURE_ENDS: "sign anew",
    DueKind.DOCUMENT_ENDS: "document ends",
    DueKind.AUTHORITY_ENDS: "authority ends",
    DueKind.REMINDER: "reminder",
    DueKind.FOLLOW_UP: "ask after it",
    DueKind.FRESH_COPY: "order a fresh copy",
}
"""What each kind of date is, in a word or two."""


class DatesScreen(VaultScreen):
    """A table of dates, the earliest first; Enter goes to what one is about."""

    HELP_PART = "Dates"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "remind", "Remind me"),
        Binding("d", "done", "Done"),
        Binding("x", "calendar", "Calendar file"),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self._held: tuple[Owed, ...] = ()
        self._wide = False

    def compose_body(self) -> ComposeResult:
        """The table, or words in its place, and all of the date under the cursor."""
        yield Static(Content(_NOTHING), id="no-requests")
        yield OpenTable(id="requests")
        yield Static("", id="part", classes="about", markup=False)

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.heading = "Everything with a date"
        self.query_one("#no-requests").display = False

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self.load()

    def on_resize(self, event: events.Resize) -> None:
        """Wider columns where there is room."""
        self._wide = event.size.width >= _WIDE
        self._fill()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Look at the vault again."""
        found = await self.attempt(dues.every, self.session, self.shell.today())
        if found is not None:
            self._held = found
            self.query_one("#no-requests").display = not found
            self._fill()

    def _fill(self) -> None:
        table = self.query_one(OpenTable)
        row = table.cursor_row
        table.display = bool(self._held)
        table.clear(columns=True)
        room = 56 if self._wide else 24
        for name, width in (("On", 11), ("How pressing", 14), ("What", 20), ("Of what", room)):
            table.add_column(name, width=width)
        for held in self._held:
            pressing = owed.pressing(held, held.urgency)
            about = held.said if held.kind is DueKind.REMINDER else held.what
            cells = (owed.day(held.on), pressing, KINDS[held.kind], about)
            table.add_row(*(Text(cell) for cell in cells))
        if self._held:
            table.move_cursor(row=min(row, len(self._held) - 1))
            if self.focused is None:
                table.focus()
        self._show()

    @property
    def current(self) -> Owed | None:
        """The date under the cursor."""
        row = self.query_one(OpenTable).cursor_row
        return self._held[row] if 0 <= row < len(self._held) else None

    @on(DataTable.RowHighlighted)
    def _show(self) -> None:
        held = self.current
        self.query_one("#part", Static).update(Content(held.said if held else ""))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Reminders can be done; a file is written where there is something to write."""
        if action == "done" and self.is_mounted:
            return self.current is not None and self.current.kind is DueKind.REMINDER
        if action == "calendar":
            return bool(self._held)
        return super().check_action(action, parameters)

    @on(DataTable.RowSelected)
    def _open(self) -> None:
        held = self.current
        if held is None:
            return
        subject = held.about or held.id
        if subject.startswith("req_"):
            self.shell.open_request(subject)
        elif subject.startswith("cor_"):
            self.shell.open_correction(subject)
        elif held.kind is DueKind.REMINDER:
            self.action_done()
        else:
            self.app.push_screen(PeopleScreen(subject))

    @work(exclusive=True, group="ask")
    async def action_remind(self) -> None:
        """Set a reminder."""
        if await self.app.push_screen_wait(ReminderDialog(self.shell.today())) is not None:
            self.load()

    @work(exclusive=True, group="ask")
    async def action_done(self) -> None:
        """Note that what a reminder is about was done."""
        held = self.current
        if held is not None and await self.app.push_screen_wait(
            ConfirmDialog("Is this done?", held.said)
        ):
            await self.attempt(reminders.done, self.session, held.id)
            self.load()

    @work(exclusive=True, group="ask")
    async def action_calendar(self) -> None:
        """Write the dates as a calendar file."""
        detail = (
            "Its titles name nobody and no illness: only a short reference and what is due. "
            "The file is not encrypted."
        )
        suggested = Path.home() / "chartmend.ics"
        target = await ask_target(self.app, "Write the calendar where?", suggested, detail)
        if target is None:
            return
        written = await self.attempt(
            dues.write_calendar, self.session, self._held, self.shell.today(), target
        )
        if written is not None:
            self.notify(f"Written: {safe_line(str(written))}", markup=False)
