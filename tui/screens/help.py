"""Help: the keys and the journey, in plain words."""

from __future__ import annotations

from importlib import resources

from textual.app import ComposeResult
from textual.widgets import MarkdownViewer

from tui.screens.base import VaultScreen
from tui.widgets.places import PlacesBar

_PART = "## "


def text(part: str = "") -> str:
    """The help page; with `part`, the heading of one of its parts, that part comes first."""
    page = (resources.files("tui") / "help.md").read_text("utf-8")
    begin, *parts = page.split(f"\n{_PART}")
    first = [held for held in parts if held.partition("\n")[0] == part]
    rest = [held for held in parts if held not in first]
    if first:
        title, _, intro = begin.partition("\n")
        begin, rest = title + "\n", [*rest, f"About chartmend\n{intro}"]
    return f"\n{_PART}".join([begin, *first, *rest])


class HelpScreen(VaultScreen):
    """The help page; escape goes back."""

    def __init__(self, part: str = "") -> None:
        super().__init__()
        self.part = part

    def compose(self) -> ComposeResult:
        """The frame; without the bar of places where no vault is open yet."""
        for widget in super().compose():
            if self.shell.session is not None or not isinstance(widget, PlacesBar):
                yield widget

    def compose_body(self) -> ComposeResult:
        """The page."""
        yield MarkdownViewer(text(self.part), show_table_of_contents=False, open_links=False)

    def on_mount(self) -> None:
        """Name the screen; arrow keys scroll at once."""
        self.heading = "Help"
        self.query_one(MarkdownViewer).focus()
