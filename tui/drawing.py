"""Parts of pages and letters drawn as block characters, in a thread."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tui.widgets.block_view import Drawer
from tui.widgets.blocks import Rows, cells
from tui.widgets.folds import PageSize
from vault.actions import corrections, records
from vault.actions.session import Session
from vault.model.letters import Letter
from vault.model.reading import Reading, View
from vault.model.records import Record

# Threads of their own: a page that takes long to draw must not take one a key press waits for.
_DRAWING = ThreadPoolExecutor(max_workers=2, thread_name_prefix="chartmend-draw")


def record_drawer(s: Session, record: Record, reading: Reading | None = None) -> Drawer:
    """What draws parts of a record's pages; with `reading`, turned as that one has them."""

    def drawn(view: View) -> Rows:
        if reading is None:
            return cells(records.draw(s, record, view))
        view = replace(view, turn=reading.turn, skew=reading.skew)
        return cells(records.draw_as(s, record, view))

    async def draw(view: View) -> Rows:
        return await asyncio.get_running_loop().run_in_executor(_DRAWING, drawn, view)

    return draw


def draw_letter(s: Session, letter: Letter, view: View) -> Rows:
    """A page of a letter as cells; to be called in a thread."""
    return cells(corrections.preview(s, letter, view))


def letter_shape(s: Session, letter: Letter) -> PageSize:
    """The proportions of a letter's pages, seen from a small picture of the first."""
    small = corrections.preview(s, letter, View(1, 200, 200))
    return PageSize(small.width, small.height)
