"""Slots: the right secret gives the master key, and wrong is told apart from damaged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vault.errors import Damaged, WrongPassphrase
from vault.store import slots
from vault.store.kdf import CHEAPEST, KdfProfile
from vault.store.slots import Slot, SlotType

MASTER = bytes(range(32))
VAULT = b"v" * 16


def by_words() -> Slot:
    """A slot opened by the passphrase "right"."""
    return slots.by_passphrase(MASTER, VAULT, "right", CHEAPEST)


def test_each_kind_opens_with_its_secret() -> None:
    """Passphrase and recovery code both lead to the master key."""
    assert slots.unwrap(by_words(), VAULT, "right") == MASTER
    assert slots.unwrap(slots.by_code(MASTER, VAULT, b"c" * 16), VAULT, b"c" * 16) == MASTER


def test_a_wrong_secret_is_told_by_its_name() -> None:
    """The error says which secret was wrong."""
    with pytest.raises(WrongPassphrase, match="the passphrase does not open"):
        slots.unwrap(by_words(), VAULT, "wrong")
    with pytest.raises(WrongPassphrase, match="the recovery code does not open"):
        slots.unwrap(slots.by_code(MASTER, VAULT, b"c" * 16), VAULT, b"d" * 16)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "0" * 16},
        {"nonce": bytes(12)},
        {"wrapped": bytes(48)},
    ],
)
def test_a_changed_slot_is_damage_and_no_wrong_passphrase(change: dict[str, str | bytes]) -> None:
    """Each field that the secret does not depend on is authenticated."""
    with pytest.raises(Damaged, match="passphrase slot"):
        slots.unwrap(replace(by_words(), **change), VAULT, "right")  # type: ignore[arg-type]


def test_a_slot_of_another_vault_does_not_open() -> None:
    """The vault's id is bound to the wrapping."""
    with pytest.raises(Damaged):
        slots.unwrap(by_words(), b"w" * 16, "right")


def test_a_cheaper_cost_cannot_be_slipped_in() -> None:
    """Changing the cost changes the key, so the slot does not open."""
    with pytest.raises(WrongPassphrase):
        slots.unwrap(replace(by_words(), profile=KdfProfile(128, 1, 1)), VAULT, "right")


def test_two_slots_of_one_passphrase_share_nothing() -> None:
    """Salts and wrappings are fresh each time."""
    one, two = by_words(), by_words()
    assert one.type is SlotType.PASSPHRASE
    assert one.salt != two.salt
    assert one.wrapped != two.wrapped
