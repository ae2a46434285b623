"""The primitives: the same answers as other implementations, and no plaintext without a proof."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.store import crypto
from vault.store.crypto import Label, NotAuthentic

KEY = bytes(range(32))
NONCE = bytes(12)
VALUE = st.none() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()


@given(VALUE.map(lambda v: [v]) | st.lists(VALUE, max_size=4), st.lists(VALUE, max_size=4))
def test_two_lists_of_values_never_pack_to_the_same_bytes(
    one: list[object], two: list[object]
) -> None:
    """Packing is injective over types and contents, so a MAC over it is over the values."""

    def told(values: list[object]) -> list[tuple[str, object]]:
        return [(type(v).__name__, v) for v in values]

    assert (crypto.pack(*one) == crypto.pack(*two)) == (told(one) == told(two))


def test_pack_refuses_what_a_database_cannot_hold() -> None:
    """A value of another type is a mistake in the program and raises."""
    with pytest.raises(TypeError):
        crypto.pack(["a list"])


def test_minus_zero_packs_as_the_zero_the_database_keeps() -> None:
    """SQLite keeps -0.0 as 0.0, so both must count the same."""
    assert crypto.pack(-0.0) == crypto.pack(0.0)


def test_subkeys_are_hkdf_expand_sha512_over_the_documented_labels() -> None:
    """Each key is recomputed with nothing but HMAC-SHA512 (RFC 5869)."""
    for label in Label:
        info = b"chartmend/1/" + label.value.encode() + b"\x01"
        expected = hmac.digest(KEY, info, hashlib.sha512)[:32]
        assert crypto.subkey(KEY, label) == expected


def test_no_two_uses_share_a_key() -> None:
    """Every label leads to a key of its own."""
    assert len({crypto.subkey(KEY, label) for label in Label}) == len(Label)


def test_argon2id_agrees_with_the_reference_implementation() -> None:
    """The known answer of the reference code for these inputs comes out."""
    found = crypto.argon2id(b"password", b"somesalt", 65536, 2, 1)
    assert found.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


@given(st.binary(max_size=100), st.integers(min_value=0), st.binary(max_size=8))
def test_a_changed_bit_anywhere_is_refused(data: bytes, place: int, bound: bytes) -> None:
    """Flipping any bit of ciphertext or tag raises, and no plaintext is given."""
    sealed = bytearray(crypto.encrypt(KEY, NONCE, data, bound))
    assert crypto.decrypt(KEY, NONCE, bytes(sealed), bound) == data
    place %= len(sealed) * 8
    sealed[place // 8] ^= 1 << place % 8
    with pytest.raises(NotAuthentic):
        crypto.decrypt(KEY, NONCE, bytes(sealed), bound)


def test_what_is_bound_must_be_the_same() -> None:
    """Authenticated context is checked beside the key."""
    sealed = crypto.encrypt(KEY, NONCE, b"x", b"one vault")
    with pytest.raises(NotAuthentic):
        crypto.decrypt(KEY, NONCE, sealed, b"another vault")


def test_too_short_a_ciphertext_is_refused_not_a_crash() -> None:
    """Fewer bytes than a tag raise the same error as a wrong tag."""
    with pytest.raises(NotAuthentic):
        crypto.decrypt(KEY, NONCE, b"short")
