"""The form for one item of a request: what it asks for, or what was promised and what came."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import choice, day, line, plain
from vault.actions.asking import items, ledger
from vault.actions.asking.items import Asked
from vault.actions.asking.ledger import ItemChange
from vault.model.record_types import RecordType
from vault.model.requests import Request, RequestItem


def kinds() -> list[tuple[str, str]]:
    """The kinds of records to choose from, all of them first."""
    rest = [kind for kind in RecordType if kind is not RecordType.ALL]
    return [("all records", RecordType.ALL.value), *((plain(k), k.value) for k in rest)]


class ItemDialog(FormDialog[Request]):
    """Ask for one thing more in a request (an id), or change `item` before it is sent."""

    def __init__(self, request: str, item: RequestItem | None = None) -> None:
        super().__init__()
        self.FORM = f"item:{item.id if item else request}"  # type: ignore[misc]
        self.QUESTION = "What you ask for" if item else "Ask for one thing more"  # type: ignore[misc]
        self.request, self.item = request, item

    def compose_fields(self) -> ComposeResult:
        """The kind, its dates, where, in which form, and how it is to come."""
        held = items.asked_of(self.item) if self.item else Asked()
        begin = held.from_date.isoformat() if held.from_date else ""
        end = held.to_date.isoformat() if held.to_date else ""
        yield Field("Kind of record", choice("type", kinds(), held.type.value))
        yield Field("From", line("from", begin, "YYYY-MM-DD; empty: from the beginning"))
        yield Field("To", line("to", end, "YYYY-MM-DD; empty: up to now"))
        yield Field("Place", line("facility", held.facility, "the clinic or department meant"))
        yield Field("Format", line("format", held.format, "PDF, DICOM on a disc, ..."))
        yield Field("Else take", line("fallback", held.fallback, "if that cannot be had: paper"))
        yield Field("Delivery", line("deliver", held.deliver, "portal, email, mail, pick-up, ..."))

    async def save(self) -> Request:
        """Keep it; dates have to make sense, and the request not be sent."""
        asked = Asked(
            type=RecordType(self.chosen("type") or RecordType.ALL),
            from_date=day(self.value("from"), "the first day"),
            to_date=day(self.value("to"), "the last day"),
            facility=self.value("facility"),
            format=self.value("format"),
            fallback=self.value("fallback"),
            deliver=self.value("deliver"),
        )
        if self.item is None:
            return await background.run(items.add, self.session, self.request, asked)
        return await background.run(items.edit, self.session, self.item.id, asked)


class ItemCameDialog(FormDialog[Request]):
    """Say of an item of a request that was sent what they promised, and in which form it came."""

    QUESTION = "What they promised, and what came"

    def __init__(self, item: RequestItem) -> None:
        super().__init__()
        self.FORM = f"item came:{item.id}"  # type: ignore[misc]
        self.item = item

    def compose_fields(self) -> ComposeResult:
        """What was asked for stays as it was sent."""
        wanted = ", or ".join(part for part in (self.item.format, self.item.fallback) if part)
        told = f"{ledger.words(self.item)}. {f'You asked for: {wanted}.' if wanted else ''}"
        yield Static(Content(told), classes="where")
        yield Field("They promised", line("promised", self.item.promised, "for example: a disc"))
        yield Field("What came", line("came", self.item.came, "for example: paper, 40 pages"))

    async def save(self) -> Request:
        """Keep it."""
        change = ItemChange(promised=self.value("promised"), came=self.value("came"))
        return await background.run(ledger.change_item, self.session, self.item.id, change)
