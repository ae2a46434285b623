"""The keys: how a passphrase or a recovery code leads to the keys everything else uses.

`keys` and `keys.bak` are the same file (its bytes: keysfile.py), written one after the other, so
that one of them is whole at any moment. A copy that is damaged or cut off by a crash is written
again from the other one by the next command that writes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from vault.errors import CannotRead, Damaged, UsageError, VaultError, WrongPassphrase
from vault.store import crypto, files, keysfile, recovery, slots
from vault.store.crypto import Label
from vault.store.kdf import KdfProfile
from vault.store.keysfile import KeysFile
from vault.store.slots import Slot, SlotType

NAMES = ("keys", "keys.bak")
UNFINISHED = "unfinished"
"""A file that is there while a vault is being made: first to come, last to go."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What a person opens the vault with: exactly one of the two."""

    passphrase: str = ""
    recovery_code: str = ""

    def __post_init__(self) -> None:
        if self.passphrase and self.recovery_code:
            raise UsageError("a passphrase and a recovery code were both given", "give one")

    def __repr__(self) -> str:
        return "Secret(…)"


class Keys:
    """The master key of an open vault and the keys derived from it; never shown."""

    __slots__ = ("_master", "vault_id")

    def __init__(self, master: bytes, vault_id: bytes) -> None:
        self._master = bytearray(master)
        self.vault_id = vault_id

    def __repr__(self) -> str:
        return "Keys(…)"

    @property
    def master(self) -> bytes:
        """The 32-byte master key, to be wrapped by a slot; raises ValueError once wiped."""
        if not self._master:
            raise ValueError("the vault is closed")
        return bytes(self._master)

    def of(self, label: Label) -> bytes:
        """The 32-byte key for one use."""
        return crypto.subkey(self.master, label)

    def wipe(self) -> None:
        """Overwrite the master key; Python may still hold copies, only a process's end is sure."""
        self._master[:] = bytes(len(self._master))
        self._master.clear()


@dataclass(frozen=True, slots=True)
class Unlocked:
    """Open keys, the file they came from, and what is to be told or mended."""

    keys: Keys
    file: KeysFile
    notices: tuple[str, ...]
    mend: bool


def new_keys() -> Keys:
    """A new random master key and vault id."""
    return Keys(crypto.random_bytes(crypto.KEY_BYTES), crypto.random_bytes(keysfile.VAULT_ID_BYTES))


def read_copies(folder: Path) -> tuple[dict[str, KeysFile], dict[str, VaultError]]:
    """Both copies of the keys file: those that are whole, and what is wrong with the others."""
    whole: dict[str, KeysFile] = {}
    wrong: dict[str, VaultError] = {}
    for name in NAMES:
        try:
            whole[name] = keysfile.parse(files.read_small(folder / name, keysfile.LIMIT), name)
        except FileNotFoundError:
            wrong[name] = Damaged(f"{name} is missing")
        except (Damaged, CannotRead) as error:
            wrong[name] = error
    return whole, wrong


def present(folder: Path) -> bool:
    """Whether there is a vault in `folder`, or what is left of one.

    What a creation that was cut off before its keys has left is none: nobody could open it.
    """
    if any(os.path.lexists(folder / name) for name in NAMES):
        return True
    return os.path.lexists(folder / "records.db") and not os.path.lexists(folder / UNFINISHED)


def _none_whole(wrong: dict[str, VaultError]) -> VaultError:
    for error in wrong.values():
        if isinstance(error, CannotRead):
            return error
    return Damaged(" and ".join(error.sentence for error in wrong.values()))


def _open(file: KeysFile, secret: str | bytes) -> Keys:
    kind = SlotType.PASSPHRASE if isinstance(secret, str) else SlotType.RECOVERY
    failure = WrongPassphrase("passphrase" if isinstance(secret, str) else "recovery code")
    for slot in file.slots:
        if slot.type is not kind:
            continue
        try:
            master = slots.unwrap(slot, file.vault_id, secret)
        except WrongPassphrase:
            continue
        keys = Keys(master, file.vault_id)
        if not file.authentic(keys.of(Label.KEYS_FILE)):
            keys.wipe()
            raise Damaged("keys was changed by something else than chartmend")
        return keys
    raise failure


def unlock(folder: Path, secret: Secret) -> Unlocked:
    """Open the keys of the vault in `folder`.

    Raises BadRecoveryCode before anything is read, WrongPassphrase, Damaged, TooNew.
    Where one copy is damaged the other is used and a notice says so; where a change of the
    passphrase was cut off between the copies, the old and the new one both open.
    """
    given: str | bytes = (
        recovery.parse(secret.recovery_code) if secret.recovery_code else secret.passphrase
    )
    whole, wrong = read_copies(folder)
    if not whole:
        raise _none_whole(wrong)
    differ = len({file.data for file in whole.values()}) > 1
    failure: VaultError | None = None
    for name, file in whole.items():
        try:
            keys = _open(file, given)
        except (WrongPassphrase, Damaged) as error:
            failure = failure or error
            if not differ:
                break
            continue
        notices = tuple(f"{e.sentence}; its copy {name} was used" for e in wrong.values())
        return Unlocked(keys, file, notices, mend=differ or bool(wrong))
    raise failure or Damaged("keys cannot be opened")


def write_both(folder: Path, file: KeysFile) -> None:
    """Write both copies, one after the other; raises CannotWrite."""
    for name in NAMES:
        files.write_atomic(folder / name, file.data)


def build(keys: Keys, made: tuple[Slot, ...]) -> KeysFile:
    """A keys file of these slots."""
    return keysfile.build(keys.vault_id, made, keys.of(Label.KEYS_FILE))


def _replaced(keys: Keys, file: KeysFile, slot: Slot) -> KeysFile:
    kept = tuple(s for s in file.slots if s.type is not slot.type)
    return build(keys, (*kept, slot))


def with_passphrase(keys: Keys, file: KeysFile, new: str, profile: KdfProfile) -> KeysFile:
    """The keys file with another passphrase; every other slot stays."""
    return _replaced(keys, file, slots.by_passphrase(keys.master, keys.vault_id, new, profile))


def with_code(keys: Keys, file: KeysFile, code: bytes) -> KeysFile:
    """The keys file with another recovery code; every other slot stays."""
    return _replaced(keys, file, slots.by_code(keys.master, keys.vault_id, code))
