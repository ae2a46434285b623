"""Migrations: each step whole or not at all, and a newer vault left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from vault.errors import Damaged, TooNew
from vault.store import database, migrate
from vault.store.database import Db, Mode

ONE = "BEGIN IMMEDIATE; CREATE TABLE a (x TEXT) STRICT; PRAGMA user_version = 1; COMMIT;"
TWO = "BEGIN IMMEDIATE; CREATE TABLE b (x TEXT) STRICT; PRAGMA user_version = 2; COMMIT;"
BROKEN = "BEGIN IMMEDIATE; CREATE TABLE c (x TEXT) STRICT; INSERT INTO nowhere VALUES (1); COMMIT;"


@pytest.fixture
def db(tmp_path: Path) -> Db:
    """An empty database."""
    return database.connect(tmp_path / "records.db", bytes(32), Mode.CREATE)


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    """A folder with two migrations and a file that is none."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_first.sql").write_text(ONE)
    (folder / "0002_second.sql").write_text(TWO)
    (folder / "notes.txt").write_text("not SQL")
    return folder


def tables(db: Db) -> set[str]:
    """The names of all tables."""
    return {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_it_runs_what_is_missing_in_order_and_once(db: Db, steps: Path) -> None:
    """Steps run in order of their numbers; a second run does nothing."""
    assert migrate.migrate(db, steps) == (0, 2)
    assert migrate.migrate(db, steps) == (2, 2)
    assert tables(db) == {"a", "b"}
    db.close()


def test_a_step_that_fails_is_undone_and_the_ones_before_stay(db: Db, steps: Path) -> None:
    """The failed step leaves no table and no open transaction."""
    (steps / "0003_broken.sql").write_text(BROKEN)
    with pytest.raises(database.DatabaseError):
        migrate.migrate(db, steps)
    assert not db.in_transaction
    assert (migrate.version(db), tables(db)) == (2, {"a", "b"})
    (steps / "0003_broken.sql").unlink()
    assert migrate.migrate(db, steps) == (2, 2)
    db.close()


def test_a_step_that_forgets_its_number_is_noticed(db: Db, steps: Path) -> None:
    """A file that does not set its version is an error."""
    (steps / "0003_third.sql").write_text("BEGIN; CREATE TABLE d (x TEXT) STRICT; COMMIT;")
    with pytest.raises(Damaged, match="format 3"):
        migrate.migrate(db, steps)
    db.close()


def test_a_newer_database_is_left_alone(db: Db, steps: Path) -> None:
    """Nothing is changed in a database of a later format."""
    db.execute("PRAGMA user_version = 9")
    with pytest.raises(TooNew, match="format 9, this program knows up to 2"):
        migrate.migrate(db, steps)
    assert tables(db) == set()
    db.close()


def test_the_programs_own_steps_are_numbered_without_a_gap(db: Db) -> None:
    """The package's own files count up from one and run."""
    assert list(migrate.scripts()) == list(range(1, migrate.newest() + 1))
    assert migrate.migrate(db) == (0, migrate.newest())
    db.close()
