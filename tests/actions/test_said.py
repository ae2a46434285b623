"""What they say leads to the right note, the law of the place, and the letter that answers it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import pytest

from tests.actions.asked import SENT, asked, day, drafted, happens
from tests.actions.made import hospital
from vault.actions import dues, requests
from vault.actions import session as sessions
from vault.actions.asking import said
from vault.actions.asking.replies import BY_ID, REPLIES
from vault.actions.asking.said import Answered, Heard
from vault.actions.requests import Wanted
from vault.actions.session import Session
from vault.errors import Refused, UsageError, VaultError
from vault.model import lifecycle
from vault.model.asking_letters import PURPOSE, LetterKind
from vault.model.dues import DueKind
from vault.model.replies import Answers, Reply
from vault.model.requests import (
    Detail,
    RequestEvent,
    RequestState,
    Urgency,
    urgency,
)
from vault.store.kdf import CHEAPEST

E, L = RequestEvent, LetterKind
NEEDED = {
    "one_way_only": {"way": "portal"},
    "pause": {"why": "fee"},
    "promise": {"until": "2026-04-20"},
}


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One vault for all: each test asks anew."""
    home = tmp_path_factory.mktemp("said")
    made, _code = sessions.make_vault(
        home / "vault", "plum kettle orbit", profile=CHEAPEST, state=home / "state"
    )
    with made:
        yield made


def told(s: Session, request: str, reply: str, choices: dict[str, str], days: int = 8) -> Answered:
    """Say that they said it so many days after the sending."""
    heard = Heard(reply, day(days), {**NEEDED.get(reply, {}), **choices})
    return said.answer(s, request, heard, day(days))


def tell(s: Session, request: str, reply: str, days: int = 8, **choices: str) -> Answered:
    """The same, with the choices by name."""
    return told(s, request, reply, choices, days)


def cites(held: Answered) -> str:
    """All that is cited, in one line."""
    return " | ".join(m.cite for m in held.means)


@pytest.mark.parametrize(
    ("reply", "choices", "event", "letters", "cite"),
    [
        ("wants_reason", {}, E.CLARIFICATION_ASKED, (L.NO_REASON,), "HHS access guidance"),
        ("wants_reason", {"firm": "refused"}, E.DENIED, (L.NO_REASON, L.COMPLAINT), "HHS"),
        ("wants_notary", {}, E.CLARIFICATION_ASKED, (L.NO_NOTARY,), "164.514(h)"),
        ("one_way_only", {}, E.CLARIFICATION_ASKED, (L.NO_PORTAL,), "HHS access guidance"),
        ("wants_form", {}, E.FORM_ASKED, (L.OWN_FORM,), "164.524(b)(1)"),
        ("wants_form", {"which": "authorization"}, E.FORM_ASKED, (L.OWN_FORM,), "OCR on"),
        ("no_email", {}, E.CLARIFICATION_ASKED, (L.NO_VISIT,), "164.524(c)(2)"),
        ("names_fee", {"lines": "search=9"}, E.FEE_QUOTED, (L.FEE_DISPUTE,), "164.524(c)(4)"),
        ("names_fee", {"amount": "9"}, E.FEE_QUOTED, (L.ITEMISATION,), "164.524(c)(4)"),
        ("names_fee", {"lines": "copying=6"}, E.FEE_QUOTED, (), ""),
        ("unpaid_bill", {}, E.CLARIFICATION_ASKED, (L.FEE_DISPUTE,), "HHS access guidance"),
        ("unpaid_bill", {"firm": "refused"}, E.DENIED, (L.FEE_DISPUTE, L.COMPLAINT), "HHS"),
        ("summary", {}, E.CLARIFICATION_ASKED, (L.NOT_SUMMARY,), "164.524(c)(2)(iii)"),
        ("summary", {"came": "came"}, E.PARTIAL, (L.NOT_SUMMARY, L.SHORTFALL), "(iii)"),
        ("not_ours", {"name": "the lab"}, E.REDIRECTED, (L.NOT_OURS,), "164.524(d)(3)"),
        ("not_ours", {"why": "foreign"}, E.REDIRECTED, (L.NOT_OURS,), "164.501"),
        ("moved", {"why": "closed"}, E.REDIRECTED, (L.NOT_OURS,), ""),
        ("partial", {}, E.PARTIAL, (L.SHORTFALL,), ""),
        ("psychotherapy", {}, E.WITHHELD, (L.DENIAL_PARTS,), "164.524(a)(1)(i)"),
        ("teenager", {}, E.DENIED, (L.DENIAL_PARTS, L.COMPLAINT), "164.502(g)(3)"),
        ("teenager", {"why": "harm"}, E.DENIED, (L.REVIEW, L.COMPLAINT), "(a)(3)(iii)"),
        ("no_testamentary", {}, E.ID_ASKED, (L.IDENTITY,), "164.502(g)(4)"),
        ("lost", {}, E.BOUNCED, (L.LOST,), ""),
        ("needs_id", {}, E.ID_ASKED, (L.IDENTITY,), "164.514(h)(1)"),
        ("link", {"works": "no"}, E.LINK_SENT, (L.LINK_ENDED,), ""),
        ("link", {"until": "2026-03-20"}, E.LINK_SENT, (), ""),
        ("pause", {}, E.PAUSE_CLAIMED, (), "164.524(b)(2)"),
        ("promise", {}, E.PROMISED, (), "164.524(b)(2)"),
        ("not_held", {}, E.NOT_HELD, (L.STATEMENT,), "164.524(d)(3)"),
        ("destroyed", {}, E.DESTROYED, (L.STATEMENT,), "482.24"),
        ("received_it", {"number": "A-17"}, E.ACKNOWLEDGED, (), ""),
        ("all_came", {}, E.RECEIVED, (), ""),
    ],
)
def test_a_reply_is_noted_and_answered(
    vault: Session,
    reply: str,
    choices: dict[str, str],
    event: RequestEvent,
    letters: tuple[LetterKind, ...],
    cite: str,
) -> None:
    """Each is noted as one event, with the letters that answer it and the law behind it."""
    held = told(vault, asked(vault, "us"), reply, choices)
    assert held.event is not None
    assert (held.event.kind, held.letters) == (event, letters)
    assert cite in cites(held)
    assert all(m.text.endswith("check the current text)") for m in held.means if m.cite)
    assert held.event.note


