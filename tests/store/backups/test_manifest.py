"""The manifest as bytes: what goes in comes out, and every change shows."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.errors import Damaged, TooNew
from vault.store import crypto
from vault.store.audit import Head
from vault.store.backups import manifest
from vault.store.backups.manifest import Held, Manifest, Sum

KEY = bytes(range(32))
HEX = st.binary(min_size=32, max_size=32).map(bytes.hex)
SUMS = st.builds(Sum, st.integers(0, 2**60), HEX)
MANIFESTS = st.builds(
    Manifest,
    vault_id=st.binary(min_size=16, max_size=16).map(bytes.hex),
    made_at=st.just("2026-02-03T04:05:06Z"),
    head=st.builds(Head, st.integers(1, 2**40), *[st.binary(min_size=32, max_size=32)] * 2),
    records=st.integers(0, 10**6),
    keys=SUMS,
    database=SUMS,
    originals=st.lists(st.builds(Held, HEX, st.integers(1, 2**50), SUMS), max_size=4).map(tuple),
    missing=st.lists(HEX, max_size=2).map(tuple),
    number=st.integers(0, 10**6),
)
ONE = Manifest(
    "ab" * 16,
    "2026-02-03T04:05:06Z",
    Head(7, bytes(32), bytes(32)),
    2,
    Sum(10, "1" * 64),
    Sum(20, "2" * 64),
    (Held("3" * 64, 5, Sum(77, "4" * 64)),),
    (),
)


def _forged(fields: object, first: str = "chartmend manifest 1") -> bytes:
    """A manifest of any content with a right sum, as somebody without the key can write it."""
    body = f"{first}\n{json.dumps(fields)}\n".encode()
    signed = body + b"mac " + b"0" * 64 + b"\n"
    return signed + b"sha256 " + crypto.sha256(signed).hex().encode() + b"\n"


def _fields() -> dict[str, object]:
    found = json.loads(manifest.build(ONE, KEY).split(b"\n")[1])
    assert isinstance(found, dict)
    return found


@given(MANIFESTS)
def test_what_goes_in_comes_out(made: Manifest) -> None:
    """Any manifest reads back as it was, authentic under its key and under no other."""
    read = manifest.parse(manifest.build(made, KEY), "manifest")
    assert read == made
    assert read.authentic(KEY)
    assert not read.authentic(bytes(32))


@given(st.data())
def test_every_flipped_bit_shows(data: st.DataObject) -> None:
    """A change of any bit is damage, without any secret."""
    whole = manifest.build(ONE, KEY)
    place = data.draw(st.integers(0, len(whole) * 8 - 1))
    changed = bytearray(whole)
    changed[place // 8] ^= 1 << place % 8
    with pytest.raises(Damaged):
        manifest.parse(bytes(changed), "manifest")


@given(st.data())
def test_every_cut_shows(data: st.DataObject) -> None:
    """So is a manifest that is cut off anywhere."""
    whole = manifest.build(ONE, KEY)
    with pytest.raises(Damaged):
        manifest.parse(whole[: data.draw(st.integers(0, len(whole) - 1))], "manifest")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("originals", [["../../../etc/passwd", 1, 1, "a" * 64]]),
        ("originals", [["3" * 64, 1, 1, "../" + "a" * 61]]),
        ("originals", [["3" * 64, -1, 1, "a" * 64]]),
        ("originals", [["3" * 64]]),
        ("originals", 5),
        ("missing", ["/etc/passwd"]),
        ("vault", "g" * 32),
        ("made_at", "2026-02-03\x1b[2JT04:05:06Z"),
        ("made_at", 5),
        ("records", True),
        ("records", "2"),
        ("number", -1),
        ("keys", {"size": 1}),
        ("head", None),
    ],
)
def test_a_hostile_manifest_is_damage(name: str, value: object) -> None:
    """Whoever writes a manifest with a right sum gets no path and no number of theirs in."""
    with pytest.raises(Damaged):
        manifest.parse(_forged(_fields() | {name: value}), "manifest")


def test_a_forged_one_is_not_authentic() -> None:
    """The sum is anybody's to make, the MAC is not."""
    forged = manifest.parse(_forged(_fields() | {"records": 9}), "manifest")
    assert forged.records == 9
    assert not forged.authentic(KEY)


def test_a_newer_one_is_refused() -> None:
    """A format this program does not know is no damage."""
    with pytest.raises(TooNew):
        manifest.parse(_forged(_fields(), "chartmend manifest 2"), "manifest")


def test_the_bytes_stay() -> None:
    """The format as docs/vault-format.md tells it, byte for byte."""
    lines = manifest.build(dataclasses.replace(ONE, originals=(), number=5), KEY).split(b"\n")
    assert lines[0] == b"chartmend manifest 1"
    zero = "0" * 64
    assert lines[1].decode() == (
        '{"database":{"sha256":"' + "2" * 64 + '","size":20},'
        f'"head":{{"mac":"{zero}","root":"{zero}","seq":7}},'
        '"keys":{"sha256":"' + "1" * 64 + '","size":10},'
        '"made_at":"2026-02-03T04:05:06Z","missing":[],"number":5,"originals":[],"records":2,'
        '"vault":"' + "ab" * 16 + '"}'
    )
    assert [line.split(b" ")[0] for line in lines[2:]] == [b"mac", b"sha256", b""]


def test_one_that_does_not_count_itself() -> None:
    """A manifest of a program that did not number generations reads as number 0."""
    fields = _fields()
    del fields["number"]
    assert manifest.parse(_forged(fields), "manifest") == ONE
