"""Flipped bits in a backup: a sample is named without a secret, and a blind check is caught."""

from __future__ import annotations

import pytest

from bench.faults import backupflips
from vault.store.backups import check


def test_a_sample_of_flips_in_a_backup_is_named() -> None:
    """Manifest, keys, database, originals and marker."""
    found = backupflips.run(80, seed=2)
    assert found.violations == []


def test_without_the_sums_flips_in_files_are_caught_as_unnoticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A control: where no file is compared with its sum, its flips are violations."""
    monkeypatch.setattr(check, "file_problem", lambda *_: "")
    found = backupflips.run(40, seed=2)
    assert any(line.startswith("originals/") for line in found.violations)