@pytest.mark.parametrize(
    ("ground", "more", "letters"),
    [
        ("hipaa-endanger-life", {}, (L.REVIEW, L.COMPLAINT)),
        (
            "hipaa-endanger-life",
            {"holds": "access-basis access-complaint"},
            (L.REVIEW, L.DENIAL_PARTS, L.COMPLAINT),
        ),
        ("hipaa-litigation", {}, (L.COMPLAINT,)),
        ("hipaa-litigation", {"written": "no"}, (L.DENIAL_PARTS, L.COMPLAINT)),
        ("none", {}, (L.DENIAL_PARTS, L.COMPLAINT)),
        ("portal-only", {}, (L.COMPLAINT,)),
        ("other", {}, (L.COMPLAINT,)),
    ],
)
def test_a_refusal_by_its_ground(
    vault: Session, ground: str, more: dict[str, str], letters: tuple[LetterKind, ...]
) -> None:
    """It is reviewed where it can be; what it lacks is asked for; one can always complain."""
    held = told(vault, asked(vault, "us"), "denied", {"ground": ground, **more})
    assert held.letters == letters
    assert held.view.request.state is RequestState.DENIED
    assert held.by == day(8 + 180)
    if more.get("holds"):
        assert "that you can have the denial reviewed" in " ".join(m.text for m in held.means)


def test_every_ground_the_place_knows_is_offered(vault: Session) -> None:
    """With what it knows as none, and with none; elsewhere only what can be said anywhere."""

    def grounds(place: str) -> list[str]:
        _, found = said.fitting(vault, asked(vault, place), day(1))
        reply = next(r for r in found if r.id == "denied")
        (question,) = [q for q in reply.questions if q.key == "ground"]
        return [c.id for c in question.choices]

    here = grounds("us")
    assert {"hipaa-endanger-life", "hipaa-psychotherapy", "unpaid-bill", "none", "other"} <= {*here}
    assert grounds("uk") == ["none", "other"]


