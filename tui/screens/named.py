"""Who is named in held records: organizations and clinicians, those never asked first."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Static

from tui.screens import provider_words as words
from tui.screens.base import VaultScreen
from tui.screens.provider_dialogs import ChooseProviderDialog
from tui.shell import Place
from tui.widgets.dialogs import AskDialog
from tui.widgets.fields import plain
from vault.actions import discovery, providers
from vault.actions.discovery import Named

_NOTHING = """\
No record you hold names anybody yet.

Import records (5): their letterheads, laboratories, pharmacies and clinicians
are listed here, so that you see whom you never asked."""
_WIDE = 100
_NARROW = (("Name", 32), ("Kind", 12), ("Years", 12), ("", 18))
_BROAD = (("Name", 40), ("Kind", 14), ("Years", 12), ("", 40))


class NamedScreen(VaultScreen):
    """A table of names; only the person says who they are."""

    PLACE = Place.PROVIDERS
    HELP_PART = "Named in your records"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add"),
        Binding("s", "same", "It is ..."),
        Binding("i", "ignore", "Nobody to ask"),
        Binding("u", "undo", "Take back"),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self._found: tuple[Named, ...] = ()
        self._wide: bool | None = None

    def compose_body(self) -> ComposeResult:
        """The table, or words in its place, and the name under the cursor."""
        yield Static(Content(_NOTHING), id="no-names")
        yield DataTable(id="names", cursor_type="row", cell_padding=1)
        yield Static("", id="name", classes="about", markup=False)

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.heading = "Named in your records"
        self.query_one("#no-names").display = False

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self.load()

    def on_resize(self, event: events.Resize) -> None:
        """More room for each column where there is some."""
        wide = event.size.width >= _WIDE
        if wide != self._wide:
            self._wide = wide
            self._fill()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Look through all pages again."""
        self.heading = "Named in your records: looking ..."
        found = await self.attempt(discovery.every, self.session)
        if found is None:
            return
        self._found = found
        never = sum(n.never_asked for n in found)
        self.heading = f"Named in your records: {never} never asked, {len(found)} in all"
        self.query_one("#no-names").display = not found
        self._fill()

    def _fill(self) -> None:
        table = self.query_one(DataTable)
        under = self.current
        row = table.cursor_row
        keep = under.key if under else ""
        table.display = bool(self._found)
        table.clear(columns=True)
        for name, width in _BROAD if self._wide else _NARROW:
            table.add_column(name, width=width)
        for held in self._found:
            cells = (held.name, plain(held.kind), words.span(held.years), words.named_state(held))
            table.add_row(*(Text(cell) for cell in cells), key=held.key)
        if any(held.key == keep for held in self._found):
            table.move_cursor(row=table.get_row_index(keep))
        elif self._found:
            table.move_cursor(row=min(row, len(self._found) - 1))
        if self._found and self.focused is None:
            table.focus()
        self._show()

    @property
    def current(self) -> Named | None:
        """The name under the cursor."""
        row = self.query_one(DataTable).cursor_row
        return self._found[row] if 0 <= row < len(self._found) else None

    @on(DataTable.RowHighlighted)
    def _show(self) -> None:
        held = self.current
        told = words.named_whole(held) if held else ""
        self.query_one("#name", Static).update(Content(told))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was decided can be taken back, and nothing else."""
        if self.is_mounted and action in ("add", "same", "ignore", "undo"):
            held = self.current
            return held is not None and held.decided == (action == "undo")
        return super().check_action(action, parameters)

    async def _decide(self, act: Callable[..., object], *args: object) -> None:
        if await self.attempt(act, self.session, *args) is not None:
            self.load()

    @work(exclusive=True, group="ask")
    async def action_add(self) -> None:
        """Add the name as a provider, in a place the person names."""
        held = self.current
        if held is None:
            return
        detail = "Where it is decides the law: us, us-tx, uk, ..."
        asked = AskDialog(f"Add {held.name} as a provider. Where is it?", value="us", detail=detail)
        place = await self.app.push_screen_wait(asked)
        if place is not None:
            await self._decide(discovery.add_named, held.name, None, place.strip() or "us")

    @work(exclusive=True, group="ask")
    async def action_same(self) -> None:
        """Say which provider the name is."""
        held = self.current
        known = await self.run(providers.every, self.session)
        if held is None or not known:
            self.notify("There is no provider yet: a adds this one.")
            return
        first = held.provider.id if held.provider else ""
        detail = "The name becomes one of its other names."
        form = ChooseProviderDialog(f"Who is {held.name}?", detail, known, first)
        chosen = await self.app.push_screen_wait(form)
        if chosen:
            await self._decide(discovery.same, held.name, chosen)

    @work(exclusive=True, group="ask")
    async def action_ignore(self) -> None:
        """Say that the name is nobody to ask."""
        held = self.current
        if held is not None:
            await self._decide(discovery.ignore, held.name)

    @work(exclusive=True, group="ask")
    async def action_undo(self) -> None:
        """Take back what was said of the name."""
        held = self.current
        if held is not None:
            await self._decide(discovery.undecide, held.name)
