"""The pages to look at, and the word that one has looked, from the command line."""

from __future__ import annotations

from tests.cli.kit import Cli
from tests.tui.made import scan


def test_a_page_is_listed_until_one_has_looked(cli: Cli) -> None:
    """Both as JSON and as plain lines; undoing lists it again; a page that is not there is none."""
    with cli.session(write=True) as session:
        record = scan(session, "visit.pdf", ["Plan: rest", ""])
    row = {
        "record": record.id,
        "page": 2,
        "verdict": "unread",
        "trust": 88,
        "reasons": ["No words were found."],
    }
    assert cli.rows("pages", "record", "look") == [row]
    plain = cli.run("record", "look").out
    assert "visit.pdf, page 2: could not be read\n  No words were found." in plain
    said = cli.json("record", "looked", record.id, "--page", "2")
    assert said == {"record": record.id, "page": 2, "looked": True}
    assert "No page waits" in cli.run("record", "look").out
    again = cli.run("record", "looked", record.id, "--page", "2", "--undo")
    assert again.out == f"Page 2 of {record.id} is to be looked at still.\n"
    assert cli.rows("pages", "record", "look") == [row]
    assert cli.run("record", "looked", record.id, "--page", "3").code == 64 + 2
