"""A scan of many documents is split into records of their own, and back, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.actions.made import WRONG_BORN, hospital, patient, put
from vault import dates
from vault.actions import (
    corrections,
    flags,
    parts,
    passwords,
    readings,
    records,
    search,
    trash,
)
from vault.actions.flags import Wrong
from vault.actions.records import Belongings
from vault.actions.session import Session
from vault.errors import Refused, UnknownId, UsageError
from vault.model.custody import Custody, Medium
from vault.model.flags import FlagState
from vault.model.records import Record, RecordStatus
from vault.store import records as rows

TEXTS = (
    "Elm Street Hospital\nTake 5O0mg daily",
    WRONG_BORN,
    "Harbor View Clinic\nall well",
    "second page",
    "Page 1 of 1\nthe last",
)


def scan(s: Session) -> Record:
    """Five pages of three documents, with a person and a provider."""
    return put(s, "scan.pdf", TEXTS, patient(s), hospital(s))


def shown(s: Session, record: str) -> list[tuple[int, str]]:
    """Number and text of each page of a record."""
    return [(page.page.number, page.text) for page in records.text(s, record)[1]]


def state(s: Session) -> object:
    """All a person sees of the vault's records, ids of suspicions aside."""
    return [
        (
            view.record,
            records.text(s, view.record.id),
            [f.fact for f in records.detail(s, view.record.id).facts],
            sorted((f.state, f.finding.fingerprint, f.should_say) for f in flags.every(s)),
        )
        for view in records.every(s)
    ]


def test_pages_keep_their_numbers_and_words(vault: Session) -> None:
    """Each part has the pages of one document; the scan keeps the file and names its parts."""
    whole = scan(vault)
    made = parts.split(vault, whole.id, (3, 5))
    texts = list(enumerate(TEXTS, 1))
    assert [shown(vault, part.id) for part in made] == [texts[:2], texts[2:4], texts[4:]]
    assert [part.title for part in made] == [
        "scan.pdf (pages 1 to 2)",
        "scan.pdf (pages 3 to 4)",
        "scan.pdf (page 5)",
    ]
    for part in made:
        assert (part.parent, part.original, part.person) == (whole.id, whole.original, whole.person)
        assert part.status is RecordStatus.STORED
    detail = records.detail(vault, whole.id)
    assert (detail.view.record.pages, detail.pages, detail.members) == (0, (), made)
    assert vault.vault.verify(full=True) == ()


@settings(
    deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.sets(st.integers(2, 5), min_size=1), more=st.integers(2, 5))
def test_joined_again_it_is_as_it_was(vault: Session, at: set[int], more: int) -> None:
    """However it was split, and split further, joining gives back every page, fact and flag."""
    held = records.every(vault)
    whole = held[0].record if held else scan(vault)
    if not held:
        readings.correct_quote(vault, whole.id, 1, "5O0mg", "500mg")
        flags.add(vault, whole.id, 4, "second page", Wrong("not so"))
        flags.add(vault, whole.id, None, "", Wrong("whole"))
    before = state(vault)
    for part in parts.split(vault, whole.id, at):
        if part.first_page < more <= part.last_page:
            parts.split(vault, part.id, (more,))
    joined = parts.join(vault, records.every(vault)[0].record.id)
    assert joined.id == whole.id
    assert state(vault) == before
    assert vault.vault.verify() == ()


def test_what_was_found_goes_along(vault: Session) -> None:
    """Facts, suspicions, corrected words and flags in a correction are those of the part."""
    whole = scan(vault)
    readings.correct_quote(vault, whole.id, 1, "5O0mg", "500mg")
    wrong = flags.add(vault, whole.id, 4, "second page", Wrong("not so"))
    correction = corrections.new(vault, [wrong.id])
    first, second, _third = parts.split(vault, whole.id, (3, 5))
    assert "Take 500mg daily" in shown(vault, first.id)[0][1]
    suspected = [f for f in flags.every(vault, first.id) if f.state is FlagState.SUSPECTED]
    assert [f.finding.page for f in suspected] == [2]
    (held,) = flags.every(vault, second.id)
    assert (held.id, held.state) == (wrong.id, FlagState.IN_CORRECTION)
    item = corrections.get(vault, correction.correction.id, dates.today()).correction.items[0]
    assert item.flag == wrong.id
    readings.correct_quote(vault, second.id, 4, "second", "2nd")
    assert shown(vault, second.id)[1] == (4, "2nd page")
    ((hit, _),) = search.search(vault, "2nd").hits
    assert (hit.record, hit.page) == (second.id, 4)


