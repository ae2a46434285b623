"""Getting a vault back: whole, in a new place, and nothing where it cannot be whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.store.backups.conftest import FIRST, SECOND
from tests.store.backups.kit import BY_PASSPHRASE, Backed, files_of
from tests.store.helpers import flip, names
from tests.store.test_trash import REC, add_record
from vault.errors import (
    BackupBusy,
    CannotWrite,
    Damaged,
    NoBackup,
    RestoreBusy,
    UsageError,
    VaultExists,
    WrongPassphrase,
)
from vault.store import files, trash
from vault.store.audit import Head
from vault.store.backups import copying, restore
from vault.store.backups.manifest import Sum
from vault.store.kdf import CHEAPEST
from vault.store.keys import Keys
from vault.store.lock import WriterLock
from vault.store.vault import OpenVault, Secret, open_vault


def _originals(vault: OpenVault) -> list[bytes]:
    found = []
    for (id_,) in vault.read().execute("SELECT id FROM original ORDER BY size DESC").fetchall():
        with vault.originals.open(id_) as reader:
            found.append(b"".join(reader.pieces()))
    return found


def _events(vault: OpenVault) -> list[str]:
    return [row[0] for row in vault.read().execute("SELECT event FROM audit ORDER BY seq")]


def test_the_way_to_a_restored_vault_is_on_the_disk(
    backed: Backed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders made for it are synced as well, or a power cut would take the vault with them."""
    backed.back_up()
    synced: list[Path] = []
    sync = files.sync_folder

    def noted(folder: Path) -> None:
        synced.append(folder)
        sync(folder)

    monkeypatch.setattr(files, "sync_folder", noted)
    backed.restore(tmp_path / "new" / "place" / "vault", BY_PASSPHRASE)
    begun = len(synced) - 1 - synced[::-1].index(tmp_path / "new" / "place")
    assert synced[begun : begun + 3] == [tmp_path / "new" / "place", tmp_path / "new", tmp_path]


def test_a_lost_vault_comes_back_to_its_place(backed: Backed) -> None:
    """By the recovery code alone: every original byte for byte, every row, and no complaint.

    The note in the state folder says that more was committed there since; getting the backup
    back is a decision, so it does not refuse the vault.
    """
    backed.back_up()
    backed.made.set("colour", "committed after the backup")
    backed.lose()
    done = backed.restore(backed.made.folder, backed.by_code)
    assert (done.originals, done.notices) == (2, ())
    with backed.made.open(write=True) as vault:
        assert vault.notices == ()
        assert _originals(vault) == [FIRST, SECOND]
        assert vault.read().execute("SELECT value FROM setting").fetchall() == [("teal",)]
        assert _events(vault)[-1] == "vault.restored"
        assert vault.verify(full=True) == ()
    assert names(backed.made.folder.parent) == ["copies", "state", "vault"]


def test_on_another_computer(backed: Backed, tmp_path: Path) -> None:
    """Nothing but the backup is needed, and it is not changed by it."""
    made = backed.back_up()
    before = files_of(backed.folder)
    backed.lose()
    shutil.rmtree(backed.made.state)
    done = backed.restore(tmp_path / "new" / "home" / "vault")
    assert done.generation == made.id
    assert files_of(backed.folder) == before
    with open_vault(done.folder, BY_PASSPHRASE, write=False, state=backed.made.state) as vault:
        assert vault.notices == ()
    assert backed.made.folder.exists() is False


def test_a_vault_that_came_back_is_backed_up_to_the_same_folder(backed: Backed) -> None:
    """Its generations go on where the lost one's ended, and share their originals."""
    backed.back_up()
    backed.lose()
    backed.restore(backed.made.folder)
    backed.made.vault = backed.made.open(write=True)
    made = backed.back_up()
    assert (made.copied, made.generations) == (0, 2)
    assert backed.check(full=True).problems == ()


