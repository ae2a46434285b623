"""Pages missing, blank, illegible or twice, and documents twice; and what is no fault."""

from __future__ import annotations

from collections.abc import Sequence

from tests.facts.pages import from_text
from tests.review.charts import MARIAN
from vault.facts.extract import extract
from vault.model.charts import PageFacts
from vault.model.flags import Check, Finding
from vault.model.reading import PageKind
from vault.review import copies, pages
from vault.review.run import Shelf, Subject

HEAD = "Alder Bend Clinic\nPatient: Marian Voss   DOB: 1961-03-14   MRN: 00412\n"


def _text(seed: int, words: int = 120) -> str:
    """Text like no other seed's."""
    held = [f"word{(seed * 7919 + at * 104729) % 99991}" for at in range(words)]
    return "\n".join(" ".join(held[at : at + 10]) for at in range(0, words, 10))


def _page(number: int, text: str, kind: PageKind = PageKind.CONTENT) -> PageFacts:
    words = from_text(text)
    return PageFacts(number, extract(words, number), kind, bool(words))


def _numbered(*counts: str) -> tuple[PageFacts, ...]:
    """Pages that print these counts, each with a text of its own; `-` is a blank page."""
    return tuple(
        _page(n, "", PageKind.BLANK) if c == "-" else _page(n, f"{HEAD}Page {c}\n{_text(n)}")
        for n, c in enumerate(counts, 1)
    )


def _checked(held: Sequence[PageFacts]) -> tuple[Finding, ...]:
    return pages.check(Subject("rec_1", MARIAN, tuple(held)))


def _said(held: Sequence[PageFacts]) -> list[tuple[Check, int | None]]:
    return [(f.check, f.page) for f in _checked(held)]


def test_a_hole_in_the_count() -> None:
    """It is cited at the page behind it, with that page's number as the quote."""
    (found,) = _checked(_numbered("1 of 4", "2 of 4", "4 of 4"))
    assert (found.check, found.page, found.quote) == (Check.MISSING_PAGE, 3, "Page 4 of 4")
    assert "page 3 of 4" in found.reason
    assert [r.page for r in found.related] == [1, 2]


def test_a_count_that_ends_early() -> None:
    """The last page there is shows it."""
    (found,) = _checked(_numbered("1 of 3", "2 of 3"))
    assert (found.page, found.quote) == (2, "Page 2 of 3")


def test_a_copy_of_one_side() -> None:
    """Every second page missing is said to be so."""
    (found,) = _checked(_numbered("1 of 6", "3 of 6", "5 of 6"))
    assert "one side" in found.reason


def test_a_bundle_whose_count_begins_again_is_whole() -> None:
    """Also where both documents are of one length."""
    assert _said(_numbered("1 of 2", "2 of 2", "1 of 2", "2 of 2", "1 of 1")) == []


def test_another_patients_page_within_is_not_counted() -> None:
    """The pages around it are whole; that page is the business of another check."""
    mine = _numbered("1 of 2", "2 of 2")
    other = "Alder Bend Clinic\nPatient: Ruth Lind   DOB: 1958-02-11   MRN: 00977\nPage 2 of 2\n"
    stray = _page(2, other + _text(9))
    last = PageFacts(3, tuple(mine[1].facts), mine[1].kind)
    assert _said((mine[0], stray, last)) == []


def test_a_blank_page_where_the_count_wants_one() -> None:
    """It is blank, and for that reason not missing as well."""
    assert _said(_numbered("1 of 3", "-", "3 of 3")) == [(Check.BLANK_PAGE, 2)]


def test_blank_backs_are_no_loss() -> None:
    """Sheets printed on one side and copied on both."""
    assert _said(_numbered("1 of 2", "-", "2 of 2", "-")) == []


def test_a_page_left_blank_on_purpose_says_so() -> None:
    """It has words, and its place in the count."""
    first = _page(1, f"{HEAD}Page 1 of 2\n{_text(1)}")
    second = _page(2, f"{HEAD}Page 2 of 2\nThis page intentionally left blank.")
    assert _said((first, second)) == []


def test_a_page_nobody_can_read() -> None:
    """Something is on it, but no word."""
    held = _numbered("1 of 2")
    assert _said((*held, PageFacts(2, (), PageKind.CONTENT, words=False))) == [
        (Check.BLANK_PAGE, 2)
    ]


def test_a_page_copied_twice() -> None:
    """The second is flagged and the first is named beside it; the count stays whole."""
    one, two = _numbered("1 of 2", "2 of 2")
    again = _page(3, f"{HEAD}Page 2 of 2\n{_text(2)}")
    (found,) = _checked((one, two, again))
    assert (found.check, found.page) == (Check.DUPLICATE_PAGE, 3)
    assert [r.page for r in found.related] == [2]


def _copies(mine: Sequence[PageFacts], other: Sequence[PageFacts]) -> tuple[Finding, ...]:
    shelf = Shelf({"rec_2": tuple(other)})
    return copies.check(Subject("rec_1", MARIAN, tuple(mine), shelf))


def _lab(day: str, seed: int) -> PageFacts:
    return _page(1, f"{HEAD}LABORATORY REPORT\nCollected: {day}\n{_text(seed)}")


def test_a_document_that_came_twice() -> None:
    """A rescan with a few words read otherwise is the same document."""
    one = f"{HEAD}LABORATORY REPORT\nCollected: 2021-03-02\n{_text(1)}"
    other = one.replace("word104729", "slip").replace("word10", "w0rd10", 2)
    (found,) = _copies([_page(1, one)], [_page(1, other)])
    assert found.check is Check.DUPLICATE_DOCUMENT
    assert {found.record, *(r.record for r in found.related)} == {"rec_1", "rec_2"}


def test_the_same_panel_on_another_day_is_no_copy() -> None:
    """Much the same text, but another date of service."""
    assert _copies([_lab("2021-03-02", 1)], [_lab("2021-06-02", 1)]) == ()


def test_two_documents_of_one_day_are_no_copies() -> None:
    """Another text makes another document."""
    assert _copies([_lab("2021-03-02", 1)], [_lab("2021-03-02", 2)]) == ()
