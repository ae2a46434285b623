"""What a holder may charge is what the law of the place and the medium lets it, and no more."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.errors import UsageError
from vault.law import book, fees, tariffs
from vault.law.fees import Charge, FeeFlag, Line, Quote
from vault.law.rows import Audience, FeeKind, FeeRule, Medium
from vault.model.providers import ProviderKind

HOSPITAL, CLINIC, LAB = ProviderKind.HOSPITAL, ProviderKind.CLINIC, ProviderKind.LAB
PAPER, EMAIL = Medium.PAPER, Medium.ELECTRONIC
OWN, THIRD = Audience.PATIENT, Audience.THIRD_PARTY
PAGES = Charge.PER_PAGE


def money(amount: str, charge: Charge = Charge.TOTAL, currency: str = "USD") -> Line:
    """A line of a quote."""
    return Line(charge, Decimal(amount), currency)


def quote(*lines: Line, pages: int = 10, medium: Medium = PAPER, **how: object) -> Quote:
    """A quote for so many pages."""
    return Quote(lines, pages, medium, **how)  # type: ignore[arg-type]


def flags(place: str, asked: Quote, kind: ProviderKind = HOSPITAL) -> set[FeeFlag]:
    """The flags of what is found wrong; each sentence must end with its source."""
    found = fees.check(place, kind, asked)
    assert all(f.sentence.endswith("check the current text)") for f in found)
    assert all(f.source.cite in f.sentence for f in found)
    return {f.flag for f in found}


def ceilings(place: str, pages: int, who: Audience, medium: Medium) -> list[Decimal | None]:
    """What each rule that applies without a condition comes to at the most."""
    found = fees.basis(place, HOSPITAL, who, medium)
    return [tariffs.ceiling(fee, pages, medium) for fee in found if not fee.condition]


@pytest.mark.parametrize(
    ("place", "pages", "who", "medium", "most"),
    [
        ("us-ca", 10, OWN, PAPER, "2.50"),
        ("us-ca", 10, OWN, Medium.MICROFILM, "5.00"),
        ("us-tn", 5, OWN, PAPER, "25.00"),
        ("us-tn", 1, OWN, PAPER, "25.00"),
        ("us-tn", 25, OWN, PAPER, "35.00"),
        ("us-la", 10, OWN, PAPER, "35.00"),
        ("us-la", 400, OWN, PAPER, "225.00"),
        ("us-la", 400, OWN, EMAIL, "100.00"),
        ("us-mi", 60, OWN, PAPER, "37.50"),
        ("us-nj", 20, OWN, PAPER, "20.00"),
        ("us-nj", 200, OWN, PAPER, "50.00"),
        ("us-ct", 100, OWN, PAPER, "65.00"),
        ("us-pa", 61, OWN, PAPER, "96.90"),
        ("us-ma", 120, OWN, PAPER, "70.00"),
        ("us-tx", 10, THIRD, PAPER, "30.00"),
        ("us-tx", 11, THIRD, PAPER, "31.00"),
        ("us-tx", 401, THIRD, PAPER, "250.25"),
        ("us-il", 60, THIRD, PAPER, "93.27"),
        ("us-il", 60, THIRD, EMAIL, "64.00"),
        ("us-ga", 150, THIRD, PAPER, "144.68"),
        ("us-wa", 40, THIRD, PAPER, "74.60"),
        ("ca-on", 20, OWN, PAPER, "30.00"),
        ("ca-on", 100, OWN, PAPER, "50.00"),
        ("uk", 900, OWN, PAPER, "0"),
        ("de", 900, OWN, EMAIL, "0"),
    ],
)
def test_the_most_by_page(place: str, pages: int, who: Audience, medium: Medium, most: str) -> None:
    """Bases, tiers, caps and the part for an electronic copy, worked out by hand."""
    numbers = [n for n in ceilings(place, pages, who, medium) if n is not None]
    assert numbers == [Decimal(most)]


def test_hipaa_comes_first_for_ones_own_request() -> None:
    """Its cost basis controls; the state's own amount counts only where it is lower."""
    found = fees.basis("us-ca", HOSPITAL, OWN, PAPER)
    assert [fee.place for fee in found] == ["us-hipaa", "us-ca", "us-ca"]
    assert found[0].kind is FeeKind.COST_BASED
    assert tariffs.free_if(found) == (found[2],)


