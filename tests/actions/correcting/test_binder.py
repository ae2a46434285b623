"""The evidence on a correction is all of it, in one PDF, the same every time."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from tests.actions.made import hospital, patient
from tests.ingest.papers import text_pdf
from vault.actions import corrections, evidence, flags, records, trash
from vault.actions.correcting import binder
from vault.actions.correcting.events import Told
from vault.actions.corrections import Asking
from vault.actions.flags import Wrong
from vault.actions.imports import run as imports
from vault.actions.imports.seal import Origin
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.errors import Refused
from vault.model.corrections import CorrectionEvent
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.requests import Channel, Detail

E = CorrectionEvent
SENT = dt.date(2026, 3, 2)
TODAY = dt.date(2026, 11, 23)
WRONG, RIGHT = "Amoxicillin 500 mg twice daily", "Amoxicillin 250 mg twice daily"
LIES = "Smoker, one pack a day"


def taken(s: Session, file: Path, lines: tuple[str, ...], who: Person, held: Provider) -> str:
    """Take in a PDF of these lines; its id."""
    file.write_bytes(text_pdf(lines))
    (row,) = imports.import_paths(s, [file], Origin(person=who.id, provider=held.id))
    return row.id


def happened(
    s: Session, cor: str, kind: CorrectionEvent, days: int, note: str = "", **detail: object
) -> None:
    """Note an event so many days after the sending."""
    on = SENT + dt.timedelta(days=days)
    corrections.tell(s, cor, Told(kind, on, note, Detail(**detail)))  # type: ignore[arg-type]


@pytest.fixture
def story(vault: Session, tmp_path: Path) -> str:
    """A correction of two items: one granted and put right late, one denied and disputed."""
    marian, elm = patient(vault), hospital(vault)
    old = taken(vault, tmp_path / "note.pdf", (f"Plan: {WRONG}", f"Social: {LIES}"), marian, elm)
    dose = flags.add(vault, old, None, WRONG, Wrong(RIGHT, "my own prescription says so"))
    habit = flags.add(vault, old, None, LIES, Wrong("Never smoked", "I never have"))
    evidence.add_note(vault, dose.id, "The bottle says 250 mg.")
    photo = tmp_path / "bottle.png"
    Image.new("RGB", (400, 300), "teal").save(photo)
    evidence.add_picture(vault, dose.id, photo, "the label of the bottle")
    cor = corrections.new(vault, [dose.id, habit.id], Asking(tell=("Quay Pharmacy",)))
    id_ = cor.correction.id
    corrections.letter(vault, id_, SENT)
    corrections.sent(vault, id_, Sending(SENT, Channel.FAX, SENT))
    until = SENT + dt.timedelta(days=120)
    happened(vault, id_, E.EXTENDED, 30, reason="the clinician is away", until=until)
    happened(vault, id_, E.DENIED, 80, items=(habit.id,), ground="we do not like it", reason="no")
    happened(vault, id_, E.ACCEPTED, 80, number="A-17")
    happened(vault, id_, E.DISAGREEMENT, 85, "filed by mail")
    fresh = taken(vault, tmp_path / "fresh.pdf", (f"Plan: {RIGHT}", f"Social: {LIES}"), marian, elm)
    happened(vault, id_, E.COPY_RECEIVED, 100, record=fresh)
    happened(vault, id_, E.COMPARED, 101, items=(dose.id,), record=fresh, outcome="fixed")
    return id_


def words_of(pdf: bytes) -> str:
    """All words of a PDF."""
    with pypdf.PdfReader(io.BytesIO(pdf)) as document:
        return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def test_all_of_it_is_in_the_binder(vault: Session, story: str, tmp_path: Path) -> None:
    """Who and what, both passages, the days, the verdict, the denial, the files, the letter."""
    made = binder.bind(vault, story, TODAY)
    text = words_of(made.pdf)
    for said in (
        "Contents",
        "Marian Voss, born 14 March 1961",
        "Elm Street Hospital",
        story,
        WRONG,
        RIGHT,
        "my own prescription says so",
        "The bottle says 250 mg.",
        "put right, as a copy made since shows",
        "denied, and disputed in writing",
        "fresh.pdf, page 1",
        "I sent the request by fax",
        "filed by mail",
        "45 CFR 164.526",
        "Lawful to",
        "we do not like it",
        "a picture: the label of the bottle",
        "none of those recorded for this holder",
        "Whether the denial says this was not noted",
        "Quay Pharmacy",
        "not told yet",
        "disagreement-logged",
        "80 days after it arrived, in time",
    ):
        assert said in text, said
    for file in ("note.pdf", "fresh.pdf"):
        digest = hashlib.sha256((tmp_path / file).read_bytes()).hexdigest()
        assert digest in text.replace(" ", "")
    with pypdf.PdfReader(io.BytesIO(made.pdf)) as document:
        assert len(document.pages) == made.pages
        assert sum(len(page.images) for page in document.pages) >= 4


def test_the_same_evidence_gives_the_same_bytes(vault: Session, story: str) -> None:
    """Made twice, a binder is the same file; with the pages it has those besides."""
    plain = binder.bind(vault, story, TODAY)
    assert binder.bind(vault, story, TODAY).pdf == plain.pdf
    whole = binder.bind(vault, story, TODAY, with_records=True)
    assert whole.pages == plain.pages + 2


def test_the_same_correction_in_every_state_can_be_bound(vault: Session, tmp_path: Path) -> None:
    """A draft has no days yet, a message no law; neither binder claims any."""
    marian, elm = patient(vault), hospital(vault)
    old = taken(vault, tmp_path / "note.pdf", (f"Plan: {WRONG}",), marian, elm)
    flag = flags.add(vault, old, None, WRONG, Wrong(RIGHT))
    cor = corrections.new(vault, [flag.id], Asking(formal=False)).correction.id
    assert "Nothing has been sent yet." in words_of(binder.bind(vault, cor, TODAY).pdf)
    corrections.sent(vault, cor, Sending(SENT, Channel.PORTAL))
    happened(vault, cor, E.DENIED, 5)
    said = words_of(binder.bind(vault, cor, TODAY).pdf)
    assert "no law sets a time" in said
    assert "164.526" not in said
    assert "Answered on 7 March 2026, 5 days after it arrived" in said


def test_a_place_without_rules_claims_none(vault: Session, tmp_path: Path) -> None:
    """Where nothing is recorded, that is what the binder says."""
    marian = patient(vault)
    far = hospital(vault, "Harbour Clinic")
    old = taken(vault, tmp_path / "note.pdf", (f"Plan: {WRONG}",), marian, far)
    flag = flags.add(vault, old, None, WRONG, Wrong(RIGHT))
    cor = corrections.new(vault, [flag.id]).correction.id
    with vault.vault.write("test") as db:
        db.execute("UPDATE provider SET jurisdiction = 'atlantis' WHERE id = ?", (far.id,))
    corrections.sent(vault, cor, Sending(SENT, Channel.MAIL, SENT))
    said = words_of(binder.bind(vault, cor, TODAY).pdf)
    assert "No rule on the time for an answer is recorded for this place." in said
    assert "CFR" not in said


def test_what_was_deleted_since_is_no_longer_shown(vault: Session, story: str) -> None:
    """Without the copy a binder says so; without the record itself there is none."""
    happened(vault, story, E.ATTACHED, 120)
    held = records.every(vault)
    named = {view.record.title: view.record.id for view in held}
    trash.delete(vault, named["fresh.pdf"])
    assert "a record that is no longer kept" in words_of(binder.bind(vault, story, TODAY).pdf)
    trash.delete(vault, named["note.pdf"])
    with pytest.raises(Refused, match="were deleted"):
        binder.bind(vault, story, TODAY)


def test_too_many_pages_are_refused(
    vault: Session, story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More pages than can be bound are refused with what to do, and nothing is made."""
    monkeypatch.setattr(binder, "_PAGES", 1)
    with pytest.raises(Refused, match="can be bound"):
        binder.bind(vault, story, TODAY, with_records=True)


def test_words_that_are_no_markup(vault: Session, tmp_path: Path) -> None:
    """Typst's own signs and lines that run the other way print as they are typed."""
    marian, elm = patient(vault), hospital(vault)
    old = taken(vault, tmp_path / "note.pdf", (f"Plan: {WRONG}",), marian, elm)
    flag = flags.add(vault, old, None, WRONG, Wrong("#panic() $x$ *bold*", "see #link & <b>"))
    cor = corrections.new(vault, [flag.id]).correction.id
    said = words_of(binder.bind(vault, cor, TODAY).pdf)
    assert "#panic() $x$ *bold*" in said
    assert "see #link & <b>" in said
