"""What shows that an entry is wrong: places in other records, pictures, the person's own word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens import flag_words as words
from tui.screens.base import VaultScreen
from tui.screens.cite_dialog import CiteDialog
from tui.screens.document_dialogs import ChooseFileDialog
from tui.screens.evidence_picture import EvidencePictureScreen
from tui.widgets.dialogs import AskDialog, ConfirmDialog
from tui.widgets.lists import OpenList
from vault.actions import evidence, flags, records
from vault.actions.records import RecordView
from vault.actions.session import Session
from vault.model.evidence import Evidence, EvidenceKind
from vault.model.flags import Flag, FlagState

_NONE = """\
No evidence yet.

r names another of your records that shows what is right. p keeps a picture,
a photo of a bottle's label for instance. n takes down your own word."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A flag, its evidence, and which of its words are still found on their page."""

    flag: Flag
    evidence: tuple[Evidence, ...]
    found: frozenset[str]


def _load(s: Session, given: str) -> Shown:
    held = evidence.of(s, given)
    found = frozenset(e.id for e in held if evidence.found(s, e))
    return Shown(flags.get(s, given), held, found)


def _others(s: Session, flag: Flag) -> tuple[RecordView, ...]:
    """The records that can be named as evidence: those of the same person."""
    whose = records.find(s, flag.finding.record).person
    return tuple(view for view in records.every(s) if view.record.person == whose)


class EvidenceScreen(VaultScreen):
    """The evidence of the flag with the id `chosen`; Enter shows what is under the cursor."""

    HELP_PART = "Evidence"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "record", "Record"),
        Binding("p", "picture", "Picture"),
        Binding("n", "note", "Note"),
        Binding("x", "drop", "Take back"),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self.shown: Shown | None = None

    def compose_body(self) -> ComposeResult:
        """What is wrong, the list, and all of what is under the cursor."""
        yield Static("", id="next", markup=False)
        yield Static(Content(_NONE), id="nothing")
        yield OpenList(id="parts")
        yield Static("", id="part", classes="about", markup=False)

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.heading = "Evidence"
        self.query_one("#nothing").display = False

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Look at the vault again."""
        shown = await self.attempt(_load, self.session, self.chosen)
        if shown is None:
            return
        self.shown = shown
        held, parts = shown.evidence, self.query_one("#parts", OptionList)
        self.query_one("#next", Static).update(Content(words.head(shown.flag)))
        self.query_one("#nothing").display = not held
        self.query_one("#part").display = parts.display = bool(held)
        kept = parts.highlighted or 0
        parts.clear_options()
        parts.add_options([Option(Content(words.row(e))) for e in held])
        if held:
            parts.highlighted = min(kept, len(held) - 1)
            parts.focus()
        self.refresh_bindings()

    @property
    def current(self) -> Evidence | None:
        """What is under the cursor."""
        at = self.query_one("#parts", OptionList).highlighted
        held = self.shown.evidence if self.shown else ()
        return held[at] if at is not None and at < len(held) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A dismissed flag takes no evidence; what is not there is not taken back."""
        if action in ("record", "picture", "note"):
            return self.shown is not None and self.shown.flag.state is not FlagState.DISMISSED
        if action == "drop":
            return self.is_mounted and self.current is not None
        return super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        held = self.current
        if held is not None and self.shown is not None:
            text = words.about(held, found=held.id in self.shown.found)
            self.query_one("#part", Static).update(Content(text))

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        held = self.current
        if held is None or not held.there:
            return
        if held.kind is EvidenceKind.PLACE:
            self.shell.open_record(held.record, held.page)
        else:
            self.app.push_screen(EvidencePictureScreen(held.id))

    @work(exclusive=True, group="ask")
    async def action_record(self) -> None:
        """Name a place in another record."""
        if self.shown is None:
            return
        others = await self.attempt(_others, self.session, self.shown.flag)
        if others:
            made = await self.app.push_screen_wait(CiteDialog(self.chosen, others))
            self._renew(made)

    @work(exclusive=True, group="ask")
    async def action_picture(self) -> None:
        """Keep a picture from a file."""
        path = await self.app.push_screen_wait(ChooseFileDialog())
        if path is None:
            return
        question = "What does the picture show?"
        detail = "It is kept encrypted. The file itself stays where it is."
        note = await self.app.push_screen_wait(AskDialog(question, detail=detail))
        if note is None:
            return
        self._renew(await self.attempt(evidence.add_picture, self.session, self.chosen, path, note))

    @work(exclusive=True, group="ask")
    async def action_note(self) -> None:
        """Take down the person's own word."""
        question = "What do you know of it yourself?"
        detail = "For example: I was there, and nobody examined me."
        text = await self.app.push_screen_wait(AskDialog(question, detail=detail))
        if text is None or not text.strip():
            return
        self._renew(await self.attempt(evidence.add_note, self.session, self.chosen, text))

    def _renew(self, made: Evidence | None) -> None:
        if made is not None:
            self.load()

    @work(exclusive=True, group="ask")
    async def action_drop(self) -> None:
        """Take back what is under the cursor."""
        held = self.current
        if held is None:
            return
        detail = "A picture that was kept is deleted from the vault."
        question = ConfirmDialog("Take this evidence back?", detail, "Take back", "Keep")
        if await self.app.push_screen_wait(question):
            self._renew(await self.attempt(evidence.drop, self.session, held.id))
