"""The money of a request adds up, and each quote is held against the law of its place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.actions.asked import asked, happens, lines, money
from vault.actions import requests
from vault.actions.asking import fees
from vault.actions.asking.events import Told
from vault.actions.asking.fees import FeeTotals
from vault.actions.requests import Wanted
from vault.actions.session import Session
from vault.law import charges
from vault.law.fees import Charge
from vault.law.rows import Medium
from vault.model.asking_letters import LetterKind
from vault.model.requests import Detail, RequestEvent

E = RequestEvent


def flags(s: Session, request: str) -> list[str]:
    """What speaks against the last quote."""
    return [f.flag for f in fees.get(s, request).entries[-1].findings]


@pytest.mark.parametrize(
    ("words", "charge"),
    [
        ("Search fee", Charge.SEARCH),
        ("retrieval from storage", Charge.RETRIEVAL),
        ("off-site retrieval", Charge.RETRIEVAL),
        ("25 pages", Charge.PER_PAGE),
        ("copies per page", Charge.PER_PAGE),
        ("Postage and handling", Charge.POSTAGE),
        ("certification", Charge.CERTIFICATION),
        ("CD", Charge.MEDIA),
        ("administrative fee", Charge.FLAT),
        ("copying", Charge.COPYING),
        ("viewing the chart", Charge.INSPECTION),
        ("portal access", Charge.PORTAL),
        ("paper", Charge.SUPPLIES),
        ("miscellaneous", Charge.OTHER),
        ("search: handling", Charge.SEARCH),
        ("per page: basic", Charge.PER_PAGE),
        ("note: postage", Charge.POSTAGE),
        ("", Charge.OTHER),
    ],
)
def test_the_words_of_a_line_say_what_it_is_for(words: str, charge: Charge) -> None:
    """Plain rules read them; the name of a charge before a colon overrules."""
    assert charges.charge(words) is charge


@given(st.text(max_size=60))
def test_any_words_are_for_something(words: str) -> None:
    """No words fail, and a named charge always wins."""
    assert charges.charge(words) in Charge
    assert charges.medium(words) in Medium
    assert charges.charge(f"search: {words}") is Charge.SEARCH


@pytest.mark.parametrize(
    ("words", "medium"),
    [
        ("paper", Medium.PAPER),
        ("PDF by e-mail", Medium.ELECTRONIC),
        ("on a CD", Medium.ELECTRONIC),
        ("microfilm", Medium.MICROFILM),
        ("", Medium.ANY),
    ],
)
def test_the_words_of_a_medium(words: str, medium: Medium) -> None:
    """Paper, electronic or not said."""
    assert charges.medium(words) is medium


def test_the_whole_life_of_a_fee(vault: Session) -> None:
    """Quoted, disputed, quoted lower, paid, receipted, partly given back: each sum is right."""
    id_ = asked(vault)
    happens(vault, id_, E.FEE_QUOTED, 5, money("60.00", medium="paper", pages=25))
    (row,) = fees.get(vault, id_).totals
    assert row == FeeTotals("USD", Decimal("60.00"), open=Decimal("60.00"))
    assert "over_ceiling" in flags(vault, id_)
    assert fees.get(vault, id_).letters == (LetterKind.FEE_DISPUTE, LetterKind.ITEMISATION)
    happens(vault, id_, E.FEE_DISPUTED, 6)
    happens(vault, id_, E.FEE_QUOTED, 9, lines(("25 pages", "30.00"), medium="paper", pages=25))
    assert flags(vault, id_) == []
    assert fees.get(vault, id_).letters == ()
    happens(vault, id_, E.FEE_PAID, 10, money("30.00"))
    held = fees.get(vault, id_)
    assert held.totals[0].open == 0
    assert held.no_receipt == (held.entries[-1].event.seq,)
    happens(vault, id_, E.FEE_RECEIPT, 11, Detail(number="R-1"))
    happens(vault, id_, E.FEE_REFUNDED, 20, money("5.00"))
    held = fees.get(vault, id_)
    assert held.no_receipt == ()
    assert held.totals[0].cost == Decimal("25.00")
    assert held.totals[0].asked == Decimal("30.00")


def test_two_bills_count_side_by_side_and_one_told_twice_does_not(vault: Session) -> None:
    """Numbers of their own make two bills; the same number, or none, is the same bill."""
    id_ = asked(vault)
    happens(vault, id_, E.FEE_QUOTED, 5, money("10.00", number="A"))
    happens(vault, id_, E.FEE_QUOTED, 6, money("7.00", number="B"))
    happens(vault, id_, E.FEE_ITEMISED, 7, lines(("copying", "9.00"), number="A"))
    assert fees.get(vault, id_).totals[0].asked == Decimal("16.00")
    happens(vault, id_, E.FEE_PAID, 8, money("9.00", number="A"))
    happens(vault, id_, E.FEE_PAID, 8, money("7.00", number="B"))
    happens(vault, id_, E.FEE_RECEIPT, 9, Detail(number="B"))
    held = fees.get(vault, id_)
    assert [e.event.detail.number for e in held.entries if e.event.seq in held.no_receipt] == ["A"]


@pytest.mark.parametrize(
    ("detail", "wrong"),
    [
        (lines(("search", "15.00"), ("copying", "5.00")), "search_retrieval"),
        (lines(("25 pages", "9.00"), medium="electronic from electronic"), "per_page_electronic"),
        (lines(("portal access", "5.00")), "portal_fee"),
        (lines(("copying", "9.00"), reason="unpaid-bill"), "withheld_for_unpaid_bill"),
        (money("9.00"), "no_itemisation"),
    ],
)
def test_what_hipaa_bars_is_found(vault: Session, detail: Detail, wrong: str) -> None:
    """Each with a citation, how sure that is, and the reminder to check."""
    id_ = asked(vault, "us")
    happens(vault, id_, E.FEE_QUOTED, 5, detail)
    (found,) = fees.get(vault, id_).entries[-1].findings
    assert found.flag == wrong
    assert found.cite
    assert found.confidence in ("high", "med")
    assert found.text.endswith("check the current text)")


def test_a_price_that_hangs_on_pages_is_not_judged_without_them(vault: Session) -> None:
    """Nobody knows how many pages: no ceiling that counts them is said to be broken."""
    id_ = asked(vault, "us-tn")
    detail = lines(("copying", "900.00"), medium="paper")
    happens(vault, id_, E.FEE_QUOTED, 5, detail)
    assert flags(vault, id_) == []
    free = asked(vault, "uk")
    happens(vault, free, E.FEE_QUOTED, 5, detail)
    assert flags(vault, free) == ["over_ceiling"]


def test_a_third_party_pays_by_its_own_rules(vault: Session) -> None:
    """What a patient is not charged for may be charged to somebody else."""
    id_ = asked(vault, "us-tx", Wanted(third_party=("Dr. Ona Pell", "1 High Street")))
    happens(vault, id_, E.FEE_QUOTED, 5, lines(("search", "15.00")))
    assert fees.get(vault, id_).requester == "third_party"
    assert flags(vault, id_) == []


def test_a_fee_for_looking_is_found_whatever_it_is_called(vault: Session) -> None:
    """Looking at the record costs nothing where HIPAA binds."""
    id_ = asked(vault, "us", Wanted(inspect=True))
    happens(vault, id_, E.FEE_QUOTED, 5, money("10.00"))
    assert "fee_for_inspection" in flags(vault, id_)


def test_a_fee_above_ones_own_limit_is_told(vault: Session) -> None:
    """The limit is the person's own: no law is named, and no letter follows from it alone."""
    id_ = asked(vault, "us", Wanted(fee_limit=Decimal("5.00"), currency="USD"))
    happens(vault, id_, E.FEE_QUOTED, 5, lines(("copying", "6.50")))
    (found,) = fees.get(vault, id_).entries[-1].findings
    assert (found.flag, found.cite, found.ceiling) == ("over_limit", "", Decimal("5.00"))
    assert fees.get(vault, id_).letters == ()


