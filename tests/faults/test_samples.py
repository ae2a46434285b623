"""A sample of each fault bench: nothing is lost, and each control is caught."""

from __future__ import annotations

import pytest

from bench.faults.controls import ERRORS, KILL, POWER
from tests.faults import benches

SCENES = (
    "seal",
    "edit-flags",
    "passphrase",
    "migration",
    "clean-up",
    "backup",
    "restore",
    "rotate",
)
OF_ALL = tuple(word for name in SCENES for word in ("--scene", name))


@pytest.mark.parametrize("bench", ["kill", "errors", "power"])
def test_nothing_acknowledged_is_lost(bench: str) -> None:
    """Killed, hindered and without power at chosen moments: all is there, nobody mends."""
    figure = benches.run(bench, *OF_ALL, "--sample", "16")
    assert figure.tried >= 10, figure.text
    assert (figure.broken, figure.code) == (0, 0), figure.text


@pytest.mark.parametrize(
    ("bench", "control"),
    [
        *(("kill", name) for name in KILL),
        *(("errors", name) for name in ERRORS),
        *(("power", name) for name in POWER),
    ],
)
def test_a_program_that_breaks_a_promise_is_caught(bench: str, control: str) -> None:
    """The bench would notice: with one promise broken on purpose it fails."""
    figure = benches.run(bench, "--control", control, "--sample", "20")
    assert figure.broken > 0, figure.text
    assert figure.code == 1
