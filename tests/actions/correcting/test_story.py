"""Corrections from the wrong entry to the end: each step leaves everything where it should be."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.made import hospital, patient, put
from vault.actions import corrections, flags
from vault.actions.correcting.events import Told
from vault.actions.corrections import CorrectionView
from vault.actions.flags import Wrong
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model import hl7
from vault.model.corrections import CorrectionEvent, CorrectionState, ItemState
from vault.model.flags import FlagState
from vault.model.records import Record
from vault.model.requests import Channel, Detail, WaitingOn

E, S, I, W = CorrectionEvent, CorrectionState, ItemState, WaitingOn  # noqa: E741 - as elsewhere
SENT = dt.date(2026, 3, 2)
WRONG, RIGHT = "Amoxicillin 500 mg twice daily", "Amoxicillin 250 mg twice daily"
SMOKES, NEVER = "Smoker, one pack a day", "Never smoked"
PAGE = f"Patient: Marian Voss\nPlan: {WRONG}\nSocial: {SMOKES}"


class Story:
    """One correction of Marian Voss's, told step by step, and looked at after each."""

    def __init__(self, s: Session, entries: tuple[tuple[str, str], ...]) -> None:
        self.s = s
        self.who, self.held = patient(s), hospital(s)
        self.record = put(s, "note.pdf", (PAGE,), self.who, self.held)
        made = [flags.add(s, self.record.id, 1, quote, Wrong(say)) for quote, say in entries]
        self.flags = tuple(flag.id for flag in made)
        self.id = corrections.new(s, self.flags).correction.id
        self.day = SENT

    @property
    def view(self) -> CorrectionView:
        """The correction as it stands on the day of the last step."""
        return corrections.get(self.s, self.id, self.day)

    def sent(self, days: int = 0) -> None:
        """It was sent by fax so many days after the first sending, and arrived the same day."""
        self.day = SENT + dt.timedelta(days=days)
        corrections.sent(self.s, self.id, Sending(self.day, Channel.FAX, self.day))

    def then(self, kind: CorrectionEvent, days: int, **detail: object) -> None:
        """Something happened so many days after the sending."""
        self.day = SENT + dt.timedelta(days=days)
        told = Told(kind, self.day, "", Detail(**detail))  # type: ignore[arg-type]
        corrections.tell(self.s, self.id, told)

    def copy(self, text: str) -> Record:
        """A fresh copy of the note that reads so."""
        return put(self.s, "fresh.pdf", (text,), self.who, self.held)

    def is_(self, state: CorrectionState, code: str, waits: WaitingOn) -> None:
        """The state, the code and whose turn it is; the stored ones are the same."""
        view = self.view
        assert (view.standing.state, hl7.code(view.standing)) == (state, code)
        assert view.standing.waiting_on is waits
        assert (view.correction.state, view.correction.waiting_on) == (state, waits)
        stored = {item.flag: item.state for item in view.correction.items}
        assert stored == view.standing.items

    def items(self, *states: ItemState) -> None:
        """Where each item stands."""
        assert tuple(self.view.standing.items.values()) == states

    def flagged(self, *states: FlagState) -> None:
        """Where each flag stands."""
        assert tuple(flags.get(self.s, flag).state for flag in self.flags) == states

    def due(self, days: int | None) -> None:
        """An answer is owed so many days after the sending; None where none is."""
        found = self.view.due
        assert (found.on - SENT).days == days if found else days is None


@pytest.fixture
def one(vault: Session) -> Story:
    """A correction of one wrong dose."""
    return Story(vault, ((WRONG, RIGHT),))


@pytest.fixture
def two(vault: Session) -> Story:
    """A correction of a wrong dose and of a habit that never was."""
    return Story(vault, ((WRONG, RIGHT), (SMOKES, NEVER)))


def test_from_the_sending_to_a_lawful_delay(one: Story) -> None:
    """Sent, in review, something asked and given, put off: the date moves once."""
    one.is_(S.DRAFT, "draft", W.ME)
    one.flagged(FlagState.IN_CORRECTION)
    one.due(None)
    one.sent()
    one.is_(S.SENT, "queued", W.PROVIDER)
    one.due(60)
    one.then(E.IN_REVIEW, 5)
    one.is_(S.IN_REVIEW, "in-review", W.PROVIDER)
    one.then(E.INFO_ASKED, 10)
    one.is_(S.INFO_REQUESTED, "waiting-for-information", W.ME)
    one.then(E.INFO_GIVEN, 12)
    one.then(E.EXTENDED, 50, until=SENT + dt.timedelta(days=85), reason="the clinician is away")
    one.is_(S.EXTENDED, "in-review", W.PROVIDER)
    one.due(85)
    assert one.view.extension is not None
    assert one.view.extension.lawful
    one.then(E.EXTENDED, 55, until=SENT + dt.timedelta(days=90), reason="once more")
    one.due(85)
    assert one.view.extension is not None
    assert not one.view.extension.lawful


