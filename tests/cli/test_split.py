"""chartmend record split and join: one scan becomes the documents in it, and back."""

from __future__ import annotations

import io
from functools import cache

import pypdf

from tests.cli.kit import Cli
from tests.ingest.papers import text_pdf

DOCUMENTS = (
    ("FAX", "TO: Maren Oldfield", "FROM: Records Department", "PAGES: 3", "DATE: 3 March 2024"),
    ("Elm Street Hospital", "Date of visit: 1 March 2024", "She was seen today for a cough."),
    ("Continued: the chest film is clear, and she may go back to work on Monday.",),
    ("Harbor View Family Practice", "Plan: Amoxicillin 500 mg twice daily."),
)


@cache
def batch() -> bytes:
    """A fax of two letters, with its cover sheet, as one file."""
    writer = pypdf.PdfWriter()
    for lines in DOCUMENTS:
        writer.append(io.BytesIO(text_pdf(lines)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_from_suggestion_to_split_and_back(cli: Cli) -> None:
    """What is suggested is shown, done only when said, and undone."""
    path = cli.file("batch.pdf", batch())
    (row,) = cli.rows("records", "import", path, "--shelf", "Box 3")
    record = str(row["id"])
    splits = [{"page": 4, "reason": "another letterhead: Harbor View Family Practice"}]
    assert cli.json("record", "split", record, "--suggest") == {"id": record, "splits": splits}
    shown = cli.json("record", "show", record)
    assert (shown["page_count"], shown["splits"]) == (4, splits)
    kinds = [page["page_kind"] for page in cli.rows("pages", "record", "show", record)]
    assert kinds == ["cover", "content", "content", "content"]
    assert "--at 4" in cli.run("record", "split", record).out
    first, second = cli.rows("records", "record", "split", record, "--at", "2, 4")[1:]
    assert (first["first_page"], first["last_page"], first["pages"]) == (2, 3, 2)
    assert (second["parent"], second["shelf"]) == (record, "Box 3")
    assert "split into 3 parts" in cli.run("record", "show", record).out
    assert len(cli.rows("members", "record", "show", record)) == 3
    whole = cli.json("record", "join", str(second["id"]))
    assert (whole["id"], whole["pages"], whole["first_page"]) == (record, 4, None)


def test_a_part_is_a_record_like_any_other(cli: Cli) -> None:
    """Its pages are drawn, read again and searched by their numbers in the file."""
    path = cli.file("batch.pdf", batch())
    (row,) = cli.rows("records", "import", path)
    record = str(row["id"])
    _, part = cli.rows("records", "record", "split", record, "--at", "4")
    id_ = str(part["id"])
    assert cli.run("record", "page", id_, "4", "-o", cli.home / "page.png").code == 0
    assert cli.run("record", "page", id_, "1", "-o", cli.home / "one.png").code == 66
    again = cli.json("record", "reread", id_)
    assert (again["status"], again["pages"]) == ("stored", 1)
    assert "Amoxicillin" in cli.run("record", "text", id_, "--page", "4").out
    (hit,) = cli.rows("hits", "search", "Amoxicillin")
    assert (hit["record"], hit["page"]) == (id_, 4)
    cli.json("record", "export", id_, "-o", cli.home / "out.pdf")
    assert (cli.home / "out.pdf").read_bytes() == batch()
    assert cli.run("record", "reread", record).code == 1
    (same,) = cli.rows("records", "import", path)
    assert (same["id"], same["status"]) == (record, "duplicate")
    assert cli.json("verify", "--full")["ok"] is True


def test_wrong_words(cli: Cli) -> None:
    """Pages that are no numbers, or not there, are wrong usage."""
    (row,) = cli.rows("records", "import", cli.file("batch.pdf", batch()))
    for at in ("two", "1", "9", "-3", "3;4"):
        assert cli.run("record", "split", str(row["id"]), f"--at={at}").code == 2
    assert cli.run("record", "join", str(row["id"])).code == 1
