"""A fresh copy held against what was to be put right: suggestions, and the person's word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from tui.screens.side_by_side import Row, SideBySide, Spot
from tui.widgets.dialogs import ConfirmDialog
from tui.widgets.fields import plain
from vault.actions import corrections
from vault.actions.correcting import verifying
from vault.actions.correcting.verifying import Compared
from vault.model.corrections import ENDS, ItemState
from vault.model.flags import Flag

_SAID = {
    ItemState.FIXED: "It seems to be fixed",
    ItemState.APPENDED: "A correction seems to be added to it",
    ItemState.UNCHANGED: "It seems unchanged",
    ItemState.DISAGREEMENT_ON_FILE: "Your statement seems to be with it",
}
_WORDS = {
    ItemState.FIXED: "the copy says it right",
    ItemState.APPENDED: "a correction was added to it",
    ItemState.UNCHANGED: "the copy still says the same",
    ItemState.DISAGREEMENT_ON_FILE: "your statement is with the entry",
}


_STANDS = {
    ItemState.OPEN: "not answered yet",
    ItemState.ACCEPTED: "accepted by them",
    ItemState.DENIED: "denied by them",
    ItemState.DISPUTED: "denied by them, disputed by you",
}


def _line(flag: Flag, state: ItemState, found: Compared) -> Content:
    seems = _SAID[found.outcome] if found.outcome else "Look yourself"
    said = _STANDS.get(state, plain(state))
    done = state in ENDS
    head = (f"{said.capitalize()}. " if done else f"{seems}. ", "dim" if done else "bold")
    quote = f'"{flag.finding.quote}" should say "{flag.should_say}"'
    return Content.assemble(head, quote, "" if done else (f" ({said})", "dim"))


class CompareScreen(SideBySide):
    """The items of a correction (an id) beside what a copy (a record's id) says of them now.

    Where no copy is named it is the one that came last.
    """

    HELP_PART = "A fresh copy"
    OLD, NEW = "As it was", "In the fresh copy"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "say('fixed')", "Fixed"),
        Binding("a", "say('appended')", "Added to"),
        Binding("u", "say('unchanged')", "Unchanged"),
        Binding("d", "say('disagreement_on_file')", "Statement there"),
        # The footer has to fit into 80 columns; these keys work here as everywhere.
        Binding("ctrl+l", "app.lock", "Lock", show=False, priority=True),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    def __init__(self, correction_id: str, record_id: str = "") -> None:
        super().__init__()
        self.correction, self.copy = correction_id, record_id
        self.found: tuple[Compared, ...] = ()
        self.states: dict[str, ItemState] = {}

    def on_mount(self) -> None:
        """Name the screen."""
        self.heading = "The fresh copy"

    def fetch(self) -> Sequence[Row]:
        """Each item with what the copy seems to show of it."""
        s = self.session
        view = corrections.get(s, self.correction, self.shell.today())
        self.found = verifying.suggest(s, self.correction, self.copy)
        self.states = dict(view.standing.items)
        held = {flag.id: flag for flag in view.flags}
        return [self._row(held[one.flag], one) for one in self.found]

    def _row(self, flag: Flag, one: Compared) -> Row:
        finding = flag.finding
        old = Spot(finding.record, finding.page, finding.quote, finding.box)
        new = Spot(one.record, one.page, one.quote, one.box)
        nothing = f'It was: "{finding.quote}"', "No place in the copy shows it."
        return Row(_line(flag, self.states[one.flag], one), one.why, old, new, nothing)

    def empty(self) -> str:
        """That no item is left to compare."""
        return "No item of this correction waits for a copy."

    @property
    def item(self) -> Compared | None:
        """The item under the cursor."""
        at = self.query_one("#side-list", OptionList).highlighted if self.is_mounted else None
        return self.found[at] if at is not None and at < len(self.found) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what a copy can show of an item that stands so is offered."""
        if action == "say":
            item = self.item
            known = [ItemState(str(p)) for p in parameters]
            return item is not None and known[0] in verifying.possible(self.states[item.flag])
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected, "#side-list")
    def _agree(self) -> None:
        """Enter takes the suggestion."""
        item = self.item
        if item is None:
            return
        if item.outcome is None:
            self.notify("Nothing is suggested here. Look at both, then say what you see.")
        elif self.states[item.flag] not in ENDS:
            self._confirm(item, item.outcome, sure=False)

    def action_say(self, outcome: str) -> None:
        """Say what the copy shows of the item."""
        item, said = self.item, ItemState(outcome)
        if item is not None:
            self._confirm(item, said, sure=said is item.outcome)

    @work(exclusive=True, group="ask")
    async def _confirm(self, item: Compared, said: ItemState, *, sure: bool) -> None:
        """Ask once more, but where a key says what was suggested; then keep the word."""
        if not sure:
            question = f"Do you say that {_WORDS[said]}?"
            if not await self.app.push_screen_wait(ConfirmDialog(question, item.why)):
                return
        today, copy = self.shell.today(), item.record
        done = await self.attempt(
            verifying.confirm, self.session, self.correction, item.flag, said, copy, today
        )
        if done is None:
            return
        self.reload()
        if not done.standing.open:
            self.notify("Every item has come to its end. The correction is closed.")
