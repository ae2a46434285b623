"""The form for a place in another record that shows that an entry is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import choice, line
from vault.actions import evidence
from vault.actions.records import RecordView
from vault.errors import UsageError
from vault.model.evidence import Evidence


def _said(view: RecordView) -> str:
    """A record in a line: its title, and who it came from."""
    holder = f", {view.provider.name}" if view.provider else ""
    return f"{view.record.title}{holder}"


class CiteDialog(FormDialog[Evidence]):
    """Choose a record of the same person, its page, and the words that stand there."""

    FORM: ClassVar[str] = ""
    QUESTION: ClassVar[str] = "Which record shows that the entry is wrong?"

    def __init__(self, flag: str, records: Sequence[RecordView]) -> None:
        super().__init__()
        self.flag, self.records = flag, tuple(records)
        self.FORM = f"cite:{flag}"  # type: ignore[misc]

    def compose_fields(self) -> ComposeResult:
        """Record, page and words."""
        held = [(_said(view), view.record.id) for view in self.records]
        yield Field("Record", choice("record", held, held[0][1]))
        yield Field("Page", line("page", hint="empty: the page with these words"))
        yield Field("It says there", line("quote", hint="the exact words"))
        said = "Words that are not found on the page are kept as you typed them."
        yield Static(Content(said), classes="detail")

    async def save(self) -> Evidence:
        """Keep the place; raises UsageError for a page that is no number."""
        page = self.value("page")
        if page and not (page.isascii() and page.isdigit() and int(page[:9]) > 0):
            raise UsageError("the page is a number", "for example: 2")
        record = self.chosen("record") or ""
        number = int(page[:9]) if page else None
        quote = self.value("quote")
        return await background.run(
            evidence.add_place, self.session, self.flag, record, number, quote
        )
