"""Vaults for the tests of the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.kit import BORN, LINES, NOTE, PATIENT, Cli, scan_pdf


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """The command line over a new, empty vault."""
    made = Cli(tmp_path)
    made.make()
    return made


@dataclass(frozen=True, slots=True)
class Stocked:
    """A vault with one of everything; its tests change nothing in it."""

    cli: Cli
    person: str
    provider: str
    note: str
    scan: str
    request: str
    flag: str
    correction: str


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Stocked:
    """A text-layer note and a scan read by Tesseract, asked for, flagged and to be corrected."""
    cli = Cli(tmp_path_factory.mktemp("stocked"))
    cli.make()
    person = cli.text("id", "person", "add", PATIENT, "--born", BORN)
    provider = cli.text("id", "provider", "add", "Elm Street Hospital", "--jurisdiction", "us-tx")
    request = cli.text("id", "request", "new", "--provider", provider)
    cli.json("request", "sent", request, "--on", "2026-03-02", "--by", "fax")
    cli.file("in/a-note.pdf", NOTE)
    cli.file("in/b-scan.pdf", scan_pdf(LINES[:1] + LINES[4:]))
    note, scan = cli.rows("records", "import", cli.home / "in", "--provider", provider)
    flag = cli.text("id", "flag", "add", str(scan["id"]), "--quote", "500 mg", "--should", "250 mg")
    correction = cli.text("id", "correction", "new", flag)
    cli.json("correction", "sent", correction, "--on", "2026-03-02", "--by", "mail")
    ids = (person, provider, str(note["id"]), str(scan["id"]), request, flag, correction)
    return Stocked(cli, *ids)
