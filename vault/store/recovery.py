"""The recovery code: 128 random bits a person can write on paper and type back.

26 characters of Crockford's base 32 hold the bits, 6 more are a checksum (the BCH code of
bech32m, BIP 350), so that every slip in up to four characters is noticed before a key is tried.
"""

from __future__ import annotations

import unicodedata

from vault.errors import BadRecoveryCode
from vault.store import crypto

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_BYTES = 16
_DATA = 26
_CHECK = 6
_LENGTH = _DATA + _CHECK
_GROUP = 4
_LOOK_ALIKES = str.maketrans("OIL", "011")
_PREFIX = "chartmend"
_BECH32M = 0x2BC830A3
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _polymod(values: list[int]) -> int:
    """The checksum polynomial of BIP 173 over 5-bit values."""
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            if top >> bit & 1:
                check ^= generator
    return check


def _checked(values: list[int]) -> int:
    prefix = [ord(c) >> 5 for c in _PREFIX] + [0] + [ord(c) & 31 for c in _PREFIX]
    return _polymod(prefix + values)


def text_of(code: bytes) -> str:
    """Write 16 bytes as a recovery code: 8 groups of 4 characters."""
    number = int.from_bytes(code) << 2  # 128 bits fill 26 characters but for two bits
    data = [number >> 5 * (_DATA - 1 - i) & 31 for i in range(_DATA)]
    check = _checked([*data, *[0] * _CHECK]) ^ _BECH32M
    values = [*data, *(check >> 5 * (_CHECK - 1 - i) & 31 for i in range(_CHECK))]
    text = "".join(ALPHABET[value] for value in values)
    return "-".join(text[i : i + _GROUP] for i in range(0, _LENGTH, _GROUP))


def new_code() -> tuple[str, bytes]:
    """A new random recovery code, as text and as its 16 bytes."""
    code = crypto.random_bytes(CODE_BYTES)
    return text_of(code), code


def _values(text: str) -> list[int]:
    folded = unicodedata.normalize("NFKC", text).upper().translate(_LOOK_ALIKES)
    shown = [c for c in folded if not c.isspace() and unicodedata.category(c) != "Pd"]
    for place, character in enumerate(shown):
        if character not in ALPHABET:
            group = place // _GROUP + 1
            raise BadRecoveryCode(f"group {group} has a character that no code has")
    if len(shown) != _LENGTH:
        raise BadRecoveryCode(f"it has {len(shown)} characters instead of {_LENGTH}")
    return [ALPHABET.index(c) for c in shown]


def parse(text: str) -> bytes:
    """Read a recovery code; raises BadRecoveryCode saying what is wrong with it.

    Small letters, blanks, any dashes, and O, I and L for 0, 1 and 1 are accepted.
    """
    values = _values(text)
    number = 0
    for value in values[:_DATA]:
        number = number << 5 | value
    if _checked(values) != _BECH32M or number & 3:
        raise BadRecoveryCode("a character is wrong, or two have changed places")
    return (number >> 2).to_bytes(CODE_BYTES)
