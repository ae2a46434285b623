"""The forms for documents of the ID kit: which file, what it is, and for whom a copy is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Checkbox, Input, Static

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.dialogs import Dialog
from tui.widgets.fields import Tick, choice, day, line
from tui.widgets.file_list import FileList
from vault import dates
from vault.actions import documents
from vault.actions.documents import DocumentView, Fresh, Purpose
from vault.actions.requests import RequestView
from vault.errors import UsageError
from vault.model.documents import Document, DocumentKind, mask_text
from vault.model.people import Person


class ChooseFileDialog(Dialog[Path | None]):
    """A file, chosen from a list or typed."""

    BOX_CLASSES = "choose"

    def compose_box(self) -> ComposeResult:
        """A line to type in, and the files of a folder."""
        yield Static(Content("Which file? A scan or photo, up to 10 MB"), classes="question")
        yield Input(placeholder="type where it is, or choose below", id="path")
        yield FileList(id="files")
        yield Static("Tab goes to the list; Enter chooses; Escape leaves.", classes="detail")

    def on_mount(self) -> None:
        """Begin at home."""
        files = self.query_one(FileList)
        files.folder = Path.home()
        files.focus()

    @on(FileList.Marked)
    def _marked(self, message: FileList.Marked) -> None:
        if message.paths:
            self.dismiss(message.paths[0])

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        if not event.value.strip():
            return
        path = Path(event.value.strip()).expanduser()
        if path.is_dir():
            self.query_one(FileList).folder = path
        else:
            self.dismiss(path)


class DocumentDialog(FormDialog[DocumentView]):
    """What a file is; with `held`, what is known of a document is changed."""

    FORM: ClassVar[str] = ""
    QUESTION: ClassVar[str] = ""

    def __init__(
        self, person: Person, path: Path | None = None, held: Document | None = None
    ) -> None:
        super().__init__()
        self.person, self.path, self.held = person, path, held
        self.QUESTION = f"A document of {person.name}"  # type: ignore[misc]

    def compose_fields(self) -> ComposeResult:
        """Kind, name, and the last day it is valid."""
        held = self.held
        kinds = [(kind.words, kind.value) for kind in DocumentKind]
        kind = held.kind if held else DocumentKind.PASSPORT
        title = held.title if held else self.path.name if self.path else ""
        until = held.expires_on.isoformat() if held and held.expires_on else ""
        yield Field("What it is", choice("kind", kinds, kind.value))
        yield Field("Call it", line("title", title))
        yield Field("Valid until", line("expires", until, "YYYY-MM-DD; empty: no last day"))
        if self.path is not None:
            said = "It is kept encrypted. The file itself stays where it is; delete it if you wish."
            yield Static(Content(said), classes="detail")

    async def save(self) -> DocumentView:
        """Keep it; a file that cannot be opened is said in the form."""
        until = day(self.value("expires"), "the last day")
        kind = DocumentKind(self.chosen("kind") or DocumentKind.OTHER)
        fresh = Fresh(kind, self.value("title"), until, no_expiry=until is None)
        if self.held is not None:
            return await background.run(documents.edit, self.session, self.held.id, fresh)
        path = self.path or Path()
        return await background.run(documents.add, self.session, self.person.id, path, fresh)


class CopyDialog(FormDialog[Purpose]):
    """For whom a copy of `held` is made; the answer is asked for a file afterwards."""

    FORM: ClassVar[str] = ""
    QUESTION: ClassVar[str] = ""
    SAVE: ClassVar[str] = "Go on"

    def __init__(self, held: Document, requests: Sequence[RequestView], today: dt.date) -> None:
        super().__init__()
        self.held, self.requests, self.today = held, tuple(requests), today
        self.QUESTION = f"A copy of {held.title}"  # type: ignore[misc]

    def compose_fields(self) -> ComposeResult:
        """The request it goes with or the name of the recipient, the day, and the masks."""
        own = [(f"{v.provider.name}, {v.request.id}", v.request.id) for v in self.requests]
        yield Field("For the request", choice("request", [("none", ""), *own], ""))
        yield Field("For", line("recipient", hint="who gets it; empty: the request's provider"))
        yield Field("Day on it", line("on", self.today.isoformat(), "YYYY-MM-DD"))
        if self.held.masks:
            yield Field("", Tick("unmasked", "show what is masked"))
            masks = ", ".join(mask_text(mask) for mask in self.held.masks[:3])
            said = f"Black on the copy: {masks}{' ...' if len(self.held.masks) > 3 else ''}"
        else:
            said = "Nothing on it is masked; m in the list sets masks."
        yield Static(Content(said), classes="detail")

    async def save(self) -> Purpose:
        """What was typed; raises UsageError where nobody gets it."""
        request = self.chosen("request") or ""
        provider = next((v.provider.name for v in self.requests if v.request.id == request), "")
        recipient = self.value("recipient") or provider
        if not recipient:
            raise UsageError("who gets the copy is missing", "it is written across every page")
        unmasked = any(box.value for box in self.query("#unmasked").results(Checkbox))
        return Purpose(recipient, dates.parse(self.value("on"), "the day on it"), request, unmasked)
