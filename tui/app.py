"""The app: opens the vault, leads from screen to screen, and shows unexpected errors."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import WorkerFailed

from tui import background, crash
from tui.given import Opening
from tui.screens.base import VaultScreen
from tui.screens.cover import CoverScreen
from tui.screens.first_run import FirstRunScreen
from tui.screens.help import HelpScreen
from tui.screens.home import HomeScreen
from tui.screens.unlock import UnlockScreen
from tui.shell import Place
from tui.widgets.dialogs import ConfirmDialog, ErrorDialog
from tui.working import Working
from vault import dates
from vault.actions import preferences
from vault.actions import session as sessions
from vault.actions.session import Session
from vault.errors import Exit

DARK, LIGHT = "textual-dark", "textual-light"

_SCREENS = {
    Place.RECORDS: ("tui.screens.records", "RecordsScreen"),
    Place.REQUESTS: ("tui.screens.requests", "RequestsScreen"),
    Place.CORRECTIONS: ("tui.screens.corrections", "CorrectionsScreen"),
    Place.IMPORT: ("tui.screens.importing", "ImportScreen"),
    Place.SEARCH: ("tui.screens.search", "SearchScreen"),
    Place.PROVIDERS: ("tui.screens.providers", "ProvidersScreen"),
}
_INSIDE = ("go", "help", "lock", "command_palette", "show_help_panel")
"""Actions that make sense only with an open vault in sight."""
_BY_HAND = Opening()
_REVIEW = ("tui.screens.review", "ReviewScreen")
_REQUEST = ("tui.screens.request", "RequestScreen")
_CORRECTION = ("tui.screens.correction", "CorrectionScreen")
_PROVIDER = ("tui.screens.provider", "ProviderScreen")
_LOOK = ("tui.screens.looking", "LookScreen")


def _load(where: tuple[str, str]) -> type[VaultScreen]:
    """A screen's class, its module loaded when it is first shown: the app starts sooner."""
    found = getattr(importlib.import_module(where[0]), where[1])
    if not (isinstance(found, type) and issubclass(found, VaultScreen)):
        raise TypeError(f"{where[1]} is no screen")
    return found


