"""Places by command: what a person adds counts at once, and nothing wrong is kept."""

from __future__ import annotations

import pytest

from tests.cli.kit import Cli

PLACE = """[[jurisdiction]]
id = "us-ar"
name = "Arkansas"
overlay = "us-hipaa"
access = { days = 12, cite = "Ark. Code 1", verified = "unverified", confidence = "low" }
"""
OWN = PLACE.replace("us-ar", "xx").replace("Arkansas", "Xland")


def ids(cli: Cli, key: str = "places") -> set[str]:
    """The ids of the places there are."""
    return {str(row["id"]) for row in cli.rows(key, "place", "list")}


def test_an_added_place_is_listed_shown_and_removed(cli: Cli) -> None:
    """Its name is the file's; what it replaces of the program's is said aloud."""
    before = ids(cli)
    done = cli.json("place", "add", cli.file("mine.toml", PLACE + OWN + OWN_CALIFORNIA))
    assert done == {"name": "mine", "places": ["us-ar", "xx"], "replaced": ["us-ca"]}
    assert ids(cli) == before | {"us-ar", "xx"}
    (file,) = cli.rows("files", "place", "list")
    assert file == {"name": "mine", "places": ["us-ar", "us-ca", "xx"], "problem": None}
    shown = cli.json("place", "show", "us-ar", "--kind", "hospital")
    assert (shown["file"], shown["name"]) == ("mine", "Arkansas")
    (rule, hipaa) = [r for r in objects(shown["rules"]) if r["right"] == "access"]
    assert (rule["days"], rule["cite"], rule["confidence"]) == (12, "Ark. Code 1", "low")
    assert hipaa["id"] == "us-hipaa"
    assert cli.json("place", "remove", "mine") == {"ok": True, "removed": "mine"}
    assert ids(cli) == before


OWN_CALIFORNIA = """
[[jurisdiction]]
id = "us-ca"
name = "California"
access = { days = 10, cite = "Cal. X", verified = "summary", confidence = "med" }
"""


def objects(value: object) -> list[dict[str, object]]:
    """The value as the list of objects it must be."""
    assert isinstance(value, list)
    return value


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


def test_an_added_place_counts_for_a_provider(peopled: Cli) -> None:
    """A provider can be put there, and its deadline goes by the file; the file then stays."""
    peopled.json("place", "add", peopled.file("mine.toml", OWN), "--name", "My places")
    found = due(peopled, "xx")
    assert (found["due"], found["rule"], found["cite"]) == ("2026-12-02", "xx", "Ark. Code 1")
    plain = peopled.run("due").out
    assert "Ark. Code 1; confidence low; check the current text)" in plain
    refused = peopled.run("place", "remove", "My places")
    assert (refused.code, "Elm goes by a place of this file" in refused.err) == (1, True)
    assert peopled.json("request", "list")["requests"]


def test_a_file_of_the_same_name_takes_the_place_of_the_other(peopled: Cli) -> None:
    """And counts at once."""
    for days, on in (("12", "2026-12-02"), ("20", "2026-12-10")):
        text = OWN.replace("days = 12", f"days = {days}")
        peopled.json("place", "add", peopled.file("mine.toml", text))
        assert due(peopled, "xx")["due"] == on
    assert len(peopled.rows("files", "place", "list")) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (OWN.replace("12", "0"), "line 5: xx: access.days has to be a whole number of days"),
        (OWN.replace("us-hipaa", "us-zz"), "line 4: xx: overlay names a place that is not there"),
        ("[[jurisdiction]\n", "line 1: this is no TOML"),
        (OWN.replace("unverified", "rumour"), "line 5: xx: access.verified has to be one of"),
    ],
)
def test_a_file_with_an_error_is_refused_with_its_line(cli: Cli, text: str, line: str) -> None:
    """Nothing of it is kept."""
    done = cli.run("place", "add", cli.file("bad.toml", text))
    assert done.code == 65
    assert done.err.startswith(f"chartmend: {line}")
    assert "nothing was changed" in done.err
    assert cli.rows("files", "place", "list") == []


def test_what_is_not_there_is_said(cli: Cli) -> None:
    """A file, a name, a place, and a name that cannot be kept."""
    assert cli.run("place", "add", "/nowhere/at/all.toml").code == 66
    assert cli.run("place", "remove", "mine").code == 66
    assert cli.run("place", "show", "narnia").code == 2
    assert cli.run("place", "add", cli.file("a.toml", OWN), "--name", "a/b").code == 2


def test_a_later_file_keeps_the_one_it_builds_on(cli: Cli) -> None:
    """The first cannot go while the second needs it."""
    child = OWN.replace('id = "xx"', 'id = "xx-y"').replace("us-hipaa", "xx")
    cli.json("place", "add", cli.file("one.toml", OWN))
    cli.json("place", "add", cli.file("two.toml", child))
    assert cli.run("place", "remove", "one").code == 1
    cli.json("place", "remove", "two")
    cli.json("place", "remove", "one")


def test_every_line_on_a_rule_ends_with_its_source(cli: Cli) -> None:
    """Citation, confidence, and to check the current text; and that it is no legal advice."""
    for place in ("us-tx", "us-ca", "uk", "ca-on", "au-vic", "nz"):
        first, *lines, last = cli.run("place", "show", place, "--kind", "hospital").out.splitlines()
        assert first.startswith(f"{place}: ")
        assert last.startswith("No legal advice")
        assert [line for line in lines if not line.endswith("; check the current text)")] == []


def test_the_vault_is_whole_afterwards(cli: Cli) -> None:
    """Files and days added, changed and removed leave every row accounted for."""
    cli.json("place", "add", cli.file("mine.toml", OWN))
    cli.json("place", "add", cli.file("mine.toml", PLACE))
    cli.json("holiday", "add", "us", "2026-11-27")
    cli.json("holiday", "remove", "us", "2026-11-27")
    cli.json("place", "remove", "mine")
    assert cli.json("verify", "--full")["ok"] is True