def test_a_dismissed_suspicion_stays_dismissed(vault: Session) -> None:
    """Neither split nor joined does it come back."""
    whole = scan(vault)
    (suspected,) = flags.every(vault)
    flags.dismiss(vault, suspected.id, "it is right")
    first, *_ = parts.split(vault, whole.id, (3,))
    assert [f.state for f in flags.every(vault)] == [FlagState.DISMISSED]
    assert flags.every(vault, first.id)[0].id == suspected.id
    parts.join(vault, whole.id)
    assert [f.state for f in flags.every(vault)] == [FlagState.DISMISSED]


def test_a_part_is_split_further(vault: Session) -> None:
    """It keeps its id and its first pages; the rest is a new part of the same scan."""
    whole = scan(vault)
    first, second = parts.split(vault, whole.id, (3,))
    again = parts.split(vault, second.id, (5,))
    assert [part.parent for part in again] == [whole.id, whole.id]
    assert (again[0].id, again[0].title) == (second.id, "scan.pdf (pages 3 to 4)")
    assert [m.first_page for m in rows.members(vault.vault.read(), whole.id)] == [1, 3, 5]
    joined = parts.join(vault, first.id)
    assert (joined.id, joined.pages) == (whole.id, 5)
    for part in (first, *again):
        with pytest.raises(UnknownId):
            records.find(vault, part.id)


def test_what_is_said_of_a_scan_is_said_of_its_parts(vault: Session) -> None:
    """But where a part was told apart, as with the files of a ZIP."""
    whole = scan(vault)
    first, second = parts.split(vault, whole.id, (3,))
    other = hospital(vault, "Harbor View Clinic")
    records.assign(vault, second.id, Belongings(provider=other.id))
    came = Custody(Medium.PAPER, "Ida", "Box 3")
    again = hospital(vault, "Elm Street")
    records.assign(vault, whole.id, Belongings(provider=again.id, custody=came))
    assert records.find(vault, first.id).provider == again.id
    assert records.find(vault, second.id).provider == other.id
    assert {records.find(vault, part.id).custody for part in (first, second)} == {came}


def test_the_file_of_a_part_is_known_as_the_scan(vault: Session) -> None:
    """The same file taken in again is the scan, and its password is that of its parts too."""
    whole = scan(vault)
    with vault.vault.write("test") as db:
        passwords.keep(db, whole.id, "sesame")
    first, _ = parts.split(vault, whole.id, (3,))
    found = rows.by_original(vault.vault.read(), whole.original)
    assert found is not None
    assert found.id == whole.id
    assert passwords.of(vault.vault.read(), first.id) == "sesame"
    parts.join(vault, whole.id)
    assert passwords.of(vault.vault.read(), first.id) == ""


@pytest.mark.parametrize("at", [(), (1,), (6,), (0,), (3, 9)])
def test_pages_where_no_document_can_begin(vault: Session, at: tuple[int, ...]) -> None:
    """The first page, pages there are not, and none: nothing is changed."""
    whole = scan(vault)
    with pytest.raises(UsageError):
        parts.split(vault, whole.id, at)
    assert [view.record for view in records.every(vault)] == [whole]


def test_what_cannot_be_split_or_joined(vault: Session) -> None:
    """A scan that is split, or is not; a single page."""
    whole = scan(vault)
    with pytest.raises(Refused, match="not split"):
        parts.join(vault, whole.id)
    parts.split(vault, whole.id, (3,))
    with pytest.raises(Refused, match="split already"):
        parts.split(vault, whole.id, (3,))
    single = put(vault, "one.pdf", ("one page",))
    with pytest.raises(UsageError, match="one page"):
        parts.split(vault, single.id, (1,))


def test_suggestions_change_nothing(vault: Session) -> None:
    """They name pages and reasons; without a person nothing is split."""
    whole = scan(vault)
    _, found = parts.suggest(vault, whole.id)
    assert [start.page for start in found] == [3, 5]
    assert records.find(vault, whole.id).pages == 5


def test_a_part_in_the_trash(vault: Session) -> None:
    """Deleting a part leaves the file; joined without it, it can still come back and be joined."""
    whole = scan(vault)
    first, second = parts.split(vault, whole.id, (3,))
    trash.delete(vault, second.id)
    assert parts.join(vault, first.id).pages == 2
    trash.restore(vault, second.id)
    assert shown(vault, second.id) == list(enumerate(TEXTS, 1))[2:]
    assert shown(vault, whole.id) == list(enumerate(TEXTS, 1))[:2]
    assert parts.join(vault, second.id).pages == 5
    assert vault.vault.verify(full=True) == ()


def test_a_scan_in_the_trash_takes_its_parts_along(vault: Session) -> None:
    """Both go, and both come back as they were."""
    whole = scan(vault)
    made = parts.split(vault, whole.id, (3, 5))
    trash.delete(vault, whole.id)
    assert records.every(vault) == ()
    trash.restore(vault, whole.id)
    assert records.detail(vault, whole.id).members == made
    assert parts.join(vault, whole.id).pages == 5
    assert vault.vault.verify(full=True) == ()
