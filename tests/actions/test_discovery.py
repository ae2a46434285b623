"""Who is named in held records and was never asked; only a person says who a name is."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.made import hospital, patient, put
from vault.actions import discovery, holders, provider_view, providers, requests
from vault.actions.discovery import Named
from vault.actions.requests import Sending, Wanted
from vault.actions.session import Session
from vault.errors import NotFound, UsageError
from vault.model.providers import ProviderKind
from vault.model.requests import Channel
from vault.review.holders import Match

VISIT = "Elm Street Hospital\nDate of service: 03/04/2020\nLab: Quay Laboratories Inc."
LATER = "Elm Street Hospital\nDate of service: 05/06/2022\nLab: QUAY LABS\nPharmacy: Corner Drug"


def _by_name(s: Session) -> dict[str, Named]:
    return {held.name: held for held in discovery.every(s)}


def test_names_are_gathered_over_records_and_years(vault: Session) -> None:
    """One name in its spellings is one; the years are those of service; the most named is first."""
    put(vault, "a.pdf", [VISIT], patient(vault))
    put(vault, "b.pdf", [LATER], patient(vault))
    found = discovery.every(vault)
    assert all(held.never_asked for held in found)
    by_key = {held.key: held for held in found}
    lab = by_key["quay lab"]
    assert set(lab.spellings) == {"Quay Laboratories Inc", "QUAY LABS"}
    assert (lab.kind, [y.year for y in lab.years]) == (ProviderKind.LAB, [2022, 2020])
    assert len(by_key["corner drug"].records) == 1
    assert found[-1].key == "corner drug"


def test_asked_and_received_are_told_by_year(vault: Session) -> None:
    """A request that was sent covers the years it asks for; records that came count in theirs."""
    elm, person = hospital(vault), patient(vault)
    put(vault, "a.pdf", [VISIT], person, elm)
    put(vault, "b.pdf", [LATER], person)
    wanted = Wanted(from_date=dt.date(2021, 1, 1))
    asked = requests.new(vault, elm.id, person.id, wanted).request.id
    assert not _by_name(vault)["Elm Street Hospital"].asked  # a draft asks nobody
    requests.sent(vault, asked, Sending(dt.date(2026, 3, 2), Channel.FAX))
    held = _by_name(vault)["Elm Street Hospital"]
    assert (held.asked, held.received, held.match, held.decided) == (True, True, Match.SAME, False)
    told = [(y.year, y.asked, y.received) for y in held.years]
    assert told == [(2022, True, False), (2020, False, True)]
    view = provider_view.get(vault, elm.id, dt.date(2026, 3, 2))
    assert view.coverage == held.years


def test_a_likeness_is_only_a_suggestion(vault: Session) -> None:
    """A provider with a like name is named, and nothing of it is counted."""
    near = providers.add(vault, "Elm Street Clinic")
    put(vault, "a.pdf", [VISIT], patient(vault), near)
    held = _by_name(vault)["Elm Street Hospital"]
    assert held.provider == near
    assert (held.match, held.received, held.never_asked) == (Match.ALIKE, False, True)


def test_a_person_decides(vault: Session) -> None:
    """Added, the same as one, nobody to ask; taken back it is as before."""
    put(vault, "a.pdf", [LATER], patient(vault))
    made = discovery.add_named(vault, "quay labs")
    assert (made.name, made.kind) == ("QUAY LABS", ProviderKind.LAB)
    assert _by_name(vault)["QUAY LABS"].decided
    with pytest.raises(UsageError, match=made.id):
        discovery.add_named(vault, "QUAY LABS")
    elm = hospital(vault, "Elm Health")
    same = discovery.same(vault, "Elm Street Hospital", elm.id)
    assert (same.decided, same.match) == (True, Match.SAME)
    assert providers.find(vault, elm.id).other_names == ("Elm Street Hospital",)
    ignored = discovery.ignore(vault, "Corner Drug")
    assert (ignored.ignored, ignored.never_asked, ignored.decided) == (True, False, True)
    assert discovery.every(vault)[-1].name == "Corner Drug"
    back = discovery.undecide(vault, "Corner Drug")
    assert (back.ignored, back.decided) == (False, False)
    with pytest.raises(UsageError, match="nothing was decided"):
        discovery.undecide(vault, "Corner Drug")
    with pytest.raises(NotFound):
        discovery.ignore(vault, "Nobody At All")


def test_a_decision_follows_a_merge_and_goes_with_a_deletion(vault: Session) -> None:
    """A name never points to a provider that is no more."""
    put(vault, "a.pdf", [VISIT], patient(vault))
    made = discovery.add_named(vault, "Elm Street Hospital")
    kept = hospital(vault, "Oak Health")
    holders.merge(vault, made.id, kept.id)
    found = _by_name(vault)["Elm Street Hospital"].provider
    assert found is not None
    assert found.id == kept.id
    holders.delete(vault, kept.id)
    held = _by_name(vault)["Elm Street Hospital"]
    assert (held.provider, held.decided) == (None, False)
