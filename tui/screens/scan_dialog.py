"""Scanning paper: which scanner, glass or feeder, how fine, and what to call the record."""

from __future__ import annotations

import time
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Select, Static

from tui import background
from tui.scan_job import ScanOrder
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.dialogs import said_of
from tui.widgets.fields import choice, line
from vault.actions.imports.seal import Origin
from vault.actions.scanning import scanner
from vault.actions.scanning.run import Wanted
from vault.errors import VaultError
from vault.model.custody import Custody, Medium

_FIRST = ""
_GLASS, _FEEDER, _BOTH = "glass", "feeder", "both"
_FROM = (
    ("the glass, page by page", _GLASS),
    ("the feeder, one side", _FEEDER),
    ("the feeder, both sides", _BOTH),
)
_MODES = (("grey", "gray"), ("colour", "color"), ("black and white", "lineart"))
_FINE = (("200 dots an inch", "200"), ("300 dots an inch", "300"), ("600 dots an inch", "600"))
_MOST = 9999
"""Pages from the glass: the person says which is the last."""


class ScanDialog(FormDialog[ScanOrder]):
    """What to scan and how; the answer is the order. Scanners are looked for meanwhile."""

    QUESTION: ClassVar[str] = "Scan paper"
    SAVE: ClassVar[str] = "Scan"

    def __init__(self, provider: str | None) -> None:
        super().__init__()
        self.provider = provider

    def compose_fields(self) -> ComposeResult:
        """Scanner, source, colours, fineness, and the record's name and custody."""
        yield Static("Looking for scanners.", id="found", classes="where", markup=False)
        yield Field("Scanner", choice("device", [("the first there is", _FIRST)], _FIRST))
        yield Field("Paper from", choice("source", _FROM, _GLASS))
        yield Field("Colours", choice("mode", _MODES, "gray"))
        yield Field("How fine", choice("resolution", _FINE, "300"))
        yield Field("Call it", line("title", time.strftime("Scan %Y-%m-%d %H.%M")))
        yield Field("Scanned by", line("scanned_by", hint="a name"))
        yield Field("Shelf", line("shelf", hint="the number on its folder or box"))

    async def on_mount(self) -> None:
        """Look for scanners."""
        self._look()

    @work(exclusive=True, group="scanners")
    async def _look(self) -> None:
        try:
            found = await background.run(scanner.devices)
        except VaultError as error:
            self._found(said_of(error))
            return
        if not found:
            self._found("No scanner was found. Is it on, and connected?")
            return
        count = "1 scanner was" if len(found) == 1 else f"{len(found)} scanners were"
        self._found(f"{count} found.")
        select: Select[str] = self.query_one("#device", Select)
        kept = select.value
        models = [device.model for device in found]
        options = [(Text("the first there is"), _FIRST)]
        for device in found:
            twice = models.count(device.model) > 1
            options.append(
                (Text(f"{device.model} ({device.name})" if twice else device.model), device.name)
            )
        with self.prevent(Select.Changed):
            select.set_options(options)
            select.value = kept

    def _found(self, text: str) -> None:
        for shown in self.query("#found").results(Static):
            shown.update(Content(text))

    async def save(self) -> ScanOrder:
        """What was chosen."""
        source = self.chosen("source")
        wanted = Wanted(
            device=self.chosen("device") or _FIRST,
            feeder=source == _FEEDER,
            both_sides=source == _BOTH,
            resolution=int(self.chosen("resolution") or "300"),
            mode=self.chosen("mode") or "gray",
            pages=_MOST if source == _GLASS else 0,
        )
        custody = Custody(Medium.PAPER, self.value("scanned_by"), self.value("shelf"))
        title = self.value("title") or time.strftime("Scan %Y-%m-%d %H.%M")
        named = title if title.lower().endswith(".pdf") else f"{title}.pdf"
        return ScanOrder(wanted, named, Origin(provider=self.provider, custody=custody))
