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
    """The cipher, base nonce and commitment of one message."""

    __slots__ = ("_base", "_cipher", "commitment")

    def __init__(self, key: bytes, salt: bytes, context: bytes) -> None:
        length = crypto.KEY_BYTES + crypto.NONCE_BYTES + COMMITMENT_BYTES
        derived = crypto.expand(key, _INFO + salt + context, length)
        self._cipher = crypto.Cipher(derived[: crypto.KEY_BYTES])
        self._base = int.from_bytes(derived[crypto.KEY_BYTES : -COMMITMENT_BYTES])
        self.commitment = derived[-COMMITMENT_BYTES:]

    def _nonce(self, number: int) -> bytes:
        return (self._base ^ number).to_bytes(crypto.NONCE_BYTES)

    def seal(self, number: int, plaintext: bytes | memoryview) -> bytes:
        """Encrypt chunk `number`, counted from 0."""
        return self._cipher.encrypt(self._nonce(number), plaintext)

    def open(self, number: int, sealed: bytes | memoryview) -> bytes:
        """Decrypt chunk `number`; raises NotAuthentic."""
        return self._cipher.decrypt(self._nonce(number), sealed)


def encrypt(key: bytes, context: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Encrypt a stream of byte strings of any lengths; yields what is to be written, in order.

    `key` is 32 uniformly random bytes; `context` must be given again to decrypt. Large pieces
    are quicker: all whole chunks of one are yielded together.
    """
    salt = crypto.random_bytes(SALT_BYTES)
    message = _Message(key, salt, context)
    yield salt + message.commitment
    held, number = b"", 0
    for piece in pieces:
        data = memoryview(held + piece)
        whole = len(data) // CHUNK
        yield b"".join(
            message.seal(number + n, data[n * CHUNK : (n + 1) * CHUNK]) for n in range(whole)
        )
        held, number = bytes(data[whole * CHUNK :]), number + whole
    yield message.seal(number, held)


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
        last = self.size // CHUNK
        self._chunks(last, last)  # the last chunk proves the length

    def _chunks(self, first: int, last: int) -> bytes:
        """Chunks `first` to `last`, read together, each authenticated by itself."""
        start = first * SEALED_CHUNK
        stop = min((last + 1) * SEALED_CHUNK, sealed_size(self.size) - HEADER)
        raw = memoryview(self._read_raw(HEADER + start, stop - start))
        return b"".join(
            self._message.open(first + n, raw[n * SEALED_CHUNK : (n + 1) * SEALED_CHUNK])
            for n in range(last - first + 1)
        )

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end. Raises NotAuthentic."""
        start = max(0, min(offset, self.size))
        stop = max(start, min(start + length, self.size))
        if start == stop:
            return b""
        first = start // CHUNK
        plain = self._chunks(first, (stop - 1) // CHUNK)
        return plain[start - first * CHUNK : stop - first * CHUNK]
