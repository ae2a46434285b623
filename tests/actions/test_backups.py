"""What people do with backups: make one, be reminded of one, get the vault back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.actions.made import put
from vault import dates
from vault.actions import backups, home
from vault.actions.backups import Keep, LastBackup
from vault.actions.session import Secret, Session
from vault.errors import UsageError
from vault.store.backups import last

TODAY = dates.today()
SECRET = Secret("plum kettle orbit")


def _note(s: Session, days: int) -> None:
    assert s.vault.state is not None
    at = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    last.note(s.vault.state, s.vault.vault_id, LastBackup(at, "/media/disk/copies"))


def test_a_backup_is_noted(vault: Session, tmp_path: Path) -> None:
    """When and where the last one was made is known from then on, to a reader too."""
    assert backups.last_backup(vault) is None
    made = backups.back_up(vault, tmp_path / "copies")
    noted = backups.last_backup(vault)
    assert noted is not None
    assert noted.place == str(tmp_path / "copies")
    assert noted.at == dt.datetime.fromisoformat(made.made_at)


def test_one_that_lacks_an_original_is_not_noted(vault: Session, tmp_path: Path) -> None:
    """The reminder stays until there is a good one."""
    record = put(vault, "visit.pdf", ["Plan: rest"])
    folder = vault.vault.folder / "originals" / record.original[:2]
    (folder / record.original).write_bytes(b"harmed")
    made = backups.back_up(vault, tmp_path / "copies")
    assert made.missing == (f"originals/{record.original[:2]}/{record.original}",)
    assert backups.last_backup(vault) is None


def test_the_reminder(vault: Session) -> None:
    """None without records; then until there is a backup, and again after fourteen days."""
    assert backups.backup_due(vault, TODAY) == ""
    put(vault, "visit.pdf", ["Plan: rest"])
    assert backups.backup_due(vault, TODAY) == "There is no backup of your records yet"
    _note(vault, 14)
    assert backups.backup_due(vault, TODAY) == ""
    _note(vault, 15)
    assert backups.backup_due(vault, TODAY) == "The last backup is 15 days old"


def test_the_reminder_is_a_matter(vault: Session, tmp_path: Path) -> None:
    """It stands on the home list, with where the last backup went, and goes when one is made."""
    put(vault, "visit.pdf", ["Plan: rest"])
    _note(vault, 40)
    (matter,) = home.matters(vault, TODAY)
    assert (matter.place, matter.id) == (home.Place.BACKUP, "/media/disk/copies")
    assert matter.text == "The last backup is 40 days old"
    backups.back_up(vault, tmp_path / "copies")
    assert home.matters(vault, TODAY) == ()


def test_there_and_back(vault: Session, tmp_path: Path) -> None:
    """A vault that is restored somewhere else is one of its own, with the same records."""
    record = put(vault, "visit.pdf", ["Plan: rest"])
    backups.back_up(vault, tmp_path / "copies")
    assert backups.check(tmp_path / "copies").problems == ()
    assert backups.check(tmp_path / "copies", SECRET, last=True).problems == ()
    seen: list[tuple[int, int]] = []
    done = backups.restore(
        tmp_path / "copies",
        tmp_path / "new",
        SECRET,
        state=tmp_path / "state",
        tell=lambda now, total: seen.append((now, total)),
    )
    assert (done.records, done.originals, seen) == (1, 1, [(1, 1)])
    assert (done.folder / "originals" / record.original[:2] / record.original).is_file()


@pytest.mark.parametrize(
    ("text", "rule"),
    [("all", None), ("3,7,4,12", Keep()), ("1,0,0,0", Keep(1, 0, 0, 0))],
)
def test_keep_rules(text: str, rule: Keep | None) -> None:
    """What can be typed for what to keep."""
    assert backups.keep_rule(text) == rule


@pytest.mark.parametrize("text", ["", "3", "0,7,4,12", "3,7,4,-1", "3,7,4,12,1", "٣,1,1,1"])
def test_bad_keep_rules(text: str) -> None:
    """A rule that would keep nothing, or is none, is wrong usage."""
    with pytest.raises(UsageError):
        backups.keep_rule(text)