def test_another_currency_is_told_and_never_converted(vault: Session) -> None:
    """It is a finding; its sum stands apart, and is not compared with a limit in another one."""
    id_ = asked(vault, "us", Wanted(fee_limit=Decimal("5.00"), currency="USD"))
    happens(vault, id_, E.FEE_QUOTED, 5, lines(("copying", "6.00"), currency="EUR"))
    happens(vault, id_, E.FEE_PAID, 6, money("2.00"))
    held = fees.get(vault, id_)
    assert {f.flag for f in held.entries[0].findings} == {"other_currency"}
    assert "not compared" in held.entries[0].findings[-1].text
    assert [(t.currency, t.asked, t.paid) for t in held.totals] == [
        ("EUR", Decimal("6.00"), 0),
        ("USD", 0, Decimal("2.00")),
    ]


def test_a_bill_that_comes_with_the_records_was_not_named_before(vault: Session) -> None:
    """They have to say beforehand about what it will cost."""
    id_ = asked(vault, "us")
    happens(vault, id_, E.RECEIVED, 9)
    happens(vault, id_, E.FEE_QUOTED, 12, lines(("copying", "6.00")))
    assert flags(vault, id_) == ["no_advance_notice"]


def test_an_event_put_right_counts_once(vault: Session) -> None:
    """The amount that was told wrong first is not in the totals."""
    id_ = asked(vault)
    view = happens(vault, id_, E.FEE_PAID, 5, money("100.00"))
    wrong = view.request.events[-1].seq
    fees_before = fees.get(vault, id_).totals[0].paid
    from_words = money("10.00")
    told = Told(E.FEE_PAID, view.request.events[-1].on, detail=from_words, replaces=wrong)
    requests.log(vault, id_, told)
    assert fees_before == 100
    assert fees.get(vault, id_).totals[0].paid == 10


def test_totals_over_requests_are_kept_by_currency(vault: Session) -> None:
    """Nothing leaks from one currency into another; requests without money are not listed."""
    for place, amount in (("us", "10.00"), ("uk", "4.00"), ("us", "2.50")):
        happens(vault, asked(vault, place), E.FEE_PAID, 3, money(amount))
    asked(vault)
    found = fees.every(vault)
    assert len(found) == 3
    assert {t.currency: t.paid for t in fees.together(found)} == {
        "GBP": Decimal("4.00"),
        "USD": Decimal("12.50"),
    }
