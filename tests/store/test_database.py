"""The database: each way SQLCipher takes a wrong file or key without a word is shut."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from tests.store.helpers import child, flip
from vault.errors import CannotWrite, Damaged, Refused
from vault.store import database
from vault.store.database import PAGE_BYTES, Db, Mode

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed database of some pages with a table `t`."""
    made = tmp_path / "records.db"
    db = database.connect(made, KEY, Mode.CREATE)
    db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT) STRICT")
    db.executemany("INSERT INTO t (text) VALUES (?)", [("invented " * 600,) for _ in range(20)])
    db.close()
    return made


def pragma(db: Db, name: str) -> object:
    """The value of a setting."""
    return db.execute(f"PRAGMA {name}").fetchone()[0]


def test_what_is_written_is_not_on_the_disk_in_clear(path: Path) -> None:
    """Neither the text of a row nor SQLite's own header is in the file."""
    assert b"invented" not in path.read_bytes()
    assert b"SQLite" not in path.read_bytes()
    assert path.stat().st_size % PAGE_BYTES == 0


def test_a_writer_has_every_setting_the_vault_relies_on(path: Path) -> None:
    """The settings are read back from a live connection, one by one."""
    db = database.connect(path, KEY, Mode.WRITE)
    found = {
        name: pragma(db, name)
        for name in (
            "journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check",
            "temp_store", "secure_delete", "recursive_triggers", "query_only", "page_size",
        )
    }  # fmt: skip
    db.close()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "temp_store": 2,
        "secure_delete": 1,
        "recursive_triggers": 1,
        "query_only": 0,
        "page_size": str(PAGE_BYTES),
    }


def test_files_are_private_whatever_the_umask(path: Path) -> None:
    """Database, log and shared memory are 0600 even where the process allows more."""
    before = os.umask(0)
    db = database.connect(path, KEY, Mode.WRITE)
    db.execute("DELETE FROM t WHERE id = 1")
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
    db.close()
    os.umask(before)
    assert modes == dict.fromkeys(("records.db", "records.db-wal", "records.db-shm"), 0o600)


