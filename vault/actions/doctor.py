"""What this machine has and lacks for chartmend to work well."""

from __future__ import annotations

import stat
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from vault.workers import tools


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


def _swap() -> Checked:
    swaps = Path("/proc/swaps")
    if not swaps.exists():
        return Checked("swap", True, "not known on this system")
    used = [line.split()[0] for line in swaps.read_text().splitlines()[1:] if line.strip()]
    plain = [s for s in used if not s.startswith(("/dev/dm-", "/dev/zram", "/dev/mapper/"))]
    if not plain:
        return Checked("swap", True, "off, or on an encrypted device" if used else "off")
    hint = "what the memory held can reach this disk; encrypt it or turn it off (swapoff -a)"
    return Checked("swap", False, f"on, and not known to be encrypted: {', '.join(plain)}", hint)


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
    checks = (_program(), _python(), _engine(), _languages(), _swap(), _folder(folder))
    return tuple(Checked(c.name, c.ok, c.detail, "" if c.ok else c.hint) for c in checks)
