"""A reader, a backup and a second writer, while a writer changes the keys under them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.helpers import PASSPHRASE, Made
from vault.errors import Busy, Refused, WrongPassphrase
from vault.store import keys, keysmark, rotate
from vault.store.backups import make, restore
from vault.store.kdf import CHEAPEST
from vault.store.keys import Secret, Unlocked
from vault.store.lock import WriterLock
from vault.store.vault import open_vault

NEW = "fig anchor violet tram"


def after_unlocking(monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]) -> None:
    """Let something happen once, between a reader's reading of the keys and of the rest."""
    real = keys.unlock

    def hooked(folder: Path, secret: Secret) -> Unlocked:
        unlocked = real(folder, secret)
        monkeypatch.setattr(keys, "unlock", real)
        change()
        return unlocked

    monkeypatch.setattr(keys, "unlock", hooked)


def test_a_reader_during_a_rotation_opens_the_new_vault(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a word of damage: it begins once more."""
    made.fill()
    after_unlocking(monkeypatch, lambda: rotate.rotate(made.vault, Secret(PASSPHRASE)))
    with made.open() as opened:
        assert opened.notices == ()
        assert opened.verify() == ()


def test_a_reader_during_a_change_of_the_passphrase(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the recovery code it opens as ever; the old passphrase is wrong by then."""
    secret = Secret(recovery_code=made.code)
    after_unlocking(monkeypatch, lambda: made.vault.change_passphrase(NEW, CHEAPEST))
    with open_vault(made.folder, secret, write=False, state=made.state) as opened:
        assert opened.notices == ()
    after_unlocking(monkeypatch, lambda: made.vault.change_passphrase(PASSPHRASE, CHEAPEST))
    with pytest.raises(WrongPassphrase):
        open_vault(made.folder, Secret(NEW), write=False, state=made.state)


def test_a_writer_during_a_rotation_locks_the_new_vault(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock of the folder that is gone keeps nobody out: only one writer has the vault."""
    made.fill()
    real = WriterLock._take

    def hooked(lock: WriterLock, path: Path) -> None:
        monkeypatch.setattr(WriterLock, "_take", real)
        rotate.rotate(made.vault, Secret(PASSPHRASE))
        real(lock, path)

    monkeypatch.setattr(WriterLock, "_take", hooked)
    with made.open(write=True) as first:
        assert first.writable
        with pytest.raises(Busy):
            made.open(write=True)


def test_a_backup_that_comes_after_a_rotation_says_so(made: Made, tmp_path: Path) -> None:
    """A handle from before has the key of a vault that is gone."""
    made.fill()
    with made.open() as reader:
        rotate.rotate(made.vault, Secret(PASSPHRASE))
        with pytest.raises(Refused, match="changed meanwhile"):
            make.make(reader, tmp_path / "backup")


def test_a_backup_during_a_rotation_says_so(made: Made, tmp_path: Path) -> None:
    """It is not damage; run again, it is made."""
    made.fill()
    with made.vault.write("test") as db:
        sealed = made.vault.originals.seal(io.BytesIO(b"another"), 100)
        db.execute("INSERT INTO original VALUES (?, ?, '')", (sealed.id, sealed.size))
    turned: list[str] = []

    def turn(_done: int, _total: int) -> None:
        if not turned:
            turned.append(rotate.rotate(made.vault, Secret(PASSPHRASE)))

    with made.open() as reader, pytest.raises(Refused, match="changed meanwhile"):
        make.make(reader, tmp_path / "backup", tell=turn)
    with made.open() as reader:
        assert make.make(reader, tmp_path / "backup").missing == ()


def test_a_backup_during_a_change_of_the_passphrase(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its keys are newer than its database: what is restored says nothing of older ones."""
    real = make._copy_keys

    def hooked(*args: object) -> object:
        made.vault.change_passphrase(NEW, CHEAPEST)
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(make, "_copy_keys", hooked)
    with made.open() as reader:
        make.make(reader, tmp_path / "backup")
    done = restore.restore(tmp_path / "backup", tmp_path / "again", Secret(NEW))
    assert done.notices == ()
    with open_vault(tmp_path / "again", Secret(NEW), write=True) as opened:
        assert keysmark.is_current(opened.read(), opened.keys_file)
