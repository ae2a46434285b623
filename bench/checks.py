"""How many seeded errors the checks find in sets of records, and how often they are wrong.

    python -m bench.checks FOLDER [--list] [--cache FOLDER] [--out FOLDER] [--only CASE]

A case is a folder with `case.json` (the person, the request, the files) and `expected.json` (the
errors put in); FOLDER holds cases, or folders of cases. Files are read by the workers, once, and
facts and checks are run on what was read, without a vault: the case's files are the person's
records. Kinds of documents are found from the pages, never taken from the case. The flags are
written to --out in the form `score.py` beside the cases takes, and scored by the same rules.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.read_once import readings
from vault.facts.extract import extract
from vault.model.charts import PageFacts
from vault.model.flags import Check, Finding
from vault.model.people import Mrn, Person
from vault.model.reading import PageResult
from vault.review import run as review
from vault.review.shortfall import Answer, Asked
from vault.review.shortfall import check as shortfall

_OF_REQUEST = (Check.REQUEST_DATE_GAP, Check.REQUEST_TYPE_ABSENT)
_GROUPS = {
    "identity": "wrong_patient_page wrong_dob wrong_name wrong_sex",
    "pages": "missing_page blank_or_illegible_page",
    "duplicate": "duplicate_page duplicate_document",
    "allergy": "allergy_contradiction allergy_drug_conflict",
    "medication": "med_dose_contradiction",
    "clinical": "laterality_contradiction social_family_contradiction diagnosis_contradiction "
    "copy_forward",
    "date": "impossible_date",
    "value": "implausible_value",
    "absent": "referenced_absent order_without_result admission_without_discharge "
    "request_date_gap request_type_absent images_without_report",
}
GROUP = {check: group for group, checks in _GROUPS.items() for check in checks.split()}
Place = tuple[str | None, int | None]


@dataclass
class Flagged:
    """A flag as the score takes it; `also` are its related places."""

    check: str
    document: str | None
    page: int | None
    quote: str
    reason: str
    also: list[Place] = field(default_factory=list)

    @property
    def places(self) -> list[Place]:
        """Its own place and the related ones."""
        return [(self.document, self.page), *self.also]

    def told(self) -> dict[str, object]:
        """The flag as JSON."""
        return {
            "check": self.check,
            "document": self.document,
            "page": self.page,
            "quote": self.quote,
            "reason": self.reason,
            "related": [{"document": d, "page": p} for d, p in self.also],
        }


def person_of(case: Mapping[str, object]) -> Person:
    """The person of a case."""
    told = case["person"]
    assert isinstance(told, dict)
    return Person(
        id="per_case",
        name=told["name"],
        born=dt.date.fromisoformat(told["born"]),
        sex={"F": "female", "M": "male"}.get(told["sex"], ""),
        former_names=tuple(told["former_names"]),
        mrns=tuple(Mrn(provider, number) for provider, number in told["mrns"].items()),
    )


def pages_of(results: Sequence[PageResult]) -> tuple[PageFacts, ...]:
    """The pages of a file with what they state."""
    return tuple(
        PageFacts(
            r.page,
            extract(r.readings[0].words, r.page) if r.readings else (),
            r.kind,
            bool(r.readings),
        )
        for r in results
    )


def _flag(finding: Finding) -> Flagged:
    """A finding as a flag: what is said of the whole answer to a request names no document."""
    whole = finding.check in _OF_REQUEST
    return Flagged(
        finding.check.value,
        None if whole else finding.record,
        None if whole else finding.page,
        finding.quote,
        finding.reason,
        [] if whole else [(r.record, r.page) for r in finding.related],
    )


def flags_of(
    case: Mapping[str, object], pages: Mapping[str, tuple[PageFacts, ...]]
) -> list[Flagged]:
    """Run every check over a case; each finding once."""
    person = person_of(case)
    found: dict[str, Finding] = {}
    for record, held in pages.items():
        others = review.Shelf({r: p for r, p in pages.items() if r != record})
        subject = review.Subject(record, person, held, others)
        found |= {f.fingerprint: f for f in review.run(subject)}
    chart = review.Chart(person, review.Shelf(pages), tuple(pages))
    found |= {f.fingerprint: f for f in review.absent(chart)}
    asked = case["request"]
    assert isinstance(asked, dict)
    since = dt.date.fromisoformat(asked["from"])
    items = tuple(Asked(f"item_{i}", words, since) for i, words in enumerate(asked["what"]))
    answer = Answer("req_case", items, tuple(pages), review.Shelf(pages))
    found |= {f.fingerprint: f for f in shortfall(answer)}
    return [_flag(f) for f in found.values()]


def _at(one: Place, other: Place) -> bool:
    return (
        one[0] is not None
        and one[0] == other[0]
        and (one[1] is None or other[1] is None or one[1] == other[1])
    )


def _match(flag: Flagged, defect: Mapping[str, object]) -> int:
    """How well a flag fits a defect: 0 not, up to 4, the same check at the main place."""
    same = flag.check == defect["check"]
    if not same and GROUP.get(flag.check) != GROUP[str(defect["check"])]:
        return 0
    main, related = _main(defect), _related(defect)
    near = any(_at(p, r) for p in flag.places for r in related)
    if main[0] is None:
        whole = flag.document is None or any(_at(flag.places[0], r) for r in related)
        if same:
            return 4
        return 2 if whole and flag.check.startswith("request") else int(near)
    if any(_at(p, main) for p in flag.places):
        return 4 if same else 2
    return (3 if same else 1) if near else 0


def _main(defect: Mapping[str, object]) -> Place:
    document, page = defect["document"], defect["page"]
    return (
        document if isinstance(document, str) else None,
        page if isinstance(page, int) else None,
    )


def _related(defect: Mapping[str, object], name: str = "related") -> list[Place]:
    held = defect.get(name) or []
    assert isinstance(held, list)
    return [(r["document"], r["page"]) for r in held]


def _neutral(flag: Flagged, defect: Mapping[str, object]) -> bool:
    held = defect.get("also_ok") or []
    assert isinstance(held, list)
    return any(
        r["check"] in ("*", flag.check)
        and (r["document"] is None or _at(flag.places[0], (r["document"], r["page"])))
        for r in held
    )


@dataclass
class Score:
    """The figures over cases."""

    seeded: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    clean: int = 0
    clean_wrong: int = 0
    flags: int = 0
    repeats: int = 0
    neutral: int = 0
    rows: list[str] = field(default_factory=list)

    def add(self, case: str, flags: list[Flagged], key: Mapping[str, object], pages: int) -> None:
        """Count one case."""
        defects = key["defects"]
        assert isinstance(defects, list)
        ways = [(_match(f, d), i, j) for i, f in enumerate(flags) for j, d in enumerate(defects)]
        by_flag: dict[int, int] = {}
        by_defect: dict[int, int] = {}
        for way, i, j in sorted(ways, reverse=True):
            if way and i not in by_flag and j not in by_defect:
                by_flag[i], by_defect[j] = j, way
        self.pages, self.flags = self.pages + pages, self.flags + len(flags)
        wrong = 0
        for i, flag in enumerate(flags):
            if i in by_flag:
                continue
            if any(_match(flag, d) for d in defects):
                self.repeats += 1
            elif any(_neutral(flag, d) for d in defects):
                self.neutral += 1
            else:
                wrong += 1
                self.false[flag.check] += 1
                where = f"{case} {flag.document} p{flag.page}"
                self.rows.append(
                    f"FALSE  {flag.check} | {where} | {flag.quote[:80]} | {flag.reason}"
                )
        self.clean += not defects
        self.clean_wrong += bool(wrong and not defects)
        for j, defect in enumerate(defects):
            check = defect["check"]
            self.seeded[check] += 1
            self.found[check] += j in by_defect
            self.exact[check] += by_defect.get(j, 0) >= 3
            if j not in by_defect:
                where = f"{case} {defect['document']} p{defect['page']}"
                self.rows.append(f"MISSED {check} | {where} | {defect['quote'][:80]}")

    def told(self) -> Iterable[str]:
        """The figures as lines."""
        for check in GROUP:
            if self.seeded[check] or self.false[check]:
                yield (
                    f"{check:30s} seeded {self.seeded[check]:3d}  found {self.found[check]:3d}  "
                    f"exact {self.exact[check]:3d}  false {self.false[check]:3d}"
                )
        for check in self.false.keys() - GROUP.keys():
            yield f"{check:30s} false {self.false[check]:3d}"
        seeded, found = sum(self.seeded.values()), sum(self.found.values())
        false = sum(self.false.values())
        yield f"recall {found}/{seeded} = {100 * found / max(seeded, 1):.1f} %"
        rate = 100 * false / max(self.pages, 1)
        yield f"false suspicions {false} on {self.pages} pages = {rate:.2f} per 100"
        yield f"clean sets with any: {self.clean_wrong} of {self.clean}"
        yield f"flags {self.flags}, repeats {self.repeats}, neutral {self.neutral}"


def cases(folder: Path, only: str) -> list[Path]:
    """The cases in a folder, or in folders within it."""
    return sorted(p.parent for p in folder.rglob("case.json") if only in p.parent.name)


def main() -> int:
    """Run the checks over the cases of a folder and print the figures."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ask.add_argument("folder", type=Path)
    ask.add_argument("--list", action="store_true", help="each error missed, each false suspicion")
    ask.add_argument("--cache", type=Path, help="where readings are kept between runs")
    ask.add_argument("--out", type=Path, help="where to write the flags, a file a case")
    ask.add_argument("--only", default="", help="cases whose name holds this")
    told = ask.parse_args()
    held = cases(told.folder, told.only)
    score, spent = Score(), 0.0
    with tempfile.TemporaryDirectory() as scratch:
        for case in held:
            about = json.loads((case / "case.json").read_text("utf-8"))
            names = [d["file"] for d in about["documents"]]
            read = readings([case / name for name in names], told.cache or Path(scratch))
            begun = time.monotonic()
            pages = {name: pages_of(read[case / name]) for name in names}
            flags = flags_of(about, pages)
            spent += time.monotonic() - begun
            if told.out:
                told.out.mkdir(parents=True, exist_ok=True)
                text = json.dumps([f.told() for f in flags], indent=1)
                (told.out / f"{case.name}.json").write_text(text, "utf-8")
            key = json.loads((case / "expected.json").read_text("utf-8"))
            score.add(case.name, flags, key, sum(map(len, pages.values())))
    for line in [*score.told(), *(sorted(score.rows) if told.list else ())]:
        print(line)
    print(f"facts and checks: {spent:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
