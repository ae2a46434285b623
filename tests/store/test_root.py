"""The content root: whatever is done to rows, the kept number is the one counted from them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.store import database, migrate, root
from vault.store.database import Db, Mode

KEY = bytes(range(32))
SCHEMA = """
CREATE TABLE content_root (id INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;
INSERT INTO content_root VALUES (1, zeroblob(32));
CREATE TABLE t (
    id INTEGER PRIMARY KEY, word TEXT UNIQUE, number INTEGER, share REAL, packed BLOB, a ANY
) STRICT;
CREATE TABLE "odd ""name'" ("a b" TEXT, parent INTEGER REFERENCES t (id) ON DELETE CASCADE) STRICT;
"""


@pytest.fixture
def db(tmp_path: Path) -> Db:
    """A database with the root's table and two others."""
    return fresh(tmp_path)


def fresh(place: Path) -> Db:
    """Make the database."""
    made = database.connect(place / "records.db", bytes(32), Mode.CREATE)
    made.executescript(SCHEMA)
    root.install_root_triggers(made, KEY)
    return made


def kept(db: Db) -> bytes:
    """The kept root, after making sure that it is the counted one."""
    found = root.stored(db)
    assert found == root.recompute(db, KEY)
    return found


IDS = st.integers(1, 6)
SHARE = st.none() | st.floats(allow_nan=False)
INTS = st.integers(-(2**63), 2**63 - 1)
TEXT = st.none() | st.text(st.characters(exclude_categories=["Cs"]))
ROW = st.tuples(IDS, TEXT, INTS, SHARE, st.none() | st.binary(max_size=40), INTS | TEXT | SHARE)
STEP = st.one_of(
    st.tuples(st.just("INSERT OR IGNORE INTO t VALUES (?, ?, ?, ?, ?, ?)"), ROW),
    st.tuples(st.just("INSERT OR REPLACE INTO t VALUES (?, ?, ?, ?, ?, ?)"), ROW),
    st.tuples(
        st.just("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET number = 7"), ROW
    ),
    st.tuples(st.just("UPDATE OR REPLACE t SET id = ? WHERE id = ?"), st.tuples(IDS, IDS)),
    st.tuples(st.just("UPDATE t SET share = share + ?, word = word || 'x'"), st.tuples(SHARE)),
    st.tuples(st.just("DELETE FROM t WHERE id = ?"), st.tuples(IDS)),
    st.tuples(
        st.just("""INSERT INTO "odd ""name'" SELECT word, id FROM t WHERE ?"""), st.tuples(IDS)
    ),
    st.tuples(st.just("SAVEPOINT here"), st.just(())),
    st.tuples(st.just("ROLLBACK TO here"), st.just(())),
    st.tuples(st.just("DELETE FROM t"), st.just(())),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(STEP, max_size=12))
def test_any_run_of_statements_keeps_the_root_true(
    steps: list[tuple[str, tuple[object, ...]]],
) -> None:
    """Inserts, upserts, replacements, cascades, deletions and undone savepoints, at random."""
    with tempfile.TemporaryDirectory() as place:
        db = fresh(Path(place))
        db.execute("BEGIN")
        for statement, values in steps:
            try:
                db.execute(statement, values)
            except database.DatabaseError:
                continue  # refused (no such savepoint, a clash): then nothing may have changed
        kept(db)
        db.execute("COMMIT")
        kept(db)
        db.close()


def test_text_with_a_nul_counts_whole(db: Db) -> None:
    """What stands behind a NUL is part of the row for the kept number as for the counted one."""
    db.execute("INSERT INTO t VALUES (1, ?, 0, NULL, NULL, NULL)", ("a\x00b",))
    before = kept(db)
    db.execute("UPDATE t SET word = ? WHERE id = 1", ("a\x00c",))
    assert kept(db) != before


def test_equal_rows_count_twice_and_order_does_not_matter(db: Db) -> None:
    """It is a multiset hash: counts matter, order does not."""
    empty = kept(db)
    db.execute("""INSERT INTO "odd ""name'" ("a b") VALUES ('x'), ('y'), ('x')""")
    three = kept(db)
    db.execute("""DELETE FROM "odd ""name'" """)
    assert kept(db) == empty
    db.execute("""INSERT INTO "odd ""name'" ("a b") VALUES ('y'), ('x')""")
    assert kept(db) != three
    db.execute("""INSERT INTO "odd ""name'" ("a b") VALUES ('x')""")
    assert kept(db) == three
    db.close()


def test_a_transaction_that_is_undone_leaves_the_root(db: Db) -> None:
    """The root is part of the transaction."""
    before = kept(db)
    db.execute("BEGIN")
    db.execute("INSERT INTO t (word) VALUES ('gone')")
    assert kept(db) != before
    db.execute("ROLLBACK")
    assert kept(db) == before
    db.close()


def test_a_change_without_the_triggers_shows(db: Db, tmp_path: Path) -> None:
    """A writer that does not keep the root is found out."""
    db.execute("INSERT INTO t (word) VALUES ('as left')")
    db.close()
    other = database.connect(tmp_path / "records.db", bytes(32), Mode.WRITE)
    other.execute("UPDATE t SET word = 'as changed'")
    assert root.stored(other) != root.recompute(other, KEY)
    other.close()


def test_another_key_gives_another_root(db: Db) -> None:
    """The root is keyed."""
    db.execute("INSERT INTO t (word) VALUES ('x')")
    assert root.recompute(db, bytes(32)) != kept(db)
    db.close()


def test_every_table_of_the_vault_is_covered_but_the_two_that_cannot_be(tmp_path: Path) -> None:
    """A new table is covered without anybody listing it."""
    db = database.connect(tmp_path / "v.db", bytes(32), Mode.CREATE)
    migrate.migrate(db)
    ordinary = {
        str(row[0])
        for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if not str(row[0]).startswith(("sqlite_", "reading_text"))
    }
    assert ordinary - set(root.tables(db)) == set(root.UNROOTED)
    db.close()


def test_rebuild_states_the_root_anew(db: Db) -> None:
    """After a migration the root is counted from the rows."""
    db.execute("UPDATE content_root SET value = zeroblob(32)")
    db.execute("INSERT INTO t (word) VALUES ('x')")
    db.execute("UPDATE content_root SET value = zeroblob(32)")
    root.rebuild(db, KEY)
    kept(db)
    db.close()


def test_nothing_in_the_schema_calls_into_the_program(db: Db) -> None:
    """The triggers are the connection's own: the schema is only data."""
    schema = [row[0] for row in db.execute("SELECT sql FROM main.sqlite_schema")]
    db.close()
    assert schema
    assert not any("root_step" in (sql or "") for sql in schema)
