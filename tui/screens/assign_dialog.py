"""Saying who a record came from, whose it is, when and how it arrived, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Input, Select

from tui import background
from tui.screens.add_person import AddPersonDialog
from tui.screens.add_provider import AddProviderDialog
from tui.screens.form_dialog import Field, FormDialog
from vault import dates
from vault.actions import records
from vault.actions.records import Belongings, RecordView
from vault.actions.requests import RequestView
from vault.model.custody import Custody, Medium
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.records import Record
from vault.model.requests import RequestEvent

_NEW = "+"
_UNKNOWN = "not known yet"
_MEDIA = {
    Medium.PAPER: "paper",
    Medium.FAX: "fax",
    Medium.CD: "CD or DVD",
    Medium.USB: "USB stick",
    Medium.PORTAL: "portal",
    Medium.EMAIL: "e-mail",
    Medium.MAIL: "mail",
    Medium.OTHER: "other",
}


def _options(held: Sequence[Provider] | Sequence[Person], new: str) -> list[tuple[Text, str]]:
    return [*((Text(thing.name), thing.id) for thing in held), (Text(new), _NEW)]


def _asked(view: RequestView) -> str:
    """A request as one line: whom it was asked of, and when."""
    sent = next((e.on for e in view.request.events if e.kind == RequestEvent.SENT), None)
    return f"{view.provider.name}, {f'sent {sent.isoformat()}' if sent else 'not sent yet'}"


class AssignDialog(FormDialog[RecordView]):
    """Choose from what is known, or add a provider or person on the way."""

    QUESTION: ClassVar[str] = "Where this record belongs"

    def __init__(
        self,
        record: Record,
        providers: Sequence[Provider],
        people: Sequence[Person],
        requests: Sequence[RequestView] = (),
    ) -> None:
        super().__init__()
        self.record = record
        self.providers, self.people = list(providers), list(people)
        self.requests = tuple(requests)

    def compose_fields(self) -> ComposeResult:
        """Provider, person, the request it answers, the day it arrived, and how it came."""
        came = _options(self.providers, "Add a provider")
        whose = _options(self.people, "Add a person")
        received = self.record.received_on.isoformat() if self.record.received_on else ""
        yield Field(
            "Came from",
            Select(
                came,
                id="provider",
                compact=True,
                prompt=_UNKNOWN,
                value=self.record.provider or Select.NULL,
            ),
        )
        yield Field(
            "Whose it is",
            Select(
                whose,
                id="person",
                compact=True,
                prompt=_UNKNOWN,
                value=self.record.person or Select.NULL,
            ),
        )
        asked = [(Text(_asked(view)), view.request.id) for view in self.requests]
        yield Field(
            "Answers",
            Select(
                asked,
                id="request",
                compact=True,
                prompt="no request of mine" if asked else "no request has been made",
                value=self.record.request or Select.NULL,
            ),
        )
        yield Field(
            "Received on",
            Input(received, id="received", placeholder="YYYY-MM-DD"),
        )
        yield from self._custody()

    def _custody(self) -> ComposeResult:
        held = self.record.custody
        media = [(Text(name), medium.value) for medium, name in _MEDIA.items()]
        yield Field(
            "Came by",
            Select(
                media, id="medium", compact=True, prompt=_UNKNOWN, value=held.medium or Select.NULL
            ),
        )
        yield Field("Scanned by", Input(held.scanned_by, id="scanned_by", placeholder="a name"))
        where = "the number on its folder, box or disc"
        yield Field("Shelf", Input(held.shelf, id="shelf", placeholder=where))

    async def save(self) -> RecordView:
        """Note it; raises BadDate for a date that is none."""
        received, medium = self.value("received"), self.chosen("medium")
        belongings = Belongings(
            person=self.chosen("person"),
            provider=self.chosen("provider"),
            request=self.chosen("request"),
            received_on=dates.parse(received, "the day it arrived") if received else None,
            custody=Custody(
                Medium(medium) if medium else None, self.value("scanned_by"), self.value("shelf")
            ),
            entire=True,
        )
        return await background.run(records.assign, self.session, self.record.id, belongings)

    @on(Select.Changed)
    def _changed(self, event: Select.Changed) -> None:
        if event.value == _NEW:
            self._add(event.select.id or "")
        elif event.select.id == "request":
            self._answers(event.value)

    def _answers(self, id_: object) -> None:
        """A record that answers a request came from whom that was asked of."""
        for view in self.requests:
            if view.request.id == id_ != self.record.request:
                self.query_one("#provider", Select).value = view.provider.id
                self.query_one("#person", Select).value = view.person.id

    @work(exclusive=True, group="add")
    async def _add(self, id_: str) -> None:
        select: Select[str] = self.query_one(f"#{id_}", Select)
        select.value = Select.NULL
        added: Provider | Person | None
        if id_ == "provider":
            added = await self.app.push_screen_wait(AddProviderDialog())
            if added is not None:
                self.providers.append(added)
                select.set_options(_options(self.providers, "Add a provider"))
        else:
            added = await self.app.push_screen_wait(AddPersonDialog())
            if added is not None:
                self.people.append(added)
                select.set_options(_options(self.people, "Add a person"))
        if added is not None:
            select.value = added.id
