"""An older keys file put back is noticed; a change cut off at any step leaves a good vault."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from vault.errors import CannotWrite, WrongPassphrase
from vault.store import anchor, audit, keys, keysmark
from vault.store import files as files_module
from vault.store.database import Db
from vault.store.kdf import CHEAPEST
from vault.store.keys import Secret
from vault.store.keysfile import KeysFile
from vault.store.vault import OpenVault, create, open_vault

OLD, NEW = "tin harbour lemon stove", "fig anchor violet tram"


def files(folder: Path) -> dict[str, bytes]:
    """Both keys files."""
    return {name: (folder / name).read_bytes() for name in keys.NAMES}


def put(folder: Path, held: dict[str, bytes]) -> None:
    """Put keys files in their place."""
    for name, data in held.items():
        (folder / name).write_bytes(data)


@pytest.fixture
def changed(tmp_path: Path) -> tuple[Path, dict[str, bytes]]:
    """A vault whose passphrase was changed from OLD to NEW, and the keys files before that."""
    vault, _ = create(tmp_path / "vault", OLD, profile=CHEAPEST)
    with vault:
        before = files(vault.folder)
        vault.change_passphrase(NEW, CHEAPEST)
    return tmp_path / "vault", before


def opened(folder: Path, passphrase: str, *, write: bool = False) -> OpenVault:
    """The vault, opened."""
    return open_vault(folder, Secret(passphrase), write=write)


def wrong(folder: Path, passphrase: str) -> list[tuple[str, str]]:
    """What a quick verify says."""
    with opened(folder, passphrase) as vault:
        return [(p.file, p.what) for p in vault.verify()]


def test_as_it_was_left(changed: tuple[Path, dict[str, bytes]]) -> None:
    """After a change nothing is wrong, and nothing is told."""
    folder, _ = changed
    with opened(folder, NEW, write=True) as vault:
        assert vault.notices == ()
    assert wrong(folder, NEW) == []


def test_both_older_copies_put_back(changed: tuple[Path, dict[str, bytes]]) -> None:
    """The old passphrase opens again, but it is told, and verify names both files."""
    folder, before = changed
    put(folder, before)
    with opened(folder, OLD, write=True) as vault:
        assert keysmark.OLDER in vault.notices
    assert wrong(folder, OLD) == [(name, keysmark.OLDER) for name in keys.NAMES]
    with opened(folder, OLD, write=True) as vault:
        vault.change_passphrase(NEW, CHEAPEST)
    assert wrong(folder, NEW) == []


@pytest.mark.parametrize("name", keys.NAMES)
def test_one_older_copy_put_back(changed: tuple[Path, dict[str, bytes]], name: str) -> None:
    """Whichever passphrase is typed, the newer one takes its place again."""
    folder, before = changed
    now = files(folder)
    for passphrase in (OLD, NEW):
        put(folder, {name: before[name]})
        assert (name, keysmark.OLDER) in wrong(folder, NEW)
        with opened(folder, passphrase, write=True) as vault:
            assert (keysmark.ONE_OLDER in vault.notices) == (passphrase == OLD)
        assert files(folder) == now
    assert wrong(folder, NEW) == []


@pytest.mark.parametrize("written", [0, 1, 2])
def test_a_change_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int) -> None:
    """However many of the files are written: a passphrase opens, and all is settled by it."""
    vault, _ = create(tmp_path / "vault", OLD, profile=CHEAPEST)
    folder, real = vault.folder, files_module.write_atomic
    calls = 0

    def cut(path: Path, data: bytes) -> None:
        nonlocal calls
        if path.name in keys.NAMES:
            calls += 1
            if calls > written:
                raise KeyboardInterrupt  # as good as a kill: nothing is put back either
        real(path, data)

    monkeypatch.setattr(files_module, "write_atomic", cut)
    append = audit.append

    def cut_commit(db: Db, key: bytes, event: str, *more: object) -> audit.Head:
        if event == "passphrase.changed":
            raise KeyboardInterrupt
        return append(db, key, event)

    monkeypatch.setattr(audit, "append", cut_commit)
    with pytest.raises(KeyboardInterrupt):
        vault.change_passphrase(NEW, CHEAPEST)
    vault.close()
    monkeypatch.undo()
    good = []
    for passphrase in (OLD, NEW):
        with contextlib.suppress(WrongPassphrase), opened(folder, passphrase, write=True) as again:
            assert keysmark.OLDER not in again.notices
            good.append(passphrase)
            break
    assert wrong(folder, good[0]) == []


def test_stopped_after_the_commit_the_new_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while the anchors are written: the change is done, and no older file comes back."""
    vault, _ = create(tmp_path / "vault", OLD, profile=CHEAPEST)
    real, heads = anchor.write, []

    def stop(path: Path, head: audit.Head, *more: bytes) -> None:
        heads.append(head)
        if len(heads) == 2:  # the first is that of the announcement
            raise KeyboardInterrupt
        real(path, head, *more)

    with monkeypatch.context() as patched:
        patched.setattr(anchor, "write", stop)
        with pytest.raises(KeyboardInterrupt):
            vault.change_passphrase(NEW, CHEAPEST)
    code = vault.change_recovery_code()  # the open handle goes on with the new one, too
    vault.close()
    with pytest.raises(WrongPassphrase):
        opened(tmp_path / "vault", OLD)
    assert wrong(tmp_path / "vault", NEW) == []
    with open_vault(tmp_path / "vault", Secret(recovery_code=code), write=True) as again:
        assert again.notices == ()


def test_a_full_disk_keeps_the_old_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is changed, and nothing is wrong after."""
    vault, _ = create(tmp_path / "vault", OLD, profile=CHEAPEST)
    real = keys.write_both

    def full(folder: Path, file: KeysFile) -> None:
        monkeypatch.setattr(keys, "write_both", real)
        raise CannotWrite("keys", "the disk is full")

    monkeypatch.setattr(keys, "write_both", full)
    with pytest.raises(CannotWrite):
        vault.change_passphrase(NEW, CHEAPEST)
    vault.close()
    assert wrong(tmp_path / "vault", OLD) == []
