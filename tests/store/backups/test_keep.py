"""The keep rule: a few of the last, then thinner the further back."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from vault.store.backups.keep import DEFAULT, Keep, kept

START = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
MOMENTS = st.dictionaries(
    st.text("0123456789abcdef", min_size=8, max_size=8),
    st.integers(0, 800 * 24).map(lambda hours: START + dt.timedelta(hours=hours)),
    max_size=60,
)
RULES = st.builds(Keep, *[st.integers(0, 12)] * 4)


def test_two_years_of_daily_backups() -> None:
    """What is kept by default: seven days, four weeks and twelve months, and nothing twice."""
    moments = {f"{day:03}": START + dt.timedelta(days=day) for day in range(730)}
    found = sorted(kept(moments, DEFAULT))
    assert found[-7:] == [f"{day:03}" for day in range(723, 730)]
    months = {moments[name].strftime("%Y-%m") for name in found}
    assert len(months) == 12
    assert len(found) <= 3 + 7 + 4 + 12


def test_several_on_one_day() -> None:
    """The last three stay whatever their day; before them only the newest of a day does."""
    moments = {f"{hour:02}": START + dt.timedelta(hours=hour) for hour in range(-40, 10)}
    found = kept(moments, Keep(last=3, daily=2, weekly=0, monthly=0))
    assert found == {"07", "08", "09", "-13"}


@given(MOMENTS, RULES)
def test_the_newest_is_kept_and_never_more_than_the_rule_says(
    moments: dict[str, dt.datetime], rule: Keep
) -> None:
    """Any rule keeps at most the sum of its numbers, and with any of them the newest."""
    found = kept(moments, rule)
    numbers = (rule.last, rule.daily, rule.weekly, rule.monthly)
    assert found <= set(moments)
    assert len(found) <= sum(numbers)
    if moments and any(numbers):
        assert max(moments, key=lambda name: (moments[name], name)) in found


@given(MOMENTS, RULES)
def test_applying_it_again_removes_nothing(moments: dict[str, dt.datetime], rule: Keep) -> None:
    """What a rule has left, it leaves."""
    once = kept(moments, rule)
    assert kept({name: moments[name] for name in once}, rule) == once