@pytest.mark.parametrize(
    ("days", "letters"),
    [
        (5, (L.ACKNOWLEDGEMENT,)),
        (25, (L.REMINDER,)),
        (33, (L.OVERDUE,)),
        (60, (L.DEEMED_REFUSAL, L.COMPLAINT)),
    ],
)
def test_silence_is_answered_by_how_late_it_is(
    vault: Session, days: int, letters: tuple[LetterKind, ...]
) -> None:
    """Nothing happened, so nothing is noted."""
    id_ = asked(vault, "us")
    held = tell(vault, id_, "silence", days)
    assert (held.event, held.letters) == (None, letters)
    assert len(requests.get(vault, id_, day(days)).request.events) == 2


def test_what_was_destroyed_had_to_be_kept_so_long(vault: Session) -> None:
    """The rule of the place, and its last day counted from what was asked for."""
    wanted = Wanted(from_date=dt.date(2020, 1, 1), to_date=dt.date(2022, 6, 30))
    held = tell(vault, asked(vault, "us-tx", wanted), "destroyed")
    assert held.view.request.outcome == "retention_expired"
    assert "10 years, so until 30 Jun 2032 at least" in held.means[0].text
    assert tell(vault, asked(vault, "nz"), "destroyed").means[-1].text.startswith("Nothing is rec")


def test_until_when_to_act(vault: Session) -> None:
    """A complaint has its window, its last day once the safe one passed; else the law's date."""
    id_ = asked(vault, "us")
    assert tell(vault, id_, "needs_id", 40).by == day(30)
    assert tell(vault, id_, "silence", 60).by == day(30 + 180)
    late = said.answer(vault, id_, Heard("silence", day(60)), day(30 + 181))
    assert late.by == day(30 + 181)
    gone = said.answer(vault, id_, Heard("silence", day(60)), day(30 + 182))
    assert gone.by == day(30)
    link = tell(vault, asked(vault, "us"), "link", until="2026-03-20")
    assert link.by == dt.date(2026, 3, 20)


def test_days_told_out_of_order_count_by_the_day(vault: Session) -> None:
    """What happened first and was told last stands first; what came later is not undone."""
    id_ = asked(vault, "us")
    tell(vault, id_, "promise", 20, until="2026-04-20")
    tell(vault, id_, "names_fee", 5, lines="copying=6")
    held = tell(vault, id_, "received_it", 4, number="A-17")
    kinds = [e.kind for e in held.view.standing.events][2:]
    assert kinds == [E.ACKNOWLEDGED, E.FEE_QUOTED, E.PROMISED]
    assert held.view.standing.promised == dt.date(2026, 4, 20)


def test_somebody_else_holds_them(vault: Session) -> None:
    """With a provider of one's own, a request to it is begun, and its letter comes next."""
    other = hospital(vault, "Bay Laboratory")
    id_ = asked(vault, "us")
    held = tell(vault, id_, "not_ours", to=other.id, name="Bay Laboratory")
    assert held.letters == (L.ACCESS_REQUEST,)
    assert held.view.request.outcome == "superseded"
    new = [v for v in requests.every(vault, day(8)) if v.request.parent == id_]
    assert [v.provider.id for v in new] == [other.id]


def test_a_delay_has_its_verdict_and_a_second_one_does_not_count(vault: Session) -> None:
    """Lawful once, with reason and day in time; challenged after that."""
    id_ = asked(vault, "us")
    first = tell(vault, id_, "extension", 10, until="2026-04-20", reason="stored elsewhere")
    assert (first.letters, first.by) == ((), dt.date(2026, 4, 20))
    assert first.view.request.state is RequestState.EXTENDED
    again = tell(vault, id_, "extension", 40, until="2026-06-20", reason="stored elsewhere")
    assert again.letters == (L.EXTENSION,)
    assert again.by == dt.date(2026, 4, 20)
    assert "can be extended once only" in again.means[0].text


def test_a_fee_in_another_currency_is_said_to_be_one(vault: Session) -> None:
    """It is a finding, not a conversion."""
    held = tell(vault, asked(vault, "us"), "names_fee", lines="copying=6", currency="eur")
    assert any("EUR" in m.text and "not converted" in m.text for m in held.means)


