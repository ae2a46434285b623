"""The ID kit: documents that prove who somebody is or may act for, and each copy made of them."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from enum import StrEnum

from vault.errors import UsageError
from vault.model.words import Box

EXPIRY_DAYS = 60
"""So many days ahead the end of a document's validity is warned of."""
MOST_BYTES = 10 * 1024**2
MOST_PAGES = 60
MOST_MASKS = 100
_LEAST = 0.01
"""A box narrower or lower than this share of the page hides nothing: it is a slip."""
_HOW = "write it as PAGE:X,Y,W,H in percent of the page, as 1:10,25,40,5"


class DocumentKind(StrEnum):
    """What a document is."""

    PASSPORT = "passport"
    DRIVING_LICENCE = "driving_licence"
    STATE_ID = "state_id"
    BIRTH_CERTIFICATE = "birth_certificate"
    DEATH_CERTIFICATE = "death_certificate"
    POWER_OF_ATTORNEY = "power_of_attorney"
    LETTERS_TESTAMENTARY = "letters_testamentary"
    GUARDIANSHIP_ORDER = "guardianship_order"
    COURT_ORDER = "court_order"
    MARRIAGE_CERTIFICATE = "marriage_certificate"
    UTILITY_BILL = "utility_bill"
    INSURANCE_CARD = "insurance_card"
    SIGNATURE = "signature"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The kind as one would write it."""
        return {"state_id": "state ID"}.get(self.value, self.value.replace("_", " "))


class Validity(StrEnum):
    """Whether a document still counts."""

    OK = "ok"
    EXPIRES_SOON = "expires_soon"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Mask:
    """A box on a page (counted from 1) that is black on every masked copy."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Document:
    """A document as lists show it, without its bytes: `size` is how many it has.

    One of size 0 was deleted; it is kept as long as the log of its copies names it.
    """

    id: str
    person: str
    kind: DocumentKind
    title: str
    media: str
    size: int
    made_at: str
    expires_on: dt.date | None = None
    masks: tuple[Mask, ...] = ()

    @property
    def deleted(self) -> bool:
        """Whether only its name is left."""
        return not self.size


@dataclass(frozen=True, slots=True)
class Use:
    """One copy made of a document: for whom, for which request ("" for none), on which day."""

    document: str
    request: str
    recipient: str
    on: dt.date
    masked: bool


def validity(document: Document, today: dt.date) -> Validity:
    """Whether a document counts on `today`; on the day it expires it still does."""
    until = document.expires_on
    if until is None or today < until - dt.timedelta(days=EXPIRY_DAYS):
        return Validity.OK
    return Validity.EXPIRES_SOON if today <= until else Validity.EXPIRED


def expiry(document: Document, today: dt.date) -> str:
    """When a document expires or expired, in a few words; empty where it does not."""
    until = document.expires_on
    if until is None:
        return ""
    days = (until - today).days
    match validity(document, today):
        case Validity.EXPIRED:
            return f"expired on {until.isoformat()}"
        case Validity.EXPIRES_SOON:
            left = "today" if not days else f"in {days} day{'s' if days > 1 else ''}"
            return f"expires {left}, on {until.isoformat()}"
        case _:
            return f"valid until {until.isoformat()}"


def read_mask(text: str) -> Mask:
    """A mask typed as PAGE:X,Y,W,H, the box in percent of the page as it is shown.

    Raises UsageError, also for a box that leaves the page or is too small to hide anything.
    """
    page, _, sides = text.partition(":")
    try:
        number = int(page)
        left, top, wide, high = (float(part) / 100 for part in sides.split(","))
    except ValueError:
        raise UsageError("that is no box on a page", _HOW) from None
    right, bottom = left + wide, top + high
    if number < 1 or not all(map(math.isfinite, (left, top, wide, high))):
        raise UsageError("that is no box on a page", _HOW)
    if wide < _LEAST or high < _LEAST:
        raise UsageError("that box is too small to hide anything", _HOW)
    if min(left, top) < 0 or max(right, bottom) > 1.0001:
        raise UsageError("that box leaves the page", _HOW)
    return Mask(number, Box.clamped(left, top, right, bottom))


def mask_text(mask: Mask) -> str:
    """A mask as it would be typed."""
    box = mask.box
    parts = (box.left, box.top, box.right - box.left, box.bottom - box.top)
    return f"{mask.page}:{','.join(f'{round(part * 100, 2):g}' for part in parts)}"


def stamp(recipient: str, on: dt.date, request: str = "") -> str:
    """The words across a copy: for whom alone, for what, and when it was made."""
    parts = [f"for {recipient} only", f"request {request}" if request else "", on.isoformat()]
    return " · ".join(part for part in parts if part)
