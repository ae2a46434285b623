"""The form for the two addresses a letter needs: the sender's and the provider's."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static, TextArea

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from vault.actions import people, providers
from vault.errors import UsageError
from vault.model.people import Person
from vault.model.providers import Provider


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class AddressDialog(FormDialog[bool]):
    """Say where a person and a provider are reached by mail; the answer is True once it is kept."""

    QUESTION = "Addresses for the letter"

    def __init__(self, person: Person, provider: Provider) -> None:
        super().__init__()
        self.FORM = f"address:{person.id}:{provider.id}"  # type: ignore[misc]
        self.person, self.provider = person, provider

    def compose_fields(self) -> ComposeResult:
        """One field for each, several lines high."""
        yield Static(Content("As on an envelope, without the name."), classes="where")
        for label, id_, held in (
            (self.person.name, "sender", self.person.address),
            (self.provider.name, "to", self.provider.address),
        ):
            text = "\n".join(held)
            yield Static(Content(label), classes="detail")
            area = TextArea(text, id=id_, compact=True, tab_behavior="focus")
            yield Field("Address", area)

    async def save(self) -> bool:
        """Keep what has changed; raises UsageError for an address that was there and is empty."""
        sender, to = _lines(self.value("sender")), _lines(self.value("to"))
        if (self.person.address and not sender) or (self.provider.address and not to):
            raise UsageError("an address that was there is empty now", "type where letters go")
        if sender != self.person.address:
            await background.run(people.readdress, self.session, self.person.id, sender)
        if to != self.provider.address:
            await background.run(providers.readdress, self.session, self.provider.id, to)
        return True
