"""Corrections: confirmed errors become a letter to the provider who can put them right."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens import choosing, figures, missing_words
from tui.screens import correction_words as words
from tui.screens.assign_dialog import AssignDialog
from tui.screens.base import VaultScreen
from tui.screens.choosing import Choice, Group
from tui.screens.evidence import EvidenceScreen
from tui.screens.letter import UNSENT, letter_for, missing
from tui.screens.letter_preview import LetterPreviewScreen
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.sent_dialog import CorrectionSentDialog
from tui.screens.tell_dialog import TellDialog
from tui.screens.writing import ask_target
from tui.shell import Place
from tui.widgets.dialogs import ConfirmDialog
from tui.widgets.flag_picker import FlagPicker
from vault.actions import corrections, omissions, people, providers, requests
from vault.actions.correcting import statistics
from vault.actions.corrections import CorrectionView
from vault.safetext import safe_line

_NO_FLAGS = "None. Confirm an error while you review a record (2 Records)."
_FIGURES = "  (f: what came of those you sent)"
_NO_CORRECTIONS = "None yet. Choose errors with space, then press n."


class CorrectionsScreen(VaultScreen):
    """Confirmed flags to choose from, the corrections made, and all of the one in hand."""

    PLACE = Place.CORRECTIONS
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New letter"),
        Binding("g", "mark_group", "All"),
        Binding("o", "open_page", "Page"),
        Binding("a", "assign", "Whose"),
        Binding("v", "preview", "View letter"),
        Binding("w", "write", "Write PDF"),
        Binding("s", "sent", "Mark as sent"),
        Binding("b", "evidence", "Evidence", show=False),
        Binding("r", "ask_for", "Ask for it", show=False),
        Binding("f", "figures", "Figures", show=False),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self._groups: tuple[Group, ...] = ()
        self._views: tuple[CorrectionView, ...] = ()

    def compose_body(self) -> ComposeResult:
        """Two lists and what is under the cursor."""
        with Container(id="lists"):
            with Vertical():
                yield Static("Errors you confirmed", classes="title")
                yield Static(Content(_NO_FLAGS), id="no-flags", classes="where")
                yield FlagPicker(id="picker", classes="pane")
            with Vertical():
                yield Static("Corrections", classes="title")
                yield Static(Content(_NO_CORRECTIONS), id="no-corrections", classes="where")
                yield OptionList(id="corrections", classes="pane", markup=False, compact=True)
        yield Static("", id="correction", classes="about", markup=False)

    def on_mount(self) -> None:
        """Begin with empty lists rather than wrong ones."""
        self.heading = "Corrections"

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Look at the vault again."""
        groups = await self.attempt(choosing.load, self.session)
        views = await self.attempt(corrections.every, self.session, self.shell.today())
        if groups is None or views is None:
            return
        under = self.correction
        keep = under.correction.id if under else ""
        self._groups, self._views = groups, views
        sent = any(view.correction.state not in UNSENT for view in views)
        self.heading = f"Corrections{_FIGURES if sent else ''}"
        picker, listed = self.query_one(FlagPicker), self.query_one("#corrections", OptionList)
        picker.mark(self.shell.marked)
        picker.load(words.items(groups), self.chosen or picker.current)
        listed.clear_options()
        listed.add_options([Option(words.line(view)) for view in views])
        ids = [view.correction.id for view in views]
        wanted = next((id_ for id_ in (self.chosen, keep) if id_ in ids), "")
        listed.highlighted = ids.index(wanted) if wanted else 0 if ids else None
        self._arrange(to_list=self.chosen in ids)
        self.chosen = ""

    def _arrange(self, *, to_list: bool) -> None:
        picker, listed = self.query_one(FlagPicker), self.query_one("#corrections", OptionList)
        picker.display, listed.display = bool(self._groups), bool(self._views)
        self.query_one("#no-flags").display = not self._groups
        self.query_one("#no-corrections").display = not self._views
        if to_list or (not self._groups and self._views):
            listed.focus()
        elif self._groups and self.focused is None:
            picker.focus()
        self._show()

    @property
    def correction(self) -> CorrectionView | None:
        """The correction under the cursor."""
        at = self.query_one("#corrections", OptionList).highlighted
        return self._views[at] if at is not None and at < len(self._views) else None

    @property
    def flag(self) -> Choice | None:
        """The confirmed flag under the cursor."""
        current = self.query_one(FlagPicker).current
        every = (choice for group in self._groups for choice in group.choices)
        return next((choice for choice in every if choice.flag.id == current), None)

    @property
    def _in_flags(self) -> bool:
        return self.focused is self.query_one(FlagPicker)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are offered where they can do something."""
        if not self.is_mounted:
            return super().check_action(action, parameters)
        if action in ("new", "mark_group", "assign", "open_page"):
            return bool(self._groups) and self._in_flags
        if action in ("preview", "write", "sent"):
            view = None if self._in_flags else self.correction
            return view is not None and (action != "sent" or view.correction.state in UNSENT)
        if action == "ask_for":
            choice = self.flag if self._in_flags else None
            return choice is not None and missing_words.askable(choice.flag)
        return super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        choice, view = self.flag if self._in_flags else None, self.correction
        text = words.about_flag(choice) if choice else words.about(view) if view else ""
        text += missing_words.hint(choice.flag) if choice else ""
        self.query_one("#correction", Static).update(Content(text))
        self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        """Tell of what has the focus now."""
        self._show()

    @on(OptionList.OptionSelected, "#picker")
    def _mark(self) -> None:
        self.query_one(FlagPicker).action_mark()

    @on(FlagPicker.Changed)
    def _marked(self, message: FlagPicker.Changed) -> None:
        self.shell.marked = frozenset(message.checked)

    def action_open_page(self) -> None:
        """Show the page of the flag under the cursor."""
        choice = self.flag
        if choice is not None:
            flag = choice.flag
            self.shell.open_record(choice.record.record.id, flag.finding.page, flag.id)

    @on(OptionList.OptionSelected, "#corrections")
    def _open(self) -> None:
        """Show all of the correction under the cursor."""
        view = self.correction
        if view is not None:
            self.shell.open_correction(view.correction.id)

    def action_preview(self) -> None:
        """Look at the letter of the correction under the cursor."""
        view = self.correction
        if view is not None:
            self.app.push_screen(LetterPreviewScreen(view.correction.id))

    def action_mark_group(self) -> None:
        """Mark all errors that can go into one letter with the one under the cursor."""
        choice = self.flag
        picker = self.query_one(FlagPicker)
        group = next((g for g in self._groups if choice in g.choices), None)
        if group is None:
            return
        self.shell.marked = frozenset(c.flag.id for c in group.choices)
        picker.mark(self.shell.marked)
        picker.load(words.items(self._groups), picker.current)

    @work(exclusive=True, group="ask")
    async def action_new(self) -> None:
        """Make a correction of the chosen flags, or of the one under the cursor."""
        picker = self.query_one(FlagPicker)
        wanted = picker.checked or ((picker.current,) if picker.current else ())
        groups = [g for g in self._groups if any(c.flag.id in wanted for c in g.choices)]
        if len(groups) != 1:
            self.notify("A letter goes to one provider about one person: choose from one group.")
            return
        if groups[0].lacking:
            self.notify(f"Say first {groups[0].lacking}: press a.")
            return
        provider = groups[0].choices[0].record.provider
        form = TellDialog(provider.name if provider else groups[0].name, wanted)
        made = await self.app.push_screen_wait(form)
        if made is not None:
            self.shell.marked -= frozenset(wanted)
            self.chosen = made.correction.id
            self.load()

    @work(exclusive=True, group="ask")
    async def action_assign(self) -> None:
        """Say who the record of the flag under the cursor came from, and whose it is."""
        choice = self.flag
        if choice is None:
            return
        known = await self.run(providers.every, self.session)
        patients = await self.run(people.every, self.session)
        asked = await self.run(requests.every, self.session, self.shell.today())
        form = AssignDialog(choice.record.record, known, patients, asked)
        if await self.app.push_screen_wait(form):
            self.load()

    @work(exclusive=True, group="ask")
    async def action_write(self) -> None:
        """Write the letter's PDF to a file outside the vault."""
        view = self.correction
        if view is None:
            return
        suggested = Path.home() / f"correction-{view.correction.id}.pdf"
        lacking = await self.attempt(missing, self.session, view)
        if lacking is None:
            return
        warned = f"! {' '.join(lacking)} Press v, then a, to fill it in.\n\n" if lacking else ""
        detail = f"{warned}That copy is not encrypted. Whoever can open the file can read it."
        target = await ask_target(self.app, "Write the letter where?", suggested, detail)
        if target is None:
            return
        letter = await self.attempt(letter_for, self.session, view, self.shell.today())
        if letter is None:
            return
        written = await self.attempt(corrections.write_letter, self.session, letter, target)
        if written is not None:
            self.notify(f"Written: {safe_line(str(written))}", markup=False)

    @work(exclusive=True, group="ask")
    async def action_sent(self) -> None:
        """Note that the correction under the cursor was sent."""
        view = self.correction
        if view is None:
            return
        form = CorrectionSentDialog(view.correction.id, view.provider.name, self.shell.today())
        if await self.app.push_screen_wait(form):
            self.load()

    def action_evidence(self) -> None:
        """Show what proves the flag under the cursor, and add to it."""
        choice = self.flag if self._in_flags else None
        if choice is not None:
            self.app.push_screen(EvidenceScreen(choice.flag.id))

    @work(exclusive=True, group="ask")
    async def action_figures(self) -> None:
        """Say what came of all corrections that were sent."""
        found = await self.attempt(statistics.of, self.session, self.shell.today())
        if found is not None:
            await self.app.push_screen_wait(NoticeDialog(*figures.sentences(found)))

    @work(exclusive=True, group="ask")
    async def action_ask_for(self) -> None:
        """Ask for what the flag under the cursor says is missing, or show the request that does."""
        choice = self.flag
        if choice is None:
            return
        if choice.flag.request:
            today = self.shell.today()
            view = await self.attempt(requests.get, self.session, choice.flag.request, today)
            if view is None or view.standing.open:
                self.shell.open_request(choice.flag.request)
                return
        if not (choice.record.provider and choice.record.person):
            self.notify("Say first who the record came from, and whose it is: press a.")
            return
        advice = await self.attempt(omissions.suggest, self.session, choice.flag.id)
        if advice is None or not await self.app.push_screen_wait(
            ConfirmDialog(*missing_words.question(choice, advice))
        ):
            return
        made = await self.attempt(omissions.ask, self.session, choice.flag.id)
        if made is not None:
            self.shell.open_request(made.view.request.id)
