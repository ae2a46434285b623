"""Tests of how every letter prints days and foreign text."""

from __future__ import annotations

import datetime as dt

from vault.letters import compose


def test_a_day_can_be_read_one_way_only() -> None:
    """Dates are written out with the month's name."""
    assert compose.written_out(dt.date(1961, 3, 4)) == "4 March 1961"
    assert compose.written_out(dt.date(2026, 12, 1)) == "1 December 2026"


def test_a_right_to_left_name_is_isolated_and_others_are_left_alone() -> None:
    """Only text that could reorder its line gets isolates."""
    assert compose.inline("שרה כהן") == "\u2068שרה כהן\u2069"
    assert compose.inline("Zofia Łęcka") == "Zofia Łęcka"
