"""Where new documents begin in a scan of many is told from kinds, page numbers and letterheads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.facts.documents import Leaf, letterhead, starts
from vault.model.reading import PageKind

CONTENT, COVER, SEPARATOR = PageKind.CONTENT, PageKind.COVER, PageKind.SEPARATOR
ELM = "Elm Street Hospital\n100 Elm Street\n\nDate of visit: 3 March 2024\nShe was seen today."
HARBOR = "Harbor View Family Practice\n\nPatient: Maren Oldfield\nPlan: Amoxicillin 500 mg."
PLAIN = "She has coughed for two weeks.\nThe chest film is clear."


def found(*pages: str | tuple[PageKind, str]) -> list[int]:
    """Where documents seem to begin in pages of these words, content unless said otherwise."""
    given = [page if isinstance(page, tuple) else (CONTENT, page) for page in pages]
    leaves = [Leaf(n, kind, text) for n, (kind, text) in enumerate(given, 1)]
    return [start.page for start in starts(leaves)]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ((ELM, PLAIN, HARBOR), [3]),
        ((ELM, PLAIN, ELM.replace("Elm Street H", "ELM STREET H"), PLAIN), []),
        ((ELM, "Elm Street HospitaI\nmore", PLAIN), []),  # one letterhead, read twice
        ((PLAIN, PLAIN, PLAIN), []),
        ((PLAIN, HARBOR), []),  # nothing was known of the page before
        (("a\nPage 1 of 2", "b\nPage 2 of 2", "c\nPage 1 of 1"), [3]),
        (("a\nPage 1 of 2", f"{HARBOR}\nPage 2 of 2"), []),
        (("FAX FROM ELM PAGE 1/3\nPage 1 of 2", "FAX FROM ELM PAGE 2/3\nPage 2 of 2"), []),
        (("FAX PAGE 1/3\nPage 1 of 2", "FAX PAGE 2/3\nPage 2 of 2", "FAX PAGE 3/3\np. 1/1"), [3]),
        ((ELM, (COVER, "FAX\nTO: M. Oldfield"), HARBOR, PLAIN), [2]),
        ((ELM, (SEPARATOR, "PATCH T"), "x\nPage 1 of 3"), [2]),
        (((COVER, "FAX"), HARBOR, (COVER, "FAX"), (COVER, "FAX"), ELM), [3, 4]),
        ((ELM, "Patient seen at Harbor View Clinic\nand sent home"), []),
        ((ELM, "I spoke with the staff of the hospital this morning.\nmore"), []),
        ((), []),
        ((ELM,), []),
    ],
)
def test_where_documents_begin(pages: tuple[str, ...], expected: list[int]) -> None:
    """Each sign alone, and where two of them contradict or repeat one another."""
    assert found(*pages) == expected


def test_the_reason_is_said() -> None:
    """A person is told what speaks for each, in words of the page where there are any."""
    leaves = [
        Leaf(1, CONTENT, ELM),
        Leaf(2, CONTENT, HARBOR),
        Leaf(3, CONTENT, "x\nPage 1 of 4"),
        Leaf(4, COVER, "FAX"),
    ]
    assert [start.reason for start in starts(leaves)] == [
        "another letterhead: Harbor View Family Practice",
        "its pages are counted anew: page 1 of 4",
        "a fax cover sheet",
    ]


def test_what_is_a_letterhead() -> None:
    """A short line near the top that names a place of care; no sentence and no field."""
    assert letterhead(f"\n\n{ELM}") == "Elm Street Hospital"
    for text in (PLAIN, "To: Elm Street Hospital", "Dear Hospital", "a\nb\nc\nElm Clinic", ""):
        assert letterhead(text) == ""


@given(st.lists(st.tuples(st.sampled_from(PageKind), st.text(max_size=60)), max_size=8))
def test_any_pages_can_be_looked_at(pages: list[tuple[PageKind, str]]) -> None:
    """Starts come in order, are pages of the scan, and never the first of it."""
    leaves = [Leaf(n * 2, kind, text) for n, (kind, text) in enumerate(pages, 1)]
    numbers = [start.page for start in starts(leaves)]
    assert numbers == sorted(set(numbers))
    assert set(numbers) <= {leaf.number for leaf in leaves[1:]}
