"""What opens the vault: passphrase, key file, keyring; asked about, changed, added and removed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vault.actions.session import Session
from vault.errors import BadKeyFile, NoKeyFile, Refused
from vault.store import keyfile, keys
from vault.store.slots import SlotType


@dataclass(frozen=True, slots=True)
class Wants:
    """What a vault wants from whoever opens it.

    `key_file`: a key file beside the passphrase. `takes_key_file`: one that is given is looked
    at. `keyring`: the system's keyring can open it, too.
    """

    key_file: bool = False
    takes_key_file: bool = False
    keyring: bool = False


def wants(folder: Path) -> Wants:
    """What opens the vault in `folder`, read without any secret.

    Nothing special where that cannot be read: opening will say why. Raises TooNew, Unpromised.
    """
    types = keys.slot_types(folder)
    takes = SlotType.KEYFILE in types
    return Wants(takes and SlotType.PASSPHRASE not in types, takes, SlotType.KEYRING in types)


def read_key_file(path: Path) -> bytes:
    """The content of a key file; raises CannotRead or BadKeyFile."""
    return keyfile.read(path)


def change_passphrase(s: Session, new: str, key_file: bytes) -> None:
    """Give the vault another passphrase; a vault that wants a key file goes on wanting this one.

    Raises NoKeyFile where it is not given.
    """
    kept = SlotType.KEYFILE in s.vault.slots
    if kept and not key_file:
        raise NoKeyFile
    s.vault.change_passphrase(new, key_file=key_file if kept else b"")


def add_key_file(s: Session, passphrase: str, path: Path) -> bool:
    """Ask for a key file beside this passphrase from now on; whether the file was made here.

    A file that is there is used as it is. Raises CannotRead, CannotWrite, BadKeyFile.
    """
    if path.resolve().is_relative_to(s.vault.folder.resolve()):
        raise BadKeyFile(path.name, "it lies in the vault it is to protect")
    made = not path.exists() and not path.is_symlink()
    content = keyfile.make(path) if made else keyfile.read(path)
    s.vault.change_passphrase(passphrase, key_file=content)
    return made


def remove_key_file(s: Session, passphrase: str) -> None:
    """Let this passphrase open the vault alone again; raises Refused where it does already."""
    if SlotType.KEYFILE not in s.vault.slots:
        raise Refused("this vault has no key file")
    s.vault.change_passphrase(passphrase)


def use_keyring(s: Session, *, on: bool) -> None:
    """Let the system's keyring open the vault too, or no longer.

    Raises MissingTool or Refused where the keyring does not take the secret.
    """
    s.vault.use_keyring(on=on)
