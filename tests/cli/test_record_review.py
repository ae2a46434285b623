"""A person's word on facts and pages, notes, copies compared, and a fresh copy confirmed."""

from __future__ import annotations

import pytest

from tests.cli.kit import LINES, NOTE, PATIENT, WRONG_BORN, Cli
from tests.ingest.papers import text_pdf
from vault.errors import Exit

RIGHT = "1961-03-07"
BETTER = text_pdf(tuple(line.replace(WRONG_BORN, RIGHT) for line in LINES))


@pytest.fixture
def held(cli: Cli) -> tuple[str, str]:
    """A person's two copies of a note from one provider: the wrong one, and the right one."""
    cli.json("person", "add", PATIENT, "--born", RIGHT)
    provider = cli.text("id", "provider", "add", "Harbor View", "--jurisdiction", "us-tx")
    ids = []
    for name, data in (("old.pdf", NOTE), ("new.pdf", BETTER)):
        (row,) = cli.rows("records", "import", cli.file(name, data), "--provider", provider)
        ids.append(str(row["id"]))
    return ids[0], ids[1]


def suspected(cli: Cli, record: str) -> bool:
    """Whether the birth date of a record is suspected to be wrong."""
    return any(f["check"] == "wrong_dob" for f in cli.rows("flags", "flag", "list", record))


def test_a_fact_is_struck_and_left_out(cli: Cli, held: tuple[str, str]) -> None:
    """The suspicion about it goes; `record show` states it no more, `record facts` as struck."""
    old, _ = held
    assert suspected(cli, old)
    (born,) = [f for f in cli.rows("facts", "record", "facts", old) if f["kind"] == "born"]
    assert born["said"] is None
    assert cli.text("said", "record", "fact", old, str(born["id"]), "strike") == "struck"
    assert not suspected(cli, old)
    assert "born" not in {f["kind"] for f in cli.rows("facts", "record", "show", old)}
    plain = cli.run("record", "facts", old, "--page", "1").out
    assert "struck" in plain
    assert cli.run("record", "fact", old, str(born["id"]), "maybe").code == Exit.USAGE
    cli.json("record", "fact", old, str(born["id"]), "undo")
    assert suspected(cli, old)


def test_notes_and_accepted_pages_are_shown_with_the_record(
    cli: Cli, held: tuple[str, str]
) -> None:
    """`record show` tells of both, as lines and as JSON."""
    old, _ = held
    (note,) = cli.rows("notes", "record", "note", old, "ask about [bold]this", "--page", "1")
    accepted = cli.json("record", "accept", old)
    assert accepted["page_count"] == 1
    shown = cli.json("record", "show", old)
    assert shown["notes"] == [note]
    assert shown["review"] == {k: accepted[k] for k in ("page_count", "accepted")}
    plain = cli.run("record", "show", old).out
    assert "1 of 1 page accepted" in plain
    assert "ask about [bold]this" in plain
    assert cli.rows("accepted", "record", "accept", old, "--page", "1", "--undo") == []
    assert cli.rows("notes", "record", "note", old, "--delete", str(note["id"])) == []
    assert cli.run("record", "note", old).out == "No notes.\n"
    assert cli.run("record", "note", old, "words", "--delete", "note_1").code == Exit.USAGE


def test_two_copies_are_compared_and_linked(cli: Cli, held: tuple[str, str]) -> None:
    """The one figure that differs, with page and words on both sides."""
    old, new = held
    (change,) = cli.rows("changes", "record", "compare", old, new)
    assert change["kind"] == "replaced"
    assert change["sort"] == "content"
    assert isinstance(change["old"], dict)
    assert isinstance(change["new"], dict)
    assert (change["old"]["page"], change["old"]["quote"]) == (1, WRONG_BORN)
    assert (change["new"]["page"], change["new"]["quote"]) == (1, RIGHT)
    plain = cli.run("record", "compare", old, new).out
    assert f"  - {WRONG_BORN}\n  + {RIGHT}\n" in plain
    assert cli.text("older", "record", "older", new, old) == old
    assert cli.json("record", "show", new)["older"] == old
    assert cli.run("record", "older", new, new).code == Exit.USAGE
    assert cli.json("record", "older", new, "--undo")["older"] is None
    assert cli.run("record", "compare", old, old).code == Exit.USAGE


def test_a_fresh_copy_closes_a_correction(cli: Cli, held: tuple[str, str]) -> None:
    """It is compared, the person says `fixed`, and the correction is closed and verified."""
    old, new = held
    flag = cli.text("id", "flag", "add", old, "--quote", WRONG_BORN, "--should", RIGHT)
    cor = cli.text("id", "correction", "new", flag)
    cli.json("correction", "sent", cor, "--on", "2026-01-05", "--by", "fax")
    cli.json("correction", "answer", cor, "accepted", "--on", "2026-01-20")
    assert cli.run("correction", "compare", cor).code == Exit.USAGE
    (shown,) = cli.rows("compared", "correction", "came", cor, new, "--on", "2026-02-01")
    assert (shown["suggestion"], shown["quote"], shown["page"]) == ("fixed", RIGHT, 1)
    assert cli.rows("compared", "correction", "compare", cor) == [shown]
    assert "fixed?" in cli.run("correction", "compare", cor, new).out
    assert cli.run("correction", "confirm", cor, flag, "withdrawn").code == Exit.USAGE
    done = cli.json("correction", "confirm", cor, flag, "fixed", "--on", "2026-02-02")
    assert done["state"] == "closed"
    assert done["items"] == [{"flag": flag, "state": "fixed"}]
    assert done["hl7_code"] == "amendment-completed"


def test_an_import_that_may_be_the_fresh_copy_says_so(cli: Cli, held: tuple[str, str]) -> None:
    """The line names the correction and the command that notes it."""
    old, _ = held
    flag = cli.text("id", "flag", "add", old, "--quote", WRONG_BORN, "--should", RIGHT)
    cor = cli.text("id", "correction", "new", flag)
    cli.json("correction", "sent", cor, "--on", "2026-01-05", "--by", "fax")
    cli.json("correction", "answer", cor, "accepted", "--on", "2026-01-20")
    provider = cli.json("correction", "show", cor)["provider"]
    again = text_pdf((*LINES[:2], f"Date of birth: {RIGHT}", "A fresh copy"))
    path = cli.file("again.pdf", again)
    said = cli.run("import", path, "--provider", str(provider)).out
    assert f"chartmend correction came {cor}" in said
