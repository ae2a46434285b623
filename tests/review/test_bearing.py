"""What came is held against no more than it bears on, and nothing is overlooked by that."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from tests.facts.pages import from_text
from tests.review.charts import MARIAN
from vault.facts.extract import extract
from vault.model.charts import PageFacts
from vault.model.flags import Check, Finding
from vault.review import bearing, run
from vault.review.shelf import Shelf
from vault.review.subject import Awaited, Chart, Subject

HEAD = "Alder Bend Clinic\nPatient: Marian Voss   DOB: 03/14/1961   MRN: 00412\n"
MARCH = "PROGRESS NOTE\nDate of service: 2021-03-02\n"
JUNE = "PROGRESS NOTE\nDate of service: 2021-06-02\n"
LATE = "PROGRESS NOTE\nDate of service: 2023-09-05\n"
UNDATED = "PROGRESS NOTE\n"
MRI = "RADIOLOGY REPORT\nDate of exam: {}\nStudy: MRI left knee\n"
TEXTS = (
    f"{MARCH}MRI left knee ordered.",
    f"{MARCH}MRI left knee ordered for 2021-03-09.",
    f"{LATE}CT chest ordered for 2023-09-20.",
    f"{UNDATED}MRI left knee ordered.",
    f"{JUNE}The MRI left knee was done 2021-03-09.",
    f"{JUNE}The MRI left knee was done as ordered.",
    f"{UNDATED}The MRI left knee was done as ordered.",
    f"{LATE}The CT chest was done as ordered.",
    f"{LATE}All is well.",
    MRI.format("2021-03-09"),
    MRI.format("2021-06-30"),
    MRI.format("2023-09-21").replace("MRI left knee", "CT chest"),
    f"{MARCH}See the MRI report of 2021-03-09, enclosed.",
    f"{JUNE}See the attached CT report.",
    "ADMISSION HISTORY AND PHYSICAL\nAdmitted: 2021-03-02\nAdmit to the ward.",
    "DISCHARGE SUMMARY\nAdmission date: 2021-03-02\nDischarge date: 2021-03-07\n",
    "IMAGES\nVOSS, MARIAN  2021-06-28\nLT KNEE AP/LAT",
    "ITEMIZED BILL\nDate of service: 2021-03-02",
    "ITEMIZED BILL\nDate of service: 2022-01-02",
    "LABORATORY REPORT\nCollected: 2021-03-04\nCBC\n",
    f"{MARCH}CBC ordered today.",
    f"{JUNE}The CBC was done 2021-03-04.",
)
Open = dict[str, Finding]


@cache
def _pages(text: str) -> tuple[PageFacts, ...]:
    return (PageFacts(1, extract(from_text(HEAD + text), 1)),)


def _awaited(open_: Open) -> list[Awaited]:
    return [Awaited(f.record, f.check, f.key) for f in open_.values()]


def _come(records: dict[str, tuple[PageFacts, ...]], new: str, open_: Open) -> Open:
    """What is open once a record came: only the records it bears on are looked at anew."""
    others = Shelf({name: pages for name, pages in records.items() if name != new})
    scope = run.scope(Subject(new, MARIAN, records[new], others), _awaited(open_))
    found = run.absent(Chart(MARIAN, Shelf(records), scope))
    kept = {key: f for key, f in open_.items() if f.record not in scope}
    return kept | {f.fingerprint: f for f in found}


def _whole(records: dict[str, tuple[PageFacts, ...]]) -> Open:
    """What is missing among all records, each looked at."""
    found = run.absent(Chart(MARIAN, Shelf(records), tuple(records)))
    return {f.fingerprint: f for f in found}


@given(st.lists(st.sampled_from(TEXTS), min_size=2, max_size=9, unique=True))
def test_records_that_come_one_by_one_end_as_all_at_once(texts: list[str]) -> None:
    """In whatever order they come, what is open then is what looking at every record finds."""
    records: dict[str, tuple[PageFacts, ...]] = {}
    open_: Open = {}
    for number, text in enumerate(texts):
        records[f"rec_{number}"] = _pages(text)
        open_ = _come(dict(records), f"rec_{number}", open_)
        assert sorted(open_) == sorted(_whole(records))


@given(st.lists(st.sampled_from(TEXTS), min_size=2, max_size=9, unique=True))
def test_a_record_that_leaves_is_missed(texts: list[str]) -> None:
    """What pointed at it is looked at anew, and is open as if it had never been there."""
    records = {f"rec_{number}": _pages(text) for number, text in enumerate(texts)}
    open_ = _whole(records)
    gone = records.pop("rec_0")
    subject = Subject("rec_0", MARIAN, gone, Shelf(records))
    scope = run.behind(subject, _awaited(open_))
    found = run.absent(Chart(MARIAN, Shelf(records), scope))
    kept = {k: f for k, f in open_.items() if f.record not in scope and f.record != "rec_0"}
    now = kept | {f.fingerprint: f for f in found}
    assert sorted(now) == sorted(_whole(records))


def test_a_record_of_another_kind_or_time_is_no_reason_to_look_again() -> None:
    """A report may end a suspicion only of its kind, of its test and of about its day."""
    waits = Awaited("rec_0", Check.REFERENCED_ABSENT, "reference imaging:knee mri@2021-03-09")

    def looked(text: str) -> bool:
        subject = Subject("rec_1", MARIAN, _pages(text), Shelf({"rec_0": _pages(TEXTS[12])}))
        return bearing.settled(subject, [waits]) == ("rec_0",)

    assert looked(MRI.format("2021-03-09"))
    assert not looked(MRI.format("2021-03-29"))
    assert not looked(MRI.format("2021-03-09").replace("MRI left knee", "CT chest"))
    assert not looked(MARCH.replace("03-02", "03-09"))
