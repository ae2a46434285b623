"""The forms about a provider itself: changing it, merging it, taking others in from a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static, TextArea

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import choice, day, line, plain, states
from vault.actions import holders, providers
from vault.actions.holders import Moved
from vault.actions.people import Contact
from vault.actions.providers import Change, Extra
from vault.actions.registry import run
from vault.actions.registry.run import Subset, Taken
from vault.errors import UsageError
from vault.model.providers import Provider, ProviderKind

_NOBODY = ""


def _lines(id_: str, values: Sequence[str]) -> TextArea:
    return TextArea("\n".join(values), id=id_, compact=True, tab_behavior="focus")


class EditProviderDialog(FormDialog[Provider]):
    """All that is known of a provider; what is emptied is gone. `others` may have taken over."""

    QUESTION = "Change a provider"

    def __init__(self, provider: Provider, others: Sequence[Provider]) -> None:
        super().__init__()
        self.FORM = f"provider:{provider.id}"  # type: ignore[misc]
        self.provider = provider
        self.others = tuple(p for p in others if p.id != provider.id)

    def compose_fields(self) -> ComposeResult:
        """Who it is, how it is reached, and what became of it."""
        held = self.provider
        kept = [("nobody", _NOBODY), *((p.name, p.id) for p in self.others)]
        yield Field("Name", line("name", held.name))
        yield Field("Kind", choice("kind", states(ProviderKind), held.kind.value))
        yield Field("Place", line("place", held.jurisdiction, "us, us-tx, uk, ..."))
        yield Field("Department", line("department", held.department, "Release of Information"))
        yield Field("Address", _lines("address", held.address))
        yield Field("Phone", line("phone", held.phone))
        yield Field("Fax", line("fax", held.fax))
        yield Field("Email", line("email", held.email))
        yield Field("Other names", _lines("names", held.other_names))
        yield Field("NPI", line("npi", held.npi, "ten digits, where known"))
        closed = held.closed_on.isoformat() if held.closed_on else ""
        yield Field("Closed on", line("closed", closed, "YYYY-MM-DD; empty: it has not"))
        yield Field("Records are with", choice("successor", kept, held.successor or _NOBODY))

    async def save(self) -> Provider:
        """Keep it; raises UsageError for a place without a rule or a wrong NPI."""
        if not self.value("name"):
            raise UsageError("a provider needs a name", "type the one on its letters")
        contact = Contact(
            address=tuple(self.value("address").splitlines()),
            phone=self.value("phone"),
            fax=self.value("fax"),
            email=self.value("email"),
        )
        extra = Extra(
            npi=self.value("npi"),
            other_names=tuple(self.value("names").splitlines()),
            closed_on=day(self.value("closed"), "the day it closed"),
            successor=self.chosen("successor") or "",
        )
        change = Change(
            name=self.value("name"),
            kind=ProviderKind(self.chosen("kind") or ProviderKind.OTHER),
            jurisdiction=self.value("place"),
            department=self.value("department"),
            contact=contact,
            extra=extra,
            whole=True,
        )
        return await background.run(providers.edit, self.session, self.provider.id, change)


class ChooseProviderDialog(FormDialog[str]):
    """Choose one of `known` (at least one); the answer is its id."""

    def __init__(
        self, question: str, detail: str, known: Sequence[Provider], first: str = ""
    ) -> None:
        super().__init__()
        self.QUESTION = question  # type: ignore[misc]
        self.detail = detail
        self.known = tuple(known)
        self.first = first or self.known[0].id

    def compose_fields(self) -> ComposeResult:
        """The providers by name."""
        options = [(f"{p.name} ({plain(p.kind)})", p.id) for p in self.known]
        yield Field("Provider", choice("provider", options, self.first))
        yield Static(Content(self.detail), classes="detail")

    async def save(self) -> str:
        """The id that was chosen."""
        return self.chosen("provider") or ""


class MergeDialog(FormDialog[Moved]):
    """Make a provider one with another of `others` (at least one), which stays."""

    QUESTION = "These two are one"
    SAVE = "Make them one"

    def __init__(self, provider: Provider, others: Sequence[Provider]) -> None:
        super().__init__()
        self.provider = provider
        self.others = tuple(p for p in others if p.id != provider.id)

    def compose_fields(self) -> ComposeResult:
        """The one that stays, and what is going to happen."""
        told = (
            f"{self.provider.name} goes. Its requests, corrections, records, desks, statements "
            "and calls go to the one you choose, which keeps its own name, place and kind. "
            "This cannot be undone."
        )
        options = [(p.name, p.id) for p in self.others]
        yield Field("The one that stays", choice("into", options, self.others[0].id))
        yield Static(Content(told), classes="detail")

    async def save(self) -> Moved:
        """Merge them, all or nothing."""
        into = self.chosen("into") or ""
        return await background.run(holders.merge, self.session, self.provider.id, into)


class RegistryDialog(FormDialog[Taken]):
    """Take in providers from a file of the national registry."""

    FORM = "provider.import"
    QUESTION = "Take in providers from the NPI registry"
    SAVE = "Take in"

    def compose_fields(self) -> ComposeResult:
        """The file, and which part of it."""
        kinds = [("every kind", ""), *states(ProviderKind)]
        yield Field("File", line("file", hint="~/Downloads/npidata.csv, or its JSON"))
        yield Field("State", line("state", hint="two letters: TX"))
        yield Field("City", line("city"))
        yield Field("Words of the name", line("words"))
        yield Field("Postal code", line("postal", hint="its beginning"))
        yield Field("Kind", choice("kind", kinds, ""))
        yield Field("At most", line("limit", hint=f"{run.MOST}"))
        yield Static(
            Content("Every address is then to be confirmed: look at it before you write to it."),
            classes="detail",
        )

    async def save(self) -> Taken:
        """Take them in; raises UsageError, BadInput, CannotRead."""
        if not self.value("file"):
            raise UsageError("name a file", "for example ~/Downloads/npidata.csv")
        limit = self.value("limit")
        if limit and not (limit.isascii() and limit.isdigit() and len(limit) < 8):
            raise UsageError("the limit is a number", "for example 100")
        kind = self.chosen("kind")
        subset = Subset(
            state=self.value("state"),
            city=self.value("city"),
            name=self.value("words"),
            postal=self.value("postal"),
            kind=ProviderKind(kind) if kind else None,
            limit=int(limit) if limit else None,
        )
        file = Path(self.value("file")).expanduser()
        return await background.run_long(run.take, self.session, file, subset)


def taken(result: Taken) -> str:
    """What became of a file's rows, in a sentence or three."""
    said = f"{result.added} added, {result.updated} updated, {result.unchanged} unchanged."
    if result.skipped:
        said += f" {result.skipped} skipped"
        said += (
            f", the first in line {result.bad[0].line}: {result.bad[0].why}." if result.bad else "."
        )
    return said + (" More rows fit: choose more closely." if result.more else "")
