"""A bar is kept or it is not, and a table says which."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.ocr_rows import Row, at_least, at_most, plain, share, table

NAMES = ["chartmend", "one", "two"]


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (at_most("x", 2.0, [2.0, 9, 9]), True),
        (at_most("x", 2.0, [2.01, 9, 9]), False),
        (at_least("x", 90, [90, 1, 1]), True),
        (at_least("x", 90, [89.9, 1, 1]), False),
        (at_most("x", 0, [0, 1, 1], "count"), True),
        (at_most("x", 0, [1, 0, 0], "count"), False),
        (share("x", 0.5, ("one", 2.0), [1.0, 2.0, 3.0], "s"), True),
        (share("x", 0.5, ("one", 2.0), [1.1, 2.0, 3.0], "s"), False),
    ],
)
def test_a_bar_is_kept_up_to_its_last_point(row: Row, met: bool) -> None:
    """A value at the limit keeps it, one past it does not."""
    assert row.met is met


def test_nothing_is_met_where_nothing_is_known() -> None:
    """Without our value, the other's value or a good measure, no word of met is said."""
    assert at_most("x", 2.0, [None, 1, 1]).met is None
    assert share("x", 0.5, ("one", None), [1.0, None, 3.0], "s").met is None
    assert replace(at_most("x", 2.0, [1.0]), judged=False).met is None
    assert plain("x", [1.0, 2.0, 3.0], "s").met is None


def test_the_best_of_the_others_is_the_least_or_the_most_and_never_ours() -> None:
    """Less is better for errors, more for what was found; a program not run is passed over."""
    assert at_most("x", 1, [0.5, None, 3.0]).best(NAMES) == "3.00 % two"
    assert at_least("x", 1, [99.0, 5.0, 3.0]).best(NAMES) == "5.00 % one"
    assert at_most("x", 1, [0.5, None, None]).best(NAMES) == "–"


def test_a_table_shows_figure_bar_ours_verdict_and_the_others() -> None:
    """One line for each row, each with all columns."""
    rows = [
        at_most("errors", 2, [3.0, 4.0, 5.0]),
        share("time", 0.5, ("two", 4.0), [1.0, 2.0, 4.0], "s"),
    ]
    lines = table(rows, NAMES)
    assert lines[2] == "| errors | ≤ 2.00 % | 3.00 % | **not met** | 4.00 % one | 4.00 % | 5.00 % |"
    assert lines[3] == "| time | ≤ 0.5× two | 1.000 (0.25×) | met | 2.000 one | 2.000 | 4.000 |"
