"""The evidence on a correction and the figures over all, by command."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.kit import BORN, NOTE, PATIENT, Cli

COUNTS = {"asked", "answered", "granted", "denied", "verified", "unchanged", "waiting"}


@pytest.fixture
def correction(cli: Cli) -> str:
    """A correction of one entry that was sent and accepted."""
    cli.text("id", "person", "add", PATIENT, "--born", BORN)
    provider = cli.text("id", "provider", "add", "Elm Street Hospital", "--jurisdiction", "us-tx")
    cli.file("note.pdf", NOTE)
    (record,) = cli.rows("records", "import", cli.home / "note.pdf", "--provider", provider)
    wrong = ("--quote", "500 mg", "--should", "250 mg")
    flag = cli.text("id", "flag", "add", str(record["id"]), *wrong)
    made = cli.text("id", "correction", "new", flag)
    cli.json("correction", "sent", made, "--on", "2026-03-02", "--by", "fax")
    cli.json("correction", "answer", made, "accepted", "--on", "2026-04-01")
    return made


def test_the_binder_is_a_file_for_the_owner_alone(
    cli: Cli, correction: str, tmp_path: Path
) -> None:
    """One PDF, readable by nobody else; with the pages it has one more; no file over another."""
    target = tmp_path / "binder.pdf"
    made = cli.json("correction", "binder", correction, "-o", target)
    assert made == {"id": correction, "file": str(target), "pages": made["pages"]}
    assert target.stat().st_mode & 0o777 == 0o600
    assert len(PdfReader(io.BytesIO(target.read_bytes())).pages) == made["pages"]
    whole = cli.json(
        "correction", "binder", correction, "-o", tmp_path / "whole.pdf", "--with-records"
    )
    assert isinstance(made["pages"], int)
    assert whole["pages"] == made["pages"] + 1
    inside = cli.run("correction", "binder", correction, "-o", cli.folder / "binder.pdf")
    assert inside.code != 0
    assert cli.run("correction", "binder", "cor_0000", "-o", tmp_path / "x.pdf").code != 0
    assert not (tmp_path / "x.pdf").exists()


def test_the_figures(cli: Cli, correction: str) -> None:
    """Exactly these fields; in plain output no percentage of a few."""
    found = cli.json("correction", "statistics")
    assert set(found) == {
        "corrections", "drafts", "items", "days", "longest_wait", "providers", "kinds", "subjects",
    }  # fmt: skip
    items, days, rows = found["items"], found["days"], found["providers"]
    assert isinstance(items, dict)
    assert set(items) == COUNTS
    assert (items["asked"], items["granted"]) == (1, 1)
    assert isinstance(days, dict)
    assert days == {"answers": 1, "median": 30, "mean": 30.0, "longest": 30, "assumed": 1}
    assert isinstance(rows, list)
    assert set(rows[0]) == COUNTS | {"name"}
    said = cli.run("correction", "statistics").out
    assert "granted, of those answered: 1 of 1" in said
    assert "Elm Street Hospital" in said
    assert "%" not in said


def test_figures_over_nothing(cli: Cli) -> None:
    """Before the first sending there is nothing to count, and that is said."""
    assert cli.run("correction", "statistics").out == "No correction has been sent yet.\n"
    assert cli.json("correction", "statistics")["days"] is None
