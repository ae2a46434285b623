"""What is missing is asked for where somebody holds it, and resolved when it came."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.made import hospital, patient, put
from vault.actions import corrections, flags, home, omissions, requests
from vault.actions.asking import letters, matching
from vault.actions.asking.events import Told
from vault.actions.flags import Wrong
from vault.actions.omissions import Part, Way
from vault.actions.requests import Sending, Wanted
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.asking_letters import LetterKind
from vault.model.flags import Check, Flag, FlagState, Kind, OmissionKind
from vault.model.providers import Provider
from vault.model.record_types import RecordType
from vault.model.records import Record
from vault.model.requests import Channel, Detail, RequestEvent, RequestState

HEAD = "Alder Bend Clinic\nPatient: Marian Voss DOB: 03/14/1961 MRN: 00412\n"
ADMITTED = "ADMISSION HISTORY AND PHYSICAL\nAdmitted: 2021-03-02\nAdmit to the ward."
BILL = "ITEMIZED BILL\nDate of service: 2021-03-02"
DAY = dt.date(2021, 3, 2)
ON = dt.date(2026, 3, 2)
E = RequestEvent


def stocked(s: Session, text: str, *more: str) -> tuple[Record, Provider, Flag]:
    """A record of a hospital that shows that something is missing, and the flag that says so."""
    elm = hospital(s)
    pages = tuple(HEAD + page for page in (text, *more))
    record = put(s, "a.pdf", pages, patient(s), elm)
    (flag,) = flags.every(s, record.id)
    return record, elm, flag


@pytest.mark.parametrize(
    ("texts", "check", "kind", "words"),
    [
        ((ADMITTED,), Check.ADMISSION_WITHOUT_DISCHARGE, RecordType.DISCHARGE_SUMMARIES, ""),
        ((BILL,), Check.BILL_WITHOUT_NOTE, RecordType.VISIT_NOTES, ""),
        (
            (
                "PROGRESS NOTE\nDate of service: 2021-03-02\nPage 1 of 3\nCough since May.",
                "Page 3 of 3\nNo fever was measured at home or here in the clinic.",
            ),
            Check.MISSING_PAGE,
            RecordType.VISIT_NOTES,
            "page 2 of 3",
        ),
    ],
)
def test_asked_for_by_kind_and_day(
    vault: Session, texts: tuple[str, ...], check: Check, kind: RecordType, words: str
) -> None:
    """A draft to whoever sent the record, for the missing kind from its day on."""
    record, elm, flag = stocked(vault, *texts)
    assert flag.finding.check is check
    held = omissions.suggest(vault, flag.id)
    assert (held.way, held.provider) == (Way.REQUEST, elm.id)
    made = omissions.ask(vault, flag.id)
    request = made.view.request
    assert (request.state, request.provider, request.person) == (
        RequestState.DRAFT, elm.id, record.person,
    )  # fmt: skip
    (item,) = request.items
    assert (item.type, item.from_date, item.facility) == (kind, DAY, words)
    assert not made.existing
    after = flags.get(vault, flag.id)
    assert (after.state, after.request) == (FlagState.CONFIRMED, request.id)
    assert after.should_say


def test_resolved_when_the_item_came_and_open_again_when_it_did_not(vault: Session) -> None:
    """By the record that answers it; an answer that is put right puts the flag right, too."""
    _record, elm, flag = stocked(vault, ADMITTED)
    request = omissions.ask(vault, flag.id).view.request
    requests.sent(vault, request.id, Sending(ON, Channel.FAX, ON))
    home_ids = {m.id for m in home.matters(vault, dt.date(2026, 3, 5))}
    assert flag.id not in home_ids  # the request is the matter
    summary = put(vault, "b.pdf", ("DISCHARGE SUMMARY",), patient(vault, "Marian Voss"), elm)
    with vault.vault.write("test") as db:
        db.execute("UPDATE record SET person = ? WHERE id = ?", (request.person, summary.id))
    held = matching.answer(vault, request.id, summary.id)
    assert flags.get(vault, flag.id).state is FlagState.RESOLVED
    seq = held.events[-1].seq
    told = Told(E.NOT_HELD, dt.date(2026, 3, 20), detail=Detail(), replaces=seq)
    requests.log(vault, request.id, told)
    assert flags.get(vault, flag.id).state is FlagState.CONFIRMED


def test_home_tells_what_is_missing_and_not_asked_for(vault: Session) -> None:
    """A confirmed flag of something missing is a matter until a request asks for it."""
    _record, _elm, flag = stocked(vault, BILL)
    flags.confirm(vault, flag.id, Wrong("the note of that day"))
    (matter,) = [m for m in home.matters(vault, ON) if m.id == flag.id]
    assert matter.text.startswith("Missing in a.pdf, page 1, not yet asked for: A visit on")
    made = omissions.ask(vault, flag.id)
    assert [m for m in home.matters(vault, ON) if m.id == flag.id] == []
    requests.log(vault, made.view.request.id, Told(E.WITHDRAWN, ON))
    assert [m.id for m in home.matters(vault, ON) if m.id == flag.id] == [flag.id]


def test_an_open_request_that_owes_it_is_no_double(vault: Session) -> None:
    """The one to the same provider that asked for it is named, and its letter fits."""
    record, elm, flag = stocked(vault, ADMITTED)
    wanted = Wanted((RecordType.DISCHARGE_SUMMARIES, RecordType.LAB_RESULTS), dt.date(2020, 1, 1))
    asked = requests.new(vault, elm.id, record.person, wanted).request
    unsent = omissions.suggest(vault, flag.id)
    assert (unsent.way, unsent.request) == (Way.REQUEST, asked.id)
    requests.sent(vault, asked.id, Sending(ON, Channel.FAX, ON))
    summary, labs = asked.items
    requests.log(vault, asked.id, Told(E.RECEIVED, dt.date(2026, 3, 9), item=labs.id))
    held = omissions.suggest(vault, flag.id)
    assert (held.way, held.request, held.items) == (Way.SHORTFALL, asked.id, (summary.id,))
    assert "still open" in held.why
    made = omissions.ask(vault, flag.id)
    assert (made.existing, made.view.request.id, made.items) == (True, asked.id, (summary.id,))
    assert len(requests.every(vault, ON)) == 1
    assert flags.get(vault, flag.id).state is FlagState.CONFIRMED  # labs came, this did not
    letter = letters.compose(vault, asked.id, LetterKind.SHORTFALL, dt.date(2026, 3, 10))
    assert letter.pages == 1
    with pytest.raises(Refused, match="not on file"):  # that it asks for this is no word of theirs
        letters.compose(vault, asked.id, LetterKind.LOST, dt.date(2026, 3, 10))
    requests.log(vault, asked.id, Told(E.RECEIVED, dt.date(2026, 3, 12), item=summary.id))
    assert flags.get(vault, flag.id).state is FlagState.RESOLVED


def test_a_request_of_other_days_or_kinds_does_not_owe_it(vault: Session) -> None:
    """Only one whose dates and kinds hold what is missing; `anew` asks beside it."""
    record, elm, flag = stocked(vault, ADMITTED)
    for wanted in (
        Wanted((RecordType.BILLING,)),
        Wanted((RecordType.ALL,), None, dt.date(2020, 1, 1)),
        Wanted((RecordType.ALL,), dt.date(2022, 1, 1)),
    ):
        requests.new(vault, elm.id, record.person, wanted)
    assert omissions.suggest(vault, flag.id).request == ""
    fits = requests.new(vault, elm.id, record.person, Wanted()).request
    assert omissions.suggest(vault, flag.id).request == fits.id
    made = omissions.ask(vault, flag.id, anew=True)
    assert not made.existing
    assert made.view.request.id != fits.id
    with pytest.raises(Refused, match="asks for it already"):
        omissions.ask(vault, flag.id)
    requests.log(vault, made.view.request.id, Told(E.WITHDRAWN, ON))
    assert omissions.ask(vault, flag.id).view.request.id == fits.id


def test_what_an_answer_lacks_goes_back_to_that_request(vault: Session) -> None:
    """The item it was found by is asked for again; once that request is closed, a new one is."""
    elm, marian = hospital(vault), patient(vault)
    wanted = Wanted((RecordType.IMMUNIZATIONS, RecordType.VISIT_NOTES), dt.date(2020, 1, 1))
    asked = requests.new(vault, elm.id, marian.id, wanted).request
    requests.sent(vault, asked.id, Sending(ON, Channel.FAX, ON))
    record = put(vault, "a.pdf", (f"{HEAD}PROGRESS NOTE",), marian, elm)
    shot, note = asked.items
    flag = flags.add(vault, record.id, None, "", Wrong("the shots", kind=Kind.MISSING))
    with vault.vault.write("test") as db:
        db.execute(
            "UPDATE flag SET check_name = 'request_type_absent', key = ?, state = 'suspected' "
            "WHERE id = ?",
            (f"{asked.id} {shot.id} immunizations", flag.id),
        )
    held = omissions.suggest(vault, flag.id)
    assert (held.way, held.request, held.items) == (Way.SHORTFALL, asked.id, (shot.id,))
    assert held.missing.types == (RecordType.IMMUNIZATIONS,)
    requests.log(vault, asked.id, Told(E.NOT_HELD, ON, item=shot.id))
    requests.log(vault, asked.id, Told(E.RECEIVED, ON, item=note.id))
    made = omissions.ask(vault, flag.id)
    assert not made.existing
    assert made.view.request.parent == asked.id
    (item,) = made.view.request.items
    assert (item.type, item.from_date) == (RecordType.IMMUNIZATIONS, dt.date(2020, 1, 1))


def test_what_nobody_wrote_down_can_only_be_added(vault: Session) -> None:
    """No copy of it can be asked for; a correction asks to add it. A wrong entry is corrected."""
    record = put(vault, "a.pdf", ("Cough.",), patient(vault), hospital(vault))
    told = flags.omit(vault, record.id, 1, "my latex allergy", Wrong("Allergy: latex"))
    wrong = flags.add(vault, record.id, 1, "Cough.", Wrong("No cough."))
    for flag in (told, wrong):
        assert omissions.suggest(vault, flag.id).way is Way.CORRECTION
        with pytest.raises(Refused, match="no copy can be asked for") as refused:
            omissions.ask(vault, flag.id)
        assert f"chartmend correction new {flag.id}" in refused.value.hint
    view = corrections.new(vault, [told.id])
    assert [item.flag for item in view.correction.items] == [told.id]
    with pytest.raises(Refused, match="in correction"):
        omissions.ask(vault, told.id)


def test_a_person_says_what_to_ask_for(vault: Session) -> None:
    """Kind, days, words and whom, over what was found; the words of a person's own omission."""
    record, _elm, flag = stocked(vault, BILL)
    quay = hospital(vault, "Quay Lab")
    part = Part((RecordType.LAB_RESULTS,), DAY, DAY, "blood count", quay.id)
    request = omissions.ask(vault, flag.id, part).view.request
    (item,) = request.items
    assert (request.provider, item.type, item.to_date, item.facility) == (
        quay.id, RecordType.LAB_RESULTS, DAY, "blood count",
    )  # fmt: skip
    wrong = Wrong("the whole of it", omission=OmissionKind.COPYING_DEFECT)
    cut = flags.omit(vault, record.id, 1, "the right margin", wrong)
    (item,) = omissions.ask(vault, cut.id).view.request.items
    assert (item.type, item.facility) == (RecordType.ALL, "Left out: the right margin.")


def test_what_cannot_be_asked_is_refused_with_what_to_do(vault: Session) -> None:
    """A dismissed flag, and a record that does not say whose it is or who it came from."""
    _record, _elm, flag = stocked(vault, BILL)
    flags.dismiss(vault, flag.id, "I have the note")
    with pytest.raises(Refused, match="dismissed"):
        omissions.ask(vault, flag.id)
    wrong = Wrong("all", omission=OmissionKind.NOT_SENT)
    for title, person, provider, words in (
        ("b.pdf", None, hospital(vault, "Quay Lab"), "whose it is"),
        ("c.pdf", patient(vault, "Tobias Voss"), None, "who it came from"),
    ):
        record = put(vault, title, ("Cough.",), person, provider)
        made = flags.omit(vault, record.id, None, "a page", wrong)
        with pytest.raises(UsageError, match=words):
            omissions.ask(vault, made.id)
        assert requests.every(vault, ON) == ()
