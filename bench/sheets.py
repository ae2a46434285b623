"""Pages of invented patients in many layouts, each with what it truly says, for bench/facts.py."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import typst
from PIL import Image

from vault.demo.paper import scanner

_GIVEN = (
    "Odalys", "Marit", "Ansgar", "Perpetua", "Corwin", "Thessaly", "Ignace", "Rosalind", "Kwame",
    "Yusra", "Leocadia", "Emeric", "Saoirse", "Bartholomew", "Xiomara", "Dagny", "Tobias",
    "Fenella", "Casimir", "Winifred", "Aurelio", "Hedda", "Lorcan", "Priya",
)  # fmt: skip
_MIDDLE = (
    "Jo", "Alba", "Rune", "Fay", "Lee", "Ines", "Kai", "Noor", "Wren", "Skye", "Dell", "Bea",
)  # fmt: skip
_FAMILY = (
    "Brackenridge", "Oyelaran", "Thistlewood", "van der Meulen", "O'Shaughnessy", "Vantongeren",
    "Castellanos-Ruiz", "Lindgaard", "Pemberwick", "Achterberg", "Mbatha", "Quartermain",
    "Delacour", "Fairweather", "Szymborska", "Hollis", "Marchetti", "Stavros", "Underhill",
    "Nakamoto", "Eriksdotter", "Balewa",
)  # fmt: skip
_PLACES = (
    "Alder Bend Family Medicine", "Copperfield Memorial Hospital", "Larkspur Imaging Center",
    "Juniper Street Clinic", "Windmere Clinical Laboratory", "Saltmarsh Orthopaedic Associates",
    "Fennimore Heart Institute", "Bellweather Regional Medical Center",
)  # fmt: skip
_DOCTORS = ("Anneliese Croft", "Ruben Ostrow", "Fatima Zell", "Gideon Marsh", "Ingrid Pohl")
_FONTS = (
    "Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono", "DejaVu Sans", "Nimbus Sans",
    "Nimbus Roman", "P052", "URW Gothic", "URW Bookman", "C059",
)  # fmt: skip
_TITLES = (
    "PROGRESS NOTE", "Clinic Visit", "LABORATORY REPORT", "Radiology Report", "CONSULTATION",
    "Discharge Summary", "OPERATIVE NOTE", "Follow-up Visit",
)  # fmt: skip
_FILLER = (
    "Feels well and keeps active in the garden most days.",
    "Walks two miles before breakfast and sleeps soundly.",
    "No chest pain, no shortness of breath, no swelling.",
    "Lungs clear on both sides. Heart sounds regular, no murmur heard.",
    "We went over the plan together and questions were answered.",
    "Bring this sheet and all bottles to the next appointment.",
    "Abdomen soft and not tender. Gait steady, balance good.",
    "Advised to keep a diary of symptoms and to call with any change.",
    "Skin warm and dry. No rash. Nails and hair are normal.",
    "Mood is even. Appetite is good and weight is unchanged.",
)
_ASIDES = (
    "Mother, born 02/11/1931, had asthma.",
    "Insurance subscriber: Waldo Brightwater, date of birth 05/06/1949.",
    "Emergency contact: Celestine Farrow, 555-0142.",
    "Father died at 71 of a stroke on 3/9/1998.",
    "Lives with a brother, Alistair Crane.",
    "",
    "",
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a page says: None where it says nothing of the kind."""

    name: str | None
    born: dt.date | None
    mrn: str | None
    page: str | None
    service: dt.date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A made document: its PDF and what each page says; `scan` where it is a picture."""

    name: str
    pdf: bytes
    truths: tuple[Truth, ...]
    scan: bool


@dataclass(frozen=True, slots=True)
class _Made:
    """The choices for one document."""

    given: str
    middle: str
    family: str
    born: dt.date
    mrn: str
    service: dt.date
    place: str
    title: str
    doctor: str
    pages: int
    font: str
    size: float


def _day(rng: random.Random, first: int, last: int) -> dt.date:
    start = dt.date(first, 1, 1)
    return start + dt.timedelta(days=rng.randrange((dt.date(last, 12, 28) - start).days))


def _mrn(rng: random.Random) -> str:
    digits = "".join(rng.choice("0123456789") for _ in range(8))
    return rng.choice((
        digits, f"MR{digits}", f"{digits[:2]}-{digits[2:4]}-{digits[4:7]}", f"E{digits[:7]}",
        f"{digits[:3]}-{digits[3:]}", f"H{digits[:6]}",
    ))  # fmt: skip


_LONG = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_MONTH = tuple(name[:3] for name in _LONG)
_DATES: tuple[Callable[[dt.date], str], ...] = (
    lambda d: f"{d.month:02d}/{d.day:02d}/{d.year}",
    lambda d: f"{d.month}/{d.day}/{d.year}",
    lambda d: d.isoformat(),
    lambda d: f"{d.day:02d}-{_MONTH[d.month - 1].upper()}-{d.year}",
    lambda d: f"{d.day} {_MONTH[d.month - 1]} {d.year}",
    lambda d: f"{_LONG[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{_MONTH[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{d.month:02d}-{d.day:02d}-{d.year}",
    lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
)
_NAMES: tuple[Callable[[_Made], str], ...] = (
    lambda m: f"{m.given} {m.family}",
    lambda m: f"{m.given} {m.middle} {m.family}",
    lambda m: f"{m.given} {m.middle[0]}. {m.family}",
    lambda m: f"{m.family}, {m.given}",
    lambda m: f"{m.family.upper()}, {m.given.upper()} {m.middle[0]}",
    lambda m: f"{m.family.upper()},{m.given.upper()}",
    lambda m: f"{m.family}, {m.given} {m.middle}",
)
_PAGES: tuple[Callable[[int, int], str], ...] = (
    lambda n, m: f"Page {n} of {m}",
    lambda n, m: f"page {n}/{m}",
    lambda n, m: f"p. {n} of {m}",
    lambda n, m: f"PAGE {n:02d} OF {m:02d}",
    lambda n, m: f"({n}/{m})",
    lambda n, m: f"{n} / {m}",
    lambda n, m: f"Pg {n} of {m}",
    lambda n, m: f"{n} of {m}",
)
_BORN = ("DOB:", "D.O.B.", "Date of Birth:", "Birth Date:", "Born", "DOB", "Birthdate:")
_MRN = ("MRN:", "MRN", "Medical Record No.", "Chart #:", "Med Rec #", "Patient ID:", "MR No.:")
_NAME = ("Patient:", "Patient Name:", "Name:", "PATIENT", "Pt Name:")
_SERVICE = (
    "Date of service:", "Visit date:", "DOS:", "Date of Visit", "Encounter date:", "Service Date:",
)  # fmt: skip
_CHOICE = {
    "LABORATORY REPORT": ("Collected:", "Date collected:", "Collection date:"),
    "Radiology Report": ("Exam date:", "Date of exam:", "Study date:"),
    "Discharge Summary": ("Admission date:", "Date of admission:", "Admitted:"),
    "OPERATIVE NOTE": ("Date of surgery:", "Procedure date:", "Date of procedure:"),
}


def _text(text: str) -> str:
    """Text as typst takes it, whatever marks it has."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'#text("{quoted}")'


