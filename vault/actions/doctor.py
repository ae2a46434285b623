"""What this machine has and lacks for chartmend to work well."""

from __future__ import annotations

import stat
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from vault.store import memory, places, swapspace
from vault.workers import sandbox, tools


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing looked at: `ok`, what was found, and what to do where it is not ok."""

    name: str
    ok: bool
    detail: str
    hint: str = ""


_ANOTHER = "another, such as Spanish: apt-get install tesseract-ocr-spa, then --language spa"
_INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-eng (Debian), brew install tesseract"


def _python() -> Checked:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Checked("python", sys.version_info >= (3, 11), version, "Python 3.11 or newer")


def _program() -> Checked:
    try:
        version = metadata.version("chartmend")
    except metadata.PackageNotFoundError:
        version = "run from its own folder"
    return Checked("chartmend", True, version)


def _engine() -> Checked:
    have = tools.engines()
    return Checked("ocr engine", bool(have), ", ".join(have) or "none", _INSTALL)


def _languages() -> Checked:
    have = tools.installed_languages()
    upright = tools.has_orientation()
    named = [*have, "osd (which way up a page is)"] if upright else list(have)
    detail = f"{', '.join(named) or 'none'}; {_ANOTHER}"
    return Checked("ocr languages", "eng" in have and upright, detail, _INSTALL)


_SWAP_HINT = "what the memory held can reach this disk; encrypt it or turn it off (swapoff -a)"


def _sandbox() -> Checked:
    return Checked("sandbox", True, sandbox.told())


def _swap() -> Checked:
    used = swapspace.used()
    if used is None:
        return Checked("swap", True, "not known on this system")
    plain = swapspace.unencrypted()
    if not plain:
        return Checked("swap", True, "off, or on an encrypted device" if used else "off")
    told = f"on, and not known to be encrypted: {', '.join(plain)}"
    return Checked("swap", False, told, _SWAP_HINT)


def swap_warning() -> str:
    """A sentence where what is in memory can reach a disk unencrypted, else ""."""
    plain = swapspace.unencrypted()
    return f"swap is on and not known to be encrypted: {_SWAP_HINT}" if plain else ""


def _place(folder: Path) -> Checked:
    warning = places.warning(folder)
    hint = "move the vault to a disk of this computer that nothing keeps in sync"
    return Checked("vault place", not warning, warning or "a disk of this computer", hint)


def _memory() -> Checked:
    if memory.can_lock():
        return Checked("memory lock", True, "the master key is kept out of swap")
    hint = "raise the limit on locked memory (ulimit -l), or turn swap off"
    return Checked("memory lock", False, "the system does not let the key be locked", hint)


def _folder(folder: Path) -> Checked:
    try:
        mode = stat.S_IMODE(folder.stat().st_mode)
    except FileNotFoundError:
        return Checked("vault folder", True, f"{folder} is not there yet", "")
    except OSError as error:
        return Checked("vault folder", False, f"{folder}: {error.strerror}", "check its owner")
    ok = mode & 0o077 == 0
    return Checked("vault folder", ok, f"{folder} ({mode:o})", f"chmod 700 {folder}")


def examine(folder: Path) -> tuple[Checked, ...]:
    """Look at everything; nothing is changed and the vault is not opened."""
    checks = (
        _program(),
        _python(),
        _engine(),
        _languages(),
        _sandbox(),
        _swap(),
        _memory(),
        _place(folder),
        _folder(folder),
    )
    return tuple(Checked(c.name, c.ok, c.detail, "" if c.ok else c.hint) for c in checks)
