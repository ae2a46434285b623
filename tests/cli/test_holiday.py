"""Days off by command: what a person changes counts at once, where it was changed."""

from __future__ import annotations

import pytest

from tests.cli.kit import Cli


def due(cli: Cli, place: str, kind: str = "other") -> dict[str, object]:
    """What a request to a provider of that place is owed by, arrived on 25 November 2026."""
    provider = cli.text("id", "provider", "add", "Elm", "--jurisdiction", place, "--kind", kind)
    request = cli.text("id", "request", "new", "--provider", provider)
    how = ("--on", "2026-11-20", "--by", "fax", "--arrived", "2026-11-20")
    cli.json("request", "sent", request, *how)
    return cli.json("request", "show", request)


@pytest.fixture
def peopled(cli: Cli) -> Cli:
    """A vault with a person in it."""
    cli.json("person", "add", "Maren Oldfield", "--born", "1961-03-07")
    return cli


def days(cli: Cli, place: str, year: str = "2026") -> dict[str, object]:
    """The days off of a place, and where each comes from."""
    rows = cli.rows("days", "holiday", "list", place, "--year", year)
    return {str(row["on"]): row["source"] for row in rows}


def test_a_day_off_is_added_and_counts_at_once(peopled: Cli) -> None:
    """Ten business days in Tennessee end a day later; taken out again, they end where they did."""
    before = due(peopled, "us-tn")["due"]
    assert before == "2026-12-07"
    made = peopled.json("holiday", "add", "us-tn", "2026-11-27", "a closing")
    assert made == {"on": "2026-11-27", "name": "a closing", "source": "added", "place": "us-tn"}
    assert due(peopled, "us-tn")["due"] == "2026-12-08"
    assert due(peopled, "us-wa")["due"] == due(peopled, "us-tx-ehr")["due"] == "2026-12-14"
    assert days(peopled, "us-tn")["2026-11-27"] == "added"
    assert "2026-11-27" not in days(peopled, "us-wa")
    peopled.json("holiday", "remove", "us-tn", "2026-11-27")
    assert due(peopled, "us-tn")["due"] == before


def test_a_known_holiday_is_taken_out_and_put_back(peopled: Cli) -> None:
    """Thanksgiving worked in all of the country, or in one state."""
    peopled.json("holiday", "remove", "us", "2026-11-26")
    assert days(peopled, "us-tn")["2026-11-26"] == "removed"
    assert due(peopled, "us-tn")["due"] == "2026-12-04"
    peopled.json("holiday", "add", "us", "2026-11-26")
    assert days(peopled, "us-tn")["2026-11-26"] == "known"
    assert due(peopled, "us-tn")["due"] == "2026-12-07"


def test_a_set_of_holidays_can_be_named_itself(peopled: Cli) -> None:
    """The federal set, or a country's."""
    peopled.json("holiday", "add", "us-federal", "2026-11-27")
    assert due(peopled, "us-tn")["due"] == "2026-12-08"
    assert days(peopled, "de", "2026")["2026-10-03"] == "known"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "us-tn", "2026-12-25"), 1),
        (("add", "us-tn", "2026-11-28"), 1),
        (("remove", "us-tn", "2026-11-28"), 1),
        (("remove", "us-tn", "2026-11-24"), 66),
        (("add", "narnia", "2026-11-24"), 2),
        (("add", "us-tn", "24 November"), 2),
        (("list", "narnia"), 2),
    ],
)
def test_a_change_that_changes_nothing_is_refused(
    cli: Cli, words: tuple[str, ...], code: int
) -> None:
    """With the reason: a holiday already, a weekend, a working day, no such place, no date."""
    done = cli.run("holiday", *words)
    assert done.code == code
    assert done.err.startswith("chartmend: ")
