"""How a page lies is guessed from its ink, and a wrong guess is only a beginning."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.ingest.papers import LINES, noisy, picture
from vault.ingest import orient
from vault.ingest.lie import likely_turn
from vault.ingest.ocr.engine import PSM_AUTO
from vault.ingest.prepare import turned
from vault.model.words import Box, Word

PROSE = (" ".join(LINES),) * 4


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("lines", [PROSE, LINES])
def test_a_turned_letter_is_told_by_its_ink(turn: int, lines: tuple[str, ...]) -> None:
    """A letter on its side or its head is told, and so is one that lies upright."""
    page = turned(noisy(picture(lines)), -turn % 360)
    assert likely_turn(page) == turn


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_page_without_ink_is_not_turned(grey: int) -> None:
    """Nothing is guessed of a page all of one tone, however small it is."""
    for size in ((850, 1100), (40, 30), (1, 1)):
        assert likely_turn(Image.new("L", size, grey)) == 0


class OneWay:
    """An engine that reads well only a page of this shape whose top left corner is black."""

    name = "one way"

    def __init__(self) -> None:
        self.asked = 0

    def read(self, image: Image.Image, language: str, psm: int = PSM_AUTO) -> tuple[Word, ...]:
        """Twenty words, sure ones where the page is upright."""
        assert (language, psm) == ("eng", PSM_AUTO)
        self.asked += 1
        corner = image.crop((0, 0, image.width // 4, image.height // 4))
        upright = image.width < image.height and corner.getextrema()[0] == 0
        sure = 95 if upright else 40
        tops = [0.1 + n * 0.04 for n in range(20)]
        return tuple(Word("words", Box(0.1, t, 0.3, t + 0.01), sure, n) for n, t in enumerate(tops))

    def orientation(self, image: Image.Image) -> tuple[int, float] | None:
        """Unknown."""
        assert image.width
        return None


@pytest.mark.parametrize("wrong", [0, 90, 180, 270])
def test_a_wrong_guess_is_mended_by_reading(wrong: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is guessed, the page ends the way up that is read surely."""
    page = Image.new("L", (850, 1100), 255)
    page.paste(0, (100, 100, 130, 130))
    monkeypatch.setattr(orient, "likely_turn", lambda _: wrong)
    engine = OneWay()
    found = orient.read(page, engine, "eng")
    assert (found.turn, found.confidence) == (0, 95)
    assert engine.asked <= 4 + 1  # all four ways, and once more enlarged


class Nothing(OneWay):
    """An engine that reads nothing."""

    def read(self, image: Image.Image, language: str, psm: int = PSM_AUTO) -> tuple[Word, ...]:
        """No words."""
        assert image.width
        assert (language, psm) == ("eng", PSM_AUTO)
        return ()


@pytest.mark.parametrize("guess", [0, 90, 180])
def test_a_page_nothing_is_read_on_is_judged_as_it_lies(
    guess: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its turn and its ink are those of the page as scanned, whatever was guessed."""
    page = Image.new("L", (850, 1100), 255)
    page.paste(0, (300, 500, 500, 520))
    monkeypatch.setattr(orient, "likely_turn", lambda _: guess)
    found = orient.read(page, Nothing(), "eng")
    assert (found.turn, found.words, found.image.size) == (0, (), page.size)
