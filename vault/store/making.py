"""Making a vault folder, so that a creation cut off at any moment is simply begun anew.

The file `unfinished` is the first thing in the folder after its lock and the last to go; the
keys are written just before it goes. While it is there without keys, nothing in the folder can
be opened by anybody, and it is nobody's: it is cleared away. Anything that a creation does not
make stays, and keeps the place from being used.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from vault.errors import VaultExists
from vault.store import anchor, files, keys, lock, originals
from vault.store.checks import DATABASE
from vault.store.keys import UNFINISHED
from vault.store.lock import WriterLock

FOLDERS = (originals.FOLDER, originals.TMP, originals.QUARANTINE)
NO_CODE = (
    "making this vault was cut off before its recovery code was shown; "
    "make another one: chartmend recovery new"
)
_FILES = (
    *(f"{name}.new" for name in (*keys.NAMES, anchor.NAME)),
    anchor.NAME,
    DATABASE,
    f"{DATABASE}-wal",
    f"{DATABASE}-shm",
    f"{DATABASE}-journal",
)


def _is_ours(entry: os.DirEntry[str]) -> bool:
    """Whether a creation that was cut off can have left this, with nothing in it."""
    if entry.is_symlink():
        return False
    if entry.name in FOLDERS:
        return entry.is_dir() and not any(Path(entry.path).iterdir())
    return entry.name in (*_FILES, UNFINISHED, lock.NAME) and entry.is_file()


def _check_free(folder: Path) -> None:
    """Raise VaultExists where the folder holds more than a creation that was cut off left."""
    with files.writing(folder), os.scandir(folder) as found:
        entries = list(found)
    names = {entry.name for entry in entries}
    begun = UNFINISHED in names or names <= {lock.NAME}
    if not begun or not all(_is_ours(entry) for entry in entries):
        raise VaultExists(str(folder))


def begin(folder: Path) -> WriterLock:
    """Make the folder, or take one that is empty or was left unfinished; returns its lock.

    Raises VaultExists where there is anything else in it, Busy where it is being made by
    another process, CannotWrite.
    """
    with files.writing(folder):
        folder.mkdir(mode=files.FOLDER_MODE, parents=True, exist_ok=True)
    _check_free(folder)
    held = WriterLock(folder)
    try:
        _check_free(folder)  # another process may have finished one in the meantime
        clear(folder, but=(lock.NAME,))
        with files.writing(folder):
            folder.chmod(files.FOLDER_MODE)
            os.close(files.open_new(folder / UNFINISHED))
            files.sync_folder(folder)
    except BaseException:
        held.release()
        raise
    return held


def clear(folder: Path, but: tuple[str, ...] = ()) -> None:
    """Take away what an unfinished creation has made; there is nothing of a person's in it.

    The mark goes last: cut off here, the next creation still knows what it sees.
    """
    for name in FOLDERS:
        with contextlib.suppress(OSError):
            shutil.rmtree(folder / name)
    for name in (*keys.NAMES, *_FILES, UNFINISHED, lock.NAME):
        if name not in but:
            with contextlib.suppress(OSError):
                (folder / name).unlink()


def end(folder: Path) -> None:
    """The vault is made; raises CannotWrite."""
    with files.writing(folder):
        (folder / UNFINISHED).unlink(missing_ok=True)
        files.sync_folder(folder)


def was_cut_off(folder: Path) -> bool:
    """Whether a creation was cut off after its keys: a vault, but nobody has seen its code."""
    return os.path.lexists(folder / UNFINISHED)
