"""The money of a request: what was asked, disputed, paid and receipted, and what is still open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vault.actions import rulebook
from vault.actions.asking import quotes
from vault.actions.asking.quotes import Asked, FeeFinding
from vault.actions.rulebook import Book
from vault.actions.session import Session
from vault.model.asking_letters import LetterKind
from vault.model.lifecycle import effective
from vault.model.providers import Provider
from vault.model.requests import Event, Request, RequestEvent
from vault.store import lookup, providers, requests

_E = RequestEvent
_ASKING = (_E.FEE_QUOTED, _E.FEE_ITEMISED)
_KINDS = (*_ASKING, _E.FEE_DISPUTED, _E.FEE_PAID, _E.FEE_RECEIPT, _E.FEE_REFUNDED)
_ZERO = Decimal(0)
_UNITEMISED = "no_itemisation"


@dataclass(frozen=True, slots=True)
class FeeEntryLine:
    """A line of a fee: the words, what it is taken to be for, the amount, the pages."""

    what: str
    charge: str
    amount: Decimal
    pages: int | None


@dataclass(frozen=True, slots=True)
class FeeEntry:
    """One thing that happened about money; `findings` is what speaks against a quote.

    `amount` is what it comes to, None where it names none. `currency` is that of the place where
    none was named.
    """

    event: Event
    amount: Decimal | None
    currency: str
    lines: tuple[FeeEntryLine, ...]
    findings: tuple[FeeFinding, ...]


@dataclass(frozen=True, slots=True)
class FeeTotals:
    """What was asked, paid and given back in one currency; `open` is what they still want.

    `cost` is what was paid and not given back.
    """

    currency: str
    asked: Decimal = _ZERO
    paid: Decimal = _ZERO
    refunded: Decimal = _ZERO
    open: Decimal = _ZERO

    @property
    def cost(self) -> Decimal:
        """What it has cost so far."""
        return self.paid - self.refunded


@dataclass(frozen=True, slots=True)
class Fees:
    """The fee ledger of a request.

    `requester` is who is asked to pay (patient, representative, third_party). `no_receipt` are
    the payments (by `seq`) that no receipt has come for. `letters` answer what was found wrong.
    `lawful` says what may be charged.
    """

    request: Request
    provider: Provider
    requester: str
    entries: tuple[FeeEntry, ...]
    totals: tuple[FeeTotals, ...]
    no_receipt: tuple[int, ...]
    letters: tuple[LetterKind, ...]
    lawful: tuple[str, ...]


def _entry(asked: Asked, event: Event, place: str) -> FeeEntry:
    currency = event.detail.currency or place or asked.request.currency
    lines = tuple(
        FeeEntryLine(n.what, quotes.charge_of(n, asked.request).value, n.amount, n.pages)
        for n in event.detail.lines
    )
    found = quotes.check(asked, event, currency) if event.kind in _ASKING else ()
    return FeeEntry(event, quotes.total(event), currency, lines, found)


def _standing(entries: Sequence[FeeEntry]) -> dict[str, dict[str, Decimal]]:
    """What is asked by currency and their number: a later quote stands in an earlier one's place.

    Two quotes count side by side only where each has a number of its own.
    """
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for entry in entries:
        if entry.event.kind not in _ASKING or entry.amount is None:
            continue
        number, mine = entry.event.detail.number, found[entry.currency]
        if not number and len(mine) == 1:
            number = next(iter(mine))  # the same bill, told of again without its number
        mine.pop("", None)
        mine[number] = entry.amount
    return found


def _sum(entries: Iterable[FeeEntry], kind: RequestEvent, currency: str) -> Decimal:
    mine = (e for e in entries if e.event.kind == kind and e.currency == currency)
    return sum((e.amount or _ZERO for e in mine), _ZERO)


def _totals(entries: Sequence[FeeEntry], *, open_: bool) -> tuple[FeeTotals, ...]:
    asked = _standing(entries)
    found = []
    for currency in sorted({e.currency for e in entries if e.amount is not None}):
        whole = sum(asked[currency].values(), _ZERO)
        paid = _sum(entries, _E.FEE_PAID, currency)
        back = _sum(entries, _E.FEE_REFUNDED, currency)
        left = max(_ZERO, whole - paid) if open_ else _ZERO
        found.append(FeeTotals(currency, whole, paid, back, left))
    return tuple(found)


def _no_receipt(entries: Sequence[FeeEntry]) -> tuple[int, ...]:
    """Payments without a receipt: one with the same number, else any that is left over."""
    receipts = [e.event for e in entries if e.event.kind == _E.FEE_RECEIPT]
    lacking = []
    for paid in (e.event for e in entries if e.event.kind == _E.FEE_PAID):
        same = [r for r in receipts if r.detail.number == paid.detail.number]
        loose = [r for r in receipts if not r.detail.number or not paid.detail.number]
        if found := next(iter((*same, *loose)), None):
            receipts.remove(found)
        else:
            lacking.append(paid.seq)
    return tuple(lacking)


def letters_for(found: Sequence[FeeFinding]) -> tuple[LetterKind, ...]:
    """The letters that answer what was found wrong with a fee: itemise it first, or dispute it."""
    law = {f.flag for f in found if f.cite}
    wrong = law - {_UNITEMISED, "no_advance_notice"}
    letters = [LetterKind.FEE_DISPUTE] if wrong else []
    letters += [LetterKind.ITEMISATION] if _UNITEMISED in law else []
    return tuple(letters)


def of_request(request: Request, provider: Provider, book: Book) -> Fees:
    """The fee ledger of a request at a provider, checked by the rules of `book`."""
    counted = effective(request.events)
    asked = Asked(request, provider, counted, book)
    place = quotes.currency_of(provider, book)
    entries = tuple(_entry(asked, e, place) for e in counted if e.kind in _KINDS)
    last = next((e for e in reversed(entries) if e.event.kind in _ASKING), None)
    standing = requests.standing(request)
    return Fees(
        request=request,
        provider=provider,
        requester=quotes.requester(request).value,
        entries=entries,
        totals=_totals(entries, open_=standing.open),
        no_receipt=_no_receipt(entries),
        letters=letters_for(last.findings) if last and standing.open else (),
        lawful=quotes.lawful(asked),
    )


def get(s: Session, given: str) -> Fees:
    """The fee ledger of the request that `given` names."""
    db = s.vault.read()
    request = requests.get(db, lookup.resolve(db, "request", given))
    return of_request(request, providers.get(db, request.provider), rulebook.book(db))


def every(s: Session) -> tuple[Fees, ...]:
    """The fee ledgers of all requests that have money in them, newest request first."""
    db = s.vault.read()
    known, book = {p.id: p for p in providers.every(db)}, rulebook.book(db)
    return tuple(
        of_request(r, known[r.provider], book)
        for r in requests.every(db)
        if any(e.kind in _KINDS for e in r.events)
    )


def together(found: Sequence[Fees]) -> tuple[FeeTotals, ...]:
    """The totals of several ledgers, one for each currency; nothing is converted."""
    rows = [t for held in found for t in held.totals]
    return tuple(
        FeeTotals(
            currency,
            *(
                sum((getattr(t, name) for t in rows if t.currency == currency), _ZERO)
                for name in ("asked", "paid", "refunded", "open")
            ),
        )
        for currency in sorted({t.currency for t in rows})
    )
