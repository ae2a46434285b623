"""Typeset letters in the vault."""

from __future__ import annotations

from vault.model.letters import Letter
from vault.store.database import Db

_SELECT = "SELECT id, subject, kind, made_at, pages, pdf FROM letter"


def add(db: Db, letter: Letter) -> None:
    """Keep a letter as it was made."""
    db.execute(
        "INSERT INTO letter (id, subject, kind, made_at, pages, pdf) VALUES (?, ?, ?, ?, ?, ?)",
        (letter.id, letter.subject, letter.kind, letter.made_at, letter.pages, letter.pdf),
    )


def newest(db: Db, subject: str) -> Letter | None:
    """The letter last made for a request or a correction, or None."""
    query = f"{_SELECT} WHERE subject = ? ORDER BY made_at DESC, rowid DESC LIMIT 1"
    row = db.execute(query, (subject,)).fetchone()
    return Letter(*row) if row else None
