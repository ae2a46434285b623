"""Which field most likely takes what, told from names, tooltips and the words beside fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from vault.forms.amending_signs import AMENDING_TEXTS, AMENDING_TICKS
from vault.forms.sections import Section, sections
from vault.forms.signs import CHOICES, LEAVE, TEXTS, TICKS, Signs
from vault.model.forms import FieldKind, FormField, FormKind, Spot
from vault.model.formwords import NOTHING, Slot
from vault.model.words import Word

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)")
_SIGNS = re.compile(r"[\W_]+")
_INDEX = re.compile(r"\[\d+\]")

_OF_PROVIDER = {
    Slot.PATIENT_NAME: Slot.PROVIDER_NAME,
    Slot.RECIPIENT_NAME: Slot.PROVIDER_NAME,
    Slot.ADDRESS: Slot.PROVIDER_ADDRESS,
    Slot.STREET: Slot.PROVIDER_ADDRESS,
    Slot.PHONE: Slot.PROVIDER_PHONE,
    Slot.RECIPIENT_FAX: Slot.PROVIDER_FAX,
}
_OF_RECIPIENT = {
    Slot.PATIENT_NAME: Slot.RECIPIENT_NAME,
    Slot.PROVIDER_NAME: Slot.RECIPIENT_NAME,
    Slot.ADDRESS: Slot.RECIPIENT_ADDRESS,
    Slot.STREET: Slot.RECIPIENT_STREET,
    Slot.CITY: Slot.RECIPIENT_CITY,
    Slot.STATE: Slot.RECIPIENT_STATE,
    Slot.ZIP: Slot.RECIPIENT_ZIP,
    Slot.CITY_STATE_ZIP: Slot.RECIPIENT_CITY_STATE_ZIP,
    Slot.PHONE: Slot.RECIPIENT_PHONE,
    Slot.EMAIL: Slot.RECIPIENT_EMAIL,
}
_OF_REPRESENTATIVE = {Slot.PATIENT_NAME: Slot.REPRESENTATIVE_NAME}
_VARIANTS: Mapping[Section, Mapping[Slot, Slot]] = {
    Section.PROVIDER: _OF_PROVIDER,
    Section.RECIPIENT: _OF_RECIPIENT,
    Section.REPRESENTATIVE: _OF_REPRESENTATIVE,
    Section.PATIENT: {},
}
_TOWNS = (
    (Slot.ADDRESS, Slot.STREET, {Slot.CITY, Slot.ZIP, Slot.CITY_STATE_ZIP}),
    (
        Slot.RECIPIENT_ADDRESS,
        Slot.RECIPIENT_STREET,
        {Slot.RECIPIENT_CITY, Slot.RECIPIENT_ZIP, Slot.RECIPIENT_CITY_STATE_ZIP},
    ),
)
_NOT_OF_PROVIDER = frozenset({Slot.CITY, Slot.STATE, Slot.ZIP, Slot.CITY_STATE_ZIP, Slot.EMAIL})
_NOT_OF_REPRESENTATIVE = _NOT_OF_PROVIDER | {Slot.ADDRESS, Slot.STREET, Slot.PHONE}


def option(field: str, number: int) -> str:
    """The name that an option of a radio group is mapped by, counted from 1."""
    return f"{field}#{number}"


def suggest(
    fields: Sequence[FormField],
    words: Mapping[int, Sequence[Word]],
    kind: FormKind = FormKind.OTHER,
) -> dict[str, str]:
    """What each field that can be filled in most likely takes; what is not known is left out.

    What the form held already, a signature and its date, and a social security number are
    `none`: they stay as they are. A form of the `kind` for amendments has words of its own.
    """
    found: dict[str, str] = {}
    amends = kind is FormKind.AMENDMENT
    ticks, heads = AMENDING_TICKS if amends else TICKS, sections(words, amends=amends)
    for field in fields:
        if not field.fillable or not field.spots:
            continue
        if field.kind is FieldKind.RADIO:
            found |= _options(field, ticks)
        elif field.value or _said(field, LEAVE):
            found[field.name] = NOTHING
        elif field.kind is FieldKind.CHECKBOX:
            found |= _tick(field, ticks)
        else:
            found |= _text(field, heads.of(field.spots[0]), AMENDING_TEXTS if amends else TEXTS)
    return _street_alone(_told_once(found) if amends else found)


def _told_once(found: dict[str, str]) -> dict[str, str]:
    """Of rows that each take one to be told of an amendment, the first takes all of them."""
    seen: set[str] = set()
    kept = {}
    for name, value in found.items():
        if value in _OF_RECIPIENT.values() and value in seen:
            continue
        seen.add(value)
        kept[name] = value
    return kept


def _street_alone(found: dict[str, str]) -> dict[str, str]:
    """Where town or code have fields of their own, the address is the street alone."""
    alone: dict[str, str] = {
        whole: part for whole, part, town in _TOWNS if town & set(found.values())
    }
    return {name: alone.get(value, value) for name, value in found.items()}


def _texts(field: FormField, spot: Spot) -> tuple[str, ...]:
    """What tells of a field, the words a person reads first."""
    return tuple(plain(t) for t in (field.tooltip, spot.label, field.name) if t)


def plain(text: str) -> str:
    """A name as words: `topmost[0].PatientName_2` reads `topmost patient name 2`."""
    parts = _SIGNS.sub(" ", _CAMEL.sub(" ", _INDEX.sub(" ", text)))
    return parts.lower().strip()


def _said(field: FormField, sign: re.Pattern[str]) -> bool:
    return any(sign.search(text) for text in _texts(field, field.spots[0]))


def _first(texts: Sequence[str], signs: Sequence[tuple[str, re.Pattern[str]]]) -> str:
    return next((name for text in texts for name, sign in signs if sign.search(text)), "")


def _tick(field: FormField, ticks: Signs) -> dict[str, str]:
    tick = _first(_texts(field, field.spots[0]), ticks)
    return {field.name: tick} if tick else {}


def _options(field: FormField, ticks: Signs) -> dict[str, str]:
    found = {}
    for number, spot in enumerate(field.spots, 1):
        shown = field.options[number - 1] if number <= len(field.options) else ""
        texts = [plain(t) for t in (spot.label, shown, spot.state) if t]
        tick = _first(texts, ticks)
        if tick and not any(LEAVE.search(text) for text in texts):
            found[option(field.name, number)] = tick
    return found


def _text(field: FormField, section: Section, texts: Signs) -> dict[str, str]:
    signs = CHOICES if field.kind is FieldKind.CHOICE else texts
    name = _first(_texts(field, field.spots[0]), signs)
    if not name:
        return {}
    slot = Slot(name)
    if section is Section.PROVIDER and slot in _NOT_OF_PROVIDER:
        return {}
    if section is Section.REPRESENTATIVE and slot in _NOT_OF_REPRESENTATIVE:
        return {}
    return {field.name: _VARIANTS[section].get(slot, slot)}
