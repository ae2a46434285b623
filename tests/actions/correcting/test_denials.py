"""A denial is held against what the law of the place knows, and nothing beyond it is claimed."""

from __future__ import annotations

import pytest

from tests.actions.correcting.corrected import asked, day, happens
from vault.actions import corrections
from vault.actions.correcting import denials, grounds
from vault.actions.correcting.denials import Denial
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.law import denial
from vault.law.rules import Right
from vault.model.corrections import NO_GROUND, CorrectionEvent
from vault.model.providers import ProviderKind
from vault.model.requests import Detail

E = CorrectionEvent
PARTS = ("amendment-basis", "amendment-statement", "amendment-attach", "amendment-complaint")
KNOWN = denial.grounds("us", ProviderKind.HOSPITAL, Right.AMENDMENT)


def judged(
    s: Session, place: str, ground: str = "", holds: tuple[str, ...] = (), items: int = 1
) -> Denial:
    """A denial of a correction at a place, as it is judged."""
    id_ = asked(s, place, items)
    view = corrections.get(s, id_, day(9))
    meant, parts = grounds.told(s, view, ground, holds)
    view = happens(s, id_, E.DENIED, 9, Detail(ground=meant, enclosures=parts))
    return denials.judge(s, view, denials.last(view))


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        *((ground.words, ground.id) for ground in KNOWN),
        *((ground.id, ground.id) for ground in KNOWN),
        ("Accurate and complete", "hipaa-amend-accurate"),
        ("the record is correct", "hipaa-amend-accurate"),
        ("We did not create this entry", "hipaa-amend-not-created"),
        ("it was written by another provider", "hipaa-amend-not-created"),
        ("not part of the designated record set", "hipaa-amend-not-drs"),
        ("these are psychotherapy notes", "hipaa-amend-not-accessible"),
        ("not_accessible", "hipaa-amend-not-accessible"),
        ("no reason given", NO_GROUND),
        ("None", NO_GROUND),
        # What is no ground stays what it was, however like one it sounds.
        ("we cannot correct a signed note", "we cannot correct a signed note"),
        ("complete our form first", "complete our form first"),
        ("that is not accurate to say", "that is not accurate to say"),
        ("the doctor has left", "the doctor has left"),
        ("", ""),
    ],
)
def test_a_ground_is_understood_or_kept_as_typed(typed: str, id_: str) -> None:
    """By its id, by its plain words, or by the words holders use."""
    assert grounds.understand(typed, KNOWN) == id_


def test_all_four_grounds_are_known_by_name() -> None:
    """The law has four, and each is told from its own words."""
    assert len({grounds.understand(g.words, KNOWN) for g in KNOWN}) == len(KNOWN) == 4


def test_a_lawful_ground_and_a_whole_notice(vault: Session) -> None:
    """Nothing is missing; whether the ground holds is left open."""
    held = judged(vault, "us-tx", "accurate", ("statement", "attach", "amendment-complaint"))
    assert (held.lawful, held.missing) == (True, ())
    assert held.known is not None
    assert held.known.id == "hipaa-amend-accurate"
    assert all(owed.held for owed in held.owed)
    assert any("open to dispute" in m.text for m in held.sentences)
    assert all("lacks" not in m.text for m in held.sentences)


def test_a_ground_the_law_does_not_know(vault: Session) -> None:
    """Kept as typed, said to be none, with the four there are, each with source and sureness."""
    held = judged(vault, "us-tx", "the doctor has left", ("statement",))
    assert (held.lawful, held.known, held.ground) == (False, None, "the doctor has left")
    assert [part.id for part in held.missing] == ["amendment-attach", "amendment-complaint"]
    assert held.sentences[0].text.startswith("The ground they named is none that the law knows")
    cited = [m.cite for m in held.sentences if m.cite]
    assert [g.source.cite for g in held.grounds] == cited[:4]
    assert all(m.confidence for m in held.sentences if m.cite)


