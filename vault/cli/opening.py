"""Opening the vault for a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vault.actions import session as sessions
from vault.actions.session import Secret, Session
from vault.cli import secrets, settings
from vault.cli.out import talk
from vault.errors import NoVault


def folder() -> Path:
    """The vault folder this command is about."""
    return settings.current().vault or sessions.default_folder()


@contextmanager
def opened(*, write: bool = False, anyway: bool = False) -> Iterator[Session]:
    """The unlocked vault; raises NoVault before anything is asked for."""
    if not sessions.exists(folder()):
        raise NoVault(str(folder()))
    sessions.harden()
    secret = Secret(passphrase=secrets.passphrase())
    with sessions.unlock(folder(), secret, write=write, anyway=anyway) as session:
        for notice in session.vault.notices:
            talk(f"chartmend: {notice}")
        yield session
