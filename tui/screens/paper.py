"""A typeset paper before it is sent: its pages as they will look, and its words beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.drawing import draw_letter
from tui.screens.base import VaultScreen
from tui.widgets.block_view import BlockView
from tui.widgets.blocks import Rows, strips
from tui.widgets.folds import PageSize
from tui.widgets.page_map import fit
from vault.model.letters import Letter
from vault.model.reading import View

_VIEWS = ("both", "picture", "text")
_READABLE_ROWS = 220
"""Rows a letter page needs until its print can be read, three a line."""
_INK = 160
"""A cell with ink darker than this (of 255) is print."""


class LetterPage(BlockView, can_focus=True):
    """A page of a letter, to be scrolled over."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter or filled form, the proportions of its pages, its title and its words.

    `lacking` are sentences on what is to be known before it is sent.
    """

    letter: Letter
    shape: PageSize
    title: str
    text: str
    lacking: tuple[str, ...] = ()


def print_begins(rows: Rows) -> tuple[int, int]:
    """Column and row a little before the first print of a page; (0, 0) where there is none."""
    inked = [[x for x, cell in enumerate(row) if cell.ink < _INK] for row in rows]
    top = next((y for y, columns in enumerate(inked) if columns), 0)
    left = min((columns[0] for columns in inked if columns), default=0)
    return max(0, left - 2), max(0, top - 1)


class PaperScreen(VaultScreen):
    """A paper made in the vault; subclasses say how it is fetched or made."""

    HELP_PART = "The letter"
    MEND: ClassVar[str] = ""
    """How what is lacking is mended: a sentence with its key."""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "page(1)", "Page", key_display="n/p"),
        Binding("p", "page(-1)", "Previous page", show=False),
        Binding("m", "larger", "Larger"),
        Binding("z", "view", "View"),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self.number = page or 1
        self.shown: Paper | None = None
        self._zoom = 0

    def compose_body(self) -> ComposeResult:
        """What is lacking, the page, and what the letter says."""
        yield Static("", id="lacking", markup=False)
        with Horizontal(id="letter"):
            yield LetterPage(id="letter-page")
            with VerticalScroll(id="letter-text"):
                yield Static("", markup=False)

    def on_mount(self) -> None:
        """Fetch the letter, or have it typeset."""
        self.add_class("-both")
        self.query_one("#lacking").display = False
        self.heading = "Letter"
        self.query_one(LetterPage).say("The letter is being typeset.")
        self.load(anew=False)

    def make(self, *, anew: bool) -> Paper:
        """Fetch the paper; with `anew` it is made again. Runs in a thread."""
        raise NotImplementedError

    @work(exclusive=True, group="letter")
    async def load(self, *, anew: bool) -> None:
        """Show the letter; with `anew` it is typeset again."""
        shown = await self.attempt(self.make, anew=anew)
        if shown is None:
            self.query_one(LetterPage).say("There is no letter to show.")
            return
        self.shown = shown
        self._warn(shown.lacking)
        self.refresh_bindings()
        self.query_one("#letter-text Static", Static).update(Content(shown.text))
        self.made_ready()
        # The warning takes rows of its own: the page is fitted into what is left.
        self.call_after_refresh(self.draw)

    def made_ready(self) -> None:
        """The paper is there: begin with its page."""
        self.query_one(LetterPage).focus()

    def _warn(self, lacking: Sequence[str]) -> None:
        """Say above the page what the letter lacks, and how it is mended."""
        line = self.query_one("#lacking", Static)
        line.display = bool(lacking)
        said = "\n".join(f"! {sentence}" for sentence in lacking)
        line.update(Content(f"{said} {self.MEND}".strip()))

    def on_resize(self, event: events.Resize) -> None:
        """Fit the page to the new size, once the new layout stands."""
        event.stop()
        self.call_after_refresh(self.draw, move=False)

    @work(exclusive=True, group="draw")
    async def draw(self, *, move: bool = True) -> None:
        """Draw the page at the chosen size; with `move` it is scrolled to where print begins."""
        shown, page = self.shown, self.query_one(LetterPage)
        if shown is None or not page.size.width:
            return
        columns, rows = self._cells(shown.shape, page)
        self.heading = f"{shown.title}, page {self.number} of {shown.letter.pages}"
        if not columns:
            return
        view = View(self.number, columns * 2, rows * 2, stretch=True)
        drawn = await self.attempt(draw_letter, self.session, shown.letter, view)
        if drawn is not None:
            page.set_lines(strips(drawn))
            if move:
                page.call_after_refresh(page.scroll_to, *print_begins(drawn), animate=False)

    def _cells(self, paper: PageSize, page: LetterPage) -> tuple[int, int]:
        """Columns and rows of the page: all of it, its full width, or large enough to read."""
        width, height = page.size.width - 1, page.size.height - 1
        if self._zoom == 0:
            return fit(paper, width, height)
        tall = _READABLE_ROWS if self._zoom == 2 else 10_000
        wide = 10_000 if self._zoom == 2 else width
        return fit(paper, wide, tall)

    def action_page(self, step: int) -> None:
        """Show another page of the letter."""
        if self.shown is not None and 1 <= self.number + step <= self.shown.letter.pages:
            self.number += step
            self.draw()

    def action_larger(self) -> None:
        """The whole page, its full width, or large enough to read."""
        self._zoom = (self._zoom + 1) % 3
        self.draw()

    def action_view(self) -> None:
        """Show page and words, the page alone, or the words alone."""
        now = next(i for i, name in enumerate(_VIEWS) if self.has_class(f"-{name}"))
        self.remove_class(f"-{_VIEWS[now]}")
        self.add_class(f"-{_VIEWS[(now + 1) % len(_VIEWS)]}")
        self.call_after_refresh(self.draw)
