"""The keys: how what a person has leads to the keys everything else uses.

`keys` and `keys.bak` are the same file (its bytes: keysfile.py), written one after the other, so
that one of them is whole at any moment. A copy that is damaged or cut off by a crash is written
again from the other one by the next command that writes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from vault.errors import (
    CannotRead,
    Damaged,
    NoKeyFile,
    UsageError,
    VaultError,
    WrongPassphrase,
)
from vault.store import crypto, files, keyring, keysfile, recovery, slots
from vault.store.crypto import Label
from vault.store.kdf import KdfProfile
from vault.store.keysfile import KeysFile
from vault.store.memory import LockedBytes
from vault.store.slots import Slot, SlotType

NAMES = ("keys", "keys.bak")
UNFINISHED = "unfinished"
"""A file that is there while a vault is being made: first to come, last to go."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What a person opens the vault with: a passphrase, a recovery code, or the keyring.

    `key_file` is the content of the key file beside the passphrase; a vault that wants none does
    not look at it.
    """

    passphrase: str = ""
    recovery_code: str = ""
    key_file: bytes = b""
    keyring: bool = False

    def __post_init__(self) -> None:
        if bool(self.passphrase) + bool(self.recovery_code) + self.keyring > 1:
            raise UsageError("more than one way to open the vault was given", "give one")

    def __repr__(self) -> str:
        return "Secret(…)"


class Keys:
    """The master key of an open vault and the keys derived from it; never shown."""

    __slots__ = ("_master", "vault_id")

    def __init__(self, master: bytes, vault_id: bytes) -> None:
        self._master = LockedBytes(master)
        self.vault_id = vault_id

    def __repr__(self) -> str:
        return "Keys(…)"

    @property
    def master(self) -> bytes:
        """The 32-byte master key, to be wrapped by a slot; raises ValueError once wiped."""
        try:
            return self._master.read()
        except ValueError:
            raise ValueError("the vault is closed") from None

    def of(self, label: Label) -> bytes:
        """The 32-byte key for one use."""
        return crypto.subkey(self.master, label)

    def wipe(self) -> None:
        """Overwrite the master key; Python may still hold copies, only a process's end is sure."""
        self._master.wipe()


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


def of_two_vaults(folder: Path) -> bool:
    """Whether the two copies are whole and belong to different vaults, so that one was swapped."""
    whole, _ = read_copies(folder)
    return len({file.vault_id for file in whole.values()}) > 1


def _none_whole(wrong: dict[str, VaultError]) -> VaultError:
    for error in wrong.values():
        if isinstance(error, CannotRead):
            return error
    return Damaged(" and ".join(error.sentence for error in wrong.values()))


def _for_slot(slot: Slot, vault_id: bytes, secret: Secret) -> str | bytes | None:
    """What a person has given that this slot may open with, None where it is for another."""
    if slot.type is SlotType.RECOVERY:
        return recovery.parse(secret.recovery_code) if secret.recovery_code else None
    if slot.type is SlotType.KEYRING:
        return keyring.fetch(vault_id, slot.id) if secret.keyring else None
    if secret.recovery_code or secret.keyring:
        return None
    if slot.type is SlotType.KEYFILE and not secret.key_file:
        return None
    return secret.passphrase


def _no_slot(file: KeysFile, secret: Secret) -> VaultError:
    """Why nothing was tried at all."""
    if secret.recovery_code:
        return WrongPassphrase("recovery code")
    if secret.keyring:
        return WrongPassphrase("keyring")
    types = {slot.type for slot in file.slots}
    return NoKeyFile() if SlotType.KEYFILE in types else WrongPassphrase()


