"""One quote of a fee, held against the law of its place and the person's own limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from vault.law import charges, fees, rules, tariffs
from vault.law.book import Book
from vault.law.fees import Charge, FeeFlag, Line, Quote
from vault.law.rows import Audience
from vault.model.providers import Provider
from vault.model.requests import Event, FeeLine, Request, RequestEvent

OVER_LIMIT = "over_limit"
"""The flag of a fee above the limit the person set."""
_MANY = 1_000_000
"""Pages taken where nobody knows how many: only a ceiling that does not hang on them finds."""
_ITEMISE = "itemisation"
_UNPAID = "unpaid-bill"
_E = RequestEvent


@dataclass(frozen=True, slots=True)
class FeeFinding:
    """Something to know of a quote: a sentence with its source, and the most there may be.

    `flag` is a FeeFlag's word or `over_limit`; `cite` and `confidence` are empty where no law
    speaks, but the person's own limit.
    """

    flag: str
    text: str
    cite: str = ""
    confidence: str = ""
    ceiling: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a quote is held against: the request, its provider, the rules, and what else came."""

    request: Request
    provider: Provider
    events: Sequence[Event]
    book: Book


def requester(request: Request) -> Audience:
    """Who is asked to pay, as fee rules name them: a representative pays as the patient does."""
    if request.third_party:
        return Audience.THIRD_PARTY
    return Audience.REPRESENTATIVE if request.authority else Audience.PATIENT


def currency_of(provider: Provider, book: Book) -> str:
    """The currency of a provider's place, three letters; empty where the place is unknown."""
    if not rules.knows(provider.jurisdiction, book):
        return ""
    for row in rules.places(provider.jurisdiction, provider.kind, book):
        for link in book.chain(row):
            if link.currency:
                return link.currency
    return ""


def charge_of(line: FeeLine, request: Request) -> Charge:
    """What a line is for; so much for so many pages is a price a page.

    Whatever is asked for looking at a record is for that.
    """
    found = charges.charge(line.what)
    if line.pages and found is Charge.COPYING and ":" not in line.what:
        return Charge.PER_PAGE
    vague = (Charge.OTHER, Charge.FLAT, Charge.TOTAL)
    return Charge.INSPECTION if request.inspect and found in vague else found


def _lines(event: Event, request: Request, currency: str) -> tuple[Line, ...]:
    detail = event.detail
    found = [Line(charge_of(n, request), n.amount, currency) for n in detail.lines]
    if detail.amount is not None:
        whole = Charge.INSPECTION if request.inspect and not found else Charge.TOTAL
        found.append(Line(whole, detail.amount, currency))
    return tuple(found)


def pages_of(event: Event) -> int | None:
    """How many pages a quote is for, where it says so."""
    if event.detail.pages is not None:
        return event.detail.pages
    return sum(n.pages or 0 for n in event.detail.lines) or None


def _before(asked: Asked, event: Event) -> bool | None:
    """Whether it was named before the records came; None where none have come yet."""
    came = [e.on for e in asked.events if e.kind in (_E.RECEIVED, _E.PARTIAL)]
    if not came or event.kind != _E.FEE_QUOTED:
        return None
    return event.on <= min(came)


def _media_chosen(request: Request) -> bool | None:
    wished = " ".join((request.format, request.deliver, *(i.format for i in request.items)))
    if not wished.strip():
        return None
    disc = ("cd", "dvd", "disc", "disk", "usb", "stick")
    return any(word in wished.lower() for word in disc)


def _itemised(asked: Asked, event: Event) -> bool:
    later = (e for e in asked.events if e.kind == _E.FEE_ITEMISED and e.on >= event.on)
    return bool(event.detail.lines) or any(e.detail.lines for e in later)


def _quote(asked: Asked, event: Event, currency: str) -> Quote:
    request, detail = asked.request, event.detail
    words = detail.medium or request.format
    since = [e for e in asked.events if e.on >= event.on]
    held_back = any(_UNPAID in (e.detail.ground, e.detail.reason) for e in (event, *since))
    pages = pages_of(event)
    return Quote(
        lines=_lines(event, request, currency),
        pages=_MANY if pages is None else pages,
        medium=charges.medium(words),
        requester=requester(request),
        electronic_original=charges.kept_electronically(words),
        told_before=_before(asked, event),
        itemised=_itemised(asked, event),
        itemisation_asked=any(
            e.kind == _E.FEE_DISPUTED and e.detail.reason == _ITEMISE for e in since
        ),
        media_chosen=_media_chosen(request),
        unpaid_bill=held_back,
    )


def total(event: Event) -> Decimal | None:
    """What a quote comes to: the sum it names, else its lines; None where it names neither."""
    if event.detail.amount is not None:
        return event.detail.amount
    lines = event.detail.lines
    return sum((n.amount for n in lines), Decimal(0)) if lines else None


def _own_limit(asked: Asked, event: Event, currency: str) -> list[FeeFinding]:
    limit, whole = asked.request.fee_limit, total(event)
    if limit is None or whole is None:
        return []
    named = asked.request.currency or currency_of(asked.provider, asked.book)
    if named != currency:
        text = f"Your own limit is in {named or 'no currency'}, this is in {currency}: not compared"
        return [FeeFinding(FeeFlag.OTHER_CURRENCY.value, text, currency=named)]
    if whole <= limit:
        return []
    text = f"It is more than your own limit of {named} {limit}: they have to ask you first"
    return [FeeFinding(OVER_LIMIT, text, ceiling=limit, currency=named)]


def _foreign(asked: Asked, currency: str) -> list[FeeFinding]:
    place = currency_of(asked.provider, asked.book)
    if not place or currency == place:
        return []
    text = f"They ask in {currency}, and amounts here are in {place}: nothing is converted"
    return [FeeFinding(FeeFlag.OTHER_CURRENCY.value, text, currency=place)]


def check(asked: Asked, event: Event, currency: str) -> tuple[FeeFinding, ...]:
    """All there is to say against a quote or an itemisation in that currency; () for nothing.

    The law's findings come first, each once; without a number of pages only what does not hang
    on it is said.
    """
    found = []
    if rules.knows(asked.provider.jurisdiction, asked.book):
        quote = _quote(asked, event, currency)
        place, kind = asked.provider.jurisdiction, asked.provider.kind
        for said in fees.check(place, kind, quote, asked.book):
            sure = said.source.confidence.value
            found.append(
                FeeFinding(
                    said.flag.value,
                    said.sentence,
                    said.source.cite,
                    sure,
                    said.ceiling,
                    said.currency,
                )
            )
    if FeeFlag.OTHER_CURRENCY.value not in {f.flag for f in found}:
        found += _foreign(asked, currency)
    return (*found, *_own_limit(asked, event, currency))


def lawful(asked: Asked) -> tuple[str, ...]:
    """What may be charged here for what was asked, a sentence a rule; () where none is known."""
    if not rules.knows(asked.provider.jurisdiction, asked.book):
        return ()
    on = charges.medium(asked.request.format)
    place, kind = asked.provider.jurisdiction, asked.provider.kind
    found = tariffs.basis(place, kind, requester(asked.request), on, asked.book)
    return tuple(tariffs.sentence(fee) for fee in found)
