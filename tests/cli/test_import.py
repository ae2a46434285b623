"""What becomes of every kind of file an import meets; the rest of the folder is always done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.kit import BORN, LINES, NOTE, PATIENT, Cli, locked_pdf, obey_permissions, scan_pdf
from tests.ingest.papers import text_pdf
from tests.ingest.test_heic import photo


def test_one_folder_of_everything(cli: Cli) -> None:
    """Good files are stored, foreign and empty ones refused, damaged and locked ones sealed."""
    cli.file("in/a.pdf", NOTE)
    cli.file("in/b.pdf", "This is plain text, whatever its name says.\n" * 20)
    cli.file("in/c.pdf", b"")
    cli.file("in/d.pdf", locked_pdf("sesame"))
    cli.file("in/e.pdf", NOTE[:300])
    cli.file("in/f.txt", "a note to oneself")
    cli.file("in/g-copy-of-a.pdf", NOTE)
    cli.file("in/.hidden.pdf", NOTE)
    rows = cli.rows("records", "import", cli.home / "in", code=65)
    assert [(row["file"], row["status"]) for row in rows] == [
        ("a.pdf", "stored"),
        ("b.pdf", "refused"),
        ("c.pdf", "refused"),
        ("d.pdf", "unreadable"),
        ("e.pdf", "unreadable"),
        ("f.txt", "refused"),
        ("g-copy-of-a.pdf", "duplicate"),
    ]
    by_name = {str(row["file"]): row for row in rows}
    assert by_name["g-copy-of-a.pdf"]["id"] == by_name["a.pdf"]["id"]
    assert by_name["a.pdf"]["pages"] == 1
    for name, row in by_name.items():
        assert bool(row["reason"]) == (row["status"] in ("refused", "unreadable")), name
        assert (row["id"] is None) == (row["status"] == "refused"), name
    assert "not a PDF" in str(by_name["b.pdf"]["reason"])
    assert "empty" in str(by_name["c.pdf"]["reason"])
    assert "password" in str(by_name["d.pdf"]["reason"])
    assert len(cli.rows("records", "record", "list")) == 3
    plain = cli.run("import", cli.home / "in")
    assert plain.code == 65
    assert "duplicate" in plain.out
    assert plain.err == ""


def test_one_name_that_is_not_there(cli: Cli) -> None:
    """It is a row of its own; what is there is taken in."""
    rows = cli.rows("records", "import", cli.home / "gone.pdf", cli.file("n.pdf", NOTE), code=65)
    assert [row["status"] for row in rows] == ["refused", "stored"]
    assert rows[0]["reason"] == "there is no such file"


def test_a_sealed_but_unreadable_file_comes_out_whole(cli: Cli, tmp_path: Path) -> None:
    """What could not be read is kept byte for byte; a picture of it is refused with the reason."""
    data = locked_pdf("sesame")
    (row,) = cli.rows("records", "import", cli.file("locked.pdf", data), code=65)
    out = tmp_path / "out.pdf"
    cli.json("record", "export", str(row["id"]), "-o", out)
    assert out.read_bytes() == data
    drawn = cli.run("record", "page", str(row["id"]), "1", "-o", tmp_path / "page.png")
    assert drawn.code in (1, 66)
    assert not (tmp_path / "page.png").exists()


def test_a_locked_pdf_with_its_password(cli: Cli, tmp_path: Path) -> None:
    """Given the password in a file it is read; a wrong one leaves it unreadable."""
    path = cli.file("locked.pdf", locked_pdf("sesame"))
    wrong, right = cli.file("wrong", "open\n"), cli.file("right", "sesame\n")
    (first,) = cli.rows("records", "import", path, "--password-file", wrong, code=65)
    assert first["status"] == "unreadable"
    (then,) = cli.rows("records", "import", path, "--password-file", right)
    assert (then["id"], then["status"], then["pages"]) == (first["id"], "stored", 1)
    assert PATIENT in cli.run("record", "text", str(first["id"])).out
    # The vault keeps the password, so that pages can be drawn and read again later.
    picture = tmp_path / "page.png"
    assert cli.run("record", "page", str(first["id"]), "1", "-o", picture).code == 0
    assert picture.exists()
    assert cli.run("record", "reread", str(first["id"])).code == 0


def test_reading_again(cli: Cli) -> None:
    """A locked record is read later by `record reread`; without the password it stays unread."""
    path = cli.file("locked.pdf", locked_pdf("sesame"))
    (row,) = cli.rows("records", "import", path, code=65)
    again = cli.run("record", "reread", str(row["id"]))
    assert again.code == 65
    assert "password" in again.err
    right = cli.file("right", "sesame\n")
    read = cli.json("record", "reread", str(row["id"]), "--password-file", right)
    assert (read["status"], read["pages"], read["reason"]) == ("stored", 1, None)


def test_the_same_file_again(cli: Cli) -> None:
    """A file already stored is a duplicate under any name, and no error."""
    (first,) = cli.rows("records", "import", cli.file("one.pdf", NOTE))
    (second,) = cli.rows("records", "import", cli.file("two.pdf", NOTE))
    assert (second["id"], second["status"], second["file"]) == (first["id"], "duplicate", "two.pdf")
    (third, fourth) = cli.rows(
        "records", "import", cli.home / "one.pdf", cli.file("new.pdf", text_pdf(("Something new",)))
    )
    assert [third["status"], fourth["status"]] == ["duplicate", "stored"]


def test_what_answers_a_request(cli: Cli) -> None:
    """The request gets its event once, and the record its person and provider."""
    person = cli.text("id", "person", "add", PATIENT, "--born", BORN)
    cli.json("person", "add", "Tobias Oldfield", "--born", "1990-01-02")
    provider = cli.text("id", "provider", "add", "Elm Street Hospital")
    request = cli.text("id", "request", "new", "--provider", provider, "--person", person)
    cli.json("request", "sent", request, "--on", "2026-03-02", "--by", "portal")
    paths = (cli.file("a.pdf", NOTE), cli.file("b.pdf", text_pdf(("A second page",))))
    cli.rows("records", "import", *paths, "--request", request[:9], "--received", "2026-03-20")
    shown = cli.json("request", "show", request)
    events = shown["events"]
    assert isinstance(events, list)
    assert [(e["kind"], e["on"]) for e in events][1:] == [
        ("sent", "2026-03-02"),
        ("arrived", "2026-03-20"),
    ]
    assert shown["state"] == "needs_classification"
    for row in cli.rows("records", "record", "list"):
        held = (row["person"], row["provider"], row["request"], row["received_on"])
        assert held == (person, provider, request, "2026-03-20")


def test_files_nobody_may_read(cli: Cli) -> None:
    """A file and a folder without rights are rows of their own; what is beside them is done."""
    cli.file("in/a.pdf", text_pdf(("Unreadable file",))).chmod(0)
    cli.file("in/b.pdf", NOTE)
    cli.file("in/closed/c.pdf", NOTE)
    (cli.home / "in/closed").chmod(0)
    try:
        done = cli.process("import", cli.home / "in", "--json", first=obey_permissions)
        alone = cli.process("import", cli.home / "in/closed", first=obey_permissions)
        inside = cli.process("import", cli.home / "in/closed/c.pdf", first=obey_permissions)
    finally:
        (cli.home / "in/closed").chmod(0o700)
    assert done.code == 65, done.err
    found = {row["file"]: row["status"] for row in json.loads(done.out)["records"]}
    assert found == {"a.pdf": "refused", "b.pdf": "stored", "closed": "refused"}
    for one in (alone, inside):
        assert one.code in (65, 66), one.err
        assert "Traceback" not in one.err
        assert "permi" in (one.err + one.out).lower()


@pytest.mark.parametrize("engine", ["tesseract", "pytesseract"])
def test_a_scan_by_another_engine(cli: Cli, engine: str) -> None:
    """Each engine asked for by name reads the same words, and is noted as the reader."""
    path = cli.file("scan.pdf", scan_pdf(LINES[:1] + LINES[4:]))
    (row,) = cli.rows("records", "import", path, "--engine", engine)
    assert (row["status"], row["ocr_pages"]) == ("stored", 1)
    assert "Amoxicillin 500 mg" in cli.run("record", "text", str(row["id"])).out


def test_a_picture_of_a_telephone(cli: Cli) -> None:
    """HEIC is opened in a worker, under its limits, and read."""
    (row,) = cli.rows("records", "import", cli.file("IMG_0001.HEIC", photo()))
    assert (row["status"], row["kind"], row["pages"]) == ("stored", "heic", 1)
    assert "Amoxicillin 500 mg" in cli.run("record", "text", str(row["id"])).out
    picture = cli.home / "page.png"
    assert cli.run("record", "page", str(row["id"]), "1", "-o", picture).code == 0
