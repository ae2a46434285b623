"""What the letters of corrections say, at every kind of place, and what they refuse to say."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.letters.asking.cases import PARENT
from tests.letters.correcting.cases import (
    CASES,
    DENIED,
    DOSE,
    FAMILY,
    GRANTED,
    ITEMS,
    LEFT_OUT,
    PLACES,
    SENT,
    STATEMENT,
    SULFA,
    E,
    Happened,
    K,
    case,
    content,
    told,
)
from vault.errors import Refused, UsageError
from vault.letters.correcting import complaining, frame, kinds
from vault.letters.correcting.content import Content
from vault.model.correction_letters import FIRST, MAY_SAY, PURPOSE, CorrectionLetterKind
from vault.model.corrections import CorrectionEvent, ItemState

GOLDEN = Path(__file__).with_name("golden")
US_ONLY = re.compile(r"CFR|HIPAA|HHS|U\.S\.|designated record set")
LAW = re.compile(r"CFR|HIPAA|GDPR|PHIPA|APP 1|Act \d|HSC|RCW|the law")


def words(letter: Content) -> str:
    """The whole letter as text."""
    return frame.plain(kinds.compose(letter))


def told_at(place: str) -> str:
    """Every kind of letter at a place, or the sentence that refuses it."""
    parts = []
    for kind in CorrectionLetterKind:
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
    assert set(CASES) == set(CorrectionLetterKind) == set(PURPOSE)
    for kind in CorrectionLetterKind:
        assert not kinds.fits(case(kind)), kind


@pytest.mark.parametrize("place", [p for p in PLACES if not p.startswith("us")])
def test_no_american_law_stands_in_a_letter_elsewhere(place: str) -> None:
    """Outside HIPAA no letter cites it, names its office or uses its terms."""
    for kind in CorrectionLetterKind:
        letter = case(kind, place)
        if not kinds.fits(letter):
            assert not US_ONLY.search(words(letter)), kind


@pytest.mark.parametrize("place", PLACES)
def test_a_message_names_no_law(place: str) -> None:
    """It is short and friendly, and quotes and asks no less exactly."""
    said = words(case(K.INFORMAL_MESSAGE, place))
    assert not LAW.search(said)
    assert "The record says: “Allergies: sulfa (hives)”" in said
    assert "It should say: Allergies: penicillin (hives)" in said


def test_what_is_not_sure_is_an_understanding() -> None:
    """Paragraphs of HIPAA whose text was not read are never told as certain."""
    for kind in CorrectionLetterKind:
        for line in words(case(kind)).splitlines():
            for sentence in re.split(r"(?<=\)\.) ", line):
                if re.search(r"164\.526\((d\)\([345]|e|c\)\(\d)", sentence):
                    assert "I understand that" in sentence, sentence


def test_an_item_is_told_with_all_there_is_to_it() -> None:
    """Entry, date, author, page, quote, fault, remedy, reason, proof, who is to be told."""
    said = words(case(K.AMENDMENT_REQUEST)).partition("Item 1\n------")[2].partition("Item 2\n")[0]
    for part in (
        "Record: Cardiology letter, page 1",
        "Entry: Dated 05/20/2025, written by R. Imre, MD",
        "The record says: “Allergies: sulfa (hives)”",
        "[Page 1 of Cardiology letter. The entry is framed.]",
        "What is wrong: What is written there is wrong.",
        "It should say: Allergies: penicillin (hives)",
        "Why: My own doctor's list names penicillin.",
        "What shows it: Allergy list of Penbrook Family Practice, page 2: “Penicillin: hives”",
        "To be told: Penbrook Family Practice",
    ):
        assert part in said, part


def test_what_is_not_known_is_left_out_and_not_guessed() -> None:
    """Fields without a value vanish, with their names."""
    bare = replace(SULFA, page=None, entry_date="", author="", why="", evidence=(), excerpt=None)
    letter = content(K.AMENDMENT_REQUEST, sent=False, items=(bare,), tell=())
    sheet = words(letter).partition("Item 1\n------")[2]
    assert [line.partition(":")[0] for line in sheet.split("\n") if line] == [
        "Record",
        "The record says",
        "What is wrong",
        "It should say",
    ]
    assert "Who is to be told" not in words(letter)


def test_something_left_out_is_asked_for_without_a_quote() -> None:
    """There is nothing to quote: it is said what to add, and that it is missing."""
    said = words(content(K.AMENDMENT_REQUEST, sent=False, items=(LEFT_OUT,)))
    assert "Something is missing from it in one place." in said
    assert "Please add: Patient reports a fall at home on 2 May 2025." in said
    assert "The record says" not in said
    mixed = words(case(K.AMENDMENT_REQUEST))
    assert "not right in two places, and in one place something is missing." in mixed


def test_who_made_the_entry_is_said_where_it_came_from_elsewhere() -> None:
    """The one who first made it, or from whom the copy came; nothing where it is theirs alone."""
    letter = content(K.AMENDMENT_REQUEST, sent=False, items=(DOSE,))
    assert "Who made it: Quay Clinic first made this entry" in words(letter)
    assert "Who made it" not in words(content(K.AMENDMENT_REQUEST, sent=False, items=(SULFA,)))
    assert "The entry is yours; the copy I have came to me from Quay Clinic." in words(
        case(K.ORIGINATOR)
    )


def test_the_statement_keeps_to_the_length_of_the_place() -> None:
    """250 words an item in California: one more is refused, and by how many; elsewhere not."""
    just = " ".join(["word"] * 250)
    denied = {"text": just, "day": 45}
    assert just in words(content(K.DISAGREEMENT, "us-ca", (DENIED,), **denied))  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"is 1 word too long: it may have 250 words an item \(Cal"):
        kinds.compose(content(K.DISAGREEMENT, "us-ca", (DENIED,), 45, text=f"{just} more"))
    both = told(E.DENIED, 40, items=("flag_sulfa", "flag_dose"))
    longer = f"{just} {just}"
    assert longer in words(content(K.DISAGREEMENT, "us-ca", (both,), 45, text=longer))
    with pytest.raises(Refused, match=r"2 words too long: it may have 500 words for these items"):
        kinds.compose(content(K.DISAGREEMENT, "us-ca", (both,), 45, text=f"{longer} a b"))
    assert longer in words(content(K.DISAGREEMENT, "us", (DENIED,), 45, text=longer))


def test_the_statement_says_what_the_place_asks_it_to_say() -> None:
    """In California that it is to be part of the record; nowhere else."""
    must = "I state that I want it made part of my record (Cal. HSC 123111)."
    assert must in words(case(K.DISAGREEMENT, "us-ca"))
    assert all(must not in words(case(K.DISAGREEMENT, p)) for p in PLACES if p != "us-ca")


def test_the_statement_is_the_persons_own_words_in_their_paragraphs() -> None:
    """Nothing stands under its heading but what was typed."""
    said = words(case(K.DISAGREEMENT))
    own = said.partition("My statement\n------------\n\n")[2].partition("\n\nWhat I ask")[0]
    assert own == STATEMENT


@pytest.mark.parametrize("kind", [K.DISAGREEMENT, K.INFORMATION])
def test_a_letter_of_own_words_is_not_made_without_them(kind: CorrectionLetterKind) -> None:
    """It is offered, for it fits; made it is only with words."""
    bare = replace(case(kind), text="")
    assert not kinds.fits(bare)
    with pytest.raises(Refused, match="your own words"):
        kinds.compose(bare)


@pytest.mark.parametrize("kind", sorted(set(K) - MAY_SAY))
def test_own_words_are_never_dropped(kind: CorrectionLetterKind) -> None:
    """A letter that has no place for them refuses them."""
    with pytest.raises(UsageError, match="no words of your own"):
        kinds.compose(replace(case(kind), text="my own words"))


def test_asking_once_more_needs_something_new() -> None:
    """Words or a proof; without either it is refused."""
    bare = replace(SULFA, evidence=())
    with pytest.raises(Refused, match="nothing new"):
        kinds.compose(content(K.MORE_EVIDENCE, "us", (DENIED,), 45, items=(bare, DOSE, LEFT_OUT)))
    assert words(content(K.MORE_EVIDENCE, "us", (DENIED,), 45))


def test_only_what_a_denial_leaves_out_is_asked_for() -> None:
    """Each part it lacks with its paragraph; one that lacks nothing needs no letter."""
    said = words(case(K.DENIAL_PARTS))
    assert "(45 CFR 164.526(d)(1)(i))" not in said
    assert said.count("(45 CFR 164.526(d)(1)(") == 3
    unread = told(E.DENIED, 40)
    assert "do not find it" in said
    assert "do not find it" not in words(content(K.DENIAL_PARTS, "us", (unread,), 45))
    assert "and did not" in words(case(K.COMPLAINT))
    assert "and did not" not in words(content(K.COMPLAINT, "us", (unread,), 45))
    parts = ("amendment-basis", "amendment-statement", "amendment-attach", "amendment-complaint")
    whole = told(E.DENIED, 40, enclosures=parts)
    with pytest.raises(Refused, match="all that it has to"):
        kinds.compose(content(K.DENIAL_PARTS, "us", (whole,), 45))


REFUSED: list[tuple[CorrectionLetterKind, tuple[Happened, ...], int, str]] = [
    (K.ACKNOWLEDGEMENT, (told(E.IN_REVIEW, 3),), 5, "known that they have it"),
    (K.REMINDER, (), 70, "no reminder any more"),
    (K.REMINDER, (told(E.DENIED, 5),), 9, "they have answered"),
    (K.OVERDUE, (), 30, "not over yet"),
    (K.OVERDUE, (told(E.DENIED, 5),), 90, "none can be over"),
    (K.EXTENSION_OBJECTION, (), 30, "no notice of delay"),
    (
        K.EXTENSION_OBJECTION,
        (told(E.EXTENDED, 20, until=SENT + dt.timedelta(days=80), reason="x", lawful=True),),
        30,
        "this delay is lawful",
    ),
    (K.INFORMATION, (), 9, "asked for anything"),
    (K.DENIAL_PARTS, (), 9, "has been denied"),
    (K.DISAGREEMENT, (GRANTED,), 45, "has been denied"),
    (K.ATTACH_REQUEST, (), 9, "has been denied"),
    (K.REBUTTAL_COPY, (DENIED,), 45, "no statement of disagreement was filed"),
    (K.AGREE_NOTIFY, (DENIED,), 45, "has been accepted"),
    (K.NOTIFY_HOLDER, (), 9, "has been accepted"),
    (K.COPY_ORDER, (DENIED,), 45, "nothing was accepted"),
    (K.NOT_CARRIED_OUT, (GRANTED,), 45, "no fresh copy"),
    (K.COMPLAINT, (GRANTED,), 45, "nothing to complain of yet"),
    (K.HOLDER_COMPLAINT, (), 9, "nothing to complain of yet"),
    (K.WITHDRAWAL, (told(E.CLOSED, 4),), 9, "nothing is left to withdraw"),
    (K.THANKS, (GRANTED,), 45, "not all of it"),
    (K.ORIGINATOR, (), 9, "nobody else was asked"),
]


@pytest.mark.parametrize(("kind", "happened", "day", "why"), REFUSED)
def test_a_letter_that_would_not_be_true_is_refused(
    kind: CorrectionLetterKind, happened: tuple[Happened, ...], day: int, why: str
) -> None:
    """Each kind where it does not fit, with a sentence that says why."""
    letter = content(kind, "us", happened, day, text="x" if kind in MAY_SAY else "")
    assert why in kinds.fits(letter)
    with pytest.raises(Refused, match=why):
        kinds.compose(letter)


@pytest.mark.parametrize("kind", sorted(set(K) - set(FIRST)))
def test_nothing_is_followed_up_that_was_not_sent(kind: CorrectionLetterKind) -> None:
    """Every later letter needs a sending."""
    letter = content(kind, sent=False, text="x" if kind in MAY_SAY else "")
    with pytest.raises(Refused, match="has not been sent"):
        kinds.compose(letter)


@pytest.mark.parametrize(
    "kind",
    [
        K.OVERDUE,
        K.EXTENSION_OBJECTION,
        K.DENIAL_PARTS,
        K.DISAGREEMENT,
        K.ATTACH_REQUEST,
        K.REBUTTAL_COPY,
        K.MORE_EVIDENCE,
        K.COMPLAINT,
        K.HOLDER_COMPLAINT,
        K.AMENDMENT_REQUEST,
    ],
)
def test_a_plain_message_calls_on_no_law_later(kind: CorrectionLetterKind) -> None:
    """What was not asked under the law is not pursued under it."""
    with pytest.raises(Refused, match="plain message"):
        kinds.compose(replace(case(kind), formal=False))


def test_a_late_complaint_has_room_for_the_reason() -> None:
    """After 180 days for HHS; before that nothing is said of lateness."""
    assert "Why this comes late" not in words(case(K.COMPLAINT))
    late = words(replace(case(K.COMPLAINT), on=SENT + dt.timedelta(days=221)))
    assert "The time for it ended on 9 October 2026." in late
    left = complaining.time_left(case(K.COMPLAINT))
    assert left.startswith("Complain to HHS Office for Civil Rights by 9 Oct 2026")


def test_a_complaint_names_the_day_one_could_know() -> None:
    """The denial, the day after the time, or the day the copy was compared."""
    assert "I could first know of this on 12 April 2026." in words(case(K.COMPLAINT))
    over = content(K.COMPLAINT, day=70)
    assert "not answered in time" in words(over)
    assert "I could first know of this on 3 May 2026." in words(over)
    unmade = replace(case(K.NOT_CARRIED_OUT), kind=K.COMPLAINT, chosen=("flag_dose",))
    assert "A change that was accepted was not made" in words(unmade)
    assert "I could first know of this on 2 May 2026." in words(unmade)


def test_a_letter_is_about_the_items_that_were_named() -> None:
    """The others are not in it; one that stands elsewhere is refused."""
    part = words(replace(case(K.WITHDRAWAL), chosen=("flag_dose",)))
    assert "as far as it is about:" in part
    assert "sulfa" not in part
    with pytest.raises(Refused, match="stands elsewhere"):
        kinds.compose(replace(case(K.AGREE_NOTIFY), chosen=("flag_sulfa", "flag_dose")))


def test_it_is_said_whether_all_or_a_part_was_answered_so() -> None:
    """By where all items stand, not by which the letter is about."""
    all_no = content(K.ATTACH_REQUEST, "us", (told(E.DENIED, 9),), 12, chosen=("flag_dose",))
    assert "you denied it." in words(all_no)
    assert "you denied a part of it." in words(case(K.ATTACH_REQUEST))
    mixed = (GRANTED, DENIED, told(E.DISAGREEMENT, 44, items=("flag_sulfa",)))
    assert "you agreed to amend a part of it." in words(content(K.COPY_ORDER, "us", mixed, 45))


def test_the_letter_that_asks_is_about_all_items() -> None:
    """One that left some out would ask for less than the vault goes by."""
    with pytest.raises(UsageError, match="all items"):
        kinds.compose(replace(case(K.AMENDMENT_REQUEST), chosen=("flag_dose",)))


def test_a_holder_is_told_under_hipaa_only_where_it_binds_them() -> None:
    """One who is not known to be bound is asked, and no law is named."""
    bound = words(case(K.NOTIFY_HOLDER))
    assert "(45 CFR 164.526(e))" in bound
    assert "Record number: PF-201" in bound
    free = replace(case(K.NOTIFY_HOLDER), tell=(replace(FAMILY, hipaa=False),))
    assert not LAW.search(words(free))
    with pytest.raises(Refused, match="this letter goes to one"):
        kinds.compose(replace(case(K.NOTIFY_HOLDER), to=""))


def test_somebody_who_signs_for_the_patient_says_so() -> None:
    """The name under the letter, in what capacity, and whose record it is."""
    letter = replace(case(K.AMENDMENT_REQUEST), signer=PARENT)
    said = words(letter)
    assert said.startswith("Ada Ellen Quill\n")
    assert "I ask for this on behalf of Ada Ellen Quill, as mother." in said
    assert "Request to amend a health record" in said
    died = replace(letter, patient=replace(letter.patient, died=SENT), signer=None)
    with pytest.raises(Refused, match="has died"):
        kinds.compose(died)


def test_a_letter_without_a_confirmed_item_is_not_made() -> None:
    """Where no flag is confirmed any more, nothing is asked for."""
    for kind in CorrectionLetterKind:
        with pytest.raises(Refused, match="no item of this correction is confirmed"):
            kinds.compose(replace(case(kind), items=()))


def test_every_letter_goes_into_json() -> None:
    """The data survives the way to the template unchanged."""
    for kind in CorrectionLetterKind:
        data = kinds.compose(case(kind))
        assert json.loads(json.dumps(data)) == data


STEPS = st.lists(
    st.tuples(
        st.sampled_from(sorted(CorrectionEvent)),
        st.integers(0, 200),
        st.sampled_from(["", *sorted(item.flag for item in ITEMS)]),
        st.sampled_from(["", "fixed", "appended", "unchanged", "disagreement_on_file"]),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(STEPS, st.sampled_from(PLACES), st.integers(0, 400))
def test_any_history_gives_a_letter_or_a_sentence(
    steps: list[tuple[CorrectionEvent, int, str, str]], place: str, day: int
) -> None:
    """Whatever happened in whatever order: no letter breaks, none tells of another's items."""
    happened = tuple(
        told(kind, on, outcome=outcome, items=(flag,) if flag else ())
        for kind, on, flag, outcome in steps
    )
    for kind in CorrectionLetterKind:
        letter = content(kind, place, happened, day, text="mine" if kind in MAY_SAY else "")
        if kinds.fits(letter):
            continue
        said = words(letter)
        ended = [i for i in letter.items if i.state is ItemState.WITHDRAWN]
        if kind in (K.DISAGREEMENT, K.AGREE_NOTIFY, K.NOT_CARRIED_OUT, K.REMINDER):
            assert not any(item.quote and item.quote in said for item in ended)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_no_text_reaches_a_letter_with_control_codes_or_direction_marks(text: str) -> None:
    """Whatever stands in a record, a name or own words."""
    item = replace(SULFA, quote=text, should_say=text, why=text, record=text, author=text)
    for kind in (K.AMENDMENT_REQUEST, K.DISAGREEMENT, K.COMPLAINT):
        letter = replace(
            case(kind),
            items=(replace(item, state=ItemState.DENIED, flag="flag_sulfa"),),
            text=f"mine {text}" if kind in MAY_SAY else "",
        )
        said = json.dumps(kinds.compose(letter), ensure_ascii=False)
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]", said)
