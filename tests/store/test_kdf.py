"""The cost of a guess, and a passphrase that is the same from every keyboard."""

from __future__ import annotations

import pytest

from vault.errors import Damaged, UsageError
from vault.store import kdf
from vault.store.kdf import CEILING, CHEAPEST, DEFAULT, FLOOR, KdfProfile

SALT = bytes(32)


def test_composed_and_decomposed_letters_are_one_passphrase() -> None:
    """The same letter typed on two systems opens the same vault."""
    composed, decomposed = "Bl\u00e4tter", "Bla\u0308tter"
    assert composed != decomposed
    assert kdf.derive(composed, SALT, CHEAPEST) == kdf.derive(decomposed, SALT, CHEAPEST)


def test_another_passphrase_salt_or_cost_gives_another_key() -> None:
    """Every input matters."""
    found = {
        kdf.derive("one", SALT, CHEAPEST),
        kdf.derive("two", SALT, CHEAPEST),
        kdf.derive("one", bytes(31) + b"x", CHEAPEST),
        kdf.derive("one", SALT, KdfProfile(128, 1, 1)),
        kdf.derive("one", SALT, KdfProfile(64, 2, 1)),
    }
    assert len(found) == 5


def test_an_empty_passphrase_is_refused() -> None:
    """No key is ever made of nothing."""
    with pytest.raises(UsageError, match="empty"):
        kdf.derive("", SALT, CHEAPEST)


@pytest.mark.parametrize("profile", [DEFAULT, FLOOR, CEILING, CHEAPEST])
def test_every_profile_of_the_program_is_within_the_ceiling(profile: KdfProfile) -> None:
    """The program accepts what the program makes."""
    kdf.check_ceiling(profile, "keys")


@pytest.mark.parametrize(
    "profile",
    [
        KdfProfile(CEILING.memory_kib + 1, 3, 4),
        KdfProfile(65536, CEILING.passes + 1, 4),
        KdfProfile(65536, 3, CEILING.lanes + 1),
        KdfProfile(65536, 0, 1),
        KdfProfile(65536, 1, 0),
        KdfProfile(31, 1, 4),
        KdfProfile(-1, -1, -1),
    ],
)
def test_a_cost_nobody_chose_is_refused_before_any_work(profile: KdfProfile) -> None:
    """A hostile keys file cannot make opening it cost more than the ceiling."""
    with pytest.raises(Damaged, match="keys asks for more work"):
        kdf.check_ceiling(profile, "keys")


def test_the_default_is_never_below_the_floor() -> None:
    """New vaults cost at least what the floor asks."""
    assert DEFAULT.memory_kib >= FLOOR.memory_kib
    assert DEFAULT.passes >= FLOOR.passes
