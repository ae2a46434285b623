"""A creation cut off at any moment is begun anew by itself, and nobody's files are touched."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.store.helpers import PASSPHRASE, child, make, names
from vault.errors import Busy, NoVault, VaultExists
from vault.store import keys, making
from vault.store.kdf import CHEAPEST
from vault.store.keys import Secret
from vault.store.vault import create, open_vault

_KILLED = """
import os, signal, sys
from pathlib import Path
from vault.store import files, making
from vault.store.kdf import CHEAPEST
from vault.store.vault import create
left = int(sys.argv[2])
def watch(module, name):
    real = getattr(module, name)
    def counted(*args, **more):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return real(*args, **more)
    setattr(module, name, counted)
for name in "open mkdir fsync close write rename replace unlink ftruncate".split():
    watch(os, name)
create(Path(sys.argv[1]), "four invented words here", profile=CHEAPEST)
print("made")
"""


def _one_life(folder: Path, step: int) -> bool:
    """Make a vault in a process killed before its step-th call; whether it got to its end."""
    with child(_KILLED, str(folder), str(step)) as running:
        out, _ = running.communicate()
    assert running.returncode in (0, -signal.SIGKILL)
    return "made" in out


def test_killed_anywhere_it_begins_anew_or_is_a_vault(tmp_path: Path) -> None:
    """Over the whole creation: what is left opens with the passphrase, or is made once more."""
    step, outcomes = 1, set()
    while True:
        folder = tmp_path / str(step)
        if _one_life(folder, step):
            break
        if keys.present(folder):
            with open_vault(folder, Secret(PASSPHRASE), write=True) as opened:
                outcomes.add("opened")
                cut_off = making.NO_CODE in opened.notices
                assert opened.verify(full=True) == ()
            assert keys.UNFINISHED not in names(folder)
            assert cut_off
        else:
            with pytest.raises(NoVault):
                open_vault(folder, Secret(PASSPHRASE), write=True)
            made, _ = create(folder, PASSPHRASE, profile=CHEAPEST)
            outcomes.add("anew")
            assert made.verify(full=True) == ()
            made.close()
        step += 5
    assert outcomes == {"opened", "anew"}


@pytest.mark.parametrize("other", ["letter.txt", "originals/ab", "quarantine/file", "keys"])
def test_anything_else_in_the_folder_keeps_it_from_being_used(tmp_path: Path, other: str) -> None:
    """A mark alone gives no right to clear away what a creation does not leave behind."""
    folder = tmp_path / "vault"
    (folder / other).parent.mkdir(parents=True)
    (folder / other).write_text("mine")
    (folder / keys.UNFINISHED).touch()
    (folder / "records.db").write_text("part")
    before = sorted(folder.rglob("*"))
    with pytest.raises(VaultExists):
        create(folder, PASSPHRASE, profile=CHEAPEST)
    assert sorted(folder.rglob("*")) == before
    assert (folder / other).read_text() == "mine"


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    """A link by the name of a folder of the vault could lead to files of the person's."""
    mine = tmp_path / "mine"
    mine.mkdir()
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / keys.UNFINISHED).touch()
    (folder / "originals").symlink_to(mine)
    with pytest.raises(VaultExists):
        create(folder, PASSPHRASE, profile=CHEAPEST)
    assert mine.is_dir()


def test_one_being_made_elsewhere_is_left_to_its_maker(tmp_path: Path) -> None:
    """The second one is told who is at it."""
    folder = tmp_path / "vault"
    held = making.begin(folder)
    with pytest.raises(Busy, match=str(os.getpid())):
        create(folder, PASSPHRASE, profile=CHEAPEST)
    held.release()
    create(folder, PASSPHRASE, profile=CHEAPEST)[0].close()


def test_a_finished_vault_has_no_mark(tmp_path: Path) -> None:
    """Nothing of its making is left in the folder."""
    made = make(tmp_path)
    assert keys.UNFINISHED not in names(made.folder)
    made.vault.close()
    with pytest.raises(VaultExists):
        create(made.folder, PASSPHRASE, profile=CHEAPEST)
