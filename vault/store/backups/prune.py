"""Taking old and unfinished things out of a backup, in an order that a crash cannot harm.

A generation goes manifest first, so that it is unfinished before anything of it is missing;
sealed originals go last, and only those that no generation names.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from vault.store import files
from vault.store.backups import generations, keep, places
from vault.store.backups.keep import Keep
from vault.store.backups.places import MANIFEST, Place

PART = ".part"


def drop(folder: Path) -> None:
    """Remove a generation's folder; raises CannotWrite."""
    with files.writing(folder):
        (folder / MANIFEST).unlink(missing_ok=True)
        files.sync_folder(folder)
        shutil.rmtree(folder)


def clear_unfinished(place: Place) -> None:
    """Remove what backups that were cut off left behind; raises CannotWrite."""
    for name in generations.look(place).unfinished:
        drop(place.generation(name))
    with files.writing(place.originals):
        for path in place.originals.glob(f"*{PART}"):
            if path.is_symlink() or not path.is_dir():  # a folder is somebody else's
                path.unlink()


def _sweep(place: Place) -> None:
    """Remove the sealed originals no generation names; keep all where one cannot be read."""
    found = generations.look(place)
    if found.damaged:
        return
    named = {o.sealed.sha256 for g in found.finished for o in g.manifest.originals}
    with files.writing(place.originals):
        for path in place.stored():
            if path.name not in named:
                path.unlink()
                with contextlib.suppress(OSError):  # the folder still holds others
                    path.parent.rmdir()


def prune(place: Place, rule: Keep, newest: str) -> tuple[str, ...]:
    """Remove the generations the rule does not keep, never `newest`; returns their names.

    Raises CannotWrite; what is left is whole then, and the next backup goes on.
    """
    names = [g.name for g in generations.look(place).finished]
    moments = {name: at for name in names if (at := places.moment(name))}
    going = tuple(n for n in names if n not in keep.kept(moments, rule) | {newest})
    for name in going:
        drop(place.generation(name))
    _sweep(place)
    return going
