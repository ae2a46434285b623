"""How a record came is kept with it, shown, and can be said later."""

from __future__ import annotations

from tests.cli.kit import NOTE, Cli
from tests.ingest.bundles import zipped


def test_said_at_the_import_and_after(cli: Cli) -> None:
    """Medium, scanner and shelf stand in the record; what is not said again stays."""
    path = cli.file("a.pdf", NOTE)
    told = ("--medium", "paper", "--scanned-by", "Ida  Oldfield\x1b", "--shelf", "Box 3/17")
    (row,) = cli.rows("records", "import", path, *told)
    shown = cli.json("record", "show", str(row["id"]))
    held = (shown["medium"], shown["scanned_by"], shown["shelf"])
    assert held == ("paper", "Ida Oldfield", "Box 3/17")
    plain = cli.run("record", "show", str(row["id"])).out
    assert "came by paper, scanned by Ida Oldfield, shelf Box 3/17" in plain
    then = cli.json("record", "assign", str(row["id"]), "--shelf", "Box 4")
    assert (then["medium"], then["shelf"]) == ("paper", "Box 4")


def test_the_same_file_again_adds_what_was_not_known(cli: Cli) -> None:
    """A second import of a file says how it came; nothing said before is lost."""
    path = cli.file("a.pdf", NOTE)
    (row,) = cli.rows("records", "import", path, "--shelf", "7")
    cli.rows("records", "import", path, "--medium", "fax")
    shown = cli.json("record", "show", str(row["id"]))
    assert (shown["medium"], shown["shelf"]) == ("fax", "7")


def test_the_files_of_a_zip_follow_it(cli: Cli) -> None:
    """What is said of a ZIP is said of its files, at the import and later."""
    path = cli.file("a.zip", zipped({"one.pdf": NOTE}))
    (row,) = cli.rows("records", "import", path, "--medium", "cd", "--shelf", "D1")
    member = cli.json("record", "show", str(row["id"]))
    assert (member["medium"], member["shelf"]) == ("cd", "D1")
    cli.json("record", "assign", str(member["parent"]), "--shelf", "D2")
    assert cli.json("record", "show", str(row["id"]))["shelf"] == "D2"


def test_a_medium_there_is_not(cli: Cli) -> None:
    """A word nobody knows is wrong usage, and the media there are are named."""
    done = cli.run("import", cli.file("a.pdf", NOTE), "--medium", "pigeon")
    assert done.code == 2
    assert "paper fax cd" in done.err
