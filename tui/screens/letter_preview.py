"""The typeset letter of a correction before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from tui.drawing import letter_shape
from tui.screens.address_dialog import AddressDialog
from tui.screens.letter import UNSENT, letter_for, missing, summary
from tui.screens.paper import LetterPage, Paper, PaperScreen, print_begins
from vault.actions import corrections
from vault.actions.corrections import CorrectionView

__all__ = ["LetterPage", "LetterPreviewScreen", "print_begins"]


@dataclass(frozen=True, slots=True)
class Shown(Paper):
    """A letter with its correction."""

    view: CorrectionView | None = None


class LetterPreviewScreen(PaperScreen):
    """The letter of the correction with the id `chosen`."""

    MEND = "Press a to fill it in."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "addresses", "Address"),
        Binding("r", "anew", "Renew"),
    ]

    @property
    def view(self) -> CorrectionView | None:
        """The correction, once it was fetched."""
        return self.shown.view if isinstance(self.shown, Shown) else None

    def make(self, *, anew: bool) -> Paper:
        """The letter of the correction as it is now."""
        s, today = self.session, self.shell.today()
        view = corrections.get(s, self.chosen, today)
        letter = letter_for(s, view, today, anew=anew)
        title = f"Letter to {view.provider.name}"
        text, lacking = summary(s, view), missing(s, view)
        return Shown(letter, letter_shape(s, letter), title, text, lacking, view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A letter that was sent stays as it is."""
        if action in ("addresses", "anew"):
            return self.view is not None and self.view.correction.state in UNSENT
        return super().check_action(action, parameters)

    @work(exclusive=True, group="ask")
    async def action_addresses(self) -> None:
        """Ask for the addresses, and typeset the letter with them."""
        view = self.view
        if view is None:
            return
        if await self.app.push_screen_wait(AddressDialog(view.person, view.provider)):
            self.load(anew=True)

    def action_anew(self) -> None:
        """Typeset the letter again, with what the vault says now."""
        self.load(anew=True)
