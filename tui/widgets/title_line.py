"""The title line: what this screen shows, and how a running import is doing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui.shell import Shell


class TitleLine(HorizontalGroup):
    """The screen's heading on the left, an import's progress on the right."""

    DEFAULT_CSS = """
    TitleLine { height: 1; padding: 0 1; background: $surface; }
    TitleLine > .heading { width: 1fr; text-style: bold; text-wrap: nowrap;
        text-overflow: ellipsis; }
    TitleLine > .progress { width: auto; max-width: 60%; padding: 0 0 0 2; color: $text-accent;
        text-wrap: nowrap; text-overflow: ellipsis; }
    """

    heading: reactive[Content] = reactive(Content(""))

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.set_reactive(TitleLine.heading, Content(heading))

    def compose(self) -> ComposeResult:
        """Heading and progress."""
        yield Static(self.heading, classes="heading")
        yield Static("", classes="progress", markup=False)

    def on_mount(self) -> None:
        """Follow the app's import."""
        if isinstance(self.app, Shell):
            self.watch(self.app, "progress", self._changed)
            self.watch(self.app, "watched", self._changed)

    def watch_heading(self, heading: Content) -> None:
        """Show a new heading."""
        for static in self.query(".heading").results(Static):
            static.update(heading)

    def _changed(self) -> None:
        """Say how the running job is doing; between jobs that a folder is watched."""
        if not isinstance(self.app, Shell):
            return
        progress, watched = self.app.progress, self.app.watched
        line = "Watching a folder" if watched else ""
        if progress is not None and progress.running:
            line = progress.line()
        for static in self.query(".progress").results(Static):
            static.update(Content(line))
