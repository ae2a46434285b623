"""Unfinished typing: kept in the vault when the app locks, offered again when it opens."""

from __future__ import annotations

from vault import dates
from vault.actions.session import Session
from vault.store import settings


def keep(s: Session, form: str, body: str) -> None:
    """Keep what was typed into a form, in place of an earlier draft of it."""
    with s.vault.write("draft.kept") as db:
        settings.keep_draft(db, form, body, dates.now())


def get(s: Session, form: str) -> str | None:
    """What was typed into a form before it was left unfinished, or None."""
    return settings.draft(s.vault.read(), form)


def drop(s: Session, form: str) -> None:
    """Forget what was typed into a form; nothing is written where there is no draft."""
    if settings.draft(s.vault.read(), form) is None:
        return
    with s.vault.write("draft.dropped") as db:
        settings.drop_draft(db, form)
