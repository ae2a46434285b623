"""Makes docs/vectors: what this program writes for given keys, secrets and random numbers.

`python -m tests.store.make_vectors` writes them again. Randomness is replaced by a fixed stream,
so that they stay the same as long as the format does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import vault
from vault.store import anchor, chunks, crypto, keyfile, keys, keysfile, recovery, root, slots
from vault.store.audit import Head
from vault.store.crypto import Label
from vault.store.kdf import CHEAPEST
from vault.store.keys import Keys

FOLDER = Path(vault.__file__).parents[1] / "docs" / "vectors"
MASTER = bytes(range(32))
VAULT = bytes(range(0xA0, 0xB0))
PASSPHRASE = "Bl\u00e4tter im Wind, \u216b M\u00f6wen"
DECOMPOSED = "Bla\u0308tter im Wind, XII Mo\u0308wen"
KEY_FILE = b"chartmend key file 1\n" + b"5a" * 32 + b"\n"
CODE = bytes(range(0x10, 0x20))
IN_KEYRING = bytes(range(0x40, 0x60))

Json = dict[str, object]


@contextmanager
def fixed_random(seed: str) -> Iterator[None]:
    """Random bytes come from SHA-256 over a seed and a counter."""
    count = iter(range(10**6))

    def take(length: int) -> bytes:
        return hashlib.sha256(f"{seed} {next(count)}".encode()).digest()[:length]

    with mock.patch.object(crypto, "random_bytes", take):
        yield


def _signed(body: bytes) -> bytes:
    return body + b"sha256 " + crypto.sha256(body).hex().encode() + b"\n"


def _file(made: Sequence[slots.Slot]) -> bytes:
    return keys.build(Keys(MASTER, VAULT), tuple(made)).data


def _bad_files(good: bytes) -> Iterator[tuple[str, bytes, str]]:
    """What is wrong, the file, and how it must be refused whatever the secret."""
    body = good.split(b"sha256 ")[0]
    first, fields, tag = body.splitlines(keepends=True)
    told = json.loads(fields)

    def again(change: Json) -> bytes:
        text = json.dumps({**told, **change}, sort_keys=True, separators=(",", ":"))
        return _signed(first + text.encode() + b"\n" + tag)

    one, other = told["slots"][0], told["slots"][1]
    yield "the last line feed is missing", good[:-1], "damaged"
    yield "one digit of a salt is changed", good.replace(b'"salt":"', b'"salt":"f', 1), "damaged"
    yield "the checksum fits, the mac does not", again({"slots": [one]}), "damaged"
    yield (
        "a slot costs more than 1 GiB",
        again({"slots": [{**one, "memory_kib": 2**21}]}),
        "damaged",
    )
    yield "a slot has more than 10 passes", again({"slots": [{**one, "passes": 11}]}), "damaged"
    yield "a slot has more than 16 lanes", again({"slots": [{**one, "lanes": 17}]}), "damaged"
    yield "a slot is of no known type", again({"slots": [{**one, "type": "door"}]}), "damaged"
    yield "a salt is too short", again({"slots": [{**one, "salt": "00"}]}), "damaged"
    yield "two slots are of one type", again({"slots": [one, one]}), "damaged"
    both = [one, {**one, "type": "keyfile"}]
    yield "passphrase and keyfile slot together", again({"slots": both}), "damaged"
    yield "no slots", again({"slots": []}), "damaged"
    swapped = [{**one, "nonce": other["nonce"]}, other]
    yield "the commitment fits, the wrapping does not open", again({"slots": swapped}), "damaged"
    yield "another vault's id", again({"vault": "00" * 16}), "damaged"
    newer = body.replace(b"chartmend keys 1", b"chartmend keys 2")
    yield "a newer format", _signed(newer), "newer"
    yield "format 0, never released", _signed(newer.replace(b"keys 2", b"keys 0")), "damaged"


def keys_files() -> Json:
    """Keys files, what opens them, and what must not."""
    with fixed_random("keys"):
        words = slots.by_passphrase(MASTER, VAULT, PASSPHRASE, CHEAPEST)
        both = slots.by_passphrase(MASTER, VAULT, PASSPHRASE, CHEAPEST, KEY_FILE)
        code = slots.by_code(MASTER, VAULT, CODE)
        ring = slots.by_keyring(MASTER, VAULT, IN_KEYRING)
    plain, filed = _file((words, code)), _file((both, code, ring))
    typed = {"passphrase": PASSPHRASE}
    held = {**typed, "key_file": KEY_FILE.hex()}
    by_code = {"recovery_code": recovery.text_of(CODE)}
    good = [
        {"file": plain.decode(), "secret": typed},
        {"file": plain.decode(), "secret": {"passphrase": DECOMPOSED}},
        {"file": plain.decode(), "secret": by_code},
        {"file": filed.decode(), "secret": held},
        {"file": filed.decode(), "secret": by_code},
        {"file": filed.decode(), "secret": {"keyring": IN_KEYRING.hex()}},
    ]
    wrong = [
        (plain, {"passphrase": "blätter im wind, XII Möwen"}, "wrong"),
        (plain, {"recovery_code": recovery.text_of(bytes(16))}, "wrong"),
        (filed, {**held, "passphrase": "wrong"}, "wrong"),
        (filed, {**held, "key_file": (KEY_FILE + b"\n").hex()}, "wrong"),
        (filed, {**held, "key_file": keyfile.digest(KEY_FILE).hex()}, "wrong"),
        (filed, {"keyring": bytes(32).hex()}, "wrong"),
    ]
    bad = [
        {"why": f"another {' and '.join(sorted(s))}", "file": f.decode(), "secret": s, "error": e}
        for f, s, e in wrong
    ]
    bad += [
        {"why": why, "file": file.decode(), "secret": typed, "error": error}
        for why, file, error in _bad_files(plain)
    ]
    return {"master_key": MASTER.hex(), "vault": VAULT.hex(), "good": good, "bad": bad}


def subkeys() -> Json:
    """The master key and every key derived from it."""
    derived: Json = {label.value: crypto.subkey(MASTER, label).hex() for label in Label}
    return {"master_key": MASTER.hex(), "keys": derived}


def _with_filled_bits(text: str) -> str:
    """The code with its two zero bits set, under a checksum that fits."""
    values = [recovery.ALPHABET.index(c) for c in text.replace("-", "")][:26]
    values[25] |= 3
    check = recovery._checked([*values, *[0] * 6]) ^ recovery._BECH32M
    values += [check >> 5 * (5 - i) & 31 for i in range(6)]
    return "".join(recovery.ALPHABET[value] for value in values)


def recovery_codes() -> Json:
    """Codes as bytes and as text, other spellings that are read, and what is refused."""
    codes = (bytes(16), b"\xff" * 16, CODE)
    text = recovery.text_of(CODE)
    swapped = text[:-2] + text[-1] + text[-2]
    spelled = [text.lower(), text.replace("-", ""), f" {text.replace('-', ' ')} "]
    spelled += [text.replace("0", "O").replace("1", "i"), text.replace("1", "L")]
    wrong = text[:-1] + ("0" if text[-1] != "0" else "2")
    bad = [text[:-1], text + "0", wrong, swapped, text.replace(text[0], "U", 1), "", "0" * 32]
    bad.append(_with_filled_bits(text))
    return {
        "good": [{"bytes": code.hex(), "text": recovery.text_of(code)} for code in codes],
        "also_read": [{"bytes": CODE.hex(), "text": line} for line in spelled],
        "bad": bad,
    }


def _typed(value: object) -> Json:
    if isinstance(value, bytes):
        return {"type": "blob", "value": value.hex()}
    names = {int: "integer", float: "real", str: "text", type(None): "null"}
    return {"type": names[type(value)], "value": value}


ROWS: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("setting", ("colour", "teal")),
    ("setting", ("colour", "teal")),
    ("example", (1, None, -2.5, b"\x00\xff", "M\u00f6we\x00\U0001f5c2")),
    ("example", (-(2**63), "", -0.0, b"", "1")),
)


def content_root() -> Json:
    """Lists of values packed, and the root over rows of tables."""
    key = crypto.subkey(MASTER, Label.CONTENT_ROOT)
    packed = [
        {"values": [_typed(v) for v in (name, *row)], "packed": crypto.pack(name, *row).hex()}
        for name, row in ROWS
    ]
    total = sum(root.value_of(key, name, row) for name, row in ROWS) % 2**256
    rows = [{"table": name, "row": [_typed(v) for v in row]} for name, row in ROWS]
    return {
        "key": key.hex(),
        "packed": [*packed, {"values": [], "packed": ""}],
        "rows": rows,
        "root": total.to_bytes(32).hex(),
        "root_of_no_rows": bytes(32).hex(),
    }


def audit_rows() -> Json:
    """A chain of three rows, and three that do not hold."""
    key, prev = crypto.subkey(MASTER, Label.AUDIT), bytes(32)
    rows = []
    for seq, (event, detail) in enumerate(
        (("vault.created", {}), ("record.sealed", {"pages": 3}), ("person.added", {})), 1
    ):
        told = json.dumps(detail, sort_keys=True, separators=(",", ":"))
        state = crypto.sha256(b"root %d" % seq)
        row = (seq, f"2026-01-02T03:04:0{seq}Z", event, f"rec_{seq}", told, state, prev)
        mac = crypto.mac(key, crypto.pack(*row))
        names = ("seq", "at", "event", "subject", "detail", "root", "prev")
        fields = {
            n: v.hex() if isinstance(v, bytes) else v for n, v in zip(names, row, strict=True)
        }
        rows.append({**fields, "mac": mac.hex()})
        prev = mac
    bad = [
        {"why": "a row is missing", "rows": [rows[0], rows[2]]},
        {"why": "an event is changed", "rows": [rows[0], {**rows[1], "event": "x"}, rows[2]]},
        {"why": "the first is missing", "rows": rows[1:]},
    ]
    return {"key": key.hex(), "good": rows, "bad": bad}


def anchors() -> Json:
    """An anchor, what it says, and what must be refused."""
    key = crypto.subkey(MASTER, Label.ANCHOR)
    head = Head(7, crypto.sha256(b"mac"), crypto.sha256(b"root"))
    good = anchor.text_of(head, VAULT, key)
    newer = good.replace(b"anchor 1", b"anchor 2").split(b"mac ")[0]
    newer += b"mac " + crypto.mac(key, newer).hex().encode() + b"\n"
    bad = [
        ("the number is changed", good.replace(b'"seq":7', b'"seq":8'), "damaged"),
        ("cut off", good[:-1], "damaged"),
        ("of another vault", anchor.text_of(head, bytes(16), key), "damaged"),
        ("empty", b"", "damaged"),
        ("a newer format", newer, "newer"),
    ]
    says = {"seq": 7, "mac": head.mac.hex(), "root": head.root.hex()}
    return {
        "key": key.hex(),
        "vault": VAULT.hex(),
        "good": [{"file": good.decode(), "says": says}],
        "bad": [{"why": w, "file": f.decode(), "error": e} for w, f, e in bad],
    }


def _plain(size: int) -> bytes:
    """Byte i is i mod 251."""
    return bytes(i % 251 for i in range(size))


def _sealed(plain: bytes) -> tuple[str, bytes]:
    name = crypto.mac(crypto.subkey(MASTER, Label.ORIGINAL_ID), plain)
    context = crypto.PREFIX + b"original/" + VAULT + name
    key = crypto.subkey(MASTER, Label.ORIGINAL)
    with fixed_random("original"):
        return name.hex(), b"".join(chunks.encrypt(key, context, [plain]))


def originals() -> Json:
    """Sealed originals of telling lengths; long ones by the SHA-256 of their ciphertext."""
    good: list[Json] = []
    for size in (0, 1, 1000, 16383, 16384, 16385, 40000):
        name, sealed = _sealed(_plain(size))
        told: Json = {"size": size, "name": name, "sha256": crypto.sha256(sealed).hex()}
        good.append({**told, "sealed": sealed.hex()} if size <= 1000 else told)
    name, sealed = _sealed(_plain(1000))
    other, _ = _sealed(_plain(1))
    bad = [
        ("a bit of the text is changed", name, sealed[:60] + bytes([sealed[60] ^ 1]) + sealed[61:]),
        ("a bit of the salt is changed", name, bytes([sealed[0] ^ 1]) + sealed[1:]),
        ("a bit of the commitment is changed", name, sealed[:30] + b"?" + sealed[31:]),
        ("the last byte is missing", name, sealed[:-1]),
        ("a byte too many", name, sealed + b"\x00"),
        ("only the beginning", name, sealed[:56]),
        ("under another name", other, sealed),
    ]
    return {
        "master_key": MASTER.hex(),
        "vault": VAULT.hex(),
        "salt": sealed[:24].hex(),
        "good": good,
        "bad": [{"why": why, "name": n, "sealed": data.hex()} for why, n, data in bad],
    }


def every() -> dict[str, Json]:
    """All vectors by the name of their file."""
    return {
        "keys-file.json": keys_files(),
        "subkeys.json": subkeys(),
        "recovery-code.json": recovery_codes(),
        "content-root.json": content_root(),
        "audit.json": audit_rows(),
        "anchor.json": anchors(),
        "original.json": originals(),
    }


def text_of(vectors: Json) -> str:
    """A file of vectors as it lies in docs/vectors."""
    return json.dumps({"format": keysfile.FORMAT, **vectors}, indent=1, ensure_ascii=True) + "\n"


def main() -> None:
    """Write them all."""
    FOLDER.mkdir(exist_ok=True)
    for name, vectors in every().items():
        (FOLDER / name).write_text(text_of(vectors), encoding="ascii")


if __name__ == "__main__":
    main()
