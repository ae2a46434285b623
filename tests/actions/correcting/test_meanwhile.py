"""What is kept and said of a correction when something else goes on beside it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions import made
from tests.actions.correcting import corrected, kit
from vault.actions import corrections, evidence, flags, offices, people, records, trash
from vault.actions.correcting import binder, days, letters, preflight, steps, whose
from vault.actions.correcting.events import Told
from vault.actions.corrections import Asking
from vault.actions.flags import Wrong
from vault.actions.offices import Desk
from vault.actions.records import Belongings
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.errors import Refused, UnknownId
from vault.letters.compose import written_out
from vault.model.correction_letters import CorrectionLetterKind
from vault.model.corrections import CorrectionEvent, ItemState
from vault.model.flags import FlagState
from vault.model.requests import Channel, Detail
from vault.store import corrections as stored

_E, _I = CorrectionEvent, ItemState
TODAY = dt.date(2026, 5, 1)


def _restated(s: Session, cor: str) -> None:
    """What is stored of a correction is what its events tell."""
    held = stored.get(s.vault.read(), cor)
    now = stored.standing(held)
    assert (held.state, held.waiting_on) == (now.state, now.waiting_on)
    assert {item.flag: item.state for item in held.items} == now.items


def test_a_desk_a_correction_goes_to_stays(vault: Session) -> None:
    """It is refused with the correction's id, and the desk is still there."""
    elm = made.hospital(vault)
    record = made.put(vault, "a.pdf", ("Allergy: penicillin",), made.patient(vault), elm)
    flag = flags.add(vault, record.id, 1, "penicillin", Wrong("none"))
    desk = offices.add(vault, elm.id, Desk())
    cor = corrections.new(vault, [flag.id], Asking(office=desk.id)).correction.id
    with pytest.raises(Refused, match=cor):
        offices.remove(vault, desk.id)
    assert [held.id for held in offices.of(vault, elm.id)] == [desk.id]


def test_a_suspicion_with_evidence_waits_for_a_word(vault: Session) -> None:
    """Neither a birth date put right nor another reading takes it away, and then it is decided."""
    person = made.patient(vault)
    made.put(vault, "a.pdf", [made.WRONG_BORN], person)
    (flag,) = flags.every(vault)
    note = evidence.add_note(vault, flag.id, "My birth certificate says so.")
    people.edit(vault, person.id, people.Change(born=dt.date(1951, 3, 14)))
    (held,) = flags.every(vault)
    assert (held.id, held.state) == (flag.id, FlagState.SUSPECTED)
    assert evidence.of(vault, flag.id) == (note,)
    flags.dismiss(vault, flag.id, "it is right after all")
    assert [f.state for f in flags.every(vault)] == [FlagState.DISMISSED]


def test_what_happened_while_a_record_was_deleted_counts_for_it(vault: Session) -> None:
    """A correction opened again stands as its events tell once a deleted record is back."""
    person, elm = corrected.voss(vault), corrected.holder(vault)
    first, second = (
        made.put(vault, f"{n}.pdf", (text,), person, elm)
        for n, text in enumerate(("Allergy: penicillin", "Takes warfarin 5 mg daily"))
    )
    one = flags.add(vault, first.id, 1, "penicillin", Wrong("none")).id
    two = flags.add(vault, second.id, 1, "warfarin 5 mg", Wrong("warfarin 2 mg")).id
    cor = corrections.new(vault, [one, two]).correction.id
    corrections.sent(vault, cor, Sending(corrected.SENT, Channel.FAX, corrected.SENT))
    corrections.tell(vault, cor, Told(_E.DENIED, corrected.day(20)))
    corrections.log(vault, cor, Told(_E.CLOSED, corrected.day(30)))
    trash.delete(vault, first.id)
    corrections.log(vault, cor, Told(_E.REOPENED, corrected.day(40)))
    trash.restore(vault, first.id)
    _restated(vault, cor)
    assert flags.get(vault, one).state is flags.get(vault, two).state is FlagState.IN_CORRECTION


def test_a_correction_without_records_says_so_and_stays_closed(vault: Session) -> None:
    """With every record of its items in the trash it cannot be opened again; nothing is lost."""
    cor = corrected.asked(vault)
    corrections.log(vault, cor, Told(_E.CLOSED, corrected.day(30)))
    view = corrections.get(vault, cor, TODAY)
    record = view.flags[0].finding.record
    trash.delete(vault, record)
    bare = corrections.get(vault, cor, TODAY)
    assert "deleted" in steps.next_step(bare)
    with pytest.raises(Refused, match="deleted"):
        corrections.log(vault, cor, Told(_E.REOPENED, corrected.day(40)))
    trash.restore(vault, record)
    assert corrections.get(vault, cor, TODAY).standing == view.standing
    _restated(vault, cor)


