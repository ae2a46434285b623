"""Home: what needs attention now, or the next step where nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens import next_step
from tui.screens.add_person import AddPersonDialog
from tui.screens.add_provider import AddProviderDialog
from tui.screens.backup_dialog import BackupDialog, told
from tui.screens.base import VaultScreen
from tui.screens.came import CameScreen
from tui.screens.dates import DatesScreen
from tui.screens.people import PeopleScreen
from tui.screens.reminder_dialog import ReminderDialog
from tui.shell import Place
from tui.widgets.dialogs import ConfirmDialog
from tui.widgets.lists import OpenList
from vault.actions import backups, home, people, providers, records
from vault.actions.asking import reminders
from vault.actions.home import Matter

_NAMES = {
    home.Place.REVIEW: "Look",
    home.Place.RECORD: "Record",
    home.Place.REQUEST: "Request",
    home.Place.CORRECTION: "Correction",
    home.Place.IMPORT: "Import",
    home.Place.BACKUP: "Backup",
    home.Place.PERSON: "Document",
    home.Place.REMINDER: "Reminder",
    home.Place.CAME: "Arrived",
}
_LATE = 1
_TAG = 13

EMPTY = """\
Nothing is kept here yet. The usual way goes like this:

  5  Import: take in a scan, a PDF, or a whole folder of what you have
  p  Add a provider: a hospital, practice or lab that holds records of yours
  w  People: whose records these are, and who may act for them
  3  Requests: ask a provider for copies

Press ? for help on every step."""
CALM = """\
Nothing needs your attention now.

  2  Records: read what you have, page beside text
  3  Requests: ask another provider for copies
  5  Import: take in what has arrived"""


class HomeScreen(VaultScreen):
    """A list of matters, the most pressing first; Enter goes there."""

    PLACE = Place.HOME
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "add_provider", "Provider"),
        Binding("w", "people", "People"),
        Binding("b", "back_up", "Back up"),
        Binding("d", "dates", "Dates"),
        Binding("m", "remind", "Remind me", show=False),
        Binding("l", "look", "Look"),
        Binding("r", "reload", "Reload", show=False),
    ]

    def compose_body(self) -> ComposeResult:
        """The list, or the words in its place."""
        yield Static("", id="calm", markup=False)
        yield OpenList(id="matters")

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.heading = "What needs attention"
        self.query_one("#matters").display = False
        self.follow_import(self.action_reload)

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self.action_reload()

    def action_reload(self) -> None:
        """Look at the vault again."""
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        found = await self.attempt(next_step.matters, self.session, self.shell.today())
        if found is None:
            return
        anything = bool(found) or bool(await self.run(records.every, self.session))
        if not anything:
            anything = bool(await self.run(providers.every, self.session))
        self._show(found, anything=anything)
        if not await self.run(people.every, self.session):
            self.heading = "What needs attention  (w: say whose records these are)"

    def _show(self, matters: Sequence[Matter], *, anything: bool) -> None:
        self._matters = tuple(matters)
        calm, listed = self.query_one("#calm", Static), self.query_one("#matters", OptionList)
        calm.display, listed.display = not matters, bool(matters)
        calm.update(Content(CALM if anything else EMPTY))
        kept = listed.highlighted or 0
        listed.clear_options()
        listed.add_options(Option(_prompt(matter)) for matter in matters)
        if matters:
            listed.highlighted = min(kept, len(matters) - 1)
            listed.focus()
        elif listed.has_focus:
            self.set_focus(None)

    @on(OptionList.OptionSelected)
    def _go(self, event: OptionList.OptionSelected) -> None:
        matter = self._matters[event.option_index]
        match matter.place:
            case home.Place.REVIEW:
                self._look(matter, event.option_index)
            case home.Place.RECORD:
                self.shell.go(Place.RECORDS, matter.id)
            case home.Place.REQUEST:
                self.shell.open_request(matter.id)
            case home.Place.CORRECTION:
                self._correct(matter.id)
            case home.Place.IMPORT:
                self.shell.go(Place.IMPORT, matter.id)
            case home.Place.BACKUP:
                self.action_back_up()
            case home.Place.REMINDER:
                self._remind(matter)
            case home.Place.CAME:
                self.app.push_screen(CameScreen())
            case home.Place.PERSON:
                self.app.push_screen(PeopleScreen(matter.id))

    def _correct(self, id_: str) -> None:
        """Show a correction, or the flag that is in none yet among those to choose from."""
        if id_.startswith("cor_"):
            self.shell.open_correction(id_)
        else:
            self.shell.go(Place.CORRECTIONS, id_)

    @work(exclusive=True, group="ask")
    async def _look(self, matter: Matter, at: int) -> None:
        """Show the page, with the cursor on what is suspected: nobody confirms words unseen."""
        shown = self._matters
        flag = await self.run(next_step.suspicion, self.session, shown, at)
        self.shell.open_record(matter.id, matter.page, flag)

    def action_look(self) -> None:
        """Show the pages the reading is not sure of."""
        self.shell.open_looking()

    @work(exclusive=True, group="ask")
    async def action_add_provider(self) -> None:
        """Add a provider."""
        added = await self.app.push_screen_wait(AddProviderDialog())
        if added is not None:
            self.notify(f"{added.name} was added.", markup=False)

    @work(exclusive=True, group="ask")
    async def action_people(self) -> None:
        """Show the people; where there is nobody yet, add the first."""
        if await self.run(people.every, self.session):
            self.app.push_screen(PeopleScreen())
            return
        added = await self.app.push_screen_wait(AddPersonDialog())
        if added is not None:
            self.notify(f"{added.name} was added.", markup=False)

    @work(exclusive=True, group="ask")
    async def _remind(self, matter: Matter) -> None:
        """Ask whether what a reminder is about was done."""
        if await self.app.push_screen_wait(ConfirmDialog("Is this done?", matter.text)):
            await self.attempt(reminders.done, self.session, matter.id)
            self._load()

    @work(exclusive=True, group="ask")
    async def action_remind(self) -> None:
        """Set a reminder that is about nothing else."""
        if await self.app.push_screen_wait(ReminderDialog(self.shell.today())) is not None:
            self._load()

    def action_dates(self) -> None:
        """Show everything with a date."""
        self.app.push_screen(DatesScreen())

    @work(exclusive=True, group="ask")
    async def action_back_up(self) -> None:
        """Back the vault up."""
        made = await self.attempt(backups.last_backup, self.session)
        done = await self.app.push_screen_wait(BackupDialog(made.place if made else ""))
        if done is not None:
            self.notify(told(done), markup=False)


def _prompt(matter: Matter) -> Table:
    """A matter as two columns; what is late has a sign of its own, not only another style."""
    late = matter.weight <= _LATE
    row = Table.grid(expand=True)
    row.add_column(width=_TAG)
    row.add_column(ratio=1)
    tag = f"{'!' if late else ' '} {_NAMES[matter.place]}"
    row.add_row(Text(tag, "bold" if late else "dim"), Text(matter.text, "bold" if late else ""))
    return row
