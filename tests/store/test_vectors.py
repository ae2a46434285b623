"""The published vectors: the program writes them, reads them, and so does a second reader."""

from __future__ import annotations

import ast
import hashlib
import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.store import make_vectors, second_reader
from tests.store.second_reader import NotRead
from vault.errors import BadRecoveryCode, Damaged, TooNew, Unpromised, VaultError, WrongPassphrase
from vault.store import anchor, chunks, crypto, keyring, keys, keysfile, recovery
from vault.store.crypto import Label, NotAuthentic
from vault.store.keys import Keys, Secret

Case = Mapping[str, Any]
ERRORS: dict[type[VaultError], str] = {
    Damaged: "damaged",
    Unpromised: "damaged",
    WrongPassphrase: "wrong",
    TooNew: "newer",
}


def vectors(name: str) -> dict[str, Any]:
    """A file of docs/vectors."""
    found = json.loads((make_vectors.FOLDER / name).read_text("ascii"))
    assert isinstance(found, dict)
    return found


def cases(name: str, kind: str) -> list[Any]:
    """The good or the bad ones of a file, each a test of its own."""
    return [
        pytest.param(case, id=case.get("why", str(n))) for n, case in enumerate(vectors(name)[kind])
    ]


def test_they_are_what_the_program_writes() -> None:
    """With the same random numbers every byte of docs/vectors comes out again, and no file more."""
    written = {name: make_vectors.text_of(told) for name, told in make_vectors.every().items()}
    there = {path.name: path.read_text("ascii") for path in make_vectors.FOLDER.iterdir()}
    assert there == written


