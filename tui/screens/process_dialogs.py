"""The forms for a provider's desks, what it says, and telephone calls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Select, Static, TextArea

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import choice, line, plain, states
from vault import dates
from vault.actions import offices, process
from vault.actions.offices import Desk
from vault.actions.people import Contact
from vault.actions.process import Said, Talk
from vault.model.calls import Call
from vault.model.offices import Office, OfficeRole
from vault.model.providers import Provider
from vault.model.requests import Request
from vault.model.statements import VALUES, Statement, StatementSource, Topic

_NONE = ""


def known_words(topic: str) -> str:
    """The words a topic takes, in a line; a hint for those that take any."""
    words = VALUES.get(Topic(topic)) if topic else None
    if words is None:
        return "In a few words." if topic else ""
    first = [w.replace("_", " ") for w in words if not w.startswith("no_") and "_only" not in w]
    more = "; each also as: no ..., ... only" if any("_only" in w for w in words) else ""
    return f"One of: {', '.join(first)}{more}"


class OfficeDialog(FormDialog[Office]):
    """Add a desk to a provider, or change `office`."""

    def __init__(self, provider: Provider, office: Office | None = None) -> None:
        super().__init__()
        self.FORM = f"office:{office.id if office else provider.id}"  # type: ignore[misc]
        self.QUESTION = f"A desk of {provider.name}"  # type: ignore[misc]
        self.provider, self.office = provider, office

    def compose_fields(self) -> ComposeResult:
        """What it is asked for, its name, and how it is reached."""
        held = self.office or Office("", "", OfficeRole.RECORDS)
        yield Field("Asked for", choice("role", states(OfficeRole), held.role.value))
        yield Field("Name", line("name", held.name, "its own; a vendor needs one"))
        yield Field("Who answers", line("contact", held.contact))
        address = TextArea("\n".join(held.address), id="address", compact=True)
        address.tab_behavior = "focus"
        yield Field("Address", address)
        yield Field("Phone", line("phone", held.phone))
        yield Field("Fax", line("fax", held.fax))
        yield Field("Email", line("email", held.email))
        yield Field("Web page", line("site", held.site))
        yield Field("Note", line("note", held.note))

    async def save(self) -> Office:
        """Keep it; raises UsageError for a vendor without a name."""
        reach = Contact(
            tuple(self.value("address").splitlines()),
            self.value("phone"),
            self.value("fax"),
            self.value("email"),
        )
        desk = Desk(
            role=OfficeRole(self.chosen("role") or OfficeRole.RECORDS),
            name=self.value("name"),
            contact=self.value("contact"),
            reach=reach,
            site=self.value("site"),
            note=self.value("note"),
            whole=True,
        )
        if self.office is None:
            return await background.run(offices.add, self.session, self.provider.id, desk)
        return await background.run(offices.edit, self.session, self.office.id, desk)


class StatementDialog(FormDialog[Statement]):
    """Note one thing that a provider says of how it wants to be asked."""

    def __init__(self, provider: Provider, today: dt.date) -> None:
        super().__init__()
        self.FORM = f"statement:{provider.id}"  # type: ignore[misc]
        self.QUESTION = f"How {provider.name} wants to be asked"  # type: ignore[misc]
        self.provider, self.today = provider, today

    def compose_fields(self) -> ComposeResult:
        """About what, what they say, where it stands, who said it and when."""
        sources = states(StatementSource)
        yield Field("About", choice("topic", states(Topic), Topic.CHANNEL.value))
        yield Field("They say", line("value"))
        yield Static(Content(known_words(Topic.CHANNEL)), id="words", classes="detail")
        yield Field("It stands in", choice("source", sources, StatementSource.FORM.value))
        yield Field("Who, or where", line("by", hint="a name, or: page 2 of the form"))
        yield Field("On", line("on", self.today.isoformat(), "YYYY-MM-DD"))
        yield Field("Note", line("note"))

    @on(Select.Changed, "#topic")
    def _other_words(self) -> None:
        topic = self.chosen("topic") or ""
        self.query_one("#words", Static).update(Content(known_words(topic)))

    async def save(self) -> Statement:
        """Keep it; raises UsageError for a word the topic does not take."""
        said = Said(
            topic=Topic(self.chosen("topic") or Topic.OTHER),
            value=self.value("value"),
            source=StatementSource(self.chosen("source") or StatementSource.FORM),
            by=self.value("by"),
            on=dates.parse(self.value("on"), "the day it was said"),
            note=self.value("note"),
        )
        return await background.run(process.say, self.session, self.provider.id, said)


class CallDialog(FormDialog[Call]):
    """Note a telephone call with a provider, about one of its `requests` or none."""

    def __init__(self, provider: Provider, requests: Sequence[Request], today: dt.date) -> None:
        super().__init__()
        self.FORM = f"call:{provider.id}"  # type: ignore[misc]
        self.QUESTION = f"A call with {provider.name}"  # type: ignore[misc]
        self.provider, self.requests, self.today = provider, tuple(requests), today

    def compose_fields(self) -> ComposeResult:
        """When, with whom, what they said, their number, and what it told of their process."""
        about = [
            ("no request", _NONE),
            *((f"{r.id}, {plain(r.state)}", r.id) for r in self.requests),
        ]
        topics = [("nothing more", _NONE), *states(Topic)]
        said = TextArea("", id="told", compact=True)
        said.tab_behavior = "focus"
        yield Field("On", line("on", self.today.isoformat(), "YYYY-MM-DD"))
        yield Field("With", line("who", hint="the name, or the desk"))
        yield Field("They said", said)
        yield Field("Their number", line("number", hint="for this call, where they gave one"))
        yield Field("About", choice("request", about, _NONE))
        for at in ("1", "2"):
            yield Field("It told of", choice(f"topic{at}", topics, _NONE))
            yield Field("They say", line(f"value{at}"))
            yield Static("", id=f"words{at}", classes="detail", markup=False)

    async def on_mount(self) -> None:
        """Begin where the words go."""
        for at in ("1", "2"):
            self.query_one(f"#words{at}").display = False
        self.query_one("#told").focus()

    @on(Select.Changed, "#topic1")
    @on(Select.Changed, "#topic2")
    def _other_words(self, event: Select.Changed) -> None:
        at = (event.select.id or "1")[-1]
        words = known_words(self.chosen(f"topic{at}") or "")
        shown = self.query_one(f"#words{at}", Static)
        shown.display = bool(words)
        shown.update(Content(words))

    async def save(self) -> Call:
        """Keep the call and what it told; raises UsageError, BadDate."""
        talk = Talk(
            said=self.value("told"),
            who=self.value("who"),
            confirmation=self.value("number"),
            on=dates.parse(self.value("on"), "the day of the call"),
            request=self.chosen("request") or "",
        )
        told = [
            (Topic(topic), self.value(f"value{at}"))
            for at in ("1", "2")
            if (topic := self.chosen(f"topic{at}"))
        ]
        call, _made = await background.run(process.call, self.session, self.provider.id, talk, told)
        return call
