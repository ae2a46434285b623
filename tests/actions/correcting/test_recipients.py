"""Those to be told of an amendment are named, told, and followed up to their own copy."""

from __future__ import annotations

import pytest

from tests.actions.correcting.corrected import SENT, asked, day, drafted, happens, holder, voss
from tests.actions.made import patient, put
from vault.actions import corrections, dues, holders, home
from vault.actions.correcting import following, recipients, spreading
from vault.actions.correcting.events import Told
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.corrections import CorrectionEvent, RecipientState
from vault.model.dues import DueKind
from vault.model.requests import Detail, Urgency

E, R = CorrectionEvent, RecipientState


def test_named_by_words_or_as_a_provider(vault: Session) -> None:
    """A provider brings its name and address; nobody is named twice, nor the one who is asked."""
    id_ = drafted(vault, tell=("Dr. Ona Pell",))
    quay = holder(vault, name="Quay Lab")
    held = recipients.add(vault, id_, provider=quay.id)
    assert (held.name, held.provider, held.state) == ("Quay Lab", quay.id, R.TO_TELL)
    view = corrections.get(vault, id_, SENT)
    assert view.correction.tell == ("Dr. Ona Pell", "Quay Lab")
    for name, provider in (("quay lab", ""), ("", quay.id), ("", view.provider.id), (" ", "")):
        with pytest.raises(UsageError):
            recipients.add(vault, id_, name, provider=provider)
    first = view.correction.recipients[0]
    told = {"address": ("1 Larch Lane", "Austin"), "name": None}
    edited = recipients.edit(vault, first.id, told)
    assert (edited.name, edited.address) == ("Dr. Ona Pell", ("1 Larch Lane", "Austin"))
    with pytest.raises(UsageError, match="on the list already"):
        recipients.edit(vault, first.id, {"name": "Quay Lab"})


def test_off_the_list_only_before_anything_happened(vault: Session) -> None:
    """Who was named in what was sent stays, with the reason; who was named since can go."""
    id_ = drafted(vault, tell=("Dr. Pell", "Dr. Roe"))
    pell, roe = corrections.get(vault, id_, SENT).correction.recipients
    recipients.drop(vault, roe.id)
    assert corrections.get(vault, id_, SENT).correction.tell == ("Dr. Pell",)
    sent = asked(vault, tell=("Dr. Pell",))
    (named,) = corrections.get(vault, sent, SENT).correction.recipients
    with pytest.raises(Refused, match="named in what was sent"):
        recipients.drop(vault, named.id)
    kept = recipients.give_up(vault, named.id, day(3), "retired")
    assert (kept.state, kept.note) == (R.NOT_TOLD, "retired")
    with pytest.raises(UsageError, match="missing"):
        recipients.give_up(vault, pell.id, day(3), " ")


def test_told_by_them_or_by_us_is_an_event_of_the_correction(vault: Session) -> None:
    """The day and the way are kept with all else that happened; nothing before the sending."""
    early = drafted(vault, tell=("Dr. Pell",))
    (held,) = corrections.get(vault, early, SENT).correction.recipients
    with pytest.raises(Refused, match="not been sent"):
        recipients.told(vault, held.id, day(5), by_us=True)
    id_ = asked(vault, tell=("Dr. Pell", "Dr. Roe"))
    pell, roe = corrections.get(vault, id_, SENT).correction.recipients
    told = recipients.told(vault, pell.id, day(5), by_us=True)
    assert (told.state, told.on) == (R.TOLD, day(5))
    last = corrections.get(vault, id_, day(5)).correction.events[-1]
    assert (last.kind, last.detail.who, last.detail.outcome) == ("notified", "Dr. Pell", "by_us")
    said = Told(E.NOTIFIED, day(6), detail=Detail(who="dr. roe"))
    corrections.log(vault, id_, said)
    after = {r.name: r.state for r in corrections.get(vault, id_, day(6)).correction.recipients}
    assert after == {"Dr. Pell": R.TOLD, "Dr. Roe": R.TOLD}
    assert roe.state is R.TO_TELL  # as it was read before


def test_followed_up_after_thirty_days(vault: Session) -> None:
    """A told one shows in the dates and at home until a word on its copy is there."""
    id_ = asked(vault, tell=("Dr. Pell",))
    happens(vault, id_, E.ACCEPTED, 10)
    (pell,) = corrections.get(vault, id_, SENT).correction.recipients
    recipients.told(vault, pell.id, day(12), by_us=False)
    (row,) = [o for o in dues.every(vault, day(20)) if o.id == pell.id]
    assert (row.on, row.kind, row.about, row.rule) == (day(42), DueKind.FOLLOW_UP, id_, "")
    assert "no law sets this day" in row.said
    happens(vault, id_, E.COPY_RECEIVED, 30, Detail())
    happens(vault, id_, E.COMPARED, 31, Detail(outcome="fixed"))
    late = [m for m in home.matters(vault, day(50)) if m.id == id_]
    assert "Dr. Pell was told on 14 Mar 2026" in late[0].text
    recipients.copy_seen(vault, pell.id, day(51), changed=True)
    assert [o for o in dues.every(vault, day(60)) if o.about == id_] == []
    assert [m for m in home.matters(vault, day(60)) if m.id == id_] == []


