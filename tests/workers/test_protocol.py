"""Jobs and answers survive the crossing; answers that lie are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.errors import WorkerFailed
from vault.model.reading import (
    PageKind,
    PageResult,
    Picture,
    Probe,
    Reading,
    ReadOptions,
    Source,
    View,
)
from vault.model.words import UNIT, Box, Word, pack, unpack
from vault.safetext import safe_line
from vault.workers import checks, limits, protocol


def _boxes(units: int) -> st.SearchStrategy[Box]:
    """Boxes with sides in so many parts of the page."""
    side = st.integers(0, units).map(lambda n: n / units)
    return st.tuples(side, side, side, side).map(lambda s: Box.clamped(*s))


_BOXES = _boxes(100_000)
_TEXTS = st.text(min_size=1, max_size=40).map(safe_line).filter(bool)
_WORDS = st.builds(
    Word, _TEXTS, _boxes(UNIT), st.integers(0, 100), st.integers(0, 200), st.integers(0, 50)
)
_READINGS = st.builds(
    Reading,
    st.sampled_from([Source.TEXT, Source.OCR]),
    st.lists(_WORDS, max_size=5).map(tuple),
    st.integers(0, 100),
    engine=_TEXTS,
    language=st.just("eng"),
    turn=st.sampled_from([0, 90, 180, 270]),
    skew=st.floats(-8, 8),
)


def crossed(message: checks.Json) -> checks.Json:
    """A message as it is on the other side of the pipe."""
    return checks.load(checks.dump(message))


@given(readings=st.lists(_READINGS, max_size=2).map(tuple))
def test_a_page_comes_back_as_it_was_sent(readings: tuple[Reading, ...]) -> None:
    """A page comes back as it was sent."""
    result = PageResult(3, PageKind.CONTENT, readings, 612.0, 792.0, 88, look=True, why="unsure")
    assert protocol.decode_page(crossed(protocol.encode_page(result)), 3) == result


@given(
    words=st.lists(
        st.builds(
            Word,
            _TEXTS,
            st.tuples(*[st.floats(0, 1)] * 4).map(lambda s: Box.clamped(*s)),
            st.integers(0, 100),
            st.integers(0, limits.WORDS),
            st.integers(0, limits.WORDS),
        ),
        max_size=5,
    )
)
def test_words_arrive_as_they_are_kept(words: list[Word]) -> None:
    """Wherever a box lies, its word comes out of the pipe as it comes out of the database."""
    sent = PageResult(1, PageKind.CONTENT, (Reading(Source.OCR, tuple(words), 90),), 612, 792, 90)
    came = protocol.decode_page(crossed(protocol.encode_page(sent)), 1).readings[0].words
    assert came == unpack(pack(words))
    assert unpack(pack(came)) == came


def test_every_side_a_box_can_have_is_kept_as_it_is() -> None:
    """A side in 1/65535 of the page, as a fraction and back, is the same whole number."""
    assert all(round(n / UNIT * UNIT) == n for n in range(UNIT + 1))


@given(
    view=st.builds(
        View,
        st.integers(1, 900),
        st.integers(1, 4000),
        st.integers(1, 4000),
        _BOXES,
        st.lists(_BOXES, max_size=4).map(tuple),
        st.sampled_from([0, 90, 180, 270]),
        st.floats(-8, 8),
        st.booleans(),
        st.booleans(),
    )
)
def test_a_draw_job_comes_back_as_it_was_sent(view: View) -> None:
    """A draw job comes back as it was sent."""
    job = protocol.DrawJob(protocol.Document(1, 99, "pdf", "pass word"), view)
    assert protocol.decode_job(crossed(protocol.encode_job(job))) == job


def test_probe_and_page_jobs_come_back_as_they_were_sent() -> None:
    """Probe and page jobs come back as they were sent."""
    about = protocol.Document(4, 2**40, "tiff", "geheim")
    probe = protocol.ProbeJob(about)
    page = protocol.PageJob(about, 7, ReadOptions("eng+spa", "tesseract", "geheim"))
    assert protocol.decode_job(crossed(protocol.encode_job(probe))) == probe
    assert protocol.decode_job(crossed(protocol.encode_job(page))) == page


def test_a_probe_comes_back_as_it_was_sent() -> None:
    """A probe comes back as it was sent."""
    probe = Probe("pdf", 12, encrypted=True, problem="", note="mended")
    assert protocol.decode_probe(crossed(protocol.encode_probe(probe)), "pdf") == probe


_FINE = [6554, 6554, 13107, 13107, 90, 0, 0]


def _page(**changes: object) -> checks.Json:
    sound = Reading(Source.OCR, (Word("fine", Box(0.1, 0.1, 0.2, 0.2), 90, 0),), 90, "e", "eng")
    page = protocol.encode_page(PageResult(1, PageKind.CONTENT, (sound,), 612, 792, 90))
    return page | changes


def _words(texts: object, numbers: object) -> checks.Json:
    readings = _page()["readings"]
    assert isinstance(readings, list)
    return _page(readings=[readings[0] | {"texts": texts, "numbers": numbers}])


@pytest.mark.parametrize(
    "lie",
    [
        _page(page=2),
        _page(page=True),
        _page(kind="poem"),
        _page(trust=101),
        _page(width=float("1e300")),
        _page(height=-1),
        _page(look="yes"),
        _page(why=7),
        _page(read=False),
        _page(readings={}),
        _page(readings=[1]),
        _page(readings=[{}, {}, {}]),
        _words(["x"], None),
        _words("x", _FINE),
        _words(["x"], _FINE[:6]),
        _words(["x"], [*_FINE, 0]),
        _words(["x", "y"], _FINE),
        _words(["x"], [20000, 6554, 13107, 13107, 90, 0, 0]),
        _words(["x"], [6554, 13108, 13107, 13107, 90, 0, 0]),
        _words(["x"], [6554, 6554, 13107, UNIT + 1, 90, 0, 0]),
        _words(["x"], [6554, "6554", 13107, 13107, 90, 0, 0]),
        _words(["x"], [6554, 6554.0, 13107, 13107, 90, 0, 0]),
        _words(["x"], [6554, [], 13107, 13107, 90, 0, 0]),
        _words(["x"], [6554, 6554, 13107, 13107, 101, 0, 0]),
        _words(["x"], [6554, 6554, 13107, 13107, 90, -1, 0]),
        _words(["x"], [6554, 6554, 13107, 13107, 90, limits.WORDS + 1, 0]),
        _words(["x"], [6554, 6554, 13107, 13107, 90, 0, limits.WORDS + 1]),
        _words([None], _FINE),
        _words(["x"] * (limits.WORDS + 1), _FINE * (limits.WORDS + 1)),
    ],
)
def test_a_page_that_cannot_be_is_refused(lie: checks.Json) -> None:
    """A page that cannot be is refused."""
    with pytest.raises(WorkerFailed):
        protocol.decode_page(lie, 1)


def test_control_codes_in_words_do_not_get_through() -> None:
    """Control codes in words do not get through."""
    bad = ["\x1b]2;owned\x1b\\ok", "\x07"]
    words = protocol.decode_page(_words(bad, _FINE * 2), 1).readings[0].words
    assert [word.text for word in words] == ["]2;owned\\ok"]


def test_a_very_long_word_is_cut() -> None:
    """A very long word is cut."""
    words = protocol.decode_page(_words(["x" * 9999], _FINE), 1).readings[0].words
    assert len(words[0].text) == limits.WORD_CHARS


@pytest.mark.parametrize(
    "lie",
    [
        None,
        {},
        {"media": "png", "pages": 1, "encrypted": False, "problem": "", "note": ""},
        {"media": "pdf", "pages": 10**9, "encrypted": False, "problem": "", "note": ""},
        {"media": "pdf", "pages": 1.5, "encrypted": False, "problem": "", "note": ""},
        {"media": "pdf", "pages": 1, "encrypted": 0, "problem": "", "note": ""},
    ],
)
def test_a_probe_that_cannot_be_is_refused(lie: object) -> None:
    """A probe that cannot be is refused."""
    with pytest.raises(WorkerFailed):
        protocol.decode_probe(lie, "pdf")


@pytest.mark.parametrize(
    ("size", "pixels", "colour"),
    [
        ((40, 30), 1199, False),
        ((41, 30), 1230, False),
        ((0, 30), 0, False),
        ((40, 30), 3600, True),
    ],
)
def test_a_picture_of_another_size_than_it_says_is_refused(
    size: tuple[int, int], pixels: int, colour: bool
) -> None:
    """A picture of another size than it says is refused."""
    view = View(1, 40, 30)
    answer = {"width": size[0], "height": size[1], "colour": colour}
    with pytest.raises(WorkerFailed):
        protocol.decode_picture(answer, bytes(pixels), view)


def test_a_stretched_picture_has_exactly_the_size_asked_for() -> None:
    """A stretched picture has exactly the size asked for."""
    answer = {"width": 40, "height": 20, "colour": False}
    assert protocol.decode_picture(answer, bytes(800), View(1, 40, 30)) == Picture(
        40, 20, bytes(800)
    )
    with pytest.raises(WorkerFailed):
        protocol.decode_picture(answer, bytes(800), View(1, 40, 30, stretch=True))


@pytest.mark.parametrize(
    "need", [None, [], [1], [0, 0], [-1, 5], [101, 5], [0, limits.BLOCK_BYTES + 1], ["0", 5]]
)
def test_a_range_outside_the_file_is_refused(need: object) -> None:
    """A range outside the file is refused."""
    with pytest.raises(WorkerFailed):
        protocol.needed(need, 100)


@pytest.mark.parametrize("data", [b"", b"[1]", b"{", b"\xff", b"[" * 100_000, b'"x"'])
def test_what_is_no_message_is_refused(data: bytes) -> None:
    """What is no message is refused."""
    with pytest.raises(WorkerFailed):
        checks.load(data)
