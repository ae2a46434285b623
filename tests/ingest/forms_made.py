"""Invented PDF forms of every kind there is, made by hand with pikepdf and typst's own fonts."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

CLINIC = "Quillon Heart Associates"
READ_ONLY, MULTILINE, PASSWORD, COMB = 1, 1 << 12, 1 << 13, 1 << 24
RADIO, PUSH, COMBO = 1 << 15, 1 << 16, 1 << 17

Rect = tuple[float, float, float, float]


@dataclass(slots=True)
class Maker:
    """A PDF form being made; places are points from the lower left of an unturned page."""

    pdf: Pdf = field(default_factory=pikepdf.new)
    fields: list[Object] = field(default_factory=list)
    extra: dict[str, Object] = field(default_factory=dict)

    def font(self) -> Object:
        """The font to write with, which every viewer has."""
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        return self.pdf.make_indirect(font)

    def page(self, *, rotate: int = 0, size: tuple[float, float] = (612, 792)) -> Page:
        """Add a page with a font to write with."""
        page = self.pdf.add_blank_page(page_size=size)
        page.obj["/Resources"] = Dictionary(Font=Dictionary(Helv=self.font()))
        if rotate:
            page.obj["/Rotate"] = rotate
        return page

    def write(self, x: float, y: float, text: str, size: float = 10) -> None:
        """Write a label on the last page."""
        shown = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        content = f"BT /Helv {size} Tf {x} {y} Td ({shown}) Tj ET\n"
        self.pdf.pages[-1].contents_add(content.encode("latin-1"))

    def line(self, x0: float, y: float, x1: float) -> None:
        """Draw a line to write on."""
        self.pdf.pages[-1].contents_add(f"0.5 w {x0} {y} m {x1} {y} l S\n".encode())

    def widget(self, rect: Rect, **entries: object) -> Dictionary:
        """A widget on the last page that is its own field, unless `Parent` is among the entries."""
        page = self.pdf.pages[-1]
        given = {f"/{k}": v for k, v in entries.items() if v is not None}
        base = {"/Type": Name.Annot, "/Subtype": Name.Widget, "/Rect": Array(list(rect)), "/F": 4}
        made = self.pdf.make_indirect(Dictionary({**base, "/P": page.obj, **given}))
        if "/Annots" not in page.obj:
            page.obj["/Annots"] = Array()
        page.obj["/Annots"].append(made)
        if "Parent" not in entries:
            self.fields.append(made)
        assert isinstance(made, Dictionary)
        return made

    def text(self, name: str, rect: Rect, flags: int = 0, **entries: object) -> Dictionary:
        """A text field with a thin frame."""
        frame = Dictionary(BC=Array([0.5]))
        return self.widget(
            rect, FT=Name.Tx, T=String(name), Ff=flags, MK=frame, DA=String("/Helv 0 Tf 0 g"),
            **entries,
        )  # fmt: skip

    def looks(self, state: str) -> Dictionary:
        """The looks of a box that can be ticked: empty when off, a filled square when on."""

        def stream(content: bytes) -> Object:
            made = self.pdf.make_stream(content)
            made["/BBox"], made["/Subtype"] = Array([0, 0, 10, 10]), Name.Form
            return made

        frame = b"0.6 w 0.5 0.5 9 9 re S\n"
        return Dictionary(
            N=Dictionary({state: stream(frame + b"2.5 2.5 5 5 re f\n"), "/Off": stream(frame)})
        )

    def tick(self, name: str | None, rect: Rect, state: str = "/Yes", **more: object) -> Dictionary:
        """A box to tick."""
        named = {"T": String(name)} if name is not None else {}
        return self.widget(rect, FT=Name.Btn, AS=Name.Off, AP=self.looks(state), **named, **more)

    def radio(self, name: str, choices: Mapping[str, Rect], **more: object) -> Dictionary:
        """A group of which one is chosen, by state name."""
        kids = Array()
        entries = {f"/{k}": v for k, v in more.items()}
        group = self.pdf.make_indirect(
            Dictionary({"/FT": Name.Btn, "/T": String(name), "/Ff": RADIO, **entries})
        )
        for state, rect in choices.items():
            kids.append(self.tick(None, rect, state, Parent=group))
        group["/Kids"] = kids
        self.fields.append(group)
        assert isinstance(group, Dictionary)
        return group

    def done(self, **save: object) -> bytes:
        """The finished file."""
        if self.fields or self.extra:
            form = Dictionary(Fields=Array(self.fields), DA=String("/Helv 0 Tf 0 g"))
            form["/DR"] = Dictionary(Font=Dictionary(Helv=self.font()))
            for key, value in self.extra.items():
                form[key] = value
            self.pdf.Root["/AcroForm"] = self.pdf.make_indirect(form)
        out = io.BytesIO()
        self.pdf.save(out, **save)  # type: ignore[arg-type]  # the caller's own options
        return out.getvalue()


def every_kind() -> bytes:
    """A release form of one page with every kind of field."""
    m = Maker()
    m.page()
    m.write(72, 740, f"{CLINIC}: Request for Access to My Health Information", 13)
    m.write(72, 712, "Patient name")
    m.text("PatientName", (160, 706, 400, 724))
    m.write(410, 712, "Date of birth")
    m.text("DOB", (480, 706, 560, 724), COMB, MaxLen=8)
    m.write(72, 684, "Address")
    m.text("Address", (160, 650, 400, 696), MULTILINE)
    m.write(410, 684, "Phone")
    m.text("Phone", (450, 678, 560, 696))
    m.write(72, 630, "Social Security Number")
    m.text("SSN", (200, 624, 300, 642), MaxLen=11)
    m.write(72, 604, "Records requested:")
    _boxes(m)
    _choices(m)
    m.write(72, 520, "Office use only")
    m.text("Office", (160, 514, 300, 532), READ_ONLY, V=String("AB-17"))
    m.write(72, 480, "Signature of patient")
    m.widget((180, 474, 360, 500), FT=Name.Sig, T=String("Signature"))
    m.write(370, 480, "Date")
    m.text("SignatureDate", (400, 474, 480, 492))
    m.widget((500, 474, 560, 492), FT=Name.Btn, T=String("Print"), Ff=PUSH)
    m.write(72, 440, "Return this form to: Medical Records, 12 Elm Street, Austin, TX 78701")
    return m.done()


def _boxes(m: Maker) -> None:
    for i, (name, label) in enumerate(
        (
            ("LabResults", "Laboratory results"),
            ("Imaging", "Imaging reports"),
            ("Notes", "Visit notes"),
        )
    ):
        x = 180 + i * 120
        m.tick(name, (x, 602, x + 12, 614))
        m.write(x + 16, 604, label)


def _choices(m: Maker) -> None:
    m.write(72, 580, "Dates of service from")
    m.text("From", (180, 574, 250, 592))
    m.write(256, 580, "to")
    m.text("To", (270, 574, 340, 592))
    m.write(72, 552, "Deliver by:")
    m.radio("Delivery", {"/Mail": (140, 550, 152, 562), "/Portal": (210, 550, 222, 562)})
    m.write(156, 552, "Mail")
    m.write(226, 552, "Patient portal")
    m.write(300, 552, "Format")
    m.widget(
        (340, 546, 440, 564), FT=Name.Ch, T=String("Format"), Ff=COMBO,
        MK=Dictionary(BC=Array([0.5])),
        Opt=Array([String("Paper"), Array([String("e"), String("Electronic (PDF)")])]),
        DA=String("/Helv 10 Tf 0 g"),
    )  # fmt: skip


def flat(rotate: int = 0) -> bytes:
    """A form of lines and words alone."""
    m = Maker()
    m.page(rotate=rotate)
    m.write(72, 720, f"{CLINIC}: Request for Access to Health Information", 13)
    for y, label in ((680, "Patient name:"), (650, "Date of birth:"), (620, "Phone:")):
        m.write(72, y, label)
        m.line(150, y - 2, 400)
    return m.done()


def turned(rotate: int) -> bytes:
    """A page shown upright only after a turn, as a scanner may save it, with two fields."""
    m = Maker()
    wide = rotate % 180 == 90
    page = m.page(rotate=rotate, size=(792, 612) if wide else (612, 792))
    # What is drawn upright on a page of 612 x 792 is put onto this one against its turn.
    turn = {90: "0 1 -1 0 792 0", 180: "-1 0 0 -1 612 792", 270: "0 -1 1 0 0 612"}[rotate]
    page.contents_add(f"q {turn} cm\n".encode())
    m.write(72, 720, "Release of Information")
    m.write(72, 680, "Patient name")
    m.write(72, 600, "I want")
    m.write(170, 600, "Billing")
    page.contents_add(b"Q\n")
    m.widget(around((160, 674, 400, 692), rotate), FT=Name.Tx, T=String("Name"),
             MK=Dictionary(BC=Array([0.5]), R=rotate), DA=String("/Helv 10 Tf 0 g"))  # fmt: skip
    m.tick("Billing", around((150, 598, 162, 610), rotate))
    return m.done()


def around(rect: Rect, rotate: int) -> Rect:
    """Where a rectangle of the upright page of 612 x 792 lies on one turned by so many degrees."""
    x0, y0, x1, y1 = rect
    if rotate == 90:
        return 792 - y1, x0, 792 - y0, x1
    if rotate == 180:
        return 612 - x1, 792 - y1, 612 - x0, 792 - y0
    return y0, 612 - x1, y1, 612 - x0


def locked(password: str = "") -> bytes:
    """A form that opens with a password, or with none but may not be changed."""
    m = Maker()
    m.page()
    m.write(72, 720, "Patient name")
    m.text("Name", (160, 714, 400, 732))
    return m.done(encryption=pikepdf.Encryption(user=password, owner="owner"))


def xfa(*, usable: bool) -> bytes:
    """A form of Adobe's own kind, with fields others can use too or without."""
    m = Maker()
    m.page()
    m.write(72, 720, "Please wait..." if not usable else "Patient name")
    if usable:
        m.text("topmostSubform[0].Name[0]", (160, 714, 400, 732))
    m.extra["/XFA"] = m.pdf.make_stream(b"<xdp:xdp/>")
    return m.done()


