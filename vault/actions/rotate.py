"""A new master key for a vault, gone on with where it was cut off."""

from __future__ import annotations

from pathlib import Path

from vault.actions.session import Secret, unlock
from vault.store import rotate as store_rotate
from vault.store import rotation
from vault.store.telling import Tell, quiet


def rotate(
    folder: Path,
    secret: Secret,
    *,
    state: Path | None = None,
    tell: Tell = quiet,
) -> str:
    """Give the vault in `folder` a new master key; returns its new recovery code.

    Where an earlier call was cut off after the new key was in place, it is brought to its end,
    and only the recovery code, which nobody has seen, is made anew. Raises as `unlock`, and
    CannotWrite where the disk has no room for a second copy.
    """
    rotation.recover(folder)
    in_place = rotation.is_exchanged(folder)
    with unlock(folder, secret, write=True, state=state) as session:
        if in_place:
            return session.vault.change_recovery_code()
        return store_rotate.rotate(session.vault, secret, tell)
