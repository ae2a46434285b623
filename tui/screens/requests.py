"""Requests: who was asked for records, and when an answer is due."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Static

from tui.screens import next_step, owed
from tui.screens.add_person import AddPersonDialog
from tui.screens.add_provider import AddProviderDialog
from tui.screens.base import VaultScreen
from tui.screens.log_dialog import LogDialog
from tui.screens.request_dialog import RequestDialog
from tui.screens.sent_dialog import RequestSentDialog
from tui.shell import Place
from tui.widgets.fields import plain
from vault.actions import people, providers, requests
from vault.actions.requests import RequestView
from vault.model.requests import RequestState

_NOTHING = """\
No requests yet.

Press n to ask a doctor, hospital or laboratory for copies of your records."""
_WIDE = 100
_NARROW_COLUMNS = (("Due", 11), ("How pressing", 14), ("Asked", 28), ("State", 16))
_WIDE_COLUMNS = (
    ("Due", 11),
    ("How pressing", 14),
    ("Asked", 28),
    ("Records of", 20),
    ("State", 14),
    ("Rule", 18),
)


class RequestsScreen(VaultScreen):
    """A table of access requests, and all of the one under the cursor."""

    PLACE = Place.REQUESTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New request"),
        Binding("s", "sent", "Mark as sent"),
        Binding("l", "log", "Note"),
        Binding("p", "provider", "Provider"),
    ]

    def __init__(self, chosen: str = "") -> None:
        super().__init__(chosen)
        self._views: tuple[RequestView, ...] = ()
        self._wide: bool | None = None

    def compose_body(self) -> ComposeResult:
        """The table, or words in its place, and the request under the cursor."""
        yield Static(Content(_NOTHING), id="no-requests")
        yield DataTable(id="requests", cursor_type="row", cell_padding=1)
        yield Static("", id="request", classes="about", markup=False)

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.heading = "Requests for records"
        self.query_one("#no-requests").display = False

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self.load()

    def on_resize(self, event: events.Resize) -> None:
        """More columns where there is room."""
        wide = event.size.width >= _WIDE
        if wide != self._wide:
            self._wide = wide
            self._fill()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Look at the vault again."""
        found = await self.attempt(requests.every, self.session, self.shell.today())
        if found is not None:
            self._views = found
            self.query_one("#no-requests").display = not found
            self._fill()
            self.refresh_bindings()

    def _fill(self) -> None:
        table = self.query_one(DataTable)
        under = self.current
        keep = self.chosen or (under.request.id if under else "")
        table.display = bool(self._views)
        table.clear(columns=True)
        for name, width in _WIDE_COLUMNS if self._wide else _NARROW_COLUMNS:
            table.add_column(name, width=width)
        for view in self._views:
            cells = (Text(cell) for cell in _cells(view, wide=bool(self._wide)))
            table.add_row(*cells, key=view.request.id)
        if any(v.request.id == keep for v in self._views):
            table.move_cursor(row=table.get_row_index(keep))
            self.chosen = ""
        if self._views and self.focused is None:
            table.focus()
        self._show()

    @property
    def current(self) -> RequestView | None:
        """The request under the cursor."""
        row = self.query_one(DataTable).cursor_row
        return self._views[row] if 0 <= row < len(self._views) else None

    @on(DataTable.RowHighlighted)
    def _show(self) -> None:
        view = self.current
        self.query_one("#request", Static).update(Content(_about(view) if view else ""))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A request can be marked as sent once, and a closed one stays as it is."""
        if action == "sent":
            view = self.current if self._views else None
            return view is not None and view.request.state in next_step.UNSENT
        if action == "log":
            view = self.current if self._views else None
            return view is not None and view.request.state is not RequestState.CLOSED
        return super().check_action(action, parameters)

    @work(exclusive=True, group="ask")
    async def action_new(self) -> None:
        """Make a request; what it needs first is asked for first."""
        if not await self.run(providers.every, self.session):
            await self.app.push_screen_wait(AddProviderDialog())
        if not await self.run(people.every, self.session):
            await self.app.push_screen_wait(AddPersonDialog())
        known = await self.run(providers.every, self.session)
        patients = await self.run(people.every, self.session)
        if not known or not patients:
            self.notify("A request needs a provider to ask and a person it is about.")
            return
        made = await self.app.push_screen_wait(RequestDialog(known, patients))
        if made is not None:
            self.chosen = made.request.id
            self.load()

    @work(exclusive=True, group="ask")
    async def action_sent(self) -> None:
        """Note that the request under the cursor was sent."""
        view = self.current
        if view is None:
            return
        form = RequestSentDialog(view.request.id, view.provider.name, self.shell.today())
        if await self.app.push_screen_wait(form):
            self.load()

    @work(exclusive=True, group="ask")
    async def action_log(self) -> None:
        """Note what happened to the request under the cursor."""
        view = self.current
        if view is None:
            return
        form = LogDialog(view.request.id, view.provider.name, self.shell.today())
        if await self.app.push_screen_wait(form):
            self.load()

    @work(exclusive=True, group="ask")
    async def action_provider(self) -> None:
        """Add a provider."""
        await self.app.push_screen_wait(AddProviderDialog())


def _cells(view: RequestView, *, wide: bool) -> tuple[str, ...]:
    due = owed.day(view.due.on) if view.due else ""
    begin = (due, owed.pressing(view.due, view.urgency), view.provider.name)
    state = plain(view.request.state)
    if not wide:
        return (*begin, state)
    return (*begin, view.person.name, state, view.due.rule.cite if view.due else "")


def _about(view: RequestView) -> str:
    """All of a request: what was asked for, when an answer is due, and what has happened."""
    request = view.request
    asked = ", ".join(plain(kind) for kind in request.what)
    since = f" from {owed.day(request.from_date)}" if request.from_date else ""
    until = f" up to {owed.day(request.to_date)}" if request.to_date else ""
    lines = [
        f"{request.id}: {view.provider.name}, about {view.person.name}",
        f"Asks for: {asked}{since}{until}. {request.format}".rstrip(),
        requests.owed(view),
        *(owed.history(event) for event in request.events[-4:]),
        next_step.of(view),
    ]
    return "\n".join(line for line in lines if line)
