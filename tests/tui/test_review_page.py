"""What review knows of a page: its lines, unsure words, and where flags stand."""

from __future__ import annotations

from tui.screens.review_page import bands, locate, sheet
from vault.model.flags import Check, Finding, Flag, FlagState, Kind, Severity, Subject
from vault.model.reading import PageKind, Reading, Source
from vault.model.records import Page, PageState, Record, RecordStatus
from vault.model.words import Box, Span, Word

RECORD = Record("rec_1", "o", "Visit", "pdf", RecordStatus.STORED, 2, "2026-11-23T00:00:00Z")
PAGE = Page("rec_1", 1, PageState.READ, PageKind.CONTENT, Source.OCR, 80, 80, False, "", 612, 792)
_TEXT = (("Patient", "takes", "5", "mg"), ("and", "5", "mg", "again"))
WORDS = tuple(
    Word(text, Box(0.1 * i, 0.1 * n, 0.1 * i + 0.08, 0.1 * n + 0.02), 60 if text == "5" else 90, n)
    for n, row in enumerate(_TEXT, 1)
    for i, text in enumerate(row, 1)
)
READING = Reading(Source.OCR, WORDS, 80)


def _flag(quote: str, box: Box | None = None, **more: object) -> Flag:
    state = more.get("state", FlagState.CONFIRMED)
    page = more.get("page", 1)
    finding = Finding(
        Check.PERSON,
        Kind.WRONG_VALUE,
        Subject.MEDICATION,
        Severity.CARE,
        "rec_1",
        page if isinstance(page, int) else None,
        quote,
        "",
        "key",
        box=box,
    )
    return Flag("flag_1", FlagState(str(state)), finding)


def test_the_box_of_a_flag_decides_between_equal_words() -> None:
    """The words "5 mg" stand twice; the flag's place says which is meant."""
    second = Box(0.19, 0.19, 0.39, 0.23)
    assert locate(WORDS, _flag("5 mg", second)) == Span(5, 7)
    assert locate(WORDS, _flag("5 mg")) == Span(2, 4)


def test_a_quote_that_is_not_there_has_no_place() -> None:
    """A flag on words that were read otherwise is listed, and marks nothing."""
    assert locate(WORDS, _flag("50 mg")) is None
    assert locate(WORDS, _flag("")) is None


def test_unsure_words_are_found_one_after_the_other() -> None:
    """From the top of the page to its end, then none."""
    page = sheet(RECORD, PAGE, 2, READING, ())
    first = page.next_unsure(-1)
    assert first == 2
    assert page.next_unsure(first) == 5
    assert page.next_unsure(5) is None
    assert page.line_of(5) == 1


def test_a_dismissed_flag_marks_no_words() -> None:
    """It stays in the list of the page, but the words are as any other."""
    page = sheet(RECORD, PAGE, 2, READING, [_flag("takes", state=FlagState.DISMISSED)])
    assert len(page.marks) == 1
    assert not page.is_flagged(1)
    assert sheet(RECORD, PAGE, 2, READING, [_flag("takes")]).is_flagged(1)


def test_flags_of_other_pages_are_left_out() -> None:
    """A flag on the record as a whole is shown with every page."""
    page = sheet(RECORD, PAGE, 2, READING, [_flag("takes", page=2), _flag("takes", page=None)])
    assert [mark.flag.finding.page for mark in page.marks] == [None]


def test_a_page_without_words_can_be_looked_through() -> None:
    """Its bands cover the whole page, and no band counts as an unsure or chosen word."""
    page = sheet(RECORD, PAGE, 2, None, [_flag("takes")])
    assert not page.read
    assert page.next_unsure(-1) is None
    assert page.marks[0].span is None
    assert Box.around(word.box for word in bands()) == Box(0, 0, 1, 1)
    assert page.text(page.lines[0]).strip() == ""
