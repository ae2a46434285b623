"""The examination tells what is there and what to do about what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from vault.actions import doctor
from vault.store import memory
from vault.workers import landlock, tools


def test_languages_are_told_as_they_are(tmp_path: Path) -> None:
    """English and the data for which way up a page is, both looked for where they are."""
    by_name = {check.name: check for check in doctor.examine(tmp_path / "none")}
    ready = "eng" in tools.installed_languages() and tools.has_orientation()
    assert by_name["ocr languages"].ok == ready
    assert ("osd" in by_name["ocr languages"].detail) == tools.has_orientation()
    assert all(bool(check.hint) <= (not check.ok) for check in by_name.values())


def test_a_folder_others_can_enter_is_told(tmp_path: Path) -> None:
    """With the command that mends it."""
    folder = tmp_path / "vault"
    folder.mkdir()
    folder.chmod(0o755)
    (check,) = [c for c in doctor.examine(folder) if c.name == "vault folder"]
    assert (check.ok, check.hint) == (False, f"chmod 700 {folder}")
    folder.chmod(0o700)
    (check,) = [c for c in doctor.examine(folder) if c.name == "vault folder"]
    assert check.ok


@pytest.mark.parametrize("known", [0, 1, 4])
def test_the_sandbox_is_told_and_never_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: int
) -> None:
    """What the system shuts workers off from is said; that it cannot is nobody's mistake."""
    monkeypatch.setattr(landlock, "version", lambda: known)
    (check,) = [c for c in doctor.examine(tmp_path) if c.name == "sandbox"]
    assert check.ok
    assert ("limits only" in check.detail) == (known == 0)
    assert ("no TCP" in check.detail) == (known == 4)


def test_a_key_that_may_reach_swap_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system lets no memory be locked, with what to do about it."""
    for allowed in (True, False):
        monkeypatch.setattr(memory, "can_lock", lambda allowed=allowed: allowed)
        (check,) = [c for c in doctor.examine(tmp_path) if c.name == "memory lock"]
        assert (check.ok, bool(check.hint)) == (allowed, not allowed)


def test_it_tells_how_to_get_another_language(tmp_path: Path) -> None:
    """Beside the languages there are stands how to get more, whether or not one is missing."""
    (check,) = [c for c in doctor.examine(tmp_path) if c.name == "ocr languages"]
    assert "eng" in check.detail
    assert "apt-get install tesseract-ocr-" in check.detail
