"""Making and opening a vault: what is laid out, what is refused, and what harm is noticed."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.store.helpers import PASSPHRASE, Made, child, flip, make, names
from vault.errors import (
    Busy,
    CannotWrite,
    Damaged,
    NoVault,
    Refused,
    TooNew,
    UsageError,
    VaultExists,
    WrongPassphrase,
)
from vault.store import database, files, kdf, migrate
from vault.store.crypto import Label
from vault.store.database import Mode
from vault.store.kdf import CHEAPEST
from vault.store.keys import Secret, unlock
from vault.store.vault import create, open_vault


def key_of(made: Made) -> bytes:
    """The database key, as somebody who has the passphrase can find it."""
    return unlock(made.folder, Secret(PASSPHRASE)).keys.of(Label.DATABASE)


def test_everything_is_laid_out_and_private(made: Made) -> None:
    """The folder, everything in it and the second anchor can be read by their owner alone."""
    made.fill()
    found = {p.relative_to(made.folder): p for p in made.folder.rglob("*")}
    assert {"keys", "keys.bak", "anchor", "lock", "records.db"} <= {str(p) for p in found}
    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    for path in found.values():
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path
    second = list(made.state.iterdir())
    assert [stat.S_IMODE(p.stat().st_mode) for p in second] == [0o600]


def test_what_was_written_is_there_again(closed: Made) -> None:
    """A row and an original come back by reading and by writing handles, with nothing to report."""
    for write in (False, True):
        with closed.open(write=write) as opened:
            row = opened.read().execute("SELECT value FROM setting WHERE name = 'colour'")
            assert row.fetchone() == ("teal",)
            assert opened.originals.check(closed.originals[0]) == 70_000
            assert opened.notices == ()
            assert opened.verify(full=True) == ()


def test_closing_leaves_one_database_file(closed: Made) -> None:
    """After a clean closing no log lies beside records.db."""
    assert not list(closed.folder.glob("records.db-*"))


def test_a_folder_with_something_in_it_is_not_taken(tmp_path: Path) -> None:
    """A person's own files are never mixed with a vault."""
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(VaultExists):
        create(tmp_path, PASSPHRASE, profile=CHEAPEST, state=None)
    assert names(tmp_path) == ["letter.txt"]


def test_an_empty_passphrase_makes_no_vault(tmp_path: Path) -> None:
    """The passphrase is checked before anything is made."""
    with pytest.raises(UsageError):
        create(tmp_path / "vault", "", profile=CHEAPEST, state=None)
    assert not (tmp_path / "vault").exists()


def test_an_empty_folder_is_taken_and_made_private(tmp_path: Path) -> None:
    """A folder others could read is closed to them."""
    (tmp_path / "vault").mkdir(mode=0o755)
    made = make(tmp_path)
    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    made.vault.close()


def test_a_creation_that_fails_leaves_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was made is removed, and the same place works the next time."""
    real = files.write_atomic

    def full(path: Path, data: bytes) -> None:
        if path.name == "keys.bak":
            raise CannotWrite("keys.bak", "the disk is full")
        real(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(files, "write_atomic", full)
        with pytest.raises(CannotWrite):
            make(tmp_path)
    assert names(tmp_path / "vault") == []
    make(tmp_path).vault.close()


@pytest.mark.parametrize("name", ["a b", "50% #1?&mode=ro", "\u00fcber-\U0001f5c2", "quote'\""])
def test_any_name_of_a_folder_will_do(tmp_path: Path, name: str) -> None:
    """The path goes to SQLite as a URI, where some of these characters mean something else."""
    (tmp_path / name).mkdir()
    made = make(tmp_path / name)
    made.fill()
    made.vault.close()
    with made.open() as opened:
        assert opened.verify(full=True) == ()


@pytest.mark.parametrize("where", ["", "missing"])
def test_no_vault_is_told_and_nothing_is_left_behind(tmp_path: Path, where: str) -> None:
    """No lock file and no folder appear where there is no vault."""
    with pytest.raises(NoVault):
        open_vault(tmp_path / where, Secret(PASSPHRASE), write=True)
    assert names(tmp_path) == []


def test_a_wrong_passphrase_changes_nothing_and_frees_the_lock(closed: Made) -> None:
    """The error costs nothing: the next try works."""
    with pytest.raises(WrongPassphrase):
        open_vault(closed.folder, Secret("wrong"), write=True)
    closed.open(write=True).close()


def test_lost_keys_are_damage_and_no_missing_vault(closed: Made) -> None:
    """Without keys the rest of a vault is still recognised as one."""
    (closed.folder / "keys").unlink()
    (closed.folder / "keys.bak").unlink()
    with pytest.raises(Damaged, match=r"keys is missing and keys\.bak is missing"):
        closed.open()


def test_the_second_writer_is_refused_before_its_passphrase_is_tried(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deriving a key is slow, so a vault in use is told at once."""
    monkeypatch.setattr(kdf, "derive", lambda *_: pytest.fail("the passphrase was tried"))
    with pytest.raises(Busy, match=f"process {os.getpid()}"):
        made.open(write=True)


