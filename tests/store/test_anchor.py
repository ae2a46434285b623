"""The anchor file: what was noted is read back, and nothing forged is believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.helpers import flip
from vault.errors import Damaged
from vault.store import anchor
from vault.store.audit import Head

KEY = bytes(range(32))
VAULT = b"v" * 16
HEAD = Head(7, b"m" * 32, b"r" * 32)


def test_it_reads_back(tmp_path: Path) -> None:
    """Writing and reading give the same head, and no file is no error."""
    anchor.write(tmp_path / "anchor", HEAD, VAULT, KEY)
    assert anchor.read(tmp_path / "anchor", VAULT, KEY) == HEAD
    assert anchor.read(tmp_path / "missing", VAULT, KEY) is None


def test_every_flipped_byte_is_damage(tmp_path: Path) -> None:
    """No byte of the file can change without the reader saying so."""
    path = tmp_path / "anchor"
    anchor.write(path, HEAD, VAULT, KEY)
    whole = path.read_bytes()
    for offset in range(len(whole)):
        flip(path, offset, offset % 8)
        with pytest.raises(Damaged, match="anchor is damaged"):
            anchor.read(path, VAULT, KEY)
        path.write_bytes(whole)


@pytest.mark.parametrize(
    "data", [b"", b"mac ", b"chartmend anchor 1\n{}\nmac 00\n", b"\xff" * 5000]
)
def test_rubbish_is_damage(tmp_path: Path, data: bytes) -> None:
    """Empty, cut off and foreign content is refused, not read."""
    (tmp_path / "anchor").write_bytes(data)
    with pytest.raises(Damaged):
        anchor.read(tmp_path / "anchor", VAULT, KEY)


def test_the_anchor_of_another_vault_is_not_taken(tmp_path: Path) -> None:
    """An authentic anchor with another vault's id is refused."""
    anchor.write(tmp_path / "anchor", HEAD, b"w" * 16, KEY)
    with pytest.raises(Damaged, match="another vault"):
        anchor.read(tmp_path / "anchor", VAULT, KEY)


def test_two_places_of_one_vault_have_two_second_copies(tmp_path: Path) -> None:
    """A restored copy at another path has its own history; two spellings of a path do not."""
    paths = {anchor.second_path(tmp_path, tmp_path / name, VAULT) for name in ("a", "b", "a/../a")}
    assert len(paths) == 2