def _open(file: KeysFile, secret: Secret) -> Keys:
    failure: VaultError | None = None
    for slot in file.slots:
        given = _for_slot(slot, file.vault_id, secret)
        if given is None:
            continue
        try:
            master = slots.unwrap(slot, file.vault_id, given, secret.key_file)
        except WrongPassphrase as error:
            failure = error
            continue
        keys = Keys(master, file.vault_id)
        if not file.authentic(keys.of(Label.KEYS_FILE)):
            keys.wipe()
            raise Damaged("keys was changed by something else than chartmend")
        return keys
    raise failure or _no_slot(file, secret)


def is_replaced(folder: Path, file: KeysFile) -> bool:
    """Whether the keys in `folder` are whole and none of them is this file any more."""
    whole, _ = read_copies(folder)
    return bool(whole) and all(found.data != file.data for found in whole.values())


def is_rotated(folder: Path, open_keys: Keys) -> bool:
    """Whether the keys in `folder` are whole and none is of this master key any more."""
    whole, _ = read_copies(folder)
    key = open_keys.of(Label.KEYS_FILE)
    return bool(whole) and not any(file.authentic(key) for file in whole.values())


def slot_types(folder: Path) -> frozenset[SlotType]:
    """What the vault in `folder` may be opened with, by any whole copy; no secret is needed.

    Empty where no copy is whole. Raises TooNew, Unpromised.
    """
    whole, _ = read_copies(folder)
    return frozenset(slot.type for file in whole.values() for slot in file.slots)


def unlock(folder: Path, secret: Secret) -> Unlocked:
    """Open the keys of the vault in `folder`.

    Raises BadRecoveryCode before anything is read, WrongPassphrase, NoKeyFile, Damaged, TooNew,
    Unpromised; for the keyring MissingTool and Refused.
    Where one copy is damaged the other is used and a notice says so; where a change of the
    passphrase was cut off between the copies, the old and the new one both open.
    """
    if secret.recovery_code:
        recovery.parse(secret.recovery_code)
    whole, wrong = read_copies(folder)
    if not whole:
        raise _none_whole(wrong)
    differ = len({file.data for file in whole.values()}) > 1
    failure: VaultError | None = None
    for name, file in whole.items():
        try:
            keys = _open(file, secret)
        except (WrongPassphrase, NoKeyFile, Damaged) as error:
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
    """A keys file of these slots; raises ValueError where nothing a person knows opens it."""
    if not {slot.type for slot in made} & {*slots.STRETCHED, SlotType.RECOVERY}:
        raise ValueError("the keyring must not be the only way in")
    return keysfile.build(keys.vault_id, made, keys.of(Label.KEYS_FILE))


def without(keys: Keys, file: KeysFile, types: frozenset[SlotType]) -> KeysFile:
    """The keys file without its slots of some types."""
    return build(keys, tuple(s for s in file.slots if s.type not in types))


def _replaced(keys: Keys, file: KeysFile, slot: Slot) -> KeysFile:
    same = slots.STRETCHED if slot.type in slots.STRETCHED else {slot.type}
    return build(keys, (*(s for s in file.slots if s.type not in same), slot))


def with_passphrase(
    keys: Keys, file: KeysFile, new: str, profile: KdfProfile, key_file: bytes = b""
) -> KeysFile:
    """The keys file with another passphrase, from now on with this key file or with none."""
    slot = slots.by_passphrase(keys.master, keys.vault_id, new, profile, key_file)
    return _replaced(keys, file, slot)


def with_code(keys: Keys, file: KeysFile, code: bytes) -> KeysFile:
    """The keys file with another recovery code; every other slot stays."""
    return _replaced(keys, file, slots.by_code(keys.master, keys.vault_id, code))


def with_keyring(keys: Keys, file: KeysFile) -> tuple[KeysFile, Slot]:
    """The keys file with a new slot, whose secret is in the system's keyring by then.

    Raises MissingTool or Refused where the keyring does not take it.
    """
    secret = crypto.random_bytes(keyring.SECRET_BYTES)
    slot = slots.by_keyring(keys.master, keys.vault_id, secret)
    keyring.keep(keys.vault_id, slot.id, secret)
    return _replaced(keys, file, slot), slot
