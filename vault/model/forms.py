"""Provider forms: their fields, what goes into each, and what a filled one is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vault.model.words import Box

FIELDS = 5_000
PAGES = 200
OPTIONS = 200
NAME_CHARS = 200
"""Bounds of a form: what is beyond them is refused, or cut off where it is only a name."""

FILL_BYTES = 32 * 1024 * 1024
"""The largest form that is filled in, so that it crosses a pipe in one piece."""


class FieldKind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    CHECKBOX = "checkbox"
    RADIO = "radio"
    CHOICE = "choice"
    SIGNATURE = "signature"
    BUTTON = "button"


class FormKind(StrEnum):
    """What a form is for, told from its words."""

    OWN_ACCESS = "own_access"
    THIRD_PARTY = "third_party_authorization"
    INBOUND = "inbound"
    AMENDMENT = "amendment"
    OTHER = "other"


class Trap(StrEnum):
    """What a form asks for that a person should know of before signing it."""

    SSN = "ssn"
    WITNESS = "witness"
    NOTARY = "notary"
    WAIVER = "waiver"
    EXPIRY = "expiry"
    PURPOSE = "purpose"
    NO_ADDRESS = "no_return_address"
    FEE = "fee"
    OTHER_STATE = "other_state_law"
    PHOTO_ID = "photo_id"
    REVOCATION = "revocation"


@dataclass(frozen=True, slots=True)
class Warned:
    """A trap with the words that show it and their page (0 where it is something missing)."""

    trap: Trap
    page: int
    words: str


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a field: its page, its box on the upright page, its number in the file.

    `state` is the name a button has there when it is on, `on` whether it is on as it came,
    `label` the words beside it; a `bare` one has no look of its own, so one is drawn.
    """

    number: int
    page: int
    box: Box
    state: str = ""
    on: bool = False
    label: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form. `most` is the longest text it takes, 0 for any; `size` its font's points.

    `options` are the words a choice offers, `value` what it held as it came.
    """

    name: str
    kind: FieldKind
    spots: tuple[Spot, ...]
    tooltip: str = ""
    value: str = ""
    options: tuple[str, ...] = ()
    most: int = 0
    size: float = 0.0
    align: int = 0
    multiline: bool = False
    comb: bool = False
    read_only: bool = False
    secret: bool = False

    @property
    def label(self) -> str:
        """What the field is called where a person reads it."""
        return next((t for t in (self.tooltip, self.spots[0].label if self.spots else "") if t), "")

    @property
    def fillable(self) -> bool:
        """Whether this program may put anything into it."""
        shut = self.read_only or self.secret
        return not shut and self.kind not in (FieldKind.SIGNATURE, FieldKind.BUTTON)


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page of a form: its size upright in points, and the turn that brings it upright."""

    width: float
    height: float
    turn: int = 0


@dataclass(frozen=True, slots=True)
class FormShape:
    """What a form is made of, or the `problem` (a clause) that keeps it from being filled in.

    `notes` are sentences for the person: what had to be left away or is not done.
    """

    pages: tuple[FormPage, ...] = ()
    fields: tuple[FormField, ...] = ()
    problem: str = ""
    encrypted: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """Text put at a place of a page: left end of its baseline box, in fractions of the page."""

    page: int
    x: float
    y: float
    value: str
    width: float = 0.4


@dataclass(frozen=True, slots=True)
class FormMapping:
    """What goes where: a vocabulary name, `=fixed text` or `none` for a field or an option.

    An option of a radio group is `FIELD#2`. `placed` is text on the page itself.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    placed: tuple[Placed, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A provider's form as the vault keeps it, without its bytes."""

    id: str
    provider: str | None
    title: str
    kind: FormKind
    warnings: tuple[Warned, ...]
    shape: FormShape
    mapping: FormMapping
    made_at: str


@dataclass(frozen=True, slots=True)
class Inked:
    """Text to be printed into a box of an upright page, or a cross (`cross`) to be drawn there.

    `field` names it to the person. `cells` is the number of a comb's cells, `size` the font
    size to begin with in points.
    """

    field: str
    page: int
    box: Box
    text: str = ""
    size: float = 11.0
    align: int = 0
    cells: int = 0
    multiline: bool = False
    cross: bool = False


@dataclass(frozen=True, slots=True)
class Filling:
    """How a form is filled in: by what is printed on it and by what becomes of its own marks.

    `ink` goes on the pages. `on` are the numbers of the spots switched on, `off` of those
    switched off, `covered` of those whose own look ink takes the place of; all others stay.
    `turns` are the turns of the pages, by page.
    """

    ink: tuple[Inked, ...] = ()
    on: frozenset[int] = frozenset()
    off: frozenset[int] = frozenset()
    covered: frozenset[int] = frozenset()
    turns: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form: the PDF and its pages; `problem` says as a clause why there is none."""

    pdf: bytes
    pages: int
    problem: str = ""
