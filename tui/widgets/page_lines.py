"""The lines of a page as text; unsure and flagged words are marked by sign and by style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

UNSURE_STYLE = "underline $text-warning"
FLAGGED_STYLE = "bold reverse"


@dataclass(frozen=True, slots=True)
class ShownWord:
    """A word as it is to be shown."""

    text: str
    unsure: bool = False
    flagged: bool = False
    chosen: bool = False


def words_content(words: Sequence[ShownWord]) -> Content:
    """Words as one line of content: underlined where unsure, reversed where flagged.

    What is chosen stands in brackets, so that it shows without colour too.
    """
    parts: list[str | tuple[str, str]] = []
    inside = False
    for word in words:
        gap = " " if parts else ""
        opens, closes = word.chosen and not inside, inside and not word.chosen
        parts.append(("]" if closes else "") + gap + ("[" if opens else ""))
        inside = word.chosen
        styles = [FLAGGED_STYLE] * word.flagged + [UNSURE_STYLE] * word.unsure
        parts.append((word.text, " ".join(styles)) if styles else word.text)
    return Content.assemble(*parts, "]" if inside else "")


def line_content(words: Sequence[ShownWord], empty: str) -> Content:
    """A line of the list: `!` before a flagged one, `?` before one with an unsure word."""
    sign = "!" if any(w.flagged for w in words) else " "
    sign += "?" if any(w.unsure for w in words) else " "
    body = words_content(words) if any(w.text for w in words) else Content(empty)
    return Content.assemble(sign, " ", body)


class PageLines(OptionList):
    """The lines of a page; the highlighted one is the line under the cursor."""

    DEFAULT_CSS = """
    PageLines { border: none; padding: 0; text-wrap: nowrap; text-overflow: ellipsis; }
    PageLines:focus { border: none; }
    """

    def __init__(self, *, id: str | None = None, classes: str = "") -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, markup=False, compact=True)

    def on_resize(self) -> None:
        """Keep the line under the cursor in sight."""
        self.call_after_refresh(self.scroll_to_highlight)

    def load(self, lines: Sequence[Content], at: int) -> None:
        """Show these lines with the cursor on one of them."""
        self.clear_options()
        self.add_options([Option(line) for line in lines])
        self.highlighted = min(max(at, 0), len(lines) - 1) if lines else None
