"""A correction is of confirmed flags of one provider and person, and its letter cites them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from tests.actions.made import WRONG_BORN, hospital, patient, put
from tests.ingest.papers import text_pdf
from vault.actions import corrections, exports, flags, people, providers
from vault.actions.correcting.events import Told
from vault.actions.flags import Wrong
from vault.actions.imports import run as imports
from vault.actions.imports.seal import Origin
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.errors import CannotWrite, Refused, UsageError
from vault.model import hl7
from vault.model.corrections import CorrectionEvent, CorrectionState
from vault.model.flags import FlagState
from vault.model.requests import Channel

TODAY = dt.date(2026, 11, 23)
QUOTE, SHOULD = "Amoxicillin 500 mg twice daily", "Amoxicillin 250 mg twice daily"


def test_only_confirmed_flags(vault: Session) -> None:
    """A suspicion and a dismissed flag are refused, and so is one in a correction already."""
    record = put(vault, "a.pdf", (WRONG_BORN,), patient(vault), hospital(vault))
    (suspected,) = flags.every(vault)
    with pytest.raises(Refused, match="only a suspicion"):
        corrections.new(vault, [suspected.id])
    flags.dismiss(vault, suspected.id, "no error")
    with pytest.raises(Refused, match="dismissed"):
        corrections.new(vault, [suspected.id])
    with pytest.raises(UsageError):
        corrections.new(vault, [])
    flag = flags.add(vault, record.id, 1, "Voss", Wrong("Vass"))
    view = corrections.new(vault, [flag.id, flag.id])
    assert [item.flag for item in view.correction.items] == [flag.id]
    assert flags.get(vault, flag.id).state is FlagState.IN_CORRECTION
    with pytest.raises(Refused):
        corrections.new(vault, [flag.id])
    with pytest.raises(Refused):
        flags.dismiss(vault, flag.id, "no error")


def test_of_one_provider_and_one_person(vault: Session) -> None:
    """Flags of two providers or people, or of a record that names none, make no correction."""
    marian, elm = patient(vault), hospital(vault)
    tobias, quay = patient(vault, "Tobias Voss"), hospital(vault, "Quay Lab")
    rows = ((marian, elm), (marian, quay), (tobias, elm), (None, elm), (marian, None))
    made = []
    for number, (person, provider) in enumerate(rows):
        record = put(vault, f"{number}.pdf", (f"Entry {number}",), person, provider)
        made.append(flags.add(vault, record.id, 1, "Entry", Wrong("another")).id)
    for chosen in ((0, 1), (0, 2), (3,), (4,)):
        with pytest.raises(UsageError):
            corrections.new(vault, [made[n] for n in chosen])
    assert corrections.every(vault, TODAY) == ()
    assert {f.state for f in flags.every(vault)} == {FlagState.CONFIRMED}
    view = corrections.new(vault, [made[0]])
    assert (view.person.id, view.provider.id) == (marian.id, elm.id)


def test_the_letter(vault: Session, tmp_path: Path) -> None:
    """A tagged PDF that holds the quote and what it should say, and shows the place; 0600."""
    marian, elm = patient(vault), hospital(vault)
    scan = tmp_path / "note.pdf"
    scan.write_bytes(text_pdf(("Patient: Marian Voss", f"Plan: {QUOTE} for a week")))
    (row,) = imports.import_paths(vault, [scan], Origin(person=marian.id, provider=elm.id))
    flag = flags.add(vault, row.id, None, QUOTE, Wrong(SHOULD, "my own prescription"))
    view = corrections.new(vault, [flag.id])
    letter = corrections.letter(vault, view.correction.id, TODAY)
    target = corrections.write_letter(vault, letter, tmp_path / "letter.pdf")
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_bytes() == letter.pdf
    with pypdf.PdfReader(io.BytesIO(letter.pdf)) as document:
        marks = document.root_object["/MarkInfo"]
        assert isinstance(marks, pypdf.generic.DictionaryObject)
        assert marks["/Marked"] == pypdf.generic.BooleanObject(True)
        assert "/StructTreeRoot" in document.root_object
        assert len(document.pages) == letter.pages
        text = " ".join(" ".join(page.extract_text() for page in document.pages).split())
        assert any(page.images for page in document.pages)
    for said in (QUOTE, SHOULD, "Elm Street Hospital", "Marian Voss", "note.pdf"):
        assert said in text
    newest = corrections.newest_letter(vault, view.correction.id)
    assert newest is not None
    assert newest.pdf == letter.pdf


def test_the_letter_as_it_was_sent(vault: Session) -> None:
    """Made anew as long as it lies here; once sent, asking for it gives the one that went."""
    record = put(vault, "a.pdf", ("Entry",), patient(vault), hospital(vault))
    flag = flags.add(vault, record.id, None, "", Wrong("another"))
    id_ = corrections.new(vault, [flag.id]).correction.id
    early = corrections.letter(vault, id_, dt.date(2026, 3, 1))
    went = corrections.letter(vault, id_, dt.date(2026, 3, 2))
    assert early.pdf != went.pdf
    corrections.sent(vault, id_, Sending(dt.date(2026, 3, 2), Channel.MAIL))
    assert corrections.letter(vault, id_, TODAY) == went


def test_what_a_letter_lacks(vault: Session) -> None:
    """Both addresses are named where they are missing, and print once they are known."""
    marian, elm = patient(vault), hospital(vault)
    record = put(vault, "a.pdf", ("Entry",), marian, elm)
    flag = flags.add(vault, record.id, None, "", Wrong("another"))
    id_ = corrections.new(vault, [flag.id]).correction.id
    mine, theirs = corrections.lacking(vault, id_)
    assert mine.startswith("your postal address")
    assert elm.name in theirs
    people.readdress(vault, marian.id, ("4 Larch Lane", "Austin, TX 78701"))
    providers.readdress(vault, elm.id, ("900 Elm Street", "Austin, TX 78702"))
    assert corrections.lacking(vault, id_) == ()
    with pypdf.PdfReader(io.BytesIO(corrections.letter(vault, id_, TODAY).pdf)) as document:
        text = document.pages[0].extract_text()
    assert "4 Larch Lane" in text
    assert "900 Elm Street" in text


def test_sending(vault: Session) -> None:
    """The clock starts when it arrived; it can be sent once, and not from the future."""
    record = put(vault, "a.pdf", ("Entry",), patient(vault), hospital(vault))
    flag = flags.add(vault, record.id, 1, "Entry", Wrong("another"))
    id_ = corrections.new(vault, [flag.id]).correction.id
    on, came = dt.date(2026, 3, 2), dt.date(2026, 3, 6)
    for days in ((dt.date(2999, 1, 1), None), (on, dt.date(2026, 3, 1)), (on, dt.date(2999, 1, 1))):
        with pytest.raises(UsageError):
            corrections.sent(vault, id_, Sending(days[0], Channel.MAIL, days[1]))
    assumed = corrections.sent(vault, id_, Sending(on, Channel.MAIL))
    assert assumed.correction.state is CorrectionState.SENT
    assert "assumed" in corrections.owed(assumed)
    view = corrections.sent(vault, id_, Sending(on, Channel.MAIL, came))
    assert view.due is not None
    assert view.due.start == came
    assert view.due.rule.cite in corrections.owed(view)
    assert "assumed" not in corrections.owed(view)
    with pytest.raises(Refused):
        corrections.sent(vault, id_, Sending(on, Channel.MAIL, came))


def test_a_withdrawn_correction_gives_its_flags_back(vault: Session) -> None:
    """The flag can be dismissed or go into another correction; the withdrawn one stays closed."""
    record = put(vault, "a.pdf", ("Entry",), patient(vault), hospital(vault))
    flag = flags.add(vault, record.id, 1, "Entry", Wrong("another"))
    id_ = corrections.new(vault, [flag.id]).correction.id
    with pytest.raises(Refused):
        flags.dismiss(vault, flag.id, "a slip")
    day = dt.date(2026, 3, 2)
    view = corrections.log(vault, id_, Told(CorrectionEvent.WITHDRAWN, day, "a slip of mine"))
    assert view.correction.state is CorrectionState.CLOSED
    assert hl7.code(view.standing) == "requester-cancelled"
    assert view.due is None
    assert corrections.new(vault, [flag.id]).correction.id != id_
    with pytest.raises(Refused):
        corrections.log(vault, id_, Told(CorrectionEvent.IN_REVIEW, day))


def test_where_a_letter_may_go(vault: Session, tmp_path: Path) -> None:
    """Over a plain file, but through no link, over no folder, not into the vault by any road."""
    folder = vault.vault.folder
    plain, link, door = tmp_path / "plain", tmp_path / "link", tmp_path / "door"
    plain.write_bytes(b"older")
    plain.chmod(0o644)
    link.symlink_to(plain)
    door.symlink_to(folder, target_is_directory=True)
    for target in (link, tmp_path, folder / "x", door / "x", folder / "../vault/x", plain / "x"):
        with pytest.raises(CannotWrite):
            exports.write_out(folder, target, (b"newer",))
    assert plain.read_bytes() == b"older"
    assert exports.write_out(folder, plain, (b"new", b"er")) == plain
    assert (plain.read_bytes(), plain.stat().st_mode & 0o777) == (b"newer", 0o600)


def test_a_failed_export_leaves_what_was_there(vault: Session, tmp_path: Path) -> None:
    """Nothing half written, and no part file beside it."""

    def broken() -> Iterator[bytes]:
        yield b"first"
        raise CannotWrite("it", "the disk is full")

    target = tmp_path / "out" / "a.pdf"
    target.parent.mkdir()
    target.write_bytes(b"older")
    with pytest.raises(CannotWrite):
        exports.write_out(vault.vault.folder, target, broken())
    assert [p.read_bytes() for p in target.parent.iterdir()] == [b"older"]
