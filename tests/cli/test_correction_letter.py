"""The letters of corrections by command: made, read, listed, refused, and printed together."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.kit import BORN, NOTE, PATIENT, Cli
from vault.model.correction_letters import CorrectionLetterKind

MADE = {"id", "letter", "kind", "file", "pages", "enclose"}


@pytest.fixture
def correction(cli: Cli) -> str:
    """One item of a hospital in Ohio, sent on 2 March 2026."""
    cli.json("person", "add", PATIENT, "--born", BORN, "--address", "4 Larch Lane")
    provider = cli.text("id", "provider", "add", "Elm Street Hospital", "--jurisdiction", "us-oh")
    note = cli.file("note.pdf", NOTE)
    (row,) = cli.rows("records", "import", note, "--provider", provider)
    flag = cli.text("id", "flag", "add", str(row["id"]), "--quote", "500 mg", "--should", "250 mg")
    made = cli.text("id", "correction", "new", flag)
    cli.json("correction", "sent", made, "--on", "2026-03-02", "--by", "mail")
    return made


def denied(cli: Cli, correction: str) -> str:
    """The correction, denied."""
    answer = ("correction", "answer", correction, "denied", "--on", "2026-03-20")
    cli.json(*answer, "--ground", "hipaa-amend-accurate")
    return correction


def test_a_letter_is_written_kept_and_listed(cli: Cli, correction: str, tmp_path: Path) -> None:
    """The PDF leaves the vault for the owner alone; the letter can be found again."""
    target = tmp_path / "letter.pdf"
    args = ("correction", "letter", correction, "--as-of", "2026-03-08")
    made = cli.json(*args, "-o", target)
    assert set(made) == MADE
    assert (made["id"], made["kind"]) == (correction, "acknowledgement")
    assert made["file"] == str(target)
    assert made["pages"] == len(PdfReader(io.BytesIO(target.read_bytes())).pages)
    assert target.stat().st_mode & 0o777 == 0o600
    listed = cli.json("correction", "letters", correction)
    assert set(listed) == {"letters", "fits"}
    assert made["letter"] in [
        row["id"] for row in cli.rows("letters", *args[:1], "letters", args[2])
    ]
    fits = cli.rows("fits", "correction", "letters", correction)
    assert {frozenset(fit) for fit in fits} == {
        frozenset({"kind", "fits", "why", "best", "own_words"})
    }
    assert {fit["kind"] for fit in fits} == set(CorrectionLetterKind)
    plain = cli.run("correction", "letters", correction).out
    assert "can be made:  yes" in plain
    assert "can be made:  no" in plain


def test_its_words_can_be_read_without_a_picture(cli: Cli, correction: str) -> None:
    """Plain text on stdout; with --json in a field; no file is written."""
    args = ("correction", "letter", correction, "--kind", "withdrawal", "--words")
    said = cli.run(*args).out
    assert "I withdraw it as of the date of this letter." in said
    document = cli.json(*args)
    assert set(document) == MADE | {"words"}
    assert document["file"] is None
    assert document["pages"] == 1


def test_a_statement_in_ones_own_words(cli: Cli, correction: str, tmp_path: Path) -> None:
    """Typed or out of a file, never both; without any it is refused."""
    cor, mine = denied(cli, correction), tmp_path / "mine.txt"
    mine.write_text("This was never so.\n\nI was not there.", encoding="utf-8")
    args = ("correction", "letter", cor, "--kind", "disagreement", "--words")
    refused = cli.run(*args)
    assert refused.code == 1
    assert "your own words" in refused.err
    assert "This was never so.\n\nI was not there." in cli.run(*args, "--text-file", mine).out
    assert "Not so." in cli.run(*args, "--text", "Not so.").out
    assert cli.run(*args, "--text", "Not so.", "--text-file", mine).code == 2
    reminder = ("correction", "letter", cor, "--kind", "denial_parts", "--text", "Not so.")
    assert cli.run(*reminder).code == 2


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("--kind", "overdue", "--as-of", "2026-03-08"), 1, "not over yet"),
        (("--kind", "thanks"), 1, "not all of it is put right yet"),
        (("--kind", "poem"), 2, "one of:"),
        (("--kind", "reminder", "--item", "flag_zzz"), 66, "flag_zzz"),
        (("--kind", "notify_holder", "--to", "Nobody"), 2, "names nobody"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_sentence(
    cli: Cli, correction: str, args: tuple[str, ...], code: int, words: str
) -> None:
    """One sentence, a hint, an exit code; no traceback."""
    done = cli.run("correction", "letter", correction, *args)
    assert words in done.err
    assert "Traceback" not in done.err
    assert done.code == code


def test_letters_are_printed_together(cli: Cli, correction: str, tmp_path: Path) -> None:
    """Each correction's letter once, in one file."""
    target = tmp_path / "all.pdf"
    args = ("correction", "print", correction, correction, "-o", target)
    made = cli.json(*args)
    assert set(made) == {"corrections", "letters", "file", "pages"}
    assert made["corrections"] == [correction]
    assert made["pages"] == len(PdfReader(io.BytesIO(target.read_bytes())).pages)
    assert cli.run("correction", "print", "-o", target).code == 2
