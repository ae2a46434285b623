"""Splitting a scan of many documents: where new ones seem to begin, and a person's word on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from vault.actions import parts
from vault.actions.parts import Start
from vault.model.records import Record

_MOST_SHOWN = 8


class SplitDialog(FormDialog[tuple[Record, ...]]):
    """The pages that seem to begin a document, to be changed before anything is done."""

    QUESTION: ClassVar[str] = "At which pages does a new document begin?"
    SAVE: ClassVar[str] = "Split"

    def __init__(self, record: Record, found: Sequence[Start]) -> None:
        super().__init__()
        self.record, self.found = record, tuple(found)

    def compose_fields(self) -> ComposeResult:
        """The reasons, and the pages as one types them."""
        for start in self.found[:_MOST_SHOWN]:
            yield Static(Content(f"Page {start.page}: {start.reason}"), classes="reason")
        more = len(self.found) - _MOST_SHOWN
        if more > 0:
            yield Static(Content(f"and {more} more"), classes="reason")
        if not self.found:
            yield Static("Nothing tells where another one begins.", classes="reason")
        at = ", ".join(str(start.page) for start in self.found)
        yield Field("Pages", Input(at, id="at", placeholder="3, 7"))

    async def save(self) -> tuple[Record, ...]:
        """Split it there; raises UsageError for pages where none can begin."""
        at = parts.page_numbers(self.value("at"))
        return await background.run(parts.split, self.session, self.record.id, at)
