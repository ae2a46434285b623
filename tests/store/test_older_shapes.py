"""Vaults made by earlier versions of the database: brought here, they are whole and lose nothing.

`tests/fixtures/shape-N` is a vault as the program made it when its database had `user_version` N:
three flags, each in a correction (a draft that names two who are to be told, one that was sent,
one withdrawn), and four access requests (a draft of two kinds, one sent, one received, one
withdrawn). Such a vault is made once; what made it is no more.
"""

from __future__ import annotations

import json
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from vault.model.corrections import CorrectionState, ItemState, RecipientState
from vault.model.requests import RequestState
from vault.store import corrections, database, migrate, requests
from vault.store.crypto import Label
from vault.store.database import Db, Mode
from vault.store.keys import Secret, unlock
from vault.store.vault import open_vault

FIXTURES = Path(__file__).parents[1] / "fixtures"
SHAPES = sorted(int(path.name.removeprefix("shape-")) for path in FIXTURES.glob("shape-*"))


@dataclass(frozen=True, slots=True)
class Old:
    """A copy of a vault of an earlier shape, what opens it, and the ids it holds."""

    folder: Path
    state: Path
    secret: Secret
    requests: tuple[str, ...]
    corrections: tuple[str, ...]


@pytest.fixture(params=SHAPES)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Old:
    """Each of them."""
    place = FIXTURES / f"shape-{request.param}"
    with tarfile.open(place / "vault.tar") as tar:
        tar.extractall(tmp_path, filter="tar")
    told = json.loads((place / "told.json").read_text("ascii"))
    return Old(
        tmp_path / "vault",
        tmp_path / "state",
        Secret(told["passphrase"]),
        tuple(told["requests"]),
        tuple(told["corrections"]),
    )


def test_the_fixture_has_the_shape_it_says(tmp_path: Path) -> None:
    """Opened past the program, its database still has the number it was made with."""
    assert SHAPES == [2, 4]
    for shape in SHAPES:
        place = FIXTURES / f"shape-{shape}"
        target = tmp_path / str(shape)
        with tarfile.open(place / "vault.tar") as tar:
            tar.extractall(target, filter="tar")
        told = json.loads((place / "told.json").read_text("ascii"))
        keys = unlock(target / "vault", Secret(told["passphrase"])).keys
        db = database.connect(target / "vault" / "records.db", keys.of(Label.DATABASE), Mode.READ)
        assert migrate.version(db) == shape
        db.close()


def test_it_is_brought_here_whole(old: Old) -> None:
    """Nothing to report after a full look, at once and when it is opened again."""
    with open_vault(old.folder, old.secret, write=True, state=old.state) as vault:
        assert vault.verify(full=True) == ()
        assert migrate.version(vault.read()) == migrate.newest()
    with open_vault(old.folder, old.secret, write=False, state=old.state) as vault:
        assert vault.verify(full=True) == ()


def _states(db: Db, old: Old) -> tuple[list[RequestState], list[CorrectionState]]:
    return (
        [requests.get(db, id_).state for id_ in old.requests],
        [corrections.get(db, id_).state for id_ in old.corrections],
    )


def test_requests_and_corrections_stand_where_they_stood(old: Old) -> None:
    """What is stored of them now is what their events tell."""
    with open_vault(old.folder, old.secret, write=True, state=old.state) as vault:
        db = vault.read()
        asked, corrected = _states(db, old)
        assert asked == [
            RequestState.DRAFT,
            RequestState.SENT,
            RequestState.UNDER_REVIEW,
            RequestState.CLOSED,
        ]
        assert corrected == [CorrectionState.DRAFT, CorrectionState.SENT, CorrectionState.CLOSED]
        for id_ in old.requests:
            held = requests.get(db, id_)
            told = requests.standing(held)
            assert (held.state, held.waiting_on) == (told.state, told.waiting_on)
            assert held.items
        for id_ in old.corrections:
            kept = corrections.get(db, id_)
            now = corrections.standing(kept)
            assert (kept.state, kept.waiting_on) == (now.state, now.waiting_on)
            assert {item.flag: item.state for item in kept.items} == now.items


def test_who_is_to_be_told_is_kept(old: Old) -> None:
    """The lines of a correction become one recipient each, and the withdrawn item is withdrawn."""
    with open_vault(old.folder, old.secret, write=True, state=old.state) as vault:
        db = vault.read()
        draft, _sent, withdrawn = (corrections.get(db, id_) for id_ in old.corrections)
        assert draft.tell == ("Dr Ada Quill", "Quay Pharmacy")
        assert {r.state for r in draft.recipients} == {RecipientState.TO_TELL}
        assert len({r.id for r in (*draft.recipients, *withdrawn.recipients)}) == 3
        assert [item.state for item in withdrawn.items] == [ItemState.WITHDRAWN]
