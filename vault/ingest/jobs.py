"""The jobs of a worker: open a file, read a page of it, draw a part of one, unpack a ZIP."""

from __future__ import annotations

import datetime as dt
import importlib
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from vault.ingest import page
from vault.ingest.draw import Painter
from vault.ingest.files import Fetch, open_range
from vault.ingest.image import FORMATS, ImageDocument
from vault.ingest.ocr.choose import Engines
from vault.ingest.pdf import PdfDocument
from vault.ingest.sheet import Document, Unreadable
from vault.ingest.zips import Zip
from vault.model.bundles import Members, Piece
from vault.model.forms import Filled, Filling, FormShape
from vault.model.letters import Manuscript, Typeset
from vault.model.reading import PageKind, PageResult, Picture, Probe, ReadOptions, View
from vault.typeset import typeset


def _forms(name: str) -> ModuleType:
    """A module of forms, loaded by name: its library costs each worker 10 MB, and few need it."""
    return importlib.import_module(f"vault.ingest.forms.{name}")


@dataclass(frozen=True, slots=True)
class File:
    """A file that is fetched by ranges; the same `token` means the same file as before."""

    token: int
    size: int
    media: str
    password: str
    fetch: Fetch


class Desk:
    """Where a worker does its jobs: the last file stays open, the engines stay loaded."""

    def __init__(
        self,
        tessdata: Path | None,
        scratch: Path | None = None,
        fonts: tuple[Path, ...] = (),
    ) -> None:
        self._engines = Engines(tessdata, scratch)
        self._fonts = fonts
        self._painter = Painter()
        self._open: tuple[tuple[int, str, str], Document] | None = None
        self._zip: tuple[int, Zip] | None = None

    def forget(self) -> None:
        """Let go of the open file, as after a job that went wrong."""
        held, self._open = self._open, None
        self._painter.forget()
        if held is not None:
            held[1].close()
        bundle, self._zip = self._zip, None
        if bundle is not None:
            bundle[1].close()

    def _bundle(self, file: File) -> Zip:
        if self._zip is None or self._zip[0] != file.token:
            self.forget()
            self._zip = file.token, Zip(file.size, file.fetch)
        return self._zip[1]

    def _document(self, file: File) -> Document:
        key = (file.token, file.media, file.password)
        if self._open is not None and self._open[0] == key:
            return self._open[1]
        self.forget()
        data = open_range(file.size, file.fetch)
        document: Document
        if file.media == "pdf":
            document = PdfDocument(data, file.size, file.password)
        elif file.media in FORMATS:
            document = ImageDocument(data, file.media)
        else:
            raise Unreadable("it is of an unknown kind")
        self._open = (key, document)
        return document

    def probe(self, file: File) -> Probe:
        """What a file is; a problem that stops us is part of the answer."""
        try:
            document = self._document(file)
        except Unreadable as problem:
            return Probe(file.media, 0, problem.encrypted, problem.clause)
        note = document.note
        return Probe(file.media, document.pages, document.encrypted, note=note)

    def page(self, file: File, number: int, options: ReadOptions) -> PageResult:
        """Read a page; one that cannot be read is an answer that says why."""
        try:
            return page.read(self._document(file), number, options, self._engines)
        except Unreadable as problem:
            why = problem.clause
        return PageResult(number, PageKind.CONTENT, (), 0, 0, 0, look=True, why=why, read=False)

    def draw(self, file: File, view: View) -> Picture:
        """Draw a part of a page; raises Unreadable where that cannot be done."""
        return self._painter.draw(self._document(file), view)

    def members(self, file: File, start: int) -> Members:
        """What is in a ZIP, from member `start` on; a problem that stops us is in the answer."""
        try:
            return self._bundle(file).members(start)
        except Unreadable as problem:
            return Members(0, problem=problem.clause)

    def piece(self, file: File, index: int, offset: int) -> Piece:
        """Bytes of a member of a ZIP; raises Unreadable where they cannot be had."""
        return self._bundle(file).piece(index, offset, file.password)

    def typeset(self, file: File, name: str, template: int, on: dt.date) -> Typeset:
        """Typeset a letter: the file's first `template` bytes are the template, the rest data."""
        with open_range(file.size, file.fetch) as whole:
            source, data = whole.read(template), whole.read()
        return typeset(Manuscript(name, source, data, on), self._fonts)

    def form(self, file: File) -> FormShape:
        """What a PDF form is made of; a problem that stops us is part of the answer."""
        with open_range(file.size, file.fetch) as opened:
            found: FormShape = _forms("inspect").inspect(opened, file.password)
            return found

    def fill(self, file: File, form: int, filling: Filling) -> Filled:
        """Fill in a form: the file's first `form` bytes are the form, the rest its overlay."""
        with open_range(file.size, file.fetch) as whole:
            bare, overlay = whole.read(form), whole.read()
        made: Filled = _forms("fill").fill(bare, overlay, filling, file.password)
        return made
