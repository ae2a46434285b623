"""Making backups: online, only what is new, and never half of one."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
from pathlib import Path

import pytest

from tests.store.backups.conftest import FIRST
from tests.store.backups.kit import ALL, Backed, files_of
from tests.store.helpers import disk_calls, flip, names
from vault.errors import BackupBusy, CannotWrite, Damaged, Refused
from vault.store import database, files
from vault.store.backups import copying, make, manifest, places, prune
from vault.store.backups.keep import Keep
from vault.store.backups.make import Wish
from vault.store.backups.manifest import Sum
from vault.store.crypto import Label
from vault.store.database import Mode
from vault.store.lock import WriterLock


def test_what_lies_in_a_backup(backed: Backed) -> None:
    """The layout, and nothing readable in it: no plain database, no word of an original."""
    made = backed.back_up()
    assert names(backed.folder) == ["chartmend-backup", "generations", "lock", "originals"]
    assert names(backed.place.generation(made.id)) == ["keys", "manifest", "records.db"]
    assert (made.originals, made.copied, made.generations) == (2, 2, 1)
    assert made.bytes == sum(path.stat().st_size for path in backed.copies())
    for name, data in files_of(backed.folder).items():
        assert b"SQLite format 3" not in data, name
        assert b"invented" not in data, name
        assert b"teal" not in data, name
    modes = {p.stat().st_mode & 0o077 for p in (backed.folder, *backed.folder.rglob("*"))}
    assert modes == {0}


def test_the_copied_database_is_the_vaults(backed: Backed) -> None:
    """Same key, same page size, same rows, and no log or index beside it."""
    made = backed.back_up()
    path = backed.place.generation(made.id) / "records.db"
    key = backed.made.vault.keys.of(Label.DATABASE)
    with contextlib.closing(database.connect(path, key, Mode.READ)) as db:
        assert int(db.execute("PRAGMA page_size").fetchone()[0]) == database.PAGE_BYTES
        assert db.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert db.execute("SELECT value FROM setting").fetchall() == [("teal",)]
    assert not list(path.parent.glob("records.db-*"))
    with pytest.raises(Damaged):
        database.connect(path, bytes(32), Mode.READ)


def test_a_copy_that_is_there_already_is_on_the_disk_before_it_counts(
    backed: Backed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup that was cut off may have left it there with its name not yet synced."""
    backed.back_up()
    synced: set[Path] = set()
    sync = files.sync_folder

    def noted(folder: Path) -> None:
        synced.add(folder)
        sync(folder)

    monkeypatch.setattr(files, "sync_folder", noted)
    assert backed.back_up().copied == 0
    assert {path.parent for path in backed.copies()} <= synced


def test_only_new_originals_are_copied(backed: Backed) -> None:
    """The second backup copies what came since; what was there is not touched."""
    backed.back_up()
    before = {p: p.stat().st_mtime_ns for p in backed.copies()}
    backed.add(b"a third invented page")
    made = backed.back_up()
    assert (made.originals, made.copied, made.generations) == (3, 1, 2)
    assert {p: p.stat().st_mtime_ns for p in before} == before


def test_a_reader_can_make_one_while_another_writes(backed: Backed) -> None:
    """It needs no lock of the vault, and holds what was committed when it began."""
    with backed.made.open() as reader:
        backed.made.set("colour", "red")
        made = make.make(reader, backed.folder, ALL)
    assert made.root == make.make(backed.made.vault, backed.folder, ALL).root
    assert backed.check(full=True).problems == ()


def test_two_backups_at_once(backed: Backed) -> None:
    """The second is refused, and can be made as soon as the first has ended."""
    backed.back_up()
    lock = WriterLock(backed.folder)
    with pytest.raises(BackupBusy):
        backed.back_up()
    lock.release()
    assert backed.back_up().generations == 2


def test_the_manifest_comes_last(backed: Backed, monkeypatch: pytest.MonkeyPatch) -> None:
    """All else is synced, files and folders, before the rename that makes a backup count."""
    seen = disk_calls(monkeypatch)
    replace, renamed = Path.replace, list[str]()

    def noted(path: Path, target: Path) -> Path:
        renamed.append(Path(target).name)
        if Path(target).name == "manifest":
            assert seen[-2:] == ["sync folder", "sync file"]
            assert seen[-3:-1] == ["sync folder", "sync folder"]
            assert len(backed.copies()) == 2
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", noted)
    backed.back_up()
    assert renamed[-1] == "manifest"
    assert seen[-2:] == ["rename", "sync folder"]


