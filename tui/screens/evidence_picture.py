"""One picture of a flag's evidence, drawn as large as there is room."""

from __future__ import annotations

import asyncio

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui import background
from tui.screens.base import VaultScreen
from tui.widgets.blocks import Rows, cells
from tui.widgets.folds import PageSize
from tui.widgets.page_map import PageMap
from vault.actions import evidence
from vault.actions.session import Session
from vault.errors import NotFound
from vault.model.evidence import Evidence, words
from vault.model.reading import View


def _open(s: Session, given: str) -> tuple[Evidence, PageSize]:
    """The evidence, and the proportions of its picture."""
    held = evidence.find(s, given)
    small = evidence.draw(s, held, View(1, 200, 200))
    return held, PageSize(small.width, small.height)


class EvidencePictureScreen(VaultScreen):
    """The picture of the evidence with the id `chosen`."""

    HELP_PART = "Evidence"

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self.held: Evidence | None = None

    def compose_body(self) -> ComposeResult:
        """The picture, and what the person says of it."""
        yield PageMap(self._draw, id="evidence-picture")
        yield Static("", classes="about", id="about", markup=False)

    def on_mount(self) -> None:
        """Fetch it."""
        self.heading = "Evidence"
        self.load()

    async def _draw(self, view: View) -> Rows:
        held, session = self.held, self.session
        if held is None:
            raise NotFound("there is no picture")
        return await asyncio.shield(
            background.run(lambda: cells(evidence.draw(session, held, view)))
        )

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Fetch the evidence and show it."""
        opened = await self.attempt(_open, self.session, self.chosen)
        if opened is None:
            return
        self.held, shape = opened
        self.query_one("#about", Static).update(Content(words(self.held)))
        self.query_one(PageMap).show(1, shape, None)
