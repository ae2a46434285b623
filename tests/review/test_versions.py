"""What changed between two copies of a record, and what is no change."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.actions.made import words
from vault.model.versions import Change, ChangeKind, ChangeSort, Comparison, PageWords, Place
from vault.model.words import find_quote
from vault.review.versions import compare, mirrored

NOTE = """Harbor View Clinic Visit note
Patient: Maren Oldfield Born: 03/14/1961
History: pain in the left knee since May, denies smoking
Medication: Metformin 500 mg twice daily
Plan: physical therapy, return in six weeks
Page 1 of 2 Printed 03/04/2024 10:22"""
LABS = """Laboratory report of 6 March 2024
Sodium 139 mmol/L, Potassium 4.1 mmol/L
Glucose 5.4 mmol/L, checked by hand
Page 2 of 2 Printed 03/04/2024 10:22"""
COVER = """Release of information
To: Maren Oldfield, from the records office"""


def pages(*texts: str) -> tuple[PageWords, ...]:
    """Pages that read as these texts; `~` ends an unsure word, an empty one was not read."""
    return tuple(PageWords(n, words(t), read=bool(t)) for n, t in enumerate(texts, 1))


def said(changes: Sequence[Change]) -> list[tuple[str, str, str]]:
    """Kind, old and new words of changes."""
    return [
        (c.kind.value, c.old.quote if c.old else "", c.new.quote if c.new else "") for c in changes
    ]


def entries(old: Sequence[PageWords], new: Sequence[PageWords]) -> list[tuple[str, str, str]]:
    """The changes of entries between two copies."""
    return said(compare(old, new).content)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("500", "850"),
        ("500 mg", "500 mcg"),
        ("left", "right"),
        ("denies smoking", "smoking"),
        ("03/14/1961", "03/14/1916"),
        ("twice", "once"),
    ],
)
def test_a_figure_a_unit_a_side_or_a_denial_is_always_a_change(old: str, new: str) -> None:
    """However unsure the words were read, each is told of, with its place on both sides."""
    for mark in ("", "~"):
        changed = NOTE.replace(old, " ".join(f"{w}{mark}" for w in new.split()))
        (only,) = compare(pages(NOTE), pages(changed)).content
        assert (only.old.quote if only.old else "") in old
        assert (only.new.quote if only.new else "") in new


def test_a_letter_in_an_unsure_word_is_no_change() -> None:
    """Noise of the reading is left out; the same letter in a surely read word is a change."""
    assert entries(pages(NOTE), pages(NOTE.replace("therapy,", "theraqy,~"))) == []
    assert entries(pages(NOTE), pages(NOTE.replace("clinic", "clinlc"))) == []
    (sure,) = entries(pages(NOTE), pages(NOTE.replace("therapy", "theraqy")))
    assert sure == ("replaced", "therapy,", "theraqy,")


@pytest.mark.parametrize(
    ("old", "new"),
    [("febrile", "afebrile"), ("symptomatic", "asymptomatic"), ("ileum", "ilium")],
)
def test_a_prefix_or_a_look_alike_term_is_a_change(old: str, new: str) -> None:
    """Words a letter apart that mean something else are never taken for a misreading."""
    one = NOTE.replace("physical", f"{old}~")
    assert len(entries(pages(one), pages(one.replace(old, new)))) == 1


def test_lines_that_only_flow_otherwise_are_no_change() -> None:
    """Other line ends, a word broken at one, blanks within, and text on the next page."""
    flowed = " ".join(NOTE.splitlines()[:5]).replace("therapy,", "thera-\npy,")
    assert entries(pages("\n".join(NOTE.splitlines()[:5])), pages(flowed)) == []
    assert entries(pages(NOTE), pages(NOTE.replace("500 mg", "500mg"))) == []
    first, rest = NOTE.splitlines()[:3], NOTE.splitlines()[3:5]
    spread = pages("\n".join(first), "\n".join([*rest, *LABS.splitlines()]))
    assert entries(pages("\n".join(first + rest), LABS), spread) == []


def test_what_was_moved_is_no_change_but_a_side_that_was_is() -> None:
    """Cells of a table that are read in another order; not so a word that turns a statement."""
    cells = "Name Born Record Number\nOldfield, Maren 03/14/1961 MR0093895"
    order = "Name Born\nOldfield, Maren 03/14/1961\nRecord Number MR0093895"
    assert entries(pages(f"{NOTE}\n{cells}"), pages(f"{NOTE}\n{order}")) == []
    hip = f"{NOTE}\nThe hip was examined with care"
    moved = hip.replace("left knee", "knee").replace("The hip", "The left hip")
    assert entries(pages(hip), pages(moved)) == [("removed", "left", ""), ("added", "", "left")]


def test_pages_are_paired_by_what_they_say() -> None:
    """A cover sheet in front and a page in between shift the numbers, not the pairs."""
    found = compare(pages(NOTE, LABS), pages(COVER, NOTE.replace("500", "850"), COVER * 2, LABS))
    assert found.pairs == ((1, 2), (2, 4))
    kinds = sorted(c.kind for c in found.content)
    assert kinds == [ChangeKind.PAGE_ADDED, ChangeKind.PAGE_ADDED, ChangeKind.REPLACED]
    back = compare(pages(COVER, NOTE, LABS), pages(LABS, NOTE))
    assert back.pairs == ((2, 2), (3, 1))
    assert [c.kind for c in back.content] == [ChangeKind.PAGE_REMOVED]


def test_page_numbers_and_print_dates_are_told_apart() -> None:
    """They differ from copy to copy and say nothing of the entries."""
    later = NOTE.replace("1 of 2", "2 of 3").replace("03/04/2024 10:22", "11/20/2026 08:01")
    found = compare(pages(NOTE), pages(later))
    assert found.content == ()
    assert {c.sort for c in found.changes} == {ChangeSort.PRINTING}
    born = later.replace("03/14/1961", "03/14/1916")
    assert said(compare(pages(NOTE), pages(born)).content) == [
        ("replaced", "03/14/1961", "03/14/1916")
    ]


def test_a_page_that_could_not_be_read_is_named() -> None:
    """What was not read, or badly, is not said to be gone without a word."""
    bad = " ".join(f"{w}~" for w in LABS.split())
    found = compare(pages(NOTE, LABS), pages(NOTE, bad))
    assert found.new_unclear == (2,)
    assert compare(pages(NOTE, LABS), pages(NOTE, "")).new_unclear == (2,)


_VOCABULARY = """
left right no pain knee since May 5 50 mg twice daily denies fever therapy- plan Page 1 of 3
Printed 03/04/2024 hyper- tension febrile afebrile~ thera~ ... — ☑ ☐ +1 -2 .5
"""
_WORDS = st.sampled_from(_VOCABULARY.split())
_TEXTS = st.lists(
    st.lists(st.lists(_WORDS, max_size=6).map(" ".join), max_size=6).map("\n".join), max_size=3
)


@given(_TEXTS)
def test_a_copy_compared_with_itself_differs_in_nothing(texts: list[str]) -> None:
    """Whatever stands on the pages."""
    assert compare(pages(*texts), pages(*texts)).changes == ()


def _bag(found: Comparison) -> list[tuple[str, str, Place | None, Place | None]]:
    return sorted(((c.kind, c.sort, c.old, c.new) for c in found.changes), key=repr)


@given(_TEXTS, _TEXTS)
def test_the_other_way_round_the_same_differs(old: list[str], new: list[str]) -> None:
    """What was added one way was removed the other, at the same places."""
    there, back = compare(pages(*old), pages(*new)), compare(pages(*new), pages(*old))
    assert _bag(mirrored(back)) == _bag(there)
    assert sorted((o, n) for n, o in back.pairs) == sorted(there.pairs)


@given(_TEXTS, _TEXTS)
def test_every_cited_quote_is_on_its_page(old: list[str], new: list[str]) -> None:
    """The words of a change stand, as quoted, on the page that is named."""
    sides = pages(*old), pages(*new)
    for change in compare(*sides).changes:
        for side, place in zip(sides, (change.old, change.new), strict=True):
            if place is not None:
                held = side[place.page - 1].words
                assert place.quote
                assert find_quote(held, place.quote)
                assert place.quote in " ".join(w.text for w in held)
                assert place.box is not None
