"""Adding a person: whose records these are."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input, TextArea

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from vault import dates
from vault.actions import people
from vault.actions.people import Contact
from vault.model.people import Person


class AddPersonDialog(FormDialog[Person]):
    """Name and date of birth are needed; the rest goes on letters."""

    FORM: ClassVar[str] = "person.new"
    QUESTION: ClassVar[str] = "A new person"

    def compose_fields(self) -> ComposeResult:
        """Who it is and how they are reached."""
        yield Field("Name", Input(id="name"))
        yield Field("Date of birth", Input(id="born", placeholder="YYYY-MM-DD"))
        yield Field("Former names", Input(id="former", placeholder="with commas between"))
        yield Field("Sex", Input(id="sex", placeholder="as records print it"))
        yield Field("Address", TextArea(id="address", compact=True, tab_behavior="focus"))
        yield Field("Phone", Input(id="phone"))
        yield Field("Email", Input(id="email"))

    async def save(self) -> Person:
        """Add the person; raises UsageError or BadDate for what is missing or wrong."""
        contact = Contact(
            address=tuple(self.value("address").splitlines()),
            phone=self.value("phone"),
            email=self.value("email"),
        )
        return await background.run(
            people.add,
            self.session,
            self.value("name"),
            dates.parse(self.value("born"), "the date of birth"),
            sex=self.value("sex"),
            former_names=self.value("former").split(","),
            contact=contact,
        )
