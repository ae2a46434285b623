"""What all screens of an open vault share: the bar of places, a title line, and safe calls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, ParamSpec, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Footer

from tui import background
from tui.import_job import Progressing
from tui.shell import Place, Shell
from tui.widgets.dialogs import ErrorDialog
from tui.widgets.places import PlacesBar
from tui.widgets.title_line import TitleLine
from vault.actions.session import Session
from vault.errors import VaultError

P = ParamSpec("P")
T = TypeVar("T")


class VaultScreen(Screen[None]):
    """A screen of an open vault; subclasses set PLACE and `heading` and yield their body.

    `run` and `attempt` belong into coroutines that run as workers (`@work`): an action method
    or message handler that waits holds up the keys.
    """

    PLACE: Place | None = None
    HELP_PART: ClassVar[str] = ""
    """The heading in the help that tells of this screen; the place's name where it is empty."""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", key_display="Esc")]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__()
        self.chosen = chosen
        """The id of what should be under the cursor when the screen opens, or empty."""
        self.page = page
        """The page of it to show, where it has pages."""
        self.first_flag: str | None = None
        """The flag (id) the cursor is to be on, where the screen shows flags."""

    heading: reactive[str] = reactive("")
    """The title line; it may hold record text, which is shown as it is, never as markup."""

    def compose(self) -> ComposeResult:
        """The frame, with the subclass's body inside."""
        yield PlacesBar(self.PLACE)
        yield TitleLine(self.heading)
        yield from self.compose_body()
        yield Footer(compact=True, show_command_palette=False)

    def compose_body(self) -> ComposeResult:
        """What a screen shows between title line and footer."""
        yield from ()

    @property
    def shell(self) -> Shell:
        """The app, by what screens may know of it."""
        app = self.app
        if not isinstance(app, Shell):
            raise TypeError("this screen belongs to chartmend's app")
        return app

    @property
    def session(self) -> Session:
        """The open vault."""
        return self.shell.unlocked

    async def run(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an action in a thread; its VaultError reaches the caller.

        Where the screen has gone meanwhile, the caller is cancelled: there is nothing to show on.
        """
        result = await background.run(fn, *args, **kwargs)
        gone = self._pruning or not (self.is_attached and self.is_running and self.app.is_running)
        if gone:
            raise asyncio.CancelledError
        return result

    async def attempt(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """As `run`, but a VaultError is shown in a dialog and None returned."""
        try:
            return await self.run(fn, *args, **kwargs)
        except VaultError as error:
            self.app.push_screen(ErrorDialog.of(error))
            return None

    def follow_import(self, ended: Callable[[], object]) -> None:
        """Call `ended` whenever an import ends while this screen is there."""

        def look(progress: Progressing | None) -> None:
            if progress is not None and not progress.running:
                ended()

        self.watch(self.app, "progress", look, init=False)

    def watch_heading(self, heading: str) -> None:
        """Keep the title line in step."""
        for line in self.query(TitleLine):
            line.heading = Content(heading)

    @on(PlacesBar.Chosen)
    def _place_chosen(self, message: PlacesBar.Chosen) -> None:
        self.shell.go(message.place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no way back from home."""
        if action == "back" and self.PLACE is Place.HOME:
            return False
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Leave this screen for the one below it."""
        self.app.pop_screen()