def test_an_older_generation(backed: Backed, tmp_path: Path) -> None:
    """Each is a vault of its own; the newest is taken where none is named."""
    first = backed.back_up()
    backed.made.set("colour", "red")
    backed.back_up()
    for wanted, colour in ((first.id[:-2], "teal"), ("", "red")):
        done = backed.restore(tmp_path / colour, wanted=wanted)
        with open_vault(done.folder, BY_PASSPHRASE, write=False) as vault:
            assert vault.read().execute("SELECT value FROM setting").fetchone() == (colour,)
    with pytest.raises(UsageError):
        backed.restore(tmp_path / "other", wanted="2")
    with pytest.raises(NoBackup):
        backed.restore(tmp_path / "other", wanted="1999")


def test_what_was_in_the_trash_has_its_thirty_days_again(backed: Backed, tmp_path: Path) -> None:
    """A backup older than thirty days gives its trash back, and the next opening keeps it too."""
    id_ = backed.made.originals[0]
    with backed.made.vault.write("test") as db:
        add_record(db, REC, id_)
        trash.put_in(db, REC, "2026-01-05T06:07:08Z")
        db.execute("UPDATE meta SET value = '2026-01-06' WHERE name = 'housekeeping'")
    backed.back_up()
    done = backed.restore(tmp_path / "new")
    for write in (False, True):
        with open_vault(done.folder, BY_PASSPHRASE, write=write) as vault:
            (held,) = trash.every(vault.read())
            assert held.deleted_at > "2026-01-06"
            assert FIRST in _originals(vault)


def test_only_to_a_new_place(backed: Backed, tmp_path: Path) -> None:
    """Never over anything: not the vault, no other folder, no file, not the backup itself."""
    backed.back_up()
    before = files_of(backed.made.folder)
    for target in (backed.made.folder, tmp_path):
        with pytest.raises(VaultExists):
            backed.restore(target)
    (tmp_path / "file").write_text("invented")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for target in (tmp_path / "file", tmp_path / "link", backed.folder / "vault"):
        with pytest.raises(CannotWrite):
            backed.restore(target)
    assert files_of(backed.made.folder) == before
    (tmp_path / "empty").mkdir()
    assert backed.restore(tmp_path / "empty").originals == 2


def test_the_passphrase_it_had_then(backed: Backed, tmp_path: Path) -> None:
    """A backup opens with the passphrase of its day; a wrong one leaves nothing behind."""
    backed.back_up()
    backed.made.vault.change_passphrase("another few words", CHEAPEST)
    with pytest.raises(WrongPassphrase) as caught:
        backed.restore(tmp_path / "new", Secret("another few words"))
    assert "when it was made" in caught.value.hint
    assert names(tmp_path) == ["copies", "state", "vault"]
    assert backed.restore(tmp_path / "new").originals == 2


