"""Invented forms that ask to amend a record: with fields, tight ones, turned, and flat."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, String

from tests.ingest.forms_made import MULTILINE, Maker, Rect, around

CLINIC = "Larch Valley Family Clinic"
RETURN = "Return this form to: Privacy Office, 7 Larch Lane, Austin, TX 78701"


def _rows(m: Maker) -> None:
    """Who it is about: the same on all of them."""
    m.write(60, 740, f"{CLINIC}: Request to Amend Health Information", 13)
    m.write(60, 712, "Patient name")
    m.text("Patient", (150, 706, 350, 724))
    m.write(365, 712, "Date of birth")
    m.text("DOB", (440, 706, 550, 724))
    m.write(60, 686, "Mailing address")
    m.text("Address", (150, 680, 350, 698))
    m.write(365, 686, "Record number")
    m.text("Number", (440, 680, 550, 698))


def whole() -> bytes:
    """Two pages with a field for everything, questions above the large ones."""
    m = Maker()
    m.page()
    _rows(m)
    _entry(m)
    m.write(60, 80, RETURN)
    m.page()
    _told(m)
    m.write(60, 540, "Signature")
    m.widget((150, 534, 350, 560), FT=Name.Sig, T=String("Signature"))
    m.write(365, 540, "Date")
    m.text("SignedOn", (400, 534, 500, 552))
    m.write(60, 500, "If signed by a personal representative: name")
    m.text("Rep", (290, 494, 450, 512))
    m.write(60, 470, "Relationship to the patient")
    m.text("Relation", (290, 464, 450, 482))
    return m.done()


def _entry(m: Maker) -> None:
    m.write(60, 650, "Date of the entry")
    m.text("EntryDate", (180, 644, 290, 662))
    m.write(310, 650, "Written by")
    m.text("Author", (380, 644, 550, 662))
    m.write(60, 620, "The entry you want changed: which document, which page, which words?")
    m.text("Which", (60, 560, 550, 614), MULTILINE)
    m.tick("c1", (60, 536, 72, 548))
    m.write(78, 538, "The entry is inaccurate")
    m.tick("c2", (250, 536, 262, 548))
    m.write(268, 538, "The entry is incomplete")
    m.write(60, 512, "Explain in what way the entry is incorrect or incomplete.")
    m.text("Explain", (60, 440, 550, 506), MULTILINE)
    m.write(60, 420, "What should the entry say instead?")
    m.text("Instead", (60, 350, 550, 414), MULTILINE)
    m.write(60, 330, "Reasons for this request")
    m.text("Reasons", (60, 264, 550, 324), MULTILINE)
    m.write(60, 244, "Supporting documents enclosed")
    m.text("Papers", (60, 196, 550, 238), MULTILINE)


def _told(m: Maker) -> None:
    m.write(60, 740, "People and organizations to be told of the amendment", 11)
    m.write(60, 712, "Name")
    m.text("Told1", (150, 706, 350, 724))
    m.write(60, 686, "Address")
    m.text("Told1Address", (150, 680, 450, 698))
    m.write(60, 650, "Name")
    m.text("Told2", (150, 644, 350, 662))
    m.write(60, 624, "Address")
    m.text("Told2Address", (150, 618, 450, 636))
    m.tick("agree", (60, 584, 72, 596))
    m.write(78, 586, "I agree that you tell the people named above.")


def tight() -> bytes:
    """One page whose fields are single lines, one of them with few characters."""
    m = Maker()
    m.page()
    _rows(m)
    m.write(60, 650, "Date of entry")
    m.text("EntryDate", (150, 644, 260, 662))
    m.write(60, 620, "Entry to be amended")
    m.text("Entry", (180, 614, 400, 632))
    m.write(60, 590, "What is inaccurate")
    m.text("Wrong", (180, 584, 400, 602), MaxLen=24)
    m.write(60, 560, "It should say")
    m.text("Should", (180, 554, 400, 572))
    m.write(60, 530, "Reason")
    m.text("Reason", (180, 524, 400, 542))
    m.write(60, 500, "Please notify")
    m.text("Notify", (180, 494, 400, 512))
    m.write(60, 460, "Signature")
    m.widget((150, 454, 350, 480), FT=Name.Sig, T=String("Signature"))
    m.write(60, 80, RETURN)
    return m.done()


def turned(rotate: int = 90) -> bytes:
    """A page shown upright only after a turn, with a few large fields and none for the reason."""
    m = Maker()
    wide = rotate % 180 == 90
    page = m.page(rotate=rotate, size=(792, 612) if wide else (612, 792))
    turn = {90: "0 1 -1 0 792 0", 180: "-1 0 0 -1 612 792", 270: "0 -1 1 0 0 612"}[rotate]
    page.contents_add(f"q {turn} cm\n".encode())
    m.write(60, 720, f"{CLINIC}: Request for Correction of Medical Record", 12)
    m.write(60, 680, "Patient name")
    m.write(60, 650, "Date of birth")
    m.write(60, 610, "Which entry is to be corrected?")
    m.write(60, 500, "What is wrong with it?")
    m.write(60, 390, "What should it say?")
    m.write(60, 300, RETURN)
    page.contents_add(b"Q\n")
    _turned_text(m, "Patient", (160, 674, 400, 692), rotate)
    _turned_text(m, "DOB", (160, 644, 400, 662), rotate)
    _turned_text(m, "Entry", (60, 530, 550, 604), rotate, MULTILINE)
    _turned_text(m, "Wrong", (60, 420, 550, 494), rotate, MULTILINE)
    _turned_text(m, "Should", (60, 330, 550, 384), rotate, MULTILINE)
    return m.done()


def _turned_text(m: Maker, name: str, where: Rect, rotate: int, flags: int = 0) -> None:
    m.widget(
        around(where, rotate), FT=Name.Tx, T=String(name), Ff=flags,
        MK=Dictionary(BC=Array([0.5]), R=rotate), DA=String("/Helv 10 Tf 0 g"),
    )  # fmt: skip


def flat() -> bytes:
    """Lines and words alone, as a scan of a paper form has them."""
    m = Maker()
    m.page()
    m.write(72, 720, f"{CLINIC}: Request for Amendment of Records", 13)
    labels = ("Patient name:", "Date of birth:", "Date of entry:", "What is wrong:",
              "It should say:", "Please tell:")  # fmt: skip
    for number, label in enumerate(labels):
        y = 680 - number * 40
        m.write(72, y, label)
        m.line(160, y - 2, 540)
    m.write(72, 400, "Signature:")
    m.line(160, 398, 400)
    return m.done()