OPEN = """
import sys
from pathlib import Path
from vault.store.vault import Secret, open_vault
folder, state, passphrase = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
opened = open_vault(folder, Secret(passphrase), write=True, state=state)
print("open", flush=True)
for number in range(1, 10_000):
    with opened.write("setting.set", number=number) as db:
        db.execute("INSERT OR REPLACE INTO setting VALUES ('n', ?)", (str(number),))
    print(number, flush=True)
"""


@pytest.mark.parametrize("commits", [1, 7, 30])
def test_a_killed_writer_loses_nothing_it_acknowledged(closed: Made, commits: int) -> None:
    """SIGKILL at any moment: each commit it told us of is there, and nothing needs repair."""
    with child(OPEN, str(closed.folder), str(closed.state), PASSPHRASE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(Busy, match=f"process {process.pid}"):
            closed.open(write=True)
        for _ in range(commits):
            last = int(process.stdout.readline())
        with closed.open() as beside:
            row = beside.read().execute("SELECT value FROM setting WHERE name = 'n'").fetchone()
            assert int(row[0]) >= last
        process.kill()
        last = max([last, *(int(line) for line in process.stdout if line.endswith("\n"))])
        process.wait()
    for write in (False, True):
        with closed.open(write=write) as opened:
            row = opened.read().execute("SELECT value FROM setting WHERE name = 'n'").fetchone()
            assert int(row[0]) in (last, last + 1)
            assert opened.verify() == ()


def crash_copy(made: Made, to: Path) -> Made:
    """The vault as a power cut would leave it: the log not yet moved into the database."""
    shutil.copytree(made.folder, to / "vault")
    return Made(to / "vault", made.state, made.vault, made.code)


def test_a_new_vault_and_the_way_to_it_are_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folders above a new vault are synced before its keys make it one: they may be as new."""
    synced: list[Path] = []
    sync = files.sync_folder

    def noted(folder: Path) -> None:
        synced.append(folder)
        sync(folder)

    monkeypatch.setattr(files, "sync_folder", noted)
    made = make(tmp_path / "new" / "place")
    made.vault.close()
    way = [made.folder, made.folder.parent, tmp_path / "new", tmp_path]
    begun = synced.index(tmp_path) - len(way) + 1
    assert synced[begun : begun + len(way)] == way
    assert made.folder in synced[begun + len(way) :]


def test_what_a_replaced_file_was_cut_off_with_is_cleared_away(closed: Made) -> None:
    """Half a file that was to become the keys or the anchor is gone once somebody may write."""
    for name in ("keys", "keys.bak", "anchor"):
        (closed.folder / f"{name}.new").write_bytes(b"half")
    closed.open().close()
    assert (closed.folder / "keys.new").exists()
    closed.open(write=True).close()
    assert not list(closed.folder.glob("*.new"))


def test_a_copy_with_a_full_log_opens_whole(made: Made, tmp_path: Path) -> None:
    """What a power cut leaves is a good vault."""
    made.fill()
    copy = crash_copy(made, tmp_path / "copy")
    with copy.open() as opened:
        assert opened.verify() == ()


def test_a_flipped_bit_in_the_log_is_noticed(made: Made, tmp_path: Path) -> None:
    """Trap: SQLite drops everything from the damaged frame on and calls the rest whole."""
    made.vault.checkpoint()
    for number in range(10):
        made.set("n", str(number))
    copy = crash_copy(made, tmp_path / "copy")
    log = copy.folder / "records.db-wal"
    flip(log, log.stat().st_size // 2)
    for write in (False, True):
        with pytest.raises(Damaged, match=r"\d+ committed changes are missing from records\.db"):
            copy.open(write=write)


def test_a_removed_log_is_noticed(made: Made, tmp_path: Path) -> None:
    """Without its log the database is older than its anchor says."""
    made.vault.checkpoint()
    made.set("n", "1")
    copy = crash_copy(made, tmp_path / "copy")
    (copy.folder / "records.db-wal").unlink()
    with pytest.raises(Damaged, match="1 committed change is missing"):
        copy.open()


def test_a_folder_rolled_back_is_noticed_by_the_second_anchor(closed: Made) -> None:
    """Both files are authentic and old; only the copy outside the folder knows."""
    old = closed.folder.with_name("old")
    shutil.copytree(closed.folder, old)
    with closed.open(write=True) as opened:
        closed.vault = opened
        closed.set("n", "1")
    shutil.rmtree(closed.folder)
    old.rename(closed.folder)
    for write in (False, True):
        with pytest.raises(Damaged, match="older than when it was last used here: 1 committed"):
            closed.open(write=write)


def test_a_copy_restored_elsewhere_is_no_rollback(closed: Made) -> None:
    """Restoring to a new place is an honest thing to do and must open."""
    shutil.copytree(closed.folder, closed.folder.with_name("restored"))
    with closed.open(write=True) as opened:
        closed.vault = opened
        closed.set("n", "1")
    closed.folder = closed.folder.with_name("restored")
    closed.open(write=True).close()


def test_an_old_page_put_back_in_its_place_is_noticed(made: Made) -> None:
    """Trap: every check of the database itself takes an old page for a good one."""
    made.set("colour", "teal")
    made.vault.checkpoint()
    before = made.records.read_bytes()
    made.set("mood", "calm")
    made.vault.close()
    after = made.records.read_bytes()
    size, noticed = database.PAGE_BYTES, []
    for page in range(0, len(before), size):
        if before[page : page + size] == after[page : page + size]:
            continue
        made.records.write_bytes(after[:page] + before[page : page + size] + after[page + size :])
        try:
            with made.open(write=False) as opened:
                noticed.append(bool(opened.verify(full=True)))
        except Damaged:
            noticed.append(True)
    made.records.write_bytes(after)
    assert made.open().verify() == ()
    assert len(noticed) >= 4  # a table, its index, the audit and the content root
    assert all(noticed)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00 and more", bytes(70_000)])
def test_another_file_in_place_of_the_database_is_damage(closed: Made, content: bytes) -> None:
    """Empty, plain and random files are refused."""
    closed.records.write_bytes(content)
    for write in (False, True):
        with pytest.raises(Damaged, match=r"records\.db"):
            closed.open(write=write)


def test_an_empty_database_under_the_right_key_is_damage(closed: Made) -> None:
    """A database of the right key but without a vault in it is refused."""
    key = key_of(closed)
    closed.records.unlink()
    db = database.connect(closed.records, key, Mode.CREATE)
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("CREATE TABLE t (x TEXT)")
    db.close()
    with pytest.raises(Damaged, match="holds nothing"):
        closed.open()


def test_rows_changed_behind_its_back_are_noticed(closed: Made) -> None:
    """A row changed by another program with the key shows in verify."""
    db = database.connect(closed.records, key_of(closed), Mode.WRITE)
    db.execute("UPDATE setting SET value = 'puce'")
    db.close()
    with closed.open() as opened:
        assert "changed outside" in opened.verify()[0].what


def test_a_root_that_no_commit_stated_is_noticed_on_opening(closed: Made) -> None:
    """The content root must be the one the last row of the audit vouches for."""
    db = database.connect(closed.records, key_of(closed), Mode.WRITE)
    db.execute("UPDATE content_root SET value = randomblob(32)")
    db.close()
    for write in (False, True):
        with pytest.raises(Damaged, match="changed outside chartmend"):
            closed.open(write=write)


def test_the_database_of_another_vault_is_damage(closed: Made, tmp_path: Path) -> None:
    """The vault's id in the database must be that of the keys."""
    db = database.connect(closed.records, key_of(closed), Mode.WRITE)
    db.execute("UPDATE meta SET value = ? WHERE name = 'vault'", ("0" * 32,))
    db.close()
    with pytest.raises(Damaged, match="another vault"):
        closed.open()


def test_a_newer_vault_is_left_alone(closed: Made) -> None:
    """A later format is refused in either mode, and no byte is changed."""
    db = database.connect(closed.records, key_of(closed), Mode.WRITE)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = closed.records.read_bytes()
    for write in (False, True):
        with pytest.raises(TooNew, match="format 99"):
            closed.open(write=write)
    assert closed.records.read_bytes() == before


def test_a_damaged_anchor_is_replaced_from_its_second_copy(closed: Made) -> None:
    """One good anchor is enough; the next writer mends the other."""
    flip(closed.folder / "anchor", 40)
    with closed.open() as opened:
        assert opened.notices == ("anchor is damaged; its second copy was used",)
    closed.open(write=True).close()
    with closed.open() as opened:
        assert opened.notices == ()


@pytest.mark.parametrize("harm", ["remove", "flip"])
def test_without_any_anchor_only_a_person_can_say_go_on(closed: Made, harm: str) -> None:
    """Nothing is decided silently: refused, then readable on request, then accepted on request."""
    shutil.rmtree(closed.state)
    if harm == "remove":
        (closed.folder / "anchor").unlink()
    else:
        flip(closed.folder / "anchor", 40)
    with pytest.raises(Damaged, match="anchor is"):
        closed.open(write=True)
    with closed.open(anyway=True) as opened:
        assert opened.read().execute("SELECT value FROM setting").fetchone() == ("teal",)
        assert "anchor is" in opened.notices[0]
        assert [problem.file for problem in opened.verify()] == ["anchor"]
    closed.open(write=True, anyway=True).close()
    with closed.open() as opened:
        assert opened.verify() == ()


def test_a_rollback_somebody_accepts_is_the_state_from_then_on(closed: Made) -> None:
    """After a person accepts an older state the vault is whole again."""
    old = closed.folder.with_name("old")
    shutil.copytree(closed.folder, old)
    with closed.open(write=True) as opened:
        closed.vault = opened
        closed.set("n", "1")
        closed.set("n", "2")
        closed.set("n", "3")
    shutil.rmtree(closed.folder)
    old.rename(closed.folder)
    with closed.open(write=True, anyway=True) as opened:
        assert "older than" in opened.notices[0]
    with closed.open(write=True) as opened:
        assert opened.verify() == ()


def test_an_anchor_behind_is_brought_up_to_date(made: Made) -> None:
    """A kill between the commit and the anchor leaves it one behind: no harm, no word."""
    before = (made.folder / "anchor").read_bytes()
    made.set("n", "1")
    made.vault.close()
    latest = (made.folder / "anchor").read_bytes()
    (made.folder / "anchor").write_bytes(before)
    with made.open() as opened:
        assert opened.notices == ()
    made.open(write=True).close()
    assert (made.folder / "anchor").read_bytes() == latest


def test_an_older_format_is_brought_up_by_a_writer_only(
    closed: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader cannot migrate and says what to do; a writer migrates and the root holds."""
    number = migrate.newest() + 1
    step = (
        "BEGIN IMMEDIATE; ALTER TABLE setting ADD COLUMN note TEXT NOT NULL DEFAULT '';"
        f"PRAGMA user_version = {number}; COMMIT;"
    )
    scripts = {**migrate.scripts(), number: step}
    monkeypatch.setattr(migrate, "scripts", lambda _source=None: scripts)
    with pytest.raises(Refused, match="older chartmend"):
        closed.open()
    with closed.open(write=True) as opened:
        assert opened.verify() == ()
    with closed.open() as opened:
        assert opened.verify() == ()


def test_a_migration_cut_off_before_the_root_was_counted_is_finished(
    closed: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The root is counted again although the format number is already the new one."""
    number = migrate.newest() + 1
    step = (
        "BEGIN IMMEDIATE; UPDATE setting SET value = upper(value);"
        f"PRAGMA user_version = {number}; COMMIT;"
    )
    scripts = {**migrate.scripts(), number: step}
    monkeypatch.setattr(migrate, "scripts", lambda _source=None: scripts)
    db = database.connect(closed.records, key_of(closed), Mode.WRITE)
    migrate.migrate(db)
    db.close()
    with closed.open(write=True) as opened:
        assert opened.verify() == ()
        assert opened.read().execute("SELECT value FROM setting").fetchone() == ("TEAL",)
