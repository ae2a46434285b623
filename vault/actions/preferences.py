"""How a person likes the app, kept in the vault."""

from __future__ import annotations

from vault.actions.session import Session
from vault.store import settings

THEME = "theme"


def get(s: Session, name: str) -> str | None:
    """A preference, or None where none was ever chosen."""
    return settings.setting(s.vault.read(), name)


def choose(s: Session, name: str, value: str) -> None:
    """Keep a preference."""
    with s.vault.write("preference.chosen") as db:
        settings.set_setting(db, name, value)
