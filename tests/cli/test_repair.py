"""Deleting, checking and mending from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.kit import NOTE, Cli
from tests.store.helpers import flip

TRASHED = {"id", "title", "deleted_on", "gone_on", "members"}


def _original(cli: Cli) -> Path:
    (path,) = (cli.folder / "originals").glob("??/*")
    return path


def test_trash_and_back(cli: Cli) -> None:
    """Deleted, listed, restored; each answer has its fields, and plain lines say how to undo."""
    (row,) = cli.rows("records", "import", cli.file("note.pdf", NOTE))
    id_ = str(row["id"])
    shown = cli.json("record", "show", id_)
    gone = cli.json("record", "delete", id_)
    assert set(gone) == TRASHED
    assert gone["id"] == id_
    assert cli.rows("records", "record", "list") == []
    assert cli.rows("records", "record", "trash") == [gone]
    assert f"until {gone['gone_on']}" in cli.run("record", "trash").out
    assert cli.run("record", "show", id_).code == 66
    assert cli.json("search", "Practice")["total"] == 0
    (back,) = cli.rows("records", "record", "restore", id_[:9])
    assert back["id"] == id_
    assert cli.json("record", "show", id_) == shown
    assert cli.run("record", "trash").out == "The trash is empty.\n"
    assert cli.run("record", "restore", id_).code == 66
    assert f"chartmend record restore {id_}" in cli.run("record", "delete", id_).out
    again = cli.run("import", cli.home / "note.pdf")
    assert "it was in the trash and is back as it was" in again.out
    assert cli.json("record", "show", id_) == shown


def test_a_damaged_original_is_healed_by_importing_it_again(cli: Cli) -> None:
    """Repair puts it aside and says what helps; the same file again makes the vault whole."""
    path = cli.file("note.pdf", NOTE)
    (row,) = cli.rows("records", "import", path)
    id_ = str(row["id"])
    text = cli.run("record", "text", id_).out
    flip(_original(cli), 200)
    assert cli.json("verify", "--full", code=1)["ok"] is False
    done = cli.json("repair", code=1)
    assert set(done) == {"ok", "done", "problems"}
    assert done["ok"] is False
    listed = cli.json("record", "show", id_)
    assert listed["status"] == "unreadable"
    assert "import the file again" in str(listed["reason"])
    assert cli.run("record", "text", id_).out == text
    (healed,) = cli.rows("records", "import", path)
    assert (healed["id"], healed["status"]) == (id_, "stored")
    out = cli.home / "out.pdf"
    assert cli.run("record", "export", id_, "-o", out).code == 0
    assert out.read_bytes() == NOTE
    found = cli.json("verify", "--full")
    assert found["ok"] is True
    assert "damaged; it is kept here" in str(found["notes"])
    assert cli.json("repair") == {"ok": True, "done": [], "problems": []}
    assert cli.run("repair").out == "There was nothing to mend.\nThe vault is whole.\n"


def test_a_vault_rolled_back_is_accepted_in_words(cli: Cli) -> None:
    """Without --accept it is refused with 76 and left; with it what is missing is told first."""
    older = cli.home / "older"
    shutil.copytree(cli.folder, older)
    cli.rows("records", "import", cli.file("note.pdf", NOTE))
    shutil.rmtree(cli.folder)
    older.rename(cli.folder)
    refused = cli.run("repair")
    assert refused.code == 76
    assert cli.run("record", "list").code == 76
    done = cli.run("repair", "--accept")
    assert done.code == 0, done.err
    assert "missing" in done.err
    assert "A backup may still have it" in done.err
    assert cli.json("verify", "--full")["ok"] is True
    assert cli.rows("records", "record", "list") == []
