"""Taking old and unfinished things out of a backup, in an order that a crash cannot harm.

A generation goes manifest first, so that it is unfinished before anything of it is missing;
sealed originals go last, and only those that no generation names.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from vault.errors import Damaged, VaultError
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


def put_aside(place: Place) -> tuple[str, ...]:
    """Rename the generations whose manifest is damaged, so that they are in nobody's way.

    To be called once there is a whole one made later. Nothing of them is removed; one that only
    could not be read, or that a newer program made, stays. Returns their new names; raises
    CannotWrite.
    """
    moved = []
    with files.writing(place.generations):
        for name, error in generations.look(place).damaged:
            target = place.generation(f"{places.ASIDE}{name}")
            if isinstance(error, Damaged) and not target.exists():
                place.generation(name).rename(target)
                moved.append(place.within(target))
        if moved:
            files.sync_folder(place.generations)
    return tuple(moved)


def _named_aside(folder: Path) -> set[str]:
    """The sealed originals a generation put aside names, as far as it can still be read."""
    with contextlib.suppress(VaultError, FileNotFoundError):
        made = generations.parse(folder / MANIFEST, folder.name)
        return {held.sealed.sha256 for held in made.originals}
    return set()


def _sweep(place: Place) -> None:
    """Remove the sealed originals no generation names; keep all where one cannot be read."""
    found = generations.look(place)
    if found.damaged:
        return
    named = {o.sealed.sha256 for g in found.finished for o in g.manifest.originals}
    named |= {sha256 for folder in place.aside() for sha256 in _named_aside(folder)}
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