def test_a_wrong_key_is_refused_in_silence(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A wrong key raises, and SQLCipher writes nothing on the terminal."""
    with pytest.raises(Damaged, match=r"records\.db is damaged, or is not the one"):
        database.connect(path, bytes(32), Mode.READ)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("length", [0, 2, 16, 31, 33, 48])
def test_a_key_of_another_length_never_becomes_a_passphrase(path: Path, length: int) -> None:
    """Trap: SQLCipher silently takes a raw key of another length for a passphrase."""
    with pytest.raises(ValueError, match="32 bytes"):
        database.connect(path, bytes(length), Mode.WRITE)


def test_an_empty_file_is_no_empty_database(path: Path) -> None:
    """Trap: a file of no bytes opens as an empty database with every check "ok"."""
    path.write_bytes(b"")
    with pytest.raises(Damaged, match=r"records\.db is empty"):
        database.connect(path, KEY, Mode.WRITE)


def test_a_plain_database_is_not_taken(path: Path) -> None:
    """Trap: without a check a plain SQLite file could be taken."""
    path.unlink()
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE t (text)")
    plain.close()
    with pytest.raises(Damaged, match="not encrypted"):
        database.connect(path, KEY, Mode.WRITE)


def test_a_missing_file_is_not_made_anew(path: Path) -> None:
    """Neither mode creates a database where there was none."""
    path.unlink()
    for mode in (Mode.READ, Mode.WRITE):
        with pytest.raises(Damaged, match=r"records\.db is missing"):
            database.connect(path, KEY, mode)
    assert not path.exists()


def test_a_new_database_never_overwrites_a_file(path: Path) -> None:
    """CREATE refuses a name that is taken."""
    with pytest.raises(CannotWrite):
        database.connect(path, KEY, Mode.CREATE)


@pytest.mark.parametrize("page", [0, 1, 4, -1])
def test_a_flipped_bit_in_any_page_is_damage(path: Path, page: int) -> None:
    """Each page is authenticated, the first and the last too."""
    flip(path, page * PAGE_BYTES + 2000)
    with pytest.raises(Damaged, match=r"records\.db is damaged"):
        database.connect(path, KEY, Mode.READ).execute("SELECT sum(length(text)) FROM t").fetchall()


def test_damage_met_while_rows_are_being_read_is_told_too(path: Path) -> None:
    """Damage found by a later fetch is the same error as damage found at once."""
    flip(path, -2000)
    db = database.connect(path, KEY, Mode.READ)
    rows = iter(db.execute("SELECT text FROM t"))
    with pytest.raises(Damaged):
        list(rows)
    db.close()


def test_a_reader_cannot_write(path: Path) -> None:
    """The reading connection refuses to write."""
    db = database.connect(path, KEY, Mode.READ)
    with pytest.raises(CannotWrite):
        db.execute("DELETE FROM t")
    db.close()


def test_a_reader_sees_what_a_writer_commits_and_nothing_before(path: Path) -> None:
    """Readers see the state before until the commit, and the new one after it."""
    writer = database.connect(path, KEY, Mode.WRITE)
    reader = database.connect(path, KEY, Mode.READ)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM t WHERE id > 5")
    assert reader.execute("SELECT count(*) FROM t").fetchone() == (20,)
    writer.execute("COMMIT")
    assert reader.execute("SELECT count(*) FROM t").fetchone() == (5,)
    reader.close()
    writer.close()


def test_a_full_disk_is_told_and_undoes_the_statement(path: Path) -> None:
    """SQLite's own "full" error becomes a sentence, and no row of the statement stays."""
    db = database.connect(path, KEY, Mode.WRITE)
    db.execute(f"PRAGMA max_page_count = {path.stat().st_size // PAGE_BYTES + 1}")
    with pytest.raises(CannotWrite, match="the disk is full"):
        db.execute("INSERT INTO t (text) SELECT text FROM t UNION ALL SELECT text || text FROM t")
    assert db.execute("SELECT count(*) FROM t").fetchone() == (20,)
    db.close()


def test_a_statement_can_be_stopped_by_the_clock(path: Path) -> None:
    """A query without end is stopped, and the connection works on."""
    db = database.connect(path, KEY, Mode.READ)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(Refused, match="took too long"), database.time_limit(db, 0.05):
        db.execute(endless).fetchall()
    assert db.execute("SELECT count(*) FROM t").fetchone() == (20,)
    db.close()


def test_a_mistake_in_a_statement_stays_a_bug(path: Path) -> None:
    """Errors that no person can act on are passed through unchanged."""
    db = database.connect(path, KEY, Mode.WRITE)
    with pytest.raises(database.DatabaseError, match="no such table"):
        db.execute("SELECT * FROM nowhere")
    with pytest.raises(database.IntegrityError):
        db.execute("INSERT INTO t (id) VALUES (1)")
    db.close()


OPEN_AND_CLOSE = """
import hashlib, sys
from pathlib import Path
from vault.store import database
db = database.connect(Path(sys.argv[1]), hashlib.sha256(b"memory").digest(), database.Mode.CREATE)
db.execute("CREATE TABLE t (x TEXT)")
print("open", flush=True)
sys.stdin.readline()
db.close()
print("closed", flush=True)
sys.stdin.readline()
"""


def in_memory_of(pid: int, needle: bytes) -> int:
    """How often the writable memory of a process holds `needle`."""
    count = 0
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, access, *_ = line.split()
            if access.startswith("rw") and "[v" not in line:
                start, stop = (int(end, 16) for end in span.split("-"))
                memory.seek(start)
                count += memory.read(stop - start).count(needle)
    return count


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_written_out_key_stays_in_memory(tmp_path: Path) -> None:
    """The hex form of the key is in this process's memory neither while open nor after closing."""
    key = hashlib.sha256(b"memory").hexdigest().encode()
    with child(OPEN_AND_CLOSE, str(tmp_path / "records.db")) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        found_open = in_memory_of(process.pid, key)
        process.stdin.write("\n")
        process.stdin.flush()
        process.stdout.readline()
        found_closed = in_memory_of(process.pid, key)
        seen = in_memory_of(process.pid, b"records.db")  # the search does find what is there
        process.kill()
    assert (found_open, found_closed) == (0, 0)
    assert seen > 0
