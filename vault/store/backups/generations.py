"""The generations a backup folder holds: finished, damaged, or cut off before they were whole."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from vault.errors import Damaged, NoBackup, UsageError, VaultError
from vault.store.backups import copying, manifest, places
from vault.store.backups.manifest import Manifest
from vault.store.backups.places import MANIFEST, Place

_LIMIT = 1 << 28  # a manifest of a million originals


@dataclass(frozen=True, slots=True)
class Generation:
    """A finished backup: its name, which is its folder's, and its manifest."""

    name: str
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Found:
    """What is there; `damaged` are names with the reason, `unfinished` names.

    `finished` are in the order in which they were made: neither the clock of a computer nor
    whoever renames a folder says which is the newest.
    """

    finished: tuple[Generation, ...]
    damaged: tuple[tuple[str, VaultError], ...]
    unfinished: tuple[str, ...]


def parse(path: Path, name: str) -> Manifest:
    """The manifest in a file, called `name`; raises as `read`."""
    return manifest.parse(copying.read_whole(path, _LIMIT), name)


def read(place: Place, name: str) -> Manifest:
    """The manifest of a generation; raises FileNotFoundError, Damaged, TooNew, CannotRead."""
    path = place.generation(name) / MANIFEST
    found = parse(path, place.within(path))
    if found.made_at != places.stamp(name):
        raise Damaged(f"{place.within(path)} is of a generation begun at {found.made_at}", "")
    return found


def look(place: Place) -> Found:
    """Read every manifest; a damaged one is a value, not an exception."""
    finished, damaged, unfinished = [], [], []
    for name in place.names():
        if not os.path.lexists(place.generation(name) / MANIFEST):
            unfinished.append(name)
            continue
        try:
            finished.append(Generation(name, read(place, name)))
        except VaultError as error:
            damaged.append((name, error))
    finished.sort(key=lambda generation: (generation.manifest.number, generation.name))
    return Found(tuple(finished), tuple(damaged), tuple(unfinished))


def choose(place: Place, wanted: str = "") -> Generation:
    """The newest finished generation, or the one whose name begins with `wanted`.

    Raises NoBackup, UsageError where several begin so, Damaged where its manifest is damaged:
    an older one is never taken without being asked for.
    """
    found = look(place)
    whole = {g.name: g for g in found.finished}
    broken = dict(found.damaged)
    names = [name for name in (*whole, *broken) if name.startswith(wanted)]
    if not names:
        raise NoBackup(f"{place.folder} ({wanted})" if wanted else str(place.folder))
    if wanted and len(names) > 1:
        raise UsageError(f"{len(names)} generations begin with {wanted!r}", "type more of it")
    name = names[0] if wanted else _newest(found)
    if name in broken:
        raise Damaged(broken[name].sentence, "an older one can be chosen with --generation ID")
    return whole[name]


def _newest(found: Found) -> str:
    """The finished one that was made last, or a damaged one that claims to be from later."""
    last = found.finished[-1].name if found.finished else ""
    return max([last, *(name for name, _error in found.damaged)])
