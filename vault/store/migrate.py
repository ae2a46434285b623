"""Numbered SQL files that bring an older database to the format this program knows."""

from __future__ import annotations

import re
from importlib import resources
from importlib.resources.abc import Traversable

from vault.errors import Damaged, TooNew
from vault.store.database import Db

_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql", re.ASCII)


def scripts(source: Traversable | None = None) -> dict[int, str]:
    """The migrations by number, from the package or from another folder of such files."""
    folder = source or resources.files("vault.store") / "migrations"
    found = {
        int(match[1]): entry.read_text("utf-8")
        for entry in folder.iterdir()
        if (match := _NAME.fullmatch(entry.name))
    }
    return dict(sorted(found.items()))


def newest(source: Traversable | None = None) -> int:
    """The format this program writes."""
    return max(scripts(source), default=0)


def version(db: Db) -> int:
    """The format a database has; 0 for one that holds nothing yet."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def check_not_newer(db: Db, source: Traversable | None = None) -> None:
    """Raise TooNew where a newer program has written the database."""
    found, known = version(db), newest(source)
    if found > known:
        raise TooNew(found, known)


def _run(db: Db, number: int, script: str) -> None:
    """Run one file, which begins, numbers and commits its own transaction, or nothing of it."""
    try:
        db.executescript(script)
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    if db.in_transaction or version(db) != number:
        raise Damaged(f"the step to format {number} did not end as it should")


def migrate(db: Db, source: Traversable | None = None) -> tuple[int, int]:
    """Run every migration the database lacks; returns the format before and after.

    Raises TooNew, and whatever a step fails with: that step is then undone, those before stay.
    """
    check_not_newer(db, source)
    before = version(db)
    for number, script in scripts(source).items():
        if number > before:
            _run(db, number, script)
    return before, version(db)
