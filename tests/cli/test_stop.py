"""An import that is cut off loses nothing that was finished, and goes on from there."""

from __future__ import annotations

import contextlib
import signal
import subprocess
from collections.abc import Iterator

import pytest

from tests.cli.kit import Cli, scan_pdf

PAGES = 20
# The import's own batches are of a second; small ones show sooner that a batch is kept. One
# worker on any machine, so that the pages are not all read at the same moment.
ONE_BY_ONE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite in the background ignores it
from vault.actions.imports import reading
from vault.workers import pool
reading.BATCH_PAGES = pool.MOST_WORKERS = 1
"""
_PATIENCE_SECONDS = 30

Readings = dict[int, tuple[int, str]]


def readings(cli: Cli) -> Readings:
    """The pages read so far, each with the row and the time of its reading."""
    with cli.session() as session:
        rows = session.vault.read().execute("SELECT page, id, made_at FROM reading")
        return {page: (id_, made_at) for page, id_, made_at in rows}


def _looks(running: subprocess.Popen[str]) -> Iterator[None]:
    """One look after another while a process runs, until it ends or patience does."""
    for _ in range(_PATIENCE_SECONDS * 20):
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(0.05)
            pytest.fail(f"it ended before it was stopped: {running.stderr}")
        yield
    pytest.fail("no page was read")


def stopped_midway(cli: Cli, how: signal.Signals) -> tuple[int, str, Readings]:
    """Send an import a signal once a page is kept; its code, what it said, and what it kept."""
    with cli.start("import", cli.home / "scan.pdf", "--json", setup=ONE_BY_ONE) as running:
        for _ in _looks(running):
            if readings(cli):
                break
        running.send_signal(how)
        out, err = running.communicate()
    assert out == ""
    return running.returncode, err, readings(cli)


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_a_scan_cut_off(cli: Cli, how: signal.Signals, code: int) -> None:
    """Ctrl-C and a killed process alike: the pages read stay read, the rest is read next time."""
    cli.file("scan.pdf", scan_pdf(*[(f"Page {n}", "Amoxicillin") for n in range(1, PAGES + 1)]))
    ended, err, before = stopped_midway(cli, how)
    assert ended == code
    if how is signal.SIGINT:
        assert err == (
            "chartmend: stopped; what was finished is kept\n"
            "  hint: the same command goes on from there\n"
        )
    assert 0 < len(before) < PAGES
    (shown,) = cli.rows("records", "record", "list")
    assert shown["status"] == "reading"
    (row,) = cli.rows("records", "import", cli.home / "scan.pdf")
    assert (row["status"], row["pages"], row["ocr_pages"]) == ("stored", PAGES, PAGES)
    after = readings(cli)
    assert set(after) == set(range(1, PAGES + 1))
    assert before.items() <= after.items()  # not one of them was read again
    assert cli.json("verify", "--full")["ok"] is True
    (again,) = cli.rows("records", "import", cli.home / "scan.pdf")
    assert again["status"] == "duplicate"
