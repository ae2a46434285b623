"""Search: words in, pages out."""

from __future__ import annotations

import asyncio
import re
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.base import VaultScreen
from tui.shell import Place
from tui.widgets.lists import OpenList
from vault.actions import search
from vault.actions.search import Found
from vault.model.records import Hit, Record

_PAUSE = 0.15  # seconds without a key before a search is made
HOW = 'All words must be on the page; "in quotes" in this order; word* begins with.'


class SearchScreen(VaultScreen):
    """A line to type in, and the pages found below it."""

    PLACE = Place.SEARCH
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "again", "Type", key_display="/"),
        Binding("down", "down", "To the pages", key_display="Down"),
        # The question mark is a sign like others while one types.
        Binding("f1", "help", "Help", key_display="F1"),
    ]

    def compose_body(self) -> ComposeResult:
        """The line, how many were found, and the pages."""
        yield Input(placeholder="Search in everything you hold", id="query", compact=True)
        yield Static(HOW, id="count", markup=False)
        yield OpenList(id="hits")

    def on_mount(self) -> None:
        """Ready to type."""
        self.heading = "Search"
        self._found = Found(0, ())
        self.query_one("#query").focus()

    @on(Input.Changed, "#query")
    def _changed(self, event: Input.Changed) -> None:
        self._search(event.value)

    @work(exclusive=True, group="search")
    async def _search(self, query: str) -> None:
        await asyncio.sleep(_PAUSE)
        found = await self.attempt(search.search, self.session, query)
        if found is not None:
            self._show(query, found)

    def _show(self, query: str, found: Found) -> None:
        self._found = found
        hits = self.query_one("#hits", OptionList)
        hits.clear_options()
        hits.add_options(Option(_prompt(hit, record, query)) for hit, record in found.hits)
        if found.hits:
            hits.highlighted = 0
        said = HOW if not query.strip() else _count(found)
        self.query_one("#count", Static).update(Content(said))

    @on(Input.Submitted, "#query")
    def action_down(self) -> None:
        """Go from the line to the pages."""
        if self._found.hits:
            self.query_one("#hits").focus()

    async def action_help(self) -> None:
        """Show the help, as everywhere."""
        await self.app.run_action("app.help")

    def action_again(self) -> None:
        """Go back to the line."""
        self.query_one("#query").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Of the two keys between line and pages only the one that leads away is shown."""
        typing = self.focused is self.query_one("#query")
        if action in ("down", "help"):
            return typing
        return not typing if action == "again" else super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        hit, record = self._found.hits[event.option_index]
        self.shell.open_record(record.id, hit.page)


def _count(found: Found) -> str:
    if not found.total:
        return "Nothing found. Fewer words, or word*, may find more."
    pages = "1 page" if found.total == 1 else f"{found.total} pages"
    shown = len(found.hits)
    return f"{pages} found" + (f", the best {shown} shown" if shown < found.total else "")


def _prompt(hit: Hit, record: Record, query: str) -> Content:
    """Where it is, and the text around the words, which are marked."""
    snippet = Content(hit.snippet)
    for word in re.findall(r"\w+", query)[:16]:
        for match in re.finditer(rf"\b{re.escape(word)}\w*", hit.snippet, re.IGNORECASE):
            snippet = snippet.stylize("bold underline", match.start(), match.end())
    where = Content.assemble((f"{record.title}, page {hit.page}", "bold $text-accent"))
    return Content.assemble(where, "\n  ", snippet)