def test_the_second_reader_uses_nothing_of_the_program() -> None:
    """It imports the standard library and `cryptography`, and nothing else."""
    tree = ast.parse(Path(second_reader.__file__).read_text("utf-8"))
    roots = {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    roots |= {str(n.module) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert {root.split(".")[0] for root in roots} <= {
        *("__future__", "collections", "cryptography", "hashlib", "hmac", "json", "re"),
        *("struct", "unicodedata"),
    }


def _secret(given: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> Secret:
    if "keyring" in given:
        kept = bytes.fromhex(given["keyring"])
        monkeypatch.setattr(keyring, "fetch", lambda _vault, _slot: kept)
        return Secret(keyring=True)
    code = given.get("recovery_code", "")
    content = bytes.fromhex(given.get("key_file", ""))
    return Secret(given.get("passphrase", ""), code, key_file=content)


def _open(case: Case, monkeypatch: pytest.MonkeyPatch) -> Keys:
    file = keysfile.parse(case["file"].encode(), "keys")
    return keys._open(file, _secret(case["secret"], monkeypatch))


@pytest.mark.parametrize("case", cases("keys-file.json", "good"))
def test_a_keys_file_opens(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way in gives the master key, here and in the second reader."""
    told = vectors("keys-file.json")
    opened = _open(case, monkeypatch)
    assert (opened.master.hex(), opened.vault_id.hex()) == (told["master_key"], told["vault"])
    master, vault = second_reader.open_keys(case["file"].encode(), case["secret"])
    assert (master, vault) == (opened.master, opened.vault_id)


@pytest.mark.parametrize("case", cases("keys-file.json", "bad"))
def test_a_keys_file_is_refused(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damaged, wrong and newer are told apart alike by both."""
    with pytest.raises(VaultError) as told:
        _open(case, monkeypatch)
    assert ERRORS[type(told.value)] == case["error"]
    with pytest.raises(NotRead, match=case["error"]):
        second_reader.open_keys(case["file"].encode(), case["secret"])


def test_the_two_spellings_of_the_passphrase_do_differ() -> None:
    """The vector for NFKC would prove nothing if both were the same letters."""
    one, two = make_vectors.PASSPHRASE, make_vectors.DECOMPOSED
    assert one != two
    assert unicodedata.normalize("NFC", one) != unicodedata.normalize("NFC", two)


def test_the_derived_keys() -> None:
    """Every label gives the published key."""
    told = vectors("subkeys.json")
    master = bytes.fromhex(told["master_key"])
    assert {label.value for label in Label} == set(told["keys"])
    for label, expected in told["keys"].items():
        assert crypto.subkey(master, Label(label)).hex() == expected
        assert second_reader.subkey(master, label).hex() == expected


def test_recovery_codes() -> None:
    """Text and bytes lead to each other; every other spelling too; the bad ones are refused."""
    told = vectors("recovery-code.json")
    for case in (*told["good"], *told["also_read"]):
        assert recovery.parse(case["text"]).hex() == case["bytes"]
        assert second_reader.code_bytes(case["text"]).hex() == case["bytes"]
    for case in told["good"]:
        assert recovery.text_of(bytes.fromhex(case["bytes"])) == case["text"]
    for text in told["bad"]:
        with pytest.raises(BadRecoveryCode):
            recovery.parse(text)
        with pytest.raises(NotRead):
            second_reader.code_bytes(text)


def _value(typed: Case) -> object:
    return bytes.fromhex(typed["value"]) if typed["type"] == "blob" else typed["value"]


def test_packed_values_and_the_content_root() -> None:
    """Values give their bytes, rows their root, in any order; no rows give zero."""
    told = vectors("content-root.json")
    for case in told["packed"]:
        values = [_value(v) for v in case["values"]]
        assert crypto.pack(*values).hex() == case["packed"]
        assert second_reader.pack(*values).hex() == case["packed"]
    key = bytes.fromhex(told["key"])
    rows = [(row["table"], [_value(v) for v in row["row"]]) for row in told["rows"]]
    assert second_reader.content_root(key, rows).hex() == told["root"]
    assert second_reader.content_root(key, rows[::-1]).hex() == told["root"]
    assert second_reader.content_root(key, []).hex() == told["root_of_no_rows"]


def test_the_chain_of_the_audit() -> None:
    """The whole chain holds; a gap, a change and a missing beginning do not."""
    told = vectors("audit.json")
    key = bytes.fromhex(told["key"])
    second_reader.check_chain(told["good"], key)
    for case in told["bad"]:
        with pytest.raises(NotRead):
            second_reader.check_chain(case["rows"], key)


def test_anchors(tmp_path: Path) -> None:
    """The good one says what it should; each bad one is refused by its kind."""
    told = vectors("anchor.json")
    key, vault = bytes.fromhex(told["key"]), bytes.fromhex(told["vault"])
    path = tmp_path / "anchor"
    (good,) = told["good"]
    path.write_bytes(good["file"].encode())
    head = anchor.read(path, vault, key)
    assert head is not None
    assert {"seq": head.seq, "mac": head.mac.hex(), "root": head.root.hex()} == good["says"]
    assert second_reader.read_anchor(good["file"].encode(), key, vault) == good["says"]
    for case in told["bad"]:
        path.write_bytes(case["file"].encode())
        with pytest.raises(VaultError) as refused:
            anchor.read(path, vault, key)
        assert ERRORS[type(refused.value)] == case["error"], case["why"]
        with pytest.raises(NotRead, match=case["error"]):
            second_reader.read_anchor(case["file"].encode(), key, vault)


def _read(sealed: bytes, name: str) -> bytes:
    told = vectors("original.json")
    master, vault = bytes.fromhex(told["master_key"]), bytes.fromhex(told["vault"])
    context = crypto.PREFIX + b"original/" + vault + bytes.fromhex(name)
    reader = chunks.Reader(
        crypto.subkey(master, Label.ORIGINAL),
        context,
        len(sealed),
        lambda offset, length: sealed[offset : offset + length],
    )
    return reader.read_at(0, reader.size)


def _second_read(sealed: bytes, name: str) -> bytes:
    told = vectors("original.json")
    keys_of = (bytes.fromhex(told["master_key"]), bytes.fromhex(told["vault"]))
    return second_reader.open_original(sealed, bytes.fromhex(name), *keys_of)


@pytest.mark.parametrize("case", cases("original.json", "good"))
def test_a_sealed_original(case: Case) -> None:
    """The ciphertext is the published one, and both readers give the plaintext back."""
    plain = bytes(i % 251 for i in range(case["size"]))
    name, sealed = make_vectors._sealed(plain)
    assert name == case["name"]
    assert hashlib.sha256(sealed).hexdigest() == case["sha256"]
    assert sealed.hex() == case.get("sealed", sealed.hex())
    assert _read(sealed, name) == _second_read(sealed, name) == plain


@pytest.mark.parametrize("case", cases("original.json", "bad"))
def test_a_sealed_original_is_refused(case: Case) -> None:
    """Changed, cut off, too long, or under another name."""
    sealed = bytes.fromhex(case["sealed"])
    with pytest.raises(NotAuthentic):
        _read(sealed, case["name"])
    with pytest.raises(NotRead):
        _second_read(sealed, case["name"])
