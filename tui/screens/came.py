"""What came: records that answer no request yet, with the request each may answer, and why."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens import came_dialog, owed
from tui.screens.base import VaultScreen
from tui.shell import Place
from tui.widgets.lists import OpenList
from vault.actions import requests
from vault.actions.asking import matching
from vault.actions.asking.matching import Arrival
from vault.actions.requests import RequestView

_NOTHING = """\
Nothing waits here: each record that came is the answer to a request,
or was said to be none.

What arrives you take in under 5 Import. It then stands here until you
say what it answers."""


class CameScreen(VaultScreen):
    """A list of what came; Enter says what a record answers."""

    PLACE = Place.REQUESTS
    HELP_PART = "What came"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("o", "look", "Look at it")]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self._held: tuple[Arrival, ...] = ()
        self._views: dict[str, RequestView] = {}

    def compose_body(self) -> ComposeResult:
        """The list, or words in its place, and why one may be an answer."""
        yield Static(Content(_NOTHING), id="no-requests")
        yield OpenList(id="parts")
        yield Static("", id="part", classes="about", markup=False)

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.heading = "What came, and answers nothing yet"
        self.query_one("#no-requests").display = False

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Look at the vault again."""
        found = await self.attempt(matching.arrivals, self.session)
        if found is None:
            return
        views = await self.run(requests.every, self.session, self.shell.today())
        self._views = {v.request.id: v for v in views}
        self._held = found
        self.query_one("#no-requests").display = not found
        parts = self.query_one("#parts", OptionList)
        parts.display = bool(found)
        kept = parts.highlighted or 0
        parts.clear_options()
        parts.add_options([Option(Content(self._line(held))) for held in found])
        if found:
            parts.highlighted = min(kept, len(found) - 1)
            parts.focus()
        self._show()
        self.refresh_bindings()

    def _line(self, held: Arrival) -> str:
        likely = held.request or (held.matches[0].request if held.matches else "")
        view = self._views.get(likely)
        whom = f"for {view.provider.name}?" if view else "for whom?"
        return f"{held.record.title}  {whom}"

    @property
    def current(self) -> Arrival | None:
        """What is under the cursor."""
        at = self.query_one("#parts", OptionList).highlighted
        return self._held[at] if at is not None and at < len(self._held) else None

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        held = self.current if self._held else None
        part = self.query_one("#part", Static)
        part.display = held is not None
        if held is None:
            return
        day = f"came {owed.day(held.record.received_on)}" if held.record.received_on else ""
        lines = [", ".join(p for p in (held.record.title, day) if p)]
        if held.request in self._views:
            lines.append(f"Kept with the request to {self._views[held.request].provider.name}")
        lines += [
            f"{self._views[m.request].provider.name}: {'; '.join(m.why)}" for m in held.matches[:3]
        ]
        part.update(Content("\n".join(lines)))

    @on(OptionList.OptionSelected)
    @work(exclusive=True, group="ask")
    async def _decide(self) -> None:
        held = self.current
        if held is not None and await came_dialog.decide(self.shell, held):
            self.load()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There has to be something to look at."""
        if action == "look":
            return bool(self._held)
        return super().check_action(action, parameters)

    def action_look(self) -> None:
        """Show the page of the record under the cursor beside its text."""
        if self.current is not None:
            self.shell.open_record(self.current.record.id)
