"""Pages that wait for a person: listed, counted, marked, and waiting anew when read again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.actions.made import words
from tests.tui.made import scan
from vault import dates
from vault.actions import home, kept, looking, parts, readings, records, trash
from vault.actions.session import Session
from vault.errors import NotFound
from vault.model.reading import PageKind, PageResult, Reading, Source
from vault.model.records import Page, PageState
from vault.model.trust import Verdict, reasons, verdict
from vault.model.words import Span
from vault.store import pages

DAY = dt.date(2026, 11, 23)
GOOD = Page("rec_1", 1, PageState.READ, PageKind.CONTENT, Source.OCR, 90, 90, False, "", 612, 792)


def read_again(s: Session, record: str, page: int, text: str, *, look: bool = True) -> None:
    """A page as a worker reads it once more."""
    reading = Reading(Source.OCR, words(text), 60, language="eng")
    why = "the words are not read with certainty" if look else ""
    result = PageResult(
        page, PageKind.CONTENT, (reading,), 612, 792, 60 if look else 95, look=look, why=why
    )
    with s.vault.write("test.read") as db:
        pages.keep(db, record, result, dates.now())


def waiting(s: Session) -> list[int]:
    """The numbers of all pages that wait."""
    return [one.page.number for one in looking.every(s)]


def test_a_page_waits_until_a_person_has_looked(vault: Session) -> None:
    """It is listed and counted, then marked, then to be looked at again where one says so."""
    record = scan(vault, "visit.pdf", ["Plan: rest", "", "Plan: walk"])
    assert waiting(vault) == [2]
    assert records.detail(vault, record.id).view.counts.look == 1
    assert any("look at a page yourself" in m.text for m in home.matters(vault, DAY))
    looking.mark(vault, record.id, 2, DAY)
    assert waiting(vault) == []
    assert looking.looked_on(vault, record.id, 2) == DAY
    assert records.detail(vault, record.id).view.counts.look == 0
    assert not any("look at a page yourself" in m.text for m in home.matters(vault, DAY))
    looking.mark(vault, record.id, 2, DAY, looked=False)
    assert waiting(vault) == [2]
    assert looking.looked_on(vault, record.id, 2) is None


def test_a_page_read_again_waits_anew(vault: Session) -> None:
    """The word was about what was read then; a correction by hand does not take it away."""
    record = scan(vault, "visit.pdf", ["one two three"])
    read_again(vault, record.id, 1, "one too three")
    looking.mark(vault, record.id, 1, DAY)
    readings.correct(vault, record.id, 1, Span(1, 2), "two")
    assert waiting(vault) == []
    read_again(vault, record.id, 1, "one two threo")
    assert waiting(vault) == [1]


def test_the_word_outlives_split_join_and_trash(vault: Session) -> None:
    """It belongs to the reading, wherever the page goes."""
    record = scan(vault, "batch.pdf", ["one", "two", "three"])
    read_again(vault, record.id, 3, "threo")
    looking.mark(vault, record.id, 3, DAY)
    parts.split(vault, record.id, (2,))
    assert waiting(vault) == []
    parts.join(vault, record.id)
    assert waiting(vault) == []
    trash.delete(vault, record.id)
    trash.restore(vault, record.id)
    assert waiting(vault) == []


def test_what_is_not_there_cannot_be_marked(vault: Session) -> None:
    """A page the record does not have is an error, and nothing is kept."""
    record = scan(vault, "visit.pdf", ["one"])
    with pytest.raises(NotFound):
        looking.mark(vault, record.id, 2, DAY)


def test_the_other_reading_is_kept_and_told(vault: Session) -> None:
    """Beside the one shown stands each other one once, and how far they agree is a number."""
    record = scan(vault, "mixed.pdf", ["one two three four"])
    layer = Reading(Source.TEXT, words("one two"), 100)
    ocr = Reading(Source.OCR, words("one two three four"), 91, language="eng")
    for _ in range(2):
        with vault.vault.write("test.read") as db:
            result = PageResult(1, PageKind.CONTENT, (ocr, layer), 612, 792, 91)
            pages.keep(db, record.id, result, dates.now())
    beside = kept.beside(vault, record.id, 1)
    assert [reading.source for reading in beside] == [Source.TEXT, Source.OCR]
    assert kept.agreement(ocr, beside[0]) == 50
    assert kept.agreement(ocr, ocr) == 100
    readings.correct(vault, record.id, 1, Span(0, 1), "ONE")
    assert Source.CORRECTED not in {r.source for r in kept.beside(vault, record.id, 1)}


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (GOOD, Verdict.GOOD),
        (replace(GOOD, look=True), Verdict.LOOK),
        (replace(GOOD, source=Source.NONE, look=True), Verdict.UNREAD),
        (replace(GOOD, state=PageState.UNREAD), Verdict.UNREAD),
        (replace(GOOD, source=Source.NONE, state=PageState.PENDING), Verdict.PENDING),
        (replace(GOOD, source=Source.NONE, kind=PageKind.BLANK), Verdict.GOOD),
        (replace(GOOD, source=Source.NONE, kind=PageKind.BLANK, look=True), Verdict.LOOK),
    ],
)
def test_how_far_to_trust_a_page(page: Page, said: Verdict) -> None:
    """A page with nothing on it is good; one that should have words and has none is not."""
    assert verdict(page) is said


def test_every_reason_is_a_sentence() -> None:
    """Each clause stands for itself, and a doubt without one is a number."""
    page = replace(GOOD, look=True, why="parts were lost; read again; it took too long")
    assert reasons(page) == ("Parts were lost.", "Read again.", "It took too long.")
    assert reasons(GOOD) == ()
    assert "trust of 90" in reasons(replace(GOOD, look=True))[0]
