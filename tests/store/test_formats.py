"""Every promised format: a vault of it opens and is whole; a newer one is left alone."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fixtures import make_format_1 as fixture
from vault.actions import session as sessions
from vault.errors import Damaged, TooNew
from vault.store import anchor, crypto, database, keys, migrate
from vault.store.crypto import Label
from vault.store.database import Mode
from vault.store.keys import NAMES, Keys, Secret, unlock
from vault.store.search import find
from vault.store.vault import open_vault

TOLD: dict[str, str] = json.loads(fixture.TOLD.read_text("ascii"))
WAYS = [Secret(TOLD["passphrase"]), Secret(recovery_code=TOLD["recovery_code"])]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the vault of format 1."""
    with tarfile.open(fixture.VAULT) as tar:
        tar.extractall(tmp_path, filter="tar")
    return tmp_path / "vault"


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of a vault, by its path."""
    found = (p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): p.read_bytes() for p in found}


def test_the_fixture_is_as_it_was_made(folder: Path) -> None:
    """Its keys file and its anchor say format 1; no log lies beside the database."""
    files = everything(folder)
    assert files["keys"].startswith(b"chartmend keys 1\n")
    assert files["anchor"].startswith(b"chartmend anchor 1\n")
    assert not [name for name in files if name.startswith("records.db-")]


@pytest.mark.parametrize("secret", WAYS, ids=["passphrase", "recovery code"])
@pytest.mark.parametrize("write", [True, False])
def test_format_1_opens_and_is_whole(
    folder: Path, tmp_path: Path, secret: Secret, write: bool
) -> None:
    """By either secret, to read or to write: nothing to report, after a full look at it."""
    state = tmp_path / "state"
    open_vault(folder, secret, write=True, state=state).close()  # brings it to this program's shape
    with open_vault(folder, secret, write=write, state=state) as opened:
        assert opened.verify(full=True) == ()


def test_format_1_gives_back_what_was_put_in(folder: Path, tmp_path: Path) -> None:
    """Person, provider, the reading's words by search, the flag, the original byte for byte."""
    with open_vault(folder, WAYS[0], write=True, state=tmp_path / "state") as opened:
        db = opened.read()

        def one(sql: str) -> object:
            (row,) = db.execute(sql).fetchall()
            return row[0]

        assert one("SELECT id FROM person") == TOLD["person"]
        assert one("SELECT id FROM provider") == TOLD["provider"]
        assert one("SELECT id FROM record") == TOLD["record"]
        assert one(f"SELECT count(*) FROM flag WHERE id = '{TOLD['flag']}'") == 1
        assert find(db, '"amoxicillin"', 5)[0] == 1
        with opened.originals.open(str(one("SELECT id FROM original"))) as reader:
            found = hashlib.sha256(b"".join(reader.pieces())).hexdigest()
        assert found == TOLD["sha256"]


def _newer_database(folder: Path, opened: Keys) -> None:
    db = database.connect(folder / "records.db", opened.of(Label.DATABASE), Mode.WRITE)
    db.execute(f"PRAGMA user_version = {migrate.newest() + 1}")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.close()


def _newer_keys(folder: Path, opened: Keys) -> None:
    body = (folder / "keys").read_bytes().split(b"mac ")[0].replace(b"keys 1", b"keys 2")
    signed = body + b"mac " + crypto.mac(opened.of(Label.KEYS_FILE), body).hex().encode() + b"\n"
    for name in NAMES:
        total = crypto.sha256(signed).hex().encode()
        (folder / name).write_bytes(signed + b"sha256 " + total + b"\n")


def _newer_anchor(folder: Path, opened: Keys) -> None:
    body = (folder / "anchor").read_bytes().split(b"mac ")[0].replace(b"anchor 1", b"anchor 2")
    tag = crypto.mac(opened.of(Label.ANCHOR), body).hex().encode()
    (folder / "anchor").write_bytes(body + b"mac " + tag + b"\n")


@pytest.mark.parametrize("change", [_newer_database, _newer_keys, _newer_anchor])
def test_a_newer_format_is_refused_and_left_alone(
    folder: Path, tmp_path: Path, change: Callable[[Path, Keys], None]
) -> None:
    """Database, keys or anchor of a later program: exit code 76, and no byte is changed."""
    change(folder, unlock(folder, WAYS[0]).keys)
    before = everything(folder)
    for write in (False, True):
        for secret in WAYS:
            with pytest.raises(TooNew) as told:
                sessions.unlock(folder, secret, write=write, state=tmp_path / "state")
            assert int(told.value.exit_code) == 76
    assert everything(folder) == before


def test_an_anchor_without_its_number_is_damage(folder: Path) -> None:
    """An authentic anchor that does not begin as one is no crash."""
    opened = unlock(folder, WAYS[0]).keys
    key = opened.of(Label.ANCHOR)
    for first in (b"chartmend anchor 0\n", b"something else\n", b""):
        body = first + b"{}\n"
        (folder / "anchor").write_bytes(
            body + b"mac " + crypto.mac(key, body).hex().encode() + b"\n"
        )
        with pytest.raises(Damaged):
            anchor.read(folder / "anchor", opened.vault_id, key)
    assert keys.present(folder)
