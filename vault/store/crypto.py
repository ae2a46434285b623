"""The cryptographic primitives the vault rests on, each with its one set of choices."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import struct
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
MAC_BYTES = 32

PREFIX = b"chartmend/1/"


class Label(StrEnum):
    """What a key derived from the master key is for; the text is part of the vault's format."""

    DATABASE = "database"
    ORIGINAL = "original"
    ORIGINAL_ID = "original id"
    AUDIT = "audit"
    ANCHOR = "anchor"
    CONTENT_ROOT = "content root"
    KEYS_FILE = "keys file"
    MANIFEST = "manifest"


class NotAuthentic(Exception):
    """A ciphertext, its key or what it is bound to is not the one it was made with."""


def random_bytes(count: int) -> bytes:
    """`count` bytes from the operating system's generator."""
    return secrets.token_bytes(count)


def expand(key: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand with SHA-512 (RFC 5869, section 2.3); `key` must be uniformly random."""
    return HKDFExpand(algorithm=SHA512(), length=length, info=info).derive(key)


def subkey(master: bytes, label: Label) -> bytes:
    """The 32-byte key for one use, derived from the 32-byte master key."""
    return expand(master, PREFIX + label.value.encode(), KEY_BYTES)


def hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """HKDF with SHA-512 (RFC 5869) for a secret of full entropy that is no uniform key yet."""
    return HKDF(algorithm=SHA512(), length=length, salt=salt, info=info).derive(secret)


def argon2id(passphrase: bytes, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    """Argon2id (RFC 9106) of a passphrase, 32 bytes; raises MemoryError where memory is short."""
    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=passes, lanes=lanes, memory_cost=memory_kib
    )
    return kdf.derive(passphrase)


def encrypt(key: bytes, nonce: bytes, data: bytes, bound: bytes = b"") -> bytes:
    """AES-256-GCM: the ciphertext and its 16-byte tag; `bound` is authenticated with it.

    A nonce of 12 bytes must never be used twice with one key.
    """
    return AESGCM(key).encrypt(nonce, data, bound)


def decrypt(key: bytes, nonce: bytes, data: bytes, bound: bytes = b"") -> bytes:
    """Undo `encrypt`; raises NotAuthentic before any plaintext is handed out."""
    try:
        return AESGCM(key).decrypt(nonce, data, bound)
    except (InvalidTag, ValueError):
        raise NotAuthentic from None


class Cipher:
    """AES-256-GCM under one key for many messages: setting up the key once is what saves time.

    As `encrypt` and `decrypt` with nothing bound; no nonce may be used twice.
    """

    __slots__ = ("_gcm",)

    def __init__(self, key: bytes) -> None:
        self._gcm = AESGCM(key)

    def encrypt(self, nonce: bytes, data: bytes | memoryview) -> bytes:
        """The ciphertext and its 16-byte tag."""
        return self._gcm.encrypt(nonce, data, None)

    def decrypt(self, nonce: bytes, data: bytes | memoryview) -> bytes:
        """Undo `encrypt`; raises NotAuthentic before any plaintext is handed out."""
        try:
            return self._gcm.decrypt(nonce, data, None)
        except (InvalidTag, ValueError):
            raise NotAuthentic from None


def mac(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes."""
    return hmac.digest(key, message, "sha256")


def same(one: bytes, other: bytes) -> bool:
    """Whether two values are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)


def sha256(data: bytes) -> bytes:
    """SHA-256, 32 bytes: against accidents, not against people."""
    return hashlib.sha256(data).digest()


def pack(*values: object) -> bytes:
    """Write database values (None, int, float, str, bytes) one after the other, unambiguously.

    Each is a letter for its type, its length as 8 bytes, and its content, so that no two lists
    give the same bytes. Minus zero is zero, as the database stores it.
    """
    return b"".join([_packed(value) for value in values])


_head = struct.Struct(">cQ").pack
_real = struct.Struct(">cQd").pack
_NONE = _head(b"n", 0)


def _packed(value: object) -> bytes:
    """One value, the most frequent types first: a whole vault goes through here to be checked."""
    if isinstance(value, str):
        text = value.encode()
        return _head(b"t", len(text)) + text
    if isinstance(value, int):
        digits = b"%d" % value
        return _head(b"i", len(digits)) + digits
    if isinstance(value, float):
        return _real(b"f", 8, value + 0.0)
    if isinstance(value, bytes):
        return _head(b"b", len(value)) + value
    if value is None:
        return _NONE
    raise TypeError(type(value).__name__)
