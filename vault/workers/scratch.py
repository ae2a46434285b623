"""Private folders in memory for the one engine that insists on files, removed whatever happens."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from vault.workers import tools

_PREFIX = "chartmend-"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def sweep(folder: Path) -> None:
    """Remove what a program that was killed has left behind; other people's are left alone."""
    for left in folder.glob(f"{_PREFIX}*-*"):
        pid = left.name.removeprefix(_PREFIX).split("-")[0]
        mine = not left.is_symlink() and left.lstat().st_uid == os.getuid()
        if mine and pid.isdigit() and not _alive(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


def make() -> Path | None:
    """A new folder only its owner can enter, kept in memory; None where there is no such place."""
    folder = tools.memory_folder()
    if folder is None:
        return None
    sweep(folder)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=folder))


def remove(folder: Path | None) -> None:
    """Remove a folder and all that is in it."""
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
