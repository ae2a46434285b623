"""Adding a person, or changing what is known of one: whose records these are."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input, TextArea

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import choice, day, states
from vault import dates
from vault.actions import people
from vault.actions.people import Change, Contact
from vault.model.people import Person, Relation


class AddPersonDialog(FormDialog[Person]):
    """Name and date of birth are needed; the rest goes on letters.

    With a `person`, what is known of them is changed; a field left empty stays as it was, but a
    date of death taken out is taken away.
    """

    FORM: ClassVar[str] = "person.new"
    QUESTION: ClassVar[str] = "A new person"

    def __init__(self, person: Person | None = None) -> None:
        super().__init__()
        self.person = person
        if person is not None:
            self.FORM = f"person:{person.id}"  # type: ignore[misc]
            self.QUESTION = "A person"  # type: ignore[misc]

    def compose_fields(self) -> ComposeResult:
        """Who it is and how they are reached."""
        held = self.person
        born = held.born.isoformat() if held else ""
        died = held.died_on.isoformat() if held and held.died_on else ""
        former = ", ".join(held.former_names) if held else ""
        address = "\n".join(held.address) if held else ""
        relation = held.relation if held else Relation.SELF
        yield Field("Name", Input(held.name if held else "", id="name"))
        yield Field("Date of birth", Input(born, id="born", placeholder="YYYY-MM-DD"))
        yield Field("To you", choice("relation", states(Relation), relation.value))
        yield Field("Former names", Input(former, id="former", placeholder="with commas between"))
        sex = held.sex if held else ""
        yield Field("Sex", Input(sex, id="sex", placeholder="as records print it"))
        yield Field("Address", TextArea(address, id="address", compact=True, tab_behavior="focus"))
        yield Field("Phone", Input(held.phone if held else "", id="phone"))
        yield Field("Email", Input(held.email if held else "", id="email"))
        yield Field("Date of death", Input(died, id="died", placeholder="YYYY-MM-DD, if so"))

    def _contact(self) -> Contact:
        address = tuple(self.value("address").splitlines())
        return Contact(address, self.value("phone"), "", self.value("email"))

    async def save(self) -> Person:
        """Add or change the person; raises UsageError or BadDate for what is missing or wrong."""
        born = dates.parse(self.value("born"), "the date of birth")
        died = day(self.value("died"), "the date of death")
        relation = Relation(self.chosen("relation") or Relation.SELF)
        former = tuple(name for name in self.value("former").split(",") if name.strip())
        if self.person is not None:
            change = Change(
                name=self.value("name"),
                born=born,
                sex=self.value("sex"),
                former_names=former,
                contact=self._contact(),
                relation=relation,
                died_on=died,
                alive=died is None,
            )
            return await background.run(people.edit, self.session, self.person.id, change)
        return await background.run(
            people.add,
            self.session,
            self.value("name"),
            born,
            sex=self.value("sex"),
            former_names=former,
            contact=self._contact(),
            relation=relation,
            died_on=died,
        )
