"""Single flipped bits: a sample is noticed or harmless, and a check that is blind is caught."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.faults import flips, small
from vault.store import history


def test_a_sample_of_flips_is_noticed_or_harmless() -> None:
    """No flip of any file goes by without a word, unless nothing is lost by it."""
    found = flips.run(90, seed=7)
    assert found.violations == []
    assert "noticed" in found.figures[0]


def test_without_the_anchors_flips_in_the_log_are_caught_as_unnoticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A control: SQLite alone drops commits behind a flipped bit and calls the rest whole."""
    vault = small.make(tmp_path, log=True)
    with vault.open() as opened:
        whole = small.content(opened)
    held = vault.bytes()
    middle = len(held[flips.LOG]) * 4
    assert flips.judge(vault, held, (flips.LOG, middle), whole) == flips.NOTICED
    monkeypatch.setattr(history, "_against", lambda *_: "")
    assert flips.judge(vault, held, (flips.LOG, middle), whole).endswith("not noticed")


def test_the_log_is_read_as_sqlite_writes_it(tmp_path: Path) -> None:
    """The frames up to the last commit are found, and a byte behind it is told apart."""
    vault = small.make(tmp_path, log=True)
    log = vault.bytes()[flips.LOG]
    pages, end = flips.log_frames(log)
    assert len(pages) > 5
    assert end <= len(log)
    assert flips.log_frames(log[: end - 1])[1] < end
    assert flips.place(flips.LOG, end, log) == flips.REST
    assert flips.place(flips.LOG, end - 1, log) == ""
    assert flips.place("keys", 0, log) == ""