def _stacked(cells: list[tuple[str, str]]) -> str:
    """Labels over values, side by side in a ruled banner."""
    inner = ", ".join(
        f"[#text(size: 0.7em, {_string(label.rstrip(':').upper())}) \\ {_text(value)}]"
        for label, value in cells
    )
    return f"#table(columns: {len(cells)}, inset: 5pt, {inner})"


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _inline(cells: list[tuple[str, str]]) -> str:
    return _text("   ".join(f"{label} {value}" for label, value in cells))


def _barred(cells: list[tuple[str, str]]) -> str:
    return _text(" | ".join(f"{label} {value}" for label, value in cells))


def _listed(cells: list[tuple[str, str]]) -> str:
    return " \\\n".join(_text(f"{label} {value}") for label, value in cells)


def _gridded(cells: list[tuple[str, str]]) -> str:
    inner = ", ".join(f"[{_text(label)}], [{_text(value)}]" for label, value in cells)
    return f"#grid(columns: 4, column-gutter: 1.5em, row-gutter: 0.6em, {inner})"


def _tabled(cells: list[tuple[str, str]]) -> str:
    inner = ", ".join(f"[{_text(label)}], [{_text(value)}]" for label, value in cells)
    return f"#table(columns: 2, inset: 4pt, {inner})"


