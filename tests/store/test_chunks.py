"""The chunked format: whole round trips, exact ranges, and every change noticed."""

from __future__ import annotations

import hashlib
import hmac
import threading

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.store import chunks
from vault.store.chunks import CHUNK, HEADER, SEALED_CHUNK, Reader
from vault.store.crypto import NotAuthentic

KEY = bytes(range(32))
CONTEXT = b"a vault and a file"
EDGES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5)
SIZES = st.sampled_from(EDGES) | st.integers(0, 4 * CHUNK)


def plain(size: int) -> bytes:
    """Bytes that differ from chunk to chunk."""
    return hashlib.shake_256(b"%d" % size).digest(size)


def sealed(data: bytes, context: bytes = CONTEXT) -> bytes:
    """Encrypt in pieces that do not fall on chunk ends."""
    pieces = (data[i : i + 10_007] for i in range(0, len(data), 10_007))
    return b"".join(chunks.encrypt(KEY, context, pieces))


def reader(data: bytes, context: bytes = CONTEXT) -> Reader:
    """Open bytes as an encrypted message."""
    return Reader(KEY, context, len(data), lambda offset, length: data[offset : offset + length])


def whole(data: bytes) -> bytes:
    """Decrypt everything."""
    opened = reader(data)
    return opened.read_at(0, opened.size)


@settings(deadline=None)
@given(SIZES, st.integers(-10, 5 * CHUNK), st.integers(-10, 5 * CHUNK))
def test_any_range_reads_as_the_same_slice(size: int, offset: int, length: int) -> None:
    """Offsets before, inside, across and past the chunks read like Python slices."""
    data = plain(size)
    opened = reader(sealed(data))
    start = max(0, offset)
    assert opened.size == size
    assert opened.read_at(offset, length) == data[start : max(start, start + length)]


@pytest.mark.parametrize("size", EDGES)
def test_sizes_can_be_told_from_either_side(size: int) -> None:
    """Sealed and plain sizes follow from each other at every edge of a chunk."""
    assert len(sealed(plain(size))) == chunks.sealed_size(size)
    assert chunks.plain_size(chunks.sealed_size(size)) == size


def test_the_layout_is_the_public_one() -> None:
    """Decrypts with nothing but HMAC and AES-GCM, as the C2SP specification tells it."""
    data = plain(CHUNK + 100)
    message = sealed(data)
    salt, commitment = message[:24], message[24:56]
    info = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\x00" + salt + CONTEXT
    one = hmac.digest(KEY, info + b"\x01", hashlib.sha512)
    derived = one + hmac.digest(KEY, one + info + b"\x02", hashlib.sha512)
    key, base = AESGCM(derived[:32]), derived[32:44]
    assert derived[44:76] == commitment
    first = key.decrypt(base, message[56 : 56 + CHUNK + 16], None)
    nonce = base[:-1] + bytes([base[-1] ^ 1])
    assert first + key.decrypt(nonce, message[56 + CHUNK + 16 :], None) == data


def test_the_same_file_never_encrypts_to_the_same_bytes() -> None:
    """A fresh salt each time, so equal files cannot be told from outside."""
    assert sealed(b"x") != sealed(b"x")


@settings(deadline=None)
@given(SIZES, st.integers(min_value=0))
def test_a_flipped_bit_is_noticed(size: int, place: int) -> None:
    """Any single bit of header, chunk or tag is authenticated."""
    message = bytearray(sealed(plain(size)))
    place %= len(message) * 8
    message[place // 8] ^= 1 << place % 8
    with pytest.raises(NotAuthentic):
        whole(bytes(message))


@settings(deadline=None)
@given(SIZES, st.integers(min_value=1))
def test_a_cut_off_end_is_noticed_on_opening(size: int, cut: int) -> None:
    """A file cut anywhere is refused before a byte of it is read."""
    message = sealed(plain(size))
    with pytest.raises(NotAuthentic):
        reader(message[: len(message) - 1 - cut % len(message)])


def test_a_file_cut_at_a_chunk_end_is_not_a_whole_one() -> None:
    """A last chunk is always shorter, so a cut between chunks shows."""
    message = sealed(plain(3 * CHUNK + 9))
    for count in range(4):
        with pytest.raises(NotAuthentic):
            reader(message[: HEADER + count * SEALED_CHUNK])


def test_chunks_cannot_change_places() -> None:
    """The chunk's number is in its nonce: swapping two is refused."""
    message = sealed(plain(3 * CHUNK))
    first, second = (message[HEADER + n * SEALED_CHUNK :][:SEALED_CHUNK] for n in (0, 1))
    swapped = message[:HEADER] + second + first + message[HEADER + 2 * SEALED_CHUNK :]
    with pytest.raises(NotAuthentic):
        whole(swapped)


def test_nothing_can_be_added_at_the_end() -> None:
    """Bytes after the last chunk are refused."""
    with pytest.raises(NotAuthentic):
        reader(sealed(plain(100)) + bytes(20))


def test_another_context_or_key_does_not_open_it() -> None:
    """Key and context are both part of the commitment."""
    message = sealed(b"text")
    with pytest.raises(NotAuthentic):
        reader(message, b"another file")
    with pytest.raises(NotAuthentic):
        Reader(bytes(32), CONTEXT, len(message), lambda o, n: message[o : o + n])


def test_a_damaged_chunk_leaves_the_others_readable() -> None:
    """Bit rot costs one chunk; nothing of that one is handed out."""
    data = plain(3 * CHUNK)
    message = bytearray(sealed(data))
    message[HEADER + SEALED_CHUNK + 5] ^= 1
    opened = reader(bytes(message))
    assert opened.read_at(0, CHUNK) == data[:CHUNK]
    with pytest.raises(NotAuthentic):
        opened.read_at(CHUNK - 1, 2)


def test_threads_can_share_a_reader() -> None:
    """Six threads reading at once all get the right bytes."""
    data = plain(4 * CHUNK + 77)
    opened = reader(sealed(data))
    wrong: list[int] = []

    def look(start: int) -> None:
        for offset in range(start, len(data), 997):
            if opened.read_at(offset, 500) != data[offset : offset + 500]:
                wrong.append(offset)

    threads = [threading.Thread(target=look, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
