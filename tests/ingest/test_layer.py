"""Which text layers are trusted, and which reading goes first."""

from __future__ import annotations

import pytest

from vault.ingest.layer import Use, garbage, ocr_first, use
from vault.ingest.sheet import Layer
from vault.model.words import Box, Word

_PROSE = (
    "The patient was seen today for a follow up of high blood pressure and reports that she "
    "takes her tablets every morning without any trouble at all"
)


def words(text: str, confidence: int = 100) -> tuple[Word, ...]:
    """The words of a text, all in one place."""
    return tuple(Word(part, Box(0.1, 0.1, 0.2, 0.2), confidence, 0) for part in text.split())


@pytest.mark.parametrize(
    "text",
    [
        _PROSE,
        "Glucose 98 mg/dL 70-99 Sodium 140 mmol/L 136-145 Potassium 4.1 mmol/L 3.5-5.1",
        "Der Patient klagt über starke Rückenschmerzen seit dem letzten Dienstag",
        "",
    ],
)
def test_text_is_no_garbage(text: str) -> None:
    """Text is no garbage."""
    assert not garbage(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "\ufffd\ufffd\ufffd \ufffd\ufffd visit",
        "\ue001\ue002\ue003 \ue004\ue005",
        "!!## $%$% (((( ////// ++++ ;;;; abc",
        " ".join(_PROSE.replace(" ", "")),
        _PROSE.translate(str.maketrans("aeiouy", "qxzkwv")),
    ],
)
def test_garbage_is_noticed(text: str) -> None:
    """Garbage is noticed."""
    assert garbage(words(text))


def test_a_page_of_text_stands_alone() -> None:
    """A page of text stands alone."""
    assert use(Layer(words(_PROSE), 0.0)) is Use.ALONE
    assert use(Layer(words(_PROSE), 0.02)) is Use.ALONE  # a logo


def test_a_stamp_does_not_stand_for_the_scan_under_it() -> None:
    """A stamp does not stand for the scan under it."""
    assert use(Layer(words("Received 3 May 2024 page 1 of 4"), 1.0)) is Use.COMPARE


def test_pictures_on_a_page_are_read_too() -> None:
    """Pictures on a page are read too."""
    assert use(Layer(words(_PROSE), 0.3)) is Use.COMPARE


def test_garbage_goes_last() -> None:
    """Garbage goes last."""
    assert use(Layer(words("\ufffd" * 200), 0.0)) is Use.LAST


def test_the_fuller_reading_goes_first() -> None:
    """The fuller reading goes first."""
    assert ocr_first(words("Page 1 of 4"), words(_PROSE, 95), 95)
    assert not ocr_first(words(_PROSE), words("Page 1 of 4", 95), 95)


def test_of_two_that_agree_the_layer_goes_first() -> None:
    """Of two that agree the layer goes first."""
    assert not ocr_first(words(_PROSE), words(_PROSE, 96), 96)


def test_a_sure_reading_goes_before_a_layer_that_says_otherwise() -> None:
    """A sure reading goes before a layer that says otherwise."""
    wrong = words(" ".join(f"{part}x" for part in _PROSE.split()))
    assert ocr_first(wrong, words(_PROSE, 96), 96)
    assert not ocr_first(wrong, words(_PROSE, 70), 70)
