"""Rows of providers, their desks, statements and calls come back as they were written."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.store.helpers import Made
from vault.errors import UnknownId
from vault.model.calls import Call
from vault.model.offices import Office, OfficeRole
from vault.model.providers import Provider, ProviderKind
from vault.model.statements import Statement, StatementSource, Topic
from vault.store import calls, holders, named, offices, providers, statements

AT = "2026-03-02T00:00:00Z"
DAY = dt.date(2026, 3, 2)
KEEPER = Provider("prov_keeper", "Custodian")
HELD = Provider(
    id="prov_held",
    name="Elm",
    kind=ProviderKind.CLINIC,
    jurisdiction="us-tx",
    department="Records",
    address=("1 Elm", "Austin"),
    phone="1",
    fax="2",
    email="3",
    npi="1555000011",
    other_names=("Old Mill", "Olmo"),
    closed_on=DAY,
    successor="prov_keeper",
    to_confirm="a file",
)
DESK = Office(
    "off_1", HELD.id, OfficeRole.VENDOR, "CopyFast", "Ann", ("PO Box 1",), "1", "2", "3", "4", "5"
)
CALL = Call("call_1", HELD.id, DAY, "two\nlines", "Ann", "C-7")
SAID = Statement(
    "stm_1", HELD.id, Topic.FEE, "free", StatementSource.PHONE, DAY, "Ann", "a note", CALL.id
)


def _fill(made: Made) -> None:
    with made.vault.write("test.rows") as db:
        providers.add(db, KEEPER, AT)
        providers.add(db, HELD, AT)
        offices.add(db, DESK, AT)
        calls.add(db, CALL, AT)
        statements.add(db, SAID, AT)
        named.decide(db, "elm", HELD.id, AT)


def test_rows_come_back_whole(made: Made) -> None:
    """Every column of each noun, after closing and opening the vault."""
    _fill(made)
    made.vault.close()
    with made.open() as again:
        db = again.read()
        assert providers.get(db, HELD.id) == HELD
        assert providers.by_npi(db, HELD.npi) == HELD
        assert offices.of(db, HELD.id) == (DESK,)
        assert calls.of(db, HELD.id) == (CALL,)
        assert statements.of(db, HELD.id) == (SAID,)
        assert named.decided(db) == {"elm": HELD.id}
        assert again.verify(full=True) == ()


def test_a_move_leaves_nothing_behind(made: Made) -> None:
    """After it the first one is named by nothing and can be taken out."""
    _fill(made)
    with made.vault.write("test.move") as db:
        holders.move(db, HELD.id, KEEPER.id)
        providers.remove(db, HELD.id)
        assert holders.belonging(db, KEEPER.id) == {"office": 1, "statement": 1, "call": 1}
    with pytest.raises(UnknownId):
        providers.get(made.vault.read(), HELD.id)
    assert made.vault.verify(full=True) == ()


def test_names_are_learned_once_and_not_without_end(made: Made) -> None:
    """Letter case makes no new name; fifty are the most."""
    _fill(made)
    with made.vault.write("test.names") as db:
        providers.learn_names(db, HELD, ["ELM", "old mill", "New"])
        assert providers.get(db, HELD.id).other_names == ("Old Mill", "Olmo", "New")
        providers.learn_names(db, HELD, [f"name {n}" for n in range(99)])
        assert len(providers.get(db, HELD.id).other_names) == providers.MOST_NAMES