def test_no_ground_given_is_a_part_missing(vault: Session) -> None:
    """A notice without a ground lacks one; one that says nothing lacks all."""
    held = judged(vault, "us-tx", "no ground given", ("statement", "attach", "complaint"))
    assert (held.lawful, [p.id for p in held.missing]) == (False, ["amendment-basis"])
    bare = judged(vault, "us-tx", "none", ("none",))
    assert [p.id for p in bare.missing] == list(PARTS)


def test_what_nobody_noted_is_not_claimed_to_be_missing(vault: Session) -> None:
    """Neither the ground nor the notice was noted: a person is asked to look."""
    held = judged(vault, "us-tx")
    assert (held.lawful, held.missing) == (None, ())
    assert {owed.held for owed in held.owed} == {None}
    said = [m.text for m in held.sentences]
    assert any("was not noted" in text for text in said)
    assert not any("lacks" in text for text in said)


@pytest.mark.parametrize("place", ["uk", "au", "de", "nz"])
def test_of_other_places_no_grounds_are_claimed(vault: Session, place: str) -> None:
    """Nothing is recorded of grounds and notices there: that is said, and no more."""
    held = judged(vault, place, "accurate")
    assert (held.lawful, held.grounds, held.owed, held.missing) == (None, (), (), ())
    (only,) = held.sentences
    assert only.text.startswith("Nothing is recorded here")
    assert held.ground == "accurate"
    with pytest.raises(UsageError):
        judged(vault, place, "accurate", ("statement",))


def test_what_can_be_done_under_hipaa(vault: Session) -> None:
    """All six ways, the complaint with its day, the statement with what limits it."""
    held = judged(vault, "us-ca", "not-created")
    options = {o.id: o for o in held.options}
    assert list(options) == [
        "disagree", "attach", "more_evidence", "originator", "complain", "accept",
    ]  # fmt: skip
    assert "at most 250 words an item" in options["disagree"].words
    assert held.limit is not None
    assert held.limit.words == 250
    assert options["complain"].by == day(9 + 180)
    assert options["complain"].cite == "45 CFR 160.306(b)(3)"
    assert "cannot be reached" in options["originator"].words
    elsewhere = {o.id for o in judged(vault, "uk").options}
    assert elsewhere == {"more_evidence", "originator", "complain", "accept"}
    assert "disagree" in {o.id for o in judged(vault, "nz").options}


def test_each_denial_is_of_its_own_items(vault: Session) -> None:
    """Two denials of two items on two days are judged each for itself."""
    id_ = asked(vault, "us-tx", 2)
    first, second = (i.flag for i in corrections.get(vault, id_, day(1)).correction.items)
    accurate = Detail(ground="hipaa-amend-accurate", items=(first,))
    view = happens(vault, id_, E.DENIED, 5, accurate)
    seq = denials.last(view).seq
    view = happens(vault, id_, E.DENIED, 7, Detail(ground="too old", enclosures=("none",)))
    late = denials.judge(vault, view, denials.last(view))
    assert (late.items, late.lawful) == ((second,), False)
    early = denials.judge(vault, view, denials.last(view, seq))
    assert (early.items, early.lawful) == ((first,), True)


def test_only_a_denial_can_be_judged(vault: Session) -> None:
    """Nothing denied, an event that is none, and a number there is not are refused."""
    view = corrections.get(vault, asked(vault, "us-tx"), day(1))
    with pytest.raises(Refused, match="has not been denied"):
        denials.last(view)
    with pytest.raises(Refused, match="no event 99"):
        denials.last(view, 99)
    with pytest.raises(Refused, match="no denial"):
        denials.judge(vault, view, view.correction.events[0])


def test_parts_of_a_notice_are_checked(vault: Session) -> None:
    """One that is none of those known is refused, with those there are; none goes with no other."""
    view = corrections.get(vault, asked(vault, "us-tx"), day(1))
    with pytest.raises(UsageError, match="jam") as refused:
        grounds.told(vault, view, "", ("jam",))
    assert "amendment-statement" in refused.value.hint
    with pytest.raises(UsageError):
        grounds.told(vault, view, "", ("none", "statement"))
    assert grounds.told(vault, view, "", ("Statement", "statement")) == (
        "",
        ("amendment-statement",),
    )
