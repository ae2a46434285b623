"""The form for who may act for a person: on what basis, how long, and what proves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Checkbox, Input, TextArea

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import Tick, choice, day, line, states
from vault.actions import authorities
from vault.actions.authorities import AuthorityView, Part, Terms
from vault.actions.people import Contact
from vault.model.authority import Authority
from vault.model.authority_law import Basis, Limit
from vault.model.documents import Document
from vault.model.people import Person

_LIMITS = {
    Limit.MINOR_CONSENTED_CARE: "not care a minor consented to",
    Limit.PSYCHOTHERAPY_NOTES: "not psychotherapy notes",
    Limit.SUBSTANCE_USE: "not substance use records",
    Limit.OTHER: "another limit, as its document says",
}


class AuthorityDialog(FormDialog[AuthorityView]):
    """Who acts for `person`; with `held`, what is known of that is changed."""

    FORM: ClassVar[str] = ""
    QUESTION: ClassVar[str] = ""

    def __init__(
        self, person: Person, documents: Sequence[Document], held: Authority | None = None
    ) -> None:
        super().__init__()
        self.person, self.documents, self.held = person, tuple(documents), held
        self.FORM = f"authority:{held.id if held else person.id}"  # type: ignore[misc]
        self.QUESTION = f"Who may act for {person.name}"  # type: ignore[misc]

    def compose_fields(self) -> ComposeResult:
        """The name and the basis are needed; the rest decides how long and how far it holds."""
        held = self.held
        first = held.from_date.isoformat() if held and held.from_date else ""
        last = held.to_date.isoformat() if held and held.to_date else ""
        proofs = [("none yet", ""), *((d.title, d.id) for d in self.documents)]
        proof = held.proof if held and any(held.proof == id_ for _, id_ in proofs) else ""
        yield Field("Name", line("name", held.name if held else "", "of who acts"))
        basis = held.basis if held else Basis.PARENT
        yield Field("Basis", choice("basis", states(Basis), basis.value))
        relation = held.relationship if held else ""
        yield Field("Who they are", line("relationship", relation, "mother, son, lawyer, ..."))
        yield Field("From", line("from", first, "YYYY-MM-DD; empty: no first day"))
        yield Field("To", line("to", last, "YYYY-MM-DD; empty: no last day"))
        yield Field("Covers", line("scope", held.scope if held else "", "empty: all"))
        yield Field("Proof", choice("proof", proofs, proof))
        for limit, said in _LIMITS.items():
            on = bool(held and limit in held.limits)
            yield Field("", Tick(f"limit-{limit.value}", said, on=on))
        address = "\n".join(held.address) if held else ""
        yield Field("Address", TextArea(address, id="address", compact=True, tab_behavior="focus"))
        yield Field("Phone", Input(held.phone if held else "", id="phone"))
        yield Field("Email", Input(held.email if held else "", id="email"))

    async def save(self) -> AuthorityView:
        """Keep it; raises UsageError or BadDate for what is missing or wrong."""
        on = tuple(
            limit for limit in Limit if self.query_one(f"#limit-{limit.value}", Checkbox).value
        )
        terms = Terms(
            name=self.value("name"),
            basis=Basis(self.chosen("basis") or Basis.OTHER),
            relationship=self.value("relationship"),
            scope=self.value("scope"),
            from_date=day(self.value("from"), "the first day"),
            to_date=day(self.value("to"), "the last day"),
            limits=on,
            proof=self.chosen("proof") or "",
            contact=Contact(
                tuple(self.value("address").splitlines()),
                self.value("phone"),
                "",
                self.value("email"),
            ),
            clear=tuple(Part),  # the form shows all of it: what is empty there is meant so
        )
        if self.held is not None:
            return await background.run(authorities.edit, self.session, self.held.id, terms)
        return await background.run(authorities.add, self.session, self.person.id, terms)
