"""What a person says of a whole page while going through a record: right, a note, another copy."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.screens.copies_flow import compare_copies
from tui.screens.facts import FactsScreen
from tui.screens.page_browser import PageBrowser
from tui.screens.review_page import Sheet
from tui.widgets.dialogs import AskDialog, ConfirmDialog
from vault.actions import accepting, remarks
from vault.model.reviewing import Remark

_NEW = "new"


class Reviewing(PageBrowser):
    """Pages that can be accepted, noted on, listed fact by fact, and held against another copy."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "accept", "Page is right", show=False),
        Binding("a", "note", "Note", show=False),
        Binding("s", "facts", "Facts", show=False),
        Binding("w", "copies", "Other copy", show=False),
    ]

    _away = False
    """Whether one has gone to the facts: what was struck there changes what is suspected here."""

    def on_screen_resume(self) -> None:
        """Look at the page anew after the facts."""
        if self._away and self.sheet is not None:
            self._away = False
            line = self.line
            self.open_page(self.number, line.start if line else 0)

    async def turn_to(self, number: int, word: int = 0, flag: str | None = None) -> Sheet | None:
        """As before, and the title says whether the page was accepted and has notes."""
        sheet = await super().turn_to(number, word, flag)
        if sheet is not None:
            await self._tell(sheet)
        return sheet

    async def _tell(self, sheet: Sheet) -> None:
        record, number = sheet.record.id, sheet.page.number
        done = await self.attempt(accepting.of, self.session, record)
        notes = await self.attempt(remarks.of, self.session, record)
        if done is None or notes is None or self.number != number:
            return
        said = [one.words for one in done.accepted if one.page == number]
        here = sum(note.page in (None, number) for note in notes)
        if here:
            said.append("1 note (a)" if here == 1 else f"{here} notes (a)")
        if said:
            self.heading = f"{self.heading.split(' · ')[0]} · {', '.join(said)}"

    @work(exclusive=True, group="ask")
    async def action_accept(self) -> None:
        """Say that this page is right as it is, or take it back."""
        sheet = self.sheet
        if sheet is None:
            return
        record, page = sheet.record.id, sheet.page.number
        before = await self.attempt(accepting.of, self.session, record)
        if before is None:
            return
        held = [one for one in before.accepted if one.page == page]
        undo = bool(held) and not (held[0].read_since or held[0].flagged_since)
        done = await self.attempt(accepting.accept, self.session, record, page, undo=undo)
        if done is None:
            return
        self.notify(f"Page {page} is {'not accepted any more' if undo else 'right'}. {done.words}.")
        line = self.line
        await self.turn_to(page, line.start if line else 0)

    @work(exclusive=True, group="ask")
    async def action_note(self) -> None:
        """Write a note on this page; where there are notes, choose one to delete it."""
        sheet = self.sheet
        if sheet is None:
            return
        record, page = sheet.record.id, sheet.page.number
        found = await self.attempt(remarks.of, self.session, record) or ()
        here = [note for note in found if note.page in (None, page)]
        chosen = await self._which(here) if here else _NEW
        done: Remark | None = None
        if chosen == _NEW:
            detail = "A note is yours alone: it goes into no letter."
            text = await self.app.push_screen_wait(
                AskDialog("What do you want to remember of this page?", detail=detail)
            )
            if text:
                done = await self.attempt(remarks.add, self.session, record, text, page)
        elif chosen:
            done = await self.attempt(remarks.delete, self.session, chosen)
        if done is not None:
            line = self.line
            await self.turn_to(page, line.start if line else 0)

    async def _which(self, notes: list[Remark]) -> str | None:
        """A new note, or the id of one that is to be deleted; None for neither."""
        rows = [Choice("Write another note", _NEW), Choice("Your notes; Enter deletes one:")]
        rows += [Choice(n.text[:200], n.id, f"Written on {n.made_at[:10]}.") for n in notes]
        chosen = await self.app.push_screen_wait(ChooseDialog("Notes on this page", rows))
        if not chosen or chosen == _NEW:
            return chosen
        text = next(n.text for n in notes if n.id == chosen)
        sure = await self.app.push_screen_wait(ConfirmDialog("Delete this note?", text[:400]))
        return chosen if sure else None

    def action_facts(self) -> None:
        """List what this record states, to confirm or strike."""
        if self.sheet is not None:
            self._away = True
            self.app.push_screen(FactsScreen(self.sheet.record.id, self.number))

    @work(exclusive=True, group="ask")
    async def action_copies(self) -> None:
        """Hold this record against an earlier copy of it."""
        if self.sheet is not None:
            await compare_copies(self, self.sheet.record)
