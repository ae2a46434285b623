"""What goes wrong around a correction: each a clear sentence, and nothing is lost."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.correcting.kit import DOSE, NOTE, TODAY, asked, case, sql
from tests.actions.made import hospital, patient, put, result
from vault import dates
from vault.actions import corrections, flags, holders, offices
from vault.actions.correcting import preflight, terms
from vault.actions.correcting.events import Told
from vault.actions.correcting.terms import Change
from vault.actions.flags import Wrong
from vault.actions.imports import keep
from vault.actions.offices import Desk
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.corrections import CorrectionEvent
from vault.model.offices import OfficeRole
from vault.model.requests import Channel, Detail
from vault.store import pages


def test_a_flag_on_a_page_that_was_read_again(vault: Session) -> None:
    """The flag keeps its words; where the page says otherwise now, that is pointed out."""
    held = case(vault)
    id_ = asked(vault, [held.dose])
    with vault.vault.write("test") as db:
        pages.make_pending(db, held.record.id, 1)
        pages.keep(db, held.record.id, result(1, NOTE.replace("500", "5OO")), dates.now())
    found = [f.what for f in preflight.check(vault, id_, TODAY) if not f.ok]
    assert f"{held.dose.id}: the words stand on the page" in found
    assert corrections.get(vault, id_, TODAY).flags[0].finding.quote == DOSE
    with vault.vault.write("test") as db:
        pages.make_pending(db, held.record.id, 1)
        pages.keep(db, held.record.id, result(1, NOTE), dates.now())
    found = [f.what for f in preflight.check(vault, id_, TODAY) if not f.ok]
    assert f"{held.dose.id}: the words stand on the page" not in found


def test_a_record_that_is_read_again_keeps_its_corrections(vault: Session) -> None:
    """Checks that run anew take back suspicions alone, never what a person confirmed."""
    held = case(vault)
    id_ = asked(vault, [held.dose])
    keep.keep(vault, [keep.Read(held.record, result(1, NOTE))])
    view = corrections.get(vault, id_, TODAY)
    assert [flag.id for flag in view.flags] == [held.dose.id]


def test_two_providers_with_corrections_become_one(vault: Session) -> None:
    """Both corrections stay, open as they were; whoever is told or made an entry follows."""
    held, quay = case(vault), hospital(vault, "Quay Lab")
    desk = offices.add(vault, quay.id, Desk(OfficeRole.PRIVACY, "Privacy")).id
    other = put(vault, "lab.pdf", ["Glucose 500"], held.person, quay)
    glucose = flags.add(vault, other.id, 1, "Glucose 500", Wrong("Glucose 50"))
    mine = asked(vault, [held.dose], "Quay Lab")
    theirs = asked(vault, [glucose])
    terms.edit(vault, theirs, Change(office=desk))
    corrections.sent(vault, theirs, Sending(TODAY, Channel.MAIL))
    sql(vault, "UPDATE recipient SET provider = ?", quay.id)
    sql(vault, "UPDATE flag SET originator = ? WHERE id = ?", quay.id, held.dose.id)
    holders.merge(vault, quay.id, held.provider.id)
    views = [corrections.get(vault, id_, TODAY) for id_ in (mine, theirs)]
    assert {view.provider.id for view in views} == {held.provider.id}
    assert [view.correction.state.value for view in views] == ["draft", "sent"]
    assert views[0].correction.recipients[0].provider == held.provider.id
    assert views[0].flags[0].originator == held.provider.id
    assert views[1].correction.office == desk
    assert vault.vault.verify(full=True) == ()


def test_a_provider_with_a_correction_is_not_deleted(vault: Session) -> None:
    """The sentence names the correction; one that is only to be told can go, its name stays."""
    held, quay = case(vault), hospital(vault, "Quay Lab")
    id_ = asked(vault, [held.dose], "Quay Lab")
    with pytest.raises(Refused) as caught:
        holders.delete(vault, held.provider.id)
    assert id_ in caught.value.sentence
    sql(vault, "UPDATE recipient SET provider = ?", quay.id)
    sql(vault, "UPDATE flag SET originator = ? WHERE id = ?", quay.id, held.dose.id)
    holders.delete(vault, quay.id)
    view = corrections.get(vault, id_, TODAY)
    (told,) = view.correction.recipients
    assert (told.name, told.provider, view.flags[0].originator) == ("Quay Lab", "", "")
    assert vault.vault.verify(full=True) == ()


def test_an_answer_before_the_sending(vault: Session) -> None:
    """Neither to one that lies here, nor on a day before it was sent."""
    held = case(vault)
    id_ = asked(vault, [held.dose])
    accepted = Told(CorrectionEvent.ACCEPTED, TODAY)
    with pytest.raises(Refused, match="has not been sent yet"):
        corrections.tell(vault, id_, accepted)
    corrections.sent(vault, id_, Sending(TODAY, Channel.PORTAL))
    early = TODAY - dt.timedelta(days=1)
    with pytest.raises(UsageError, match=f"the correction was sent on {TODAY}"):
        corrections.tell(vault, id_, Told(CorrectionEvent.DENIED, early))
    events = corrections.get(vault, id_, TODAY).correction.events
    assert [event.kind for event in events] == ["drafted", "sent"]


def test_a_quote_that_is_not_on_the_page(vault: Session) -> None:
    """It is kept as typed, and looked for again before it is sent."""
    held = case(vault)
    flag = flags.add(vault, held.record.id, 1, "Ibuprofen", Wrong("nothing of the kind"))
    assert (flag.finding.quote, flag.finding.box) == ("Ibuprofen", None)
    id_ = asked(vault, [flag])
    found = {f.what: f for f in preflight.check(vault, id_, TODAY)}
    stands = found[f"{flag.id}: the words stand on the page"]
    assert not stands.blocks  # the page may say it and have been read otherwise
    assert "not found on the page" in stands.hint


def test_a_correction_over_two_patients(vault: Session) -> None:
    """Refused when it is begun, and in the way of one whose record is another's since."""
    held = case(vault)
    tobias = patient(vault, "Tobias Voss")
    theirs = put(vault, "a.pdf", ["Entry"], tobias, held.provider)
    flag = flags.add(vault, theirs.id, 1, "Entry", Wrong("another"))
    with pytest.raises(UsageError, match="several people"):
        asked(vault, [held.dose, flag])
    assert corrections.every(vault, TODAY) == ()
    id_ = asked(vault, [held.dose])
    sql(vault, "UPDATE record SET person = ? WHERE id = ?", tobias.id, held.record.id)
    with pytest.raises(Refused, match="it is about Marian Voss") as caught:
        preflight.ready(vault, id_, TODAY)
    assert caught.value.hint.endswith(f"correction edit {id_} --drop {held.dose.id}")


def test_an_answer_about_an_item_it_lacks(vault: Session) -> None:
    """The items are listed by the command that is named; nothing is noted."""
    held = case(vault)
    id_ = asked(vault, [held.dose])
    corrections.sent(vault, id_, Sending(TODAY, Channel.PORTAL))
    told = Told(CorrectionEvent.DENIED, TODAY, detail=Detail(items=(held.knee.id,)))
    with pytest.raises(UsageError, match="has no item"):
        corrections.tell(vault, id_, told)
    assert len(corrections.get(vault, id_, TODAY).correction.events) == 2
