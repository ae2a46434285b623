"""A second reader of vaults, written from docs/vault-format.md alone: nothing of `vault` is used.

Where it and the program disagree over docs/vectors, the page or the program is wrong.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import struct
import unicodedata
from collections.abc import Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

FORMAT = 1
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIZES = {"id": 8, "salt": 32, "commitment": 32, "nonce": 12, "wrapped": 48}
COSTS = (("memory_kib", 2**20), ("passes", 10), ("lanes", 16))


class NotRead(Exception):
    """What cannot be read, and why: damaged, wrong or newer."""


def expand(key: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand of RFC 5869 with SHA-512, from HMAC alone."""
    out, block, count = b"", b"", 1
    while len(out) < length:
        block = hmac.digest(key, block + info + bytes([count]), "sha512")
        out, count = out + block, count + 1
    return out[:length]


def hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """HKDF of RFC 5869 with SHA-512: extract, then expand."""
    return expand(hmac.digest(salt, secret, "sha512"), info, length)


def subkey(master: bytes, label: str) -> bytes:
    """The key for one use."""
    return expand(master, b"chartmend/1/" + label.encode(), 32)


def mac(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA256."""
    return hmac.digest(key, data, "sha256")


def pack(*values: object) -> bytes:
    """Values as letter, length and content."""
    out = b""
    for value in values:
        match value:
            case None:
                kind, content = b"n", b""
            case int():
                kind, content = b"i", str(value).encode()
            case float():
                kind, content = b"f", struct.pack(">d", 0.0 if value == 0 else value)
            case str():
                kind, content = b"t", value.encode("utf-8")
            case bytes():
                kind, content = b"b", value
            case _:
                raise TypeError(value)
        out += kind + len(content).to_bytes(8, "big") + content
    return out


def content_root(key: bytes, rows: Sequence[tuple[str, Sequence[object]]]) -> bytes:
    """The sum over rows of tables."""
    total = sum(int.from_bytes(mac(key, pack(table, *row)), "big") for table, row in rows)
    return (total % 2**256).to_bytes(32, "big")


def code_bytes(text: str) -> bytes:
    """A recovery code read: Crockford digits, bech32m's checksum, two zero bits."""
    folded = text.upper().replace("O", "0").replace("I", "1").replace("L", "1")
    digits = [c for c in folded if c not in " -"]
    if len(digits) != 32 or any(c not in ALPHABET for c in digits):
        raise NotRead("damaged")
    values = [ALPHABET.index(c) for c in digits]
    check = 1
    name = "chartmend"
    for value in [*(ord(c) >> 5 for c in name), 0, *(ord(c) & 31 for c in name), *values]:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> i & 1 else 0
    number = 0
    for value in values[:26]:
        number = number * 32 + value
    if check != 0x2BC830A3 or number % 4:
        raise NotRead("damaged")
    return (number // 4).to_bytes(16, "big")


def _lines(data: bytes) -> tuple[bytes, dict[str, object]]:
    """The two lines under the mac, and the fields; a bad checksum or another format is refused."""
    match = re.fullmatch(
        rb"(chartmend keys (\d{1,6})\n([^\n]*)\n)mac ([0-9a-f]{64})\nsha256 ([0-9a-f]{64})\n", data
    )
    if match is None:
        raise NotRead("damaged")
    if hashlib.sha256(data[: data.rindex(b"sha256 ")]).hexdigest().encode() != match[5]:
        raise NotRead("damaged")
    if int(match[2]) != FORMAT:
        raise NotRead("newer" if int(match[2]) > FORMAT else "damaged")
    return match[1], json.loads(match[3])


def _check_slots(slots: Sequence[Mapping[str, object]]) -> None:
    types = [slot["type"] for slot in slots]
    if not types or len(set(types)) < len(types) or {"passphrase", "keyfile"} <= set(types):
        raise NotRead("damaged")
    for slot in slots:
        if slot["type"] not in {"passphrase", "keyfile", "recovery", "keyring"}:
            raise NotRead("damaged")
        if any(len(bytes.fromhex(str(slot[n]))) != size for n, size in SIZES.items()):
            raise NotRead("damaged")
        if slot["type"] in {"passphrase", "keyfile"}:
            for name, most in COSTS:
                cost = slot[name]
                if not isinstance(cost, int) or not 0 < cost <= most:
                    raise NotRead("damaged")


def _stretched(slot: Mapping[str, object], secret: Mapping[str, str]) -> bytes | None:
    """What a secret gives for a slot, None where the slot wants something else."""
    kind, salt = slot["type"], bytes.fromhex(str(slot["salt"]))
    if kind == "recovery":
        return code_bytes(secret["recovery_code"]) if "recovery_code" in secret else None
    if kind == "keyring":
        return bytes.fromhex(secret["keyring"]) if "keyring" in secret else None
    if "passphrase" not in secret or (kind == "keyfile" and "key_file" not in secret):
        return None
    memory, passes, lanes = (int(str(slot[name])) for name, _ in COSTS)
    typed = unicodedata.normalize("NFKC", secret["passphrase"]).encode("utf-8")
    derived = Argon2id(
        salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory
    ).derive(typed)
    if kind == "keyfile":
        content = bytes.fromhex(secret["key_file"])
        derived += hashlib.sha256(b"chartmend/1/key file\x00" + content).digest()
    return derived


def _unwrap(slot: Mapping[str, object], stretched: bytes, vault: bytes) -> bytes:
    kind, salt = str(slot["type"]), bytes.fromhex(str(slot["salt"]))
    both = hkdf(stretched, salt, b"chartmend/1/slot " + kind.encode(), 64)
    if both[32:] != bytes.fromhex(str(slot["commitment"])):
        raise NotRead("wrong")
    costs = (int(str(slot.get(name, 0))) for name, _ in COSTS)
    bound = pack("chartmend keys 1", vault, slot["id"], kind, *costs)
    nonce, wrapped = bytes.fromhex(str(slot["nonce"])), bytes.fromhex(str(slot["wrapped"]))
    try:
        return AESGCM(both[:32]).decrypt(nonce, wrapped, bound)
    except InvalidTag:
        raise NotRead("damaged") from None


def open_keys(data: bytes, secret: Mapping[str, str]) -> tuple[bytes, bytes]:
    """Master key and vault id from a keys file and a secret; raises NotRead."""
    body, fields = _lines(data)
    slots = fields["slots"]
    if not isinstance(slots, list):
        raise NotRead("damaged")
    _check_slots(slots)
    vault = bytes.fromhex(str(fields["vault"]))
    for slot in slots:
        stretched = _stretched(slot, secret)
        if stretched is None:
            continue
        master = _unwrap(slot, stretched, vault)
        told = re.search(rb"\nmac ([0-9a-f]{64})\n", data)
        if told is None or mac(subkey(master, "keys file"), body).hex().encode() != told[1]:
            raise NotRead("damaged")
        return master, vault
    raise NotRead("wrong")


def read_anchor(data: bytes, key: bytes, vault: bytes) -> dict[str, object]:
    """What an anchor says; raises NotRead."""
    match = re.fullmatch(rb"(chartmend anchor (\d+)\n([^\n]*)\n)mac ([0-9a-f]{64})\n", data)
    if match is None or mac(key, match[1]).hex().encode() != match[4]:
        raise NotRead("damaged")
    if int(match[2]) > FORMAT:
        raise NotRead("newer")
    fields: dict[str, object] = json.loads(match[3])
    if fields.pop("vault") != vault.hex():
        raise NotRead("damaged")
    return fields


def check_chain(rows: Sequence[Mapping[str, object]], key: bytes) -> None:
    """Go along the audit from its first row; raises NotRead."""
    prev = bytes(32)
    for number, row in enumerate(rows, 1):
        root, before = bytes.fromhex(str(row["root"])), bytes.fromhex(str(row["prev"]))
        texts = (row["at"], row["event"], row["subject"], row["detail"])
        expected = mac(key, pack(row["seq"], *texts, root, before))
        if row["seq"] != number or before != prev or expected.hex() != row["mac"]:
            raise NotRead("damaged")
        prev = expected


def original_name(master: bytes, plain: bytes) -> bytes:
    """The name of an original."""
    return mac(subkey(master, "original id"), plain)


def open_original(sealed: bytes, name: bytes, master: bytes, vault: bytes) -> bytes:
    """A sealed original, from its first chunk to its last; raises NotRead."""
    salt, commitment, rest = sealed[:24], sealed[24:56], sealed[56:]
    info = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM" + b"\x00" + salt
    info += b"chartmend/1/original/" + vault + name
    derived = expand(subkey(master, "original"), info, 76)
    if derived[44:] != commitment:
        raise NotRead("damaged")
    key, base, plain = AESGCM(derived[:32]), int.from_bytes(derived[32:44], "big"), b""
    number = 0
    while True:
        chunk, rest = rest[:16400], rest[16400:]
        try:
            part = key.decrypt((base ^ number).to_bytes(12, "big"), chunk, b"")
        except (InvalidTag, ValueError):
            raise NotRead("damaged") from None
        plain += part
        if len(part) < 16384:
            break
        number += 1
    if rest or original_name(master, plain) != name:
        raise NotRead("damaged")
    return plain
