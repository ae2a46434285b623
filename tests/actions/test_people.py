"""What is known of people and providers can be put right, and the checks follow."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.made import WRONG_BORN, hospital, patient, put
from vault.actions import flags, people, providers
from vault.actions.people import Change, Contact
from vault.actions.session import Session
from vault.errors import UnknownId, UsageError
from vault.model.flags import Check
from vault.model.people import Mrn
from vault.model.providers import ProviderKind


def _suspected(vault: Session) -> set[Check]:
    return {f.finding.check for f in flags.every(vault)}


def test_what_is_not_named_stays(vault: Session) -> None:
    """Each part changes alone; numbers at other providers stay."""
    elm, quay = hospital(vault), hospital(vault, "Quay Lab")
    person = patient(vault)
    first = people.edit(vault, person.id, Change(mrns=((elm.id, "17"), (quay.id, "Q1"))))
    second = people.edit(vault, person.id, Change(mrns=((elm.id, "18"),)))
    third = people.edit(
        vault,
        person.id,
        Change(former_names=("Marian Roe",), contact=Contact(("4 Larch Lane",), "555-0101")),
    )
    assert (first.name, first.born) == (person.name, person.born)
    assert set(second.mrns) == {Mrn(elm.id, "18"), Mrn(quay.id, "Q1")}
    assert third.mrns == second.mrns
    assert people.every(vault) == (third,)
    assert (third.address, third.phone) == (("4 Larch Lane",), "555-0101")
    assert people.readdress(vault, person.id, ("5 Larch Lane",)).phone == "555-0101"


def test_a_birth_date_put_right_is_checked_anew(vault: Session) -> None:
    """A suspicion that rested on a slip of the person's goes away; and comes where it is due."""
    person = patient(vault)
    put(vault, "a.pdf", (WRONG_BORN,), person)
    assert Check.WRONG_DOB in _suspected(vault)
    people.edit(vault, person.id, Change(born=dt.date(1916, 3, 14)))
    assert Check.WRONG_DOB not in _suspected(vault)
    people.edit(vault, person.id, Change(born=dt.date(1961, 3, 14)))
    assert Check.WRONG_DOB in _suspected(vault)


def test_what_cannot_be(vault: Session) -> None:
    """A birth date to come, somebody unknown and a place without rules change nothing."""
    person, elm = patient(vault), hospital(vault)
    with pytest.raises(UsageError):
        people.edit(vault, person.id, Change(born=dt.date(2999, 1, 1)))
    with pytest.raises(UnknownId):
        people.edit(vault, "per_zzzzzzzzzzzz", Change(name="Nobody"))
    with pytest.raises(UsageError):
        providers.edit(vault, elm.id, providers.Change(jurisdiction="atlantis"))
    assert people.every(vault) == (person,)
    assert providers.every(vault) == (elm,)


def test_a_provider(vault: Session) -> None:
    """Kind and place, which decide its deadline, can be put right too."""
    elm = hospital(vault)
    change = providers.Change(kind=ProviderKind.LAB, jurisdiction="UK", department="Records")
    held = providers.edit(vault, elm.id, change)
    assert (held.kind, held.jurisdiction, held.department) == (ProviderKind.LAB, "uk", "Records")
    assert held.name == elm.name
    assert providers.find(vault, elm.id) == held
