"""What a new copy makes of a statement that was to be put right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.review.test_versions import COVER, NOTE, pages
from vault.model.versions import Entry, Outcome, PageWords, Passage
from vault.model.words import find_quote
from vault.review.amended import passage, surroundings

ADDENDUM = "Addendum of 9 June 2026: the patient was born on 03/14/1961 and not 03/14/1916"


def entry(quote: str, should: str, text: str = NOTE) -> Entry:
    """A statement as it stands in a text, with the words around it."""
    (page,) = pages(text)
    span = find_quote(page.words, quote)
    assert span is not None
    around = surroundings(page, quote, span.start, span.stop)
    return Entry(quote, should, around.before, around.after)


WRONG = NOTE.replace("03/14/1961", "03/14/1916")
BORN = entry("03/14/1916", "03/14/1961", WRONG)


def became(held: Entry, *texts: str, older: str = WRONG) -> Passage:
    """What a copy of these pages makes of a statement of an older one."""
    return passage(held, pages(*texts), pages(older))


def test_fixed_where_it_says_what_it_should() -> None:
    """The old words are gone and the right ones stand there, on whatever page that is now."""
    found = became(BORN, COVER, NOTE)
    assert found.outcome is Outcome.FIXED
    assert found.place is not None
    assert (found.place.page, found.place.quote) == (2, "03/14/1961")


def test_unchanged_where_it_still_says_the_same() -> None:
    """The old words are cited; an addendum about something else changes nothing."""
    for text in (WRONG, f"{WRONG}\nAddendum of 9 June 2026: the knee is better"):
        found = became(BORN, text)
        assert found.outcome is Outcome.UNCHANGED
        assert found.place is not None
        assert found.place.quote == "03/14/1916"


def test_appended_where_an_addendum_puts_it_right() -> None:
    """The law allows to append and not to erase: the addendum is cited, and the old words too."""
    found = became(BORN, f"{WRONG}\n{ADDENDUM}")
    assert found.outcome is Outcome.APPENDED
    assert found.place is not None
    assert found.old is not None
    assert found.place.quote.startswith("Addendum of 9 June")
    assert found.old.quote == "03/14/1916"
    assert became(BORN, WRONG, ADDENDUM).outcome is Outcome.APPENDED


def test_an_addendum_that_was_there_before_is_not_new() -> None:
    """What the older copy had already was not added since."""
    older = f"{WRONG}\n{ADDENDUM}"
    assert became(BORN, older, older=older).outcome is Outcome.UNCHANGED


def test_gone_where_neither_stands_there() -> None:
    """Another wrong value is neither fixed nor unchanged: a person has to look."""
    assert became(BORN, WRONG.replace("1916", "1971")).outcome is Outcome.GONE


def test_a_page_that_was_read_badly_is_unclear() -> None:
    """Nothing is said of a statement that may stand on a page nobody could read."""
    assert became(BORN, "").outcome is Outcome.UNCLEAR
    assert became(BORN, COVER, "").outcome is Outcome.UNCLEAR
    noise = " ".join(f"{w}~" for w in WRONG.split())
    assert became(BORN, noise).outcome is Outcome.UNCLEAR


def test_a_short_statement_is_known_by_the_words_around_it() -> None:
    """The same word elsewhere on the page is not the one that was to be put right."""
    text = f"{NOTE}\nThe left hand is without complaint, and the right hand too"
    side = entry("left", "right", text)
    fixed = passage(side, pages(text.replace("left knee", "right knee")), pages(text))
    assert fixed.outcome is Outcome.FIXED
    assert passage(side, pages(text), pages(text)).outcome is Outcome.UNCHANGED


def test_a_single_figure_needs_its_neighbour() -> None:
    """A 3 that stands near by is not the 3 that it should say."""
    text = f"{NOTE}\nPain: 7 of ten, three times a week, for the last 3 months"
    held = entry("7", "3", text)
    unread = text.replace("Pain: 7 of", "Pain: of")
    assert passage(held, pages(unread), pages(text)).outcome is Outcome.GONE
    fixed = text.replace("Pain: 7", "Pain: 3")
    assert passage(held, pages(fixed), pages(text)).outcome is Outcome.FIXED


def test_what_it_should_say_may_hold_the_old_words() -> None:
    """`No known allergies` within `No known allergies but penicillin` is the new statement."""
    old = NOTE.replace("Plan:", "Allergies: none known\nPlan:")
    held = entry("Allergies: none known", "Allergies: none known but penicillin", old)
    new = old.replace("none known", "none known but penicillin")
    assert passage(held, pages(new), pages(old)).outcome is Outcome.FIXED
    assert passage(held, pages(old), pages(old)).outcome is Outcome.UNCHANGED


@pytest.mark.parametrize("should", ["remove this", "Please delete the entry"])
def test_an_entry_to_be_taken_out_is_fixed_when_it_is_gone(should: str) -> None:
    """No other words are waited for; while it stands it is unchanged."""
    held = entry("Metformin 500 mg twice daily", should)
    gone = NOTE.replace("Metformin 500 mg twice daily", "")
    assert passage(held, pages(gone), pages(NOTE)).outcome is Outcome.FIXED
    assert passage(held, pages(NOTE), pages(NOTE)).outcome is Outcome.UNCHANGED


def test_other_words_for_the_same_are_fixed_by_what_makes_the_difference() -> None:
    """The dose stands where the old one stood, though not in the words that were asked for."""
    held = entry("Metformin 500 mg twice daily", "should say: Metformin 850 mg two times a day")
    new = NOTE.replace("500 mg twice daily", "850 mg, two times every day,")
    assert passage(held, pages(new), pages(NOTE)).outcome is Outcome.FIXED


_VOCABULARY = """
Born: 03/14/1916 03/14/1961 Patient: Maren Addendum corrected: knee left~ no 5 mg
"""
_WORDS = st.sampled_from(_VOCABULARY.split())
_PAGES = st.lists(
    st.lists(st.lists(_WORDS, max_size=5).map(" ".join), max_size=5).map("\n".join), max_size=3
)


@given(_PAGES, st.sampled_from(["03/14/1916", "left", "knee left no", ""]))
def test_every_place_is_words_of_the_new_copy(texts: list[str], quote: str) -> None:
    """Whatever it finds, what it cites stands on the page it names, and it says why."""
    copy = pages(*texts)
    found = passage(Entry(quote, "03/14/1961", "Patient: Maren Born:", "knee"), copy, pages(WRONG))
    assert found.why.endswith(".")
    for place in (found.place, found.old):
        if place is not None:
            assert place.quote in " ".join(w.text for w in copy[place.page - 1].words)


def test_words_at_the_end_of_a_page_have_few_around_them() -> None:
    """Only what is there is taken, at the beginning and at the end."""
    (page,) = pages("one two three")
    assert surroundings(page, "one", 0, 1) == Entry("one", "", "", "two three")
    assert surroundings(PageWords(1, page.words), "three", 2, 3).after == ""
