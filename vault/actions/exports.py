"""Files a person asked for outside the vault: written whole or not at all, for their eyes only."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from vault.errors import CannotWrite
from vault.store import files


def check_place(vault_folder: Path, target: Path) -> Path:
    """The absolute path of a place a file may be written to, or a plain file be replaced at.

    Raises CannotWrite for a folder, a link, a place inside the vault or in no folder.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 - resolve() would follow a link
    with files.writing(target):
        if target.is_symlink() or (target.exists() and not target.is_file()):
            raise CannotWrite(str(target), "it is a link or a folder, not a plain file")
        if target.parent.resolve().is_relative_to(vault_folder.resolve()):
            raise CannotWrite(str(target), "that place is inside the vault")
        if not target.parent.is_dir():
            raise CannotWrite(str(target), "the folder is not there")
    return target


def write_out(vault_folder: Path, target: Path, chunks: Iterable[bytes]) -> Path:
    """Write a file readable by its owner alone, replacing a plain file of that name.

    Returns the absolute path. Raises CannotWrite as `check_place`, and where there is no room
    or right.
    """
    target = check_place(vault_folder, target)
    files.write_export(target, chunks)
    return target
