"""Looks over what a holder asks to be paid, line by line, against what it may charge."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from vault.law import say, tariffs
from vault.law.book import Book
from vault.law.rows import Audience, FeeKind, FeeRule, Medium
from vault.law.tariffs import basis
from vault.law.terms import Confidence, Source, Verified
from vault.model.providers import ProviderKind

__all__ = ["Charge", "FeeFlag", "Finding", "Line", "Quote", "basis", "check", "total"]


class FeeFlag(StrEnum):
    """What can be wrong with a fee."""

    SEARCH_RETRIEVAL = "search_retrieval"
    PER_PAGE_ELECTRONIC = "per_page_electronic"
    NO_ADVANCE_NOTICE = "no_advance_notice"
    FEE_FOR_INSPECTION = "fee_for_inspection"
    WITHHELD_FOR_UNPAID_BILL = "withheld_for_unpaid_bill"
    PORTAL_FEE = "portal_fee"
    MEDIA_REQUIRED = "media_required"
    OVER_CEILING = "over_ceiling"
    NO_ITEMISATION = "no_itemisation"
    OTHER_CURRENCY = "other_currency"


class Charge(StrEnum):
    """What a line of a quote is for."""

    COPYING = "copying"
    PER_PAGE = "per_page"
    FLAT = "flat"
    SUPPLIES = "supplies"
    MEDIA = "media"
    POSTAGE = "postage"
    SUMMARY = "summary"
    SEARCH = "search"
    RETRIEVAL = "retrieval"
    VERIFICATION = "verification"
    SYSTEM = "system"
    CERTIFICATION = "certification"
    INSPECTION = "inspection"
    PORTAL = "portal"
    TOTAL = "total"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a quote: for what, how much, in which currency (three letters)."""

    charge: Charge
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What was asked for: the lines, the pages, on what, by whom, and how it was asked.

    `electronic_original` is set where the record is kept electronically. `told_before`,
    `itemised` and `media_chosen` are None where nobody knows. `unpaid_bill` is set where they
    hold the copy back for a bill of treatment. `met` names conditions of the data that hold.
    """

    lines: tuple[Line, ...]
    pages: int
    medium: Medium
    requester: Audience = Audience.PATIENT
    electronic_original: bool = False
    told_before: bool | None = None
    itemised: bool | None = None
    itemisation_asked: bool = False
    media_chosen: bool | None = None
    unpaid_bill: bool = False
    met: Collection[str] = ()

    @property
    def on(self) -> Medium:
        """The medium as fee rules name it."""
        if self.medium is Medium.ELECTRONIC and self.electronic_original:
            return Medium.ELECTRONIC_FROM_ELECTRONIC
        return self.medium


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a quote: one sentence with its source, and the most there may be."""

    flag: FeeFlag
    sentence: str
    source: Source
    ceiling: Decimal | None = None
    currency: str = ""


_HIPAA = Source("45 CFR 164.524(c)(4); HHS access guidance", Verified.SUMMARY, Confidence.HIGH)
_GUIDANCE = Source("HHS access guidance on 45 CFR 164.524(c)(4)", Verified.SUMMARY, Confidence.MED)
_LABOUR = {
    Charge.SEARCH: "searching for",
    Charge.RETRIEVAL: "retrieving",
    Charge.VERIFICATION: "reviewing or verifying",
    Charge.SYSTEM: "storing",
}


def _said(flag: FeeFlag, words: str, source: Source, most: Decimal | None = None) -> Finding:
    return Finding(flag, f"{words} {say.source(source)}", source, most)


def _has(quote: Quote, *charges: Charge) -> bool:
    return any(line.charge in charges and line.amount for line in quote.lines)


def _labour(quote: Quote) -> list[Finding]:
    found = [words for charge, words in _LABOUR.items() if _has(quote, charge)]
    if not found:
        return []
    words = f"They charge for {' and '.join(found)} the record, which a patient does not pay for"
    return [_said(FeeFlag.SEARCH_RETRIEVAL, words, _HIPAA)]


def _electronic(quote: Quote) -> list[Finding]:
    if quote.on is not Medium.ELECTRONIC_FROM_ELECTRONIC or not _has(quote, Charge.PER_PAGE):
        return []
    words = "They charge by the page for an electronic copy of a record kept electronically"
    return [_said(FeeFlag.PER_PAGE_ELECTRONIC, words, _HIPAA)]


