"""Where else the same is said: found in the same words or as the same fact, and in no other."""

from __future__ import annotations

import pytest

from tests.actions.made import WRONG_BORN, hospital, patient, put
from vault.actions import flags, repeats
from vault.actions.flags import Wrong
from vault.actions.session import Session
from vault.errors import NotFound, Refused
from vault.model.flags import Check, Flag, FlagState, Kind, Related, Severity, Subject
from vault.model.records import Record

STORY = "She missed both visits in June 2019 and was not polite to the staff at the desk."


def _flag(s: Session, record: Record, quote: str, should: str = "remove this") -> Flag:
    wrong = Wrong(should, "It never happened.", Kind.NEVER_HAPPENED, severity=Severity.HARM_NOW)
    return flags.add(s, record.id, 1, quote, wrong)


def _places(s: Session, flag: Flag) -> list[tuple[str, int, bool]]:
    return [(r.record, r.page, r.same) for r in repeats.of(s, flag.id)]


def test_the_same_words_are_found_in_records_of_every_holder(vault: Session) -> None:
    """Whatever their case, breaks and slips of reading; told by holder, with words and place."""
    person = patient(vault)
    elm, quay = hospital(vault), hospital(vault, "Quay Clinic")
    first = put(vault, "a.pdf", (STORY,), person, elm)
    broken = STORY.replace("and was", "and\nwas").upper()
    second = put(vault, "b.pdf", ("Nothing", broken), person, quay)
    misread = put(vault, "c.pdf", (STORY.replace("staff", "stoff"),), person)
    flag = _flag(vault, first, STORY)
    found = repeats.of(vault, flag.id[:9])
    assert [(r.record, r.page) for r in found] == [(second.id, 2), (misread.id, 1)]
    held = next(r for r in found if r.record == second.id)
    assert (held.holder, held.provider, held.title) == ("Quay Clinic", quay.id, "b.pdf")
    assert (held.same, held.why, held.flag) == (True, "the same words", "")
    assert held.quote == broken.replace("\n", " ")
    assert held.box is not None
    assert [name for name, _ in repeats.holders(found)] == ["Quay Clinic", ""]


def test_other_figures_and_denials_are_other_statements(vault: Session) -> None:
    """A year, a dose or a `no` that differs makes it another statement, however alike."""
    person = patient(vault)
    first = put(vault, "a.pdf", (f"{STORY}\nHer garden tea: 5 mg a day",), person)
    put(vault, "b.pdf", (STORY.replace("2019", "2018"),), person)
    put(vault, "c.pdf", (STORY.replace("was not", "was ever"),), person)
    put(vault, "d.pdf", ("Her garden tea: 25 mg a day",), person)
    assert _places(vault, _flag(vault, first, STORY)) == []
    assert _places(vault, _flag(vault, first, "5 mg")) == []


def test_a_short_quote_is_looked_for_with_its_line(vault: Session) -> None:
    """`125 mg` alone stands in many places: only the line it is part of says the same."""
    person = patient(vault)
    line = "Her weight loss drops: 125 mg at night"
    first = put(vault, "a.pdf", (line,), person)
    second = put(vault, "b.pdf", ("Iron 125 mg in spring", line), person)
    flag = _flag(vault, first, "125 mg")
    (found,) = repeats.of(vault, flag.id)
    assert (found.record, found.page, found.quote) == (second.id, 2, "125 mg")


def test_the_same_fact_is_found_in_other_words(vault: Session) -> None:
    """A wrong allergy and a wrong birth date, but not what denies it, nor what is right."""
    person = patient(vault)
    head = "Patient: Marian Voss\nAllergies\n"
    first = put(vault, "a.pdf", (f"{head}Penicillin - rash",), person)
    second = put(vault, "b.pdf", ("Patient: Marian Voss\nAllergic to penicillin.",), person)
    put(vault, "c.pdf", ("Patient: Marian Voss\nNo allergy to penicillin.",), person)
    assert _places(vault, _flag(vault, first, "Penicillin - rash")) == [(second.id, 1, False)]
    born = put(vault, "d.pdf", (WRONG_BORN,), person)
    again = put(vault, "e.pdf", ("Name: Marian Voss\nDate of birth: March 14, 1916",), person)
    flag = _flag(vault, born, WRONG_BORN, "03/14/1961")
    assert _places(vault, flag) == [(again.id, 1, False)]


def test_nobody_elses_records_are_looked_at(vault: Session) -> None:
    """What another person's record says in the same words is none of its repeats."""
    person, other = patient(vault), patient(vault, "Tomas Voss")
    first = put(vault, "a.pdf", (STORY, STORY), person)
    put(vault, "b.pdf", (STORY,), other)
    flag = _flag(vault, first, STORY)
    assert _places(vault, flag) == [(first.id, 2, True)]


def test_nothing_is_looked_for_without_words(vault: Session) -> None:
    """Of a whole page, of what is missing, and of words that say too little."""
    person = patient(vault)
    record = put(vault, "a.pdf", ("Plan", "Plan"), person)
    whole = flags.add(vault, record.id, 1, "", Wrong("remove this"))
    missing = flags.omit(vault, record.id, 1, "the penicillin allergy", Wrong("penicillin"))
    assert [repeats.of(vault, f.id) for f in (whole, missing)] == [(), ()]
    assert repeats.of(vault, _flag(vault, record, "Plan").id) == ()


def test_ticked_repeats_are_flagged_alike(vault: Session) -> None:
    """Each with its own words and place; what is flagged already stays as it is."""
    person = patient(vault)
    first = put(vault, "a.pdf", (STORY, STORY, STORY), person)
    flag = _flag(vault, first, STORY)
    (made,) = repeats.flag(vault, flag.id, [(first.id[:9], 3)])
    finding = made.finding
    assert (made.state, made.should_say) == (FlagState.CONFIRMED, "remove this")
    assert (finding.page, finding.quote, finding.kind) == (3, STORY, Kind.NEVER_HAPPENED)
    assert (finding.severity, finding.check) == (Severity.HARM_NOW, Check.PERSON)
    assert finding.related == (Related(first.id, 1),)
    assert [r.flag for r in repeats.of(vault, flag.id)] == ["", made.id]
    assert [f.finding.page for f in repeats.flag(vault, flag.id)] == [2]
    assert repeats.flag(vault, flag.id) == ()
    with pytest.raises(NotFound):
        repeats.flag(vault, flag.id, [(first.id, 1)])


def test_a_suspicion_at_a_repeat_is_confirmed_and_a_dismissed_one_left(vault: Session) -> None:
    """One flag a place: what a check suspects there becomes the person's word."""
    person = patient(vault)
    records = [put(vault, f"{n}.pdf", (WRONG_BORN,), person) for n in "abc"]
    (one, two, three) = (flags.every(vault, r.id)[0] for r in records)
    with pytest.raises(Refused):
        repeats.flag(vault, one.id)
    flags.confirm(vault, one.id, Wrong("03/14/1961", "My passport.", subject=Subject.IDENTITY))
    flags.dismiss(vault, three.id, "an old form")
    (made,) = repeats.flag(vault, one.id)
    assert (made.id, made.state, made.should_say) == (two.id, FlagState.CONFIRMED, "03/14/1961")
    assert made.finding.reason == "My passport."
    assert flags.get(vault, three.id).state is FlagState.DISMISSED
