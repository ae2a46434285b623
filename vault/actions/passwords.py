"""The passwords of locked files, kept in the vault: without them no page could be drawn again."""

from __future__ import annotations

from vault.store import settings
from vault.store.database import Db


def _name(record: str) -> str:
    return f"password:{record}"


def keep(db: Db, record: str, password: str) -> None:
    """Keep the password that a record's file was opened with."""
    settings.set_setting(db, _name(record), password)


def of(db: Db, record: str) -> str:
    """The password a record's file was opened with, or an empty text."""
    return settings.setting(db, _name(record)) or ""
