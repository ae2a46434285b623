"""Parts of forms: one line of text, a choice of words, a date that may be left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from rich.text import Text
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Checkbox, Input, Select

from vault import dates


def plain(value: StrEnum) -> str:
    """A state's or kind's name as words."""
    return value.value.replace("_", " ")


def line(id_: str, value: str = "", hint: str = "") -> Input:
    """A field for one line of text; the hint shows while it is empty."""
    return Input(value, placeholder=hint, id=id_, compact=True, select_on_focus=False)


def choice(id_: str, options: Iterable[tuple[str, str]], value: str) -> Select[str]:
    """A field to choose one of (label, value) with; labels are shown as they are."""
    shown = [(Text(label), given) for label, given in options]
    return Select(shown, value=value, allow_blank=False, id=id_, compact=True)


class Tick(Checkbox):
    """A box to tick, whose state is seen without colour, too."""

    BUTTON_LEFT, BUTTON_RIGHT = "[", "]"

    def __init__(self, id_: str, said: str, *, on: bool = False) -> None:
        super().__init__(Content(said), on, id=id_, compact=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as its words need: what is to be ticked is never cut off."""
        return self.render().get_height({}, width)

    def render(self) -> Content:
        """An x where it is ticked."""
        self.BUTTON_INNER = "x" if self.value else " "
        return super().render()


def states(values: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """The choices an enumeration gives, in plain words."""
    return [(plain(value), value.value) for value in values]


def day(text: str, what: str) -> dt.date | None:
    """A date that may be left out; raises BadDate."""
    return dates.parse(text, what) if text.strip() else None