def test_an_unchanged_copy_asks_for_a_letter(vault: Session) -> None:
    """Written to again; that a holder has to follow is said of one under HIPAA alone."""
    id_ = asked(vault)
    happens(vault, id_, E.ACCEPTED, 10)
    here, there = holder(vault, "us-tn"), holder(vault, "uk")
    for provider in (here, there):
        held = recipients.add(vault, id_, provider=provider.id)
        recipients.told(vault, held.id, day(12), by_us=False)
        recipients.copy_seen(vault, held.id, day(50), changed=False)
    first, second = following.every(vault, id_, day(60))
    assert "write to" in first.said
    assert (first.cite, first.confidence) == ("45 CFR 164.526(e)", "med")
    assert "write to" in second.said
    assert second.cite == ""
    again = recipients.told(vault, first.recipient.id, day(61), by_us=True)
    assert (again.state, again.on) == (R.TOLD, day(61))
    assert recipients.give_up(vault, again.id, day(99), "they closed").state is R.GIVEN_UP


def test_a_late_word_of_telling_takes_no_copy_back(vault: Session) -> None:
    """A copy that was seen to be right stays so when an earlier telling is noted after it."""
    id_ = asked(vault, tell=("Dr. Pell", "Dr. Roe"))
    pell, roe = corrections.get(vault, id_, SENT).correction.recipients
    recipients.copy_seen(vault, pell.id, day(30), changed=True)
    recipients.copy_seen(vault, roe.id, day(30), changed=False)
    assert recipients.told(vault, pell.id, day(40), by_us=False).state is R.CHANGED
    assert recipients.told(vault, roe.id, day(20), by_us=False).state is R.UNCHANGED


def test_a_copy_is_the_patients_and_theirs(vault: Session) -> None:
    """A record of another person, or from another provider, shows nothing; nor does the future."""
    id_ = asked(vault)
    quay = holder(vault, name="Quay Lab")
    held = recipients.add(vault, id_, provider=quay.id)
    other = put(vault, "b.pdf", ("x",), patient(vault, "Tobias Voss"), quay)
    elsewhere = put(vault, "c.pdf", ("x",), voss(vault), holder(vault))
    for record in (other, elsewhere):
        with pytest.raises(UsageError):
            recipients.copy_seen(vault, held.id, day(9), changed=True, record=record.id)
    with pytest.raises(UsageError, match="ahead"):
        recipients.copy_seen(vault, held.id, day(9999), changed=True)
    right = put(vault, "d.pdf", ("x",), voss(vault), quay)
    seen = recipients.copy_seen(vault, held.id, day(9), changed=True, record=right.id)
    assert (seen.record, seen.state) == (right.id, R.CHANGED)
    noted = corrections.get(vault, id_, day(9)).correction.events[-1]
    assert (noted.kind, noted.detail.record) == ("note", right.id)


def test_who_else_holds_the_statement_is_suggested(vault: Session) -> None:
    """A provider whose record says the same; not the one asked, and not once it is on the list."""
    id_ = asked(vault)
    quay = holder(vault, name="Quay Lab")
    same = put(vault, "e.pdf", ("Seen today.\nAllergy: penicillin",), voss(vault), quay)
    put(vault, "f.pdf", ("Allergy: latex",), voss(vault), holder(vault))
    (found,) = spreading.suggest(vault, id_)
    assert (found.provider.id, found.records) == (quay.id, (same.id,))
    assert found.why.startswith("a record of theirs says the same")
    recipients.add(vault, id_, provider=quay.id)
    assert spreading.suggest(vault, id_) == ()


def test_a_provider_that_is_merged_or_deleted_stays_named(vault: Session) -> None:
    """Merged, the recipient names the other one; deleted, its name and address stay."""
    id_ = asked(vault)
    one, two, three = (holder(vault, name=n) for n in ("Quay Lab", "Quay Laboratory", "Old Ward"))
    held = recipients.add(vault, id_, provider=one.id)
    gone = recipients.add(vault, id_, provider=three.id)
    holders.merge(vault, one.id, two.id)
    holders.delete(vault, three.id)
    by_id = {r.id: r for r in corrections.get(vault, id_, SENT).correction.recipients}
    assert by_id[held.id].provider == two.id
    assert (by_id[gone.id].name, by_id[gone.id].provider) == ("Old Ward", "")


def test_before_they_agreed_nobody_is_asked_after(vault: Session) -> None:
    """Who is still to be told counts from the day they agreed; a withdrawn correction asks none."""
    id_ = asked(vault, tell=("Dr. Pell",))
    assert [o.kind for o in dues.every(vault, day(5))] == [DueKind.ANSWER]
    happens(vault, id_, E.ACCEPTED, 10)
    (row,) = [o for o in dues.every(vault, day(11)) if o.about == id_]
    assert (row.on, row.urgency) == (day(40), Urgency.OK)
    corrections.log(vault, id_, Told(E.WITHDRAWN, day(12)))
    assert dues.every(vault, day(13)) == ()
