"""Pages to look at: those the reading is not sure of, over all records."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.base import VaultScreen
from tui.widgets.lists import OpenList
from vault.actions import looking
from vault.actions.looking import ToLook
from vault.model.trust import KINDS, reasons, verdict

NOTHING = """\
No page waits for you to look at it.

Each page that was not read with certainty is listed here, with the reason."""
_MOST = 2000


class LookScreen(VaultScreen):
    """The list of pages; Enter opens one, l says that one has looked at it."""

    HELP_PART = "Pages to look at"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "looked", "I have looked"),
        Binding("u", "undo", "Undo"),
        Binding("r", "reload", "Reload", show=False),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self._pages: tuple[ToLook, ...] = ()
        self._marked: list[tuple[str, int]] = []

    def compose_body(self) -> ComposeResult:
        """The list, or the words in its place."""
        yield Static(NOTHING, id="nothing", markup=False)
        yield OpenList(id="to-look")

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.heading = "Pages to look at"
        self.query_one("#nothing").display = False
        self.follow_import(self.action_reload)

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self.action_reload()

    def action_reload(self) -> None:
        """Look at the vault again."""
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        await self._show()

    async def _show(self) -> None:
        found = await self.attempt(looking.every, self.session)
        if found is None:
            return
        listed = self.query_one(OpenList)
        kept = listed.highlighted or 0
        self._pages = found[:_MOST]
        self.heading = f"Pages to look at: {len(found)}" if found else "Pages to look at"
        self.query_one("#nothing").display = not found
        listed.display = bool(found)
        listed.clear_options()
        listed.add_options(Option(prompt(one)) for one in self._pages)
        if found:
            listed.highlighted = min(kept, len(self._pages) - 1)
            listed.focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done now is offered."""
        if action == "looked":
            return bool(self._pages)
        if action == "undo":
            return bool(self._marked)
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        one = self._pages[event.option_index]
        self.shell.open_record(one.record.id, one.page.number)

    @work(exclusive=True, group="ask")
    async def action_looked(self) -> None:
        """Take the page under the cursor off the list: a person has looked at it."""
        at = self.query_one(OpenList).highlighted
        if at is None or at >= len(self._pages):
            return
        one = self._pages[at]
        today, where = self.shell.today(), (one.record.id, one.page.number)
        done = await self.attempt(looking.mark, self.session, *where, today)
        if done is not None:
            self._marked.append(where)
            await self._show()

    @work(exclusive=True, group="ask")
    async def action_undo(self) -> None:
        """Put the page marked last back on the list."""
        if not self._marked:
            return
        today, where = self.shell.today(), self._marked.pop()
        await self.attempt(looking.mark, self.session, *where, today, looked=False)
        await self._show()


def prompt(one: ToLook) -> Content:
    """Where the page is, what is to be said of it, and every reason."""
    kind = KINDS.get(one.page.kind, "")
    said = f"{verdict(one.page).value}{f', {kind}' if kind else ''}"
    where = Content.assemble((f"{one.record.title}, page {one.page.number}", "bold $text-accent"))
    why = " ".join(reasons(one.page))
    return Content.assemble(where, f": {said}", f"\n  {why}" if why else "")
