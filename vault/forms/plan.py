"""How one form is filled in for one request: what is printed where, and which boxes are ticked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from vault.errors import VaultError
from vault.forms.suggest import option
from vault.forms.values import Subject, say, ticked
from vault.model.forms import (
    FieldKind,
    Filling,
    FormField,
    FormMapping,
    FormShape,
    Inked,
    Placed,
    Spot,
)
from vault.model.formwords import FIXED, NOTHING, TEXTS, TICKS, Slot
from vault.model.words import Box

_TALL = 15.0  # points: the height of a line of text put on a page
_OFF_WORDS = frozenset({"", "no", "off", "false", "0"})
_NOT_IN_CODE = re.compile(r"[^\w]+")
_WANTS_ALL = "wants_all"
_CROSS = "X"


class TooLong(VaultError):
    """Text with more characters than a field takes."""

    def __init__(self, field: str, most: int) -> None:
        self.field = field
        super().__init__(
            f"the text does not fit the field {field!r}, which takes {most} characters",
            "give a shorter text with chartmend form map, or leave the field with FIELD=none",
        )


class NotOffered(VaultError):
    """A choice that a field does not offer."""

    def __init__(self, field: str, options: tuple[str, ...]) -> None:
        self.field = field
        offered = ", ".join(options[:8]) or "nothing"
        super().__init__(
            f"the field {field!r} does not offer what was to go into it; it offers: {offered}",
            "chartmend form map FORM FIELD==OPTION chooses one, FIELD=none leaves it",
        )


@dataclass(slots=True)
class _Plan:
    """What is gathered field by field."""

    ink: list[Inked]
    on: set[int]
    off: set[int]
    covered: set[int]


def plan(shape: FormShape, mapping: FormMapping, subject: Subject) -> Filling:
    """How a form is filled in; what nobody knows, and what is mapped to `none`, stays empty.

    Raises TooLong and NotOffered with the name of the field.
    """
    if _WANTS_ALL not in mapping.fields.values():
        subject = replace(subject, each=True)
    made = _Plan([], set(), set(), set())
    for field in shape.fields:
        if field.spots:
            _FILL.get(field.kind, _left)(field, mapping.fields, subject, made)
    ink = (*made.ink, *_placed(shape, mapping, subject))
    turns = {n: page.turn for n, page in enumerate(shape.pages, 1) if page.turn}
    return Filling(ink, frozenset(made.on), frozenset(made.off), frozenset(made.covered), turns)


def text_of(value: str, subject: Subject) -> str:
    """The text that a mapping's value stands for; a tick is a cross, `none` is empty."""
    if value.startswith(FIXED):
        return value.removeprefix(FIXED)
    if value in TEXTS:
        return say(Slot(value), subject)
    return _CROSS if value in TICKS and ticked(value, subject) else ""


def is_on(value: str, subject: Subject) -> bool:
    """Whether a box with this value is ticked; a fixed text ticks it unless it says no."""
    if value.startswith(FIXED):
        return value.removeprefix(FIXED).strip().lower() not in _OFF_WORDS
    return value in TICKS and ticked(value, subject)


def _left(_field: FormField, _fields: Mapping[str, str], _subject: Subject, _made: _Plan) -> None:
    """Signatures and buttons are no program's to fill in."""


def _text(field: FormField, fields: Mapping[str, str], subject: Subject, made: _Plan) -> None:
    value = fields.get(field.name, NOTHING) if field.fillable else NOTHING
    text = text_of(value, subject).strip() if value != NOTHING else ""
    if not field.multiline:
        text = _one_line(text)
    if field.kind is FieldKind.CHOICE and text:
        text = _offered(field, text)
    if text:
        text = _within(field, text)
    for spot in field.spots:
        if text or (spot.bare and field.value):
            made.ink.append(_inked(field, spot, text or field.value))
            made.covered.add(spot.number)


def _one_line(text: str) -> str:
    return ", ".join(text.splitlines())