def test_a_price_a_page_of_what_is_kept_electronically(vault: Session) -> None:
    """Whether the record is kept electronically is asked, and changes what may be charged."""
    choices = {"lines": "copying=25.00/50", "kept": "both"}
    held = told(vault, asked(vault, "us"), "names_fee", choices)
    assert "They charge by the page" in held.means[0].text
    paper = told(vault, asked(vault, "us"), "names_fee", choices | {"kept": "paper"})
    assert "They charge by the page" not in paper.means[0].text


def test_a_person_calls_it_what_they_like(vault: Session) -> None:
    """The label and the letter of the dialog can both be overruled, or left out."""
    id_ = asked(vault, "us")
    held = tell(vault, id_, "wants_reason", log="note", letter="complaint", note="by phone")
    assert held.event is not None
    assert (held.event.kind, held.event.note, held.letters) == (E.NOTE, "by phone", (L.COMPLAINT,))
    held = tell(vault, id_, "denied", log="nothing", letter="nothing")
    assert (held.event, held.letters) == (None, ())
    assert held.view.request.state is RequestState.SENT


def test_an_earlier_answer_is_changed_and_later_ones_stay(vault: Session) -> None:
    """What was taken for a refusal was a question; the call after it still counts."""
    id_ = asked(vault, "us")
    first = tell(vault, id_, "denied", 8, ground="other")
    assert first.event is not None
    happens(vault, id_, E.CALL, 9, Detail(who="the records office"))
    tell(vault, id_, "received_it", 10, number="A-17")
    heard = Heard("wants_reason", day(8), replaces=first.event.seq)
    changed = said.answer(vault, id_, heard, day(11))
    kinds = [e.kind for e in changed.view.standing.events]
    assert kinds == [E.DRAFTED, E.SENT, E.CLARIFICATION_ASKED, E.CALL, E.ACKNOWLEDGED]
    assert changed.view.standing.number == "A-17"
    assert changed.letters == (L.NO_REASON,)


