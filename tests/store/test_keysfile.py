"""The keys file as bytes: what is read is what was written, and nothing else is believed."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.errors import Damaged, TooNew, VaultError
from vault.store import crypto, keysfile, slots
from vault.store.kdf import CHEAPEST

KEY = bytes(32)
VAULT = b"v" * 16
FILE = keysfile.build(
    VAULT,
    (
        slots.by_passphrase(bytes(32), VAULT, "words", CHEAPEST),
        slots.by_code(bytes(32), VAULT, b"c" * 16),
    ),
    KEY,
)


def with_sum(signed: bytes) -> bytes:
    """Bytes with a fresh checksum, as somebody without the key can make them."""
    return signed + b"sha256 " + crypto.sha256(signed).hex().encode() + b"\n"


def edited(change: Callable[[dict[str, list[dict[str, object]]]], object]) -> bytes:
    """The file with its fields changed and the checksum put right."""
    first, fields, tag, _ = FILE.data.splitlines(keepends=True)
    told = json.loads(fields)
    change(told)
    return with_sum(first + json.dumps(told).encode() + b"\n" + tag)


def test_it_reads_back_as_it_was_written() -> None:
    """Parsing gives back vault id, slots and bytes."""
    assert keysfile.parse(FILE.data, "keys") == FILE
    assert FILE.authentic(KEY)


@given(st.integers(min_value=0))
def test_any_flipped_bit_is_damage(place: int) -> None:
    """The checksum covers the whole file."""
    data = bytearray(FILE.data)
    place %= len(data) * 8
    data[place // 8] ^= 1 << place % 8
    with pytest.raises(Damaged, match="keys is damaged"):
        keysfile.parse(bytes(data), "keys")


@given(st.binary(max_size=300) | st.binary(max_size=200).map(with_sum))
def test_rubbish_is_damage_and_never_a_crash(data: bytes) -> None:
    """Whatever the bytes, with a right checksum too, the answer is Damaged."""
    with pytest.raises(Damaged):
        keysfile.parse(data, "keys")


@given(st.recursive(st.none() | st.integers() | st.text(), lambda s: st.lists(s), max_leaves=5))
def test_a_rewritten_body_is_refused_or_not_authentic(value: object) -> None:
    """Odd JSON shapes never raise anything but the vault's own errors."""
    text = json.dumps({"slots": value, "vault": "76" * 16}).encode()
    data = with_sum(b"chartmend keys 1\n" + text + b"\nmac " + b"0" * 64 + b"\n")
    with pytest.raises(VaultError):
        keysfile.parse(data, "keys")


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["slots"][0].update(memory_kib=2**40),
        lambda told: told["slots"][0].update(passes="many"),
        lambda told: told["slots"][0].update(salt="00"),
        lambda told: told["slots"][0].update(type="door"),
        lambda told: told["slots"][0].pop("nonce"),
        lambda told: told.update(slots=[]),
        lambda told: told.update(vault="zz"),
    ],
)
def test_fields_no_vault_has_are_refused(
    change: Callable[[dict[str, list[dict[str, object]]]], object],
) -> None:
    """Costs, sizes, kinds and ids out of range are refused before any key is tried."""
    with pytest.raises(Damaged):
        keysfile.parse(edited(change), "keys")


def test_a_change_with_a_right_checksum_is_still_not_authentic() -> None:
    """Somebody without the master key can fix the checksum but not the MAC."""
    data = edited(lambda told: told["slots"].pop())
    assert not keysfile.parse(data, "keys").authentic(KEY)


def test_a_newer_format_is_named() -> None:
    """A file from a later program is called new, not damaged."""
    signed = FILE.data[: FILE.data.index(b"sha256 ")].replace(b"keys 1", b"keys 7")
    with pytest.raises(TooNew, match="format 7"):
        keysfile.parse(with_sum(signed), "keys")
