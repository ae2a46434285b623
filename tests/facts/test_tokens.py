"""Words are cut, folded and matched with labels as their plain definitions say."""

from __future__ import annotations

import string

from hypothesis import example, given
from hypothesis import strategies as st

from vault.facts import labels
from vault.facts.tokens import Row, Token, fold, parts, rows_of
from vault.model.words import Box, Word

LETTERS = "abdmnorst" + "DMO" + "01589!|$" + ":|()*#,[]/.-" + " \tßİéſ"
TEXTS = st.text(st.sampled_from(LETTERS), max_size=12) | st.text(max_size=8)
SIDES = st.sampled_from([n / 20 for n in range(21)])
BOXES = st.builds(Box.clamped, SIDES, SIDES, SIDES, SIDES)
WORDS = st.lists(st.builds(Word, TEXTS, BOXES, st.just(100), st.integers(0, 4)), max_size=14)
ALIKE = str.maketrans("01!|l5$84", "oiiiissba")


@given(TEXTS)
def test_a_key_is_letters_and_digits_folded(text: str) -> None:
    """Each character by itself: kept where it is a letter, a digit or read for one."""
    kept = [c for c in text.casefold() if c.isalnum() or c in "!|$"]
    assert fold(text) == "".join(kept).translate(ALIKE).replace("rn", "m")


@given(TEXTS)
@example("DOB03/14/1961")
@example("mrn00123")
@example("Drug")
def test_the_tokens_of_a_word_are_pieces_of_it(text: str) -> None:
    """In order, none overlapping, each what stands there; nothing but white space is left out."""
    found, end, between = parts(text), 0, ""
    for piece, key, start, stop in found:
        assert end <= start < stop
        assert (piece, key) == (text[start:stop], fold(text[start:stop]))
        between += text[end:start]
        end = stop
    assert not (between + text[end:]).strip()


def test_labels_and_marks_are_cut_off() -> None:
    """A label glued to its value, a slash between words, and every mark."""
    pieces = {
        text: [part[0] for part in parts(text)]
        for text in ("DOB03/14/1961", "mrn00123", "DOB/Sex", "(MRN:12)", "Drug", "m3", "Dobson")
    }
    assert pieces == {
        "DOB03/14/1961": ["DOB", "03/14/1961"],
        "mrn00123": ["mrn", "00123"],
        "DOB/Sex": ["DOB", "/", "Sex"],
        "(MRN:12)": ["(", "MRN", ":", "12", ")"],
        "Drug": ["Drug"],
        "m3": ["m3"],
        "Dobson": ["Dobson"],
    }


def _starts(row: Row, at: int) -> bool:
    """Whether a token is the first of its cell, looking through the whole row."""
    before = [token for token in row.tokens[:at] if token.cell == row.tokens[at].cell]
    return not before or before[-1].text in "|*"


@given(WORDS)
def test_every_word_is_in_one_row_and_cells_are_told(words: list[Word]) -> None:
    """All tokens of all words, each once, with its box; cells never go back within a row."""
    rows = rows_of(words)
    seen = sorted((t.word, t.start, t.text, t.key) for row in rows for t in row.tokens)
    pieces = [(i, p[2], p[0], p[1]) for i, word in enumerate(words) for p in parts(word.text)]
    assert seen == sorted(pieces)
    for row in rows:
        cells = [token.cell for token in row.tokens]
        assert cells == sorted(cells)
        assert all(token.box == words[token.word].box for token in row.tokens)
        assert all(row.starts_cell(at) == _starts(row, at) for at in range(len(row.tokens)))


def _label(read: str) -> list[labels.Label]:
    """The labels a lone word is, by every phrase there is."""
    return [
        label
        for phrase, label in labels._phrases()
        if len(phrase) == 1 and labels._is(read, phrase[0], labels._forgiven(phrase))
    ]


_FIRSTS = sorted({phrase[0] for phrase, _ in labels._phrases()})


@st.composite
def _slipped(draw: st.DrawFn) -> str:
    """The first word of a label, with up to two slips."""
    word = draw(st.sampled_from(_FIRSTS))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(word)))
        letter = draw(st.sampled_from(["", *string.ascii_lowercase, "#"]))
        word = word[:at] + letter + word[at + draw(st.integers(0, 1)) :]
    return word or "x"


@given(_slipped() | st.text(min_size=1, max_size=9))
def test_a_word_begins_the_labels_that_a_look_at_all_finds(read: str) -> None:
    """Slips forgiven or not, the quick way to a label's phrases passes none over."""
    token = Token(read, read, 0, 0, len(read), Box(0, 0, 1, 1))
    hit = labels.label_at([token], 0)
    assert [hit[0]] == _label(read)[:1] if hit else not _label(read)
    every = [
        held
        for held in labels._phrases()
        if labels._is(read, held[0][0], labels._forgiven(held[0]))
    ]
    assert list(labels._beginning(read)) == every
