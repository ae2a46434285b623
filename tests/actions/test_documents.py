"""The ID kit: what is kept, what a copy holds, and what it must not."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image, ImageDraw

from tests.actions.made import hospital, patient
from tests.ingest.papers import picture, saved, text_pdf
from tests.ingest.test_heic import photo
from vault import dates
from vault.actions import authorities, documents, home, requests
from vault.actions.authorities import Terms
from vault.actions.documents import Copied, Fresh, Purpose
from vault.actions.requests import Wanted
from vault.actions.session import Session
from vault.errors import BadDocument, CannotRead, CannotWrite, Refused, UnknownId, UsageError
from vault.model.authority_law import Basis
from vault.model.documents import DocumentKind, Mask, Validity, read_mask
from vault.model.reading import InMemory, ReadOptions, View
from vault.model.words import Box

TODAY = dates.today()
MASK = read_mask("1:10,50,80,20")
ELM = Purpose("Elm Street Hospital", dt.date(2026, 11, 23))
PASSPORT = Fresh(DocumentKind.PASSPORT, "Passport")


def card(secret: str = "red") -> Image.Image:
    """A card with a coloured field where MASK is."""
    page = Image.new("RGB", (860, 540), "white")
    pen = ImageDraw.Draw(page)
    pen.rectangle((120, 290, 700, 360), fill=secret)
    pen.rectangle((40, 40, 240, 240), fill="navy")
    return page


def _file(tmp_path: Path, data: bytes, name: str = "card.jpg") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def _keep(vault: Session, tmp_path: Path, data: bytes, *masks: Mask) -> str:
    return documents.add(vault, None, _file(tmp_path, data), PASSPORT, masks).document.id


def _copy(vault: Session, document: str, to: Path, purpose: Purpose = ELM) -> Copied:
    return documents.copy(vault, [document], purpose, to)


def _pictures(pdf: Path) -> list[Image.Image]:
    reader = pypdf.PdfReader(pdf)
    return [i.image for page in reader.pages for i in page.images if i.image is not None]


@pytest.mark.parametrize(
    ("data", "media", "pages"),
    [
        (saved(card(), "JPEG"), "jpeg", 1),
        (saved(card(), "PNG"), "png", 1),
        (saved(card(), "TIFF", save_all=True, append_images=[card()]), "tiff", 2),
        (text_pdf(), "pdf", 1),
    ],
)
def test_scans_of_every_kind_are_kept(
    vault: Session, tmp_path: Path, data: bytes, media: str, pages: int
) -> None:
    """Pictures and PDFs are kept as they are, drawn by a worker, and copied page by page."""
    person = patient(vault)
    held = documents.add(vault, None, _file(tmp_path, data), PASSPORT).document
    assert (held.person, held.media, held.size) == (person.id, media, len(data))
    assert documents.pages(vault, held) == pages
    drawn = documents.draw(vault, held, View(1, 60, 60))
    assert max(drawn.width, drawn.height) == 60
    assert _copy(vault, held.id, tmp_path / "copy.pdf").pages == pages


def test_what_is_no_document_is_refused(vault: Session, tmp_path: Path) -> None:
    """Nothing, rubbish, too much, a locked or a broken file: a sentence each, nothing kept."""
    patient(vault)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(text_pdf()))
    writer.encrypt("secret", algorithm="AES-256")
    locked = io.BytesIO()
    writer.write(locked)
    for data, said in (
        (b"", "empty"),
        (b"hello", "unknown kind"),
        (b"\xff\xd8\xff" + b"x" * 10 * 1024**2, "larger than 10 MB"),
        (saved(card(), "PNG")[:20], "damaged"),
        (b"%PDF-1.7\n1 0 obj\n<<>>", "damaged"),
        (locked.getvalue(), "password"),
    ):
        with pytest.raises(BadDocument, match=said):
            documents.add(vault, None, _file(tmp_path, data), PASSPORT)
    with pytest.raises(CannotRead):
        documents.add(vault, None, tmp_path / "none.jpg", PASSPORT)
    with pytest.raises(CannotRead):
        documents.add(vault, None, tmp_path, PASSPORT)
    with pytest.raises(UsageError, match="no page 2"):
        _keep(vault, tmp_path, saved(card(), "PNG"), Mask(2, Box(0, 0, 1, 1)))
    assert documents.every(vault, TODAY) == ()


def test_what_is_masked_is_not_in_the_copy(vault: Session, tmp_path: Path) -> None:
    """Documents that differ only below a mask give the same file, byte for byte."""
    patient(vault)
    made = []
    for colour in ("red", "lime"):
        document = _keep(vault, tmp_path, saved(card(colour), "PNG"), MASK)
        _copy(vault, document, tmp_path / f"{colour}.pdf")
        made.append((tmp_path / f"{colour}.pdf").read_bytes())
    assert made[0] == made[1]
    (page,) = _pictures(tmp_path / "red.pdf")
    wide, high = page.size
    inside = page.crop((wide // 5, int(high * 0.54), wide // 2, int(high * 0.62)))
    assert max(band[1] for band in inside.convert("RGB").getextrema()) <= _VEILED  # type: ignore[index]


_VEILED = 64
"""The stamp goes over the black too: its grey, and nothing lighter."""


def test_unmasked_only_when_it_is_asked_for(vault: Session, tmp_path: Path) -> None:
    """The log tells a masked copy from one that shows everything."""
    patient(vault)
    document = _keep(vault, tmp_path, saved(card(), "PNG"), MASK)
    _copy(vault, document, tmp_path / "a.pdf")
    open_ = Purpose("Quay Lab", dt.date(2026, 11, 24), unmasked=True)
    _copy(vault, document, tmp_path / "b.pdf", open_)
    uses = documents.get(vault, document, TODAY).uses
    assert [(u.recipient, u.masked) for u in uses] == [
        ("Elm Street Hospital", True),
        ("Quay Lab", False),
    ]
    (page,) = _pictures(tmp_path / "b.pdf")
    red = page.convert("RGB").getpixel((page.width // 3, int(page.height * 0.55)))
    assert isinstance(red, tuple)
    assert red[0] > 120 > red[1]


def test_a_copy_is_pictures_and_nothing_else(vault: Session, tmp_path: Path) -> None:
    """No metadata of the camera, no words of the PDF, no byte run of the file that came."""
    patient(vault)
    exif = Image.Exif()
    exif[0x010E] = "taken at 4 Larch Lane"
    data = saved(card(), "JPEG", exif=exif, comment=b"serial 12345")
    _copy(vault, _keep(vault, tmp_path, data), tmp_path / "a.pdf")
    _copy(vault, _keep(vault, tmp_path, text_pdf()), tmp_path / "b.pdf")
    for name, original in (("a.pdf", data), ("b.pdf", text_pdf())):
        made = (tmp_path / name).read_bytes()
        assert not any(word in made for word in (b"Larch", b"12345", b"Exif", b"/Font", b"/Info"))
        assert not any(original[i : i + 32] in made for i in range(0, len(original) - 32, 32))
        reader = pypdf.PdfReader(tmp_path / name)
        assert reader.metadata is None
        assert "".join(page.extract_text() for page in reader.pages).strip() == ""


def test_the_same_copy_twice_is_the_same_file(vault: Session, tmp_path: Path) -> None:
    """Nothing of the hour or the machine is in it; another recipient or day is seen."""
    patient(vault)
    document = _keep(vault, tmp_path, saved(card(), "JPEG"), MASK)
    for name, purpose in (
        ("one", ELM),
        ("two", ELM),
        ("day", Purpose(ELM.recipient, dt.date(2026, 11, 24))),
        ("who", Purpose("Quay Lab", ELM.on)),
    ):
        _copy(vault, document, tmp_path / name, purpose)
    one, two, day, who = ((tmp_path / n).read_bytes() for n in ("one", "two", "day", "who"))
    assert one == two
    assert len({one, day, who}) == 3


@pytest.mark.ocr
def test_the_stamp_can_be_read(vault: Session, tmp_path: Path) -> None:
    """Tesseract reads for whom, for which request and when the copy was made."""
    patient(vault)
    request = requests.new(vault, hospital(vault).id, None, Wanted()).request
    document = _keep(vault, tmp_path, saved(picture(), "PNG"))
    purpose = Purpose("Elm Street Hospital", dt.date(2026, 11, 23), request.id)
    _copy(vault, document, tmp_path / "a.pdf", purpose)
    source = InMemory((tmp_path / "a.pdf").read_bytes())
    page = vault.pool.read_page(source, "pdf", 1, ReadOptions("eng", "auto")).result()
    text = " ".join(word.text for word in page.readings[0].words)
    assert "for Elm Street Hospital only" in text
    assert "2026-11-23" in text
    assert "Amoxicillin" in text


def test_masks_are_added_and_cleared(vault: Session, tmp_path: Path) -> None:
    """Boxes add up, twice the same is one, clearing takes all or puts new ones in place."""
    patient(vault)
    document = _keep(vault, tmp_path, saved(card(), "PNG"), MASK)
    other = read_mask("1:0,0,10,10")
    assert documents.mask(vault, document, [other, MASK]).document.masks == (MASK, other)
    assert documents.mask(vault, document, [other], clear=True).document.masks == (other,)
    with pytest.raises(UsageError):
        documents.mask(vault, document, [read_mask("2:0,0,10,10")])
    assert documents.mask(vault, document, [], clear=True).document.masks == ()


def test_enclosures_are_the_copies_really_made(vault: Session, tmp_path: Path) -> None:
    """A letter may name as enclosed only what a copy was made of for that request."""
    patient(vault)
    request = requests.new(vault, hospital(vault).id, None, Wanted()).request.id
    passport = _keep(vault, tmp_path, saved(card(), "PNG"), MASK)
    bill = documents.add(
        vault, None, _file(tmp_path, text_pdf(), "bill.pdf"), Fresh(DocumentKind.UTILITY_BILL)
    ).document.id
    _copy(vault, passport, tmp_path / "other.pdf")  # for nobody's request
    elsewhere = Purpose("Quay Insurance", TODAY, request)  # with it, and for somebody else
    documents.copy(vault, [passport], elsewhere, tmp_path / "quay.pdf")
    assert documents.enclosed(vault.vault.read(), request) == ()
    made = documents.enclose(
        vault, request[:7], [passport, bill, passport], TODAY, tmp_path / "e.pdf", unmasked=False
    )
    assert made.pages == 2
    assert made.stamp.startswith(f"for Elm Street Hospital only · request {request}")
    found = documents.enclosed(vault.vault.read(), request)
    assert [(e.document.id, e.last.masked) for e in found] == [(passport, True), (bill, False)]


def test_a_copy_that_cannot_be_written_is_not_noted(vault: Session, tmp_path: Path) -> None:
    """Neither a missing folder nor the vault itself takes a copy, and none is in the log."""
    patient(vault)
    document = _keep(vault, tmp_path, saved(card(), "PNG"))
    for place in (tmp_path / "none" / "a.pdf", vault.vault.folder / "a.pdf", tmp_path):
        with pytest.raises(CannotWrite):
            _copy(vault, document, place)
    with pytest.raises(UsageError):
        _copy(vault, document, tmp_path / "a.pdf", Purpose("  ", ELM.on))
    with pytest.raises(UnknownId):
        _copy(vault, document, tmp_path / "a.pdf", Purpose("Elm", ELM.on, "req_zzzzzzzzzzzz"))
    assert documents.get(vault, document, TODAY).uses == ()
    assert not (tmp_path / "a.pdf").exists()


def test_a_recipient_no_font_can_show_is_said(vault: Session, tmp_path: Path) -> None:
    """Rather no copy than one stamped with empty boxes."""
    patient(vault)
    document = _keep(vault, tmp_path, saved(card(), "PNG"))
    with pytest.raises(Refused, match="no font"):
        _copy(vault, document, tmp_path / "a.pdf", Purpose("\U0001e2ff\U0001e2fe", ELM.on))


def test_deleting_keeps_the_log(vault: Session, tmp_path: Path) -> None:
    """The bytes go; what copies were given to whom stays; a proof cannot be deleted."""
    patient(vault)
    proof = _keep(vault, tmp_path, saved(card(), "PNG"))
    given = _keep(vault, tmp_path, saved(card("blue"), "PNG"), MASK)
    _copy(vault, given, tmp_path / "a.pdf")
    terms = Terms(name="Marian Voss", basis=Basis.OTHER, proof=proof)
    authority = authorities.add(vault, None, terms).authority.id
    with pytest.raises(Refused, match=authority):
        documents.delete(vault, proof)
    documents.delete(vault, given)
    left = documents.get(vault, given, TODAY)
    assert (left.document.deleted, len(left.uses)) == (True, 1)
    assert [v.document.id for v in documents.every(vault, TODAY)] == [proof]
    for act in (
        lambda: _copy(vault, given, tmp_path / "b.pdf"),
        lambda: documents.draw(vault, left.document, View(1, 9, 9)),
        lambda: documents.delete(vault, given),
        lambda: documents.edit(vault, given, PASSPORT),
    ):
        with pytest.raises(Refused, match="was deleted"):
            act()


def test_what_is_known_of_a_document_changes(vault: Session, tmp_path: Path) -> None:
    """Kind, title and expiry can be put right; the bytes and masks stay."""
    patient(vault)
    document = _keep(vault, tmp_path, saved(card(), "PNG"), MASK)
    until = TODAY + dt.timedelta(30)
    view = documents.edit(vault, document, Fresh(DocumentKind.STATE_ID, expires_on=until))
    assert view.document.kind is DocumentKind.STATE_ID
    assert (view.document.title, view.document.masks) == ("Passport", (MASK,))
    assert view.validity is Validity.EXPIRES_SOON
    assert view.expiry.startswith("expires in 30 days")
    (matter,) = home.matters(vault, TODAY)
    assert (matter.place, matter.id) == (home.Place.PERSON, document)
    assert matter.text.startswith("Passport of Marian Voss expires in 30 days")
    assert documents.edit(vault, document, Fresh(no_expiry=True)).document.expires_on is None
    assert home.matters(vault, TODAY) == ()


def test_a_photo_from_a_telephone_is_kept(vault: Session, tmp_path: Path) -> None:
    """HEIC is drawn upright by the worker; its masks are of the page as it is shown."""
    patient(vault)
    document = _keep(vault, tmp_path, photo(6), Mask(1, Box(0, 0, 1, 0.5)))
    held = documents.find(vault, document)
    assert held.media == "heic"
    drawn = documents.draw(vault, held, View(1, 80, 80))
    assert drawn.width > drawn.height
    _copy(vault, document, tmp_path / "a.pdf")
    (page,) = _pictures(tmp_path / "a.pdf")
    upper = page.convert("L").crop((page.width // 4, 0, page.width // 2, int(page.height * 0.4)))
    assert max(upper.tobytes()) <= _VEILED
