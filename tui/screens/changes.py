"""What changed between two copies of a record, change by change, both sides beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from tui.screens.side_by_side import Row, SideBySide, Spot
from tui.widgets.fields import plain
from vault.actions import versions
from vault.actions.versions import Compared
from vault.model.versions import Change, ChangeSort, Place

_LONG = 90


def _short(held: Place | None) -> str:
    if held is None:
        return ""
    return held.quote if len(held.quote) <= _LONG else f"{held.quote[:_LONG]}…"


def line(change: Change) -> Content:
    """A change as a line of the list."""
    place = change.new or change.old
    where = f"page {place.page}" if place else ""
    printing = change.sort is ChangeSort.PRINTING
    style = "dim" if printing else "bold $text-accent"
    aside = " by the printing" if printing else ""
    said = f': "{_short(change.old)}"' if change.old else ""
    if change.new:
        said += f' {"became" if change.old else ":"} "{_short(change.new)}"'.replace(" :", ":")
    return Content.assemble((f"{plain(change.kind)}{aside}, {where}", style), said)


def _spot(record: str, held: Place | None) -> Spot:
    return Spot(record, held.page, held.quote, held.box) if held else Spot(record)


class ChangesScreen(SideBySide):
    """The changes from one copy (an id) to a later one; Enter opens the page."""

    HELP_PART = "Two copies"
    OLD, NEW = "Earlier copy", "Later copy"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "printing", "Printing", show=False),
    ]

    def __init__(self, old: str, new: str) -> None:
        super().__init__()
        self.old, self.new = old, new
        self.printing = False
        self.held: Compared | None = None

    def fetch(self) -> Sequence[Row]:
        """The changes of entries, and with `printing` those of how the copies were printed."""
        if self.held is None:
            self.held = versions.compare(self.session, self.old, self.new)
        found = self.held.comparison
        shown = found.changes if self.printing else found.content
        nothing = "The earlier copy has nothing here.", "The later copy has nothing here."
        return [
            Row(line(c), self._why(), _spot(self.old, c.old), _spot(self.new, c.new), nothing)
            for c in shown
        ]

    def on_mount(self) -> None:
        """Name the screen."""
        self.heading = "What changed between two copies"

    def _why(self) -> str:
        held = self.held.comparison if self.held else None
        if held is None:
            return ""
        said = []
        for name, pages in (("earlier", held.old_unclear), ("later", held.new_unclear)):
            if pages:
                numbers = ", ".join(map(str, pages))
                said.append(f"! Page {numbers} of the {name} copy was read badly: look yourself.")
        aside = len(held.changes) - len(held.content)
        if aside and not self.printing:
            many = "1 more comes" if aside == 1 else f"{aside} more come"
            said.append(f"{many} from the printing: g shows all.")
        return " ".join(said)

    def empty(self) -> str:
        """That no entry differs, and what could not be compared."""
        return f"No entry differs between the two copies. {self._why()}".strip()

    def action_printing(self) -> None:
        """Show what differs by the printing too, or leave it out."""
        self.printing = not self.printing
        self.reload()

    @on(OptionList.OptionSelected, "#side-list")
    def _chosen(self) -> None:
        row = self.current
        if row is not None:
            self.action_open("new" if row.new.page else "old")
