"""The two folders of a rotation: which is which at any moment, and how they change places.

While `VAULT.rotating` is being built it holds a file `rotation` that says `building`, then
`ready`. The file goes along when the two folders change places, so afterwards the vault has it
and the sibling, which is now the old vault, has not. Whoever opens the vault for writing then
marks the old one `old` and removes it, and the vault's own mark last of all. Where folders
cannot be exchanged at once, the old one is first renamed to `VAULT.rotated`; cut off there, the
next command renames the other.
"""

from __future__ import annotations

import os
import shutil
from enum import StrEnum
from pathlib import Path

from vault.errors import CannotWrite, Damaged, Refused
from vault.store import exchange as folders
from vault.store import files, keyring, keys
from vault.store.slots import SlotType

MARK = "rotation"
BUILDING_SUFFIX = ".rotating"
OLD_SUFFIX = ".rotated"
FINISHED = (
    "the key of this vault was changed; if its new recovery code was not shown, make another "
    "one: chartmend recovery new"
)
LEFT = "what is left of the vault under its old key cannot be removed; the next command tries again"
_FIRST = "chartmend rotation 1"


class State(StrEnum):
    """How far the folder with the mark is."""

    BUILDING = "building"
    READY = "ready"
    OLD = "old"


def sibling(folder: Path) -> Path:
    """Where the new vault is built, and after the exchange the old one lies."""
    real = folder.resolve()  # a link to the vault stays the link it is
    return real.with_name(real.name + BUILDING_SUFFIX)


def _aside(folder: Path) -> Path:
    real = folder.resolve()
    return real.with_name(real.name + OLD_SUFFIX)


def mark(folder: Path, state: State) -> None:
    """Write the mark; raises CannotWrite."""
    files.write_atomic(folder / MARK, f"{_FIRST}\n{state.value}\n".encode())


def state_of(folder: Path) -> State | None:
    """What a folder's mark says, None where it has none."""
    try:
        text = files.read_small(folder / MARK, 200).decode("ascii", "replace")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except Damaged:
        return State.BUILDING  # a link or a folder by that name: nothing to rely on
    said = {f"{_FIRST}\n{state.value}\n": state for state in State}
    return said.get(text, State.BUILDING)


def check_beside(folder: Path) -> None:
    """Raise Refused where something has the name the old vault may need for a moment."""
    aside = _aside(folder)
    if os.path.lexists(aside):
        raise Refused(f"{aside} is in the way", "move it somewhere else, then run it again")


def check_openable(folder: Path) -> None:
    """Raise Refused for a folder that is the other half of a rotation."""
    real = folder.resolve()
    if real.name.endswith(BUILDING_SUFFIX):
        whole = real.with_name(real.name.removesuffix(BUILDING_SUFFIX))
        if keys.present(whole):
            raise Refused(
                f"{folder} belongs to the changing of the key of {whole}",
                f"open that one: chartmend --vault {whole}",
            )


def exchange(folder: Path) -> None:
    """Put the new vault in the place of the old one; both locks must be held.

    Raises CannotWrite where it is not there: a failure that came after, or a renaming that
    another command has done meanwhile (see `recover`), is none.
    """
    real, fresh, aside = folder.resolve(), sibling(folder), _aside(folder)
    try:
        if folders.exchange(real, fresh):
            return
        with files.writing(real):
            real.rename(aside)
            fresh.rename(real)
            files.sync_folder(real.parent)
    except CannotWrite:
        if state_of(real) is not State.READY:
            raise


def recover(folder: Path) -> None:
    """Finish an exchange that was cut off between its two renamings; else do nothing."""
    real = folder.resolve()
    if os.path.lexists(real) or not os.path.lexists(_aside(folder)):
        return
    if state_of(sibling(folder)) is State.READY:
        try:
            with files.writing(real):
                sibling(folder).rename(real)
                files.sync_folder(real.parent)
        except CannotWrite:  # another command may have been quicker
            if not os.path.lexists(real):
                raise


def is_exchanged(folder: Path) -> bool:
    """Whether the vault has its new key already, and the old folder may still be there."""
    return state_of(folder) is not None


def _ids(folder: Path) -> set[bytes]:
    whole, _ = keys.read_copies(folder)
    return {file.vault_id for file in whole.values()}


def _forget(old: Path) -> None:
    """Take the old vault's secrets out of the system's keyring: they open copies of it alone."""
    whole, _ = keys.read_copies(old)
    for file in whole.values():
        for slot in file.slots:
            if slot.type is SlotType.KEYRING:
                keyring.forget(file.vault_id, slot.id)


def _remove(old: Path, vault_ids: set[bytes]) -> None:
    """Remove the old vault: its keys first, for without them the rest is noise.

    Only a folder with the same vault's keys is one, or one marked as such; the mark goes last,
    so that a removal that was cut off is gone on with, and nobody's other folder is touched.
    """
    if not old.is_dir() or old.is_symlink():
        return
    if state_of(old) is None and _ids(old) & vault_ids:
        mark(old, State.OLD)
    if state_of(old) is not State.OLD:
        return
    _forget(old)
    with files.writing(old):
        for name in keys.NAMES:
            (old / name).unlink(missing_ok=True)
        files.sync_folder(old)
        for path in sorted(old.iterdir()):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != MARK:
                path.unlink()
        files.sync_folder(old)
        (old / MARK).unlink()
        old.rmdir()


def tidy(folder: Path) -> bool:
    """Remove what is left of the old vault once the new one is in its place, the mark last.

    Whether there was anything to do. Only who has the vault's lock may call it. Raises
    CannotWrite where it cannot be removed; the mark stays then, and the next call tries again.
    """
    if not is_exchanged(folder):
        return False
    for old in (sibling(folder), _aside(folder)):
        _remove(old, _ids(folder))
    with files.writing(folder):
        files.sync_folder(folder.resolve().parent)
        (folder / MARK).unlink()
        files.sync_folder(folder)
    return True


def clear(folder: Path) -> None:
    """Remove a new vault that was not finished; raises Refused where it is somebody else's."""
    fresh = sibling(folder)
    if not os.path.lexists(fresh):
        return
    ours = fresh.is_dir() and not fresh.is_symlink()
    if not ours or (state_of(fresh) is None and any(fresh.iterdir())):
        raise Refused(f"{fresh} is in the way", "move it somewhere else, then run it again")
    with files.writing(fresh):
        shutil.rmtree(fresh)
