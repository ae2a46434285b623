"""Providers: who holds records, what is known of them, and how much of it came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Static

from tui.screens import provider_words as words
from tui.screens.add_provider import AddProviderDialog
from tui.screens.base import VaultScreen
from tui.screens.named import NamedScreen
from tui.screens.provider import ProviderScreen
from tui.screens.provider_dialogs import RegistryDialog, taken
from tui.shell import Place
from tui.widgets.dialogs import AskDialog
from tui.widgets.fields import plain
from tui.widgets.lists import OpenTable
from vault.actions import discovery, providers
from vault.actions.discovery import Year
from vault.model.providers import Provider

_NOTHING = """\
No providers yet.

Press n to add a hospital, practice, laboratory or anybody else who holds records
of yours; h shows who is named in the records you have."""
_WIDE = 100
_NARROW_COLUMNS = (("Provider", 30), ("Kind", 14), ("Notice", 18), ("Came", 12))
_WIDE_COLUMNS = (
    ("Provider", 40),
    ("Kind", 14),
    ("Place", 10),
    ("Notice", 20),
    ("Came", 14),
)


class ProvidersScreen(VaultScreen):
    """A table of providers; Enter opens one."""

    PLACE = Place.PROVIDERS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New"),
        Binding("f", "find", "Find"),
        Binding("i", "registry", "Registry"),
        Binding("h", "named", "In records"),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self._held: tuple[Provider, ...] = ()
        self._years: Mapping[str, tuple[Year, ...]] = {}
        self._sought = ""
        self._wide: bool | None = None

    def compose_body(self) -> ComposeResult:
        """The table, or words in its place, and the provider under the cursor."""
        yield Static(Content(_NOTHING), id="no-providers")
        yield OpenTable(id="providers")
        yield Static("", id="provider", classes="about", markup=False)

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.heading = "Who holds records"
        self.query_one("#no-providers").display = False

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
        """Look at the vault again; what came by year is told once it is counted."""
        found = await self.attempt(providers.matching, self.session, self._sought)
        if found is None:
            return
        self._held = found
        self.heading = f"Providers like: {self._sought}" if self._sought else "Who holds records"
        nothing = self.query_one("#no-providers", Static)
        nothing.update(
            Content("None has such a name. f finds others." if self._sought else _NOTHING)
        )
        nothing.display = not found
        self._fill()
        self._years = await self.run(discovery.coverages, self.session)
        self._fill()

    def _fill(self) -> None:
        table = self.query_one(OpenTable)
        under = self.current
        keep = self.chosen or (under.id if under else "")
        table.display = bool(self._held)
        table.clear(columns=True)
        for name, width in _WIDE_COLUMNS if self._wide else _NARROW_COLUMNS:
            table.add_column(name, width=width)
        for held in self._held:
            table.add_row(*(Text(cell) for cell in self._cells(held)), key=held.id)
        if any(held.id == keep for held in self._held):
            table.move_cursor(row=table.get_row_index(keep))
            self.chosen = ""
        if self._held and self.focused is None:
            table.focus()
        self._show()

    def _cells(self, held: Provider) -> tuple[str, ...]:
        end = words.notice(held), words.came(self._years.get(held.id, ()))
        place = (held.jurisdiction,) if self._wide else ()
        return held.name, plain(held.kind), *place, *end

    @property
    def current(self) -> Provider | None:
        """The provider under the cursor."""
        row = self.query_one(OpenTable).cursor_row
        return self._held[row] if 0 <= row < len(self._held) else None

    @on(DataTable.RowHighlighted)
    def _show(self) -> None:
        held = self.current
        reach = (held.department, *held.address, held.phone) if held else ()
        also = f"Also: {'; '.join(held.other_names)}" if held and held.other_names else ""
        told = "\n".join(p for p in (", ".join(part for part in reach if part), also) if p)
        self.query_one("#provider", Static).update(Content(told))

    @on(DataTable.RowSelected)
    def _open(self) -> None:
        held = self.current
        if held is not None:
            self.app.push_screen(ProviderScreen(held.id))

    @work(exclusive=True, group="ask")
    async def action_new(self) -> None:
        """Add a provider."""
        made = await self.app.push_screen_wait(AddProviderDialog())
        if made is not None:
            self.chosen, self._sought = made.id, ""
            self.load()

    @work(exclusive=True, group="ask")
    async def action_find(self) -> None:
        """Show the providers one of whose names is like a text."""
        detail = "A name, a brand, or what it was called before; empty shows all."
        asked = AskDialog("Find a provider", value=self._sought, detail=detail)
        sought = await self.app.push_screen_wait(asked)
        if sought is not None:
            self._sought = sought.strip()
            self.load()

    @work(exclusive=True, group="ask")
    async def action_registry(self) -> None:
        """Take in providers from a file of the registry."""
        result = await self.app.push_screen_wait(RegistryDialog())
        if result is not None:
            self.notify(taken(result), markup=False, timeout=15)
            self.load()

    def action_named(self) -> None:
        """Show who is named in held records."""
        self.app.push_screen(NamedScreen())
