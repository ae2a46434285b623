"""One provider: its desks, how it wants to be asked, what does not fit, calls, and what came."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens import provider_words as words
from tui.screens.base import VaultScreen
from tui.screens.process_dialogs import CallDialog, OfficeDialog, StatementDialog
from tui.screens.provider_dialogs import EditProviderDialog, MergeDialog
from tui.screens.provider_words import Line
from tui.shell import Place
from tui.widgets.dialogs import CarefulDialog, ConfirmDialog
from vault.actions import holders, offices, process, provider_view, providers
from vault.actions.provider_view import ProviderView
from vault.actions.requests import RequestView
from vault.model.offices import Office
from vault.model.statements import Statement


class ProviderScreen(VaultScreen):
    """All that is known of the provider `chosen` (an id)."""

    PLACE = Place.PROVIDERS
    HELP_PART = "A provider"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit"),
        Binding("o", "office", "Desk"),
        Binding("s", "statement", "Says"),
        Binding("c", "call", "Call"),
        Binding("x", "take", "Remove"),
        Binding("y", "confirm", "Confirm"),
        Binding("m", "merge", "Merge", show=False),
        Binding("d", "delete", "Delete", show=False),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self._view: ProviderView | None = None
        self._lines: tuple[Line, ...] = ()
        self._going = False
        """Whether the provider is about to be no more: it is not looked for meanwhile."""

    def compose_body(self) -> ComposeResult:
        """Who it is, the list of its parts, and all of the one under the cursor."""
        yield Static("", id="facts", markup=False)
        yield OptionList(id="parts", markup=False, compact=True)
        yield Static("", id="part", classes="about", markup=False)

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        if not self._going:
            self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Look at the vault again."""
        view = await self.attempt(provider_view.get, self.session, self.chosen, self.shell.today())
        if view is None:
            return
        self._view, self._lines = view, words.lines(view)
        self.heading = view.provider.name
        self.query_one("#facts", Static).update(Content(words.facts(view)))
        parts = self.query_one("#parts", OptionList)
        kept = parts.highlighted
        parts.clear_options()
        parts.add_options(
            [
                Option(Content(line.text), disabled=not line.text.startswith((" ", "!")))
                for line in self._lines
            ]
        )
        parts.highlighted = min(kept if kept is not None else 1, len(self._lines) - 1)
        parts.focus()
        self._show()

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        at = self.query_one("#parts", OptionList).highlighted
        return self._lines[at] if at is not None and at < len(self._lines) else None

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        line = self.line
        part = self.query_one("#part", Static)
        part.update(Content(line.whole if line else ""))
        part.display = bool(line and line.whole)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are offered where they can do something."""
        if not self.is_mounted:
            return super().check_action(action, parameters)
        if action == "take":
            about = self.line.about if self.line else None
            return isinstance(about, Office) or (isinstance(about, Statement) and about.live)
        if action == "confirm":
            return self._view is not None and bool(self._view.provider.to_confirm)
        return super().check_action(action, parameters)

    @work(exclusive=True, group="ask")
    async def action_edit(self) -> None:
        """Change what is known of it."""
        if self._view is None:
            return
        known = await self.run(providers.every, self.session)
        if await self.app.push_screen_wait(EditProviderDialog(self._view.provider, known)):
            self.load()

    @work(exclusive=True, group="ask")
    async def action_office(self) -> None:
        """Add a desk."""
        if self._view is None:
            return
        if await self.app.push_screen_wait(OfficeDialog(self._view.provider)):
            self.load()

    @on(OptionList.OptionSelected)
    @work(exclusive=True, group="ask")
    async def _change(self) -> None:
        """Change the desk under the cursor, or go to the request."""
        about = self.line.about if self.line else None
        if isinstance(about, RequestView):
            self.shell.go(Place.REQUESTS, about.request.id)
        if self._view is None or not isinstance(about, Office):
            return
        if await self.app.push_screen_wait(OfficeDialog(self._view.provider, about)):
            self.load()

    @work(exclusive=True, group="ask")
    async def action_statement(self) -> None:
        """Note how they want to be asked."""
        if self._view is None:
            return
        form = StatementDialog(self._view.provider, self.shell.today())
        if await self.app.push_screen_wait(form):
            self.load()

    @work(exclusive=True, group="ask")
    async def action_call(self) -> None:
        """Note a telephone call."""
        if self._view is None:
            return
        asked = [view.request for view in self._view.requests]
        form = CallDialog(self._view.provider, asked, self.shell.today())
        if await self.app.push_screen_wait(form):
            self.load()

    @work(exclusive=True, group="ask")
    async def action_take(self) -> None:
        """Take the desk under the cursor out, or withdraw the statement."""
        about = self.line.about if self.line else None
        if isinstance(about, Office):
            question = f"Take this desk out?\n{about.name or about.role.value}"
            if await self.app.push_screen_wait(CarefulDialog(question, yes="Take out")):
                await self.attempt(offices.remove, self.session, about.id)
                self.load()
        elif isinstance(about, Statement):
            question = f"Withdraw: {about.topic.value} {about.value.replace('_', ' ')}?"
            detail = "It is kept, and shown as withdrawn."
            if await self.app.push_screen_wait(ConfirmDialog(question, detail)):
                await self.attempt(process.unsay, self.session, about.id)
                self.load()

    @work(exclusive=True, group="ask")
    async def action_confirm(self) -> None:
        """Say that the address is right."""
        if self._view is None:
            return
        address = "\n".join(self._view.provider.address)
        asked = ConfirmDialog("Is this address right?", address or "There is none.")
        if await self.app.push_screen_wait(asked):
            await self.attempt(providers.confirm, self.session, self.chosen)
            self.load()

    @work(exclusive=True, group="ask")
    async def action_merge(self) -> None:
        """Make it one with another, and show that one."""
        if self._view is None:
            return
        known = await self.run(providers.every, self.session)
        if len(known) < 2:
            self.notify("There is no other provider to merge it with.")
            return
        self._going = True
        moved = await self.app.push_screen_wait(MergeDialog(self._view.provider, known))
        self._going = False
        if moved is not None:
            self.chosen = moved.provider.id
        self.load()

    @work(exclusive=True, group="ask")
    async def action_delete(self) -> None:
        """Delete it, and go back to the list."""
        if self._view is None:
            return
        question = f"Delete {self._view.provider.name}?"
        detail = "Its desks, statements and calls go with it. This cannot be undone."
        self._going = True
        sure = await self.app.push_screen_wait(CarefulDialog(question, detail, yes="Delete"))
        gone = await self.attempt(holders.delete, self.session, self.chosen) if sure else None
        if gone is not None:
            self.app.pop_screen()
        else:
            self._going = False
