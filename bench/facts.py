"""How many facts of who, when and which page are read right, on pages the project makes itself.

    python -m bench.facts [--pages 240] [--scans 0.25] [--seed 1] [--list] [--cache FOLDER]
                          [--cases FOLDER]

Invented patients' papers in many layouts, fonts and ways of writing names, dates, numbers and
counts; some go through a made-up scanner and are read from the picture. A kind of fact is right on
a page where the true value is stated and no other one is; where the page says nothing of the
kind, nothing may be stated. With --cases, names and record numbers on the pages of cases (see
bench/checks.py) are held against `case.json` too, pages with a seeded error about them left out.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.checks import cases, person_of
from bench.read_once import readings
from bench.sheets import Sheet, Truth, sheets
from vault.facts.extract import extract
from vault.model.facts import Fact, FactKind
from vault.model.people import Person
from vault.model.reading import PageResult
from vault.review import names
from vault.review.shelf import days

_KINDS = ("born", "name", "mrn", "page", "service")
_BAR = 98.0


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _of(facts: Iterable[Fact], kind: FactKind) -> list[Fact]:
    return [fact for fact in facts if fact.kind is kind]


def _dates(facts: list[Fact], true: dt.date | None) -> bool:
    """Whether every date stated can be the true one, and one is where there is one."""
    if true is None:
        return not facts
    return bool(facts) and all(true in days(fact) for fact in facts)


def _names(facts: list[Fact], true: str | None) -> bool:
    if true is None:
        return not facts
    known = names.readings(true)
    likely = [names.likeness(f.value, known, 100) is names.Likeness.SAME for f in facts]
    return bool(likely) and all(likely)


def _texts(facts: list[Fact], true: str | None) -> bool:
    if true is None:
        return not facts
    return bool(facts) and all(_plain(f.value) == _plain(true) for f in facts)


def right(facts: tuple[Fact, ...], truth: Truth) -> dict[str, bool]:
    """For each kind whether a page's facts are what it says."""
    own = [f for f in _of(facts, FactKind.PAGE_OF) if f.label != "fax"]
    return {
        "born": _dates(_of(facts, FactKind.BORN), truth.born),
        "name": _names(_of(facts, FactKind.NAME), truth.name),
        "mrn": _texts(_of(facts, FactKind.MRN), truth.mrn),
        "page": [f.value for f in own] == [truth.page],
        "service": _dates(_of(facts, FactKind.SERVICE_DATE), truth.service),
    }


def _stated(result: PageResult) -> tuple[Fact, ...]:
    return extract(result.readings[0].words, result.page) if result.readings else ()


def made(held: list[Sheet], cache: Path) -> Iterator[tuple[Sheet, Truth, tuple[Fact, ...]]]:
    """Each page made, with what it says and what is read of it."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for sheet in held:
            paths.append(Path(folder, f"{sheet.name}.pdf"))
            paths[-1].write_bytes(sheet.pdf)
        read = readings(paths, cache)
    for sheet, path in zip(held, paths, strict=True):
        for truth, result in zip(sheet.truths, read[path], strict=True):
            yield sheet, truth, _stated(result)


def _wrong_places(key: dict[str, list[dict[str, object]]]) -> set[tuple[str, int | None]]:
    checks = (
        "wrong_patient_page",
        "wrong_dob",
        "wrong_name",
        "wrong_sex",
        "blank_or_illegible_page",
    )
    found: set[tuple[str, int | None]] = set()
    for defect in key["defects"]:
        if defect["check"] in checks:
            found.add(
                (
                    str(defect["document"]),
                    None if defect["page"] is None else int(str(defect["page"])),
                )
            )
            related = defect["related"]
            assert isinstance(related, list)
            found |= {(r["document"], r["page"]) for r in related}
    return found


def _case_names(facts: tuple[Fact, ...], person: Person) -> bool:
    known = names.known_names(person)
    held = _of(facts, FactKind.NAME)
    same = [names.likeness(f.value, known, f.confidence) is names.Likeness.SAME for f in held]
    return bool(same) and all(same)


def of_cases(folder: Path, cache: Path) -> Iterator[tuple[str, bool, bool]]:
    """For each page of the cases where it is, and whether names and numbers are the person's."""
    for case in cases(folder, ""):
        about = json.loads((case / "case.json").read_text("utf-8"))
        key = json.loads((case / "expected.json").read_text("utf-8"))
        person, wrong = person_of(about), _wrong_places(key)
        numbers = {_plain(m.number) for m in person.mrns}
        files = [case / d["file"] for d in about["documents"]]
        for path, results in readings(files, cache).items():
            for result in results:
                if {(path.name, result.page), (path.name, None)} & wrong or not result.readings:
                    continue
                facts = _stated(result)
                held = [_plain(f.value) for f in _of(facts, FactKind.MRN)]
                named = _case_names(facts, person)
                numbered = bool(held) and all(n in numbers for n in held)
                yield f"{case.name} {path.name} p{result.page}", named, numbered


def _line(name: str, good: int, total: int) -> str:
    share = 100 * good / max(total, 1)
    under = "" if share >= _BAR else "  below the bar"
    return f"{name:22s} {good:4d} of {total:4d} = {share:6.2f} %{under}"


def main() -> int:
    """Make the pages, read them, and print how much is right."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ask.add_argument("--pages", type=int, default=240)
    ask.add_argument("--scans", type=float, default=0.25)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--list", action="store_true", help="each page with a fact that is not right")
    ask.add_argument("--cache", type=Path, help="where readings are kept between runs")
    ask.add_argument(
        "--cases", type=Path, help="a folder of cases to hold names and numbers against"
    )
    told = ask.parse_args()
    good: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        cache = told.cache or Path(scratch)
        for sheet, truth, facts in made(list(sheets(told.seed, told.pages, told.scans)), cache):
            way = "scan" if sheet.scan else "text"
            total[way] += 1
            for kind, ok in right(facts, truth).items():
                good[way, kind] += ok
                if told.list and not ok:
                    said = [
                        f"{f.kind}={f.value}"
                        for f in facts
                        if f.kind.value in ("born", "name", "mrn", "page_of", "service_date")
                    ]
                    print(f"{way} {sheet.name} {kind}: {truth} | {said}")
        for kind in _KINDS:
            print(_line(kind, good["text", kind] + good["scan", kind], total.total()))
        for way in ("text", "scan"):
            parts = "  ".join(f"{k} {100 * good[way, k] / max(total[way], 1):.1f}" for k in _KINDS)
            print(f"  {way} ({total[way]} pages): {parts}")
        if told.cases:
            rows = list(of_cases(told.cases, cache))
            print(_line("names of cases", sum(r[1] for r in rows), len(rows)))
            print(_line("numbers of cases", sum(r[2] for r in rows), len(rows)))
            for row in rows:
                if told.list and not (row[1] and row[2]):
                    print("case", *row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
