"""The form for a new access request."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import choice, day, line
from vault.actions import requests
from vault.actions.requests import RequestView, Wanted
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.record_types import RecordType


class RequestDialog(FormDialog[RequestView]):
    """Ask one of `providers` (at least one) for the records of one of `people` (likewise)."""

    FORM = "request"
    QUESTION = "Ask for records"
    SAVE = "Make the request"

    def __init__(self, providers: Sequence[Provider], people: Sequence[Person]) -> None:
        super().__init__()
        self.providers = tuple(providers)
        self.people = tuple(people)

    def compose_fields(self) -> ComposeResult:
        """Who is asked, about whom, what, from when to when, and in which form."""
        whom = [(p.name, p.id) for p in self.providers]
        whose = [(p.name, p.id) for p in self.people]
        yield Field("Ask", choice("provider", whom, self.providers[0].id))
        yield Field("Records of", choice("person", whose, self.people[0].id))
        yield Field("What", line("what", RecordType.ALL.value, "lab results, visit notes, ..."))
        yield Field("From", line("from", hint="YYYY-MM-DD; empty: from the beginning"))
        yield Field("To", line("to", hint="YYYY-MM-DD; empty: up to now"))
        yield Field("Format", line("format", hint="for example: PDF by email"))
        known = ", ".join(t.value.replace("_", " ") for t in RecordType)
        yield Static(Content(f"You can ask for: {known}"), classes="detail")

    async def save(self) -> RequestView:
        """Make the request; dates and kinds of record have to make sense."""
        wanted = Wanted(
            what=requests.read_types(self.value("what")),
            from_date=day(self.value("from"), "the first day"),
            to_date=day(self.value("to"), "the last day"),
            format=self.value("format"),
        )
        provider, person = self.chosen("provider") or "", self.chosen("person")
        return await background.run(requests.new, self.session, provider, person, wanted)
