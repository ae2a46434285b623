"""One correction: what to do next and by when, what became of each item, and what happened."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens import (
    aim_dialog,
    amending_check,
    amending_flow,
    amending_letters,
    answer_flow,
    binding_flow,
    copy_flow,
    correction_page,
    form_flow,
    tell_flow,
    terms_dialog,
)
from tui.screens import correction_lines as lines
from tui.screens.base import VaultScreen
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.screens.correction_form import CorrectionFormScreen
from tui.screens.correction_letter import CorrectionLetterScreen
from tui.screens.correction_lines import UNSENT, Line
from tui.screens.correction_page import CorrectionPage
from tui.screens.reminder_dialog import ReminderDialog
from tui.screens.sent_dialog import CorrectionSentDialog
from tui.shell import Place
from vault.actions.asking import reminders
from vault.actions.corrections import CorrectionView
from vault.model.corrections import CorrectionEvent, ItemState, Recipient
from vault.model.flags import Flag
from vault.model.letters import Letter
from vault.model.records import Record
from vault.model.reminders import Reminder
from vault.model.requests import Event

MENU = (
    ("said", "t  They said something: what it means, and what answers it"),
    ("log", "l  Note what happened"),
    ("letter", "w  Make the letter that suits now"),
    ("check", "k  Check it before it is sent, and call it ready"),
    ("sent", "s  It was sent, or asked anew"),
    ("copy", "c  A fresh copy: ask for one, take one that came, compare it"),
    ("tell", "r  Those who are to be told of the correction"),
    ("edit", "e  Put what is under the cursor right, or change how you ask"),
    ("form", "f  Fill in a form of theirs"),
    ("aim", "i  Ask whoever first wrote it instead"),
    ("remind", "m  Set a reminder"),
    ("done", "d  The reminder under the cursor is done"),
    ("bind", "b  Write all the evidence, for a regulator or a lawyer"),
    ("end", "x  Take it back, or close it"),
    ("provider", "p  Show the provider"),
)
"""What can be done with a correction: the action, its key and what it does."""
_AGAIN = (ItemState.DENIED, ItemState.DISPUTED, ItemState.UNCHANGED)


class CorrectionScreen(VaultScreen):
    """All of the correction `chosen` (an id)."""

    PLACE = Place.CORRECTIONS
    HELP_PART = "A correction"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "menu", "Menu", key_display="Space"),
        Binding("t", "said", "They said"),
        Binding("l", "log", "Note"),
        Binding("s", "sent", "Sent"),
        Binding("w", "letter", "Letter"),
        Binding("k", "check", "Check", show=False),
        Binding("c", "copy", "Copy"),
        Binding("r", "tell", "Tell", show=False),
        Binding("e", "edit", "Edit", show=False),
        Binding("f", "form", "Form", show=False),
        Binding("i", "aim", "Originator", show=False),
        Binding("m", "remind", "Remind", show=False),
        Binding("d", "done", "Done", show=False),
        Binding("b", "bind", "Evidence", show=False),
        Binding("x", "end", "End", show=False),
        Binding("p", "provider", "Provider", show=False),
        # The footer has to fit into 80 columns; this key works here as everywhere.
        Binding("q", "app.quit", "Quit", show=False),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self.held: CorrectionPage | None = None
        self._lines: tuple[Line, ...] = ()

    def compose_body(self) -> ComposeResult:
        """What to do next, the list of all that belongs to it, and all of one line."""
        yield Static("", id="next", markup=False)
        yield OptionList(id="parts", markup=False, compact=True)
        yield Static("", id="part", classes="about", markup=False)

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Look at the vault again."""
        today = self.shell.today()
        held = await self.attempt(correction_page.load, self.session, self.chosen, today)
        if held is None:
            return
        self.held, self._lines = held, lines.lines(held)
        self.heading = f"{held.view.provider.name}: correction for {held.view.person.name}"
        self.query_one("#next", Static).update(Content(lines.head(held)))
        parts = self.query_one("#parts", OptionList)
        kept = parts.highlighted
        parts.clear_options()
        parts.add_options(
            [Option(Content(line.text), disabled=line.heading) for line in self._lines]
        )
        parts.highlighted = min(kept if kept is not None else 1, len(self._lines) - 1)
        parts.focus()
        self._show()

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        at = self.query_one("#parts", OptionList).highlighted
        return self._lines[at] if at is not None and at < len(self._lines) else None

    @property
    def view(self) -> CorrectionView | None:
        """The correction, once it was looked at."""
        return self.held.view if self.held else None

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        line = self.line
        part = self.query_one("#part", Static)
        part.update(Content(line.whole if line else ""))
        part.display = bool(line and line.whole)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are offered where they can do something."""
        if not self.is_mounted or self.held is None:
            return super().check_action(action, parameters)
        view, about = self.held.view, self.line.about if self.line else None
        unsent, standing = view.correction.state in UNSENT, view.standing
        event = isinstance(about, Event) and about.kind != CorrectionEvent.DRAFTED
        offered = {
            "said": not unsent and standing.open,
            "sent": unsent or standing.assumed or bool(standing.open and standing.of(*_AGAIN)),
            "check": unsent,
            "copy": copy_flow.possible(view),
            "edit": event or isinstance(about, Recipient) or unsent,
            "form": unsent,
            "aim": not unsent and standing.open and bool(aim_dialog.aimable(view)),
            "done": isinstance(about, Reminder),
            "end": standing.open,
        }
        return offered.get(action, super().check_action(action, parameters))

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        about = self.line.about if self.line else None
        if isinstance(about, Flag):
            self.shell.open_record(about.finding.record, about.finding.page, about.id)
        elif isinstance(about, Record):
            self.shell.open_record(about.id)
        elif isinstance(about, Letter):
            self._paper(about.id)
        elif isinstance(about, Recipient):
            self._follow(about)
        elif isinstance(about, CorrectionView):
            self.app.push_screen(CorrectionScreen(about.correction.id))
        elif isinstance(about, Event):
            self._open_event(about)

    def _open_event(self, event: Event) -> None:
        detail = event.detail
        if detail.other.startswith("req_"):
            self.shell.open_request(detail.other)
        elif detail.other.startswith("cor_"):
            self.app.push_screen(CorrectionScreen(detail.other))
        elif detail.record:
            self.shell.open_record(detail.record)
        elif detail.letter:
            self._paper(detail.letter)

    def _paper(self, letter: str) -> None:
        """Show a letter (an id)."""
        self.app.push_screen(CorrectionLetterScreen(letter))

    @work(exclusive=True, group="ask")
    async def _follow(self, recipient: Recipient) -> None:
        """Say what became of somebody who is to be told."""
        if self.view is not None and await tell_flow.follow(self.shell, self.view, recipient):
            self.load()

    @work(exclusive=True, group="ask")
    async def action_menu(self) -> None:
        """Show all that can be done now, each with its key."""
        now = [Choice(said, name) for name, said in MENU if self.check_action(name, ())]
        name = await self.app.push_screen_wait(ChooseDialog("What do you want to do?", now))
        if name:
            await self.run_action(f"screen.{name}")

    @work(exclusive=True, group="ask")
    async def action_said(self) -> None:
        """Tell what they said; then the letter that answers it, where one is wanted."""
        if self.view is None:
            return
        done = await answer_flow.tell(self.shell, self.view)
        if done.letter is not None:
            self._paper(done.letter.id)
        elif done.noted:
            self.load()

    @work(exclusive=True, group="ask")
    async def action_log(self) -> None:
        """Note what happened."""
        if self.view is not None and await amending_flow.tell(self.shell, self.view):
            self.load()

    @work(exclusive=True, group="ask")
    async def action_letter(self) -> None:
        """Choose a letter that suits, and show it."""
        if self.view is not None:
            letter = await amending_letters.choose(self.shell, self.view)
            if letter is not None:
                self._paper(letter.id)

    @work(exclusive=True, group="ask")
    async def action_check(self) -> None:
        """Look it over before it is sent."""
        await amending_check.check(self.shell, self.chosen)
        self.load()

    @work(exclusive=True, group="ask")
    async def action_form(self) -> None:
        """Choose a form of theirs or take one in, and show it."""
        if self.view is not None:
            form = await form_flow.choose(self.shell, self.view.provider)
            if form is not None:
                self.app.push_screen(CorrectionFormScreen(form.id, self.chosen))

    @work(exclusive=True, group="ask")
    async def action_aim(self) -> None:
        """Ask whoever first wrote the entry, and go to the correction that asks them."""
        if self.view is not None:
            made = await aim_dialog.aim(self.shell, self.view)
            if made is not None:
                self.app.push_screen(CorrectionScreen(made.correction.id))

    @work(exclusive=True, group="ask")
    async def action_tell(self) -> None:
        """Show those who are to be told of the correction."""
        if self.view is not None and await tell_flow.every(self.shell, self.view):
            self.load()

    @work(exclusive=True, group="ask")
    async def action_bind(self) -> None:
        """Write all that proves what happened."""
        if self.view is not None:
            await binding_flow.bind(self.shell, self.view)

    @work(exclusive=True, group="ask")
    async def action_sent(self) -> None:
        """Note that it was sent, or that it was asked anew."""
        if self.view is None:
            return
        form = CorrectionSentDialog(self.chosen, self.view.provider.name, self.shell.today())
        if await self.app.push_screen_wait(form):
            self.load()

    @work(exclusive=True, group="ask")
    async def action_copy(self) -> None:
        """Ask for a fresh copy, take one that came, or compare it."""
        if self.view is None:
            return
        done = await copy_flow.follow(self.shell, self.view)
        if isinstance(done, Letter):
            self._paper(done.id)
        elif done and self.app.screen is self:
            self.load()

    @work(exclusive=True, group="ask")
    async def action_edit(self) -> None:
        """Put the event under the cursor right, or change what is there."""
        about, view = self.line.about if self.line else None, self.view
        if view is None:
            return
        done = False
        if isinstance(about, Recipient):
            done = await tell_flow.change(self.shell, view, about)
        elif isinstance(about, Event) and about.kind != CorrectionEvent.DRAFTED:
            done = await amending_flow.put_right(self.shell, view, about)
        elif isinstance(about, Flag):
            done = await terms_dialog.say(self.shell, view, about)
        else:
            done = await terms_dialog.change(self.shell, view)
        if done:
            self.load()

    @work(exclusive=True, group="ask")
    async def action_end(self) -> None:
        """Take it back, or close it."""
        if self.view is not None and await amending_flow.end(self.shell, self.view):
            self.load()

    @work(exclusive=True, group="ask")
    async def action_remind(self) -> None:
        """Set a reminder about it."""
        name = self.view.provider.name if self.view else ""
        form = ReminderDialog(self.shell.today(), self.chosen, name)
        if await self.app.push_screen_wait(form) is not None:
            self.load()

    @work(exclusive=True, group="ask")
    async def action_done(self) -> None:
        """Note that what the reminder under the cursor is about was done."""
        about = self.line.about if self.line else None
        if isinstance(about, Reminder):
            await self.attempt(reminders.done, self.session, about.id)
            self.load()

    def action_provider(self) -> None:
        """Show the provider it asks."""
        if self.view is not None:
            self.shell.open_provider(self.view.provider.id)
