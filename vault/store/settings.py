"""Settings and unfinished typing, kept in the vault."""

from __future__ import annotations

from vault.store.database import Db


def setting(db: Db, name: str) -> str | None:
    """A setting's value, or None."""
    row = db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None


def set_setting(db: Db, name: str, value: str) -> None:
    """Keep a setting."""
    db.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))


def draft(db: Db, form: str) -> str | None:
    """What was typed into a form before it was left unfinished, or None."""
    row = db.execute("SELECT body FROM draft WHERE form = ?", (form,)).fetchone()
    return str(row[0]) if row else None


def keep_draft(db: Db, form: str, body: str, at: str) -> None:
    """Keep unfinished typing."""
    db.execute(
        "INSERT OR REPLACE INTO draft (form, body, kept_at) VALUES (?, ?, ?)", (form, body, at)
    )


def drop_draft(db: Db, form: str) -> None:
    """Forget unfinished typing."""
    db.execute("DELETE FROM draft WHERE form = ?", (form,))
