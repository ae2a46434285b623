"""An unlocked vault with its readers at hand: what every action works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import platformdirs

from vault.actions import rulebook
from vault.store import keys, recovery, rotation
from vault.store.checks import Problem
from vault.store.hardening import harden
from vault.store.kdf import KdfProfile
from vault.store.vault import OpenVault, Secret, create, open_vault
from vault.workers.pool import Pool

__all__ = [
    "Problem",
    "Secret",
    "Session",
    "check_code",
    "default_folder",
    "demo_folder",
    "exists",
    "harden",
    "make_vault",
    "recover",
    "same_code",
    "state_folder",
    "unlock",
    "verify",
    "verify_notes",
]

APP = "chartmend"


@dataclass(slots=True)
class Session:
    """An open vault and the worker pool beside it; closing it ends both."""

    vault: OpenVault
    pool: Pool = field(default_factory=Pool)

    def close(self, *, kill: bool = False) -> None:
        """End the workers (at once with `kill`), close the vault and give back its lock."""
        try:
            self.pool.close(kill=kill)
        finally:
            self.vault.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close(kill=kind is not None)


def default_folder() -> Path:
    """Where the vault is when nobody says otherwise: the platform's user data folder."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "vault"


def demo_folder() -> Path:
    """Where the demo keeps its throw-away vault and outputs."""
    return Path(platformdirs.user_data_dir(f"{APP}-demo", appauthor=False))


def state_folder() -> Path:
    """Where the second anchor is kept, outside the vault folder."""
    return Path(platformdirs.user_state_dir(APP, appauthor=False))


def exists(folder: Path) -> bool:
    """Whether there is a vault in `folder` (or what is left of one)."""
    rotation.recover(folder)
    return keys.present(folder)


def make_vault(
    folder: Path, passphrase: str, *, profile: KdfProfile | None = None, state: Path | None = None
) -> tuple[Session, str]:
    """Make a vault and open it; also returns its recovery code, which is kept nowhere."""
    vault, code = create(folder, passphrase, profile=profile, state=state or state_folder())
    return Session(vault), code


def unlock(
    folder: Path, secret: Secret, *, write: bool, state: Path | None = None, anyway: bool = False
) -> Session:
    """Open a vault; raises NoVault, WrongPassphrase, Busy (when writing) or Damaged.

    With `anyway` a damaged vault is opened, so that `verify` can name all that is wrong.
    """
    place = state or state_folder()
    vault = open_vault(folder, secret, write=write, state=place, anyway=anyway)
    try:
        if not anyway:
            rulebook.tell(vault)
    except BaseException:
        vault.close()
        raise
    return Session(vault)


def verify(
    s: Session, *, full: bool = False, part: tuple[int, int] = (1, 1)
) -> tuple[Problem, ...]:
    """Every problem of the vault; with `full`, part N of T of the originals is read as well."""
    return s.vault.verify(full=full, part=part)


def verify_notes(s: Session) -> tuple[Problem, ...]:
    """What a person may like to know of the vault's files and need not mend."""
    return s.vault.verify_notes()


def same_code(code: str, typed: str) -> bool:
    """Whether a recovery code was typed back right; raises BadRecoveryCode for a slip."""
    return recovery.parse(typed) == recovery.parse(code)


def check_code(code: str) -> None:
    """Raise BadRecoveryCode for a code with a slip in it; whether it is the vault's is not told."""
    recovery.parse(code)


def recover(
    folder: Path, code: str, passphrase: str, *, profile: KdfProfile | None = None
) -> tuple[str, ...]:
    """Open a vault by its recovery code and give it a new passphrase, without a key file.

    Returns what a person should be told about the vault, one sentence each.
    """
    secret = Secret(recovery_code=code)
    with unlock(folder, secret, write=True) as session:
        session.vault.change_passphrase(passphrase, profile)
        return session.vault.notices
