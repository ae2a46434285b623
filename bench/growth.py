"""How long the checks take after one import, in a vault that holds many pages already.

    python -m bench.growth [--pages 1000 3000 10000] [--records 14]

A vault of the size is filled with made-up visits, orders, results, reports, admissions and bills
of one person, three pages a record, checked as they come; then records are imported one by one, and
the processor time of each one's checks is taken. It should follow what is new, not what is held.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from vault import dates, ids
from vault.actions import checking, flags, people
from vault.actions import session as sessions
from vault.actions.session import Session
from vault.model.people import Person
from vault.model.reading import PageKind, PageResult, Reading, Source
from vault.model.records import Record, RecordStatus
from vault.model.words import Box, Word
from vault.store import pages, records
from vault.store.database import Db
from vault.store.kdf import CHEAPEST

_EACH = 3
_HEAD = "Alder Bend Clinic\nPatient: Marian Voss\nDOB: 1961-03-14   MRN: 00412   Sex: F\n"
_KINDS = (
    "PROGRESS NOTE\nDate of service: {day}\nA {age}-year-old woman who feels well.\n"
    "Allergies: penicillin (hives)\nMedications: lisinopril {dose} mg once daily\n"
    "CT chest ordered today, scheduled {soon}.\nBP {bp}/80 Pulse 72\n",
    "LABORATORY REPORT\nCollected: {day}\nReported: {soon}\nSodium {na} mmol/L 135-145\n"
    "Glucose {bp} mg/dL 70-99\n",
    "RADIOLOGY REPORT\nDate of exam: {day}\nStudy: CT chest\nFindings: clear, item {n}.\n",
    "PROGRESS NOTE\nDate of service: {day}\nThe CT chest was done {day} as ordered.\n"
    "See the report of MRI left knee of {day}.\n",
    "ADMISSION HISTORY AND PHYSICAL\nAdmitted: {day}\nAdmit to inpatient medicine.\n",
    "DISCHARGE SUMMARY\nAdmission date: {day}\nDischarge date: {soon}\n",
    "ITEMIZED BILL\nDate of service: {day}\nBalance due 120.00\n",
)


def _words(text: str) -> tuple[Word, ...]:
    found = []
    for line, row in enumerate(text.splitlines()):
        left = 0.06
        for part in row.split():
            right = min(left + 0.011 * len(part), 0.99)
            box = Box.clamped(left, 0.04 + line * 0.02, right, 0.052 + line * 0.02)
            found.append(Word(part, box, 100, line))
            left = min(right + 0.01, 0.98)
    return tuple(found)


def _texts(number: int) -> Iterator[str]:
    """The three pages of a record, unlike those of any other."""
    day = dt.date(2000, 1, 1) + dt.timedelta(days=number * 3 % 9000)
    told = {
        "day": day.isoformat(), "soon": (day + dt.timedelta(days=2)).isoformat(),
        "age": day.year - 1961, "dose": 10 + number % 3 * 10, "bp": 110 + number % 30,
        "na": 136 + number % 8, "n": number,
    }  # fmt: skip
    kind = _KINDS[number % len(_KINDS)].format(**told)
    filler = " ".join(f"word{(number * 7919 + i * 104729) % 99991}" for i in range(160))
    lines = "\n".join(filler[at : at + 80] for at in range(0, len(filler), 80))
    for page in range(1, _EACH + 1):
        yield f"{_HEAD}Page {page} of {_EACH}\n{kind if page == 1 else ''}{lines} end {page}\n"


def _sealed(db: Db, s: Session, person: Person, number: int) -> Record:
    sealed = s.vault.originals.seal(io.BytesIO(f"%PDF-{number}".encode()), 1 << 20)
    record = Record(
        id=ids.new("record"), original=sealed.id, title=f"record {number}", media="pdf",
        status=RecordStatus.READING, pages=_EACH, imported_at=dates.now(), person=person.id,
    )  # fmt: skip
    records.add(db, record, sealed.size)
    records.set_pages(db, record.id, _EACH)
    return record


def _page(number: int, text: str) -> PageResult:
    readings = (Reading(Source.TEXT, _words(text), 100),)
    return PageResult(number, PageKind.CONTENT, readings, 612, 792, 100)


def fill(s: Session, person: Person, start: int, stop: int) -> None:
    """Put records into the vault with their pages and facts, each checked as it comes."""
    for begin in range(start, stop, 100):
        with s.vault.write("bench.fill") as db:
            for number in range(begin, min(begin + 100, stop)):
                _come(db, s, person, number)


def one(s: Session, person: Person, number: int) -> float:
    """Import one record, and tell how many seconds its checks took."""
    with s.vault.write("bench.add") as db:
        return _come(db, s, person, number)


def _come(db: Db, s: Session, person: Person, number: int) -> float:
    record = _sealed(db, s, person, number)
    for page, text in enumerate(_texts(number), 1):
        pages.keep(db, record.id, _page(page, text), dates.now())
        checking.state_facts(db, record.id, page, _words(text))
    begun = time.process_time()
    checking.check(db, record.id)
    took = time.process_time() - begun
    records.finish(db, record.id, RecordStatus.STORED)
    return took


def main() -> int:
    """Fill a vault to each size in turn and time the checks of single records there."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ask.add_argument("--pages", type=int, nargs="+", default=[1000, 3000, 10000])
    ask.add_argument("--records", type=int, default=14)
    told = ask.parse_args()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        made, _ = sessions.make_vault(
            home / "vault", "a bench of its own", profile=CHEAPEST, state=home / "state"
        )
        with made as s:
            person, held = people.add(s, "Marian Voss", dt.date(1961, 3, 14), sex="female"), 0
            for size in sorted(told.pages):
                fill(s, person, held, size // _EACH)
                held = size // _EACH
                took = [one(s, person, held + at) for at in range(told.records)]
                held += told.records
                middle, most = statistics.median(took) * 1000, max(took) * 1000
                open_ = len(flags.every(s))
                print(
                    f"{size} pages, {open_} suspicions: the checks of {told.records} records "
                    f"take {sum(took):.2f} s, of one {middle:.0f} ms, at most {most:.0f}",
                    flush=True,
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
