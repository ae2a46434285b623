"""Review: the person looks at pages beside their text, and says what is wrong in them."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from tui.reread_job import NAME, job
from tui.screens.evidence import EvidenceScreen
from tui.screens.flag_dialog import FlagDialog
from tui.screens.flag_entry import Entry, filled
from tui.screens.repeats import RepeatsScreen
from tui.screens.reread_dialog import RereadDialog
from tui.screens.review_page import Sheet, standing
from tui.screens.reviewing import Reviewing
from tui.subjects import guess
from tui.widgets.dialogs import AskDialog
from tui.widgets.flag_list import FlagList
from vault.actions import flags, languages, looking, readings
from vault.model.flags import Flag, FlagState, Kind
from vault.model.trust import Verdict, verdict

_OPEN = (FlagState.SUSPECTED, FlagState.CONFIRMED, FlagState.DISMISSED)
"""Flags a person can still decide on: those not yet in a correction."""


class ReviewScreen(Reviewing):
    """Pages beside their text; flags are made, confirmed and dismissed here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "next_flag", "Flag"),
        Binding("f", "flag", "Wrong"),
        Binding("o", "omission", "Missing", show=False),
        Binding("c", "confirm", "Confirm"),
        Binding("d", "no_error", "Dismiss"),
        Binding("e", "reading", "Misread"),
        Binding("b", "evidence", "Evidence", show=False),
        Binding("h", "repeats", "Where else", show=False),
        Binding("l", "looked", "Looked", show=False),
        Binding("r", "read_again", "Read again", show=False),
        # The footer has to fit into 80 columns; these keys work here as everywhere.
        Binding("ctrl+l", "app.lock", "Lock", show=False, priority=True),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    _asked_of = ""
    """The flag (id) that a screen over this one was opened for."""

    def on_mount(self) -> None:
        """Show a page as it is when it has been read again."""
        self.follow_import(self._read_anew)

    def on_screen_resume(self) -> None:
        """Show flags that were made on a screen over this one."""
        if self._asked_of:
            flag, self._asked_of = self._asked_of, ""
            self._show_anew(flag)

    def _read_anew(self) -> None:
        ended = self.shell.progress
        if self.sheet is not None and ended is not None and ended.name == NAME:
            self._show_anew()

    @work(exclusive=True, group="page")
    async def _show_anew(self, flag: str | None = None) -> None:
        await self._again(flag)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys for flags and words are offered only where there are flags and words."""
        if action in ("confirm", "no_error"):
            flag = self.current_flag
            return flag is not None and flag.state in _OPEN
        if action in ("evidence", "repeats"):
            return self.current_flag is not None
        if action == "reading":
            return self.sheet is not None and self.sheet.read and self.sheet.beside is None
        return super().check_action(action, parameters)

    @property
    def current_flag(self) -> Flag | None:
        """The flag that confirming and dismissing are about."""
        return self.query_one(FlagList).current if self.is_mounted else None

    @property
    def where(self) -> str:
        """The page shown, in words."""
        return self.heading

    @on(OptionList.OptionHighlighted, "#flags")
    def _flag_moved(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "#flags")
    def _flag_chosen(self) -> None:
        self._to_flag(self.current_flag)

    def _how(self, sheet: Sheet) -> Content:
        """As for any page, and which keys tell more of the flag whose words are chosen."""
        said, flag = super()._how(sheet), self.current_flag
        if flag is None or self.picked is None or self.picked != sheet.span_of(flag.id):
            return said
        return Content.assemble(said, (" b: evidence, h: where else.", "dim"))

    def _to_flag(self, flag: Flag | None) -> bool:
        """Choose a flag's words; False where it is about the page as a whole."""
        span = self.sheet.span_of(flag.id) if self.sheet and flag is not None else None
        if span is None:
            return False
        self.pick(span)
        return True

    def action_next_flag(self) -> None:
        """Go to the next flag that stands, on this page or another."""
        here = [m.flag.id for m in self.sheet.marks if standing(m.flag)] if self.sheet else []
        current = self.current_flag
        unpicked = self.picked is None and current is not None and current.id in here
        if unpicked and self._to_flag(current):
            return
        at = here.index(current.id) + 1 if current is not None and current.id in here else 0
        if at < len(here):
            self._highlight(here[at])
            return
        self._flag_elsewhere()

    def _highlight(self, flag: str) -> None:
        marks = self.sheet.marks if self.sheet else ()
        index = next(i for i, mark in enumerate(marks) if mark.flag.id == flag)
        self.query_one(FlagList).highlighted = index
        self._to_flag(marks[index].flag)

    def _flag_elsewhere(self) -> None:
        pages = sorted({f.finding.page for f in self.flags if standing(f) and f.finding.page})
        others = [page for page in pages if page != self.number]
        later = [page for page in others if page > self.number] or others
        if not later:
            self.notify("No other flag in this record.")
            return
        first = next(f.id for f in self.flags if f.finding.page == later[0] and standing(f))
        self.open_page(later[0], flag=first)

    def _entry(self, kind: Kind) -> Entry | None:
        sheet, words = self.sheet, self.picked or self.line
        if sheet is None or words is None:
            return None
        quote = sheet.text(words).strip()
        at = sheet.line_of(words.start)
        lines = [sheet.text(line) for line in sheet.lines[: at + 1]]
        subject = guess(quote, lines[at], lines[:at])
        return Entry(sheet.record.id, self.number, self.where, quote, kind, subject)

    @work(exclusive=True, group="ask")
    async def _ask(self, entry: Entry) -> None:
        ready = await self.attempt(filled, self.session, entry)
        if ready is None:
            return
        made = await self.app.push_screen_wait(FlagDialog(ready))
        if made is not None:
            await self._again(made.id)

    async def _again(self, flag: str | None = None) -> None:
        """Show the page as it is now, with the cursor where it was."""
        line = self.line
        await self.turn_to(self.number, line.start if line else 0, flag)

    def action_flag(self) -> None:
        """Say that the chosen words, or the line, are wrong."""
        entry = self._entry(Kind.WRONG_VALUE)
        if entry is not None:
            self._ask(entry)

    def action_omission(self) -> None:
        """Say that something is missing at the chosen words, or the line."""
        entry = self._entry(Kind.MISSING)
        if entry is not None:
            self._ask(entry)

    def action_confirm(self) -> None:
        """Say that what is suspected is truly wrong, and what it should say."""
        flag = self.current_flag
        if flag is not None:
            self._ask(Entry.of(flag, self.number, self.where))

    def action_evidence(self) -> None:
        """Show what proves the flag under the cursor, and add to it."""
        flag = self.current_flag
        if flag is not None:
            self.app.push_screen(EvidenceScreen(flag.id))

    def action_repeats(self) -> None:
        """Show where else the records say the same."""
        flag = self.current_flag
        if flag is not None:
            self._asked_of = flag.id
            self.app.push_screen(RepeatsScreen(flag.id))

    @work(exclusive=True, group="ask")
    async def action_no_error(self) -> None:
        """Say that what is suspected is no error; it is not raised again."""
        flag = self.current_flag
        if flag is None:
            return
        question = "Why is this no error?"
        detail = "The same suspicion will not come back."
        why = await self.app.push_screen_wait(AskDialog(question, detail=detail))
        if why is None:
            return
        dismissed = await self.attempt(flags.dismiss, self.session, flag.id, why)
        if dismissed is not None:
            await self._again(flag.id)

    @work(exclusive=True, group="ask")
    async def action_reading(self) -> None:
        """Put right how the chosen words, or the line, were read."""
        sheet, words = self.sheet, self.picked or self.line
        if sheet is None or words is None or not sheet.read:
            return
        question = "What does the page really say here?"
        detail = "This changes only how the page was read, not the record."
        text = await self.app.push_screen_wait(
            AskDialog(question, value=sheet.text(words), detail=detail)
        )
        if text is None or text.strip() == sheet.text(words):
            return
        record, page = sheet.record.id, sheet.page.number
        corrected = await self.attempt(readings.correct, self.session, record, page, words, text)
        if corrected is not None:
            await self._again()

    @work(exclusive=True, group="ask")
    async def action_looked(self) -> None:
        """Say that one has looked at this page, or that it is to be looked at still."""
        sheet = self.sheet
        if sheet is None:
            return
        if verdict(sheet.page) not in (Verdict.LOOK, Verdict.UNREAD):
            self.notify("It needs no look: it was read well.")
            return
        record, page = sheet.record.id, sheet.page.number
        today, looked = self.shell.today(), sheet.looked is None
        done = await self.attempt(looking.mark, self.session, record, page, today, looked=looked)
        if done is not None:
            await self._again()

    @work(exclusive=True, group="ask")
    async def action_read_again(self) -> None:
        """Read this page, or all pages, again: turned otherwise, or in another language."""
        sheet = self.sheet
        if sheet is None:
            return
        have = await self.run(languages.installed)
        dialog = RereadDialog(sheet.record, sheet.page.number, have, sheet.asked)
        how = await self.app.push_screen_wait(dialog)
        if how is not None:
            session, record = self.session, sheet.record.id
            self.shell.start_job(lambda tell: job(session, record, how, tell))
