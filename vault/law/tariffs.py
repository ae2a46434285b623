"""What a holder may charge for a copy: the rules that apply, and the most they come to."""

from __future__ import annotations

from decimal import Decimal

from vault.law import rules, say
from vault.law.book import Book, builtin
from vault.law.rows import Audience, FeeKind, FeeRule, Medium, Place, Tier
from vault.law.terms import Right
from vault.model.providers import ProviderKind

__all__ = ["Audience", "FeeRule", "Medium", "basis", "ceiling", "every", "free_if", "sentence"]

_ELECTRONIC = (Medium.ELECTRONIC, Medium.ELECTRONIC_FROM_ELECTRONIC)
_KINDS = {
    FeeKind.COST_BASED: "no more than the copying itself does",
    FeeKind.REASONABLE: "a reasonable amount",
    FeeKind.FREE: "nothing",
}
_MEDIA = {
    Medium.ANY: "a copy",
    Medium.PAPER: "a copy on paper",
    Medium.ELECTRONIC: "an electronic copy",
    Medium.ELECTRONIC_FROM_ELECTRONIC: "an electronic copy of electronic records",
    Medium.MICROFILM: "a copy of microfilm",
    Medium.CORRECTION: "a correction",
}


def _of_place(place: Place, kind: ProviderKind) -> list[FeeRule]:
    mine = rules.groups(kind)
    return [fee for fee in place.fees if not fee.holder or fee.holder in mine]


def every(place: str, kind: ProviderKind, book: Book | None = None) -> tuple[FeeRule, ...]:
    """All fee rules of a place for a kind of holder, what binds nationwide first.

    Where HIPAA binds the holder its cost basis comes first: it limits what a patient pays, and a
    state's own amount counts only where it is lower.
    """
    book = book or builtin()
    found: dict[int, FeeRule] = {}
    for row in rules.places(place, kind, book):
        for link in book.chain(row):
            found.update({id(fee): fee for fee in _of_place(link, kind)})
    return tuple(sorted(found.values(), key=lambda fee: fee.place != "us-hipaa"))


def _for_whom(fee: FeeRule, requester: Audience) -> bool:
    """A representative pays what the patient would (45 CFR 164.502(g)), a third party its own."""
    if requester is Audience.THIRD_PARTY:
        return fee.audience is Audience.THIRD_PARTY
    return fee.audience is not Audience.THIRD_PARTY


def _on_what(fee: FeeRule, medium: Medium) -> bool:
    if fee.medium is Medium.ANY:
        return medium is not Medium.CORRECTION
    if fee.medium is medium:
        return True
    if fee.medium is Medium.ELECTRONIC:
        return medium in _ELECTRONIC
    return fee.factor is not None and medium in _ELECTRONIC  # so much of the price on paper


def basis(
    place: str,
    kind: ProviderKind,
    requester: Audience,
    medium: Medium,
    book: Book | None = None,
) -> tuple[FeeRule, ...]:
    """The fee rules that apply to who asks for what, what controls first; () for none recorded.

    Raises UsageError for an unknown place.
    """
    found = every(place, kind, book)
    return tuple(fee for fee in found if _for_whom(fee, requester) and _on_what(fee, medium))


def free_if(found: tuple[FeeRule, ...]) -> tuple[FeeRule, ...]:
    """Those of the rules by which a copy is free under a condition a person should know of."""
    return tuple(fee for fee in found if fee.kind is FeeKind.FREE and fee.condition)


def _in_tier(tier: Tier, pages: int) -> int:
    last = pages if tier.last is None else min(pages, tier.last)
    return max(0, last - tier.first + 1)


def ceiling(fee: FeeRule, pages: int, medium: Medium) -> Decimal | None:
    """The most a rule allows for so many pages, in its currency; None where it has no number.

    A base covers its own pages; the tiers price those that follow; an electronic copy may cost
    a part of that; the cap is for one unit (one admission). A condition is not looked at.
    """
    match fee.kind:
        case FeeKind.FREE:
            return Decimal(0)
        case FeeKind.FLAT | FeeKind.CAP_TOTAL:
            return fee.amount
        case FeeKind.PER_PAGE:
            paged = sum((_in_tier(t, pages) * t.amount for t in fee.tiers), Decimal(0))
            if fee.factor is not None and medium in _ELECTRONIC:
                paged *= fee.factor
            total = (fee.base + paged).quantize(Decimal("0.01"))
            return total if fee.cap is None else min(total, fee.cap)
        case _:
            return None


def _priced(fee: FeeRule) -> str:
    """The amounts of a price a page."""
    steps = []
    for tier in fee.tiers:
        span = f"from page {tier.first}" if tier.last is None else f"{tier.first} to {tier.last}"
        steps.append(
            f"{fee.currency} {tier.amount} a page" + (f" ({span})" if fee.tiers[1:] else "")
        )
    if fee.base:
        pages = f" for the first {fee.base_pages} pages" if fee.base_pages else ""
        steps.insert(0, f"{fee.currency} {fee.base}{pages}")
    said = ", ".join(steps)
    if fee.cap is not None:
        said += f", at most {fee.currency} {fee.cap}" + (
            f" an {fee.cap_unit}" if fee.cap_unit else ""
        )
    return said


def _amount(fee: FeeRule) -> str:
    if fee.kind is FeeKind.PER_PAGE:
        return f"at most {_priced(fee)}"
    if fee.kind is FeeKind.FLAT_OPTION:
        return f"a flat {fee.currency} {fee.amount}, where they choose that"
    if fee.amount is not None:
        return f"at most {fee.currency} {fee.amount}"
    return _KINDS[fee.kind]


def remarks(fee: FeeRule) -> tuple[str, ...]:
    """What limits a fee rule: its condition, what else to know, how its amounts change."""
    changes = f"amounts are adjusted: {fee.adjusted}" if fee.adjusted else ""
    condition = f"if {fee.condition}" if fee.condition else ""
    return tuple(part for part in (condition, fee.note, changes) if part)


def sentence(fee: FeeRule) -> str:
    """A fee rule in one line: who pays how much for what, and who says so."""
    who = "a third party" if fee.audience is Audience.THIRD_PARTY else "you"
    pays = f"{_MEDIA[fee.medium]} costs {who} {_amount(fee)}"
    return f"{fee.name}: {pays} {say.source(fee.source, remarks(fee))}"


def hipaa_binds(place: str, kind: ProviderKind, book: Book | None = None) -> bool:
    """Whether HIPAA binds a kind of holder at a place, by its own rule or besides another."""
    return any(rule.hipaa for rule in rules.choose(place, kind, Right.ACCESS, book))
