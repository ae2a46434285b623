"""Adding a provider: who holds records."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input, Select, TextArea

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from vault.actions import providers
from vault.actions.people import Contact
from vault.model.providers import Provider, ProviderKind


def in_words(name: str) -> str:
    """A state or kind as a person would write it: `primary_care` is `primary care`."""
    return name.replace("_", " ")


class AddProviderDialog(FormDialog[Provider]):
    """A name is enough to begin with; kind and place decide which rule counts the days."""

    FORM: ClassVar[str] = "provider.new"
    QUESTION: ClassVar[str] = "A new provider"

    def compose_fields(self) -> ComposeResult:
        """Who it is, which rule holds, and where letters go."""
        kinds = [(in_words(kind.value), kind.value) for kind in ProviderKind]
        yield Field("Name", Input(id="name"))
        yield Field(
            "Kind",
            Select(kinds, id="kind", value="other", allow_blank=False, compact=True),
        )
        yield Field("Place", Input("us", id="place", placeholder="us, us-tx, uk, …"))
        yield Field("Department", Input(id="department", placeholder="Release of Information"))
        yield Field("Address", TextArea(id="address", compact=True, tab_behavior="focus"))
        yield Field("Phone", Input(id="phone"))
        yield Field("Fax", Input(id="fax"))
        yield Field("Email", Input(id="email"))

    async def save(self) -> Provider:
        """Add the provider; raises UsageError for what is missing, or a place without a rule."""
        contact = Contact(
            address=tuple(self.value("address").splitlines()),
            phone=self.value("phone"),
            fax=self.value("fax"),
            email=self.value("email"),
        )
        return await background.run(
            providers.add,
            self.session,
            self.value("name"),
            kind=ProviderKind(self.chosen("kind") or "other"),
            jurisdiction=self.value("place") or "us",
            department=self.value("department"),
            contact=contact,
        )
