"""A ZIP on the command line: one row a file in it, and the ZIP beside them in the list."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from tests.cli.kit import BORN, LINES, NOTE, PATIENT, Cli
from tests.ingest.bundles import entry, listed, locked, overlapping, zipped
from tests.ingest.papers import text_pdf

OTHER = text_pdf(("A second visit",))


def test_one_row_a_file(cli: Cli, tmp_path: Path) -> None:
    """Stored and refused members are rows; the ZIP is listed, shown and written out whole."""
    cli.json("person", "add", PATIENT, "--born", BORN)
    data = zipped({"2024/note.pdf": NOTE, "read me.txt": b"hello", "b.pdf": OTHER})
    rows = cli.rows("records", "import", cli.file("records.zip", data), code=65)
    assert [(row["file"], row["status"], row["kind"], row["pages"]) for row in rows] == [
        ("2024/note.pdf", "stored", "pdf", 1),
        ("read me.txt", "refused", None, 0),
        ("b.pdf", "stored", "pdf", 1),
    ]
    assert rows[0]["flags"] == 1
    held = {str(row["title"]): row for row in cli.rows("records", "record", "list")}
    whole, note = held["records.zip"], held["note.pdf"]
    assert (whole["kind"], whole["status"], whole["pages"]) == ("zip", "stored", 0)
    assert (whole["parent"], note["parent"]) == (None, whole["id"])
    assert note["person"] == whole["person"] is not None
    shown = cli.json("record", "show", str(whole["id"]))
    members = shown["members"]
    assert isinstance(members, list)
    assert [(m["id"], m["member"]) for m in members] == [
        (rows[0]["id"], "2024/note.pdf"),
        (rows[2]["id"], "b.pdf"),
    ]
    assert cli.json("record", "show", str(note["id"]))["member"] == "2024/note.pdf"
    out = tmp_path / "out.zip"
    cli.json("record", "export", str(whole["id"]), "-o", out)
    assert out.read_bytes() == data
    assert LINES[0] in cli.run("record", "text", str(note["id"])).out


def test_plain_words(cli: Cli) -> None:
    """The list says what is a ZIP, a ZIP names its files, a file names its ZIP."""
    done = cli.run("import", cli.file("records.zip", zipped({"2024/note.pdf": NOTE})))
    assert (done.code, done.err) == (0, "")
    assert "2024/note.pdf" in done.out
    held = {str(row["title"]): str(row["id"]) for row in cli.rows("records", "record", "list")}
    assert "records.zip  ZIP" in cli.run("record", "list").out
    shown = cli.run("record", "show", held["records.zip"]).out
    assert "1 file, ZIP" in shown
    assert f"{held['note.pdf']}  2024/note.pdf: 1 page" in shown
    inside = cli.run("record", "show", held["note.pdf"]).out
    assert f"records.zip ({held['records.zip']}) as 2024/note.pdf" in inside
    for command in (("reread", held["records.zip"]), ("page", held["records.zip"], "1", "-o", "x")):
        failed = cli.run("record", *command)
        assert failed.code in (1, 66)
        assert "Traceback" not in failed.err
    assert cli.run("record", "text", held["records.zip"]).code == 0


def test_names_that_would_fool_a_terminal(cli: Cli) -> None:
    """No control code of a member's name is printed, neither plain nor as JSON."""
    names = ("a\x1b]0;owned\x07.pdf", "b\u202efdp.exe", "../../c.pdf", "[red]d[/red].pdf")
    data = listed(*((entry(name), NOTE) for name in names))
    path = cli.file("tricks.zip", data)
    rows = cli.rows("records", "import", path, code=65)
    assert [row["status"] for row in rows] == ["refused", "stored", "refused", "duplicate"]
    done = cli.run("import", path)
    for text in (done.out, done.err, json.dumps(rows, ensure_ascii=False)):
        assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "[red]d[/red].pdf" in done.out


def test_zips_in_a_folder_and_hostile_ones(cli: Cli) -> None:
    """A bomb beside good files costs none of them; it is sealed and said to be one."""
    cli.file("in/a.zip", zipped({"a.pdf": NOTE}))
    cli.file("in/b.zip", overlapping(50, NOTE))
    cli.file("in/c.zip", listed((entry("link.pdf", stat.S_IFLNK | 0o777), b"/etc/passwd")))
    cli.file("in/d.zip", b"just words")
    cli.file("in/e.docx", zipped({"[Content_Types].xml": b"<x/>"}))
    cli.file("in/f.pdf", OTHER)
    rows = cli.rows("records", "import", cli.home / "in", code=65)
    assert [(row["file"], row["status"]) for row in rows] == [
        ("a.pdf", "stored"),
        ("b.zip", "unreadable"),
        ("link.pdf", "refused"),
        ("d.zip", "refused"),
        ("e.docx", "refused"),
        ("f.pdf", "stored"),
    ]
    assert "ZIP bomb" in str(rows[1]["reason"])
    assert "not a ZIP" in str(rows[3]["reason"])
    assert "unknown kind" in str(rows[4]["reason"])
    assert cli.json("verify", "--full")["ok"] is True


def test_a_locked_zip(cli: Cli) -> None:
    """The password of the import opens the ZIP too."""
    path = cli.file("locked.zip", locked("note.pdf", NOTE, "sesame"))
    (row,) = cli.rows("records", "import", path, code=65)
    assert (row["status"], row["reason"]) == ("refused", "it needs a password")
    right = cli.file("right", "sesame\n")
    (row,) = cli.rows("records", "import", path, "--password-file", right)
    assert (row["status"], row["pages"]) == ("stored", 1)


def test_no_plaintext_is_left_on_the_disk(cli: Cli) -> None:
    """Bytes of a member are found in no file of vault, temp or state folder."""
    secret = b"%PDF-1.7 canary-of-a-member " + bytes(range(256)) * 40
    path = cli.file("canary.zip", zipped({"canary-name.pdf": secret}))
    cli.rows("records", "import", path, code=65)
    path.unlink()
    for file in cli.home.rglob("*"):
        if file.is_file():
            held = file.read_bytes()
            assert b"canary-of" not in held, file
            assert b"canary-name" not in held, file
