"""chartmend scan: what was on paper is sealed and read, and no picture of it lies on a disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions import scanners
from tests.cli.kit import LINES, Cli
from tests.ingest.papers import picture, saved


def scanned(lines: tuple[str, ...]) -> bytes:
    """A page as the scanner sends it."""
    return saved(picture(lines, 150), "PPM")


@pytest.fixture
def feeder(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scanner with two sheets in its feeder; returns the log of what it was told."""
    log = scanners.install(cli.home / "bin", [scanned(LINES), scanned(("A second sheet",))])
    monkeypatch.setenv("PATH", str(cli.home / "bin"), prepend=":")
    return log


def test_from_paper_to_text(cli: Cli, feeder: Path) -> None:
    """All sheets are one record, read by OCR, with where it came from."""
    told = ("--feeder", "--resolution", "150", "--scanned-by", "Ida", "--shelf", "Box 3")
    (row,) = cli.rows("records", "scan", *told, "--name", "visit.pdf")
    assert (row["file"], row["status"], row["pages"]) == ("visit.pdf", "stored", 2)
    held = cli.json("record", "show", str(row["id"]))
    assert (held["medium"], held["scanned_by"], held["shelf"]) == ("paper", "Ida", "Box 3")
    assert "Amoxicillin 500 mg" in cli.run("record", "text", str(row["id"])).out
    assert feeder.read_text().count("page pipe") == 2
    assert "page file" not in feeder.read_text()


def test_what_the_scanner_lacks(cli: Cli, feeder: Path) -> None:
    """A mode there is not is wrong usage, and nothing is taken in."""
    assert cli.run("scan", "--mode", "sepia").code == 2
    assert cli.rows("records", "record", "list") == []


def test_without_sane(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the package to install."""
    monkeypatch.setenv("PATH", "/nowhere")
    done = cli.run("scan")
    assert done.code == 69
    assert "sane-utils" in done.err


def test_a_jam(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages that came are a record; that it broke off is said, and the exit code tells it."""
    end = "scanimage: sane_start: Document feeder jammed"
    scanners.install(cli.home / "bin", [scanned(LINES)], end=end, code=6)
    monkeypatch.setenv("PATH", str(cli.home / "bin"), prepend=":")
    done = cli.run("scan", "--feeder", "--resolution", "150")
    assert done.code == 65
    assert "after 1 page the scanner stopped: Document feeder jammed" in done.err
    assert len(cli.rows("records", "record", "list")) == 1
