"""What a worker makes of a file and its pages: the shapes that cross from workers to the vault."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from vault.model.words import Box, Word


class Source(StrEnum):
    """Where the words of a reading come from."""

    TEXT = "text"  # the file's own text layer
    OCR = "ocr"
    CORRECTED = "corrected"  # another reading with words put right by a person
    NONE = "none"


class PageKind(StrEnum):
    """What a page is there for."""

    CONTENT = "content"
    BLANK = "blank"
    SEPARATOR = "separator"
    COVER = "cover"


class ByteSource(Protocol):
    """A file that can be read by ranges; nothing more of it is ever handed to a worker."""

    @property
    def size(self) -> int:
        """The length in bytes."""
        ...

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class InMemory:
    """Bytes held in memory, read by ranges: a ByteSource, itself and no other of the same bytes."""

    data: bytes

    @property
    def size(self) -> int:
        """The length in bytes."""
        return len(self.data)

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end."""
        return self.data[offset : offset + length]


@dataclass(frozen=True, slots=True)
class Probe:
    """What a file is: `pages` in it, or the `problem` (one clause, no file content) that stops us.

    `note` tells of something survived (a damaged file that was mended on opening).
    """

    media: str  # pdf, png, jpeg, tiff
    pages: int
    encrypted: bool = False
    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How pages are to be read: Tesseract language(s) such as `eng` or `eng+spa`, and engine.

    `turn` is the one way up to try, in degrees clockwise; None where the reader is to find it.
    """

    language: str = "eng"
    engine: str = "auto"  # auto, tesserocr, tesseract, pytesseract
    password: str = ""
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading a page.

    `turn` (degrees clockwise: 0, 90, 180, 270) and `skew` (degrees, positive clockwise) bring
    the page as the file shows it upright and straight; boxes are fractions of that page.
    `confidence` is the mean over the words, 0 to 100. `engine` names reader and version.
    """

    source: Source
    words: tuple[Word, ...]
    confidence: int
    engine: str = ""
    language: str = ""
    turn: int = 0
    skew: float = 0.0


@dataclass(frozen=True, slots=True)
class PageResult:
    """All that a worker found on one page.

    `readings` come best first and are empty where nothing could be read; `why` then says so
    in a clause without page content. `width` and `height` are the upright page in points
    (1/72 inch). `trust` is 0 to 100; `look` asks a person to look at the page, `why` says why.
    """

    page: int
    kind: PageKind
    readings: tuple[Reading, ...]
    width: float
    height: float
    trust: int
    look: bool = False
    why: str = ""
    read: bool = True


WHOLE_PAGE = Box(0, 0, 1, 1)


@dataclass(frozen=True, slots=True)
class View:
    """A part of an upright page to be drawn: `crop` scaled to at most `width` x `height` pixels.

    The picture keeps the page's proportions unless `stretch` is set (then it has exactly the
    size asked for). `mark` boxes are drawn as frames. `turn` and `skew` are the reading's.
    The boxes `masks` are black, with nothing left below; `stamp` is written across the picture.
    """

    page: int
    width: int
    height: int
    crop: Box = WHOLE_PAGE
    marks: tuple[Box, ...] = ()
    turn: int = 0
    skew: float = 0.0
    colour: bool = False
    stretch: bool = False
    masks: tuple[Box, ...] = ()
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """Raw pixels, row by row from the top: one byte a pixel (grey) or three (`colour`: RGB)."""

    width: int
    height: int
    pixels: bytes
    colour: bool = False

    def __post_init__(self) -> None:
        if len(self.pixels) != self.width * self.height * (3 if self.colour else 1):
            raise ValueError("a picture has exactly its pixels")
