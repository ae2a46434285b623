"""Requests: who was asked for records, and when an answer is due."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Static

from tui.screens import event_flow, letter_flow, next_step, owed, request_flow
from tui.screens import request_words as words
from tui.screens.add_provider import AddProviderDialog
from tui.screens.base import VaultScreen
from tui.screens.came import CameScreen
from tui.screens.dates import DatesScreen
from tui.screens.fees import FeesScreen
from tui.screens.sent_dialog import RequestSentDialog
from tui.shell import Place
from tui.widgets.fields import plain
from tui.widgets.lists import OpenTable
from vault.actions import requests
from vault.actions.asking import matching
from vault.actions.requests import RequestView
from vault.model.requests import Urgency

_NOTHING = """\
No requests yet.

Press n to ask a doctor, hospital or laboratory for copies of your records."""
_WIDE = 100
_NONE_OPEN = "No request is open. o shows those that are closed, n makes another."
_NARROW_COLUMNS = (("Due", 11), ("How pressing", 14), ("Asked", 26), ("State", 20))
_WIDE_COLUMNS = (
    ("Due", 11),
    ("How pressing", 14),
    ("Asked", 28),
    ("State", 20),
    ("Next", 34),
)


class RequestsScreen(VaultScreen):
    """A table of access requests; Enter opens one."""

    PLACE = Place.REQUESTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New"),
        Binding("s", "sent", "Sent"),
        Binding("l", "log", "Note"),
        Binding("c", "came", "Came"),
        Binding("o", "open_ones", "Open/all"),
        Binding("space", "tick", "Mark", show=False),
        Binding("k", "pack", "Pack", show=False),
        Binding("f", "fees", "Fees", show=False),
        Binding("d", "dates", "Dates", show=False),
        Binding("p", "provider", "New provider", show=False),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self._every: tuple[RequestView, ...] = ()
        self._views: tuple[RequestView, ...] = ()
        self._wide: bool | None = None
        self._closed = False
        self._ticked: set[str] = set()
        self._waiting = 0
        """How many records came that answer nothing yet."""

    def compose_body(self) -> ComposeResult:
        """The table, or words in its place, and the request under the cursor."""
        yield Static(Content(_NOTHING), id="no-requests")
        yield OpenTable(id="requests")
        yield Static("", id="request", classes="about", markup=False)

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.heading = "Requests for records"
        self.query_one("#no-requests").display = False
        self.follow_import(self.load)

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
        if found is None:
            return
        self._every = found
        shut = (v for v in found if not v.standing.open)
        self._closed = self._closed or any(v.request.id == self.chosen for v in shut)
        self._waiting = len(await self.run(matching.arrivals, self.session))
        self._arrange()

    def _arrange(self) -> None:
        """Show the requests that are open, or all."""
        shown = (v for v in self._every if self._closed or v.standing.open)
        self._views = tuple(sorted(shown, key=_order))
        hidden = len(self._every) - len(self._views)
        less = f" ({hidden} closed not shown)" if hidden else ""
        came = f"; {self._waiting} came, press c" if self._waiting else ""
        marked = f"; {len(self._ticked)} marked, k packs them" if self._ticked else ""
        self.heading = f"Requests for records{less}{came}{marked}"
        nothing = self.query_one("#no-requests", Static)
        nothing.update(Content(_NONE_OPEN if self._every else _NOTHING))
        nothing.display = not self._views
        self._fill()
        self.refresh_bindings()

    def _fill(self) -> None:
        table = self.query_one(OpenTable)
        under = self.current
        keep = self.chosen or (under.request.id if under else "")
        table.display = bool(self._views)
        table.clear(columns=True)
        for name, width in _WIDE_COLUMNS if self._wide else _NARROW_COLUMNS:
            table.add_column(name, width=width)
        for view in self._views:
            marked = view.request.id in self._ticked
            cells = (Text(cell) for cell in _cells(view, wide=bool(self._wide), marked=marked))
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
        row = self.query_one(OpenTable).cursor_row
        return self._views[row] if 0 <= row < len(self._views) else None

    @on(DataTable.RowHighlighted)
    def _show(self) -> None:
        view = self.current
        self.query_one("#request", Static).update(Content(_about(view) if view else ""))
        self.refresh_bindings()

    @on(DataTable.RowSelected)
    def _open(self) -> None:
        view = self.current
        if view is not None:
            self.shell.open_request(view.request.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are offered where they can do something."""
        if not self.is_mounted:
            return super().check_action(action, parameters)
        if action == "sent":
            view = self.current if self._views else None
            return view is not None and view.request.state in next_step.UNSENT
        if action == "log":
            return bool(self._views)
        if action == "came":
            return bool(self._waiting)
        if action == "open_ones":
            return any(not v.standing.open for v in self._every)
        return super().check_action(action, parameters)

    def action_open_ones(self) -> None:
        """Show the requests that are open, or all of them."""
        self._closed = not self._closed
        self._arrange()

    def action_fees(self) -> None:
        """Show the money of all requests."""
        self.app.push_screen(FeesScreen())

    def action_dates(self) -> None:
        """Show everything with a date."""
        self.app.push_screen(DatesScreen())

    def action_tick(self) -> None:
        """Mark the request under the cursor for a pack, or unmark it."""
        view = self.current
        if view is not None:
            self._ticked ^= {view.request.id}
            self.chosen = view.request.id
            self._arrange()

    @work(exclusive=True, group="ask")
    async def action_pack(self) -> None:
        """Write the letters of the marked requests, or of the one under the cursor, as one PDF."""
        ticked = [v.request.id for v in self._views if v.request.id in self._ticked]
        wanted = ticked or ([self.current.request.id] if self.current else [])
        if wanted:
            await letter_flow.pack(self.shell, wanted)

    def action_came(self) -> None:
        """Show what came and answers nothing yet."""
        self.app.push_screen(CameScreen())

    @work(exclusive=True, group="ask")
    async def action_new(self) -> None:
        """Make a request; what it needs first is asked for first."""
        made = await request_flow.make(self.shell)
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
        made = await event_flow.tell(self.shell, view)
        if made is not None:
            self.load()

    @work(exclusive=True, group="ask")
    async def action_provider(self) -> None:
        """Add a provider."""
        await self.app.push_screen_wait(AddProviderDialog())


