"""Masks: boxes set on the picture of a document, black on every copy of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tui import background
from tui.screens.base import VaultScreen
from tui.widgets.block_view import Drawer
from tui.widgets.blocks import Rows, cells
from tui.widgets.folds import PageSize
from tui.widgets.page_map import PageMap, fit
from vault.actions import documents
from vault.actions.session import Session
from vault.model.documents import Document, Mask, mask_text
from vault.model.reading import View
from vault.model.words import Box

_STEP = 0.02
_LEAST = 0.02
_BEGIN = Box(0.3, 0.4, 0.7, 0.5)
_HOW = "Arrows move the box, Shift+arrows (or < > - +) change its size."


class MaskMap(PageMap, can_focus=True):
    """A page with its masks black and the box to be placed tinted; it may be larger than fits."""

    def __init__(self, draw: Drawer, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(draw, id=id)
        self.masks: tuple[Box, ...] = ()
        self.large = False

    def _view(self) -> View | None:
        view = super()._view()
        if view is None:
            return None
        if self.large:
            columns, rows = fit(self._paper, self.size.width - 1, 400)
            view = replace(view, width=max(2, columns * 2), height=max(2, rows * 2))
        return replace(view, masks=self.masks)

    def set(self, masks: tuple[Box, ...], *, large: bool) -> None:
        """Other masks, or another size; drawn when a page is shown next."""
        self.masks, self.large = masks, large

    def _put(self, rows: Rows) -> None:
        super()._put(rows)
        if self._box is not None and len(rows) > self.size.height:
            middle = (self._box.top + self._box.bottom) / 2 * len(rows)
            self.scroll_to(y=max(0, middle - self.size.height / 2), animate=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A document, how many pages it has, and the proportions of the page shown."""

    document: Document
    pages: int
    paper: PageSize


def _open(s: Session, given: str, page: int) -> Opened:
    held = documents.find(s, given)
    small = documents.draw(s, held, View(page, 200, 200))
    return Opened(held, documents.pages(s, held), PageSize(small.width, small.height))


class MaskScreen(VaultScreen):
    """The pages of the document with the id `chosen`; each change is kept at once."""

    HELP_PART = "Masks"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "put", "Black out"),
        Binding("u", "undo", "Undo last"),
        Binding("z", "larger", "Larger"),
        Binding("n", "page(1)", "Page", key_display="n/p"),
        Binding("p", "page(-1)", "Previous page", show=False),
        *(
            Binding(key, f"move({x}, {y})", "Move", show=False, priority=True)
            for key, x, y in (("left", -1, 0), ("right", 1, 0), ("up", 0, -1), ("down", 0, 1))
        ),
        *(
            Binding(key, f"grow({x}, {y})", "Size", show=False, priority=True)
            for key, x, y in (
                ("shift+left,less_than_sign", -1, 0),
                ("shift+right,greater_than_sign", 1, 0),
                ("shift+up,minus", 0, -1),
                ("shift+down,plus", 0, 1),
            )
        ),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self.number = page or 1
        self.opened: Opened | None = None
        self.box = _BEGIN
        self._large = False

    def compose_body(self) -> ComposeResult:
        """The page, and where the box is."""
        yield MaskMap(self._draw, id="mask-page")
        yield Static("", id="mask-said", markup=False)

    def on_mount(self) -> None:
        """Open the document."""
        self.heading = "Masks"
        self.open_page(self.number)

    async def _draw(self, view: View) -> Rows:
        opened = self.opened
        if opened is None:
            return ()
        session = self.session
        return await asyncio.shield(
            background.run(lambda: cells(documents.draw(session, opened.document, view)))
        )

    @work(exclusive=True, group="page")
    async def open_page(self, number: int) -> None:
        """Show a page, counted from 1."""
        opened = await self.attempt(_open, self.session, self.chosen, number)
        if opened is None:
            return
        self.opened, self.number = opened, number
        self.heading = f"{opened.document.title}, page {number} of {opened.pages}: what to hide"
        self.query_one(MaskMap).focus()
        self._show()
        self.refresh_bindings()

    def _mine(self) -> tuple[Mask, ...]:
        held = self.opened.document.masks if self.opened else ()
        return tuple(mask for mask in held if mask.page == self.number)

    def _show(self) -> None:
        if self.opened is None:
            return
        shown = self.query_one(MaskMap)
        shown.set(tuple(mask.box for mask in self._mine()), large=self._large)
        shown.show(self.number, self.opened.paper, self.box)
        count = len(self._mine())
        masks = "1 mask" if count == 1 else f"{count} masks"
        said = f"Box {mask_text(Mask(self.number, self.box))}. {masks} on this page.\n{_HOW}"
        self.query_one("#mask-said", Static).update(Content(said))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Pages are turned where there are some; what was not done is not undone."""
        if action == "page":
            return self.opened is not None and self.opened.pages > 1
        if action == "undo":
            return bool(self._mine())
        return super().check_action(action, parameters)

    def action_move(self, across: int, down: int) -> None:
        """Move the box, as far as the page goes."""
        box = self.box
        wide, high = box.right - box.left, box.bottom - box.top
        left = min(max(box.left + across * _STEP, 0.0), 1 - wide)
        top = min(max(box.top + down * _STEP, 0.0), 1 - high)
        self.box = Box.clamped(left, top, left + wide, top + high)
        self._show()

    def action_grow(self, across: int, down: int) -> None:
        """Make the box wider or higher, or smaller; its upper left corner stays."""
        box = self.box
        right = min(max(box.right + across * _STEP, box.left + _LEAST), 1.0)
        bottom = min(max(box.bottom + down * _STEP, box.top + _LEAST), 1.0)
        self.box = Box.clamped(box.left, box.top, right, bottom)
        self._show()

    def action_larger(self) -> None:
        """Draw the page as wide as the screen, or whole again."""
        self._large = not self._large
        self._show()

    def action_page(self, step: int) -> None:
        """Go to another page."""
        if self.opened is not None and 1 <= self.number + step <= self.opened.pages:
            self.open_page(self.number + step)

    @work(group="keep")
    async def action_put(self) -> None:
        """Black out what is in the box."""
        if self.opened is not None:
            # To the hundredth of a percent, as masks are typed and told.
            box = Box(*(round(side, 4) for side in (
                self.box.left, self.box.top, self.box.right, self.box.bottom
            )))  # fmt: skip
            await self._keep((*self.opened.document.masks, Mask(self.number, box)))

    @work(group="keep")
    async def action_undo(self) -> None:
        """Take the newest mask of this page away."""
        if self.opened is not None and self._mine():
            last = self._mine()[-1]
            await self._keep(tuple(m for m in self.opened.document.masks if m != last))

    async def _keep(self, masks: tuple[Mask, ...]) -> None:
        kept = await self.attempt(documents.mask, self.session, self.chosen, masks, clear=True)
        if kept is not None and self.opened is not None:
            self.opened = replace(self.opened, document=kept.document)
            self._show()
            self.refresh_bindings()
