"""The law of a place as letters need it, out of the book of places."""

from __future__ import annotations

from collections.abc import Sequence

from vault.errors import UsageError
from vault.law import complaint, denial, rules, tariffs
from vault.law.book import Book
from vault.law.rows import Audience, Medium
from vault.law.terms import Right, Rule
from vault.letters.asking.content import Law, Regime
from vault.model.providers import ProviderKind

_DECEASED = "uk-deceased"
_COUNTRIES = {
    "GB": Regime.UK, "EU": Regime.EU, "IE": Regime.EU, "AU": Regime.AUSTRALIA,
    "NZ": Regime.NEW_ZEALAND, "US": Regime.US,
}  # fmt: skip


def _regime(place: str, kind: ProviderKind, book: Book) -> Regime:
    """Whose words to use, by the country of the place's rows."""
    name = rules.tidy(place)
    if name in ("us", "hipaa") or name.startswith("us-"):
        return Regime.US
    for row in rules.places(place, kind, book):
        for link in book.chain(row):
            if link.id == "eu-gdpr":
                return Regime.EU
            if link.id == "ca-on":
                return Regime.ONTARIO
            if link.id.startswith(_DECEASED):
                return Regime.UK_DECEASED
        if row.country in _COUNTRIES:
            return _COUNTRIES[row.country]
    return Regime.OTHER


def place_for(place: str, kind: ProviderKind, book: Book, *, died: bool) -> str:
    """The place whose law counts: records of the dead go by an Act of their own in the UK."""
    return _DECEASED if died and _regime(place, kind, book) is Regime.UK else place


def _acknowledged(place: str, kind: ProviderKind, book: Book) -> Rule | None:
    try:
        return rules.clock_of(place, kind, "controller_complaint", book)
    except UsageError:
        return None


def law_of(
    place: str,
    kind: ProviderKind,
    right: Right,
    audience: Audience,
    medium: Medium,
    book: Book,
) -> Law:
    """All a letter may say of the law at a place, for a right and for who asks on what medium.

    Raises UsageError for an unknown place.
    """
    found: Sequence[Rule] = rules.choose(place, kind, right, book)
    hipaa = any(rule.hipaa for rule in found if not rule.compared)
    return Law(
        regime=_regime(place, kind, book),
        rules=tuple(found),
        hipaa=hipaa,
        place=place,
        book=book,
        fees=tariffs.basis(place, kind, audience, medium, book),
        regulators=complaint.regulators(place, kind, book),
        review=denial.review(place, kind, book) if hipaa else None,
        grounds=denial.grounds(place, kind, right, book),
        parts=denial.owed(place, kind, right, book),
        never=denial.never_valid(place, kind, book),
        acknowledged_in=_acknowledged(place, kind, book),
    )