def calculated() -> bytes:
    """A form that adds up by itself."""
    m = Maker()
    m.page()
    script = Dictionary(S=Name.JavaScript, JS=String("AFSimple_Calculate('SUM', ['a','b']);"))
    m.text("total", (160, 714, 400, 732), AA=Dictionary(C=script))
    return m.done()


def scripted() -> bytes:
    """A form whose document runs a script when it is opened."""
    m = Maker()
    m.page()
    m.text("Name", (160, 714, 400, 732))
    m.pdf.Root["/OpenAction"] = Dictionary(S=Name.JavaScript, JS=String("this.resetForm();"))
    return m.done()


def many(count: int = 2000) -> bytes:
    """A form with so many fields, 200 a page."""
    m = Maker()
    for i in range(count):
        if i % 200 == 0:
            m.page()
        x, y = 40 + i % 4 * 140, 740 - i % 200 // 4 * 14
        m.text(f"field {i}", (x, y, x + 130, y + 12))
    return m.done()


def odd_radios() -> bytes:
    """Radio buttons whose states have odd names."""
    m = Maker()
    m.page()
    states = ("/No thanks", "/0", "/Sí")
    rects = {s: (72.0 + i * 80, 700.0, 84.0 + i * 80, 712.0) for i, s in enumerate(states)}
    m.radio("Choice", rects)
    for i, label in enumerate(("None", "First", "Second")):
        m.write(88 + i * 80, 702, label)
    m.tick("Same", (72, 660, 84, 672), "/A")
    m.tick("Same", (152, 660, 164, 672), "/B")
    return m.done()