def test_from_a_wrong_dose_to_a_copy_that_says_it_right(one: Story) -> None:
    """Accepted, a copy ordered, come and compared: the flag is resolved."""
    one.sent()
    one.then(E.ACCEPTED, 80)
    one.is_(S.ACCEPTED, "accepted", W.ME)
    one.due(None)
    one.flagged(FlagState.IN_CORRECTION)
    one.then(E.COPY_ORDERED, 82)
    one.is_(S.VERIFYING, "amendment-completed", W.PROVIDER)
    fresh = one.copy(PAGE.replace(WRONG, RIGHT))
    one.then(E.COPY_RECEIVED, 100, record=fresh.id)
    one.is_(S.VERIFYING, "amendment-completed", W.ME)
    assert one.view.standing.copies == (fresh.id,)
    one.then(E.COMPARED, 101, record=fresh.id, outcome="fixed")
    one.is_(S.CLOSED, "amendment-completed", W.NOBODY)
    one.items(I.FIXED)
    one.flagged(FlagState.RESOLVED)
    with pytest.raises(Refused):
        one.then(E.ACCEPTED, 102)


def test_a_promise_that_was_not_kept(one: Story) -> None:
    """The copy is unchanged: a reminder, a complaint, asking anew, and put right in the end."""
    one.sent()
    one.then(E.ACCEPTED, 20)
    same = one.copy(PAGE)
    one.then(E.COPY_RECEIVED, 40, record=same.id)
    one.then(E.COMPARED, 41, record=same.id, outcome="unchanged")
    one.is_(S.VERIFYING, "accepted", W.ME)
    one.flagged(FlagState.IN_CORRECTION)
    one.then(E.REMINDED, 45)
    one.is_(S.VERIFYING, "accepted", W.PROVIDER)
    one.then(E.COMPLAINED, 80)
    one.is_(S.VERIFYING, "accepted", W.REGULATOR)
    one.sent(90)
    one.is_(S.SENT, "queued", W.PROVIDER)
    assert one.view.standing.round == 2
    one.due(150)
    one.then(E.ACCEPTED, 100)
    one.is_(S.ACCEPTED, "accepted", W.ME)
    one.then(E.COMPARED, 120, record=one.copy(PAGE.replace(WRONG, RIGHT)).id, outcome="appended")
    one.items(I.APPENDED)
    one.flagged(FlagState.RESOLVED)


def test_denied_and_disputed_to_the_end(one: Story) -> None:
    """A statement of disagreement, their answer to it, and the word that it is with the entry."""
    one.sent()
    one.then(E.DENIED, 30, ground="hipaa-amend-accurate", reason="it is right")
    one.is_(S.DENIED, "denied", W.ME)
    one.due(None)
    with pytest.raises(Refused, match="no statement"):
        one.then(E.REBUTTAL, 31)
    one.then(E.DISAGREEMENT, 35)
    one.is_(S.DISAGREEMENT_LOGGED, "disagreement-logged", W.PROVIDER)
    one.then(E.REBUTTAL, 50)
    one.is_(S.DISAGREEMENT_LOGGED, "inform-rebuttal-option", W.PROVIDER)
    one.then(E.ATTACHED, 60)
    one.is_(S.CLOSED, "inform-rebuttal-option", W.NOBODY)
    one.items(I.DISAGREEMENT_ON_FILE)
    one.flagged(FlagState.RESOLVED)


def test_denied_and_asked_anew_with_more_evidence(one: Story) -> None:
    """The clock starts again with the second sending, and its answer is another one."""
    one.sent()
    one.then(E.DENIED, 30)
    one.sent(40)
    one.is_(S.SENT, "queued", W.PROVIDER)
    one.due(100)
    one.then(E.DENIED, 60)
    assert [e.on for e in one.view.standing.denials] == [
        SENT + dt.timedelta(days=30),
        SENT + dt.timedelta(days=60),
    ]
    one.then(E.CLOSED, 70)
    one.is_(S.CLOSED, "denied", W.NOBODY)
    one.items(I.DENIED_ACCEPTED)


