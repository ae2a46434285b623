"""What the readers of all kinds of files have in common: sheets of pixels and text layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from vault.model.words import Word

MOST_DPI = 600
MOST_SIDE = 4400
MOST_PIXELS = 25_000_000
"""Bounds of a page as pixels: more helps no reader, and a page may claim any size."""


class Unreadable(Exception):
    """A file or page that cannot be read, with the reason as a clause without its content."""

    def __init__(self, clause: str, *, encrypted: bool = False) -> None:
        super().__init__(clause)
        self.clause = clause
        self.encrypted = encrypted


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as pixels, the way up the file shows it.

    `image` is grey (`L`) or `RGB`; `dpi` its resolution; `bilevel` where the source knows only
    black and white, as a fax does; `cut_off` where part of it could not be decoded.
    """

    image: Image.Image
    dpi: float
    bilevel: bool = False
    cut_off: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """A page's own words, and the share (0 to 1) of the page that pictures cover.

    The boxes are on the page after `turn` degrees clockwise, which bring the words upright.
    """

    words: tuple[Word, ...]
    pictures: float
    turn: int = 0


class Document(Protocol):
    """An open file whose pages, counted from 1, can be looked at."""

    @property
    def pages(self) -> int:
        """How many pages it has."""
        ...

    @property
    def encrypted(self) -> bool:
        """Whether it is locked, even where it has been opened."""
        ...

    @property
    def note(self) -> str:
        """What had to be mended to open it, as a clause."""
        ...

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page as shown, in points (1/72 inch)."""
        ...

    def sheet(self, page: int, *, colour: bool | None = False, dpi: float = MOST_DPI) -> Sheet:
        """The page as pixels, at its own resolution but at most `dpi`.

        `colour` None is RGB where its large pictures have colour, else grey.
        """
        ...

    def layer(self, page: int) -> Layer | None:
        """The page's own words, None where it has none."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


def clamp_dpi(dpi: float, width: float, height: float) -> float:
    """The resolution at which a page of so many points keeps within the bounds on pixels."""
    inches = max(width, height, 1.0) / 72
    area = max(width * height, 1.0) / 72**2
    return min(dpi, MOST_DPI, MOST_SIDE / inches, float((MOST_PIXELS / area) ** 0.5))