def test_a_third_party_pays_by_other_rules() -> None:
    """The patient's rate does not hold for it, nor the third party's for the patient."""
    third = fees.basis("us-ga", HOSPITAL, THIRD, PAPER)
    assert third[0].source.cite == "Ciox v. Azar (D.D.C. 2020)"
    assert {fee.audience for fee in third} == {THIRD}
    assert THIRD not in {fee.audience for fee in fees.basis("us-ga", HOSPITAL, OWN, PAPER)}


def test_a_representative_pays_what_the_patient_would() -> None:
    """And the representative of a person who died in Britain pays nothing."""
    assert fees.basis("us-tn", HOSPITAL, Audience.REPRESENTATIVE, PAPER) == fees.basis(
        "us-tn", HOSPITAL, OWN, PAPER
    )
    (free,) = fees.basis("uk-deceased", HOSPITAL, Audience.REPRESENTATIVE, PAPER)
    assert free.kind is FeeKind.FREE


def test_the_kind_of_holder_decides_in_massachusetts() -> None:
    """Physicians have one price, hospitals another, others none recorded."""
    for kind, count in ((CLINIC, 1), (HOSPITAL, 1), (LAB, 0)):
        found = fees.basis("us-ma", kind, OWN, PAPER)
        assert len([fee for fee in found if fee.place == "us-ma"]) == count


def test_a_correction_costs_nothing_where_that_is_recorded() -> None:
    """Australia says so; HIPAA names no fee for it."""
    (free,) = fees.basis("au", CLINIC, OWN, Medium.CORRECTION)
    assert free.kind is FeeKind.FREE
    assert fees.basis("us", CLINIC, OWN, Medium.CORRECTION) == ()


def test_a_school_goes_by_no_fee_rule_of_hipaa() -> None:
    """Nothing is recorded, so nothing is claimed."""
    asked = quote(money("99", Charge.SEARCH))
    assert fees.basis("us-ca", ProviderKind.SCHOOL, OWN, PAPER) == ()
    assert flags("us-ca", asked, ProviderKind.SCHOOL) == set()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (quote(money("1")), set()),
        (quote(money("9", Charge.SEARCH)), {FeeFlag.SEARCH_RETRIEVAL}),
        (quote(money("9", Charge.RETRIEVAL)), {FeeFlag.SEARCH_RETRIEVAL}),
        (quote(money("9", Charge.VERIFICATION)), {FeeFlag.SEARCH_RETRIEVAL}),
        (quote(money("9", Charge.SYSTEM)), {FeeFlag.SEARCH_RETRIEVAL}),
        (quote(money("0", Charge.SEARCH)), set()),
        (quote(money("9", PAGES)), set()),
        (quote(money("9", PAGES), medium=EMAIL), set()),
        (
            quote(money("9", PAGES), medium=EMAIL, electronic_original=True),
            {FeeFlag.PER_PAGE_ELECTRONIC},
        ),
        (quote(money("9"), told_before=False), {FeeFlag.NO_ADVANCE_NOTICE}),
        (quote(money("9", Charge.INSPECTION)), {FeeFlag.FEE_FOR_INSPECTION}),
        (quote(unpaid_bill=True), {FeeFlag.WITHHELD_FOR_UNPAID_BILL}),
        (quote(money("9", Charge.PORTAL), medium=EMAIL), {FeeFlag.PORTAL_FEE}),
        (quote(money("9", Charge.MEDIA), media_chosen=False), {FeeFlag.MEDIA_REQUIRED}),
        (quote(money("9", Charge.MEDIA), media_chosen=True), set()),
        (quote(money("9", Charge.MEDIA)), set()),
        (quote(money("9"), itemised=False), {FeeFlag.NO_ITEMISATION}),
        (quote(money("9"), itemised=False, itemisation_asked=True), {FeeFlag.NO_ITEMISATION}),
        (quote(money("9", currency="EUR")), {FeeFlag.OTHER_CURRENCY}),
        (
            quote(money("9", Charge.SEARCH), money("9", Charge.PORTAL), itemised=False),
            {FeeFlag.SEARCH_RETRIEVAL, FeeFlag.PORTAL_FEE, FeeFlag.NO_ITEMISATION},
        ),
    ],
)
def test_what_hipaa_bars_is_found(asked: Quote, expected: set[FeeFlag]) -> None:
    """Each by its own flag; what nobody knows is not held against them."""
    assert flags("us-oh", asked) == expected


def test_what_hipaa_bars_may_be_asked_of_a_third_party() -> None:
    """The limits on what a patient pays do not hold for it."""
    asked = quote(money("20", Charge.SEARCH), requester=THIRD)
    assert flags("us-oh", asked) == set()


