"""Help: the keys and the journey, in plain words."""

from __future__ import annotations

from importlib import resources

from textual.app import ComposeResult
from textual.widgets import MarkdownViewer

from tui.screens.base import VaultScreen


def text() -> str:
    """The help page, as it ships with the program."""
    return (resources.files("tui") / "help.md").read_text("utf-8")


class HelpScreen(VaultScreen):
    """The help page; escape goes back."""

    def compose_body(self) -> ComposeResult:
        """The page."""
        yield MarkdownViewer(text(), show_table_of_contents=False, open_links=False)

    def on_mount(self) -> None:
        """Name the screen; arrow keys scroll at once."""
        self.heading = "Help"
        self.query_one(MarkdownViewer).focus()
