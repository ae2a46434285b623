"""The open vault: transactions, threads, closing, and looking the whole of it over."""

from __future__ import annotations

import errno
import os
import sys
import threading
from pathlib import Path

import pytest

from tests.store.helpers import Made, flip, held_files
from vault.errors import CannotRead, CannotWrite, Refused
from vault.store import anchor, database
from vault.store.checks import Problem
from vault.store.originals import file_of

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def count(made: Made) -> int:
    """How many settings are committed."""
    return int(made.vault.read().execute("SELECT count(*) FROM setting").fetchone()[0])


def events(made: Made) -> list[tuple[str, str, str]]:
    """What the audit says, the creation aside."""
    rows = made.vault.read().execute("SELECT event, subject, detail FROM audit WHERE seq > 1")
    return [(row[0], row[1], row[2]) for row in rows]


def test_a_write_is_committed_audited_and_anchored(made: Made) -> None:
    """One commit gives one row of audit, and both anchors say the same."""
    before = (made.folder / "anchor").read_bytes()
    with made.vault.write("setting.set", "colour", size=4) as db:
        db.execute("INSERT INTO setting VALUES ('colour', 'teal')")
    assert count(made) == 1
    assert events(made) == [("setting.set", "colour", '{"size":4}')]
    assert (made.folder / "anchor").read_bytes() != before
    assert (made.folder / "anchor").read_bytes() == next(made.state.iterdir()).read_bytes()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_whatever_is_raised_undoes_all_of_it(made: Made, error: type[BaseException]) -> None:
    """Also Ctrl-C and exit undo it, and the vault can be written to again."""
    before = (made.folder / "anchor").read_bytes()

    def change() -> None:
        with made.vault.write("setting.set") as db:
            db.execute("INSERT INTO setting VALUES ('colour', 'teal')")
            raise error

    with pytest.raises(error):
        change()
    assert count(made) == 0
    assert events(made) == []
    assert (made.folder / "anchor").read_bytes() == before
    made.set("colour", "plum")
    assert made.vault.verify() == ()


def test_a_statement_that_fails_undoes_the_ones_before(made: Made) -> None:
    """Rows written before the failing statement are gone too."""

    def change() -> None:
        with made.vault.write("setting.set") as db:
            db.execute("INSERT INTO setting VALUES ('colour', 'teal')")
            db.execute("INSERT INTO setting VALUES ('colour', 'plum')")

    with pytest.raises(database.IntegrityError):
        change()
    assert count(made) == 0
    assert made.vault.verify() == ()


def test_a_full_disk_undoes_the_change_and_the_vault_goes_on(made: Made) -> None:
    """SQLite undoes by itself when full; the handle copes and goes on."""

    def change() -> None:
        with made.vault.write("x") as db:
            pages = db.execute("PRAGMA page_count").fetchone()[0]
            db.execute(f"PRAGMA max_page_count = {pages + 2}")
            db.execute("INSERT INTO setting VALUES ('long', ?)", ("x" * 10**6,))

    with pytest.raises(CannotWrite, match="the disk is full"):
        change()
    with made.vault.write("x") as db:
        db.execute("PRAGMA max_page_count = 1000000")
    made.set("colour", "teal")
    assert count(made) == 1
    assert made.vault.verify() == ()


def test_a_disk_that_fails_inside_a_write_is_a_place_that_cannot_be_written(made: Made) -> None:
    """SQLite tells no reading error from a writing one; a change that failed is the latter."""

    def change() -> None:
        with made.vault.write("setting.set"):
            raise CannotRead("records.db", "the disk reports an error")

    with pytest.raises(CannotWrite, match=r"cannot write records.db: the disk reports an error"):
        change()
    assert events(made) == []


