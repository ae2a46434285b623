"""The money of all requests: what was asked, paid, given back and is open."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens import fee_words as words
from tui.screens.base import VaultScreen
from tui.shell import Place
from tui.widgets.lists import OpenList
from vault.actions.asking import fees
from vault.actions.asking.fees import Fees

_NOTHING = """\
No fee has been named yet.

When they name one, note it with t or l on the request: it is then held against
what the law lets them charge."""


class FeesScreen(VaultScreen):
    """A list of requests with money in them; Enter opens one."""

    PLACE = Place.REQUESTS
    HELP_PART = "Money"

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self._held: tuple[Fees, ...] = ()

    def compose_body(self) -> ComposeResult:
        """The totals, the list, and all of the money of one request."""
        yield Static(Content(_NOTHING), id="no-requests")
        yield Static("", id="next", markup=False)
        yield OpenList(id="parts")
        yield Static("", id="part", classes="about", markup=False)

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.heading = "What it cost"
        self.query_one("#no-requests").display = False

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Look at the vault again."""
        found = await self.attempt(fees.every, self.session)
        if found is None:
            return
        self._held = found
        self.query_one("#no-requests").display = not found
        together = "\n".join(words.total(row) for row in fees.together(found))
        head = self.query_one("#next", Static)
        head.display = bool(found)
        head.update(Content(f"All together: {together}" if together else ""))
        parts = self.query_one("#parts", OptionList)
        parts.display = bool(found)
        kept = parts.highlighted or 0
        parts.clear_options()
        parts.add_options([Option(Content(words.row(held))) for held in found])
        if found:
            parts.highlighted = min(kept, len(found) - 1)
            parts.focus()

    @on(OptionList.OptionHighlighted)
    def _show(self, event: OptionList.OptionHighlighted) -> None:
        held = self._held[event.option_index]
        self.query_one("#part", Static).update(Content("\n".join(words.lines(held))))

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        self.shell.open_request(self._held[event.option_index].request.id)
