"""A correction of a reading is a layer over its words; facts and checks follow it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.actions.made import WRONG_BORN, patient, put, words
from vault.actions import flags, readings, records
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.flags import FlagState
from vault.model.reading import Source
from vault.model.records import WordFix
from vault.model.words import Span
from vault.store import pages

WORD = st.text("abc", min_size=1, max_size=3)
Steps = list[tuple[int, int, list[str]]]


def kept(fixes: tuple[WordFix, ...], new: WordFix) -> tuple[WordFix, ...]:
    """The corrections after one more, as the vault keeps them."""
    return (*(f for f in fixes if f.start >= new.stop or f.stop <= new.start), new)


@given(
    st.lists(WORD, min_size=1, max_size=12),
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(1, 4), st.lists(WORD, min_size=1, max_size=4)),
        max_size=6,
    ),
)
def test_any_row_of_corrections_reads_as_typed(base: list[str], steps: Steps) -> None:
    """Each correction changes the words it is about and no others, and no place leaves the page."""
    read = words(" ".join(base))
    shown, expected = read, list(base)
    fixes: tuple[WordFix, ...] = ()
    for at, length, text in steps:
        start = at % len(expected)
        span = Span(start, min(start + length, len(expected)))
        fixes = kept(fixes, readings.amend(shown, fixes, span, " ".join(text)))
        shown = readings.apply(read, fixes)
        expected[span.start : span.stop] = text
        assert [w.text for w in shown] == expected
    assert tuple(w for w in readings.apply(read, ())) == read


def test_the_place_of_corrected_words() -> None:
    """One word for one keeps its place; two for one share it out and stay in the line."""
    read = words("Take 5O0mg daily")
    (_, one, _) = readings.apply(read, (WordFix(1, 2, "500mg"),))
    assert (one.box, one.line, one.confidence) == (read[1].box, 0, 100)
    first, second = readings.apply(read, (WordFix(1, 2, "500 mg"),))[1:3]
    assert first.box.left == read[1].box.left
    assert first.box.right == second.box.left
    assert second.box.right == pytest.approx(read[1].box.right)


def test_facts_and_checks_follow_a_correction(vault: Session) -> None:
    """A suspicion that rests on a misread date goes when the reading is put right."""
    record = put(vault, "a.pdf", (WRONG_BORN,), patient(vault))
    (suspected,) = flags.every(vault)
    assert suspected.state is FlagState.SUSPECTED
    readings.correct_quote(vault, record.id, 1, "03/14/1916", "03/14/1961")
    assert flags.every(vault) == ()
    values = {f.fact.value for f in records.detail(vault, record.id).facts}
    assert "1961-03-14" in values
    assert not any("1916" in value for value in values)


def test_the_words_as_read_stay(vault: Session) -> None:
    """The first reading is never changed; the corrected one is another that names it."""
    record = put(vault, "a.pdf", ("one two three",))
    before = pages.shown(vault.vault.read(), record.id, 1)
    readings.correct(vault, record.id, 1, Span(1, 2), "zwei drei")
    corrected = readings.correct(vault, record.id, 1, Span(2, 3), "vier")
    assert [w.text for w in corrected.words] == ["one", "zwei", "vier", "three"]
    shown = pages.shown(vault.vault.read(), record.id, 1)
    assert before is not None
    assert shown is not None
    assert (shown.base, shown.reading.source) == (before.id, Source.CORRECTED)
    assert pages.reading(vault.vault.read(), before.id) == before
    assert records.text(vault, record.id)[1][0].text == "one zwei vier three"


def test_what_cannot_be_corrected(vault: Session) -> None:
    """Words that are not there, nothing typed, and a page without words."""
    record = put(vault, "a.pdf", ("one two",))
    for span in (Span(0, 3), Span(1, 1), Span(-1, 1)):
        with pytest.raises(UsageError):
            readings.correct(vault, record.id, 1, span, "x")
    with pytest.raises(UsageError):
        readings.correct(vault, record.id, 1, Span(0, 1), " \n")
    with pytest.raises(UsageError):
        readings.correct_quote(vault, record.id, 1, "three", "x")
    with pytest.raises(Refused):
        readings.correct(vault, record.id, 2, Span(0, 1), "x")


def test_correcting_a_part_of_a_word_keeps_the_rest(vault: Session) -> None:
    """A comma or a bracket beside the quoted words stays where it is."""
    record = put(vault, "a.pdf", ("Judith A. Tolland, MD (5mg)",))
    readings.correct_quote(vault, record.id, 1, "tolland", "Holland")
    readings.correct_quote(vault, record.id, 1, "5mg", "5 mg")
    assert records.text(vault, record.id)[1][0].text == "Judith A. Holland, MD (5 mg)"
