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
class Point:
    """One numbered point of a correction letter.

    `record` is how the record is called, `entry_date` and `author` its printed date and author
    where known, `page` the page (None for the whole record), `quote` the exact words.
    """

    record: str
    page: int | None
    quote: str
    wrong: str
    should_say: str
    why: str
    entry_date: str = ""
    author: str = ""
    excerpt: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class RuleNote:
    """A deadline as a letter states it: days, the due date where one runs, and the citation.

    `id` is the rule's own id. `extension` is what a notice of delay has to hold;
    `extension_days` is the most it may add, `extended` the most there may be in all, in `unit`
    (None where the rule names no number). `compared` is set where the rule does not bind the
    holder, `soft` where its time is guidance rather than a limit; `basis` is then the law.
    """

    days: int
    unit: str  # "days", "business days", "month"
    cite: str
    extension: str = ""
    extension_days: int | None = None
    extended: int | None = None
    id: str = ""
    compared: bool = False
    soft: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionLetter:
    """Everything a correction letter says. Lines of addresses are as on an envelope.

    `paper` is `us-letter` or `a4`.
    """

    reference: str
    on: dt.date
    to: tuple[str, ...]
    patient: str
    born: dt.date
    former_names: tuple[str, ...]
    mrn: str
    sender: tuple[str, ...]
    points: tuple[Point, ...]
    tell: tuple[str, ...]
    rule: RuleNote
    hipaa: bool
    enclosures: tuple[str, ...]
    paper: str = "us-letter"


@dataclass(frozen=True, slots=True)
class Letter:
    """A typeset letter as the vault keeps it: a PDF and the sentence that names it."""

    id: str
    subject: str
    kind: str
    made_at: str
    pages: int
    pdf: bytes


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