def test_an_anchor_that_cannot_be_written_is_told_but_the_change_is_kept(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit counts; the anchors catch up on the next opening."""

    def full(*_arguments: object) -> None:
        raise CannotWrite("anchor", "the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(anchor, "write", full)
        made.set("colour", "teal")
        made.set("colour", "plum")
    assert made.vault.notices == (
        "your change was kept, but a note of it was not: cannot write anchor: the disk is full",
    )
    made.vault.close()
    with made.open(write=True) as opened:
        assert opened.verify() == ()


def test_a_state_folder_that_cannot_be_made_is_a_notice(made: Made) -> None:
    """Without a place for the second anchor the vault still works."""
    for path in made.state.iterdir():
        path.unlink()
    made.state.rmdir()
    made.state.write_bytes(b"a file is in the way")
    made.set("colour", "teal")
    assert len(made.vault.notices) == 1
    assert count(made) == 1


def test_a_write_inside_a_write_is_a_mistake_and_undone(made: Made) -> None:
    """Nesting is refused, and the outer change is undone with it."""

    def change() -> None:
        with made.vault.write("outer") as db:
            db.execute("INSERT INTO setting VALUES ('colour', 'teal')")
            with made.vault.write("inner"):
                pass

    with pytest.raises(RuntimeError, match="inside"):
        change()
    assert count(made) == 0
    made.set("colour", "plum")


def test_writes_of_many_threads_come_one_after_the_other(made: Made) -> None:
    """Four threads writing at once lose nothing and keep the chain whole."""
    failures: list[Exception] = []

    def work(name: str) -> None:
        try:
            for number in range(5):
                with made.vault.write("setting.set", name) as db:
                    db.execute("INSERT INTO setting VALUES (?, '')", (f"{name}{number}",))
                count(made)
        except Exception as error:  # noqa: BLE001 - a thread's failure must fail the test
            failures.append(error)

    threads = [threading.Thread(target=work, args=(f"t{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert count(made) == 20
    assert len(events(made)) == 20
    assert made.vault.verify() == ()


def test_each_thread_has_its_own_reader_and_keeps_it(made: Made) -> None:
    """One connection a thread, the same one each time."""
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(made.vault.read()))
    thread.start()
    thread.join()
    assert made.vault.read() is made.vault.read()
    assert found[0] is not made.vault.read()


def test_a_reading_handle_reads_and_never_writes(closed: Made) -> None:
    """Transactions, new keys and statements that change rows are all refused."""
    with closed.open() as opened:
        assert not opened.writable
        with pytest.raises(Refused, match="reading only"), opened.write("x"):
            pass
        with pytest.raises(Refused, match="reading only"):
            opened.change_passphrase("another")
        with pytest.raises(CannotWrite):
            opened.read().execute("DELETE FROM setting")
        opened.checkpoint()


def test_readers_work_beside_the_writer_and_see_each_commit(made: Made) -> None:
    """A second handle follows the first one's commits and finds nothing wrong."""
    with made.open() as beside:
        for number in range(3):
            made.set("n", str(number))
            row = beside.read().execute("SELECT value FROM setting WHERE name = 'n'").fetchone()
            assert row == (str(number),)
        assert beside.verify() == ()


def test_a_checkpoint_empties_the_log(made: Made) -> None:
    """After a checkpoint everything is in records.db."""
    made.set("colour", "teal")
    log = made.folder / "records.db-wal"
    assert log.stat().st_size > 0
    made.vault.checkpoint()
    assert log.stat().st_size == 0


def test_a_closed_vault_is_closed(made: Made) -> None:
    """Closing twice is harmless, using it afterwards is refused, and the lock is free."""
    made.vault.read()
    made.vault.close()
    made.vault.close()
    with pytest.raises(ValueError, match="closed"):
        made.vault.read()
    with pytest.raises(Refused), made.vault.write("x"):
        pass
    made.open(write=True).close()


@LINUX
def test_no_file_stays_open_after_closing(closed: Made) -> None:
    """No descriptor into the vault folder is left in the process."""
    for write in (False, True):
        opened = closed.open(write=write)
        opened.read().execute("SELECT 1")
        opened.originals.check(closed.originals[0])
        opened.close()
    assert not [path for path in held_files() if path.startswith(str(closed.folder))]


def found_by(made: Made, *, full: bool = False) -> list[Problem]:
    """What verify says of a vault opened for reading."""
    with made.open() as opened:
        return list(opened.verify(full=full))


def test_verify_names_a_missing_and_a_shorter_original(closed: Made) -> None:
    """The file is named for what happened to it."""
    name = file_of(closed.originals[0])
    path = closed.folder / name
    whole = path.read_bytes()
    path.unlink()
    assert found_by(closed) == [Problem(name, f"{name} is missing")]
    path.write_bytes(whole[:1000])
    assert found_by(closed) == [Problem(name, f"{name} is damaged")]


def test_verify_reads_originals_through_only_when_full(closed: Made) -> None:
    """A flipped bit in the middle shows only when every byte is read, in the part asked for."""
    name = file_of(closed.originals[0])
    flip(closed.folder / name, 1000)
    assert found_by(closed) == []
    assert found_by(closed, full=True) == [Problem(name, f"{name} is damaged")]
    with closed.open() as opened:
        assert opened.verify(full=True, part=(2, 2)) == ()
        assert len(opened.verify(full=True, part=(1, 2))) == 1


def test_verify_names_keys_permissions_and_pages(closed: Made) -> None:
    """Different kinds of harm are all reported in one run."""
    (closed.folder / "keys.bak").unlink()
    closed.folder.chmod(0o755)
    flip(closed.records, -3000)
    names = {problem.file for problem in found_by(closed)}
    assert {"keys.bak", ".", "records.db"} <= names


def test_verify_follows_the_history_to_its_beginning(made: Made) -> None:
    """A change long before the anchor is found, though opening looks only at the latest ones."""
    made.fill()
    writer = made.vault._writer
    assert writer is not None
    writer.execute("DROP TRIGGER audit_stays")
    writer.execute("UPDATE audit SET event = 'other' WHERE seq = 2")
    made.vault.close()
    assert found_by(made) == [Problem("records.db", "the history is broken at change 2")]


def test_verify_names_a_row_that_points_nowhere(made: Made) -> None:
    """Foreign keys are checked over the whole database."""
    with made.vault.write("x") as db:
        db.execute("INSERT INTO person (id, name, born, made_at) VALUES ('per_1', 'A', '', '')")
        db.execute(
            "INSERT INTO provider (id, name, made_at, kind, jurisdiction) "
            "VALUES ('prov_1', 'B', '', '', '')"
        )
        db.execute(
            "INSERT INTO request (id, person, provider, what, made_at) "
            "VALUES ('req_1', 'per_1', 'prov_1', '', '')"
        )
    writer = made.vault._writer
    assert writer is not None
    writer.execute("PRAGMA foreign_keys = OFF")  # what a mistake in a migration could do
    with made.vault.write("x") as db:
        db.execute("DELETE FROM person")
    found = made.vault.verify(full=True)
    assert [problem.what for problem in found] == [
        "a row of request names another row that is not there"
    ]


@LINUX
def test_a_disk_error_at_the_anchor_is_a_notice_without_what_was_written(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operating system's reason is told, the row's content is not."""
    real = os.fsync

    def fail(fd: int) -> None:
        if os.path.realpath(f"/proc/self/fd/{fd}").endswith("anchor.new"):
            raise OSError(errno.EIO, "no")
        real(fd)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        made.set("colour", "teal")
    assert "the disk reports an error" in made.vault.notices[0]
    assert "teal" not in "".join(made.vault.notices)
    assert Path(made.folder, "anchor").exists()
