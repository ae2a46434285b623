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


def typed_secret() -> Secret:
    """What the person opens the vault with; raises NoVault before anything is asked for."""
    if not sessions.exists(folder()):
        raise NoVault(str(folder()))
    return Secret(passphrase=secrets.passphrase())


@contextmanager
def opened(
    *, write: bool = False, anyway: bool = False, secret: Secret | None = None
) -> Iterator[Session]:
    """The unlocked vault, by `secret` or by what is asked for; raises NoVault before that."""
    if not sessions.exists(folder()):
        raise NoVault(str(folder()))
    sessions.harden()
    given = secret or typed_secret()
    with sessions.unlock(folder(), given, write=write, anyway=anyway) as session:
        for notice in session.vault.notices:
            talk(f"chartmend: {notice}")
        yield session
