"""Letters made of requests in a real vault: which fit, what they say, and that they stay."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tests.actions import made
from vault import dates
from vault.actions import people, providers, requests
from vault.actions.asking import letters
from vault.actions.asking.events import Told
from vault.actions.people import Contact
from vault.actions.requests import Sending, Wanted
from vault.actions.session import Session
from vault.errors import Refused
from vault.model.asking_letters import FIRST, LetterKind
from vault.model.providers import Provider
from vault.model.reading import View
from vault.model.record_types import RecordType
from vault.model.requests import Channel, Detail, RequestEvent

K, E = LetterKind, RequestEvent
TODAY = dates.today()


def days(count: int) -> dt.timedelta:
    """So many days."""
    return dt.timedelta(days=count)


def asked(s: Session, wanted: Wanted | None = None, place: str = "us-tx") -> str:
    """A draft of a request by an invented person to an invented hospital."""
    patient = made.patient(s)
    contact = Contact(address=("27 Alder Lane",), phone="555-0142", email="")
    people.edit(s, patient.id, people.Change(contact=contact))
    holder = providers.add(s, "Elm Street Hospital", jurisdiction=place)
    return requests.new(s, holder.id, patient.id, wanted or Wanted(format="PDF")).request.id


def sent(s: Session, request: str, ago: int, letter: str = "") -> None:
    """It was sent and arrived so many days ago."""
    day = TODAY - days(ago)
    requests.sent(s, request, Sending(day, Channel.FAX, day, letter))


def log(s: Session, request: str, kind: RequestEvent, ago: int, **detail: object) -> None:
    """Something happened so many days ago."""
    told = Told(kind, TODAY - days(ago), detail=Detail(**detail))  # type: ignore[arg-type]
    requests.log(s, request, told)


def fitting(s: Session, request: str) -> list[LetterKind]:
    """The kinds that can be made now, best first."""
    return [fit.kind for fit in letters.letter_kinds(s, request)]


def test_a_draft_gets_its_request_and_the_words_beside_it(vault: Session) -> None:
    """The letter is kept with its pages, its PDF and its words, and can be looked at."""
    request = asked(vault)
    letter = letters.compose(vault, request)
    assert letter.kind == K.ACCESS_REQUEST
    assert letter.pdf.startswith(b"%PDF-")
    assert "Elm Street Hospital" in letter.words
    assert "Marian Voss" in letter.words
    assert letters.get(vault, letter.id[:-1]) == letter
    assert letters.made(vault, request) == (letter,)
    drawn = letters.preview(vault, letter, View(1, 60, 80))
    assert min(drawn.pixels) < 200
    assert fitting(vault, request) == [K.ACCESS_REQUEST]


def test_the_same_letter_is_kept_once_and_a_changed_one_beside_it(vault: Session) -> None:
    """Looking twice makes no second letter; a change of the request does."""
    request = asked(vault)
    first = letters.compose(vault, request)
    assert letters.compose(vault, request).id == first.id
    requests.change(vault, request, Wanted(format="paper", fee_limit=Decimal("10.00")))
    assert not letters.fresh(vault, requests.get(vault, request, TODAY), first, TODAY)
    second = letters.compose(vault, request)
    assert second.id != first.id
    assert letters.fresh(vault, requests.get(vault, request, TODAY), second, TODAY)


def test_what_was_sent_stays_as_it_was(vault: Session) -> None:
    """After the sending the same letter comes back, whatever changed about the people."""
    request = asked(vault)
    letter = letters.compose(vault, request)
    sent(vault, request, 3, letter.id)
    people.edit(vault, made.patient(vault, "Somebody Else").id, people.Change(name="Nobody"))
    person = requests.get(vault, request, TODAY).person
    people.edit(vault, person.id, people.Change(name="Another Name"))
    assert letters.compose(vault, request, K.ACCESS_REQUEST) == letter


@pytest.mark.parametrize(
    ("ago", "happened", "best"),
    [
        (3, (), K.ACKNOWLEDGEMENT),
        (20, (), K.REMINDER),
        (45, (), K.OVERDUE),
        (9, ((E.ID_ASKED, 2, {}),), K.NO_NOTARY),
        (9, ((E.FORM_ASKED, 2, {}),), K.OWN_FORM),
        (9, ((E.CLARIFICATION_ASKED, 2, {}),), K.NO_REASON),
        (9, ((E.FEE_QUOTED, 2, {"amount": Decimal("9.00"), "currency": "USD"}),), K.ITEMISATION),
        (9, ((E.LINK_SENT, 2, {}),), K.LINK_ENDED),
        (9, ((E.REDIRECTED, 2, {}),), K.NOT_OURS),
        (9, ((E.DENIED, 2, {"ground": "endanger-life"}),), K.REVIEW),
        (9, ((E.DENIED, 2, {}),), K.DENIAL_PARTS),
        (9, ((E.PARTIAL, 2, {}),), K.SHORTFALL),
        (9, ((E.RECEIVED, 3, {}), (E.CLOSED, 2, {"outcome": "complete"})), K.THANKS),
        (9, ((E.DESTROYED, 2, {}),), K.STATEMENT),
        (9, ((E.EXTENDED, 2, {"until": TODAY + days(90)}),), K.EXTENSION),
    ],
)
def test_the_letter_that_suits_comes_first(
    vault: Session,
    ago: int,
    happened: tuple[tuple[RequestEvent, int, dict[str, object]], ...],
    best: LetterKind,
) -> None:
    """By what was asked of the person, by what came, and by the time."""
    request = asked(vault)
    sent(vault, request, ago)
    for kind, when, detail in happened:
        log(vault, request, kind, when, **detail)
    assert fitting(vault, request)[0] is best


def test_every_letter_offered_can_be_made(vault: Session) -> None:
    """What is listed is typeset without a refusal; what is not is refused with a sentence."""
    request = asked(vault, Wanted((RecordType.VISIT_NOTES, RecordType.IMAGES), format="PDF"))
    sent(vault, request, 45)
    log(vault, request, E.CALL, 40)
    log(vault, request, E.FEE_QUOTED, 30, amount=Decimal("90.00"), currency="USD", pages=9)
    log(vault, request, E.PARTIAL, 20)
    offered = fitting(vault, request)
    assert len(offered) > 8
    for kind in offered:
        assert letters.compose(vault, request, kind).kind == kind
    assert letters.compose(vault, request).kind == offered[0]
    for kind in set(LetterKind) - set(offered) - set(FIRST):
        with pytest.raises(Refused):
            letters.compose(vault, request, kind)


def test_the_complaint_names_the_letters_that_were_sent(vault: Session) -> None:
    """The request and the reminder, by name and day."""
    request = asked(vault)
    first = letters.compose(vault, request)
    sent(vault, request, 60, first.id)
    reminder = letters.compose(vault, request, K.REMINDER, TODAY - days(40))
    log(vault, request, E.REMINDED, 40, letter=reminder.id)
    said = letters.compose(vault, request, K.COMPLAINT).words
    assert "- My request of" in said
    assert "- My reminder of" in said


def test_a_shortfall_names_each_item_and_why(vault: Session) -> None:
    """What came in part, and what did not come, each with its reason."""
    request = asked(vault, Wanted((RecordType.VISIT_NOTES, RecordType.IMAGES), format="PDF"))
    sent(vault, request, 9)
    view = requests.get(vault, request, TODAY)
    notes, images = (item.id for item in view.request.items)
    log(vault, request, E.RECEIVED, 3, items=(notes,))
    log(vault, request, E.WITHHELD, 2, items=(images,))
    said = letters.compose(vault, request, K.SHORTFALL).words
    assert "- images: you left it out" in said
    assert "- visit notes" not in said


def acting(s: Session, request: str, basis: str = "guardian") -> None:
    """Somebody asks for the patient, with a document as the proof."""
    person = requests.get(s, request, TODAY).person.id
    kind = "guardianship_order" if basis == "guardian" else "letters_testamentary"
    with s.vault.write("test") as db:
        db.execute(
            "INSERT INTO document (id, person, kind, title, media, data, made_at) VALUES "
            "('doc_1', ?, ?, 'Order of the court', 'pdf', x'00', '2026')",
            (person, kind),
        )
        db.execute(
            "INSERT INTO authority (id, person, name, relationship, basis, proof, "
            "address, phone, made_at) VALUES ('auth_1', ?, 'Ines Voss', 'niece', ?, 'doc_1', "
            "'[\"4 Larch Lane\"]', '555-0177', '2026')",
            (person, basis),
        )
        db.execute("UPDATE request SET authority = 'auth_1' WHERE id = ?", (request,))


def copied(s: Session, request: str) -> None:
    """A masked copy of the proof was made for the request."""
    with s.vault.write("test") as db:
        db.execute(
            "INSERT INTO document_use (document, request, recipient, on_date, masked, made_at) "
            "VALUES ('doc_1', ?, 'Elm Street Hospital', '2026-01-01', 1, '2026')",
            (request,),
        )


def test_a_representative_signs_and_encloses_what_was_copied(vault: Session) -> None:
    """The proof is called enclosed only where a copy of it was made for this request."""
    request = asked(vault)
    acting(vault, request)
    assert "enclosed" not in letters.compose(vault, request).words.lower()
    copied(vault, request)
    said = letters.compose(vault, request).words
    assert said.startswith("Ines Voss\n4 Larch Lane")
    assert "Proof is enclosed: Order of the court." in said
    assert "Enclosed:\n- Order of the court, masked copy" in said


def test_a_letter_goes_to_the_office_that_is_named(vault: Session) -> None:
    """The desk, its address, and the vendor that answers for the provider."""
    request = asked(vault)
    holder: Provider = requests.get(vault, request, TODAY).provider
    with vault.vault.write("test") as db:
        db.execute(
            "INSERT INTO office (id, provider, role, name, address, made_at) VALUES "
            "('off_1', ?, 'vendor', 'Copy Hall', '[\"1 Dock Road\"]', '2026')",
            (holder.id,),
        )
        db.execute("UPDATE request SET office = 'off_1' WHERE id = ?", (request,))
    said = letters.compose(vault, request).words
    assert "Elm Street Hospital\nc/o Copy Hall\n1 Dock Road" in said


def test_the_dead_in_the_uk_are_asked_for_under_their_act(vault: Session) -> None:
    """The law of the letter follows the day of death, and its clock too."""
    request = asked(vault, place="uk")
    person = requests.get(vault, request, TODAY).person.id
    with vault.vault.write("test") as db:
        db.execute("UPDATE person SET died_on = '2025-01-01' WHERE id = ?", (person,))
    with pytest.raises(Refused, match="somebody who may ask"):
        letters.compose(vault, request)
    acting(vault, request, "executor")
    said = letters.compose(vault, request).words
    assert "Access to Health Records Act 1990" in said
    sent(vault, request, 60)
    assert "Access to Health Records Act 1990" in letters.compose(vault, request).words


def test_another_document_of_a_like_title_is_no_proof(vault: Session) -> None:
    """A copy of something else whose title holds that of the proof does not make it enclosed."""
    request = asked(vault)
    acting(vault, request)
    with vault.vault.write("test") as db:
        db.execute(
            "INSERT INTO document (id, person, kind, title, media, data, made_at) SELECT 'doc_2', "
            "person, 'other', 'Order of the court of appeal', media, data, made_at FROM document"
        )
        db.execute(
            "INSERT INTO document_use (document, request, recipient, on_date, masked, made_at) "
            "VALUES ('doc_2', ?, 'Elm Street Hospital', '2026-01-01', 1, '2026')",
            (request,),
        )
    said = letters.compose(vault, request).words
    assert "Order of the court of appeal, masked copy" in said
    assert "Proof is enclosed" not in said
