"""Slots: the master key wrapped by something the person has.

A passphrase, a passphrase with a key file, a recovery code, or a secret in the system's keyring.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from vault.errors import Damaged, WrongPassphrase
from vault.store import crypto, kdf, keyfile
from vault.store.kdf import KdfProfile

ID_BYTES = 8
SALT_BYTES = kdf.SALT_BYTES
COMMITMENT_BYTES = 32
WRAPPED_BYTES = crypto.KEY_BYTES + crypto.TAG_BYTES
_FORMAT = "chartmend keys 1"


class SlotType(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind of slot
    KEYFILE = "keyfile"
    RECOVERY = "recovery"
    KEYRING = "keyring"


STRETCHED = frozenset({SlotType.PASSPHRASE, SlotType.KEYFILE})
"""Slots opened by a passphrase, which Argon2id makes slow to guess."""

_CALLED = {
    SlotType.PASSPHRASE: "passphrase",
    SlotType.KEYFILE: "passphrase and key file",
    SlotType.RECOVERY: "recovery code",
    SlotType.KEYRING: "secret in the keyring",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A wrapped master key.

    `profile` is the cost of Argon2id, None where the secret is random and needs no stretching.
    `commitment` tells a wrong secret from a damaged slot.
    """

    id: str
    type: SlotType
    salt: bytes
    profile: KdfProfile | None
    commitment: bytes
    nonce: bytes
    wrapped: bytes


def _bound(vault_id: bytes, slot_id: str, kind: SlotType, profile: KdfProfile | None) -> bytes:
    """What the wrapping vouches for beside the key itself."""
    cost = (profile.memory_kib, profile.passes, profile.lanes) if profile else (0, 0, 0)
    return crypto.pack(_FORMAT, vault_id, slot_id, kind.value, *cost)


def _wrapping_key(stretched: bytes, salt: bytes, kind: SlotType) -> tuple[bytes, bytes]:
    """The key that wraps, and the commitment to it."""
    info = crypto.PREFIX + b"slot " + kind.value.encode()
    both = crypto.hkdf(stretched, salt, info, crypto.KEY_BYTES + COMMITMENT_BYTES)
    return both[: crypto.KEY_BYTES], both[crypto.KEY_BYTES :]


def _stretched(slot_type: SlotType, passphrase: bytes, key_file: bytes) -> bytes:
    """What the wrapping key is derived from: both halves of a key file slot are 32 bytes."""
    if slot_type is SlotType.KEYFILE:
        return passphrase + keyfile.digest(key_file)
    return passphrase


def _wrap(master: bytes, vault_id: bytes, stretched: bytes, blank: Slot) -> Slot:
    """The slot as it is to be kept; `blank` has its type, salt and cost."""
    key, commitment = _wrapping_key(stretched, blank.salt, blank.type)
    bound = _bound(vault_id, blank.id, blank.type, blank.profile)
    wrapped = crypto.encrypt(key, blank.nonce, master, bound)
    return replace(blank, commitment=commitment, wrapped=wrapped)


def _blank(kind: SlotType, profile: KdfProfile | None = None) -> Slot:
    return Slot(
        id=crypto.random_bytes(ID_BYTES).hex(),
        type=kind,
        salt=crypto.random_bytes(SALT_BYTES),
        profile=profile,
        commitment=b"",
        nonce=crypto.random_bytes(crypto.NONCE_BYTES),
        wrapped=b"",
    )


def by_passphrase(
    master: bytes, vault_id: bytes, passphrase: str, profile: KdfProfile, key_file: bytes = b""
) -> Slot:
    """Wrap the master key by a passphrase, and by the content of a key file where one is given.

    Raises UsageError for an empty passphrase.
    """
    blank = _blank(SlotType.KEYFILE if key_file else SlotType.PASSPHRASE, profile)
    derived = kdf.derive(passphrase, blank.salt, profile)
    return _wrap(master, vault_id, _stretched(blank.type, derived, key_file), blank)


def by_code(master: bytes, vault_id: bytes, code: bytes) -> Slot:
    """Wrap the master key by the 16 bytes of a recovery code."""
    return _wrap(master, vault_id, code, _blank(SlotType.RECOVERY))


def by_keyring(master: bytes, vault_id: bytes, secret: bytes) -> Slot:
    """Wrap the master key by 32 random bytes that the system's keyring is to keep."""
    return _wrap(master, vault_id, secret, _blank(SlotType.KEYRING))


def unwrap(slot: Slot, vault_id: bytes, secret: str | bytes, key_file: bytes = b"") -> bytes:
    """The master key, by a passphrase (text) or by random bytes (a recovery code, a keyring's).

    `key_file` is the content of the key file where the slot wants one. Raises WrongPassphrase
    where the secret is not the slot's, Damaged where it is and the slot still does not open.
    """
    if isinstance(secret, str):
        derived = kdf.derive(secret, slot.salt, slot.profile or kdf.DEFAULT)
        stretched = _stretched(slot.type, derived, key_file)
    else:
        stretched = secret
    key, commitment = _wrapping_key(stretched, slot.salt, slot.type)
    if not crypto.same(commitment, slot.commitment):
        raise WrongPassphrase(_CALLED[slot.type])
    bound = _bound(vault_id, slot.id, slot.type, slot.profile)
    try:
        return crypto.decrypt(key, slot.nonce, slot.wrapped, bound)
    except crypto.NotAuthentic:
        raise Damaged(f"the {slot.type.value} slot in keys is damaged") from None
