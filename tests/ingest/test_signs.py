"""Signs are told by their shape on the page, and left as they were read where it says nothing."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont

from vault.ingest.signs import with_signs
from vault.model.words import Box, Word

SIZE = (800, 120)
FONT = ImageFont.load_default(48)


def drawn(pieces: tuple[tuple[int, str], ...]) -> Image.Image:
    """A line with pieces of text at their columns."""
    page = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(page)
    for x, text in pieces:
        pen.text((x, 70), text, font=FONT, fill=0, anchor="ls")
    return page


def said(page: Image.Image, words: tuple[tuple[str, int, int], ...], language: str = "fra") -> str:
    """What the words, each with its left and right column, come to."""
    read = tuple(
        Word(text, Box(left / SIZE[0], 0.2, right / SIZE[0], 0.8), 90, 0)
        for text, left, right in words
    )
    return " ".join(word.text for word in with_signs(read, page, language))


@pytest.mark.parametrize(
    ("minutes", "text"), [(158, "16:08"), (205, "16: 08")], ids=["midway", "a blank behind"]
)
def test_a_time_is_one_word(minutes: int, text: str) -> None:
    """Where the colon stands midway between its figures, as on a typewriter, nothing is parted."""
    page = drawn(((50, "1"), (85, "6"), (130, ":"), (minutes, "0"), (minutes + 35, "8")))
    assert said(page, (("16:", 45, 150), ("08", minutes - 10, minutes + 70))) == text


@pytest.mark.parametrize(
    ("stem", "language", "text"), [(12, "fra", "μg."), (0, "fra", "ug."), (12, "eng", "ug.")]
)
def test_a_stem_below_the_line_is_the_micro_sign(stem: int, language: str, text: str) -> None:
    """A u that reaches below the figures before it is none; English keeps what is often typed."""
    page = drawn(((50, "75"), (150, "u"), (190, "g.")))
    ImageDraw.Draw(page).rectangle((153, 50, 157, 69 + stem), fill=0)
    assert said(page, (("75", 45, 120), ("ug.", 140, 260)), language) == f"75 {text}"


def test_degrees_follow_numbers_only() -> None:
    """A star before a C is the degree sign behind a number."""
    page = drawn(())
    assert said(page, (("37,1", 0, 99), ("*C,", 100, 150))) == "37,1 °C,"
    assert said(page, (("note", 0, 99), ("*C,", 100, 150))) == "note *C,"