@pytest.mark.parametrize("name", ["keys", "records.db", "manifest", "original"])
@pytest.mark.parametrize("harm", ["flip", "delete"])
def test_a_damaged_backup_makes_no_vault(
    backed: Backed, tmp_path: Path, name: str, harm: str
) -> None:
    """The file is named, nothing is left at the target, and an older generation can be taken."""
    first = backed.back_up()
    extra = backed.add(b"only in the second one")
    last = backed.back_up()
    path = backed.place.generation(last.id) / name
    if name == "original":
        old = {held for held in backed.copies() if held.stat().st_size > 200}
        (path,) = (held for held in backed.copies() if held not in old and _is(backed, held, extra))
    if harm == "flip":
        flip(path, path.stat().st_size // 2)
    else:
        path.unlink()
    if (name, harm) == ("manifest", "delete"):  # it does not count any more
        assert backed.restore(tmp_path / "new").generation == first.id
        return
    with pytest.raises(Damaged, match=path.name):
        backed.restore(tmp_path / "new")
    assert names(tmp_path) == ["copies", "state", "vault"]
    assert backed.restore(tmp_path / "new", wanted=first.id).originals == 2


def _is(backed: Backed, path: Path, id_: str) -> bool:
    return path.read_bytes() == backed.source(id_).read_bytes()


def test_a_stopped_restore_can_be_run_again(
    backed: Backed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped, it takes away what it made; killed, the next one does."""
    backed.back_up()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    for killed in (False, True):
        with monkeypatch.context() as patch:
            patch.setattr(restore, "_verified", stop)
            if killed:
                patch.setattr(shutil, "rmtree", lambda *_args, **_named: None)
            with pytest.raises(KeyboardInterrupt):
                backed.restore(tmp_path / "new")
        assert not (tmp_path / "new").exists()
        assert (tmp_path / "new.restoring").exists() is killed
    assert backed.restore(tmp_path / "new").originals == 2
    assert names(tmp_path) == ["copies", "new", "state", "vault"]


def test_a_folder_that_only_looks_like_leftovers(backed: Backed, tmp_path: Path) -> None:
    """A folder of that name with something else in it is not touched."""
    backed.back_up()
    (tmp_path / "new.restoring").mkdir()
    (tmp_path / "new.restoring" / "letter.txt").write_text("invented")
    with pytest.raises(CannotWrite):
        backed.restore(tmp_path / "new")
    assert names(tmp_path / "new.restoring") == ["letter.txt"]


def test_one_restore_to_a_place_at_a_time(
    backed: Backed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second one is kept out from the first copy until the vault has its name."""
    backed.back_up()
    other = Backed(backed.made, tmp_path / "other")
    other.back_up()
    second_anchor, tries = restore._second_anchor, 0

    def intrude() -> None:
        nonlocal tries
        tries += 1
        with pytest.raises(RestoreBusy):
            other.restore(tmp_path / "new")

    def built(state: Path | None, target: Path, head: Head, opened: Keys) -> str:
        intrude()
        return second_anchor(state, target, head, opened)

    monkeypatch.setattr(restore, "_second_anchor", built)
    done = restore.restore(
        backed.folder, tmp_path / "new", BY_PASSPHRASE, tell=lambda *_: intrude()
    )
    assert (done.originals, tries) == (2, 3)
    with open_vault(done.folder, BY_PASSPHRASE, write=True) as vault:
        assert vault.verify(full=True) == ()
    assert names(tmp_path) == ["copies", "new", "other", "state", "vault"]


def test_a_restore_begun_since_is_left_alone(
    backed: Backed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another one makes in a folder of the same name, once this one is renamed, stays."""
    backed.back_up()
    sync = files.sync_way

    def begun(folder: Path) -> None:
        (tmp_path / "new.restoring").mkdir()
        sync(folder)

    monkeypatch.setattr(files, "sync_way", begun)
    backed.restore(tmp_path / "new")
    assert (tmp_path / "new.restoring").is_dir()


def test_a_full_disk(backed: Backed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No room is said so, and nothing is left of it."""
    backed.back_up()
    copy = copying.copy

    def full(source: Path, target: Path, expected: int | None = None) -> Sum:
        if "originals" in target.parts:
            raise CannotWrite(str(target), "the disk is full")
        return copy(source, target, expected)

    monkeypatch.setattr(copying, "copy", full)
    with pytest.raises(CannotWrite, match="full"):
        backed.restore(tmp_path / "new")
    assert names(tmp_path) == ["copies", "state", "vault"]


def test_a_file_longer_than_the_backup_says(
    backed: Backed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is damage, and is not copied to fill the disk before that is said."""
    backed.back_up()
    os.truncate(backed.copies()[0], 64 * copying.PIECE)
    written, write_all = 0, files.write_all

    def counted(fd: int, data: bytes) -> None:
        nonlocal written
        written += len(data)
        write_all(fd, data)

    monkeypatch.setattr(files, "write_all", counted)
    with pytest.raises(Damaged, match="damaged"):
        backed.restore(tmp_path / "new")
    assert written < 8 * copying.PIECE


def test_not_while_the_backup_is_being_changed(backed: Backed, tmp_path: Path) -> None:
    """A backup at work could take away what is being read."""
    backed.back_up()
    lock = WriterLock(backed.folder)
    with pytest.raises(BackupBusy):
        backed.restore(tmp_path / "new")
    lock.release()


def test_what_the_backup_lacks_is_told(backed: Backed, tmp_path: Path) -> None:
    """An original the vault had lost before its first backup is named; all else comes back."""
    broken = backed.made.originals[0]
    flip(backed.source(broken), -3)
    backed.back_up()
    done = backed.restore(tmp_path / "new")
    assert done.missing == (f"originals/{broken[:2]}/{broken}",)
    with open_vault(done.folder, BY_PASSPHRASE, write=False) as vault:
        (problem,) = vault.verify()
        assert problem.file == done.missing[0]
