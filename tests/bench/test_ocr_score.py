"""Texts read are compared with true texts, the same way whoever read them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bench.ocr_score import Score, score

WORDS = st.lists(st.sampled_from(["pain", "10", "mg", "twice", "2.5", "daily"]), max_size=12)


def test_a_changed_a_lost_and_an_added_word_are_an_error_each() -> None:
    """The word error rate is the edit distance over words, for each true word."""
    found = score("take 10 mg twice a day", "take 1O mg twice day now")
    assert (found.words, found.word_errors) == (6, 3)
    assert found.wer == 50.0


def test_the_character_error_rate_counts_letters() -> None:
    """Two letters wrong of twenty are 10 per cent."""
    found = score("abcdefghij klmnopqrs", "abcdefghix klmnopqrx")
    assert found.chars == 20
    assert found.cer == 10.0


def test_quotes_dashes_and_white_space_are_folded_and_the_case_is_not() -> None:
    """What a printer chooses is no error; a small letter for a capital is."""
    assert score("“it’s”  –\n5", '"it\'s" - 5').word_errors == 0
    assert score("Mr. Hill", "mr. Hill").word_errors == 1


def test_optional_words_count_neither_way() -> None:
    """A stamp's words may be read or not, but only as often as the stamp has them."""
    assert score("a b", "a PAID b", ("PAID",)) == score("a b", "a b", ("PAID",))
    assert score("a b", "a PAID PAID b", ("PAID",)).word_errors == 1


def test_an_optional_word_that_is_also_true_must_be_read() -> None:
    """A page's own word is not forgiven because a stamp has it, too."""
    assert score("PAID in full", "in full", ("PAID",)).word_errors == 1


def test_numbers_are_recalled_whole_or_not_at_all() -> None:
    """A dose, a date and a value count each; half of a date is none."""
    found = score("2.5 mg on 03/04/2021, INR 2.5", "2.5 mg on 03/04 INR 2,5")
    assert (found.numbers, found.numbers_found) == (3, 1)


def test_a_bag_forgets_the_order_and_nothing_else() -> None:
    """Table words out of order are right; one for another is one error, an added one another."""
    assert score("a b c d", "d c b a").bag_error == 0.0
    assert score("a b c d", "d c b a").wer > 0
    assert score("a b c d", "a b c x").bag_error == 25.0
    assert score("a b c d", "a b c x y").bag_error == 50.0
    assert score("a b c d", "").bag_error == 100.0


def test_f1_falls_with_words_lost_and_with_words_added() -> None:
    """F1 is twice the shared words over the true and the read words."""
    assert score("a b c d", "a b").f1 == 200 * 2 / 6
    assert score("a b", "a b c d").f1 == 200 * 2 / 6


def test_scores_add_up_by_counts_and_not_by_averages() -> None:
    """A long page weighs more than a short one."""
    both = score("a", "x") + score("b c d e f g h i j", "b c d e f g h i j")
    assert both.wer == 10.0


def test_words_on_a_blank_page_are_counted() -> None:
    """Nothing should be read there; an optional word is not held against anyone."""
    assert score("", "PAID noise", ("PAID",)).read == 1


@given(WORDS)
def test_a_text_read_right_has_no_error(words: list[str]) -> None:
    """Whatever the words are, reading them all in order is perfect."""
    found = score(" ".join(words), "\n".join(words))
    assert found.word_errors == found.char_errors == 0
    assert found.shared == found.words == found.read
    assert found.numbers_found == found.numbers


@given(WORDS, WORDS)
def test_no_score_leaves_its_bounds(truth: list[str], read: list[str]) -> None:
    """Recall and F1 stay within 0 and 100, and a bag is never worse than the order."""
    found = score(" ".join(truth), " ".join(read))
    assert 0 <= found.recall <= 100
    assert 0 <= found.f1 <= 100
    assert found.bag_error <= found.wer + 1e-9
    assert found + Score() == found