def _lines(quote: Quote) -> list[Finding]:
    found = []
    if _has(quote, Charge.INSPECTION):
        words = "They charge for looking at the record, which costs nothing"
        found.append(_said(FeeFlag.FEE_FOR_INSPECTION, words, _HIPAA))
    if _has(quote, Charge.PORTAL):
        words = "They charge for the portal, which costs nothing"
        found.append(_said(FeeFlag.PORTAL_FEE, words, _HIPAA))
    if _has(quote, Charge.MEDIA) and quote.media_chosen is False:
        words = "They charge for a disc or stick that you did not ask for"
        found.append(_said(FeeFlag.MEDIA_REQUIRED, words, _HIPAA))
    return found


def _manner(quote: Quote) -> list[Finding]:
    found = []
    if quote.told_before is False:
        words = "They did not tell you beforehand about what the copy would cost"
        found.append(_said(FeeFlag.NO_ADVANCE_NOTICE, words, _GUIDANCE))
    if quote.unpaid_bill:
        words = "They hold the copy back for an unpaid bill, which is no reason to"
        found.append(_said(FeeFlag.WITHHELD_FOR_UNPAID_BILL, words, _GUIDANCE))
    if quote.itemised is False and quote.itemisation_asked:
        words = "You asked what the fee is made up of, and they did not say"
        found.append(_said(FeeFlag.NO_ITEMISATION, words, _GUIDANCE))
    elif quote.itemised is False:
        words = "The fee is not itemised; they have to itemise it where you ask"
        found.append(_said(FeeFlag.NO_ITEMISATION, words, _GUIDANCE))
    return found


def total(quote: Quote, currency: str) -> Decimal:
    """What a quote comes to in a currency: the line that states a total, else all lines."""
    mine = [line for line in quote.lines if line.currency == currency]
    totals = [line.amount for line in mine if line.charge is Charge.TOTAL]
    return max(totals) if totals else sum((line.amount for line in mine), Decimal(0))


def _limited(quote: Quote, currency: str) -> Decimal:
    """What a price a page has to cover: postage is not part of it."""
    whole = total(quote, currency)
    mine = [line for line in quote.lines if line.currency == currency]
    posted = sum((n.amount for n in mine if n.charge is Charge.POSTAGE), Decimal(0))
    return whole - posted


def _most(found: Sequence[FeeRule], quote: Quote) -> tuple[FeeRule, Decimal] | None:
    """The lowest ceiling that has a number and no condition left open, and its rule."""
    sums = []
    for fee in found:
        most = tariffs.ceiling(fee, quote.pages, quote.on)
        if most is not None and (not fee.condition or fee.condition in quote.met):
            sums.append((fee, most))
    return min(sums, key=lambda pair: pair[1]) if sums else None


def _over(found: Sequence[FeeRule], quote: Quote) -> list[Finding]:
    lowest = _most(found, quote)
    if lowest is None:
        return []
    fee, most = lowest
    asked = _limited(quote, fee.currency)
    if asked <= most:
        return []
    money = f"{fee.currency} {asked}"
    words = f"They ask for {money}; by {fee.name} it is at most {fee.currency} {most}"
    if fee.kind is FeeKind.FREE:
        words = f"They ask for {money}; by {fee.name} the copy is free"
    said = f"{words} {say.source(fee.source, tariffs.remarks(fee))}"
    return [Finding(FeeFlag.OVER_CEILING, said, fee.source, most, fee.currency)]


def _foreign(found: Sequence[FeeRule], quote: Quote) -> list[Finding]:
    currency = next((fee.currency for fee in found if fee.currency), "")
    others = sorted({line.currency for line in quote.lines} - {currency})
    if not currency or not others:
        return []
    source = next(fee.source for fee in found if fee.currency)
    words = f"They ask for {', '.join(others)}, and amounts here are in {currency}: not converted"
    return [
        Finding(FeeFlag.OTHER_CURRENCY, f"{words} {say.source(source)}", source, None, currency)
    ]


def check(
    place: str, kind: ProviderKind, quote: Quote, book: Book | None = None
) -> tuple[Finding, ...]:
    """All that is wrong with a quote, each in a sentence with its source; () for nothing found.

    What HIPAA bars is looked for only where HIPAA binds the holder and a patient or their
    representative asks (a third party pays by other rules, Ciox v. Azar). Raises UsageError for
    an unknown place.
    """
    found = basis(place, kind, quote.requester, quote.on, book)
    own = quote.requester is not Audience.THIRD_PARTY
    hipaa = own and tariffs.hipaa_binds(place, kind, book)
    barred = _labour(quote) + _electronic(quote) + _lines(quote) + _manner(quote) if hipaa else []
    return (*barred, *_over(found, quote), *_foreign(found, quote))
