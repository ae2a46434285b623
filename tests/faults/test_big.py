"""A large original: sealed and exported whole, its speed and memory beside a copy's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.faults import big, small


def test_sealing_and_export_give_back_the_same_bytes_in_little_memory(tmp_path: Path) -> None:
    """A sample of 24 MiB; the speed of so little says nothing and is not judged."""
    made = small.make(tmp_path)
    with made.open(write=True) as vault:
        took = big._round(vault, tmp_path, 24)
    assert set(took) == {"cp and sync", "seal", "export"}
    assert max(one.memory for one in took.values()) < big.MEMORY


def test_memory_that_is_taken_is_seen() -> None:
    """A control: a step that holds 50 MiB for a moment is measured as such."""
    assert big.measured(lambda: len(b"x" * (50 * big.MIB))).memory > 40


def test_a_slow_step_and_a_greedy_one_are_violations(monkeypatch: pytest.MonkeyPatch) -> None:
    """A control: the figures are held against both bars."""
    took = {
        "cp and sync": big.Took(1.0, 1.0),
        "seal": big.Took(4.5, 1.0),
        "export": big.Took(2.0, 120.0),
    }
    monkeypatch.setattr(big, "_round", lambda *_: took)
    found = big.run(1, seed=1)
    assert found.violations == [
        "seal reaches 0.22 of cp, the bar is 0.25",
        "export used 120 MiB, the bar is 100",
    ]
