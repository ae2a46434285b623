"""Reading again: turned as a person says, with the corrections that still fit."""

from __future__ import annotations

from tests.cli.kit import LINES, NOTE, Cli
from tests.ingest.papers import picture, saved
from vault.store import pages


def turn_of(cli: Cli, record: str) -> int | None:
    """How the first page is turned to be shown, None where it has no words."""
    with cli.session() as session:
        shown = pages.shown(session.vault.read(), record, 1)
    return shown.reading.turn if shown else None


def test_turned_as_said(cli: Cli) -> None:
    """The turn a person names is the only one tried, is kept, and words follow it."""
    upside_down = saved(picture(LINES, 150).rotate(180), "PNG", dpi=(150, 150))
    (row,) = cli.rows("records", "import", cli.file("scan.png", upside_down))
    record = str(row["id"])
    cli.json("record", "reread", record, "--rotate", "0")
    assert "Amoxicillin" not in cli.run("record", "text", record).out
    again = cli.json("record", "reread", record, "--rotate", "180")
    assert (again["kept"], again["dropped"], again["unplaced"]) == (0, 0, [])
    assert "Amoxicillin 500 mg" in cli.run("record", "text", record).out
    assert turn_of(cli, record) == 180
    with cli.session() as session:
        assert pages.rotations(session.vault.read(), record) == {1: 180}


def test_a_turn_there_is_not(cli: Cli) -> None:
    """A page is turned by quarters; anything else is wrong usage and changes nothing."""
    (row,) = cli.rows("records", "import", cli.file("n.pdf", NOTE))
    done = cli.run("record", "reread", str(row["id"]), "--rotate", "45")
    assert done.code == 2
    assert "90" in done.err
    assert cli.json("record", "show", str(row["id"]))["status"] == "stored"


def test_a_page_with_its_own_text_keeps_it_where_the_turn_is_wrong(cli: Cli) -> None:
    """A wrong turn of a page with a text layer does not lose its words."""
    (row,) = cli.rows("records", "import", cli.file("n.pdf", NOTE))
    cli.json("record", "reread", str(row["id"]), "--rotate", "90")
    assert "Amoxicillin" in cli.run("record", "text", str(row["id"])).out


def test_corrections_are_kept_and_counted(cli: Cli) -> None:
    """What was put right stays put right; the counts say so."""
    (row,) = cli.rows("records", "import", cli.file("n.pdf", NOTE))
    record = str(row["id"])
    change = ("--page", "1", "--quote", "500 mg", "--text", "250 mg")
    cli.json("record", "correct", record, *change)
    again = cli.json("record", "reread", record)
    assert (again["kept"], again["dropped"]) == (1, 0)
    assert "Amoxicillin 250 mg twice" in cli.run("record", "text", record).out
    assert "1 correction of yours kept" in cli.run("record", "reread", record, "--page", "1").out
