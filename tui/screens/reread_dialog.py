"""Reading a page or a record again: which pages, how they lie, in which language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from tui.languages import named
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import choice
from vault.actions import languages
from vault.actions.imports.run import Again, check_tools
from vault.model.records import Record, RecordStatus

_ONE, _ALL = "page", "all"
_FIND = "find"
_TURNS = (
    ("found out by the reader", _FIND),
    ("as they are in the file", "0"),
    ("turned 90° clockwise", "90"),
    ("turned 180°, upside down now", "180"),
    ("turned 270° clockwise", "270"),
)
_STAYS = "Your corrections stay where they still fit. What was read before is kept too."


class RereadDialog(FormDialog[Again]):
    """How to read again; the answer is what to do, which the caller has done."""

    QUESTION: ClassVar[str] = "Read again"
    SAVE: ClassVar[str] = "Read"

    def __init__(
        self,
        record: Record,
        page: int | None,
        have: Sequence[str],
        asked: int | None = None,
    ) -> None:
        super().__init__()
        self.record, self.page, self.asked = record, page, asked
        self.have = tuple(have)

    def compose_fields(self) -> ComposeResult:
        """Pages, way up, language; a password where the file is locked."""
        yield Static(Content(self.record.title), classes="where")
        if self.page is not None:
            pages = [(f"page {self.page} alone", _ONE), ("all pages of the record", _ALL)]
            yield Field("Which pages", choice("which", pages, _ONE))
        turn = _FIND if self.asked is None else str(self.asked)
        yield Field("The pages are", choice("turn", _TURNS, turn))
        spoken = languages.choices(self.record.language, self.have)
        shown = [(named(language), language) for language in spoken]
        yield Field("Language", choice("language", shown, self.record.language))
        if self.record.status is RecordStatus.UNREADABLE and not self.record.pages:
            yield Field("Password", Input(password=True, id="password", compact=True))
        yield Static(Content(_STAYS), classes="detail")

    async def save(self) -> Again:
        """What was chosen; raises MissingTool for a language that is not installed."""
        one = self.page is not None and self.chosen("which") == _ONE
        turn = self.chosen("turn") or _FIND
        language = self.chosen("language") or self.record.language
        check_tools(language, self.record.engine)
        return Again(
            page=self.page if one else None,
            language=language,
            password=self.value("password") if self.query("#password") else "",
            rotate=None if turn == _FIND else int(turn),
        )
