"""Looking over a backup: every harm is found and the right file named, nothing else is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.backups.kit import BY_PASSPHRASE, Backed, files_of
from tests.store.helpers import flip
from vault.errors import NoBackup, WrongPassphrase
from vault.store import crypto
from vault.store.backups import check, opening
from vault.store.kdf import CHEAPEST
from vault.store.vault import Secret


def _newest(backed: Backed, name: str) -> Path:
    return backed.place.generation(backed.finished()[-1]) / name


def test_a_whole_backup(backed: Backed) -> None:
    """Nothing is wrong with it, by its sums and with the passphrase or the recovery code."""
    backed.back_up()
    backed.made.set("colour", "red")
    second = backed.back_up()
    found = backed.check()
    assert found.problems == ()
    assert [g.id for g in found.generations][-1] == second.id
    assert all(g.ok and g.originals == 2 for g in found.generations)
    assert backed.check(full=True) == found
    assert opening.look(backed.folder, backed.by_code) == found
    assert len(backed.check(last=True).generations) == 1


def test_checking_changes_nothing(backed: Backed) -> None:
    """No file of the backup is written, made or removed."""
    backed.back_up()
    before = files_of(backed.folder)
    backed.check(full=True)
    assert files_of(backed.folder) == before


@pytest.mark.parametrize("name", ["keys", "records.db", "manifest", "chartmend-backup", "original"])
@pytest.mark.parametrize("harm", ["flip", "cut", "empty", "delete"])
def test_every_harm_is_found_without_a_secret(backed: Backed, name: str, harm: str) -> None:
    """Any file of it changed, cut off, emptied or gone: that file is named, and no other."""
    backed.back_up()
    backed.made.set("colour", "red")
    backed.back_up()
    path = _newest(backed, name)
    if name == "original":
        path = backed.copies()[0]
    elif name == "chartmend-backup":
        path = backed.folder / name
    data = path.read_bytes()
    if harm == "flip":
        flip(path, len(data) // 2)
    elif harm == "delete":
        path.unlink()
    else:
        path.write_bytes(data[:-1] if harm == "cut" else b"")
    found = backed.check()
    if (name, harm) == ("manifest", "delete"):  # then it is unfinished, and the one before counts
        assert (len(found.generations), found.problems) == (1, ())
        return
    assert {problem.file for problem in found.problems} == {backed.place.within(path)}


def _reseal(backed: Backed, change: Callable[[bytes], bytes]) -> None:
    """Change the newest manifest as somebody without the key can: its sum is right again."""
    path = _newest(backed, "manifest")
    signed = change(path.read_bytes()).rpartition(b"sha256 ")[0]
    path.write_bytes(signed + b"sha256 " + crypto.sha256(signed).hex().encode() + b"\n")


def test_a_forged_manifest_shows_with_the_secret(backed: Backed) -> None:
    """The sums are anybody's to write; the MAC is not."""
    backed.back_up()
    _reseal(backed, lambda data: data.replace(b'"records":0', b'"records":7'))
    assert backed.check().problems == ()
    (problem,) = backed.check(full=True).problems
    assert problem.file.endswith("/manifest")


def test_an_exchanged_database_shows_with_the_secret(backed: Backed) -> None:
    """An older copy of the database with a manifest made to fit: authentic pages, wrong history."""
    first = backed.back_up()
    old = (backed.place.generation(first.id) / "records.db").read_bytes()
    backed.made.set("colour", "red")
    backed.back_up()
    path = _newest(backed, "records.db")
    now = path.read_bytes()
    path.write_bytes(old)

    def fitted(data: bytes) -> bytes:
        return data.replace(crypto.sha256(now).hex().encode(), crypto.sha256(old).hex().encode())

    _reseal(backed, fitted)
    assert backed.check().problems == ()
    found = {(p.file.rpartition("/")[2], p.what) for p in backed.check(full=True).problems}
    assert ("records.db", "its history does not end where the manifest says") in found
    assert ("manifest", "it was changed by something else than chartmend") in found


def test_a_forged_original_shows_with_the_secret(backed: Backed) -> None:
    """A changed copy with a name and a manifest made to fit does not decrypt."""
    backed.back_up()
    path = backed.copies()[0]
    sha256 = path.name
    flip(path, -3)
    forged = crypto.sha256(path.read_bytes()).hex()
    target = backed.place.original(forged)
    target.parent.mkdir(exist_ok=True)
    path.replace(target)
    _reseal(backed, lambda data: data.replace(sha256.encode(), forged.encode()))
    assert backed.check().problems == ()
    assert f"originals/{forged[:2]}/{forged}" in {p.file for p in backed.check(full=True).problems}


def test_a_wrong_passphrase(backed: Backed) -> None:
    """It is said at once and with the right hint; it is no problem of the backup."""
    backed.back_up()
    with pytest.raises(WrongPassphrase) as caught:
        opening.look(backed.folder, Secret("not this one"))
    assert "when it was made" in caught.value.hint


def test_after_a_change_of_the_passphrase(backed: Backed) -> None:
    """The new one opens the newest generation, and vouches for the older ones by their keys."""
    backed.back_up()
    backed.made.vault.change_passphrase("another few words", CHEAPEST)
    backed.back_up()
    assert opening.look(backed.folder, Secret("another few words")).problems == ()
    with pytest.raises(WrongPassphrase):
        opening.look(backed.folder, BY_PASSPHRASE)


def test_where_no_backup_is(backed: Backed, tmp_path: Path) -> None:
    """Nothing there, something else there, or nothing finished: there is no backup."""
    for folder in (tmp_path / "nothing", tmp_path):
        with pytest.raises(NoBackup):
            check.look(folder)
    made = backed.back_up()
    shutil.rmtree(backed.place.generation(made.id))
    with pytest.raises(NoBackup):
        backed.check()
