"""Who first made an entry: said by a person, suggested by what the page names."""

from __future__ import annotations

import pytest

from tests.actions.made import hospital, patient, put
from vault.actions import corrections, discovery, flags, holders, originators
from vault.actions.flags import NOBODY, Wrong
from vault.actions.session import Session
from vault.errors import UnknownId, UsageError
from vault.model.flags import FlagState, Kind, OmissionKind

REPORT = "Elm Street Hospital\nPatient: Marian Voss\nPerforming lab: Quay Lab Inc.\nPotassium 9.9"


def test_another_provider_whom_the_page_names_is_suggested(vault: Session) -> None:
    """One the vault knows; never whoever the record came from, nor anybody unknown."""
    elm, quay = hospital(vault), hospital(vault, "Quay Lab")
    record = put(vault, "a.pdf", (REPORT, "Elm Street Hospital"), patient(vault), elm)
    flag = flags.add(vault, record.id, 1, "9.9", Wrong("4.9"))
    found = originators.suggest(vault, flag.id[:9])
    assert found is not None
    assert (found.provider.id, found.name) == (quay.id, "Quay Lab Inc")
    assert "Quay Lab Inc" in found.why
    assert originators.on_page(vault, record.id, 2) is None
    assert originators.on_page(vault, record.id, None) is None
    theirs = put(vault, "b.pdf", (REPORT.replace("Elm Street", "Oak"),), None, quay)
    assert originators.on_page(vault, theirs.id, 1) is None


def test_what_was_decided_of_a_name_counts(vault: Session) -> None:
    """A name that is somebody else's other name leads to them; an ignored one to nobody."""
    hospital(vault)
    quay = hospital(vault, "Quay Lab")
    record = put(vault, "a.pdf", (REPORT.replace("Quay Lab Inc.", "QL Services"),))
    assert originators.on_page(vault, record.id, 1) is not None  # the letterhead
    discovery.same(vault, "QL Services", quay.id)
    discovery.ignore(vault, "Elm Street Hospital")
    found = originators.on_page(vault, record.id, 1)
    assert found is not None
    assert found.provider.id == quay.id


def test_a_person_says_who_made_the_entry(vault: Session) -> None:
    """When flagging or confirming; they are asked then, and it can be taken back."""
    elm, quay = hospital(vault), hospital(vault, "Quay Lab")
    record = put(vault, "a.pdf", (REPORT,), patient(vault), elm)
    with pytest.raises(UsageError, match="came from"):
        flags.add(vault, record.id, 1, "9.9", Wrong("4.9", originator=elm.id))
    with pytest.raises(UnknownId):
        flags.add(vault, record.id, 1, "9.9", Wrong("4.9", originator="prov_zzzzzzzzzzzz"))
    flag = flags.add(vault, record.id, 1, "9.9", Wrong("4.9", originator=quay.id[:9]))
    assert flags.get(vault, flag.id).originator == quay.id
    assert flags.confirm(vault, flag.id, Wrong("4.8")).originator == quay.id
    assert flags.confirm(vault, flag.id, Wrong("4.8", originator=NOBODY)).originator == ""
    flags.confirm(vault, flag.id, Wrong("4.8", originator=quay.id))
    assert corrections.new(vault, [flag.id]).provider.id == quay.id


def test_an_originator_is_followed_when_merged_and_forgotten_when_deleted(vault: Session) -> None:
    """A provider that goes leaves no flag that names nobody."""
    quay, dock = hospital(vault, "Quay Lab"), hospital(vault, "Dock Lab")
    record = put(vault, "a.pdf", (REPORT,), patient(vault), hospital(vault))
    flag = flags.add(vault, record.id, 1, "9.9", Wrong("4.9", originator=quay.id)).id
    holders.merge(vault, quay.id, dock.id)
    assert flags.get(vault, flag).originator == dock.id
    holders.delete(vault, dock.id)
    assert flags.get(vault, flag).originator == ""


def test_what_was_left_out_is_flagged_with_its_sort(vault: Session) -> None:
    """Kind missing, what it is in the reason; never charted unless something else is said."""
    record = put(vault, "a.pdf", ("Allergies", "Plan"), patient(vault))
    wrong = Wrong("Penicillin: rash", "I told the nurse.")
    flag = flags.omit(vault, record.id, 1, "the penicillin allergy", wrong)
    finding = flag.finding
    assert (flag.state, finding.kind, finding.page) == (FlagState.CONFIRMED, Kind.MISSING, 1)
    assert finding.reason == "Left out: the penicillin allergy. I told the nurse."
    assert (flag.omission, flag.missing) == (OmissionKind.NEVER_CHARTED,) * 2
    lost = Wrong("page 3 of 4", omission=OmissionKind.COPYING_DEFECT)
    other = flags.omit(vault, record.id, None, "Page 3.", lost)
    assert flags.get(vault, other.id) == other
    assert (other.missing, other.finding.reason) == (
        OmissionKind.COPYING_DEFECT,
        "Left out: Page 3.",
    )
    with pytest.raises(UsageError):
        flags.omit(vault, record.id, 1, "  ", wrong)
