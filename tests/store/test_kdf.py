"""The cost of a guess, and a passphrase that is the same from every keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.errors import Damaged, Refused, UsageError
from vault.store import crypto, kdf, keysfile
from vault.store.kdf import CEILING, CHEAPEST, DEFAULT, FLOOR, KdfProfile
from vault.store.vault import create

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


MIB = 1024


def machine(seconds: float, busy: float = 1.0) -> kdf.Run:
    """A machine that takes so long for the floor, and more in proportion to memory and passes.

    Other work makes everything `busy` times slower by the clock.
    """

    def run(profile: KdfProfile) -> kdf.Timed:
        work = profile.memory_kib * profile.passes
        share = seconds * work / (FLOOR.memory_kib * FLOOR.passes)
        return kdf.Timed(share * busy, share)

    return run


@given(st.floats(min_value=1e-6, max_value=100), st.integers(min_value=0, max_value=64 * MIB * MIB))
def test_a_measured_cost_keeps_to_floor_ceiling_and_memory(seconds: float, memory: int) -> None:
    """Whatever the machine, the cost lies between the bounds and fits into its memory."""
    found = kdf.calibrate(run=machine(seconds), memory_kib=memory)
    kdf.check_ceiling(found, "keys")
    assert FLOOR.memory_kib <= found.memory_kib <= max(memory, FLOOR.memory_kib)
    assert FLOOR.passes <= found.passes <= CEILING.passes
    assert found.lanes == FLOOR.lanes


@pytest.mark.parametrize(
    ("seconds", "memory_mib", "expected"),
    [
        (0.15, 4096, KdfProfile(416 * MIB, 3, 4)),  # memory grows to fill the second
        (0.15, 256, KdfProfile(256 * MIB, 5, 4)),  # then passes do
        (0.01, 4096, KdfProfile(1024 * MIB, 10, 4)),  # a fast machine: no more than the ceiling
        (0.4, 4096, DEFAULT),  # a slower one: the usual cost, in under two seconds
        (3.0, 4096, FLOOR),  # a very slow one: never less than the floor
        (0.15, 16, KdfProfile(64 * MIB, 10, 4)),  # little memory: the floor's, more passes
    ],
)
def test_a_cost_is_about_one_second(seconds: float, memory_mib: int, expected: KdfProfile) -> None:
    """Memory first, then passes; a second where the bounds allow it."""
    run = machine(seconds)
    found = kdf.calibrate(run=run, memory_kib=memory_mib * MIB)
    assert found == expected


def test_one_slow_run_does_not_count() -> None:
    """The best of the runs is taken."""
    times = iter([kdf.Timed(5.0, 1.0), kdf.Timed(0.15, 0.15), kdf.Timed(3.0, 3.0)])
    calm = kdf.calibrate(run=machine(0.15), memory_kib=4096 * MIB)
    assert kdf.calibrate(run=lambda _: next(times), memory_kib=4096 * MIB) == calm


@pytest.mark.parametrize("busy", [3.0, 10.0, 1000.0])
def test_a_busy_machine_makes_no_vault_cheaper_than_usual(busy: float) -> None:
    """What else runs at that moment takes it to the usual cost and no lower."""
    assert kdf.calibrate(run=machine(0.15, busy), memory_kib=4096 * MIB) == DEFAULT


def test_a_machine_without_the_memory_for_the_floor_gets_the_floor() -> None:
    """The cost is never below it; opening then says how much memory is needed."""

    def run(_profile: KdfProfile) -> kdf.Timed:
        raise MemoryError

    assert kdf.calibrate(run=run, memory_kib=4096 * MIB) == FLOOR


def test_a_derivation_is_timed_on_the_clock_and_by_its_work() -> None:
    """Both times are there, for a cost that takes no time worth speaking of."""
    timed = kdf._timed(CHEAPEST)
    assert timed.clock > 0
    assert timed.share >= 0


def test_the_memory_of_this_machine_is_known() -> None:
    """A quarter of it, in KiB: more than a megabyte, less than a petabyte."""
    assert MIB < kdf.spare_memory_kib() < MIB**4


def test_a_new_vault_costs_what_was_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a profile, making a vault, a new passphrase and a key file all measure."""
    costs = [KdfProfile(64, passes, 1) for passes in (1, 2, 3)]
    given = iter(costs)
    monkeypatch.setattr(kdf, "calibrate", lambda: next(given))
    opened, _code = create(tmp_path / "vault", "some words", state=None)

    def cost() -> KdfProfile | None:
        file = keysfile.parse((tmp_path / "vault" / "keys").read_bytes(), "keys")
        return next(slot.profile for slot in file.slots if slot.profile)

    with opened:
        found = [cost()]
        opened.change_passphrase("other words")
        found.append(cost())
        opened.change_passphrase("other words", key_file=bytes(32))
        found.append(cost())
    assert found == costs


def test_too_little_memory_is_said_with_another_way_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vault made on a bigger machine: how much it needs, and that the code needs none."""

    def short(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(crypto, "argon2id", short)
    with pytest.raises(Refused, match="needs 256 MiB") as told:
        kdf.derive("words", SALT, DEFAULT)
    assert "recovery" in told.value.hint
