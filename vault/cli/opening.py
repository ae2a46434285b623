"""Opening the vault for a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vault.actions import keys
from vault.actions import session as sessions
from vault.actions.session import Secret, Session
from vault.cli import secrets, settings
from vault.cli.out import talk
from vault.errors import MissingTool, NoVault, Refused, WrongPassphrase


def folder() -> Path:
    """The vault folder this command is about."""
    return settings.current().vault or sessions.default_folder()


def typed_secret() -> Secret:
    """The passphrase, and the key file where the vault takes one; never the keyring's.

    Raises NoVault before anything is asked for.
    """
    if not sessions.exists(folder()):
        raise NoVault(str(folder()))
    wants = keys.wants(folder())
    path = secrets.key_file(needed=wants.key_file) if wants.takes_key_file else None
    content = keys.read_key_file(path) if path else b""
    return Secret(passphrase=secrets.passphrase(), key_file=content)


def backup_secret(*, recovery: bool) -> Secret:
    """What opens a backup: the recovery code where it is asked for or a file gives it.

    Else the passphrase, with the key file where one is named (a backup may want one or not).
    """
    if recovery or settings.current().recovery_code_file:
        return Secret(recovery_code=secrets.recovery_code())
    path = secrets.key_file(needed=False)
    content = keys.read_key_file(path) if path else b""
    return Secret(passphrase=secrets.passphrase(), key_file=content)


def _by_keyring(*, write: bool, anyway: bool) -> Session | None:
    """The vault opened by the keyring, where that is on and no passphrase was given; else None."""
    if secrets.passphrase_given() or not keys.wants(folder()).keyring:
        return None
    try:
        return sessions.unlock(folder(), Secret(keyring=True), write=write, anyway=anyway)
    except (MissingTool, Refused, WrongPassphrase) as error:
        talk(f"chartmend: {error.sentence}")
        return None


@contextmanager
def opened(
    *, write: bool = False, anyway: bool = False, secret: Secret | None = None
) -> Iterator[Session]:
    """The unlocked vault, by `secret` or by what is asked for; raises NoVault before that."""
    if not sessions.exists(folder()):
        raise NoVault(str(folder()))
    sessions.harden()
    session = None if secret else _by_keyring(write=write, anyway=anyway)
    if session is None:
        given = secret or typed_secret()
        session = sessions.unlock(folder(), given, write=write, anyway=anyway)
    with session:
        for notice in session.vault.notices:
            talk(f"chartmend: {notice}")
        yield session