def offset() -> bytes:
    """A page whose visible part begins away from the corner, with content left open."""
    m = Maker()
    page = m.page(size=(700, 900))
    page.obj["/MediaBox"] = Array([-50, -50, 700, 900])
    page.obj["/CropBox"] = Array([44, 54, 656, 846])
    m.write(116, 774, "Patient name")
    m.text("Name", (204, 768, 444, 786))
    page.contents_add(b"q 0.5 0 0 0.5 100 100 cm\n")  # never closed
    return m.done()


def inherited() -> bytes:
    """Fields that take their kind, flags and names from those above them."""
    m = Maker()
    m.page()
    top = m.pdf.make_indirect(
        Dictionary(T=String("patient"), FT=Name.Tx, DA=String("/Helv 9 Tf 0 g"))
    )
    m.write(72, 712, "Last name")
    last = m.widget((160, 706, 300, 724), Parent=top, T=String("last"))
    m.write(72, 682, "First name")
    first = m.widget((160, 676, 300, 694), Parent=top, T=String("first"))
    again = m.widget((320, 676, 460, 694), Parent=first)
    del first["/Rect"], first["/Subtype"]
    first["/Kids"] = Array([again])
    m.pdf.pages[0].obj["/Annots"] = Array([last, again])
    top["/Kids"] = Array([last, first])
    m.fields.append(top)
    return m.done()


def broken() -> bytes:
    """The first third of a form."""
    whole = every_kind()
    return whole[: len(whole) // 3].replace(b"obj", b"xyz")


def foreign_names() -> bytes:
    """Fields with names in UTF-16: Polish, Greek and Japanese."""
    m = Maker()
    m.page()
    for i, name in enumerate(("Imię i nazwisko", "Όνομα", "氏名")):
        m.text(name, (160, 700 - i * 30, 400, 718 - i * 30), TU=String(name))
    return m.done()


def no_looks() -> bytes:
    """A tick box without any look of its own, and a text that has a value but no look."""
    m = Maker()
    m.page()
    m.write(90, 702, "Medications")
    m.widget((72, 700, 84, 712), FT=Name.Btn, T=String("Medications"), MK=Dictionary(BC=Array([0])))
    m.write(72, 670, "State")
    m.text("State", (120, 664, 200, 682), V=String("Texas"))
    return m.done()


FILLABLE: Mapping[str, Callable[[], bytes]] = {
    "every kind": every_kind,
    "flat": flat,
    "turned 90": lambda: turned(90),
    "turned 180": lambda: turned(180),
    "turned 270": lambda: turned(270),
    "locked without password": locked,
    "hybrid xfa": lambda: xfa(usable=True),
    "odd radios": odd_radios,
    "offset": offset,
    "inherited": inherited,
    "foreign names": foreign_names,
    "no looks": no_looks,
}
