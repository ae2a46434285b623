"""Typeset letters in the vault."""

from __future__ import annotations

from vault.errors import UnknownId
from vault.model.letters import Letter
from vault.store.database import Db

_COLUMNS = "id, subject, kind, made_at, pages, pdf, words"
_SELECT = f"SELECT {_COLUMNS} FROM letter"


def add(db: Db, letter: Letter) -> None:
    """Keep a letter as it was made."""
    db.execute(
        f"INSERT INTO letter ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            letter.id,
            letter.subject,
            letter.kind,
            letter.made_at,
            letter.pages,
            letter.pdf,
            letter.words,
        ),
    )


def newest(db: Db, subject: str) -> Letter | None:
    """The letter last made for a request or a correction, or None."""
    query = f"{_SELECT} WHERE subject = ? ORDER BY made_at DESC, rowid DESC LIMIT 1"
    row = db.execute(query, (subject,)).fetchone()
    return Letter(*row) if row else None


def of(db: Db, subject: str) -> tuple[Letter, ...]:
    """All letters made for a request or a correction, the oldest first."""
    rows = db.execute(f"{_SELECT} WHERE subject = ? ORDER BY made_at, rowid", (subject,))
    return tuple(Letter(*row) for row in rows)


def get(db: Db, id_: str) -> Letter:
    """The letter with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("letter", id_)
    return Letter(*row)
