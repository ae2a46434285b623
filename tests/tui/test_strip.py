"""The strip draws the line it was last told of, once, and says so where it cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.app import App, ComposeResult

from tests.tui.conftest import Wait
from tui.widgets.blocks import Rows, cells
from tui.widgets.folds import PageSize
from tui.widgets.page_map import PageMap
from tui.widgets.strip import FoldedStrip, Line
from vault.errors import WorkerFailed
from vault.model.reading import Picture, View
from vault.model.words import Box, Span, Word

LETTER = PageSize(612, 792)
_WORDS = tuple(
    Word(f"w{i}", Box(0.05 + 0.07 * (i % 12), 0.1 + 0.1 * (i // 12), 0.11 + 0.07 * (i % 12),
                      0.112 + 0.1 * (i // 12)), 90, i // 12)
    for i in range(24)
)  # fmt: skip


def _line(number: int, chosen: Span | None = None) -> Line:
    span = Span(12 * number, 12 * number + 12)
    return Line(1, LETTER, _WORDS, span, flagged=(Span(1, 2),), chosen=chosen)


class _Paper:
    """Draws grey, counts how often, and can be made to wait or to fail."""

    def __init__(self) -> None:
        self.views: list[View] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.broken = False

    async def draw(self, view: View) -> Rows:
        self.views.append(view)
        await self.gate.wait()
        if self.broken:
            raise WorkerFailed("it ended")
        return cells(Picture(view.width, view.height, b"\xc0" * (view.width * view.height)))


class _App(App[str]):
    def __init__(self, paper: _Paper) -> None:
        super().__init__()
        self.paper = paper

    def compose(self) -> ComposeResult:
        strip = FoldedStrip(self.paper.draw)
        strip.styles.height = 12
        yield strip
        yield PageMap(self.paper.draw)

    @property
    def strip(self) -> FoldedStrip:
        return self.query_one(FoldedStrip)

    @property
    def drawn(self) -> Callable[[], bool]:
        return lambda: bool(self.strip.lines)


async def test_a_line_is_drawn_at_exactly_its_cells(wait: Wait) -> None:
    """Pixels are asked for cell by cell, stretched, no wider than the screen."""
    app = _App(_Paper())
    async with app.run_test(size=(80, 24)) as pilot:
        app.strip.show(_line(0))
        await wait(pilot, app.drawn)
        assert len(app.strip.lines) == 4 * len(app.paper.views)
        assert all(view.stretch and view.height == 8 for view in app.paper.views)
        assert all(line.cell_length <= 79 for line in app.strip.lines)


async def test_running_past_a_line_does_not_draw_it(wait: Wait) -> None:
    """Only the line the cursor comes to rest on is asked for."""
    app = _App(_Paper())
    async with app.run_test(size=(80, 24)) as pilot:
        app.strip.show(_line(0))
        app.strip.show(_line(1))
        await wait(pilot, app.drawn)
        assert {round(view.crop.top, 1) for view in app.paper.views} == {0.2}


async def test_a_line_seen_before_is_not_drawn_again(wait: Wait) -> None:
    """Going back, or choosing words, uses the pictures that are kept."""
    app = _App(_Paper())
    async with app.run_test(size=(80, 24)) as pilot:
        app.strip.show(_line(0))
        await wait(pilot, app.drawn)
        once, plain = len(app.paper.views), app.strip.lines
        app.strip.show(_line(0, Span(3, 4)))
        assert app.strip.lines
        assert app.strip.lines != plain
        assert len(app.paper.views) == once


async def test_the_app_stays_usable_while_a_line_is_drawn(wait: Wait) -> None:
    """A drawing that never ends holds up nothing; the next line takes its place."""
    app = _App(_Paper())
    app.paper.gate.clear()
    async with app.run_test(size=(80, 24)) as pilot:
        app.strip.show(_line(0))
        await wait(pilot, lambda: bool(app.paper.views))
        app.strip.show(_line(1))
        await wait(pilot, lambda: any(v.crop.top > 0.15 for v in app.paper.views))
        assert not app.strip.lines
        app.paper.gate.set()
        await wait(pilot, app.drawn)


async def test_a_drawing_that_fails_is_said_in_words(wait: Wait) -> None:
    """A page that cannot be drawn is a sentence, not an empty box."""
    app = _App(_Paper())
    app.paper.broken = True
    async with app.run_test(size=(80, 24)) as pilot:
        app.strip.show(_line(0))
        await wait(pilot, lambda: "cannot be drawn" in app.strip.sentence)


async def test_larger_makes_folds_of_more_rows_and_starts_over(wait: Wait) -> None:
    """After the largest size comes the smallest."""
    app = _App(_Paper())
    async with app.run_test(size=(80, 24)) as pilot:
        app.strip.show(_line(0))
        await wait(pilot, app.drawn)
        assert [app.strip.larger() for _ in range(4)] == [5, 6, 8, 4]


async def test_the_map_marks_the_line_without_drawing_the_page_again(wait: Wait) -> None:
    """Moving the cursor costs no drawing."""
    app = _App(_Paper())
    async with app.run_test(size=(80, 24)) as pilot:
        page = app.query_one(PageMap)
        page.show(1, LETTER, Box(0.1, 0.1, 0.9, 0.12))
        await wait(pilot, lambda: bool(page.lines))
        first, once = page.lines, len(app.paper.views)
        page.show(1, LETTER, Box(0.1, 0.8, 0.9, 0.82))
        assert page.lines != first
        assert len(app.paper.views) == once
