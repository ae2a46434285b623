"""Files cut off, emptied, deleted, swapped and rolled back: each is named, or nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.faults import files, small
from bench.faults.files import Harm
from vault.errors import Damaged
from vault.store import checks, history


def test_every_harm_to_every_file_is_named_or_harmless() -> None:
    """All of it: it takes but a few seconds."""
    found = files.run(10_000, seed=1)
    assert found.violations == []


def test_a_swapped_original_and_a_rolled_back_folder_need_their_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A control: without the check of originals and of anchors the same harm goes unnoticed."""
    tally = files.Tally()
    monkeypatch.setattr(checks, "sealed", lambda *_, **__: ())
    monkeypatch.setattr(history, "_against", lambda *_: "")
    wrong = files.over(tmp_path, 10_000, tally, log=True)
    assert any(line.startswith("swap originals/") for line in wrong)
    assert "a rolled-back folder is not noticed" in wrong
    assert any(line.startswith("delete records.db-wal") for line in wrong)


def test_keys_of_another_vault_are_named(tmp_path: Path) -> None:
    """Where both vaults have one passphrase, the keys are told of and not the database."""
    one, two = small.make(tmp_path / "one"), small.make(tmp_path / "two")
    (one.folder / "keys").write_bytes((two.folder / "keys").read_bytes())
    with pytest.raises(Damaged, match=r"keys and keys\.bak are of different vaults"):
        one.open()


def test_a_harm_that_is_not_told_counts_as_broken(tmp_path: Path) -> None:
    """A file nothing is known of, gone without a word, is a violation."""
    vault, _ = files._older(tmp_path, log=False)
    with vault.open() as opened:
        whole = small.content(opened)
    (original, *_) = (name for name in vault.files() if name.startswith("originals"))
    harm = Harm("delete", original, None)
    assert files.judge(vault, tmp_path / "pristine", harm, whole) == files.NAMED
    shown = Harm("rename", "lock", b"")
    assert files.judge(vault, tmp_path / "pristine", shown, whole) == files.FREE
    assert "not noticed" in files.judge(vault, tmp_path / "pristine", shown, "another content")
