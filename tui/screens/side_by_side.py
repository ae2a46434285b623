"""A list, and of the line under the cursor two passages side by side: the old and the new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.base import VaultScreen
from tui.widgets.passage import Passage, see
from vault.model.words import Box


@dataclass(frozen=True, slots=True)
class Spot:
    """Words on a page of a record (an id); no page where there are none."""

    record: str
    page: int | None = None
    quote: str = ""
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list, what is said below it, and its places on both sides.

    `nothing` are the sentences shown for the old and the new side where it has no place there.
    """

    text: Content
    why: str
    old: Spot
    new: Spot
    nothing: tuple[str, str] = ("Nothing stands here.", "Nothing stands here.")


class SideBySide(VaultScreen):
    """The frame; subclasses fetch the rows and say what their keys do."""

    OLD, NEW = "Before", "Now"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open('new')", "Open page"),
        Binding("b", "open('old')", "Open earlier", show=False),
        Binding("m", "larger", "Larger", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def compose_body(self) -> ComposeResult:
        """The list, why, and the two passages."""
        yield Static("", id="side-nothing", markup=False)
        yield OptionList(id="side-list", markup=False, compact=True, classes="pane")
        yield Static("", id="side-why", markup=False)
        with Horizontal(id="sides"):
            yield Passage(self.OLD, id="side-old")
            yield Passage(self.NEW, id="side-new")

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.query_one("#side-nothing").display = False
        self.reload()

    def fetch(self) -> Sequence[Row]:
        """The rows; runs in a thread."""
        raise NotImplementedError

    def empty(self) -> str:
        """What is said where there is no row."""
        return "Nothing differs."

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Look at the vault again; the cursor stays where it was."""
        found = await self.attempt(self.fetch)
        if found is None:
            return
        self.rows = tuple(found)
        listed = self.query_one("#side-list", OptionList)
        kept = listed.highlighted or 0
        listed.clear_options()
        listed.add_options([Option(row.text) for row in self.rows])
        nothing = self.query_one("#side-nothing", Static)
        nothing.display = not self.rows
        nothing.update(Content(self.empty()))
        for part in ("#side-list", "#side-why", "#sides"):
            self.query_one(part).display = bool(self.rows)
        if self.rows:
            listed.highlighted = min(kept, len(self.rows) - 1)
            listed.focus()
        self.refresh_bindings()

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        at = self.query_one("#side-list", OptionList).highlighted if self.is_mounted else None
        return self.rows[at] if at is not None and at < len(self.rows) else None

    @on(OptionList.OptionHighlighted, "#side-list")
    def _moved(self) -> None:
        row = self.current
        if row is not None:
            self.query_one("#side-why", Static).update(Content(row.why))
            self._show(row)
        self.refresh_bindings()

    @work(exclusive=True, group="sides")
    async def _show(self, row: Row) -> None:
        for name, spot, nothing in zip(
            ("#side-old", "#side-new"), (row.old, row.new), row.nothing, strict=True
        ):
            seen = await self.run(see, self.session, spot.record, spot.page, spot.quote, spot.box)
            self.query_one(name, Passage).show(self.session, seen, nothing)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A page is opened only where there is one."""
        if action == "open" and self.is_mounted:
            row = self.current
            spot = row and (row.old if parameters == ("old",) else row.new)
            return bool(spot and spot.page)
        return super().check_action(action, parameters)

    def action_open(self, side: str) -> None:
        """Open the page of the new or the old passage."""
        row = self.current
        spot = row and (row.old if side == "old" else row.new)
        if spot and spot.page:
            self.shell.open_record(spot.record, spot.page)

    def action_larger(self) -> None:
        """Draw the lines larger."""
        for part in self.query(Passage):
            part.larger()