def test_partly(two: Story) -> None:
    """One item is denied and attached, the other granted and proven: each ends by itself."""
    dose, habit = two.flags
    two.sent()
    two.then(E.DENIED, 30, items=(habit,))
    two.is_(S.IN_REVIEW, "in-review", W.PROVIDER)
    two.due(60)
    two.then(E.ACCEPTED, 30)
    two.is_(S.PARTIAL, "partial-accept", W.ME)
    two.due(None)
    two.then(E.ATTACH_ASKED, 35)
    two.is_(S.PARTIAL, "partial-accept", W.ME)
    two.items(I.ACCEPTED, I.DISPUTED)
    two.then(E.COPY_ORDERED, 36)
    fresh = two.copy(PAGE.replace(WRONG, RIGHT))
    two.then(E.COPY_RECEIVED, 60, record=fresh.id)
    two.is_(S.VERIFYING, "partial-amendment-completed", W.ME)
    two.then(E.COMPARED, 61, record=fresh.id, items=(dose,), outcome="fixed")
    two.items(I.FIXED, I.DISPUTED)
    two.flagged(FlagState.RESOLVED, FlagState.IN_CORRECTION)
    two.is_(S.DISAGREEMENT_LOGGED, "disagreement-logged", W.PROVIDER)
    two.then(E.COMPARED, 62, record=fresh.id, outcome="disagreement_on_file")
    two.is_(S.CLOSED, "partial-amendment-completed", W.NOBODY)
    two.flagged(FlagState.RESOLVED, FlagState.RESOLVED)


def test_withdrawn_and_taken_up_again(two: Story) -> None:
    """One item goes, then all; the flags are free, and bound again once it is open again."""
    habit = two.flags[1]
    two.sent()
    two.then(E.WITHDRAWN, 3, items=(habit,))
    two.is_(S.SENT, "queued", W.PROVIDER)
    two.flagged(FlagState.IN_CORRECTION, FlagState.CONFIRMED)
    two.due(60)
    two.then(E.WITHDRAWN, 5)
    two.is_(S.CLOSED, "requester-cancelled", W.NOBODY)
    two.flagged(FlagState.CONFIRMED, FlagState.CONFIRMED)
    two.due(None)
    two.then(E.REOPENED, 8)
    two.is_(S.SENT, "queued", W.PROVIDER)
    two.items(I.OPEN, I.WITHDRAWN)
    two.flagged(FlagState.IN_CORRECTION, FlagState.CONFIRMED)
    two.due(60)


def test_what_is_in_another_correction_is_not_taken_up_again(two: Story) -> None:
    """A flag that was given back and asked about anew, or dismissed, keeps it closed."""
    dose, habit = two.flags
    two.sent()
    two.then(E.WITHDRAWN, 5)
    other = corrections.new(two.s, [dose]).correction.id
    with pytest.raises(Refused, match=other):
        two.then(E.REOPENED, 8)
    day = SENT + dt.timedelta(days=9)
    corrections.log(two.s, other, Told(E.WITHDRAWN, day))
    flags.dismiss(two.s, habit, "I was mistaken")
    with pytest.raises(Refused, match="dismissed"):
        two.then(E.REOPENED, 10)
    assert two.view.standing.state is S.CLOSED
    two.flagged(FlagState.CONFIRMED, FlagState.DISMISSED)


def test_what_moves_nothing_is_refused(one: Story) -> None:
    """A comparison before the answer or without a finding, and a sending with nothing to ask."""
    one.sent()
    with pytest.raises(Refused, match="fresh copy"):
        one.then(E.COMPARED, 5, outcome="fixed")
    with pytest.raises(Refused):
        one.then(E.COPY_ORDERED, 5, items=one.flags)
    one.then(E.ACCEPTED, 10)
    for outcome in ("", "nonsense"):
        with pytest.raises(UsageError, match="fresh copy"):
            one.then(E.COMPARED, 11, outcome=outcome)
    with pytest.raises(Refused, match="asked anew"):
        one.sent(12)
    assert [e.kind for e in one.view.correction.events] == ["drafted", "sent", "accepted"]


def test_the_day_it_arrived_is_told_late(one: Story) -> None:
    """After they said that they have it, the real day still takes the place of the assumed one."""
    corrections.sent(one.s, one.id, Sending(SENT, Channel.MAIL))
    assert one.view.standing.start == SENT + dt.timedelta(days=5)
    one.then(E.IN_REVIEW, 9)
    arrived = SENT + dt.timedelta(days=3)
    corrections.sent(one.s, one.id, Sending(SENT, Channel.MAIL, arrived))
    assert (one.view.standing.start, one.view.standing.assumed) == (arrived, False)
    one.is_(S.IN_REVIEW, "in-review", W.PROVIDER)
