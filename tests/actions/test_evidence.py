"""Evidence of a flag: what is kept, what it must not be, and that what was sent stays."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from tests.actions.made import hospital, patient, put
from tests.ingest.papers import saved, text_pdf
from tests.ingest.test_heic import photo
from vault.actions import corrections, evidence, flags, trash
from vault.actions.flags import Wrong
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.errors import BadEvidence, CannotRead, NotFound, Refused, UnknownId, UsageError
from vault.model.evidence import EvidenceKind, words
from vault.model.people import Person
from vault.model.reading import View
from vault.model.records import Record
from vault.model.requests import Channel

LABEL = Image.new("RGB", (120, 80), "red")


@dataclass(frozen=True, slots=True)
class Case:
    """A flag in a record of a person."""

    person: Person
    record: Record
    flag: str


@pytest.fixture
def case(vault: Session) -> Case:
    """A wrong denial in a record of Elm Street Hospital."""
    person = patient(vault)
    record = put(vault, "a.pdf", ("Allergies: none known",), person, hospital(vault))
    wrong = Wrong("penicillin: rash", "I told them.")
    return Case(person, record, flags.add(vault, record.id, 1, "none known", wrong).id)


def _file(folder: Path, data: bytes, name: str = "my label.jpg") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _pages(count: int) -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(count):
        writer.append(io.BytesIO(text_pdf()))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_place_in_another_record(vault: Session, case: Case) -> None:
    """Its exact words and page are found; said twice it is kept once; letters can name it."""
    other = put(vault, "er.pdf", ("Seen", "Rash after PENICILLIN."), case.person)
    made = evidence.add_place(vault, case.flag[:9], other.id[:9], None, "after  penicillin.")
    assert (made.record, made.page, made.quote) == (other.id, 2, "after PENICILLIN.")
    assert made.kind is EvidenceKind.PLACE
    assert evidence.found(vault, made)
    assert words(made) == '"er.pdf", page 2: "after PENICILLIN."'
    assert evidence.add_place(vault, case.flag, other.id, 2, "after penicillin.") == made
    assert evidence.of(vault, case.flag) == (made,)
    own = evidence.add_place(vault, case.flag, case.record.id, None, "")
    assert words(own) == '"a.pdf" from Elm Street Hospital'


def test_a_quote_that_is_not_on_the_page_is_kept_as_typed(vault: Session, case: Case) -> None:
    """It may have been read otherwise; that it was not found can be told."""
    other = put(vault, "er.pdf", ("Rash after pen1cillin",), case.person)
    made = evidence.add_place(vault, case.flag, other.id, 1, "after  penicillin")
    assert (made.page, made.quote) == (1, "after penicillin")
    assert not evidence.found(vault, made)
    with pytest.raises(NotFound):
        evidence.add_place(vault, case.flag, other.id, 2, "after penicillin")


def test_a_record_of_somebody_else_is_no_evidence(vault: Session, case: Case) -> None:
    """Nor one that does not say whose it is: it would be sent to a stranger."""
    theirs = put(vault, "b.pdf", ("penicillin",), patient(vault, "Tomas Voss"))
    nobody = put(vault, "c.pdf", ("penicillin",))
    with pytest.raises(Refused, match="another person"):
        evidence.add_place(vault, case.flag, theirs.id, 1, "penicillin")
    with pytest.raises(Refused, match="whose it is"):
        evidence.add_place(vault, case.flag, nobody.id, 1, "penicillin")
    assert evidence.of(vault, case.flag) == ()


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (saved(LABEL, "JPEG"), "jpeg"),
        (saved(LABEL, "PNG"), "png"),
        (photo(), "heic"),
        (text_pdf(), "pdf"),
    ],
)
def test_a_picture_is_kept_and_drawn(
    vault: Session, case: Case, tmp_path: Path, data: bytes, media: str
) -> None:
    """A photo, or one page; the file itself stays where it is."""
    path = _file(tmp_path, data)
    made = evidence.add_picture(vault, case.flag, path, "  the bottle's label ")
    assert (made.media, made.size, made.note) == (media, len(data), "the bottle's label")
    assert evidence.of(vault, case.flag) == (made,)
    assert words(made) == "a picture: the bottle's label"
    drawn = evidence.draw(vault, made, View(1, 60, 60))
    assert max(drawn.width, drawn.height) == 60
    written = evidence.export(vault, made.id, tmp_path / "out.png")
    assert written.read_bytes().startswith(b"\x89PNG")
    assert path.read_bytes() == data
    assert words(evidence.add_picture(vault, case.flag, path, "")) == "a picture: my label"


def test_what_is_no_picture_is_refused(vault: Session, case: Case, tmp_path: Path) -> None:
    """Nothing, rubbish, too much, several pages or a broken file: a sentence each."""
    for data, said in (
        (b"", "empty"),
        (b"hello", "unknown kind"),
        (b"\xff\xd8\xff" + b"x" * 10 * 1024**2, "larger than 10 MB"),
        (saved(LABEL, "PNG")[:20], "damaged"),
        (_pages(2), "2 pages; 1 can be kept"),
    ):
        with pytest.raises(BadEvidence, match=said):
            evidence.add_picture(vault, case.flag, _file(tmp_path, data), "")
    with pytest.raises(CannotRead):
        evidence.add_picture(vault, case.flag, tmp_path / "none.jpg", "")
    assert evidence.of(vault, case.flag) == ()


def test_a_note_is_the_persons_own_word(vault: Session, case: Case) -> None:
    """It is kept on one line, cannot be empty, and has no picture."""
    made = evidence.add_note(vault, case.flag, "My sister\nwas there.")
    assert (made.kind, words(made)) == (EvidenceKind.NOTE, "My sister was there.")
    with pytest.raises(UsageError):
        evidence.add_note(vault, case.flag, " \n")
    with pytest.raises(Refused):
        evidence.draw(vault, made, View(1, 60, 60))


def test_no_evidence_for_what_is_no_error_or_not_there(
    vault: Session, case: Case, tmp_path: Path
) -> None:
    """A dismissed flag takes none, and neither does one nobody knows."""
    path = _file(tmp_path, saved(LABEL, "PNG"))
    with pytest.raises(UnknownId):
        evidence.add_note(vault, "flag_zzzzzzzzzzzz", "so it is")
    flags.dismiss(vault, case.flag, "it is right")
    for add in (
        lambda: evidence.add_note(vault, case.flag, "so it is"),
        lambda: evidence.add_place(vault, case.flag, case.record.id, 1, ""),
        lambda: evidence.add_picture(vault, case.flag, path, ""),
    ):
        with pytest.raises(Refused, match="dismissed"):
            add()
    assert evidence.of(vault, case.flag) == ()


def test_what_was_sent_stays_and_more_can_be_added(vault: Session, case: Case) -> None:
    """Before the sending it can be taken back; afterwards only added to, for another round."""
    first = evidence.add_note(vault, case.flag, "I told them twice.")
    view = corrections.new(vault, [case.flag])
    assert evidence.drop(vault, first.id[:8]) == first
    second = evidence.add_note(vault, case.flag, "I told them on 3 May.")
    sending = Sending(dt.date(2026, 3, 2), Channel.MAIL)
    corrections.sent(vault, view.correction.id, sending)
    with pytest.raises(Refused, match=view.correction.id):
        evidence.drop(vault, second.id)
    third = evidence.add_note(vault, case.flag, "My sister was there.")
    assert evidence.of(vault, case.flag) == (second, third)
    with pytest.raises(UnknownId):
        evidence.drop(vault, first.id)


def test_evidence_outlives_its_record_and_follows_its_flag(
    vault: Session, case: Case, tmp_path: Path
) -> None:
    """A deleted record stays named; a flag in the trash comes back with its pictures."""
    other = put(vault, "er.pdf", ("Rash",), case.person)
    made = evidence.add_place(vault, case.flag, other.id, 1, "Rash")
    path = _file(tmp_path, saved(LABEL, "PNG"))
    shown = evidence.add_picture(vault, case.flag, path, "label")
    trash.delete(vault, other.id)
    gone = evidence.find(vault, made.id)
    assert words(gone) == 'a record that is no longer kept, page 1: "Rash"'
    assert not gone.there
    with pytest.raises(Refused):
        evidence.draw(vault, gone, View(1, 60, 60))
    trash.delete(vault, case.record.id)
    with pytest.raises(UnknownId):
        evidence.of(vault, case.flag)
    trash.restore(vault, case.record.id)
    trash.restore(vault, other.id)
    assert evidence.of(vault, case.flag) == (made, shown)
    assert evidence.draw(vault, shown, View(1, 60, 60)).width == 60
