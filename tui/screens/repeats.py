"""Where else the records say what a flag says is wrong, so that every holder can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from tui.screens import flag_words as words
from tui.screens.base import VaultScreen
from tui.widgets.dialogs import as_sentence
from tui.widgets.flag_picker import FlagPicker, Item
from vault.actions import flags, repeats
from vault.actions.repeats import Repeat
from vault.actions.session import Session
from vault.model.flags import Flag, FlagState

_NONE = """\
This is said nowhere else, as far as your records were read."""
_FREE = (None, FlagState.SUSPECTED)
"""What a place may be flagged as to be flagged here."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A flag, and where else the same is said."""

    flag: Flag
    places: tuple[Repeat, ...]


def _load(s: Session, given: str) -> Shown:
    return Shown(flags.get(s, given), repeats.of(s, given))


def _id(repeat: Repeat) -> str:
    return f"{repeat.record}:{repeat.page}"


class RepeatsScreen(VaultScreen):
    """The places that repeat the flag with the id `chosen`, holder by holder."""

    HELP_PART = "Where else it stands"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "flag", "Flag marked"),
        Binding("a", "all", "Mark all"),
        Binding("o", "open_page", "Page"),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self.shown: Shown | None = None

    def compose_body(self) -> ComposeResult:
        """What is wrong, the places by holder, and all of the one under the cursor."""
        yield Static("", id="next", markup=False)
        yield Static(Content(_NONE), id="nothing")
        yield FlagPicker(id="places", classes="pane")
        yield Static("", id="part", classes="about", markup=False)

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.heading = "Where else it stands"
        self.query_one("#nothing").display = False

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Look at the vault again."""
        shown = await self.attempt(_load, self.session, self.chosen)
        if shown is None:
            return
        self.shown = shown
        picker = self.query_one(FlagPicker)
        self.query_one("#next", Static).update(Content(words.head(shown.flag)))
        self.query_one("#nothing").display = not shown.places
        self.query_one("#part").display = picker.display = bool(shown.places)
        items = []
        for name, held in repeats.holders(shown.places):
            items.append(Item("", name or "From nobody known"))
            items += [Item(_id(place), words.place(place)) for place in held]
        picker.load(items, picker.current)
        if shown.places:
            picker.focus()
        self._show()

    @property
    def current(self) -> Repeat | None:
        """The place under the cursor."""
        at = self.query_one(FlagPicker).current
        held = self.shown.places if self.shown else ()
        return next((place for place in held if _id(place) == at), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are offered where there is something to act on."""
        if action in ("flag", "all", "open_page"):
            return self.shown is not None and bool(self.shown.places)
        return super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        place = self.current
        if place is not None:
            lines = [words.place(place), as_sentence(place.why)]
            self.query_one("#part", Static).update(Content("\n".join(lines)))
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _mark(self) -> None:
        self.query_one(FlagPicker).action_mark()

    def action_all(self) -> None:
        """Mark every place that is not flagged yet."""
        if self.shown is None:
            return
        picker = self.query_one(FlagPicker)
        picker.mark(_id(p) for p in self.shown.places if p.state in _FREE)
        self.load()

    def action_open_page(self) -> None:
        """Show the page of the place under the cursor."""
        place = self.current
        if place is not None:
            self.shell.open_record(place.record, place.page, place.flag or None)

    @work(exclusive=True, group="ask")
    async def action_flag(self) -> None:
        """Flag the marked places as wrong in the same way."""
        marked = set(self.query_one(FlagPicker).checked)
        if self.shown is None or not marked:
            self.notify("Mark places with Space first.")
            return
        places = [(p.record, p.page) for p in self.shown.places if _id(p) in marked]
        made = await self.attempt(repeats.flag, self.session, self.chosen, places)
        if made is None:
            return
        self.query_one(FlagPicker).mark(())
        count = len(made)
        self.notify(f"{count} place{'' if count == 1 else 's'} flagged.")
        self.load()
