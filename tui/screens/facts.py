"""What a record states, fact by fact: to be confirmed or struck."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.base import VaultScreen
from tui.widgets.fields import plain
from tui.widgets.lists import OpenList
from tui.widgets.passage import Passage, see
from vault.actions import fact_list, records
from vault.actions.session import Session
from vault.model.reviewing import Listed

NOTHING = "No facts were found in this record."


def line(one: Listed) -> Content:
    """A fact as a line: the word on it, its page and kind, and its words."""
    fact = one.stored.fact
    mark = {"confirmed": "[x] ", "struck": "[-] "}.get(one.said, "[ ] ")
    words = (fact.quote or fact.value, "strike dim" if one.said == "struck" else "")
    return Content.assemble(
        (mark, "bold"), (f"page {fact.page}, {plain(fact.kind)}: ", "dim"), words
    )


class FactsScreen(VaultScreen):
    """The facts of the record with the id `chosen`; Enter opens the page of one."""

    HELP_PART = "Facts"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "confirm", "Right"),
        Binding("x", "strike", "Strike"),
        Binding("u", "undo", "Undo"),
        Binding("m", "larger", "Larger", show=False),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self.held: tuple[Listed, ...] = ()

    def compose_body(self) -> ComposeResult:
        """The list, and how the fact under the cursor looks on its page."""
        yield Static(NOTHING, id="no-facts", markup=False)
        yield OpenList(id="fact-list")
        yield Passage("On the page", id="fact-passage")

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.heading = "Facts"
        self.query_one("#no-facts").display = False
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        await self._show()

    async def _show(self) -> None:
        record = await self.attempt(records.find, self.session, self.chosen)
        found = await self.attempt(fact_list.of, self.session, self.chosen) if record else None
        if record is None or found is None:
            return
        listed = self.query_one(OpenList)
        self._fill(listed, found)
        struck = sum(one.said == "struck" for one in found)
        self.heading = f"Facts of {record.title}: {len(found)}" + (
            f", {struck} struck" if struck else ""
        )
        self.query_one("#no-facts").display = not found
        for part in (listed, self.query_one(Passage)):
            part.display = bool(found)
        if found:
            listed.focus()
        self.refresh_bindings()

    def _fill(self, listed: OptionList, found: Sequence[Listed]) -> None:
        kept = listed.highlighted
        first = next((n for n, f in enumerate(found) if f.stored.fact.page == self.page), 0)
        self.held = tuple(found)
        listed.clear_options()
        listed.add_options([Option(line(one)) for one in found])
        if found:
            listed.highlighted = min(first if kept is None else kept, len(found) - 1)

    @property
    def current(self) -> Listed | None:
        """The fact under the cursor."""
        at = self.query_one(OpenList).highlighted if self.is_mounted else None
        return self.held[at] if at is not None and at < len(self.held) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be said of the fact under the cursor is offered."""
        one = self.current
        if action in ("confirm", "strike", "undo"):
            already = {"confirm": "confirmed", "strike": "struck", "undo": ""}[action]
            return one is not None and one.said != already
        return super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        one = self.current
        if one is not None:
            self._picture(one)
        self.refresh_bindings()

    @work(exclusive=True, group="picture")
    async def _picture(self, one: Listed) -> None:
        fact = one.stored.fact
        seen = await self.run(see, self.session, one.stored.record, fact.page, fact.quote, fact.box)
        self.query_one(Passage).show(self.session, seen, "It quotes no words of the page.")

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        one = self.current
        if one is not None:
            self.shell.open_record(one.stored.record, one.stored.fact.page)

    @work(exclusive=True, group="ask")
    async def _say(self, how: Callable[[Session, str, str], Listed]) -> None:
        one = self.current
        if one is None:
            return
        said = await self.attempt(how, self.session, one.stored.record, one.stored.id)
        if said is not None:
            await self._show()

    def action_confirm(self) -> None:
        """The page truly states it."""
        self._say(fact_list.confirm)

    def action_strike(self) -> None:
        """The page does not state it: checks and letters leave it out."""
        self._say(fact_list.strike)

    def action_undo(self) -> None:
        """Take back what was said of it."""
        self._say(fact_list.undo)

    def action_larger(self) -> None:
        """Draw the line larger."""
        self.query_one(Passage).larger()
