"""People: whose records these are, who may act for them, and what proves it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens import people_lines
from tui.screens.add_person import AddPersonDialog
from tui.screens.authority_dialog import AuthorityDialog
from tui.screens.base import VaultScreen
from tui.screens.document_dialogs import ChooseFileDialog, CopyDialog, DocumentDialog
from tui.screens.masks import MaskScreen
from tui.screens.people_lines import Line
from tui.screens.writing import ask_target
from tui.widgets.dialogs import AskDialog, CarefulDialog
from tui.widgets.lists import OpenList
from vault import dates
from vault.actions import authorities, documents, requests
from vault.model.documents import Document
from vault.model.requests import RequestState

_NOBODY = "There is nobody here yet.\n\nPress n to say whose records these are."


class PeopleScreen(VaultScreen):
    """Each person, below them who may act for them, and their documents."""

    HELP_PART = "People"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "person", "Person"),
        Binding("a", "authority", "Acts"),
        Binding("d", "document", "Paper"),
        Binding("m", "masks", "Mask"),
        Binding("c", "copy", "Copy"),
        Binding("e", "end", "End"),
        Binding("x", "delete", "Delete", show=False),
    ]

    def __init__(self, chosen: str = "") -> None:
        super().__init__(chosen)
        self.lines: tuple[Line, ...] = ()

    def compose_body(self) -> ComposeResult:
        """The list, and all of what is under the cursor."""
        yield Static(Content(_NOBODY), id="nobody")
        yield OpenList(id="people")
        with VerticalScroll(id="about-person", can_focus=False):
            yield Static("", markup=False)

    def on_mount(self) -> None:
        """Begin with an empty page rather than a wrong one."""
        self.heading = "People, and who may act for them"
        self.query_one("#nobody").display = False

    def on_screen_resume(self) -> None:
        """Look anew whenever this screen is shown."""
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Look at the vault again."""
        found = await self.attempt(people_lines.load, self.session, self.shell.today())
        if found is not None:
            self._fill(found)

    def _fill(self, found: tuple[Line, ...]) -> None:
        listed = self.query_one("#people", OptionList)
        under = self.current
        keep = self.chosen or (under.id if under else "")
        at = listed.highlighted or 0
        self.lines = found
        listed.clear_options()
        listed.add_options(Option(_prompt(line)) for line in found)
        self.query_one("#nobody").display = not found
        listed.display = bool(found)
        if found:
            same = next((i for i, line in enumerate(found) if line.id == keep), None)
            listed.highlighted = min(at, len(found) - 1) if same is None else same
            listed.focus()
        self.chosen = ""
        self._show()

    @property
    def current(self) -> Line | None:
        """What is under the cursor."""
        at = self.query_one("#people", OptionList).highlighted
        return self.lines[at] if at is not None and at < len(self.lines) else None

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        line = self.current
        about = self.query_one("#about-person", VerticalScroll)
        about.query_one(Static).update(Content(line.about if line else ""))
        about.scroll_home(animate=False)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done with what is under the cursor."""
        line = self.current
        if action in ("authority", "document"):
            return line is not None
        if action in ("masks", "copy", "delete"):
            return line is not None and line.document is not None
        if action == "end":
            acting = line.authority if line else None
            return acting is not None and acting.authority.ended_on is None
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self._edit()

    @work(exclusive=True, group="ask")
    async def _edit(self) -> None:
        """Change what is under the cursor."""
        line = self.current
        if line is None:
            return
        if line.authority is not None:
            form = AuthorityDialog(line.person, self._kit(line), line.authority.authority)
            await self.app.push_screen_wait(form)
        elif line.document is not None:
            await self.app.push_screen_wait(
                DocumentDialog(line.person, held=line.document.document)
            )
        else:
            await self.app.push_screen_wait(AddPersonDialog(line.person))

    def _kit(self, line: Line) -> tuple[Document, ...]:
        """The documents that may prove something about a person: theirs first, then the rest."""
        held = [other for other in self.lines if other.document is not None]
        held.sort(key=lambda other: other.person.id != line.person.id)
        return tuple(other.document.document for other in held if other.document is not None)

    @work(exclusive=True, group="ask")
    async def action_person(self) -> None:
        """Add a person."""
        added = await self.app.push_screen_wait(AddPersonDialog())
        if added is not None:
            self.chosen = added.id

    @work(exclusive=True, group="ask")
    async def action_authority(self) -> None:
        """Say who may act for the person under the cursor."""
        line = self.current
        if line is None:
            return
        made = await self.app.push_screen_wait(AuthorityDialog(line.person, self._kit(line)))
        if made is not None:
            self.chosen = made.authority.id

    @work(exclusive=True, group="ask")
    async def action_document(self) -> None:
        """Keep a document of the person under the cursor."""
        line = self.current
        path = await self.app.push_screen_wait(ChooseFileDialog()) if line else None
        if line is None or path is None:
            return
        made = await self.app.push_screen_wait(DocumentDialog(line.person, path))
        if made is not None:
            self.chosen = made.document.id

    def action_masks(self) -> None:
        """Choose what is black on copies of the document under the cursor."""
        line = self.current
        if line is not None and line.document is not None:
            self.app.push_screen(MaskScreen(line.id))

    @work(exclusive=True, group="ask")
    async def action_copy(self) -> None:
        """Write a copy of the document under the cursor for one recipient."""
        line = self.current
        if line is None or line.document is None:
            return
        views = await self.attempt(requests.every, self.session, self.shell.today())
        open_ = [v for v in views or () if v.request.state is not RequestState.CLOSED]
        form = CopyDialog(line.document.document, open_, self.shell.today())
        purpose = await self.app.push_screen_wait(form)
        if purpose is None:
            return
        suggested = Path.home() / f"{line.document.document.kind.value}-copy.pdf"
        said = "The copy leaves the vault unencrypted; you alone may open the file."
        target = await ask_target(self.app, "Write the copy to which file?", suggested, said)
        if target is None:
            return
        made = await self.attempt(documents.copy, self.session, [line.id], purpose, target)
        if made is not None:
            self.notify(f"Written: {made.file}", markup=False)
            self.load()

    @work(exclusive=True, group="ask")
    async def action_end(self) -> None:
        """Note that the authority under the cursor has ended."""
        line = self.current
        if line is None or line.authority is None:
            return
        ask = AskDialog(
            f"On which day did it end that {line.authority.authority.name} may act?",
            value=self.shell.today().isoformat(),
            detail="It is kept, for what was asked on it.",
        )
        typed = await self.app.push_screen_wait(ask)
        if typed:
            await self.attempt(self._ended, line.id, typed)
            self.load()

    def _ended(self, authority: str, typed: str) -> None:
        authorities.end(self.session, authority, dates.parse(typed, "the day it ended"))

    @work(exclusive=True, group="ask")
    async def action_delete(self) -> None:
        """Delete the document under the cursor, after asking."""
        line = self.current
        if line is None or line.document is None:
            return
        asked = CarefulDialog(
            f"Delete {line.document.document.title}?",
            "It cannot be brought back. The log of its copies is kept.",
            yes="Delete",
            no="Keep it",
        )
        if await self.app.push_screen_wait(asked):
            await self.attempt(documents.delete, self.session, line.id)
            self.load()


def _prompt(line: Line) -> Text:
    """A line with its sign; what wants attention has a sign and not only a style."""
    owner = line.authority is None and line.document is None
    sign = "! " if line.look else "  "
    return Text(f"{sign}{line.text}", "bold" if owner or line.look else "", no_wrap=True)
