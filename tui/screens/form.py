"""A provider's form: what to know of it, what goes into each field, and filling it in."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens import form_words as words
from tui.screens.base import VaultScreen
from tui.screens.choose_dialog import ChooseDialog
from tui.screens.filled import FilledScreen
from tui.screens.form_words import OWN, Line
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.place_dialog import PlaceDialog
from tui.shell import Place
from tui.widgets.dialogs import AskDialog
from vault.actions import filling, forms
from vault.model.forms import Form
from vault.model.formwords import FIXED


class FormScreen(VaultScreen):
    """The form `chosen` (an id), to be filled in for `request` (an id, or empty)."""

    PLACE = Place.REQUESTS
    HELP_PART = "A form"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "fill", "Fill in"),
        Binding("o", "confirm", "Looked over"),
        Binding("a", "put", "Put text"),
    ]

    def __init__(self, chosen: str = "", request: str = "") -> None:
        super().__init__(chosen)
        self.request = request
        self.form: Form | None = None
        self._lines: tuple[Line, ...] = ()

    def compose_body(self) -> ComposeResult:
        """What to know of it, its fields, and all of the one under the cursor."""
        yield Static("", id="next", markup=False)
        yield OptionList(id="parts", markup=False, compact=True)
        yield Static("", id="part", classes="about", markup=False)

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Look at the vault again."""
        form = await self.attempt(forms.get, self.session, self.chosen)
        if form is not None:
            self._put(form)

    def _put(self, form: Form) -> None:
        self.form, self._lines = form, words.lines(form)
        self.heading = form.title
        self.query_one("#next", Static).update(Content(words.facts(form)))
        parts = self.query_one("#parts", OptionList)
        kept = parts.highlighted or 0
        parts.clear_options()
        parts.add_options([Option(Content(line.text)) for line in self._lines])
        if self._lines:
            parts.highlighted = min(kept, len(self._lines) - 1)
        parts.focus()
        self._show()

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        at = self.query_one("#parts", OptionList).highlighted
        return self._lines[at] if at is not None and at < len(self._lines) else None

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        line = self.line
        nothing = "It has no fields. a puts text on its pages."
        self.query_one("#part", Static).update(Content(line.whole if line else nothing))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A form is filled in for a request."""
        if action == "fill":
            return bool(self.request)
        if action == "confirm":
            return self.form is not None and not self.form.mapping.confirmed
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    @work(exclusive=True, group="ask")
    async def _change(self) -> None:
        """Say what goes into the field under the cursor."""
        line = self.line
        if line is None or not (line.target or line.placed):
            return
        first = OWN if line.value.startswith(FIXED) else line.value
        name = line.target or "Text on the page"
        given = await self.app.push_screen_wait(
            ChooseDialog("What goes there?", words.choices(line), first=first, detail=name)
        )
        if given == OWN:
            value = line.value[1:] if line.value.startswith(FIXED) else ""
            typed = await self.app.push_screen_wait(AskDialog("Which words?", value=value))
            given = f"{FIXED}{typed}" if typed else None
        if not given:
            return
        if line.placed is not None:
            put = replace(line.placed, value=given)
            changed = await self.attempt(forms.place_text, self.session, self.chosen, put)
        else:
            changed = await self.attempt(
                forms.map_field, self.session, self.chosen, line.target, given
            )
        if changed is not None:
            self._put(changed)

    @work(exclusive=True, group="ask")
    async def action_confirm(self) -> None:
        """Say that what goes where was looked over."""
        changed = await self.attempt(forms.confirm, self.session, self.chosen)
        if changed is not None:
            self._put(changed)

    @work(exclusive=True, group="ask")
    async def action_put(self) -> None:
        """Put text on a page itself."""
        if self.form is None:
            return
        made = await self.app.push_screen_wait(PlaceDialog(self.form))
        if made is not None:
            self._put(made)

    @work(exclusive=True, group="ask")
    async def action_fill(self) -> None:
        """Fill it in for the request, and look at what came of it."""
        form = self.form
        if form is None:
            return
        self.query_one("#part", Static).update(Content("It is being filled in."))
        made = await self.attempt(filling.fill, self.session, self.request, form.id)
        if made is None:
            self._show()
            return
        await self._tell(form)
        self.app.push_screen(FilledScreen(made.id, form))

    async def _tell(self, form: Form) -> None:
        """Say what the form has no box for, and what was left empty."""
        about = await self.run(filling.subject, self.session, self.request)
        lacking, empty = filling.without_a_box(form, about), filling.left_empty(form)
        told = []
        if lacking:
            told.append(f"It has no box for: {', '.join(lacking)}. Write it beside them.")
        if empty:
            more = " ..." if len(empty) > 12 else ""
            told.append(f"Left empty: {', '.join(empty[:12])}{more}.")
        if told:
            notice = NoticeDialog("Filled in. Before you sign it:", "\n".join(told))
            await self.app.push_screen_wait(notice)
