"""The keys on disk: two copies, one of them always whole, and wrong told apart from damaged."""

from __future__ import annotations

import shutil

import pytest

from tests.store.helpers import PASSPHRASE, Made, flip
from vault.errors import BadRecoveryCode, CannotWrite, Damaged, UsageError, WrongPassphrase
from vault.store import files, keys
from vault.store.kdf import CHEAPEST
from vault.store.keys import NAMES, Keys, Secret
from vault.store.vault import open_vault


def test_both_copies_are_the_same(closed: Made) -> None:
    """A new vault has two equal copies."""
    assert (closed.folder / "keys").read_bytes() == (closed.folder / "keys.bak").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_copy_is_told_and_mended(closed: Made, name: str) -> None:
    """Reading uses the other copy and says so; writing mends it."""
    flip(closed.folder / name, 100)
    other = next(n for n in NAMES if n != name)
    with closed.open() as opened:
        assert opened.notices == (f"{name} is damaged; its copy {other} was used",)
    with closed.open(write=True):
        assert (closed.folder / name).read_bytes() == (closed.folder / other).read_bytes()
    with closed.open() as opened:
        assert opened.notices == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_copy_is_told_and_mended(closed: Made, name: str) -> None:
    """Deleting one copy is survived and mended."""
    (closed.folder / name).unlink()
    with closed.open(write=True) as opened:
        assert f"{name} is missing" in opened.notices[0]
        assert opened.verify() == ()


def test_a_wrong_passphrase_is_not_damage_even_with_one_copy(closed: Made) -> None:
    """With one copy left, a typing error is still called a typing error."""
    flip(closed.folder / "keys", 100)
    with pytest.raises(WrongPassphrase):
        open_vault(closed.folder, Secret("wrong"), write=False)


def test_two_damaged_copies_are_damage_and_no_wrong_passphrase(closed: Made) -> None:
    """With no copy left the person is not told that the passphrase is wrong."""
    for name in NAMES:
        flip(closed.folder / name, 100)
    with pytest.raises(Damaged, match=r"keys is damaged and keys.bak is damaged"):
        closed.open()


def test_a_slip_in_the_recovery_code_is_told_before_any_key_is_tried(closed: Made) -> None:
    """The checksum of the code catches it without touching the vault."""
    wrong = closed.code[:-1] + ("0" if closed.code[-1] != "0" else "1")
    with pytest.raises(BadRecoveryCode):
        open_vault(closed.folder, Secret(recovery_code=wrong), write=False)


def test_the_recovery_code_opens_and_sets_a_new_passphrase(closed: Made) -> None:
    """The way back in after a forgotten passphrase, from end to end."""
    by_code = Secret(recovery_code=closed.code)
    with open_vault(closed.folder, by_code, write=True, state=closed.state) as opened:
        opened.change_passphrase("another one", CHEAPEST)
    with pytest.raises(WrongPassphrase):
        closed.open()
    for secret in (Secret("another one"), by_code):
        open_vault(closed.folder, secret, write=False, state=closed.state).close()


def test_a_new_recovery_code_ends_the_old_one(made: Made) -> None:
    """Only the newest recovery code opens; the passphrase is untouched."""
    code = made.vault.change_recovery_code()
    made.vault.close()
    with pytest.raises(WrongPassphrase, match="recovery code"):
        open_vault(made.folder, Secret(recovery_code=made.code), write=False)
    open_vault(made.folder, Secret(recovery_code=code), write=False).close()
    made.open().close()


def test_a_change_cut_off_between_the_copies_leaves_both_passphrases_good(closed: Made) -> None:
    """A crash between the two files locks nobody out, and the next writer settles it."""
    shutil.copy(closed.folder / "keys.bak", closed.folder / "old")
    with closed.open(write=True) as opened:
        opened.change_passphrase("another one", CHEAPEST)
    (closed.folder / "old").replace(closed.folder / "keys.bak")
    closed.open().close()
    with open_vault(closed.folder, Secret("another one"), write=True, state=closed.state) as opened:
        assert opened.verify() == ()
    with pytest.raises(WrongPassphrase):
        closed.open()


def test_a_change_that_cannot_be_written_leaves_the_old_passphrase(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failed change is no change: the old passphrase opens, the new one does not."""

    def full(path: object, data: object) -> None:
        raise CannotWrite("keys", "the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(files, "write_atomic", full)
        with pytest.raises(CannotWrite):
            made.vault.change_passphrase("another one", CHEAPEST)
    made.vault.close()
    made.open().close()
    with pytest.raises(WrongPassphrase):
        open_vault(made.folder, Secret("another one"), write=False)


def test_an_empty_new_passphrase_is_refused(made: Made) -> None:
    """A passphrase of no characters cannot be set."""
    with pytest.raises(UsageError):
        made.vault.change_passphrase("", CHEAPEST)


def test_a_secret_is_one_of_the_two() -> None:
    """Giving both secrets is a mistake."""
    with pytest.raises(UsageError):
        Secret("words", "code")


def test_keys_and_secrets_are_never_shown(made: Made) -> None:
    """No repr shows a key or a passphrase."""
    fresh = keys.new_keys()
    shown = repr(fresh) + repr(Secret(PASSPHRASE)) + repr(made.vault) + repr(made.vault.originals)
    assert fresh.master.hex() not in shown
    assert repr(fresh.master) not in shown
    assert PASSPHRASE not in shown


def test_wiped_keys_are_of_no_use() -> None:
    """After wiping, asking for a key raises."""
    held = Keys(b"k" * 32, b"v" * 16)
    held.wipe()
    with pytest.raises(ValueError, match="closed"):
        held.master  # noqa: B018 - reading it is the test
