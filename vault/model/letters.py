"""Letters: what one says, ready to be typeset."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault.model.reading import Picture


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A marked picture of the part of a page a point is about; `alt` tells it in words."""

    picture: Picture
    alt: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A typeset letter as the vault keeps it: a PDF, its kind, and its words as plain text."""

    id: str
    subject: str
    kind: str
    made_at: str
    pages: int
    pdf: bytes
    words: str = ""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What the typesetter is given: a template, its data and the day the PDF is dated.

    `source` is the template as it stands in its file; it finds `data`, JSON in UTF-8, under
    `name` among its inputs.
    """

    name: str
    source: bytes
    data: bytes
    on: dt.date


@dataclass(frozen=True, slots=True)
class Typeset:
    """A letter as PDF/UA-1 and its number of pages.

    Where it could not be made, `pdf` is empty; `missing` then holds the code points no font at
    hand can print, and is empty where the template is at fault. `unfit` are the numbers of the
    texts that are too long for their place on a form.
    """

    pdf: bytes
    pages: int
    missing: tuple[int, ...] = ()
    unfit: tuple[int, ...] = ()