_BANNERS = (_stacked, _inline, _barred, _listed, _gridded, _tabled)


def _choose(rng: random.Random) -> _Made:
    title = rng.choice(_TITLES)
    return _Made(
        given=rng.choice(_GIVEN),
        middle=rng.choice(_MIDDLE),
        family=rng.choice(_FAMILY),
        born=_day(rng, 1931, 2009),
        mrn=_mrn(rng),
        service=_day(rng, 2012, 2024),
        place=rng.choice(_PLACES),
        title=title,
        doctor=rng.choice(_DOCTORS),
        pages=rng.choice((1, 1, 2, 2, 3)),
        font=rng.choice(_FONTS),
        size=rng.choice((9.0, 10.0, 10.5, 11.0)),
    )


def _body(rng: random.Random) -> str:
    lines = [rng.choice(_FILLER) for _ in range(rng.randrange(9, 18))]
    lines.insert(rng.randrange(len(lines)), rng.choice(_ASIDES))
    return _text(" ".join(line for line in lines if line))


def _pages(rng: random.Random, made: _Made) -> tuple[str, tuple[Truth, ...]]:
    """The typst source of a document, and what each of its pages says."""
    date, name, page = rng.choice(_DATES), rng.choice(_NAMES), rng.choice(_PAGES)
    banner, foot = rng.choice(_BANNERS), rng.random() < 0.5
    cells = [
        (rng.choice(_NAME), name(made)),
        (rng.choice(_BORN), date(made.born)),
        (rng.choice(_MRN), made.mrn),
    ]
    again = rng.random() < 0.8  # most papers repeat the banner on every page
    when = rng.choice(_CHOICE.get(made.title, _SERVICE))
    parts, truths = [], []
    for number in range(1, made.pages + 1):
        held = number == 1 or again
        count = _text(page(number, made.pages))
        edge = (
            f"#place({'bottom' if foot else 'top'} + right, dy: {28 if foot else -28}pt)[{count}]"
        )
        parts.append(edge)
        if number == 1:
            parts.append(f"#align(center)[#text(weight: {_string('bold')}, {_string(made.place)})]")
        if held:
            parts.append(banner(cells))
        if number == 1:
            parts.append(f"#strong[{_text(made.title)}]")
            parts.append(_text(f"{when} {date(made.service)}"))
        parts += [_body(rng), _body(rng)]
        if number == made.pages:
            parts.append(_text(f"Signed: {made.doctor}, MD"))
        truths.append(
            Truth(
                name(made) if held else None,
                made.born if held else None,
                made.mrn if held else None,
                f"{number}/{made.pages}",
                made.service if number == 1 else None,
            )
        )
        if number < made.pages:
            parts.append("#pagebreak()")
    head = (
        '#set page("us-letter", margin: 60pt)\n'
        f"#set text(font: {_string(made.font)}, size: {made.size}pt)\n#set par(spacing: 1em)\n"
    )
    return head + "\n\n".join(parts), tuple(truths)


def _scanned(source: str, rng: random.Random) -> bytes:
    """The pages as a copier would hand them over: grey, a little askew, noisy."""
    compiler = typst.Compiler(source.encode())
    drawings = compiler.compile(format="png", ppi=200)
    pages = []
    for drawn in [drawings] if isinstance(drawings, bytes) else drawings or []:
        grey = Image.open(io.BytesIO(drawn)).convert("L")
        askew = scanner.turned(grey, rng.uniform(-1.0, 1.0))
        pages.append(scanner.grain(askew, rng.randrange(1000), rng.uniform(0.02, 0.08)))
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=200, quality=80)
    return out.getvalue()


def sheets(seed: int, pages: int, scans: float) -> Iterator[Sheet]:
    """Documents until there are so many pages; the share `scans` of them as pictures."""
    rng = random.Random(seed)
    made = number = 0
    while made < pages:
        chosen = _choose(rng)
        source, truths = _pages(rng, chosen)
        scan = rng.random() < scans
        pdf = _scanned(source, rng) if scan else bytes(typst.compile(source.encode()))
        yield Sheet(f"sheet-{seed}-{number:03d}", pdf, truths, scan)
        made, number = made + len(truths), number + 1
