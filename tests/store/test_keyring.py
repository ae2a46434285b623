"""The system's keyring: opens the vault where a person wants it, and is never the only way in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.store.fake_keyring import Backend, KeyringError, NoKeyringError, install, remove
from tests.store.helpers import PASSPHRASE, Made
from vault.errors import CannotWrite, Damaged, MissingTool, Refused, VaultError, WrongPassphrase
from vault.store import files, keyring, keys, rotate, slots
from vault.store.keys import Secret
from vault.store.slots import SlotType
from vault.store.vault import open_vault

BY_KEYRING = Secret(keyring=True)


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Backend:
    """A keyring of the system."""
    return install(monkeypatch, Backend())


def _open(made: Made, secret: Secret, *, write: bool = False) -> None:
    open_vault(made.folder, secret, write=write, state=made.state).close()


def test_on_it_opens_beside_the_others_and_off_no_more(closed: Made, backend: Backend) -> None:
    """On, each of the three ways opens; off, the keyring holds nothing and opens nothing."""
    with closed.open(write=True) as opened:
        opened.use_keyring(on=True)
    (secret,) = backend.kept.values()
    assert len(bytes.fromhex(secret)) == 32
    for way in (BY_KEYRING, Secret(PASSPHRASE), Secret(recovery_code=closed.code)):
        _open(closed, way)
    with open_vault(closed.folder, BY_KEYRING, write=True, state=closed.state) as opened:
        assert opened.verify() == ()
        opened.use_keyring(on=False)
    assert backend.kept == {}
    with pytest.raises(WrongPassphrase, match="the keyring does not open"):
        _open(closed, BY_KEYRING)
    _open(closed, Secret(PASSPHRASE))


def test_a_rotation_takes_the_old_secret_out(closed: Made, backend: Backend) -> None:
    """A stolen copy of the vault must not open with what was left in the keyring."""
    with closed.open(write=True) as opened:
        opened.use_keyring(on=True)
    assert len(backend.kept) == 1
    with closed.open(write=True) as opened:
        rotate.rotate(opened, Secret(PASSPHRASE))
    assert backend.kept == {}
    with closed.open(write=True) as opened:
        assert SlotType.KEYRING not in opened.slots
        opened.use_keyring(on=True)
    _open(closed, BY_KEYRING)


def test_on_twice_keeps_one_secret(closed: Made, backend: Backend) -> None:
    """The one before is taken out, of the keys file and of the keyring."""
    with closed.open(write=True) as opened:
        opened.use_keyring(on=True)
        opened.use_keyring(on=True)
        assert opened.slots == {SlotType.PASSPHRASE, SlotType.RECOVERY, SlotType.KEYRING}
    assert len(backend.kept) == 1
    _open(closed, BY_KEYRING)


@pytest.mark.parametrize("kept", [None, "", "zz", "00", "00" * 32])
def test_a_keyring_that_lost_or_changed_it_locks_nobody_out(
    closed: Made, backend: Backend, kept: str | None
) -> None:
    """The passphrase still opens the vault, and turning it on again mends it."""
    with closed.open(write=True) as opened:
        opened.use_keyring(on=True)
    (name,) = backend.kept
    if kept is None:
        backend.kept.clear()
    else:
        backend.kept[name] = kept
    with pytest.raises(WrongPassphrase):
        _open(closed, BY_KEYRING)
    with closed.open(write=True) as opened:
        opened.use_keyring(on=True)
    _open(closed, BY_KEYRING)


def _unsafe(backend: Backend) -> None:
    backend.priority = 0.5  # type: ignore[misc]


def _no_backend(backend: Backend) -> None:
    backend.broken = NoKeyringError()


def _locked(backend: Backend) -> None:
    backend.broken = KeyringError("user said no")


def _strange(backend: Backend) -> None:
    backend.broken = LookupError("a backend's own kind of error")


def _forgetful(backend: Backend) -> None:
    backend.forgetful = True


@pytest.mark.parametrize(
    ("harm", "error"),
    [
        (_unsafe, MissingTool),
        (_no_backend, MissingTool),
        (_locked, Refused),
        (_strange, Refused),
        (_forgetful, Refused),
    ],
)
def test_a_keyring_that_cannot_keep_it_changes_nothing(
    closed: Made,
    backend: Backend,
    harm: Callable[[Backend], None],
    error: type[VaultError],
) -> None:
    """None, a plain file, a locked one, a broken one, one that forgets: the keys stay."""
    harm(backend)
    before = (closed.folder / "keys").read_bytes()
    with closed.open(write=True) as opened, pytest.raises(error):
        opened.use_keyring(on=True)
    assert (closed.folder / "keys").read_bytes() == before


def test_without_the_library_it_says_what_to_install(
    closed: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library is optional; the hint names the extra."""
    remove(monkeypatch)
    with closed.open(write=True) as opened, pytest.raises(MissingTool) as told:
        opened.use_keyring(on=True)
    assert "chartmend[keyring]" in told.value.hint


def test_off_works_without_the_library(
    closed: Made, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever removed the library can still close that way in."""
    with closed.open(write=True) as opened:
        opened.use_keyring(on=True)
    remove(monkeypatch)
    with closed.open(write=True) as opened:
        opened.use_keyring(on=False)
        assert SlotType.KEYRING not in opened.slots


def test_a_full_disk_leaves_nothing_in_the_keyring(
    closed: Made, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the keys file cannot be written the new secret is taken back."""

    def full(path: object, data: object) -> None:
        raise CannotWrite("keys", "the disk is full")

    with closed.open(write=True) as opened:
        with monkeypatch.context() as patched:
            patched.setattr(files, "write_atomic", full)
            with pytest.raises(CannotWrite):
                opened.use_keyring(on=True)
        assert backend.kept == {}


def test_it_is_never_the_only_way_in() -> None:
    """A keys file with nothing but the keyring's slot cannot be made."""
    fresh = keys.new_keys()
    slot = slots.by_keyring(fresh.master, fresh.vault_id, bytes(32))
    with pytest.raises(ValueError, match="only way in"):
        keys.build(fresh, (slot,))


def test_a_changed_slot_is_damage(backend: Backend) -> None:
    """A right secret and a wrapping that does not open is no wrong secret."""
    slot = slots.by_keyring(bytes(32), b"v" * 16, b"s" * 32)
    with pytest.raises(Damaged, match="keyring slot"):
        slots.unwrap(slot, b"w" * 16, b"s" * 32)
    assert keyring.fetch(b"v" * 16, slot.id) is None
