"""A fresh copy after an amendment: what it shows is suggested, and said by a person."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.made import hospital, patient, put
from vault.actions import corrections, flags, home
from vault.actions.correcting import verifying
from vault.actions.correcting.events import Told
from vault.actions.corrections import CorrectionView
from vault.actions.flags import Wrong
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.corrections import CorrectionEvent, CorrectionState, ItemState
from vault.model.flags import FlagState
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.requests import Channel, Detail
from vault.store import records

SENT, TODAY = dt.date(2026, 3, 2), dt.date(2026, 11, 23)
NOTE = """Office Visit of 03/02/2024
Complaint: pain in the left knee since the fall in May
Medication: Metformin 500 mg twice daily with meals
Plan: physical therapy, return in six weeks"""
FIXED = NOTE.replace("500", "850")
ADDED = f"{NOTE}\nAddendum 06/09/2026: the dose of Metformin was corrected to 850 mg"


def _asked(s: Session) -> tuple[CorrectionView, Person, Provider]:
    """Two items of one note, sent: a dose, and a side."""
    who, where = patient(s), hospital(s)
    record = put(s, "old.pdf", (NOTE,), who, where)
    chosen = [
        flags.add(s, record.id, 1, "Metformin 500 mg", Wrong("Metformin 850 mg")).id,
        flags.add(s, record.id, 1, "left knee", Wrong("right knee")).id,
    ]
    view = corrections.new(s, chosen)
    corrections.sent(s, view.correction.id, Sending(SENT, Channel.FAX, SENT))
    return view, who, where


def _answered(s: Session, cor: str, kind: CorrectionEvent, items: tuple[str, ...] = ()) -> None:
    corrections.tell(s, cor, Told(kind, SENT, detail=Detail(items=items)))


def test_a_copy_suggests_and_a_person_confirms(vault: Session) -> None:
    """Fixed and unchanged are told apart with their places; only the person's word moves items."""
    view, who, where = _asked(vault)
    cor, (dose, side) = view.correction.id, [f.id for f in view.flags]
    _answered(vault, cor, CorrectionEvent.ACCEPTED)
    copy = put(vault, "new.pdf", ("A cover sheet", FIXED), who, where)
    came = verifying.came(vault, cor, copy.id, TODAY)
    assert came.standing.copies == (copy.id,)
    assert came.correction.state is CorrectionState.VERIFYING
    found = {one.flag: one for one in verifying.suggest(vault, cor)}
    assert (found[dose].outcome, found[dose].page) == (ItemState.FIXED, 2)
    assert found[dose].quote == "Metformin 850 mg"
    assert (found[side].outcome, found[side].quote) == (ItemState.UNCHANGED, "left knee")
    assert {i.state for i in corrections.get(vault, cor, TODAY).correction.items} == {
        ItemState.ACCEPTED
    }
    verifying.confirm(vault, cor, dose, ItemState.FIXED, "", TODAY)
    done = verifying.confirm(vault, cor, side, ItemState.UNCHANGED, copy.id, TODAY)
    assert done.standing.items == {dose: ItemState.FIXED, side: ItemState.UNCHANGED}
    assert flags.get(vault, dose).state is FlagState.RESOLVED
    assert flags.get(vault, side).state is FlagState.IN_CORRECTION
    assert done.standing.open


def test_an_addendum_is_suggested_as_appended(vault: Session) -> None:
    """The old words still stand; the addendum is cited, and so are they."""
    view, who, where = _asked(vault)
    _answered(vault, view.correction.id, CorrectionEvent.ACCEPTED)
    copy = put(vault, "new.pdf", (ADDED,), who, where)
    found = verifying.suggest(vault, view.correction.id, copy.id)
    assert [one.outcome for one in found] == [ItemState.APPENDED, ItemState.UNCHANGED]
    assert found[0].quote.startswith("Addendum")
    assert found[0].old is not None


