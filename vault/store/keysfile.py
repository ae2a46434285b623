"""The keys file as bytes: slots, and what tells damage, tampering and a newer program apart.

Both copies, `keys` and `keys.bak`, hold the same four lines:

    chartmend keys 1
    {"slots":[{…},…],"vault":"<32 hex>"}
    mac <64 hex>
    sha256 <64 hex>

`sha256` is over the three lines before it and shows damage without any secret. `mac` is
HMAC-SHA256 over the two lines before it, under a key derived from the master key, and is checked
once a slot has opened. A slot has `id`, `type`, `salt`, `commitment`, `nonce` and `wrapped` (hex)
and, where a passphrase opens it, `memory_kib`, `passes` and `lanes`. No two are of one type.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from vault.errors import Damaged, TooNew, Unpromised
from vault.store import crypto, kdf
from vault.store.kdf import KdfProfile
from vault.store.slots import (
    COMMITMENT_BYTES,
    SALT_BYTES,
    STRETCHED,
    WRAPPED_BYTES,
    Slot,
    SlotType,
)

LIMIT = 64 * 1024
VAULT_ID_BYTES = 16
FORMAT = 1
_LINES = re.compile(
    rb"(chartmend keys (\d{1,6})\n([^\n]*)\n)mac ([0-9a-f]{64})\nsha256 ([0-9a-f]{64})\n"
)
_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)
_SIZES = {
    "salt": SALT_BYTES,
    "commitment": COMMITMENT_BYTES,
    "nonce": crypto.NONCE_BYTES,
    "wrapped": WRAPPED_BYTES,
}


@dataclass(frozen=True, slots=True)
class KeysFile:
    """A keys file that is whole; whether it is authentic shows only with the master key."""

    vault_id: bytes
    slots: tuple[Slot, ...]
    data: bytes

    def authentic(self, key: bytes) -> bool:
        """Whether the file was written by somebody who had the master key."""
        match = _LINES.fullmatch(self.data)
        return match is not None and crypto.same(crypto.mac(key, match[1]).hex().encode(), match[4])


def _slot_fields(slot: Slot) -> dict[str, str | int]:
    fields: dict[str, str | int] = {"id": slot.id, "type": slot.type.value}
    for name in _SIZES:
        fields[name] = getattr(slot, name).hex()
    if slot.profile:
        fields |= {
            "memory_kib": slot.profile.memory_kib,
            "passes": slot.profile.passes,
            "lanes": slot.profile.lanes,
        }
    return fields


def build(vault_id: bytes, slots: tuple[Slot, ...], key: bytes) -> KeysFile:
    """Write slots as a keys file; `key` is the one derived for it from the master key."""
    fields = {"slots": [_slot_fields(slot) for slot in slots], "vault": vault_id.hex()}
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    body = f"chartmend keys {FORMAT}\n{text}\n".encode()
    signed = body + b"mac " + crypto.mac(key, body).hex().encode() + b"\n"
    data = signed + b"sha256 " + crypto.sha256(signed).hex().encode() + b"\n"
    return KeysFile(vault_id, slots, data)


def _slot(fields: dict[str, object], name: str) -> Slot:
    kind, id_ = SlotType(str(fields["type"])), str(fields["id"])
    values = {field: bytes.fromhex(str(fields[field])) for field in _SIZES}
    wrong = any(len(value) != _SIZES[field] for field, value in values.items())
    if wrong or not _ID.fullmatch(id_):
        raise ValueError(name)
    profile = None
    if kind in STRETCHED:
        cost = [fields[field] for field in ("memory_kib", "passes", "lanes")]
        memory, passes, lanes = (n if isinstance(n, int) else -1 for n in cost)
        profile = KdfProfile(memory, passes, lanes)
        kdf.check_ceiling(profile, name)
    return Slot(id_, kind, profile=profile, **values)


def _sensible(slots: tuple[Slot, ...]) -> bool:
    """Whether a vault can have these slots: one of a type, one asking for a passphrase.

    More of them would make a guess, or a hostile file, cost more than one derivation.
    """
    types = [slot.type for slot in slots]
    return bool(types) and len(set(types)) == len(types) and not set(types) >= STRETCHED


def parse(data: bytes, name: str) -> KeysFile:
    """Read a keys file called `name`; raises Damaged, TooNew or Unpromised.

    No secret is needed.
    """
    match = _LINES.fullmatch(data)
    if match is None or crypto.sha256(data[: match.end(4) + 1]).hex().encode() != match[5]:
        raise Damaged(f"{name} is damaged")
    if int(match[2]) > FORMAT:
        raise TooNew(int(match[2]), FORMAT)
    if int(match[2]) < FORMAT:
        raise Unpromised
    try:
        fields = json.loads(match[3])
        vault_id = bytes.fromhex(fields["vault"])
        slots = tuple(_slot(slot, name) for slot in fields["slots"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Damaged(f"{name} does not say what a keys file says") from None
    if len(vault_id) != VAULT_ID_BYTES or not _sensible(slots):
        raise Damaged(f"{name} does not say what a keys file says")
    return KeysFile(vault_id, slots, data)