@pytest.mark.parametrize(
    ("place", "asked", "most", "currency"),
    [
        ("us-ca", quote(money("2.51")), "2.50", "USD"),
        ("us-tn", quote(money("30.00")), "27.50", "USD"),
        ("us-tx", quote(money("30.01"), requester=THIRD), "30.00", "USD"),
        ("us-nj", quote(money("60"), pages=500), "50.00", "USD"),
        ("uk", quote(money("10", currency="GBP")), "0", "GBP"),
        ("fr", quote(money("10", currency="EUR"), medium=EMAIL), "0", "EUR"),
        ("ca-on", quote(money("40", currency="CAD")), "30.00", "CAD"),
    ],
)
def test_more_than_the_most_is_found_with_the_amount(
    place: str, asked: Quote, most: str, currency: str
) -> None:
    """The lowest ceiling that has a number, in the currency of the place."""
    (found,) = fees.check(place, HOSPITAL, asked)
    assert found.flag is FeeFlag.OVER_CEILING
    assert (found.ceiling, found.currency) == (Decimal(most), currency)


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        ("us-ca", quote(money("2.50"))),
        ("us-ca", quote(money("2.50", PAGES), money("8", Charge.POSTAGE))),
        ("us-ca", quote(money("10.50"), money("2.50", PAGES), money("8", Charge.POSTAGE))),
        ("us-hipaa", quote(money("400"))),
        ("us-ny", quote(money("7.50"))),
        ("au", quote(money("400", currency="AUD"))),
    ],
)
def test_what_is_within_the_most_or_has_no_number_is_let_be(place: str, asked: Quote) -> None:
    """Postage does not count, and a reasonable amount has no number."""
    assert FeeFlag.OVER_CEILING not in flags(place, asked)


def test_a_condition_counts_only_where_it_is_said_to_hold() -> None:
    """In New York a copy is free for a government benefit, and only for that."""
    (free,) = tariffs.free_if(fees.basis("us-ny", HOSPITAL, OWN, PAPER))
    asked = quote(money("5"), met=(free.condition,))
    (found,) = fees.check("us-ny", HOSPITAL, asked)
    assert (found.flag, found.ceiling) == (FeeFlag.OVER_CEILING, Decimal(0))
    assert "the copy is free" in found.sentence
    assert flags("us-ny", quote(money("5"))) == set()


def test_kentuckys_first_copy_is_free_and_the_next_is_a_dollar_a_page() -> None:
    """Each under its own condition."""
    first, further = (f for f in fees.basis("us-ky", HOSPITAL, OWN, PAPER) if f.place == "us-ky")
    for met, most in ((first.condition, "0"), (further.condition, "10.00")):
        (found,) = fees.check("us-ky", HOSPITAL, quote(money("11"), met=(met,)))
        assert found.ceiling == Decimal(most)


def test_another_currency_is_a_finding_and_never_converted() -> None:
    """And what is asked in it counts toward no ceiling."""
    (found,) = fees.check("us-ca", HOSPITAL, quote(money("900", currency="EUR")))
    assert (found.flag, found.currency, found.ceiling) == (FeeFlag.OTHER_CURRENCY, "USD", None)
    assert "EUR" in found.sentence


def test_an_unknown_place_is_refused() -> None:
    """As everywhere."""
    with pytest.raises(UsageError):
        fees.check("narnia", HOSPITAL, quote())


def test_every_fee_rule_has_a_sentence_with_its_source() -> None:
    """Whom it is for, how much, who says so, how sure, and to check."""
    every = [fee for place in book.builtin().places.values() for fee in place.fees]
    assert len(every) > 30
    for fee in every:
        said = tariffs.sentence(fee)
        assert fee.source.cite in said
        assert said.endswith("check the current text)")
        assert "None" not in said


PAGED = [
    fee
    for place in book.builtin().places.values()
    for fee in place.fees
    if fee.kind is FeeKind.PER_PAGE
]


@given(fee=st.sampled_from(PAGED), pages=st.integers(0, 5000), medium=st.sampled_from(Medium))
def test_a_page_more_never_costs_less(fee: FeeRule, pages: int, medium: Medium) -> None:
    """Ceilings grow with the pages, by no more than the dearest page, and are whole cents."""
    one, more = (tariffs.ceiling(fee, n, medium) for n in (pages, pages + 1))
    assert one is not None
    assert more is not None
    assert Decimal(0) <= more - one <= max(tier.amount for tier in fee.tiers)
    assert one == one.quantize(Decimal("0.01"))