@pytest.mark.parametrize("stop", range(1, 4))
def test_one_that_is_cut_off_counts_for_nothing(
    backed: Backed, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    """A generation is gone or unfinished; originals copied so far serve the next backup."""
    backed.back_up()
    first = backed.finished()
    for number in range(3):
        backed.add(b"later page %d" % number)
    copy, calls = copying.copy, 0

    def stopped(source: Path, target: Path) -> Sum:
        nonlocal calls
        calls += 1
        if calls == stop:
            raise KeyboardInterrupt
        return copy(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(copying, "copy", stopped)
        patch.setattr(prune, "drop", lambda _folder: None)  # as if it had been killed
        with pytest.raises(KeyboardInterrupt):
            backed.back_up()
    assert backed.finished() == first
    assert backed.check().problems == ()
    made = backed.back_up()
    assert made.copied == 3 - (stop - 1)
    assert len(names(backed.place.generations)) == 2
    assert backed.check(full=True).problems == ()


def test_leftovers_are_cleared(backed: Backed) -> None:
    """Half a copy and a generation without a manifest go with the next backup."""
    first = backed.back_up()
    left = backed.place.originals / f"0123{prune.PART}"
    left.write_bytes(b"half")
    (backed.place.originals / f"folder{prune.PART}").mkdir()  # nothing a backup makes
    (backed.place.generation(first.id) / "manifest").unlink()
    second = backed.back_up()
    assert not left.exists()
    assert names(backed.place.generations) == [second.id]
    assert second.copied == 0


def test_a_full_disk(backed: Backed, monkeypatch: pytest.MonkeyPatch) -> None:
    """No room is said so, and leaves what was there and nothing of the new one."""
    backed.back_up()
    before = files_of(backed.folder)
    backed.add(b"one more")
    write = os.write

    def full(fd: int, data: bytes) -> int:
        if str(backed.folder) in str(Path(f"/proc/self/fd/{fd}").readlink()):
            raise OSError(28, "No space left on device")
        return write(fd, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(CannotWrite, match="full"):
            backed.back_up()
    assert files_of(backed.folder) == before
    assert backed.back_up().copied == 1


def test_a_copy_of_the_wrong_length_is_replaced(backed: Backed) -> None:
    """A truncated copy is noticed by its length and made again, with a right one beside it."""
    backed.back_up()
    hurt = max(backed.copies(), key=lambda path: path.stat().st_size)
    hurt.write_bytes(hurt.read_bytes()[:-1])
    assert backed.check().problems
    made = backed.back_up()
    assert made.copied == 1
    assert backed.check(full=True).problems == ()


def test_a_changed_copy_is_replaced_by_a_full_backup(backed: Backed) -> None:
    """A flipped bit keeps the length: `full` reads all of it and makes it again."""
    backed.back_up()
    flip(backed.copies()[0], -3)
    assert backed.back_up(ALL).copied == 0
    assert backed.back_up(Wish(keep=None, full=True)).copied == 1
    assert backed.check(full=True).problems == ()


def test_a_damaged_original_is_not_backed_up_as_if_it_were_whole(backed: Backed) -> None:
    """The rest is, and what could not be is named, in the result and in every later check."""
    broken = backed.made.originals[0]
    flip(backed.source(broken), -3)
    made = backed.back_up()
    assert made.missing == (f"originals/{broken[:2]}/{broken}",)
    assert made.originals == 1
    (problem,) = backed.check(full=True).problems
    assert broken in problem.what


@pytest.mark.parametrize("harm", ["flip the head", "delete"])
def test_a_whole_copy_from_before_stands_in(backed: Backed, harm: str) -> None:
    """An original the vault has lost since stays in its backups, new ones too."""
    backed.back_up()
    broken = backed.source(backed.made.originals[0])
    if harm == "delete":
        broken.unlink()
    else:
        flip(broken, 3)
    made = backed.back_up()
    assert (made.missing, made.originals) == ((), 2)
    assert backed.check(full=True).problems == ()


def test_a_sealing_anew_is_copied_anew(backed: Backed) -> None:
    """The same original sealed again is another ciphertext, and the old one stays as it was."""
    backed.back_up()
    flip(backed.source(backed.made.originals[0]), -3)
    assert backed.add(FIRST) == backed.made.originals[0]
    assert backed.back_up().copied == 1
    assert len(backed.copies()) == 3
    assert backed.check(full=True).problems == ()


def test_an_original_deleted_meanwhile(backed: Backed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The backup begins anew with what is there now; none names what it does not hold."""
    backed.back_up()
    copy_to = database.copy_to

    def then_delete(source: database.Db, target: Path, key: bytes) -> None:
        copy_to(source, target, key)
        if gone:
            backed.remove(gone.pop())

    gone = [backed.made.originals[0]]
    monkeypatch.setattr(database, "copy_to", then_delete)
    made = backed.back_up()
    assert (made.originals, made.missing) == (1, ())
    assert len(backed.finished()) == 2
    gone = [backed.made.originals[1], backed.add(b"x"), backed.add(b"y"), backed.add(b"z")]
    with pytest.raises(Refused, match="deleted"):
        backed.back_up()
    assert len(names(backed.place.generations)) == 2


def test_places_that_cannot_be(backed: Backed, tmp_path: Path) -> None:
    """Inside the vault, around it, among other things, or on a disk that is not there."""
    busy = tmp_path / "busy"
    busy.mkdir()
    (busy / "letter.txt").write_text("invented")
    vault = backed.made.folder
    for folder in (vault, vault / "copy", tmp_path, busy, tmp_path / "not there" / "copy"):
        with pytest.raises(CannotWrite):
            make.make(backed.made.vault, folder)
    assert names(busy) == ["letter.txt"]
    assert not (vault / "copy").exists()


def test_a_folder_of_another_vault(backed: Backed) -> None:
    """Its backups are never mixed with another vault's."""
    backed.back_up()
    (backed.folder / places.MARKER).write_bytes(places.marker("0" * 32))
    before = files_of(backed.folder)
    with pytest.raises(Refused, match="another vault"):
        backed.back_up()
    assert files_of(backed.folder) == before


def test_a_damaged_marker_is_written_again(backed: Backed) -> None:
    """The marker is the one thing that a backup can always make anew."""
    backed.back_up()
    (backed.folder / places.MARKER).write_bytes(b"")
    assert backed.check().problems
    backed.back_up()
    assert backed.check().problems == ()


def test_a_disk_that_forgets(backed: Backed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that reads back otherwise than it was written is no backup, and is said."""
    copy = copying.copy

    def forgetful(source: Path, target: Path) -> Sum:
        found = copy(source, target)
        if target.suffix == prune.PART:
            flip(target, -3)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(copying, "copy", forgetful)
        with pytest.raises(CannotWrite, match="give back"):
            backed.back_up()
    assert (backed.finished(), backed.copies()) == ([], [])
    assert backed.back_up().copied == 2


def test_things_of_others_in_the_folder(backed: Backed) -> None:
    """What a file manager leaves is not touched; a link in the place of a copy is replaced."""
    backed.back_up()
    first = backed.copies()[0]
    other = first.with_name(".DS_Store")
    other.write_bytes(b"of somebody else")
    (first.parent / "folder").mkdir()
    moved = first.rename(backed.folder.parent / "moved")
    first.symlink_to(moved)
    assert [p.file for p in backed.check().problems] == [backed.place.within(first)]
    assert backed.back_up(Wish()).copied == 1
    assert not first.is_symlink()
    assert moved.exists()
    assert other.read_bytes() == b"of somebody else"
    assert backed.check(full=True).problems == ()


@pytest.fixture
def aged(backed: Backed, monkeypatch: pytest.MonkeyPatch) -> Backed:
    """Backups that are made on the days the test says: each one a day after the one before."""
    days = iter(range(1000))
    name = places.new_name

    def later(_at: dt.datetime) -> str:
        return name(dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=next(days)))

    monkeypatch.setattr(places, "new_name", later)
    return backed


def test_old_generations_go(aged: Backed) -> None:
    """By the rule, with the originals that none of the kept ones names, and no others."""
    gone = aged.add(b"soon deleted")
    aged.back_up()
    aged.remove(gone)
    rule = Wish(keep=Keep(last=2, daily=0, weekly=0, monthly=0))
    assert len(aged.copies()) == 3
    made = aged.back_up(rule)
    assert (made.removed, made.generations, len(aged.copies())) == (0, 2, 3)
    made = aged.back_up(rule)
    assert (made.removed, made.generations, len(aged.copies())) == (1, 2, 2)
    assert aged.check(full=True).problems == ()


def test_the_one_just_made_stays(aged: Backed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the clock of this computer says it is the oldest."""
    for _ in range(3):
        aged.back_up()
    old = places.Place.names
    monkeypatch.setattr(places, "new_name", lambda _at: "20200101T000000.000000Z-01234567")
    made = aged.back_up(Wish(keep=Keep(last=1, daily=0, weekly=0, monthly=0)))
    assert made.id in old(aged.place)
    assert made.generations == 2


@pytest.mark.parametrize("step", ["drop", "sweep"])
def test_pruning_that_is_cut_off(aged: Backed, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Whenever it stops, what is left is whole, and the next backup goes on."""
    gone = aged.add(b"soon deleted")
    aged.back_up()
    aged.remove(gone)
    rule = Wish(keep=Keep(last=1, daily=0, weekly=0, monthly=0))

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if step == "drop":
            patch.setattr(shutil, "rmtree", stop)
        else:
            patch.setattr(prune, "_sweep", stop)
        with pytest.raises(KeyboardInterrupt):
            aged.back_up(rule)
    assert len(aged.finished()) == 1
    assert aged.check(full=True).problems == ()
    aged.back_up(rule)
    assert len(names(aged.place.generations)) == 1
    assert len(aged.copies()) == 2


def test_nothing_is_swept_while_a_manifest_cannot_be_read(
    aged: Backed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The originals of a newer program's generation are not known, so all stay."""
    gone = aged.add(b"soon deleted")
    with monkeypatch.context() as patched:
        patched.setattr(manifest, "FORMAT", 2)
        first = aged.back_up()
    aged.remove(gone)
    aged.back_up(Wish(keep=Keep(last=1, daily=0, weekly=0, monthly=0)))
    assert len(aged.copies()) == 3
    assert aged.place.generation(first.id).is_dir()