@pytest.mark.parametrize(
    ("reply", "choices", "words"),
    [
        ("nonsense", {}, "there is no reply"),
        ("denied", {"why": "x"}, "there is no question"),
        ("denied", {"ground": "horoscope"}, "no ground is called"),
        ("denied", {"holds": "horoscope"}, "a refusal has no part"),
        ("wants_form", {"which": "x"}, "there is no which"),
        ("promise", {"until": ""}, "this is missing"),
        ("promise", {"until": "soon"}, "is not a date"),
        ("promise", {"until": "2026-03-01"}, "lies before the day"),
        ("pause", {"why": ""}, "this is missing"),
        ("names_fee", {"amount": "a lot"}, "not an amount"),
        ("names_fee", {"lines": "copying"}, "not a line of a fee"),
        ("names_fee", {"pages": "-3"}, "not a number"),
        ("partial", {"items": "item_zzz"}, "no request_item has the id"),
        ("denied", {"log": "horoscope"}, "there is no event"),
        ("denied", {"letter": "horoscope"}, "there is no letter"),
        ("not_ours", {"to": "prov_zzz"}, "no provider has the id"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_noted(
    vault: Session, reply: str, choices: dict[str, str], words: str
) -> None:
    """Each with one sentence and a hint."""
    id_ = asked(vault, "us")
    with pytest.raises(VaultError, match=words) as error:
        told(vault, id_, reply, choices)
    assert error.value.hint
    assert len(requests.get(vault, id_, day(8)).request.events) == 2


def test_days_that_cannot_be(vault: Session) -> None:
    """A reply before the sending, or in the future, is refused; so is one to a request not sent."""
    id_ = asked(vault, "us")
    with pytest.raises(UsageError, match="the request was sent on 2026-03-02"):
        tell(vault, id_, "needs_id", -3)
    with pytest.raises(UsageError, match="lies ahead"):
        tell(vault, id_, "needs_id", 40_000)
    with pytest.raises(Refused, match="not been sent yet"):
        tell(vault, drafted(vault, "us"), "needs_id")
    with pytest.raises(Refused, match="no answer is owed"):
        tell(vault, drafted(vault, "us"), "silence")
    happens(vault, id_, E.WITHDRAWN, 9)
    with pytest.raises(Refused, match="this request was closed on"):
        tell(vault, id_, "needs_id", 10)


def test_only_what_can_come_now_is_offered(vault: Session) -> None:
    """Before the sending a fee or a form; nothing once it is closed."""
    id_ = drafted(vault, "us")
    before = {r.id for r in said.fitting(vault, id_, day(0))[1]}
    assert before == {"names_fee", "wants_form", "not_ours", "moved"}
    id_ = asked(vault, "us")
    assert len(said.fitting(vault, id_, day(1))[1]) == len(REPLIES)
    happens(vault, id_, E.WITHDRAWN, 9)
    assert said.fitting(vault, id_, day(9))[1] == ()


def test_every_reply_has_words_and_every_letter_a_purpose() -> None:
    """Ids are told apart, each needs no more than can be asked, and what it asks has words."""
    assert len(BY_ID) == len(REPLIES)
    assert set(PURPOSE) == set(LetterKind)
    for reply in REPLIES:
        assert reply.words
        assert len({q.key for q in reply.questions}) == len(reply.questions)
        for question in reply.questions:
            assert question.words
            assert (question.takes is Answers.CHOICE) == bool(question.choices)


def some(reply: Reply, pick: random.Random) -> dict[str, str]:
    """Answers to the questions of a reply, sometimes left out, sometimes nonsense."""
    found = {}
    for question in reply.questions:
        if not question.needed and pick.random() < 0.4:
            continue
        if question.choices:
            found[question.key] = pick.choice([c.id for c in question.choices])
        elif question.takes is Answers.DAY:
            found[question.key] = (SENT + dt.timedelta(days=pick.randrange(90))).isoformat()
        elif question.key == "ground":
            found[question.key] = pick.choice(["none", "other", "hipaa-litigation", "nonsense"])
        elif question.takes in (Answers.AMOUNT, Answers.NUMBER):
            found[question.key] = pick.choice(["12", "nonsense"])
        elif question.takes is Answers.LINES:
            found[question.key] = pick.choice(["copying=3/2", "nonsense"])
        elif question.takes is Answers.TEXT:
            found[question.key] = "some words"
    return found


def test_any_reply_in_any_state_is_allowed_or_refused_with_a_sentence(vault: Session) -> None:
    """Random talks: what is noted is what the state allows; closed requests owe nothing."""
    pick = random.Random(20260302)
    extra = [E.ANSWERED, E.FEE_PAID, E.COMPLAINED, E.WITHDRAWN, E.REOPENED, E.REVIEWED]
    reached, refused, silent = set(), 0, 0
    for _ in range(14):
        id_, today = asked(vault, pick.choice(["us", "uk", "us-mi", "ca-on"])), 1
        for _ in range(12):
            today += pick.randrange(9)
            view = requests.get(vault, id_, day(today))
            before, count = view.standing, len(view.request.events)
            reached.add(before.state)
            reply = pick.choice(REPLIES)
            try:
                if pick.random() < 0.2:
                    happens(vault, id_, pick.choice(extra), today)
                    continue
                heard = Heard(reply.id, day(today), some(reply, pick))
                held = said.answer(vault, id_, heard, day(today))
            except VaultError as error:
                refused += bool(error.sentence and error.hint)
                silent += not (error.sentence and error.hint)
                assert len(requests.get(vault, id_, day(today)).request.events) == count
                continue
            if held.event is not None:
                assert lifecycle.allowed(RequestEvent(held.event.kind), before.state)
            check_recomputed(vault, id_, day(today))
    assert refused
    assert not silent
    assert {RequestState.CLOSED, RequestState.DENIED, RequestState.ACTION_NEEDED} <= reached


def check_recomputed(s: Session, id_: str, today: dt.date) -> None:
    """Where it stands and how it presses follow from its events; closed, it owes nothing."""
    view = requests.get(s, id_, today)
    again = lifecycle.stand([item.id for item in view.request.items], view.request.events)
    assert again == view.standing
    assert (view.request.state, view.request.outcome) == (again.state, again.outcome)
    pressing = urgency(
        view.due.rolled if view.due else None,
        today,
        open_=again.open,
        promised=again.promised,
        last=again.last,
    )
    assert view.urgency is pressing
    listed = [o for o in dues.every(s, today) if o.id == id_]
    if not again.open:
        assert not listed
        assert view.urgency is Urgency.OK
    legal = [o for o in listed if o.kind is DueKind.ANSWER]
    assert [o.on for o in legal] == ([view.due.on] if view.due and again.open else [])
