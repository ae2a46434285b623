"""Before a file of the person's is written over: ask, where there is somebody to ask."""

from __future__ import annotations

from pathlib import Path

from vault.cli import secrets, settings
from vault.errors import Refused

_YES = frozenset({"y", "yes"})


def may_replace(output: Path) -> None:
    """Raise Refused where a person at a terminal says that a file is to stay; scripts go on."""
    if not output.is_file() or settings.current().json or not secrets.on_terminal():
        return
    if secrets.ask_plain(f"{output} is there already. Replace it? [y/N]").lower() not in _YES:
        raise Refused(f"{output} stays as it was", "name another file with -o")