def _offered(field: FormField, text: str) -> str:
    """The option that is meant; raises NotOffered for none."""
    want = text.casefold()
    exact = [o for o in field.options if o.casefold() == want]
    words = [o for o in field.options if want in o.casefold() or o.casefold() in want]
    found = exact or [o for o in words if o]
    if not found:
        raise NotOffered(field.name, field.options)
    return found[0]


def _within(field: FormField, text: str) -> str:
    """The text as short as the field takes it: a date or a number may go without its signs."""
    if not field.most or len(text) <= field.most:
        return _NOT_IN_CODE.sub("", text) if field.comb and _is_code(text) else text
    bare = _NOT_IN_CODE.sub("", text)
    if _is_code(text) and len(bare) <= field.most:
        return bare
    raise TooLong(field.name, field.most)


def _is_code(text: str) -> bool:
    """Whether a text is a date or a number, which are read as well without their signs."""
    return any(c.isdigit() for c in text) and not any(c.isalpha() for c in text)


def _inked(field: FormField, spot: Spot, text: str) -> Inked:
    cells = field.most if field.comb else 0
    return Inked(
        field.name, spot.page, spot.box, text, field.size, field.align, cells, field.multiline
    )


def _checkbox(field: FormField, fields: Mapping[str, str], subject: Subject, made: _Plan) -> None:
    value = fields.get(field.name, NOTHING) if field.fillable else NOTHING
    for spot in field.spots:
        on = spot.on if value == NOTHING else is_on(value, subject)
        _set(field, spot, made, on=on)


def _radio(field: FormField, fields: Mapping[str, str], subject: Subject, made: _Plan) -> None:
    chosen = _chosen(field, fields, subject) if field.fillable else None
    states = {spot.state for spot in field.spots}
    for number, spot in enumerate(field.spots, 1):
        if chosen is None:
            on = spot.on
        elif len(states) == len(field.spots):
            on = number == chosen
        else:  # buttons of one state go on and off together
            on = spot.state == field.spots[chosen - 1].state
        _set(field, spot, made, on=on)


def _chosen(field: FormField, fields: Mapping[str, str], subject: Subject) -> int | None:
    """The number of the option to choose, None to leave the group as it is."""
    for number in range(1, len(field.spots) + 1):
        value = fields.get(option(field.name, number), NOTHING)
        if value != NOTHING and is_on(value, subject):
            return number
    value = fields.get(field.name, NOTHING)
    text = text_of(value, subject).strip().casefold() if value != NOTHING else ""
    if not text:
        return None
    for number, spot in enumerate(field.spots, 1):
        shown = field.options[number - 1] if number <= len(field.options) else ""
        if text in {spot.state.casefold(), spot.label.casefold(), shown.casefold()}:
            return number
    raise NotOffered(field.name, tuple(s.label or s.state for s in field.spots))


def _set(field: FormField, spot: Spot, made: _Plan, *, on: bool) -> None:
    (made.on if on else made.off).add(spot.number)
    if on and spot.bare:
        made.ink.append(Inked(field.name, spot.page, spot.box, cross=True))
        made.covered.add(spot.number)


def _placed(shape: FormShape, mapping: FormMapping, subject: Subject) -> Iterator[Inked]:
    for placed in mapping.placed:
        if not 1 <= placed.page <= len(shape.pages):
            continue
        text = _one_line(text_of(placed.value, subject).strip())
        if text:
            yield _at(placed, text, shape)


def name_of(placed: Placed) -> str:
    """What text put on a page is called where it does not fit."""
    return f"page {placed.page}, {placed.x:.2f} {placed.y:.2f}"


def _at(placed: Placed, text: str, shape: FormShape) -> Inked:
    page = shape.pages[placed.page - 1]
    high = _TALL / page.height
    box = Box.clamped(placed.x, placed.y - high, placed.x + placed.width, placed.y)
    return Inked(name_of(placed), placed.page, box, text)


_Fill = Callable[[FormField, Mapping[str, str], Subject, _Plan], None]
_FILL: Mapping[FieldKind, _Fill] = {
    FieldKind.TEXT: _text,
    FieldKind.CHOICE: _text,
    FieldKind.CHECKBOX: _checkbox,
    FieldKind.RADIO: _radio,
}
