"""Words keep their places when packed, and no blob can do harm."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.model.words import (
    Box,
    Span,
    Word,
    box_of,
    find_quote,
    lines_of,
    mean_confidence,
    pack,
    quote_of,
    text_of,
    unpack,
)

UNIT = 1 / 65535
SIDES = st.floats(0, 1)
BOXES = st.builds(Box.clamped, SIDES, SIDES, SIDES, SIDES)
TEXTS = st.text(max_size=12)
WORDS = st.lists(
    st.builds(Word, TEXTS, BOXES, st.integers(0, 100), st.integers(0, 70000), st.integers(0, 9)),
    max_size=20,
)
SPOT = Box(0, 0, 0, 0)


def line(*texts: str, number: int = 0, block: int = 0) -> tuple[Word, ...]:
    """Words of one line."""
    return tuple(Word(text, SPOT, 90, number, block) for text in texts)


@given(WORDS)
def test_packed_words_come_back(words: list[Word]) -> None:
    """Texts and numbers exactly (a line break in a word is a blank), sides within a unit."""
    back = unpack(pack(words))
    assert [w.text for w in back] == [w.text.replace("\n", " ") for w in words]
    assert [w.confidence for w in back] == [w.confidence for w in words]
    assert [(w.line, w.block) for w in back] == [(min(w.line, 65535), w.block) for w in words]
    for one, other in zip(words, back, strict=True):
        for side in ("left", "top", "right", "bottom"):
            assert abs(getattr(one.box, side) - getattr(other.box, side)) <= UNIT


@given(WORDS)
def test_packing_twice_is_the_same(words: list[Word]) -> None:
    """What was unpacked packs to the same bytes, so fingerprints hold."""
    blob = pack(words)
    assert pack(unpack(blob)) == blob


@given(st.binary(max_size=200))
def test_hostile_bytes_are_no_words(blob: bytes) -> None:
    """Any bytes, raw or compressed, give words or a ValueError and nothing else."""
    for hostile in (blob, zlib.compress(blob), pack(line("a"))[:-1] + blob):
        try:
            unpack(hostile)
        except ValueError:
            continue


@given(st.integers(0, 2**32 - 1), st.binary(max_size=60))
def test_a_lying_count_is_no_words(count: int, rest: bytes) -> None:
    """A header that promises more words than there are is refused."""
    blob = zlib.compress(struct.pack("<BI", 1, count) + rest)
    try:
        found = unpack(blob)
    except ValueError:
        return
    assert len(found) == count


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x02\x00\x00\x00\x00",
        struct.pack("<BIHHB4H", 1, 1, 0, 0, 50, 9, 0, 3, 9) + b"a",
        struct.pack("<BIHHB4H", 1, 1, 0, 0, 101, 0, 0, 3, 9) + b"a",
        struct.pack("<BIHHB4H", 1, 1, 0, 0, 50, 0, 0, 3, 9) + b"\xff\xfe",
        struct.pack("<BI", 1, 0) + b"more",
    ],
    ids=["empty", "format", "box turned round", "confidence", "not utf-8", "text without words"],
)
def test_malformed_words_are_refused(raw: bytes) -> None:
    """Each of these is a ValueError, not words that cannot be."""
    with pytest.raises(ValueError):  # noqa: PT011 - the kind is the promise
        unpack(zlib.compress(raw))


def test_a_bomb_is_refused() -> None:
    """A small blob that would grow beyond all bounds is not let."""
    with pytest.raises(ValueError, match="not packed words"):
        unpack(zlib.compress(bytes(80 * 1024 * 1024), 9))


def test_text_has_blanks_lines_and_blocks() -> None:
    """A blank between words, a new line a line, an empty line a block."""
    words = (*line("a", "b"), *line("c", number=1), *line("d", number=2, block=1))
    assert text_of(words) == "a b\nc\n\nd"
    assert lines_of(words) == (Span(0, 2), Span(2, 3), Span(3, 4))
    assert quote_of(words, Span(1, 3)) == "b c"
    assert text_of(()) == ""
    assert lines_of(()) == ()


def test_a_quote_is_found_inside_and_across_words() -> None:
    """White space and case aside, and where it begins or ends within a word."""
    words = line("Take", "METFORMIN", "500", "mg,", "daily")
    assert find_quote(words, "metformin  500mg") == Span(1, 4)
    assert find_quote(words, "form") == Span(1, 2)
    assert find_quote(words, "insulin") is None
    assert find_quote(words, "  ") is None


def test_whole_words_and_figures_come_before_parts_of_them() -> None:
    """A dose is not looked for inside a year that stands before it."""
    words = line("Seen", "2024:", "takes", "(20", "mg)", "daily")
    assert find_quote(words, "20") == Span(3, 4)
    assert find_quote(words, "20 mg") == Span(3, 5)
    assert find_quote(words, "024") == Span(1, 2)


@given(WORDS, st.data())
def test_every_span_is_found_by_its_quote(words: list[Word], data: st.DataObject) -> None:
    """The words of a span are found again, there or earlier."""
    start = data.draw(st.integers(0, len(words)))
    stop = data.draw(st.integers(start, len(words)))
    found = find_quote(words, quote_of(words, Span(start, stop)))
    if found is None:
        assert not "".join(quote_of(words, Span(start, stop)).split())
    else:
        assert found.start <= stop


@given(SIDES, SIDES, SIDES, SIDES)
def test_clamped_boxes_lie_within_the_page(a: float, b: float, c: float, d: float) -> None:
    """Whatever the sides, also turned round or outside, a box comes out."""
    box = Box.clamped(a * 3 - 1, b * 3 - 1, c * 3 - 1, d * 3 - 1)
    assert 0 <= box.left <= box.right <= 1
    assert 0 <= box.top <= box.bottom <= 1


@pytest.mark.parametrize("sides", [(0.5, 0, 0.4, 1), (0, 0, 1.1, 1), (0, -0.1, 1, 1)])
def test_a_box_outside_the_page_is_none(sides: tuple[float, float, float, float]) -> None:
    """Sides out of order or outside are refused."""
    with pytest.raises(ValueError, match="within the page"):
        Box(*sides)


def test_boxes_and_confidence_of_words() -> None:
    """The box around a span; the mean weighed by length."""
    words = (
        Word("a", Box(0.1, 0.1, 0.2, 0.2), 0, 0),
        Word("bcd", Box(0.3, 0.1, 0.4, 0.3), 100, 0),
    )
    assert box_of(words, Span(0, 2)) == Box(0.1, 0.1, 0.4, 0.3)
    assert box_of(words, Span(1, 1)) is None
    assert mean_confidence(words) == 75
    assert mean_confidence(()) == 0
