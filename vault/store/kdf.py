"""How much work a guess at the passphrase costs, and the passphrase as bytes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from vault.errors import Damaged, Refused, UsageError
from vault.store import crypto


@dataclass(frozen=True, slots=True)
class KdfProfile:
    """The cost of Argon2id (RFC 9106): memory in KiB, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int


DEFAULT = KdfProfile(256 * 1024, 3, 4)
FLOOR = KdfProfile(64 * 1024, 3, 4)
CEILING = KdfProfile(1024 * 1024, 10, 16)
CHEAPEST = KdfProfile(64, 1, 1)
"""For tests and throw-away vaults only: protects nothing. Chosen by argument, by nothing else."""


def check_ceiling(profile: KdfProfile, file: str) -> None:
    """Refuse costs read from a file that no vault is made with, before any work is done.

    Raises Damaged naming `file`.
    """
    ok = (
        1 <= profile.lanes <= CEILING.lanes
        and 1 <= profile.passes <= CEILING.passes
        and 8 * profile.lanes <= profile.memory_kib <= CEILING.memory_kib
    )
    if not ok:
        raise Damaged(f"{file} asks for more work than any vault is made with")


def passphrase_bytes(passphrase: str) -> bytes:
    """A passphrase in NFKC as UTF-8, the same from every keyboard; raises UsageError if empty."""
    text = unicodedata.normalize("NFKC", passphrase)
    if not text:
        raise UsageError("the passphrase is empty", "type at least a few words")
    return text.encode("utf-8", "surrogatepass")


def derive(passphrase: str, salt: bytes, profile: KdfProfile) -> bytes:
    """32 bytes from a passphrase; raises Refused where the memory for it cannot be had."""
    data = passphrase_bytes(passphrase)
    try:
        return crypto.argon2id(data, salt, profile.memory_kib, profile.passes, profile.lanes)
    except MemoryError:
        need = profile.memory_kib // 1024
        raise Refused(
            f"opening the vault needs {need} MiB of free memory", "close other programs"
        ) from None
