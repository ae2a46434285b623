"""What is installed is found by looking at files alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from vault.workers import scratch, tools


def test_languages_are_those_there_is_data_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Languages are those there is data for."""
    for name in ("spa", "eng", "osd"):
        (tmp_path / f"{name}.traineddata").write_bytes(b"")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert tools.tessdata_folder() == tmp_path
    assert tools.installed_languages() == ("eng", "spa")
    assert tools.has_orientation()


def test_a_prefix_may_name_the_folder_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A prefix may name the folder above."""
    (tmp_path / "tessdata").mkdir()
    (tmp_path / "tessdata" / "fra.traineddata").write_bytes(b"")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert tools.installed_languages() == ("fra",)
    assert not tools.has_orientation()


def test_without_the_program_there_is_only_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the program there is only the library."""
    monkeypatch.setenv("PATH", "")
    assert set(tools.engines()) <= {"tesserocr"}


def test_a_memory_folder_is_believed_only_where_the_mounts_say_so(tmp_path: Path) -> None:
    """A memory folder is believed only where the mounts say so."""
    mounts = tmp_path / "mounts"
    mounts.write_text("proc /proc proc rw 0 0\n/dev/sda1 /dev/shm ext4 rw 0 0\n")
    assert tools.memory_folder(mounts) is None
    assert tools.memory_folder(tmp_path / "none") is None


@pytest.mark.skipif(tools.memory_folder() is None, reason="needs a folder in memory")
def test_a_scratch_folder_is_private_and_removed() -> None:
    """A scratch folder is private and removed."""
    folder = scratch.make()
    assert folder is not None
    assert folder.stat().st_mode & 0o777 == 0o700
    (folder / "page").write_bytes(b"x")
    scratch.remove(folder)
    assert not folder.exists()


def test_what_a_killed_program_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    """What a killed program left is swept and nothing else."""
    left = tmp_path / "chartmend-999999999-abc"  # no process has that id
    alive = tmp_path / "chartmend-1-abc"
    other = tmp_path / "elsewhere"
    for folder in (left, alive, other):
        folder.mkdir()
    scratch.sweep(tmp_path)
    assert (left.exists(), alive.exists(), other.exists()) == (False, True, True)
