"""A box to tick whose cross is there only when it is ticked: seen without colour, too."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Checkbox


class Tick(Checkbox):
    """A checkbox that is empty while it is off."""

    def render(self) -> Content:
        """The box, with a cross or empty, and its label."""
        self.BUTTON_INNER = "X" if self.value else " "
        return super().render()
