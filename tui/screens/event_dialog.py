"""The form that notes one thing that happened to a request, or puts an earlier one right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Checkbox, Static, TextArea

from tui import background
from tui.screens import event_words as words
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import Tick, choice, day, line
from vault import dates
from vault.actions import requests
from vault.actions.asking import amounts, ledger
from vault.actions.asking.events import Told
from vault.actions.requests import RequestView
from vault.errors import UsageError
from vault.model.providers import Provider
from vault.model.requests import Detail, Event, Outcome, RequestEvent

_NOBODY = ""
_COST = "cost"
_LABELS = {
    "number": ("Their number", "reference, confirmation or invoice"),
    "who": ("With whom", "a name, or the desk"),
    "vendor": ("Company", "that answers for them, where there is one"),
    "reason": ("Their reason", "in their words"),
    "ground": ("On what ground", "in their words, for example: psychotherapy notes"),
    "medium": ("Came as", "paper, electronic, disc, ..."),
}
_UNTIL = {
    RequestEvent.LINK_SENT: "It ends on",
    RequestEvent.EXTENDED: "New day they gave",
    RequestEvent.PROMISED: "Day they promised",
}


@dataclass(frozen=True, slots=True)
class About:
    """The request something happened to, and who else could hold the records.

    `old` is the event that is put right; None where a new one is noted. `letter` is what was sent.
    """

    view: RequestView
    providers: tuple[Provider, ...]
    today: dt.date
    old: Event | None = None
    letter: str = ""


def _area(id_: str, text: str) -> TextArea:
    return TextArea(text, id=id_, compact=True, tab_behavior="focus")


class EventDialog(FormDialog[RequestView]):
    """Note an event of a kind; only the fields that kind needs are asked for."""

    def __init__(self, about: About, kind: RequestEvent) -> None:
        super().__init__()
        old = about.old
        request = about.view.request
        self.FORM = f"event {kind.value}:{request.id}:{old.seq if old else ''}"  # type: ignore[misc]
        self.QUESTION = words.kind_words(kind)  # type: ignore[misc]
        self.about, self.kind = about, kind
        self._was = old.detail if old else Detail(letter=about.letter)
        self._names = words.FIELDS.get(kind, ())

    def compose_fields(self) -> ComposeResult:
        """The day, what this kind needs, and words of one's own."""
        old = self.about.old
        right = f", in the place of number {old.seq}" if old else ""
        told = f"The request to {self.about.view.provider.name}{right}"
        yield Static(Content(told), classes="where")
        on = old.on if old else self.about.today
        yield Field("On", line("on", on.isoformat(), "YYYY-MM-DD"))
        for name in self._names:
            yield from self._field(name)
        note = old.note if old else ""
        yield Field("In your words", line("note", note, "may be left empty"))

    def _field(self, name: str) -> Iterable[Field | Static | Checkbox]:
        special: dict[str, Callable[[], Iterable[Field | Static | Checkbox]]] = {
            "until": self._until,
            "amount": self._amount,
            "lines": self._lines,
            "pages": self._pages,
            "items": self._items,
            "to": self._to,
            "outcome": self._outcome,
            "cost": self._cost,
        }
        if name in special:
            return special[name]()
        label, hint = _LABELS[name]
        return (Field(label, line(name, str(getattr(self._was, name)), hint)),)

    def _until(self) -> Iterable[Field]:
        was = self._was.until
        label = _UNTIL.get(self.kind, "Until")
        yield Field(label, line("until", was.isoformat() if was else "", "YYYY-MM-DD"))

    def _amount(self) -> Iterable[Field]:
        was = self._was
        held = str(was.amount) if was.amount is not None else ""
        yield Field("Amount", line("amount", held, "25.00"))
        currency = was.currency or self.about.view.request.currency
        yield Field("Currency", line("currency", currency, "USD, GBP, EUR, ..."))

    def _lines(self) -> Iterable[Field | Static]:
        held = "\n".join(words.fee_line(part) for part in self._was.lines)
        yield Field("Its parts", _area("lines", held))
        yield Static(Content("One on each line: copying=12.50, or copying=12.50/25 for 25 pages"))

    def _pages(self) -> Iterable[Field]:
        held = str(self._was.pages) if self._was.pages is not None else ""
        yield Field("Pages", line("pages", held, "how many, where known"))

    def _items(self) -> Iterable[Static | Checkbox]:
        items = self.about.view.request.items
        if len(items) < 2:
            return
        yield Static(Content("Which of them? None marked: all that is still owed."))
        for at, item in enumerate(items):
            marked = item.id in self._was.items
            yield Tick(f"item{at}", ledger.words(item), on=marked)

    def _to(self) -> Iterable[Field | Static]:
        others = [p for p in self.about.providers if p.id != self.about.view.provider.id]
        known = [("they did not say", _NOBODY), *((p.name, p.id) for p in others)]
        # One put right keeps the request that was begun for it.
        if not self._was.other:
            yield Field("Who holds them", choice("to", known, _NOBODY))
            told = "Where you choose one, a request to them is begun, and this one is closed."
            yield Static(Content(told), classes="detail")

    def _outcome(self) -> Iterable[Field]:
        was = self._was.outcome or Outcome.COMPLETE.value
        options = [(said, kind.value) for kind, said in words.OUTCOMES.items()]
        yield Field("How it ended", choice("outcome", options, was))

    def _cost(self) -> Iterable[Field]:
        options = [("for another reason", ""), ("because of the cost", _COST)]
        was = _COST if self._was.reason == _COST else ""
        yield Field("Why", choice("cost", options, was))

    def _text(self, name: str) -> str:
        return self.value(name) if self.query(f"#{name}") else ""

    def _chosen_items(self) -> tuple[str, ...]:
        items = self.about.view.request.items
        boxes = [(item, self.query(f"#item{at}")) for at, item in enumerate(items)]
        return tuple(
            item.id for item, found in boxes if found and found.first(Checkbox).value is True
        )

    def _detail(self) -> Detail:
        names = self._names
        typed = {name: self._text(name) for name in _LABELS if name in names}
        detail = replace(self._was, **typed)  # type: ignore[arg-type]  # texts alone
        if "until" in names:
            detail = replace(detail, until=day(self._text("until"), "the day they gave"))
        if "amount" in names:
            amount = _amount(self._text("amount"))
            detail = replace(detail, amount=amount, currency=self._text("currency"))
        if "lines" in names:
            parts = [
                amounts.line(part) for part in self._text("lines").splitlines() if part.strip()
            ]
            detail = replace(detail, lines=tuple(parts))
        if "pages" in names:
            detail = replace(detail, pages=_number(self._text("pages")))
        if "items" in names and len(self.about.view.request.items) > 1:
            detail = replace(detail, items=self._chosen_items())
        if "to" in names and self.query("#to"):
            detail = replace(detail, other=self.chosen("to") or "")
        if "outcome" in names:
            detail = replace(detail, outcome=self.chosen("outcome") or "")
        if "cost" in names:
            detail = replace(detail, reason=self.chosen("cost") or "")
        return detail

    async def save(self) -> RequestView:
        """Note it; what cannot have happened is refused with a sentence."""
        old = self.about.old
        told = Told(
            self.kind,
            dates.parse(self.value("on"), "the day it happened"),
            self.value("note"),
            self._detail(),
            replaces=old.seq if old else None,
        )
        return await background.run(requests.log, self.session, self.about.view.request.id, told)


def _amount(text: str) -> Decimal | None:
    return amounts.amount(text, "the amount") if text else None


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise UsageError("the pages are a number", "leave it out where you do not know it")
    return int(text)


def kinds(possible: Sequence[RequestEvent]) -> tuple[tuple[str, tuple[RequestEvent, ...]], ...]:
    """The groups of events that can be told of now; those without any are left out."""
    found = [(title, tuple(k for k in group if k in possible)) for title, group in words.GROUPS]
    return tuple((title, group) for title, group in found if group)