def test_a_disputed_item_ends_with_its_statement_on_file(vault: Session) -> None:
    """Where they denied it, an addition may be one's own statement, and a fix is their answer."""
    view, who, where = _asked(vault)
    cor, dose = view.correction.id, view.flags[0].id
    _answered(vault, cor, CorrectionEvent.DENIED)
    denied = verifying.suggest(vault, cor, put(vault, "b.pdf", (ADDED,), who, where).id)
    assert {one.outcome for one in denied} == {None}
    _answered(vault, cor, CorrectionEvent.DISAGREEMENT)
    copy = put(vault, "c.pdf", (ADDED + " ",), who, where)
    found = verifying.suggest(vault, cor, copy.id)[0]
    assert found.outcome is ItemState.DISAGREEMENT_ON_FILE
    fixed = verifying.suggest(vault, cor, put(vault, "d.pdf", (FIXED,), who, where).id)[0]
    assert fixed.outcome is None
    assert "accepted it after all" in fixed.why
    done = verifying.confirm(vault, cor, dose, ItemState.DISAGREEMENT_ON_FILE, copy.id, TODAY)
    assert done.standing.items[dose] is ItemState.DISAGREEMENT_ON_FILE


def test_what_cannot_be_a_copy_is_refused(vault: Session) -> None:
    """Another person's record, one still being read, the one the mistake is in, and no copy."""
    view, who, where = _asked(vault)
    cor = view.correction.id
    _answered(vault, cor, CorrectionEvent.ACCEPTED)
    with pytest.raises(UsageError, match="no fresh copy"):
        verifying.suggest(vault, cor)
    tobias = put(vault, "t.pdf", (FIXED,), patient(vault, "Tobias Voss"), where)
    nobody = put(vault, "n.pdf", (FIXED,), None, where)
    for record in (tobias, nobody):
        with pytest.raises(Refused):
            verifying.came(vault, cor, record.id, TODAY)
    with pytest.raises(UsageError, match="mistakes were found in"):
        verifying.came(vault, cor, view.flags[0].finding.record, TODAY)
    reading = put(vault, "r.pdf", (FIXED,), who, where)
    with vault.vault.write("test") as db:
        records.reopen(db, reading.id, "eng", "auto")
    with pytest.raises(Refused, match="still being read"):
        verifying.came(vault, cor, reading.id, TODAY)
    with pytest.raises(UsageError, match="cannot show"):
        verifying.confirm(vault, cor, view.flags[0].id, ItemState.WITHDRAWN, "", TODAY)
    assert corrections.get(vault, cor, TODAY).standing.copies == ()


def test_a_record_that_may_be_the_copy_is_pointed_out(vault: Session) -> None:
    """Of the same person and provider, taken in after the sending; never once it is named."""
    view, who, where = _asked(vault)
    cor = view.correction.id
    assert verifying.waiting(vault) == ()
    _answered(vault, cor, CorrectionEvent.ACCEPTED)
    assert verifying.waiting(vault) == ()
    put(vault, "q.pdf", (FIXED,), who, hospital(vault, "Quay Lab"))
    copy = put(vault, "new.pdf", (FIXED,), who, where)
    (one,) = verifying.waiting(vault)
    assert (one.correction, one.record.id) == (cor, copy.id)
    assert verifying.waiting(vault, copy.id) == (one,)
    assert any("fresh copy" in m.text for m in home.matters(vault, TODAY))
    verifying.came(vault, cor, copy.id, TODAY)
    assert verifying.waiting(vault) == ()
    verifying.came(vault, cor, copy.id, TODAY)
    events = [e.kind for e in corrections.get(vault, cor, TODAY).correction.events]
    assert events.count(CorrectionEvent.COPY_RECEIVED) == 1


def test_a_birth_date_is_known_again_on_another_letterhead(vault: Session) -> None:
    """A bare date with other words around it: what the copy says it is counts, with its place."""
    who, where = patient(vault), hospital(vault)
    old = put(vault, "old.pdf", ("Clinic letter\nName Marian Voss\nDOB: 03/14/1951",), who, where)
    flag = flags.add(vault, old.id, 1, "03/14/1951", Wrong("03/14/1961"))
    cor = corrections.new(vault, [flag.id]).correction.id
    corrections.sent(vault, cor, Sending(SENT, Channel.FAX, SENT))
    _answered(vault, cor, CorrectionEvent.ACCEPTED)
    heading = "Patient Summary\nMarian Voss, Born: 03/14/1961\nVisit of 05/05/2024"
    copy = put(vault, "new.pdf", (heading,), who, where)
    (found,) = verifying.suggest(vault, cor, copy.id)
    assert (found.outcome, found.page, found.quote) == (ItemState.FIXED, 1, "03/14/1961")
    both = put(vault, "both.pdf", (heading, "Cover\nMarian Voss\nDOB: 03/14/1951"), who, where)
    (still,) = verifying.suggest(vault, cor, both.id)
    assert still.outcome is not ItemState.FIXED
