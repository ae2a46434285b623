"""How an import is told of."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.import_job import ImportJob, Progressing, duration, summary
from vault.actions.imports.run import Imported
from vault.actions.imports.seal import Origin
from vault.actions.session import Session


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (59.4, "59 s"), (61, "1 min"), (3540, "59 min"), (7500, "2 h 5 min")],
)
def test_durations(seconds: float, said: str) -> None:
    """Lengths of time are said in one or two units."""
    assert duration(seconds) == said


@given(st.integers(0, 5000), st.integers(0, 5000), st.floats(0, 1e6))
def test_a_line_can_be_said_of_any_moment(done: int, more: int, seconds: float) -> None:
    """No moment of an import divides by zero, and time left is never below zero."""
    at = Progressing(done, done + more, "", seconds)
    assert at.line()
    assert at.left is None or at.left >= 0


def test_rate_and_time_left() -> None:
    """Thirty pages in a minute, sixty still to go: two minutes."""
    line = Progressing(done=30, total=90, seconds=60).line()
    assert line == "Import: page 30 of 90, 30/min, 2 min left"
    assert Progressing(done=3, total=9, unit="file").line() == "Import: file 3 of 9"


def test_summary_counts_what_became_of_files() -> None:
    """Each outcome that happened is counted, the others are left out."""
    rows = (
        Imported("rec_1", "a.pdf", "stored"),
        Imported("rec_2", "b.pdf", "stored"),
        Imported("", "c.txt", "refused"),
    )
    assert summary(rows) == "Import done: 2 stored, 1 refused"
    assert summary(()) == "Import done: no files found"


def test_a_path_that_is_not_there_is_told_not_raised(session: Session, tmp_path: Path) -> None:
    """The job ends with a sentence and a hint for the person."""
    job = ImportJob(session, (tmp_path / "gone.pdf",), Origin(), "", lambda _: None)
    ended = job()
    assert not ended.running
    assert "gone.pdf" in ended.ended
    assert ended.hint


def test_an_import_that_is_asked_to_stop_does(session: Session, tmp_path: Path) -> None:
    """Stopped before the first file, nothing is taken in."""
    (tmp_path / "a.txt").write_text("no record")
    job = ImportJob(session, (tmp_path / "a.txt",), Origin(), "", lambda _: None)
    job.stop.set()
    assert "stopped" in job().ended
