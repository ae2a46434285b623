"""Big things encrypted in chunks that can be read in any order, each authenticated first.

The layout is C2SP chunked encryption v1 (c2sp.org/chunked-encryption) with AES-256-GCM and
SHA-512: a salt of 24 bytes, a key commitment of 32 bytes, then chunks of 16 KiB, each with its
tag of 16 bytes. The last chunk is always shorter than 16 KiB and may be empty, so a cut-off
file never passes for a whole one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from vault.store import crypto

CHUNK = 16 * 1024
SEALED_CHUNK = CHUNK + crypto.TAG_BYTES
SALT_BYTES = 24
COMMITMENT_BYTES = 32
HEADER = SALT_BYTES + COMMITMENT_BYTES
LARGEST = 2**38 * CHUNK

_INFO = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\x00"


class _Message:
    """The key, base nonce and commitment of one message."""

    __slots__ = ("_base", "_key", "commitment")

    def __init__(self, key: bytes, salt: bytes, context: bytes) -> None:
        length = crypto.KEY_BYTES + crypto.NONCE_BYTES + COMMITMENT_BYTES
        derived = crypto.expand(key, _INFO + salt + context, length)
        self._key = derived[: crypto.KEY_BYTES]
        self._base = int.from_bytes(derived[crypto.KEY_BYTES : -COMMITMENT_BYTES])
        self.commitment = derived[-COMMITMENT_BYTES:]

    def _nonce(self, number: int) -> bytes:
        return (self._base ^ number).to_bytes(crypto.NONCE_BYTES)

    def seal(self, number: int, plaintext: bytes) -> bytes:
        """Encrypt chunk `number`, counted from 0."""
        return crypto.encrypt(self._key, self._nonce(number), plaintext)

    def open(self, number: int, sealed: bytes) -> bytes:
        """Decrypt chunk `number`; raises NotAuthentic."""
        return crypto.decrypt(self._key, self._nonce(number), sealed)


def _cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Cut a stream into chunks of 16 KiB and a last one that is shorter."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= CHUNK:
            yield bytes(held[:CHUNK])
            del held[:CHUNK]
    yield bytes(held)


def encrypt(key: bytes, context: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Encrypt a stream of byte strings of any lengths; yields what is to be written, in order.

    `key` is 32 uniformly random bytes; `context` must be given again to decrypt.
    """
    salt = crypto.random_bytes(SALT_BYTES)
    message = _Message(key, salt, context)
    yield salt + message.commitment
    for number, chunk in enumerate(_cut(pieces)):
        yield message.seal(number, chunk)


def sealed_size(size: int) -> int:
    """How many bytes a plaintext of `size` bytes takes when encrypted."""
    return HEADER + size + (size // CHUNK + 1) * crypto.TAG_BYTES


def plain_size(sealed: int) -> int:
    """The plaintext length of an encrypted one; raises NotAuthentic where none can be so long."""
    full, rest = divmod(sealed - HEADER, SEALED_CHUNK)
    if sealed < HEADER or rest < crypto.TAG_BYTES:
        raise crypto.NotAuthentic
    return full * CHUNK + rest - crypto.TAG_BYTES


class Reader:
    """Reads ranges of an encrypted message; safe to share between threads if `read_raw` is.

    `read_raw(offset, length)` gives ciphertext, `sealed` is its length in bytes. Raises
    NotAuthentic for another key or context, for a changed header and for a changed length.
    """

    __slots__ = ("_message", "_read_raw", "size")

    def __init__(
        self, key: bytes, context: bytes, sealed: int, read_raw: Callable[[int, int], bytes]
    ) -> None:
        self.size = plain_size(sealed)
        self._read_raw = read_raw
        header = read_raw(0, HEADER)
        self._message = _Message(key, header[:SALT_BYTES], context)
        if not crypto.same(header[SALT_BYTES:], self._message.commitment):
            raise crypto.NotAuthentic
        self._chunk(self.size // CHUNK)  # the last chunk proves the length

    def _chunk(self, number: int) -> bytes:
        start = HEADER + number * SEALED_CHUNK
        length = min(CHUNK, self.size - number * CHUNK) + crypto.TAG_BYTES
        return self._message.open(number, self._read_raw(start, length))

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end. Raises NotAuthentic."""
        start = max(0, min(offset, self.size))
        stop = max(start, min(start + length, self.size))
        if start == stop:
            return b""
        first = start // CHUNK
        plain = b"".join(self._chunk(n) for n in range(first, (stop - 1) // CHUNK + 1))
        return plain[start - first * CHUNK : stop - first * CHUNK]
