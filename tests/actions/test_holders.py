"""Providers merged and deleted: everything follows, or nothing happens."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.made import WRONG_BORN, hospital, patient, put
from vault import dates
from vault.actions import (
    corrections,
    flags,
    holders,
    offices,
    people,
    process,
    providers,
    requests,
    trash,
)
from vault.actions.flags import Wrong
from vault.actions.offices import Desk
from vault.actions.people import Contact
from vault.actions.process import Said, Talk
from vault.actions.providers import Change, Extra
from vault.actions.requests import Wanted
from vault.actions.session import Session
from vault.errors import Refused, UnknownId, UsageError
from vault.model.offices import OfficeRole
from vault.model.providers import Provider
from vault.model.statements import Topic
from vault.store import records

TODAY = dates.today()


def _filled(vault: Session, name: str) -> tuple[Provider, str, str, str]:
    """A provider with one of everything; also the ids of its request, correction and record."""
    held = hospital(vault, name)
    person = people.add(vault, "Marian Voss", dt.date(1961, 3, 14), mrns=[(held.id, "A-1")])
    record = put(vault, "visit.pdf", [WRONG_BORN], person, held)
    flag = flags.add(vault, record.id, 1, "1916", Wrong("1961"))
    made = corrections.new(vault, [flag.id])
    asked = requests.new(vault, held.id, person.id, Wanted())
    offices.add(vault, held.id, Desk(OfficeRole.IMAGING, "Film desk"))
    process.say(vault, held.id, Said(Topic.FEE, "free"))
    process.call(vault, held.id, Talk("ring again", request=asked.request.id))
    return held, asked.request.id, made.correction.id, record.id


def test_everything_follows_a_merged_provider(vault: Session) -> None:
    """Requests, corrections, records, desks, statements, calls, numbers and names are moved."""
    old, request, correction, record = _filled(vault, "Elm Street Hospital")
    kept = providers.add(vault, "Elm Health", jurisdiction="us-tx", contact=Contact(("1 Elm",)))
    providers.edit(
        vault,
        old.id,
        Change(contact=Contact(("2 Oak",), fax="555-0101"), extra=Extra("1555000011")),
    )
    moved = holders.merge(vault, old.id, kept.id)
    assert moved.counts["record"] == moved.counts["request"] == moved.counts["correction"] == 1
    now = moved.provider
    assert now.other_names == ("Elm Street Hospital",)
    assert (now.address, now.fax, now.npi) == (("1 Elm",), "555-0101", "1555000011")
    assert requests.get(vault, request, TODAY).provider.id == kept.id
    assert corrections.get(vault, correction, TODAY).provider.id == kept.id
    assert records.get(vault.vault.read(), record).provider == kept.id
    assert len(process.of(vault, kept.id).statements) == 1
    assert len(process.of(vault, kept.id).calls) == 1
    names = {o.name: o.address for o in offices.of(vault, kept.id)}
    assert names == {"Film desk": (), "Elm Street Hospital": ("2 Oak",)}
    (person,) = people.every(vault)
    assert [(m.provider, m.number) for m in person.mrns] == [(kept.id, "A-1")]
    with pytest.raises(UnknownId):
        providers.find(vault, old.id)
    assert vault.vault.verify(full=True) == ()


def test_a_record_in_the_trash_comes_back_to_the_merged_one(vault: Session) -> None:
    """What was deleted before still names a provider that is there."""
    old, kept = hospital(vault, "Elm"), hospital(vault, "Oak")
    record = put(vault, "visit.pdf", ["all well"], patient(vault), old)
    trash.delete(vault, record.id)
    with pytest.raises(Refused, match="in the trash"):
        holders.delete(vault, old.id)
    holders.merge(vault, old.id, kept.id)
    trash.restore(vault, record.id)
    assert records.get(vault.vault.read(), record.id).provider == kept.id


def test_two_numbers_at_one_provider_are_both_kept(vault: Session) -> None:
    """Where a person had a number at each, none is lost."""
    old, kept = hospital(vault, "Elm"), hospital(vault, "Oak")
    people.add(vault, "Maren Roe", dt.date(1961, 3, 14), mrns=[(old.id, "1"), (kept.id, "2")])
    holders.merge(vault, old.id, kept.id)
    (person,) = people.every(vault)
    assert {(m.provider, m.number) for m in person.mrns} == {(kept.id, "1"), (kept.id, "2")}
    person = people.edit(vault, person.id, people.Change(sex="f"))
    assert {m.number for m in person.mrns} == {"1", "2"}
    person = people.edit(vault, person.id, people.Change(mrns=((kept.id, "3"),)))
    assert [(m.provider, m.number) for m in person.mrns] == [(kept.id, "3")]


def test_a_successor_that_is_merged_stays_one(vault: Session) -> None:
    """Who named the one that went names the one that stays; nobody names itself."""
    old, kept, other = (hospital(vault, name) for name in ("Elm", "Oak", "Ash"))
    for closed in (kept, other):
        providers.edit(
            vault, closed.id, Change(extra=Extra(closed_on=dt.date(2020, 1, 2), successor=old.id))
        )
    holders.merge(vault, old.id, kept.id)
    assert providers.find(vault, other.id).successor == kept.id
    assert providers.find(vault, kept.id).successor is None


def test_one_cannot_be_merged_with_itself(vault: Session) -> None:
    """A double that is none stays as it is."""
    held = hospital(vault)
    with pytest.raises(UsageError, match="one and the same"):
        holders.merge(vault, held.id, held.id)
    assert providers.find(vault, held.id) == held


def test_a_merge_that_fails_changes_nothing(
    vault: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One transaction: where its last step fails, all is as it was."""
    old, request, _correction, _record = _filled(vault, "Elm")
    kept = hospital(vault, "Oak")

    def fail(*_: object) -> None:
        raise Refused("the last step failed")

    monkeypatch.setattr("vault.store.providers.remove", fail)
    with pytest.raises(Refused, match="last step"):
        holders.merge(vault, old.id, kept.id)
    assert requests.get(vault, request, TODAY).provider.id == old.id
    assert providers.find(vault, kept.id) == kept


def test_deleting_is_refused_while_it_is_named_and_says_by_what(vault: Session) -> None:
    """The ids of what names it stand in the sentence; nothing is lost."""
    held, request, correction, record = _filled(vault, "Elm")
    with pytest.raises(Refused) as caught:
        holders.delete(vault, held.id)
    for id_ in (request, correction, record):
        assert id_ in caught.value.sentence
    assert len(process.of(vault, held.id).statements) == 1


def test_deleting_takes_what_belongs_to_it_alone(vault: Session) -> None:
    """Desks, statements and calls go with it; who named it as successor names nobody."""
    held, other = hospital(vault, "Elm"), hospital(vault, "Oak")
    offices.add(vault, held.id, Desk())
    process.call(vault, held.id, Talk("nothing here"), [(Topic.FEE, "free")])
    providers.edit(
        vault, other.id, Change(extra=Extra(closed_on=dt.date(2020, 1, 2), successor=held.id))
    )
    gone = holders.delete(vault, held.id)
    assert gone.counts == {"office": 1, "statement": 1, "call": 1}
    assert [p.id for p in providers.every(vault)] == [other.id]
    assert providers.find(vault, other.id).successor is None
    assert vault.vault.verify(full=True) == ()
