"""An older keys file that was put back is never built on: not by a change, a rotation, a backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.helpers import PASSPHRASE, Made
from vault.errors import NoKeyFile, Refused, WrongPassphrase
from vault.store import keys, keysmark, rotate
from vault.store.backups import make, restore
from vault.store.kdf import CHEAPEST
from vault.store.keys import Secret
from vault.store.slots import SlotType
from vault.store.vault import OpenVault, open_vault

NEW = "fig anchor violet tram"
KEY_FILE = b"k" * 64


def by(made: Made, secret: Secret, *, write: bool = True) -> OpenVault:
    """The vault, opened with a secret."""
    return open_vault(made.folder, secret, write=write, state=made.state)


def put_back(made: Made, *names: str, new: str = NEW, key_file: bytes = b"") -> None:
    """Change the passphrase, then put older copies back."""
    before = {name: (made.folder / name).read_bytes() for name in names}
    made.vault.change_passphrase(new, CHEAPEST, key_file=key_file)
    made.vault.close()
    for name, data in before.items():
        (made.folder / name).write_bytes(data)


def test_a_secret_of_both_copies_opens_the_newer(made: Made) -> None:
    """The recovery code opens either; a change then keeps the new passphrase, not the old."""
    put_back(made, "keys")
    with by(made, Secret(recovery_code=made.code)) as opened:
        assert keysmark.ONE_OLDER in opened.notices
        code = opened.change_recovery_code()
    with pytest.raises(WrongPassphrase):
        by(made, Secret(PASSPHRASE))
    for secret in (Secret(NEW), Secret(recovery_code=code)):
        with by(made, secret) as opened:
            assert opened.notices == ()
            assert opened.verify() == ()


def test_a_reader_is_told_and_changes_nothing(made: Made) -> None:
    """The files stay as they are until the next writer."""
    put_back(made, "keys")
    now = (made.folder / "keys").read_bytes()
    with by(made, Secret(recovery_code=made.code), write=False) as opened:
        assert keysmark.ONE_OLDER in opened.notices
    assert (made.folder / "keys").read_bytes() == now


def test_a_key_file_cannot_be_taken_away(made: Made) -> None:
    """The same passphrase opens the older copy without it; a change keeps it wanted."""
    put_back(made, "keys", new=PASSPHRASE, key_file=KEY_FILE)
    with by(made, Secret(PASSPHRASE, key_file=KEY_FILE)) as opened:
        assert SlotType.KEYFILE in opened.slots
        opened.change_recovery_code()
    with pytest.raises(NoKeyFile):
        by(made, Secret(PASSPHRASE))


def test_a_rotation_takes_the_slots_of_the_newer(made: Made) -> None:
    """The key file is wanted by the new vault too."""
    put_back(made, "keys", new=PASSPHRASE, key_file=KEY_FILE)
    secret = Secret(PASSPHRASE, key_file=KEY_FILE)
    with by(made, secret) as opened:
        rotate.rotate(opened, secret)
    with pytest.raises(NoKeyFile):
        by(made, Secret(PASSPHRASE))
    by(made, secret).close()


def test_where_both_are_older_only_a_new_passphrase_is_taken(made: Made) -> None:
    """It settles the file; then the recovery code of that time can be replaced, as is told."""
    put_back(made, *keys.NAMES)
    with by(made, Secret(PASSPHRASE)) as opened:
        for change in (opened.change_recovery_code, lambda: opened.use_keyring(on=True)):
            with pytest.raises(Refused, match="older copy"):
                change()
        with pytest.raises(Refused, match="older copy"):
            rotate.rotate(opened, Secret(PASSPHRASE))
        opened.change_passphrase(NEW, CHEAPEST)
        assert keysmark.OLDER_CODE in opened.notices
        opened.change_recovery_code()
        assert opened.verify() == ()
    with pytest.raises(WrongPassphrase):
        by(made, Secret(PASSPHRASE))


def test_a_person_who_put_them_back_says_so_once(made: Made) -> None:
    """Accepted by repair, they count: nothing is told any more and every change is taken."""
    put_back(made, *keys.NAMES)
    with made.open(write=True) as opened:
        assert keysmark.OLDER in opened.notices
    with made.open(write=True, anyway=True) as opened:
        assert [p.file for p in opened.mended] == ["keys"]
    with made.open(write=True) as opened:
        assert opened.notices == ()
        assert opened.verify() == ()
        opened.change_recovery_code()


def test_a_vault_without_a_mark_gets_one(made: Made) -> None:
    """One from before there were marks: from the first writer on, an older file is noticed."""
    with made.vault.write("test") as db:
        db.execute("DELETE FROM meta WHERE name = ?", (keysmark.CURRENT,))
    before = {name: (made.folder / name).read_bytes() for name in keys.NAMES}
    made.vault.close()
    with made.open(write=True) as opened:
        assert keysmark.is_current(opened.read(), opened.keys_file)
        opened.change_recovery_code()
    for name, data in before.items():
        (made.folder / name).write_bytes(data)
    with made.open() as opened:
        assert keysmark.OLDER in opened.notices


def test_a_backup_takes_the_newer(made: Made, tmp_path: Path) -> None:
    """What is restored opens with the passphrase that counts."""
    put_back(made, "keys")
    with by(made, Secret(NEW), write=False) as opened:
        make.make(opened, tmp_path / "backup")
    with pytest.raises(WrongPassphrase):
        restore.restore(tmp_path / "backup", tmp_path / "again", Secret(PASSPHRASE))
    restore.restore(tmp_path / "backup", tmp_path / "again", Secret(NEW))
