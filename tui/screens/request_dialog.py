"""The form for an access request: whom it asks, about whom, for what, and on which terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Checkbox, Select, Static, TextArea

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import Tick, choice, day, line, plain
from vault.actions import requests
from vault.actions.asking import amounts
from vault.actions.requests import RequestView, Wanted
from vault.model.offices import Office
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.record_types import RecordType
from vault.model.requests import Request

_NONE = ""
_SENSITIVE = "mental health, HIV, substance use, ..."
_CURRENCIES = {"us": "USD", "uk": "GBP", "ca": "CAD", "au": "AUD", "nz": "NZD", "eu": "EUR"}


def currency_of(provider: Provider) -> str:
    """The currency of a provider's place, where it is one of the usual; else empty."""
    return _CURRENCIES.get(provider.jurisdiction.partition("-")[0], "")


@dataclass(frozen=True, slots=True)
class Known:
    """Whom a request can name: providers (at least one), people (likewise), their desks.

    `authorities` are those who may act for somebody: (id, person's id, words).
    """

    providers: tuple[Provider, ...]
    people: tuple[Person, ...]
    offices: tuple[Office, ...] = ()
    requests: tuple[RequestView, ...] = ()
    authorities: tuple[tuple[str, str, str], ...] = ()


class RequestDialog(FormDialog[RequestView]):
    """Make a request, or change `old` before it is sent; `provider` is chosen to begin with."""

    SAVE = "Make the request"

    def __init__(self, known: Known, *, provider: str = "", old: Request | None = None) -> None:
        super().__init__()
        self.FORM = f"request:{old.id}" if old else "request"  # type: ignore[misc]
        self.QUESTION = "Change the request" if old else "Ask for records"  # type: ignore[misc]
        if old:
            self.SAVE = "Save"  # type: ignore[misc]
        self.known, self.old = known, old
        self.wanted = requests.wanted_of(old) if old else Wanted()
        self._provider = provider or (old.provider if old else known.providers[0].id)

    def compose_fields(self) -> ComposeResult:
        """Who is asked, about whom, what and when; below it all the terms."""
        yield from self._who()
        yield from self._what()
        yield from self._terms()

    def _who(self) -> ComposeResult:
        people = self.known.people
        if self.old is None:
            whom = [(p.name, p.id) for p in self.known.providers]
            whose = [(p.name, p.id) for p in people]
            yield Field("Ask", choice("provider", whom, self._provider))
            yield Field("Records of", choice("person", whose, people[0].id))
        else:
            name = next(p.name for p in self.known.providers if p.id == self.old.provider)
            yield Static(Content(f"To {name}"), classes="where")
        yield Field("Desk", choice("office", self._desks(), self.wanted.office))
        if self.known.authorities:
            acting = [("myself", _NONE), *((w, id_) for id_, _, w in self.known.authorities)]
            yield Field("Asked by", choice("authority", acting, self.wanted.authority))

    def _desks(self) -> list[tuple[str, str]]:
        held = [o for o in self.known.offices if o.provider == self._provider]
        named = [(", ".join(p for p in (plain(o.role), o.name) if p), o.id) for o in held]
        return [("the provider itself", _NONE), *named]

    def _what(self) -> ComposeResult:
        wanted = self.wanted
        what = ", ".join(plain(kind) for kind in wanted.what)
        begin = wanted.from_date.isoformat() if wanted.from_date else ""
        end = wanted.to_date.isoformat() if wanted.to_date else ""
        yield Field("What", line("what", what, "lab results, visit notes, ..."))
        yield Field("From", line("from", begin, "YYYY-MM-DD; empty: from the beginning"))
        yield Field("To", line("to", end, "YYYY-MM-DD; empty: up to now"))
        known = ", ".join(plain(kind) for kind in RecordType)
        yield Static(Content(f"You can ask for: {known}"), classes="detail")
        yield Field("Format", line("format", wanted.format, "for example: PDF"))
        yield Field("Else take", line("fallback", wanted.fallback, "if that cannot be had: paper"))
        yield Field("Delivery", line("deliver", wanted.deliver, "portal, email, mail, pick-up"))
        yield Field("Place", line("facility", wanted.facility, "the clinic or department meant"))

    def _terms(self) -> ComposeResult:
        wanted = self.wanted
        limit = str(wanted.fee_limit) if wanted.fee_limit is not None else ""
        yield Static(Content("Ask me before you charge more than:"), classes="detail")
        yield Field("Amount", line("limit", limit, "25.00; empty: no limit said"))
        yield Field("Currency", line("currency", wanted.currency, "USD, GBP, EUR, ..."))
        sensitive = ", ".join(wanted.sensitive)
        yield Field("Also included", line("sensitive", sensitive, _SENSITIVE))
        third = TextArea(
            "\n".join(wanted.third_party), id="third", compact=True, tab_behavior="focus"
        )
        yield Static(Content("To somebody else instead of you: name and address"), classes="detail")
        yield Field("Send it to", third)
        yield Tick("inspect", "Only to look at the record, no copies", on=wanted.inspect)
        if self.old is None and self.known.requests:
            asked = [
                (f"{v.provider.name} ({plain(v.request.state)})", v.request.id)
                for v in self.known.requests
            ]
            yield Field("Follows", choice("parent", [("no other request", _NONE), *asked], _NONE))

    @on(Select.Changed, "#provider")
    def _other_provider(self) -> None:
        """Each provider has desks of its own."""
        provider = self.chosen("provider") or self._provider
        if provider != self._provider:
            self._provider = provider
            desks: Select[str] = self.query_one("#office", Select)
            desks.set_options([(Content(name).plain, id_) for name, id_ in self._desks()])

    def _wanted(self) -> Wanted:
        """What was typed; a limit without a currency is taken to be in the provider's own."""
        limit = amounts.amount(limit_, "the limit") if (limit_ := self.value("limit")) else None
        currency = self.value("currency")
        if limit is not None and not currency:
            provider = next(p for p in self.known.providers if p.id == self._provider)
            currency = currency_of(provider)
        return Wanted(
            what=requests.read_types(self.value("what")),
            from_date=day(self.value("from"), "the first day"),
            to_date=day(self.value("to"), "the last day"),
            facility=self.value("facility"),
            format=self.value("format"),
            fallback=self.value("fallback"),
            deliver=self.value("deliver"),
            authority=(self.chosen("authority") or _NONE) if self.query("#authority") else "",
            office=self.chosen("office") or _NONE,
            fee_limit=limit,
            currency=currency,
            sensitive=_split(self.value("sensitive").split(",")),
            third_party=_split(self.value("third").splitlines()),
            inspect=self.query_one("#inspect", Checkbox).value is True,
            parent=(self.chosen("parent") or _NONE) if self.query("#parent") else "",
        )

    async def save(self) -> RequestView:
        """Keep it; dates, kinds of record and amounts have to make sense."""
        wanted = self._wanted()
        if self.old is not None:
            return await background.run(requests.change, self.session, self.old.id, wanted)
        provider, person = self.chosen("provider") or "", self.chosen("person")
        return await background.run(requests.new, self.session, provider, person, wanted)


def _split(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.strip() for part in parts if part.strip())
