"""A correction letter with invented people, for the tests to vary."""

from __future__ import annotations

import datetime as dt

from vault.model.letters import CorrectionLetter, Excerpt, Point, RuleNote
from vault.model.reading import Picture

HIPAA = RuleNote(
    60,
    "days",
    "45 CFR 164.526(b)(2)",
    "written reason and date, sent within first 60 days",
    30,
    id="us-hipaa",
)


def excerpt(width: int = 600, height: int = 120) -> Excerpt:
    """A white strip with a dark frame in it."""
    rows = [bytearray(b"\xf8" * width) for _ in range(height)]
    for row in rows[height // 3 : height // 2]:
        row[width // 8 : width // 2] = b"\x30" * (width // 2 - width // 8)
    picture = Picture(width, height, b"".join(map(bytes, rows)))
    return Excerpt(picture, "Part of page 1; the entry is framed. It reads: sulfa")


POINT = Point(
    record="Cardiology letter",
    page=1,
    quote="Allergies: sulfa (hives)",
    wrong="wrong value",
    should_say="Allergies: penicillin (hives)",
    why="my own doctor's list names penicillin",
    entry_date="05/20/2026",
    author="R. Imre, MD",
    excerpt=excerpt(),
)

LETTER = CorrectionLetter(
    reference="cor_7kq2m9x4t0bz",
    on=dt.date(2026, 11, 23),
    to=("Quarry Heart Group", "Release of Information", "9 Quarry Road", "Penbrook, OH 00000"),
    patient="Ada Ellen Quill",
    born=dt.date(1961, 3, 4),
    former_names=("Ada Ellen Marsh",),
    mrn="QH-0048213",
    sender=("Ada Ellen Quill", "27 Alder Lane", "Penbrook, OH 00000", "555-0142"),
    points=(POINT,),
    tell=("Penbrook Family Practice",),
    rule=HIPAA,
    hipaa=True,
    enclosures=("A copy of the page named above",),
)
