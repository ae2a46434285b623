"""Providers with their numbers, other names, closing and desks."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.made import hospital, patient
from vault import dates
from vault.actions import offices, providers, requests
from vault.actions.offices import Desk
from vault.actions.people import Contact
from vault.actions.providers import Change, Extra
from vault.actions.requests import Wanted
from vault.actions.session import Session
from vault.errors import NotFound, Refused, UsageError
from vault.model.offices import OfficeRole
from vault.model.providers import ProviderKind

NPI = "1555000011"
CLOSED = dt.date(2020, 1, 2)


def test_what_is_told_is_kept(vault: Session) -> None:
    """Number, other names each once, closing and successor come back as they were told."""
    keeper = hospital(vault, "Custodian")
    names = ("Old Mill", "Old Mill", " ", "Elm")
    extra = Extra(NPI, names, CLOSED, keeper.id[:9])
    made = providers.add(vault, "Elm", kind=ProviderKind.CLINIC, extra=extra)
    held = providers.find(vault, made.id)
    assert (held.npi, held.other_names) == (NPI, ("Old Mill",))
    assert (held.closed_on, held.successor) == (CLOSED, keeper.id)
    again = providers.edit(vault, held.id, Change(extra=Extra(reopened=True)))
    assert (again.closed_on, again.successor, again.npi) == (None, None, NPI)


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (Extra(npi="1555000012"), "check digit"),
        (Extra(closed_on=dates.today() + dt.timedelta(days=2)), "lies ahead"),
        (Extra(other_names=tuple(f"name {n}" for n in range(60))), "at most 50"),
    ],
)
def test_what_cannot_be_is_refused(vault: Session, extra: Extra, said: str) -> None:
    """A sentence, and nothing is added."""
    with pytest.raises(UsageError, match=said):
        providers.add(vault, "Elm", extra=extra)
    assert providers.every(vault) == ()


def test_one_number_is_one_provider(vault: Session) -> None:
    """A second one with the same NPI is refused and names the first; no one succeeds itself."""
    first = providers.add(vault, "Elm", extra=Extra(npi=NPI))
    with pytest.raises(Refused, match=first.id):
        providers.add(vault, "Elm again", extra=Extra(npi=NPI))
    with pytest.raises(UsageError, match="own successor"):
        providers.edit(vault, first.id, Change(extra=Extra(successor=first.id)))
    assert providers.edit(vault, first.id, Change(extra=Extra(npi=NPI))).npi == NPI


def test_a_whole_change_empties_what_is_empty(vault: Session) -> None:
    """A form that shows everything can take things out; an edit by words leaves them."""
    held = providers.add(
        vault, "Elm", contact=Contact(("1 Elm",), "555-0100"), extra=Extra(NPI, ("Old",))
    )
    part = providers.edit(vault, held.id, Change(name="Elm Health"))
    assert (part.phone, part.npi, part.other_names) == ("555-0100", NPI, ("Old",))
    whole = providers.edit(vault, held.id, Change(name="Elm", whole=True))
    assert (whole.phone, whole.address, whole.npi, whole.other_names) == ("", (), "", ())


def test_a_name_of_before_finds_it(vault: Session) -> None:
    """By a part of any of its names, accents or not, and by a likeness; the likest comes first."""
    elm = providers.add(vault, "Elm Health", extra=Extra(other_names=("Clínica del Olmo",)))
    oak = providers.add(vault, "Oak Lab", extra=Extra(other_names=("Elm Laboratories Inc",)))
    assert [p.id for p in providers.matching(vault, "clinica del")] == [elm.id]
    assert [p.id for p in providers.matching(vault, "Elm Labs")] == [oak.id]
    assert {p.id for p in providers.matching(vault, "elm")} == {elm.id, oak.id}
    assert providers.matching(vault, "zzz") == ()
    assert len(providers.matching(vault, " ")) == 2


def test_desks_and_vendors(vault: Session) -> None:
    """A vendor needs a name; a change leaves what it does not name; a desk can be taken out."""
    held = hospital(vault)
    with pytest.raises(UsageError, match="vendor needs a name"):
        offices.add(vault, held.id, Desk(OfficeRole.VENDOR))
    desk = offices.add(vault, held.id, Desk(OfficeRole.IMAGING, reach=Contact(fax="555-0101")))
    vendor = offices.edit(vault, desk.id, Desk(OfficeRole.VENDOR, "CopyFast"))
    assert (vendor.fax, vendor.name) == ("555-0101", "CopyFast")
    emptied = offices.edit(vault, desk.id, Desk(name="CopyFast", whole=True))
    assert (emptied.fax, emptied.role) == ("", OfficeRole.VENDOR)
    offices.remove(vault, desk.id)
    assert offices.of(vault, held.id) == ()
    with pytest.raises(NotFound):
        offices.edit(vault, desk.id, Desk(name="x"))


def test_a_desk_a_request_goes_to_stays(vault: Session) -> None:
    """The sentence names the request."""
    held, person = hospital(vault), patient(vault)
    desk = offices.add(vault, held.id, Desk())
    made = requests.new(vault, held.id, person.id, Wanted())
    with vault.vault.write("test.office") as db:
        db.execute("UPDATE request SET office = ?", (desk.id,))
    with pytest.raises(Refused, match=made.request.id):
        offices.remove(vault, desk.id)
