"""Files a person asked for outside the vault: written whole or not at all, for their eyes only."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from vault.errors import CannotWrite
from vault.store import files


def write_out(vault_folder: Path, target: Path, chunks: Iterable[bytes]) -> Path:
    """Write a file readable by its owner alone, replacing a plain file of that name.

    Returns the absolute path. Raises CannotWrite for a folder, a link, a place inside the
    vault, or where there is no room or right.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 - resolve() would follow a link
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise CannotWrite(str(target), "it is a link or a folder, not a plain file")
    if target.parent.resolve().is_relative_to(vault_folder.resolve()):
        raise CannotWrite(str(target), "that place is inside the vault")
    files.write_export(target, chunks)
    return target