_LATE = (Urgency.VERY_OVERDUE, Urgency.OVERDUE, Urgency.ASLEEP, Urgency.DUE_SOON)


def _order(view: RequestView) -> tuple[bool, int, dt.date]:
    """The most pressing first, then by the day an answer is due; the closed ones last."""
    late = _LATE.index(view.urgency) if view.urgency in _LATE else len(_LATE)
    return not view.standing.open, late, view.due.on if view.due else dt.date.max


def _cells(view: RequestView, *, wide: bool, marked: bool) -> tuple[str, ...]:
    due = owed.day(view.due.on) if view.due else ""
    begin = (
        due,
        owed.pressing(view.due, view.urgency),
        f"{'x ' if marked else ''}{view.provider.name}",
    )
    state = plain(view.request.state)
    return (*begin, state, words.next_of(view)) if wide else (*begin, state)


def _about(view: RequestView) -> str:
    """A request in short: what to do next, what was asked for, when an answer is due."""
    request = view.request
    asked = ", ".join(plain(kind) for kind in request.what)
    since = f" from {owed.day(request.from_date)}" if request.from_date else ""
    until = f" up to {owed.day(request.to_date)}" if request.to_date else ""
    many = len(request.events)
    more = f"{many} things noted, the last: " if many > 1 else ""
    lines = [
        f"Next: {next_step.told(view)}",
        requests.owed(view),
        f"Asks for: {asked}{since}{until}, about {view.person.name}. {request.format}".rstrip(),
        f"{more}{owed.history(request.events[-1])}" if request.events else "",
    ]
    return "\n".join(line for line in lines if line)
