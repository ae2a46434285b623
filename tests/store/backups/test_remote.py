"""Carrying a backup elsewhere by restic and rclone, against real repositories on this disk."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.store.backups.kit import BY_PASSPHRASE, Backed, files_of
from vault.errors import MissingTool, NoBackup, ProgramFailed, UsageError
from vault.store.backups import check, remote, restore
from vault.store.backups.remote import Program, Remote

needs_restic = pytest.mark.skipif(not shutil.which("restic"), reason="needs restic")
needs_rclone = pytest.mark.skipif(not shutil.which("rclone"), reason="needs rclone")


@pytest.fixture
def restic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Remote:
    """A real restic repository in a folder, its password where restic looks for it."""
    monkeypatch.setenv("RESTIC_PASSWORD", "an invented one")
    monkeypatch.setenv("RESTIC_CACHE_DIR", str(tmp_path / "cache"))
    repository = str(tmp_path / "repository")
    subprocess.run(["restic", "-q", "-r", repository, "init"], check=True)
    return Remote(Program.RESTIC, repository)


@pytest.fixture
def rclone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Remote:
    """A folder of this disk as rclone's remote."""
    monkeypatch.setenv("RCLONE_CONFIG", str(tmp_path / "rclone.conf"))
    (tmp_path / "rclone.conf").write_text("[shelf]\ntype = local\n")
    return Remote(Program.RCLONE, f"shelf:{tmp_path}/far/away")


def _round(backed: Backed, to: Remote, target: Path) -> None:
    """Back up, carry away, lose the vault and the backup, and get the vault back."""
    backed.back_up()
    remote.send(backed.folder, to)
    backed.add(b"a later page")
    backed.back_up()
    remote.send(backed.folder, to)
    backed.lose()
    shutil.rmtree(backed.folder)
    with remote.fetched(to, target) as folder:
        assert check.look(folder)[2].problems == ()
        assert restore.restore(folder, target, BY_PASSPHRASE).originals == 3
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@needs_restic
def test_there_and_back_by_restic(backed: Backed, restic: Remote, tmp_path: Path) -> None:
    """Twice to a repository, and the vault is back from the newest snapshot; no copy is left."""
    _round(backed, restic, tmp_path / "home" / "vault")


@needs_rclone
def test_there_and_back_by_rclone(backed: Backed, rclone: Remote, tmp_path: Path) -> None:
    """Twice to a remote, and the vault is back; no copy is left."""
    _round(backed, rclone, tmp_path / "home" / "vault")


@needs_rclone
def test_rclone_copies_the_folder_as_it_is(backed: Backed, rclone: Remote, tmp_path: Path) -> None:
    """What lies at the remote is a backup folder like the one here."""
    backed.back_up()
    remote.send(backed.folder, rclone)
    assert files_of(tmp_path / "far" / "away") == files_of(backed.folder)


@needs_restic
def test_a_failure_is_said(backed: Backed, restic: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong password of the repository is restic's to explain; here it is an error, not a bug."""
    backed.back_up()
    monkeypatch.setenv("RESTIC_PASSWORD", "not this one")
    with pytest.raises(ProgramFailed, match="restic ended with code"):
        remote.send(backed.folder, restic)


@needs_rclone
def test_nothing_comes_back_from_an_empty_place(rclone: Remote, tmp_path: Path) -> None:
    """Files that are no backup are none, and do not stay."""
    (tmp_path / "far" / "away").mkdir(parents=True)
    with pytest.raises(NoBackup), remote.fetched(rclone, tmp_path / "home" / "vault"):
        pass
    assert list((tmp_path / "home").iterdir()) == []


def test_a_program_that_is_not_there(
    backed: Backed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is named, with how to get it."""
    backed.back_up()
    monkeypatch.setenv("PATH", str(tmp_path))
    for program in Program:
        with pytest.raises(MissingTool, match=program) as caught:
            remote.send(backed.folder, Remote(program, "place"))
        assert "apt-get install" in caught.value.hint


def test_one_module_starts_them() -> None:
    """In store and actions only one file can start another program, and the scanner's one."""
    top = Path(remote.__file__).parents[2]
    found = {
        path.relative_to(top).as_posix()
        for folder in ("store", "actions", "model", "law", "letters")
        for path in (top / folder).rglob("*.py")
        if re.search(r"\b(subprocess|os\.(system|popen|exec|spawn)|pty)\b", path.read_text("utf-8"))
    }
    assert found == {"store/backups/remote.py", "actions/scanning/scanner.py"}


@pytest.mark.parametrize("target", ["", "-v", "--repo=x", "a\nb"])
def test_a_place_cannot_be_an_option(target: str) -> None:
    """What begins with a dash would be read as one."""
    for program in Program:
        with pytest.raises(UsageError):
            Remote(program, target)


def test_what_the_program_is_told(backed: Backed, tmp_path: Path) -> None:
    """Nothing of chartmend's own is in its environment, and all of its own is."""
    tool = tmp_path / "bin" / "restic"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nenv > "{tmp_path}/env"\necho "$@" > "{tmp_path}/args"\n')
    tool.chmod(0o700)
    backed.back_up()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{tool.parent}:{os.environ['PATH']}")
        patch.setenv("CHARTMEND_PASSPHRASE_FILE", "/invented")
        patch.setenv("CHARTMEND_PASSPHRASE_COMMAND", "invented")
        patch.setenv("RESTIC_PASSWORD_FILE", "/theirs")
        remote.send(backed.folder, Remote(Program.RESTIC, "sftp:host:/place"))
    told = (tmp_path / "env").read_text()
    assert "CHARTMEND" not in told
    assert "RESTIC_PASSWORD_FILE=/theirs" in told
    arguments = (tmp_path / "args").read_text().split()
    assert arguments[:3] == ["-r", "sftp:host:/place", "backup"]
    assert arguments[-1] == str(backed.folder)


@pytest.mark.parametrize(
    ("target", "first"),
    [("far:", "far:originals"), ("far:a/b/", "far:a/b/originals"), ("/a/b", "/a/b/originals")],
)
def test_the_order_of_rclone(target: str, first: str) -> None:
    """Originals, then generations without and with their manifests, then the marker."""
    steps = list(remote._rclone_steps(Path("/x"), target))
    assert [step[2].removeprefix(first.removesuffix("originals")) for step in steps] == [
        "originals",
        "generations",
        "generations",
        "chartmend-backup",
    ]
    assert steps[0][2] == first
    assert steps[1][-2:] == ["--exclude", "manifest"]
