"""Swap: whether what the memory held can reach a disk unencrypted (Linux)."""

from __future__ import annotations

import os
from pathlib import Path

SWAPS = Path("/proc/swaps")
SYS = Path("/sys")


def _is_encrypted(device: str, system: Path) -> bool:
    """Whether a block device is dm-crypt, or rests on nothing but such devices; zram is memory."""
    if device.startswith("zram"):
        return True
    place = system / "block" / device
    try:
        uuid = (place / "dm" / "uuid").read_text("ascii", "replace")
    except OSError:
        return False
    if uuid.startswith("CRYPT-"):
        return True
    try:
        below = sorted(path.name for path in (place / "slaves").iterdir())
    except OSError:
        return False
    return bool(below) and all(_is_encrypted(name, system) for name in below)


def _device_of(path: Path, system: Path) -> str:
    """The block device that a swap device is, or that a swap file lies on; "" if unknown."""
    try:
        real = path.resolve()
        if real.is_block_device() or not real.is_file():
            return real.name
        number = real.stat().st_dev
        node = system / "dev" / "block" / f"{os.major(number)}:{os.minor(number)}"
        return node.resolve().name if node.exists() else ""
    except OSError:
        return ""


def used(swaps: Path = SWAPS) -> tuple[str, ...] | None:
    """The devices and files swap is on; None where the system does not tell."""
    try:
        lines = swaps.read_text("utf-8", "replace").splitlines()[1:]
    except OSError:
        return None
    return tuple(line.split()[0].replace("\\040", " ") for line in lines if line.strip())


def unencrypted(swaps: Path = SWAPS, system: Path = SYS) -> tuple[str, ...]:
    """Those of them that are not known to be encrypted."""
    found = used(swaps) or ()
    return tuple(s for s in found if not _is_encrypted(_device_of(Path(s), system), system))
