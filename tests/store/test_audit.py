"""The audit: every change in a chain, and none that can be altered, dropped or slipped in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vault.store import audit, database, migrate
from vault.store.database import Db, Mode

KEY = bytes(range(32))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Db]:
    """A database with five audited changes."""
    made = database.connect(tmp_path / "records.db", bytes(32), Mode.CREATE)
    migrate.migrate(made)
    for number in range(1, 6):
        audit.append(made, KEY, "record.sealed", f"rec_{number}", {"bytes": number})
    yield made
    made.close()


def without_guards(db: Db) -> None:
    """What somebody with the database key could do."""
    for name in ("audit_grows", "audit_stays", "audit_remains"):
        db.execute(f"DROP TRIGGER {name}")


def test_an_untouched_chain_is_whole_from_any_point(db: Db) -> None:
    """A chain nobody touched verifies from its start and from each later change."""
    assert [audit.broken_at(db, KEY, since) for since in range(1, 6)] == [None] * 5
    head = audit.head(db)
    assert head is not None
    assert (head.seq, head) == (5, audit.at(db, 5))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET event = 'x' WHERE seq = 5",
        "DELETE FROM audit WHERE seq = 5",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 5",
        "INSERT INTO audit SELECT 9, '', '', '', '', root, prev, mac FROM audit LIMIT 1",
    ],
)
def test_rows_can_only_be_added_at_the_end(db: Db, statement: str) -> None:
    """The triggers refuse updates, deletions, replacements and gaps."""
    with pytest.raises(database.IntegrityError, match="only grows"):
        db.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        "at = '2000-01-01T00:00:00Z'",
        "event = 'other'",
        "subject = 'rec_9'",
        "detail = '{}'",
        "root = randomblob(32)",
        "prev = randomblob(32)",
        "mac = randomblob(32)",
    ],
)
def test_every_altered_field_shows(db: Db, change: str) -> None:
    """The MAC covers all columns: a change to any of them is found at its row."""
    without_guards(db)
    db.execute(f"UPDATE audit SET {change} WHERE seq = 3")
    assert audit.broken_at(db, KEY) == 3


def test_a_dropped_row_shows(db: Db) -> None:
    """A gap is found, also when checking starts right behind it."""
    without_guards(db)
    db.execute("DELETE FROM audit WHERE seq = 2")
    assert audit.broken_at(db, KEY) == 2
    assert audit.broken_at(db, KEY, 3) == 2


def test_another_key_makes_another_chain(db: Db) -> None:
    """Only the vault's own key verifies the chain."""
    assert audit.broken_at(db, bytes(32)) == 1


def test_the_first_change_has_number_one(tmp_path: Path) -> None:
    """An empty audit has no head, and the first change starts the count."""
    db = database.connect(tmp_path / "new.db", bytes(32), Mode.CREATE)
    migrate.migrate(db)
    assert audit.head(db) is None
    assert audit.append(db, KEY, "vault.created").seq == 1
    db.close()
