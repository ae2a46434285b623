"""How much work a guess at the passphrase costs, and the passphrase as bytes."""

from __future__ import annotations

import os
import resource
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vault.errors import Damaged, Refused, UsageError
from vault.store import crypto

SALT_BYTES = 32


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


_SECONDS = 1.0
_PATIENCE = 2.0
_STEP_KIB = 16 * 1024
_RUNS = 3


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds a derivation took: on the clock, and of the processor, shared among its cores.

    On a machine that is busy with something else the first is much longer than the second.
    """

    clock: float
    share: float


Run = Callable[[KdfProfile], Timed]


def _timed(profile: KdfProfile) -> Timed:
    """Run one derivation on this machine."""
    start, used = time.perf_counter(), time.process_time()
    crypto.argon2id(
        b"measured", bytes(SALT_BYTES), profile.memory_kib, profile.passes, profile.lanes
    )
    cores = min(os.cpu_count() or 1, profile.lanes)
    return Timed(time.perf_counter() - start, (time.process_time() - used) / cores)


def _group_limit() -> int | None:
    """The bytes of memory a container allows (Linux control groups, version 2), None if any."""
    try:
        return int(Path("/sys/fs/cgroup/memory.max").read_text("ascii"))
    except (OSError, ValueError):
        return None


def spare_memory_kib() -> int:
    """How much memory a derivation may take here: a quarter of what there is or is allowed."""
    limits = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    if allowed != resource.RLIM_INFINITY:
        limits.append(allowed)
    grouped = _group_limit()
    if grouped is not None:
        limits.append(grouped)
    return min(limits) // 4 // 1024


def calibrate(*, run: Run = _timed, memory_kib: int | None = None) -> KdfProfile:
    """The cost that takes about one second here: memory first, then passes.

    FLOOR is timed (the best of three runs) and scaled: Argon2's time goes with memory times
    passes (RFC 9106, section 4). Never below FLOOR or above CEILING, within `memory_kib` (by
    default a quarter of the machine's memory), and not below DEFAULT unless that would keep the
    processor busy for over two seconds: what else runs just now must not weaken a vault for good.
    """
    cap = min(CEILING.memory_kib, spare_memory_kib() if memory_kib is None else memory_kib)
    try:
        runs = [run(FLOOR) for _ in range(_RUNS)]
    except MemoryError:
        return FLOOR  # deriving the key will say how much memory is needed
    clock = max(min(timed.clock for timed in runs), 1e-3)
    memory = int(FLOOR.memory_kib * _SECONDS / clock)
    if min(timed.share for timed in runs) * DEFAULT.memory_kib <= _PATIENCE * FLOOR.memory_kib:
        memory = max(memory, DEFAULT.memory_kib)
    memory = max(min(memory, cap) // _STEP_KIB * _STEP_KIB, FLOOR.memory_kib)
    once = clock * memory / FLOOR.memory_kib
    passes = min(max(int(FLOOR.passes * _SECONDS / once), FLOOR.passes), CEILING.passes)
    return KdfProfile(memory, passes, FLOOR.lanes)


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
            f"opening the vault needs {need} MiB of free memory",
            "close other programs; the recovery code opens it without: chartmend recovery use",
        ) from None
