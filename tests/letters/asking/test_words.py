"""What the letters of asking say, at every kind of place, and what they refuse to say."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.letters.asking.cases import (
    ALL,
    CASES,
    CHILD,
    DENIED,
    HOLDER,
    IMAGES,
    NOTES,
    PARENT,
    PLACES,
    QUOTED,
    SENT,
    E,
    K,
    case,
    content,
    told,
)
from vault.dates import MONTHS
from vault.errors import Refused
from vault.law import clock
from vault.law.terms import Confidence
from vault.letters.asking import complaint, frame, kinds
from vault.letters.asking.content import Content, Regime
from vault.letters.compose import written_out
from vault.model.asking_letters import FIRST, PURPOSE, LetterKind
from vault.model.providers import ProviderKind
from vault.model.requests import FeeLine, RequestEvent

GOLDEN = Path(__file__).with_name("golden")
US_ONLY = re.compile(r"CFR|HIPAA|HHS|U\.S\.|designated record set|authorization")


def words(letter: Content) -> str:
    """The whole letter as text."""
    return frame.plain(kinds.compose(letter))


def told_at(place: str) -> str:
    """Every kind of letter at a place, or the sentence that refuses it."""
    parts = []
    for kind in LetterKind:
        try:
            said = words(case(kind, place))
        except Refused as refusal:
            said = f"refused: {refusal.sentence}\n"
        parts.append(f"##### {kind.value}\n\n{said}")
    return "\n".join(parts)


@pytest.mark.parametrize("place", PLACES)
def test_the_words_of_every_letter_are_those_that_were_read_through(place: str) -> None:
    """Every kind at every kind of place, word for word as in the folder golden."""
    assert told_at(place) == (GOLDEN / f"{place}.txt").read_text("utf-8")


def test_every_kind_has_a_case_a_purpose_and_can_be_made_somewhere() -> None:
    """No kind is left out of the tests, and none can never be made."""
    assert set(CASES) == set(LetterKind) == set(PURPOSE)
    for kind in LetterKind:
        assert any(not kinds.fits(case(kind, place)) for place in PLACES), kind


@pytest.mark.parametrize("place", [p for p in PLACES if not p.startswith("us")])
def test_no_american_law_stands_in_a_letter_elsewhere(place: str) -> None:
    """Outside HIPAA no letter cites it, names its office or uses its terms."""
    for kind in set(LetterKind) - {K.AUTHORIZATION}:
        letter = case(kind, place)
        if not kinds.fits(letter):
            assert not US_ONLY.search(words(letter)), (kind, US_ONLY.search(words(letter)))


def test_the_request_holds_every_field_a_records_office_needs() -> None:
    """All that model request forms ask for is in it."""
    said = words(case(K.ACCESS_REQUEST))
    for part in (
        "3 March 2026",
        "Quarry Heart Hospital\nRelease of Information\n9 Quarry Road",
        "Patient: Ada Ellen Quill",
        "Former names: Ada Ellen Marsh",
        "Date of birth: 4 March 1961",
        "Address: 27 Alder Lane, Penbrook",
        "Telephone: 555-0142",
        "E-mail: ada@example.org",
        "Record number: QH-0048213",
        "I am the patient.",
        "I ask for this under 45 CFR 164.524.",
        "The whole of my designated record set (45 CFR 164.501)",
        "Dates: all dates",
        "Form: PDF",
        "If not possible: paper",
        "Delivery: secure e-mail",
        "Please tell me before you begin what the copy will cost",
        "If it is more than USD 25.00, do not go ahead before I have agreed.",
        "within 30 days of receiving it (45 CFR 164.524(b)(2))",
        "please do so in writing",
        "please contact me at 555-0142 or ada@example.org",
        "(signature)",
        "Enclosed:\n- Driving licence, masked copy",
    ):
        assert part in said
    assert not re.search(r"because|reason for my request|notar", said)


def test_a_list_of_kinds_has_a_box_each_with_dates_and_place() -> None:
    """Each kind asked for has its own dates, place and format."""
    said = words(content(K.ACCESS_REQUEST, sent=False, wants=(NOTES, IMAGES)))
    assert "[x] visit notes (1 January 2019 to 31 December 2025; Heart Clinic)" in said
    assert "[x] images (from 1 May 2024 on; Imaging; as DICOM)" in said
    assert "designated record set" not in said


def test_a_representative_asks_in_their_capacity_with_the_proof() -> None:
    """Capacity, basis and proof print themselves, and the signature says for whom."""
    base = case(K.ACCESS_REQUEST)
    letter = replace(base, patient=CHILD, signer=PARENT, enclosures=("Birth certificate",))
    said = words(letter)
    assert (
        "I ask for this on behalf of Tom Quill, as mother. My authority: parent of a minor." in said
    )
    assert "Proof is enclosed: Birth certificate." in said
    assert "personal representative" in said
    assert said.startswith("Ada Ellen Quill\n27 Alder Lane")
    assert "for Tom Quill, as mother" in said
    assert "a copy of Tom Quill's health records" in said
    assert "about Tom Quill" in said
    bare = words(replace(letter, enclosures=()))
    assert "enclosed" not in bare.lower()


def test_records_of_the_dead_are_asked_for_under_their_own_act_in_the_uk() -> None:
    """The Access to Health Records Act counts there, and both of its times are told."""
    died = dt.date(2026, 1, 5)
    alone = content(K.ACCESS_REQUEST, "uk", sent=False, died=died)
    assert "--authority" in _hint(alone)
    executor = replace(PARENT, relationship="daughter", basis="executor")
    said = words(replace(alone, signer=executor))
    assert "on behalf of the late Ada Ellen Quill, as daughter. My authority: executor." in said
    assert "Application for the health records of somebody who has died" in said
    assert "Access to Health Records Act 1990 s.3(5)" in said
    assert "the time is 21 days where all of the record was made in the 40 days before" in said
    assert "subject access request" not in said.lower()


def test_the_risk_of_ordinary_email_is_taken_on_only_where_that_is_asked_for() -> None:
    """Secure e-mail and paper mail need no such word."""
    for deliver, risk in (
        ("e-mail", True),
        ("email", True),
        ("secure e-mail", False),
        ("mail", False),
    ):
        said = words(content(K.ACCESS_REQUEST, sent=False, deliver=deliver))
        assert ("I accept that risk" in said) is risk, deliver


def test_a_copy_for_somebody_else_is_directed_only_as_far_as_the_law_goes() -> None:
    """Electronic copies can be directed (Ciox v. Azar); for paper an authorization is named."""
    other = ("Dr. Imre Vance", "4 Mill Street")
    said = words(content(K.ACCESS_REQUEST, sent=False, third_party=other))
    assert "I direct you to send this electronic copy" in said
    assert "  Dr. Imre Vance\n  4 Mill Street" in said
    assert "A fee for my own copy" not in said
    with pytest.raises(Refused) as caught:
        words(content(K.ACCESS_REQUEST, sent=False, third_party=other, format="paper"))
    assert "--kind authorization" in caught.value.hint


def test_an_authorization_holds_what_the_rule_lists() -> None:
    """45 CFR 164.508(c): what, who, to whom, why, until when, revoking, conditions, passing on."""
    said = words(case(K.AUTHORIZATION))
    for part in (
        "What may be disclosed",
        "Who may disclose it",
        "To whom",
        "at the request of the individual",
        "It ends:",
        "revoke this authorization",
        "depend on whether I sign",
        "disclosed again",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("kind", "happened"),
    [
        (K.REVIEW, ()),
        (K.DENIAL_PARTS, ()),
        (K.EXTENSION, ()),
        (K.IDENTITY, ()),
        (K.FEE_DISPUTE, ()),
        (K.ITEMISATION, ()),
        (K.LINK_ENDED, ()),
        (K.NO_NOTARY, ()),
        (K.NOT_OURS, ()),
        (K.STATEMENT, ()),
        (K.SHORTFALL, ()),
        (K.THANKS, ()),
        (K.IDENTITY, (told(E.ID_ASKED, 2),)),  # nothing is enclosed
        (K.REVIEW, (told(E.DENIED, 2),)),  # its ground is not known
        (K.REVIEW, (told(E.DENIED, 2, ground="psychotherapy"),)),  # it cannot be reviewed
        (K.FEE_DISPUTE, (told(E.FEE_QUOTED, 2, amount=Decimal("5.00"), currency="USD"),)),
        (K.ITEMISATION, (told(E.FEE_QUOTED, 2),)),  # no amount
    ],
)
def test_a_letter_that_lacks_its_fact_is_refused_with_a_sentence(
    kind: LetterKind, happened: tuple[object, ...]
) -> None:
    """Nothing is made up: what is missing is said, and how it is mended."""
    with pytest.raises(Refused) as caught:
        words(content(kind, happened=happened))  # type: ignore[arg-type]
    assert caught.value.sentence
    assert caught.value.hint


def test_follow_ups_need_a_request_that_was_sent() -> None:
    """Nothing follows up what never went out."""
    for kind in set(LetterKind) - set(FIRST):
        with pytest.raises(Refused, match="not been sent"):
            words(content(kind, sent=False))


def test_a_reminder_comes_before_the_time_is_over_and_overdue_after() -> None:
    """Neither can be made on the wrong side of the day."""
    assert not kinds.fits(content(K.REMINDER, day=30))
    assert "--kind overdue" in _hint(content(K.REMINDER, day=31))
    assert "--kind reminder" in _hint(content(K.OVERDUE, day=30))
    assert not kinds.fits(content(K.OVERDUE, day=31))


def _hint(letter: Content) -> str:
    with pytest.raises(Refused) as caught:
        kinds.compose(letter)
    return caught.value.hint


@pytest.mark.parametrize(
    ("notices", "said"),
    [
        ((told(E.EXTENDED, 10, until=SENT + dt.timedelta(40)),), "It gives no reason."),
        ((told(E.EXTENDED, 10, reason="staff"),), "It gives no date"),
        (
            (told(E.EXTENDED, 40, reason="staff", until=SENT + dt.timedelta(50)),),
            "It came after 2 April 2026",
        ),
        (
            (
                told(E.EXTENDED, 10, reason="staff", until=SENT + dt.timedelta(40), lawful=True),
                told(E.EXTENDED, 12, reason="staff", until=SENT + dt.timedelta(50)),
            ),
            "the time can be extended once only",
        ),
        (
            (told(E.EXTENDED, 10, reason="staff", until=SENT + dt.timedelta(90)),),
            "It names a day after 2 May 2026",
        ),
    ],
)
def test_a_notice_of_delay_is_measured_by_the_rule(notices: tuple[object, ...], said: str) -> None:
    """No reason, no date, too late, a second one, too long: each is named, and nothing else."""
    letter = words(content(K.EXTENSION, happened=notices, day=45))  # type: ignore[arg-type]
    assert said in letter
    assert len(re.findall(r"^- It ", letter, re.MULTILINE)) == 1


def test_a_lawful_notice_of_delay_is_not_objected_to() -> None:
    """There is nothing to say against it."""
    notice = told(E.EXTENDED, 10, reason="off-site", until=SENT + dt.timedelta(55))
    with pytest.raises(Refused, match="lawful"):
        words(content(K.EXTENSION, happened=(notice,)))


def test_a_fee_is_disputed_line_by_line_with_the_law_of_the_place() -> None:
    """What HIPAA bars is named; where a copy is free, that is."""
    said = words(content(K.FEE_DISPUTE, happened=(QUOTED,)))
    assert "Search and retrieval: USD 27.50" in said
    assert "It includes searching for, retrieving or verifying the record" in said
    assert "45 CFR 164.524(c)(4)" in said
    line = FeeLine("Copy", Decimal("40.00"))
    asked = told(E.FEE_QUOTED, 3, amount=Decimal("40.00"), currency="GBP", lines=(line,))
    at_home = words(content(K.FEE_DISPUTE, "uk", (asked,), currency="GBP"))
    assert "This copy is free of charge (UK GDPR Art 12(5))." in at_home


def test_the_answer_to_a_refusal_leaves_out_what_does_not_apply() -> None:
    """A ground that cannot be reviewed is owed no word on review."""
    final = told(E.DENIED, 20, ground="hipaa-psychotherapy")
    said = words(content(K.DENIAL_PARTS, happened=(final,)))
    assert "164.524(d)(2)(i))" in said
    assert "164.524(d)(2)(ii)" not in said
    assert "164.524(d)(2)(ii)" in words(content(K.DENIAL_PARTS, happened=(told(E.DENIED, 20),)))
    review = words(content(K.REVIEW, happened=(DENIED,)))
    assert "took no part in it (45 CFR 164.524(a)(4),(d)(4))" in review


def test_only_the_items_meant_are_named() -> None:
    """An answer about one item is not told as one about all."""
    said = words(case(K.STATEMENT))
    assert "- images, from 1 May 2024 on, Imaging" in said
    assert "visit notes" not in said


def test_silence_is_a_refusal_only_where_the_law_says_so() -> None:
    """Ontario says so; a day after the time is over."""
    assert "here since 3 April 2026 (PHIPA" in words(case(K.DEEMED_REFUSAL, "ca-on"))
    assert kinds.fits(case(K.DEEMED_REFUSAL, "uk"))


def test_a_guessed_day_of_arrival_is_called_that() -> None:
    """Where nobody saw it arrive, the date is an understanding, and its start is named."""
    known = case(K.OVERDUE)
    assumed = replace(known, standing=replace(known.standing, assumed=True))
    said = words(assumed)
    assert "I understand that an answer was due by 2 April 2026, counted from 3 March 2026" in said
    assert "the day I take it to have arrived" in said


def test_the_complaint_has_the_fields_of_the_regulators_form() -> None:
    """Who, on whose behalf, about whom, when, what happened, and what is left to fill in."""
    said = words(replace(case(K.COMPLAINT), patient=CHILD, signer=PARENT))
    for part in (
        "HHS Office for Civil Rights",
        "Who complains",
        "On whose behalf",
        "Who I am to them: mother",
        "About whom",
        "Telephone: 555-0101",
        "I could first know of this on 3 April 2026.",
        "24 March 2026: I reminded them",
        "Best time to reach me: ____",
        "Other agency or court I turned to: ____",
        "[ ] You may tell the holder my name",
        "- My request of 3 March 2026",
    ):
        assert part in said
    assert " you" not in said.split("What happened")[0].split("To whom it may")[1]


def test_the_complaint_to_a_uk_holder_cites_its_clock_only_once_that_is_law() -> None:
    """DPA 2018 s.164A is in force from 19 June 2026."""
    early, late = (
        case(K.HOLDER_COMPLAINT, "uk"),
        replace(case(K.HOLDER_COMPLAINT, "uk"), on=dt.date(2026, 6, 19)),
    )
    assert "164A" not in words(early)
    assert "are to acknowledge this complaint within 30 days" in words(late)


def test_a_rule_shown_for_comparison_is_no_basis() -> None:
    """Where no rule recorded binds the holder, no time and no law is claimed."""
    base = case(K.ACCESS_REQUEST)
    rules = tuple(replace(rule, compared=True) for rule in base.law.rules)
    law = replace(base.law, rules=rules, hipaa=False, fees=(), parts=(), never=(), review=None)
    law = replace(law, regime=Regime.OTHER)
    said = words(replace(base, law=law))
    assert "within a reasonable time" in said
    assert not re.search(r"CFR|30 days|I ask for this under", said)


@pytest.mark.parametrize("place", PLACES)
def test_nothing_unsure_is_said_as_sure(place: str) -> None:
    """A rule of less than high confidence stands only in sentences that say so."""
    for kind in LetterKind:
        letter = case(kind, place)
        unsure = {r.cite for r in letter.law.binding if r.confidence is not Confidence.HIGH}
        unsure -= {r.cite for r in letter.law.binding if r.confidence is Confidence.HIGH}
        if kinds.fits(letter):
            continue
        for cite in unsure:
            for found in re.finditer(rf"[^.\n]*\({re.escape(cite)}\)", words(letter)):
                line = found.group()
                assert re.search(r"understand|guidance|may complain|counts", line), (kind, line)


def test_control_codes_and_direction_marks_do_not_reach_a_letter() -> None:
    """Hostile characters of a name, a place or an answer are gone or made visible."""
    bad = "\x1b]2;x\x07 a\u202eb"
    holder = replace(HOLDER, name=bad, desk=bad, lines=(bad,))
    want = replace(NOTES, words=bad, facility=bad, missing=(bad,))
    letter = content(K.SHORTFALL, happened=(told(E.PARTIAL, 3, who=bad, reason=bad),))
    said = json.dumps(kinds.compose(replace(letter, holder=holder, wants=(want,))))
    assert not re.search(r"\\u001b|\\u0007|\\u202e", said)


@given(st.sampled_from(sorted(CASES)), st.sampled_from(PLACES), st.integers(0, 400))
def test_a_letter_is_whole_or_refused_on_any_day(kind: LetterKind, place: str, day: int) -> None:
    """Every sentence of law has its source; no text is empty, twice or cut; else it is refused."""
    letter = replace(case(kind, place), on=SENT + dt.timedelta(days=day))
    if kinds.fits(letter):
        assert _hint(letter)
        return
    said = words(letter)
    assert "None" not in said
    assert "  (" not in said
    assert "()" not in said
    assert not re.search(r"\.\.|,,|\s,|\( ", said)
    assert said.count("(signature)") == 1
    lines = [line for line in said.splitlines() if len(line) > 60]
    assert len(lines) == len(set(lines))


def test_the_whole_record_can_be_asked_for_between_two_days() -> None:
    """Its dates stand below it."""
    whole = replace(ALL, since=dt.date(2020, 1, 1), until=dt.date(2021, 1, 1))
    said = words(content(K.ACCESS_REQUEST, sent=False, wants=(whole,)))
    assert "Dates: 1 January 2020 to 1 January 2021" in said


def test_a_late_complaint_gives_room_for_its_reason() -> None:
    """After 180 days the reason is asked for (45 CFR 160.306(b)(3)); before, it is not."""
    missed = SENT + dt.timedelta(days=31)
    on_time = replace(case(K.COMPLAINT), on=missed + dt.timedelta(days=180))
    late = replace(on_time, on=on_time.on + dt.timedelta(days=1))
    assert "Why this comes late" not in words(on_time)
    assert "Why this comes late" in words(late)
    assert "My reason: ____" in words(late)
    assert complaint.time_left(late).startswith("Complain to HHS Office for Civil Rights by")
    first = complaint.time_left(case(K.COMPLAINT, "au"))
    assert "complain to the holder of the records first, and allow 30 days" in first


_DATES = re.compile(r"\b\d{1,2} (?:" + "|".join(m.capitalize() for m in MONTHS) + r") \d{4}")
_KINDS = [k for k in E if k not in (E.DRAFTED, E.SENT)]


def known(letter: Content) -> set[str]:
    """Every day a letter may name: of its facts, and those the law counts from them."""
    found = {letter.on, letter.patient.born}
    for event in letter.standing.events:
        found |= {event.on, event.arrived or event.on, event.detail.until or event.on}
    for want in letter.wants:
        found |= {day for day in (want.since, want.until) if day}
    if letter.first_due is not None:
        due = letter.first_due
        latest = clock.extended(due.rule, due.start)
        found |= {due.start, due.on, due.rolled, due.limit, due.rolled + dt.timedelta(days=1)}
        found |= {latest or due.on}
    found |= {w.last for w in complaint.windows(letter) if w.last}
    return {written_out(day) for day in found}


happening = st.lists(
    st.tuples(st.sampled_from(_KINDS), st.integers(1, 90), st.booleans()), max_size=6
)


@settings(max_examples=300)
@given(st.sampled_from(sorted(LetterKind)), st.sampled_from(PLACES), happening, st.integers(0, 300))
def test_no_letter_names_a_day_or_a_sum_that_nobody_noted(
    kind: LetterKind, place: str, happened: list[tuple[RequestEvent, int, bool]], day: int
) -> None:
    """Whatever happened, in any order: each letter is refused, or rests on what was noted."""
    amount = Decimal("41.50")
    events = tuple(
        told(k, when, amount=amount, currency="USD", until=SENT + dt.timedelta(days=when + 30))
        if more
        else told(k, when)
        for k, when, more in sorted(happened, key=lambda h: h[1])
    )
    letter = content(kind, place, events, day, wants=(NOTES, replace(IMAGES, missing=("x",))))
    if kinds.fits(letter):
        return
    said = words(letter)
    assert set(_DATES.findall(said)) <= known(letter)
    sums = set(re.findall(r"(?:USD|GBP|EUR|CAD|AUD|NZD) \d+\.\d\d", said)) - {"USD 25.00"}
    if kind is K.FEE_DISPUTE:  # names what the law of the place lets them ask for
        return
    assert sums <= ({"USD 41.50"} if any(more for *_, more in happened) else set())


@pytest.mark.parametrize("kind", [ProviderKind.SCHOOL, ProviderKind.EMPLOYER])
def test_holders_outside_hipaa_are_not_told_of_it(kind: ProviderKind) -> None:
    """A school and an employer go by laws of their own, in every kind of letter."""
    own = {ProviderKind.SCHOOL: "34 CFR 99.10(b)", ProviderKind.EMPLOYER: "29 CFR 1910.1020(e)(1)"}
    asked = words(case(K.ACCESS_REQUEST, kind=kind))
    assert f"I ask for this under {own[kind]}." in asked
    for letter in (case(k, kind=kind) for k in LetterKind):
        if not kinds.fits(letter):
            assert not re.search(r"HIPAA|45 CFR|HHS|designated", words(letter)), letter.kind


def test_a_states_shorter_time_stands_before_that_of_hipaa() -> None:
    """Both are told, each with its own words on more time."""
    said = words(case(K.ACCESS_REQUEST, "us-ca"))
    assert "I ask for this under Cal. HSC 123110(b) and 45 CFR 164.524." in said
    assert "within 15 days of receiving it (Cal. HSC 123110(b))." in said
    assert "HIPAA in any case gives you no more than 30 days, which you may extend once" in said
