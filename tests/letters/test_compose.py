"""Tests of what a correction letter says."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from typing import cast

import pytest

from tests.letters.letters import HIPAA, LETTER, POINT
from vault.letters import compose
from vault.model.letters import CorrectionLetter, RuleNote


def points(letter: CorrectionLetter) -> list[dict[str, str]]:
    """The points of the composed letter."""
    return cast("list[dict[str, str]]", compose.correction(letter)["points"])


def reply(letter: CorrectionLetter) -> str:
    """The paragraphs about time and answer."""
    return "\n".join(cast("list[str]", compose.correction(letter)["reply"]))


def test_a_point_names_place_words_fault_and_remedy() -> None:
    """A point says where, what is there, what is wrong and what should be there."""
    point = points(LETTER)[0]
    assert point["heading"] == "1. Cardiology letter, page 1"
    assert point["entry"] == "Dated 05/20/2026, written by R. Imre, MD."
    assert point["quote"] == "Allergies: sulfa (hives)"
    assert point["wrong"] == "Wrong value."
    assert point["should_say"] == "Allergies: penicillin (hives)"
    assert point["why"] == "My own doctor's list names penicillin."
    assert point["caption"] == "Page 1 of Cardiology letter. The entry is framed."


def test_what_is_not_known_is_left_out_and_not_guessed() -> None:
    """Fields without a value vanish, with their labels."""
    bare = replace(POINT, page=None, quote="", entry_date="", author="", why="", excerpt=None)
    letter = replace(LETTER, points=(bare,), former_names=(), mrn="", tell=(), enclosures=())
    point = points(letter)[0]
    assert point["heading"] == "1. Cardiology letter"
    assert not any(point[field] for field in ("entry", "quote", "why", "picture"))
    data = compose.correction(letter)
    rows = [name for name, _ in cast("list[list[str]]", data["patient"])]
    assert rows == ["Patient", "Date of birth", "Reference"]


def test_the_birth_date_can_be_read_one_way_only() -> None:
    """Dates are written out with the month's name."""
    data = compose.correction(LETTER)
    assert ["Date of birth", "4 March 1961"] in cast("list[list[str]]", data["patient"])
    assert compose.written_out(dt.date(2026, 12, 1)) == "1 December 2026"


def test_hipaa_times_come_from_the_rule() -> None:
    """The numbers of days are the rule's, never the program's."""
    said = reply(replace(LETTER, rule=replace(HIPAA, days=45, extension_days=20)))
    assert "within 45 days of receiving it (45 CFR 164.526(b)(2))" in said
    assert "by no more than 20 days, if within the first 45 days" in said
    assert not re.search(r"\b(60|30)\b", said)


def test_no_number_is_made_up_where_the_rule_has_none() -> None:
    """An extension without a known length is told without one."""
    said = reply(replace(LETTER, rule=replace(HIPAA, extension_days=None)))
    assert "extend this time once if within the first 60 days" in said


def test_other_places_are_asked_under_their_own_rule_alone() -> None:
    """Outside HIPAA no American citation or office appears anywhere in the letter."""
    rule = RuleNote(1, "month", "UK GDPR Art 16, 12A", "reason, within first month")
    letter = replace(LETTER, hipaa=False, rule=rule, paper="a4")
    said = json.dumps(compose.correction(letter))
    assert "within one month of receiving it (UK GDPR Art 16, 12A)" in said
    assert "I make this request under UK GDPR Art 16, 12A." in said
    assert "CFR" not in said
    assert "U.S." not in said


def test_a_rule_shown_for_comparison_is_no_legal_basis() -> None:
    """Where no rule recorded binds the holder, no law is named and no number of days is."""
    for hipaa in (False, True):
        letter = replace(LETTER, hipaa=hipaa, rule=replace(HIPAA, compared=True))
        said = json.dumps(compose.correction(letter))
        assert "within a reasonable time and answer me in writing." in said
        assert not re.search(r"CFR|I make this request under|U\.S\.|60 days", said)


def test_guidance_is_not_told_as_a_limit() -> None:
    """A soft time is asked for, and said to be guidance."""
    said = reply(replace(LETTER, hipaa=False, rule=RuleNote(30, "days", "APP 13", soft=True)))
    assert "within 30 days of receiving it. I understand that this time is guidance" in said
    assert "guidance rather than a fixed limit (APP 13)." in said


def test_a_state_rule_over_hipaa_is_told_in_its_own_words() -> None:
    """Its days and its cap, cited to it alone; HIPAA's words on time are not put under it."""
    rule = RuleNote(10, "days", "RCW 70.02.100(2)", extended=21, id="us-wa")
    letter = replace(LETTER, rule=rule)
    time = cast("list[str]", compose.correction(letter)["reply"])[0]
    assert time == (
        "Please act on this request within 10 days of receiving it (RCW 70.02.100(2)). If you "
        "need longer, you may take at most 21 days in all (RCW 70.02.100(2))."
    )
    opening = str(compose.correction(letter)["opening"])
    assert opening.endswith("I make this request under RCW 70.02.100(2) and 45 CFR 164.526.")
    assert "(45 CFR 164.526(d)(1))" in reply(letter)


@pytest.mark.parametrize(
    ("note", "words"),
    [
        (RuleNote(10, "business days", "RCW"), "within 10 business days of"),
        (RuleNote(1, "days", "RCW"), "within one day of"),
        (RuleNote(3, "month", "RCW"), "within 3 months of"),
    ],
)
def test_a_span_of_time_is_said_in_good_english(note: RuleNote, words: str) -> None:
    """One of a unit is singular, more are plural, whatever the rule's own spelling."""
    assert words in reply(replace(LETTER, hipaa=False, rule=note))


def test_every_law_named_in_the_hipaa_letter_is_cited_to_its_paragraph() -> None:
    """No statement of law stands without its paragraph."""
    for paragraph in reply(LETTER).split("\n"):
        if re.search(r"you may extend|is to state", paragraph):
            assert re.search(r"45 CFR 164\.526\([bd]\)\(\d\)", paragraph)


def test_control_codes_and_direction_marks_of_a_record_do_not_reach_the_letter() -> None:
    """Hostile characters of a record are gone or made visible."""
    hostile = replace(POINT, quote="\x1b]2;x\x07 a\u202eb", record="n\x00ame", author="\u2067x")
    said = json.dumps(compose.correction(replace(LETTER, points=(hostile,))), ensure_ascii=False)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)


def test_a_right_to_left_name_is_isolated_and_others_are_left_alone() -> None:
    """Only text that could reorder its line gets isolates."""
    assert compose.inline("שרה כהן") == "\u2068שרה כהן\u2069"
    assert compose.inline("Zofia Łęcka") == "Zofia Łęcka"
    point = points(replace(LETTER, points=(replace(POINT, author="שרה כהן"),)))[0]
    assert point["entry"] == "Dated 05/20/2026, written by \u2068שרה כהן\u2069."


def test_the_letter_goes_into_json() -> None:
    """The data survives the way to the template unchanged."""
    data = compose.correction(LETTER)
    assert json.loads(json.dumps(data)) == data
