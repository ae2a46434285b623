"""Requests come back from the vault as they went in, with items, details and where they stand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from vault.model.requests import Detail, FeeLine
from vault.store import details

_text = st.text(max_size=20)
_ids = st.lists(_text, max_size=3).map(tuple)
_money = st.decimals(0, 9999, places=2)
_details = st.builds(
    Detail,
    until=st.none() | st.dates(),
    lawful=st.none() | st.booleans(),
    reason=_text,
    amount=st.none() | _money,
    currency=st.sampled_from(["", "USD", "GBP"]),
    lines=st.lists(
        st.builds(FeeLine, what=_text, amount=_money, pages=st.none() | st.integers(0, 999)),
        max_size=3,
    ).map(tuple),
    items=_ids,
    gaps=_ids,
    enclosures=_ids,
    pages=st.none() | st.integers(0, 9999),
)


@given(_details)
def test_a_detail_comes_back_as_it_went_in(detail: Detail) -> None:
    """Days, money, lines and lists, whatever they say."""
    assert details.from_json(details.to_json(detail)) == detail


def test_a_detail_that_says_nothing_is_empty() -> None:
    """Only what is set is written, keys in order."""
    assert details.to_json(Detail()) == "{}"
    told = Detail(until=dt.date(2026, 3, 1), amount=Decimal("6.50"), currency="USD")
    assert details.to_json(told) == '{"amount":"6.50","currency":"USD","until":"2026-03-01"}'
