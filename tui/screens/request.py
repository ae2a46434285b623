"""One request: what to do next and by when, what became of each item, and what happened."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens import (
    came_dialog,
    event_flow,
    form_flow,
    letter_flow,
    next_step,
    preflight_flow,
    request_flow,
    request_page,
    said_flow,
)
from tui.screens import request_words as words
from tui.screens.base import VaultScreen
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.screens.form import FormScreen
from tui.screens.item_dialog import ItemCameDialog, ItemDialog
from tui.screens.reminder_dialog import ReminderDialog
from tui.screens.request_letter import RequestLetterScreen
from tui.screens.request_page import RequestPage
from tui.screens.request_words import Line
from tui.screens.review_dialog import ReviewedDialog
from tui.screens.sent_dialog import RequestSentDialog
from tui.shell import Place
from tui.widgets.dialogs import ConfirmDialog
from vault.actions.asking import items, ledger, reminders
from vault.actions.asking.matching import Arrival
from vault.actions.requests import RequestView
from vault.model.forms import Form
from vault.model.letters import Letter
from vault.model.records import Record
from vault.model.reminders import Reminder
from vault.model.requests import Event, RequestEvent, RequestState

_CAME = (RequestState.UNDER_REVIEW, RequestState.GAPS_OPEN)


MENU = (
    ("said", "t  They said something: what it means, and what answers it"),
    ("log", "l  Note what happened"),
    ("letter", "w  Make the letter that suits now"),
    ("form", "f  Fill in a form of theirs"),
    ("check", "k  Check it before it is sent, and call it ready"),
    ("sent", "s  It was sent"),
    ("came", "c  Say what a record that came answers"),
    ("review", "v  You have looked through what came"),
    ("edit", "e  Put what is under the cursor right, or change what you ask for"),
    ("add", "a  Ask for one thing more"),
    ("take", "x  Ask no more for what is under the cursor"),
    ("remind", "m  Set a reminder"),
    ("done", "d  The reminder under the cursor is done"),
    ("provider", "p  Show the provider"),
    ("fax", "h  Write a fax: cover sheet and letter"),
    ("bind", "b  Write all the evidence, for a regulator or a lawyer"),
)
"""What can be done with a request: the action, its key and what it does."""


class RequestScreen(VaultScreen):
    """All of the request `chosen` (an id)."""

    PLACE = Place.REQUESTS
    HELP_PART = "A request"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "menu", "Menu", key_display="Space"),
        Binding("t", "said", "They said"),
        Binding("l", "log", "Note"),
        Binding("s", "sent", "Sent"),
        Binding("e", "edit", "Edit", show=False),
        Binding("w", "letter", "Letter"),
        Binding("k", "check", "Check", show=False),
        Binding("f", "form", "Form", show=False),
        Binding("b", "bind", "Evidence", show=False),
        Binding("h", "fax", "Fax", show=False),
        Binding("c", "came", "What came", show=False),
        Binding("v", "review", "Reviewed", show=False),
        Binding("a", "add", "Add", show=False),
        Binding("x", "take", "Remove", show=False),
        Binding("m", "remind", "Remind", show=False),
        Binding("d", "done", "Done", show=False),
        Binding("p", "provider", "Provider", show=False),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self.held: RequestPage | None = None
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
        held = await self.attempt(request_page.load, self.session, self.chosen, today)
        if held is None:
            return
        self.held, self._lines = held, words.lines(held)
        self.heading = f"{held.view.provider.name}: records of {held.view.person.name}"
        self.query_one("#next", Static).update(Content(words.head(held)))
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
    def view(self) -> RequestView | None:
        """The request, once it was looked at."""
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
        unsent = view.request.state in next_step.UNSENT
        offered = {
            "sent": unsent or view.standing.gaps != () or view.standing.assumed,
            "came": bool(self.held.arrivals),
            "review": view.request.state in _CAME,
            "edit": self._editable(about, unsent=unsent),
            "add": unsent,
            "said": not unsent and view.standing.open,
            "check": unsent,
            "take": unsent and isinstance(about, ledger.Line) and len(view.request.items) > 1,
            "done": isinstance(about, Reminder),
        }
        return offered.get(action, super().check_action(action, parameters))

    @staticmethod
    def _editable(about: object, *, unsent: bool) -> bool:
        if isinstance(about, Event):
            return about.kind != RequestEvent.DRAFTED
        return unsent or isinstance(about, ledger.Line)

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        about = self.line.about if self.line else None
        if isinstance(about, Record):
            self.shell.open_record(about.id)
        elif isinstance(about, Arrival):
            self._decide(about)
        elif isinstance(about, Letter):
            self.app.push_screen(RequestLetterScreen(about.id))
        elif isinstance(about, Form):
            self.app.push_screen(FormScreen(about.id, self.chosen))
        elif isinstance(about, RequestView):
            self.app.push_screen(RequestScreen(about.request.id))
        elif isinstance(about, Event) and about.detail.other.startswith("req_"):
            self.app.push_screen(RequestScreen(about.detail.other))
        elif isinstance(about, Event) and about.detail.record:
            self.shell.open_record(about.detail.record)
        elif isinstance(about, ledger.Line) and about.records:
            self.shell.open_record(about.records[0])

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
        noted, letter = await said_flow.tell(self.shell, self.view)
        if letter is not None:
            self.app.push_screen(RequestLetterScreen(letter.id))
        elif noted:
            self.load()

    @work(exclusive=True, group="ask")
    async def action_log(self) -> None:
        """Note what happened; where somebody else holds the records, go to the new request."""
        if self.view is None:
            return
        made = await event_flow.tell(self.shell, self.view)
        if made is None:
            return
        last = made.request.events[-1]
        if last.kind == RequestEvent.REDIRECTED and last.detail.other:
            self.app.push_screen(RequestScreen(last.detail.other))
        else:
            self.load()

    @work(exclusive=True, group="ask")
    async def action_letter(self) -> None:
        """Choose a letter that suits, and show it."""
        if self.view is not None:
            letter = await letter_flow.choose(self.shell, self.view)
            if letter is not None:
                self.app.push_screen(RequestLetterScreen(letter.id))

    @work(exclusive=True, group="ask")
    async def action_check(self) -> None:
        """Look it over before it is sent."""
        await preflight_flow.check(self.shell, self.chosen)
        self.load()

    @work(exclusive=True, group="ask")
    async def action_form(self) -> None:
        """Choose a form of theirs or take one in, and show it."""
        if self.view is not None:
            form = await form_flow.choose(self.shell, self.view.provider)
            if form is not None:
                self.app.push_screen(FormScreen(form.id, self.chosen))

    @work(exclusive=True, group="ask")
    async def action_fax(self) -> None:
        """Write the letter with a cover sheet, to be faxed."""
        if self.view is not None:
            await letter_flow.fax(self.shell, self.view)

    @work(exclusive=True, group="ask")
    async def action_bind(self) -> None:
        """Write all that proves what happened."""
        if self.view is None:
            return
        question = ConfirmDialog(
            "With the pages of the records that came?", "At most 40 pages.", no="Without"
        )
        whole = await self.app.push_screen_wait(question)
        await letter_flow.bind(self.shell, self.view, with_records=bool(whole))

    @work(exclusive=True, group="ask")
    async def action_sent(self) -> None:
        """Note that it was sent."""
        if self.view is None:
            return
        name = self.view.provider.name
        if await self.app.push_screen_wait(
            RequestSentDialog(self.chosen, name, self.shell.today())
        ):
            self.load()

    def action_came(self) -> None:
        """Say what the first record that came for it answers."""
        if self.held is not None and self.held.arrivals:
            about = self.line.about if self.line else None
            self._decide(about if isinstance(about, Arrival) else self.held.arrivals[0])

    @work(exclusive=True, group="ask")
    async def _decide(self, arrival: Arrival) -> None:
        if await came_dialog.decide(self.shell, arrival, self.chosen):
            self.load()

    @work(exclusive=True, group="ask")
    async def action_review(self) -> None:
        """Say that what came was looked through."""
        if self.held is None:
            return
        form = ReviewedDialog(self.held.view, self.shell.today(), held=self.held.ledger)
        if await self.app.push_screen_wait(form) is not None:
            self.load()

    @work(exclusive=True, group="ask")
    async def action_edit(self) -> None:
        """Put the event under the cursor right, change the item there, or the request."""
        about, view = self.line.about if self.line else None, self.view
        if view is None:
            return
        unsent = view.request.state in next_step.UNSENT
        if isinstance(about, Event):
            done = bool(await event_flow.put_right(self.shell, view, about))
        elif isinstance(about, ledger.Line):
            form = ItemDialog(self.chosen, about.item) if unsent else ItemCameDialog(about.item)
            done = await self.app.push_screen_wait(form) is not None
        else:
            done = await request_flow.change(self.shell, view.request) is not None
        if done:
            self.load()

    @work(exclusive=True, group="ask")
    async def action_add(self) -> None:
        """Ask for one thing more."""
        if await self.app.push_screen_wait(ItemDialog(self.chosen)) is not None:
            self.load()

    @work(exclusive=True, group="ask")
    async def action_take(self) -> None:
        """Ask no more for the item under the cursor."""
        about = self.line.about if self.line else None
        if not isinstance(about, ledger.Line):
            return
        question = f"Ask no more for this?\n{ledger.words(about.item)}"
        if await self.app.push_screen_wait(ConfirmDialog(question)):
            await self.attempt(items.drop, self.session, about.item.id)
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