class ChartmendApp(Working):
    """The terminal app over one vault folder.

    With a `session` it starts unlocked; a `passphrase` is tried once before one is asked for,
    and `opening` says what else there is.
    """

    TITLE = "chartmend"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("f1", "help", "Help", show=False),
        # Before any widget sees them: keys typed right behind them belong to the next field.
        Binding("tab", "app.focus_next", "Next field", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", "Field before", show=False, priority=True),
        Binding("ctrl+l", "lock", "Lock", priority=True),
        Binding("ctrl+z", "lock", "Lock", show=False, priority=True),
        Binding("q", "quit", "Quit"),
        Binding("t", "toggle_theme", "Light or dark", show=False),
        *(
            Binding(str(number), f"go('{place.value}')", place.value.capitalize(), show=False)
            for number, place in enumerate(Place, 1)
        ),
    ]

    def __init__(
        self,
        folder: Path,
        *,
        session: Session | None = None,
        today: Callable[[], dt.date] = dates.today,
        passphrase: str = "",
        opening: Opening = _BY_HAND,
    ) -> None:
        super().__init__(folder, today)
        self.session = session
        self.key_file = opening.key_file
        self._passphrase = passphrase
        self._keyring = opening.keyring

    def on_mount(self) -> None:
        """Show the first screen: a new vault, the passphrase, or home."""
        self.start_watching()
        if self.session is not None:
            self.opened(self.session)
        elif sessions.exists(self.folder):
            self.push_screen(UnlockScreen(self._passphrase, keyring=self._keyring))
            self._passphrase = ""
        else:
            self.push_screen(FirstRunScreen())

    def opened(self, session: Session) -> None:
        """Take over a vault that was just opened or made, and show the home screen."""
        self.session = session
        self._enter(session)

    @work(exclusive=True, group="go")
    async def _enter(self, session: Session) -> None:
        theme = await background.run(preferences.get, session, preferences.THEME)
        if theme in (DARK, LIGHT):
            self.theme = theme
        self.idle_seconds = 60.0 * await background.run(
            preferences.number, session, preferences.IDLE
        )
        await self._show(HomeScreen(), keep=1)
        for notice in session.vault.notices:
            self.notify(notice, markup=False, timeout=15)

    async def _show(self, screen: Screen[None], keep: int) -> None:
        """Put a screen over the lowest `keep` ones, the rest removed."""
        while len(self.screen_stack) > keep:
            await self.pop_screen()
        await self.push_screen(screen)

    def go(self, place: Place, chosen: str = "") -> None:
        """Show one of the main screens with the thing of id `chosen` under the cursor."""
        self._go(place, chosen)

    @work(exclusive=True, group="go")
    async def _go(self, place: Place, chosen: str) -> None:
        if place is Place.HOME:
            await self._show(HomeScreen(), keep=1)
        else:
            await self._show(_load(_SCREENS[place])(chosen), keep=2)

    def open_record(self, record: str, page: int | None = None, flag: str | None = None) -> None:
        """Show a record's pages beside their text, the cursor on the words of a flag (id)."""
        screen = _load(_REVIEW)(record, page)
        screen.first_flag = flag
        self.push_screen(screen)

    def open_request(self, request: str) -> None:
        """Show all of a request (an id), over the screen that is there."""
        self.push_screen(_load(_REQUEST)(request))

    def open_correction(self, correction: str) -> None:
        """Show all of a correction (an id), over the screen that is there."""
        self.push_screen(_load(_CORRECTION)(correction))

    def open_provider(self, provider: str) -> None:
        """Show all of a provider (an id), over the screen that is there."""
        self.push_screen(_load(_PROVIDER)(provider))

    def open_looking(self) -> None:
        """Show the pages that wait for a person to look at them."""
        self.push_screen(_load(_LOOK)())

    @work(exclusive=True, group="ask")
    async def action_quit(self) -> None:  # type: ignore[override]
        """Leave the app; a running import is asked about first."""
        if self.job is not None and not await self.push_screen_wait(
            ConfirmDialog(
                f"{self.job.RUNS} Leave all the same?",
                self.job.LEFT,
                yes="Leave",
                no="Stay",
            )
        ):
            return
        self.leave()

    def action_go(self, place: str) -> None:
        """Show one of the main screens, by a number key."""
        self.go(Place(place))

    def action_help(self) -> None:
        """Show the help over the screen that is there, its own part first."""
        screen = self.screen
        if isinstance(screen, HelpScreen):
            return
        part = ""
        if isinstance(screen, VaultScreen):
            part = screen.HELP_PART or (screen.PLACE.value.capitalize() if screen.PLACE else "")
        self.push_screen(HelpScreen(part))

    def action_help_quit(self) -> None:
        """Ctrl+C does not end the app: say what does."""
        self.notify("Press q to leave, Ctrl+L to lock.")

    def action_toggle_theme(self) -> None:
        """Change between light and dark, and remember it in the vault."""
        self.theme = LIGHT if self.theme == DARK else DARK
        if self.session is not None:
            self._remember(self.session, self.theme)

    @work(exclusive=True, group="theme")
    async def _remember(self, session: Session, theme: str) -> None:
        await background.run(preferences.choose, session, preferences.THEME, theme)

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Write nothing: a picture of the screen would be a record in the clear."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - textual's
        """Nothing leads past a locked vault or a covered screen."""
        if self.session is None:
            # Before there is a vault, nothing is locked: the help may be read.
            return action not in _INSIDE or (
                action == "help" and isinstance(self.screen, FirstRunScreen)
            )
        return action == "lock" or action not in _INSIDE or not isinstance(self.screen, CoverScreen)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002 - textual's
        """The palette's commands; none of them writes what the screen shows to a file."""
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)
        yield SystemCommand("Keys", "Show the keys of this screen", self.action_show_help_panel)
        yield SystemCommand("Quit", "Leave chartmend", self.action_quit)
        if self.session is not None:
            yield SystemCommand("Lock", "Close the vault", self.action_lock)
            looking = "Pages the reading is not sure of"
            yield SystemCommand("Pages to look at", looking, self.open_looking)
            for place in Place:
                name = place.value.capitalize()
                yield SystemCommand(name, f"Go to: {name}", partial(self.go, place))

    def _handle_exception(self, error: Exception) -> None:
        """Show what a worker failed of in a dialog where a person may see it; else end the app.

        A widget whose own messages failed takes no more of them: that is an end in any case.
        """
        shown = crash.known(error)
        if shown is not None and isinstance(error, WorkerFailed) and self.is_running:
            self.push_screen(ErrorDialog.of(shown))
        else:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Say where a bug is; Textual's own page would print the values around it."""
        error = self._exception or RuntimeError()
        shown = crash.known(error)
        said = shown.sentence if shown else crash.sentence(error)
        hint = shown.hint if shown else crash.HINT
        self._return_code = int(shown.exit_code if shown else Exit.BUG)
        self.bell()
        self.clear_clipboard()
        self._exit_renderables.append(Text(f"chartmend: {said}\n  hint: {hint}"))
        self._close_messages_no_wait()