@pytest.mark.parametrize(("ground", "said"), [("", False), ("none", True)])
def test_no_ground_is_claimed_only_where_they_named_none(
    vault: Session, ground: str, said: bool
) -> None:
    """A letter says that no ground was given where a person noted that, not where nobody did."""
    cor = corrected.asked(vault)
    corrections.tell(vault, cor, Told(_E.DENIED, corrected.day(20), detail=Detail(ground=ground)))
    made_letter = letters.compose(vault, cor, CorrectionLetterKind.DENIAL_PARTS, TODAY)
    assert ("I was given no ground" in made_letter.words) is said


def test_an_answer_for_the_rest_is_told_as_one_for_the_rest(vault: Session) -> None:
    """A complaint tells which item was denied and which accepted where the answer named none."""
    cor = corrected.asked(vault, items=2)
    first, second = (flag.id for flag in corrections.get(vault, cor, TODAY).flags)
    corrections.tell(vault, cor, Told(_E.DENIED, corrected.day(10), detail=Detail(items=(first,))))
    corrections.tell(vault, cor, Told(_E.ACCEPTED, corrected.day(20)))
    now = corrections.get(vault, cor, TODAY).standing
    assert [e.detail.items for e in now.events[-2:]] == [(first,), (second,)]
    said = letters.compose(vault, cor, CorrectionLetterKind.COMPLAINT, TODAY).words
    assert "they accepted it, item 2" in said


def test_the_time_to_complain_counts_from_the_denial_that_stands(vault: Session) -> None:
    """A later denial that was taken back, or of another item, puts the end off for nobody."""
    cor = corrected.asked(vault, "us", items=3)
    flags_ = [flag.id for flag in corrections.get(vault, cor, TODAY).flags]
    for n, flag in enumerate(flags_):
        held = Detail(items=(flag,))
        corrections.tell(vault, cor, Told(_E.DENIED, corrected.day(10 * (n + 1)), detail=held))
    taken_back = Detail(items=(flags_[2],))
    corrections.tell(vault, cor, Told(_E.ACCEPTED, corrected.day(40), detail=taken_back))
    view = corrections.get(vault, cor, TODAY)
    assert [cause.on for cause in days.causes(view, TODAY)] == [corrected.day(10)]
    said = letters.compose(vault, cor, CorrectionLetterKind.COMPLAINT, TODAY).words
    assert f"know of this on {written_out(corrected.day(10))}" in said
    letting_be = Told(_E.DISAGREEMENT, corrected.day(42), detail=Detail(items=(flags_[0],)))
    corrections.tell(vault, cor, letting_be)
    on_file = Told(_E.ATTACHED, corrected.day(44), detail=Detail(items=(flags_[0],)))
    corrections.tell(vault, cor, on_file)
    view = corrections.get(vault, cor, TODAY)
    assert [cause.on for cause in days.causes(view, TODAY)] == [corrected.day(20)]


def test_nothing_of_another_person_is_quoted(vault: Session) -> None:
    """A record, or evidence, given to somebody else since keeps a letter and a binder back."""
    held = kit.case(vault)
    cor = kit.asked(vault, [held.dose])
    other = made.patient(vault, "Ilse Brandt")
    shows = made.put(vault, "list.pdf", ["Amoxicillin 250 mg"], held.person, held.provider)
    evidence.add_place(vault, held.dose.id, shows.id, 1, "Amoxicillin 250 mg")
    records.assign(vault, shows.id, Belongings(person=other.id))
    with pytest.raises(Refused, match=f"{shows.id}, which is another"):
        letters.compose(vault, cor)
    findings = preflight.check(vault, cor, kit.TODAY)
    assert [f.what for f in findings if f.blocks and shows.id in f.hint]
    (proof,) = evidence.of(vault, held.dose.id)
    assert whose.theirs(vault.vault.read(), proof, held.person.id)  # so the binder leaves it out
    records.assign(vault, shows.id, Belongings(person=held.person.id))
    records.assign(vault, held.record.id, Belongings(person=other.id))
    for make in (letters.compose, binder.bind):
        with pytest.raises(Refused, match=f"{held.record.id}, which is another"):
            make(vault, cor)


@pytest.mark.parametrize(
    ("noun", "command"),
    [("recipient", "correction recipient list"), ("remark", "record show")],
)
def test_an_unknown_id_names_the_command_that_shows_such_ids(noun: str, command: str) -> None:
    """The hint is a command that there is."""
    assert f"chartmend {command}" in UnknownId(noun, "x").hint
