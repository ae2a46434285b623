"""A small picture of the whole page with the line under the cursor marked: where one is."""

from __future__ import annotations

from textual import events, work

from tui.widgets.block_view import BlockView, Drawer
from tui.widgets.blocks import Area, Rows, Tint, strips
from tui.widgets.folds import PageSize
from vault.errors import VaultError
from vault.model.reading import View
from vault.model.words import Box


def fit(page: PageSize, width: int, height: int) -> tuple[int, int]:
    """Columns and rows for a page within `width` x `height` cells; a cell is twice as high as wide.

    The page keeps its proportions; (0, 0) where there is no room.
    """
    if min(page.width, page.height) <= 0 or width < 2 or height < 2:
        return (0, 0)
    scale = min(width / (2 * page.width), height / page.height)
    return max(1, round(2 * page.width * scale)), max(1, round(page.height * scale))


class PageMap(BlockView):
    """The page in outline; it cannot be read, it shows where on the page the line stands."""

    def __init__(self, draw: Drawer, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._draw = draw
        self._page: int | None = None
        self._paper = PageSize(0, 0)
        self._box: Box | None = None
        self._drawn: tuple[View, Rows] | None = None

    def show(self, page: int, paper: PageSize, box: Box | None) -> None:
        """Show a page with a box marked on it."""
        self._page, self._paper, self._box = page, paper, box
        self._update()

    def forget(self) -> None:
        """Drop the picture kept: the page lies otherwise now."""
        self._drawn = None

    def on_resize(self, event: events.Resize) -> None:
        """Draw anew for the new size."""
        event.stop()
        self._update()

    def _view(self) -> View | None:
        columns, rows = fit(self._paper, self.size.width, self.size.height)
        if self._page is None or not columns:
            return None
        return View(self._page, columns * 2, rows * 2, stretch=True)

    def _update(self) -> None:
        view = self._view()
        if view is None:
            self.say("")
        elif self._drawn is not None and self._drawn[0] == view:
            self._put(self._drawn[1])
        else:
            self._fetch(view)

    @work(exclusive=True, group="map")
    async def _fetch(self, view: View) -> None:
        try:
            rows = await self._draw(view)
        except VaultError as error:
            self.say(f"This page cannot be drawn: {error.sentence}")
            return
        if view == self._view():
            self._drawn = (view, rows)
            self._put(rows)

    def _put(self, rows: Rows) -> None:
        box, high = self._box, len(rows)
        areas: list[Area] = []
        if box is not None and high:
            wide = len(rows[0])
            top = min(high - 1, int(box.top * high))
            bottom = max(top + 1, -int(-box.bottom * high // 1))
            right = -int(-box.right * wide // 1)
            areas.append(Area(int(box.left * wide), top, right, bottom, Tint.CHOSEN))
        self.set_lines(strips(rows, areas))
