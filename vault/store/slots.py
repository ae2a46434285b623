"""Slots: the master key wrapped by something the person has, a passphrase or a recovery code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vault.errors import Damaged, WrongPassphrase
from vault.store import crypto, kdf
from vault.store.kdf import KdfProfile

SALT_BYTES = 32
COMMITMENT_BYTES = 32
WRAPPED_BYTES = crypto.KEY_BYTES + crypto.TAG_BYTES
_FORMAT = "chartmend keys 0"


class SlotType(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind of slot
    RECOVERY = "recovery"


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


def _wrap(
    master: bytes, vault_id: bytes, stretched: bytes, salt: bytes, profile: KdfProfile | None
) -> Slot:
    kind = SlotType.PASSPHRASE if profile else SlotType.RECOVERY
    key, commitment = _wrapping_key(stretched, salt, kind)
    slot_id = crypto.random_bytes(8).hex()
    nonce = crypto.random_bytes(crypto.NONCE_BYTES)
    wrapped = crypto.encrypt(key, nonce, master, _bound(vault_id, slot_id, kind, profile))
    return Slot(slot_id, kind, salt, profile, commitment, nonce, wrapped)


def by_passphrase(master: bytes, vault_id: bytes, passphrase: str, profile: KdfProfile) -> Slot:
    """Wrap the master key by a passphrase; raises UsageError for an empty one."""
    salt = crypto.random_bytes(SALT_BYTES)
    return _wrap(master, vault_id, kdf.derive(passphrase, salt, profile), salt, profile)


def by_code(master: bytes, vault_id: bytes, code: bytes) -> Slot:
    """Wrap the master key by the 16 bytes of a recovery code."""
    return _wrap(master, vault_id, code, crypto.random_bytes(SALT_BYTES), None)


def unwrap(slot: Slot, vault_id: bytes, secret: str | bytes) -> bytes:
    """The master key, by a passphrase (text) or a recovery code (16 bytes).

    Raises WrongPassphrase where the secret is not the slot's, Damaged where it is and the slot
    still does not open.
    """
    if isinstance(secret, str):
        stretched = kdf.derive(secret, slot.salt, slot.profile or kdf.DEFAULT)
    else:
        stretched = secret
    key, commitment = _wrapping_key(stretched, slot.salt, slot.type)
    if not crypto.same(commitment, slot.commitment):
        what = "passphrase" if isinstance(secret, str) else "recovery code"
        raise WrongPassphrase(what)
    bound = _bound(vault_id, slot.id, slot.type, slot.profile)
    try:
        return crypto.decrypt(key, slot.nonce, slot.wrapped, bound)
    except crypto.NotAuthentic:
        raise Damaged(f"the {slot.type.value} slot in keys is damaged") from None
