"""What is said of PDF forms: what a worker found in one, and how one is to be filled in."""

from __future__ import annotations

from vault.errors import WorkerFailed
from vault.model.forms import (
    FIELDS,
    FILL_BYTES,
    NAME_CHARS,
    OPTIONS,
    PAGES,
    FieldKind,
    Filled,
    Filling,
    FormField,
    FormPage,
    FormShape,
    Inked,
    Spot,
)
from vault.model.words import Box
from vault.workers import checks
from vault.workers.checks import Json

_VALUE_CHARS = 4000
_SIDE = 1e6  # points
_NOTES = 10
_NOWHERE = Box(0, 0, 0, 0)


def _sides(box: Box) -> list[float]:
    return [round(side, 5) for side in (box.left, box.top, box.right, box.bottom)]


def _box(value: object) -> Box:
    sides = [checks.real(side, 0, 1) for side in checks.items(value, 4)]
    try:
        return Box(*sides)
    except (TypeError, ValueError) as error:
        raise WorkerFailed("it sent a box outside the page") from error


def encode_shape(shape: FormShape) -> Json:
    """What a form is made of, as a message."""
    return {
        "pages": [[page.width, page.height] for page in shape.pages],
        "fields": [_field(field) for field in shape.fields],
        "problem": shape.problem,
        "encrypted": shape.encrypted,
        "notes": list(shape.notes),
    }


def _field(field: FormField) -> Json:
    return {
        "name": field.name,
        "kind": field.kind.value,
        "spots": [[s.number, s.page, *_sides(s.box), s.state, s.on, s.bare] for s in field.spots],
        "tooltip": field.tooltip,
        "value": field.value,
        "options": list(field.options),
        "most": min(field.most, 100_000),
        "size": field.size,
        "align": field.align,
        "multiline": field.multiline,
        "comb": field.comb,
        "read_only": field.read_only,
        "secret": field.secret,
    }


def decode_shape(value: object) -> FormShape:
    """The checked answer to looking into a form; raises WorkerFailed for a wrong one."""
    message = checks.an_object(value)
    pages = tuple(_page(item) for item in checks.items(message.get("pages"), PAGES))
    fields = tuple(
        _decode_field(item, len(pages)) for item in checks.items(message.get("fields"), FIELDS)
    )
    if len({field.name for field in fields}) != len(fields):
        raise WorkerFailed("it sent a field twice")
    return FormShape(
        pages,
        fields,
        checks.text(message.get("problem")),
        checks.flag(message.get("encrypted")),
        tuple(checks.text(item) for item in checks.items(message.get("notes"), _NOTES)),
    )


def _page(value: object) -> FormPage:
    sides = checks.items(value, 2)
    if len(sides) != 2:
        raise WorkerFailed("it sent a page without its size")
    return FormPage(checks.real(sides[0], 1, _SIDE), checks.real(sides[1], 1, _SIDE))


def _decode_field(value: object, pages: int) -> FormField:
    message = checks.an_object(value)
    return FormField(
        name=checks.text(message.get("name"), NAME_CHARS) or "unnamed",
        kind=checks.one_of(FieldKind, message.get("kind")),
        spots=tuple(_spot(item, pages) for item in checks.items(message.get("spots"), FIELDS)),
        tooltip=checks.text(message.get("tooltip"), NAME_CHARS),
        value=checks.text(message.get("value"), _VALUE_CHARS),
        options=tuple(
            checks.text(item, NAME_CHARS) for item in checks.items(message.get("options"), OPTIONS)
        ),
        most=checks.whole(message.get("most"), 0, 100_000),
        size=checks.real(message.get("size"), 0, 72),
        align=checks.whole(message.get("align"), 0, 2),
        multiline=checks.flag(message.get("multiline")),
        comb=checks.flag(message.get("comb")),
        read_only=checks.flag(message.get("read_only")),
        secret=checks.flag(message.get("secret")),
    )


def _spot(value: object, pages: int) -> Spot:
    parts = checks.items(value, 9)
    if len(parts) != 9:
        raise WorkerFailed("it sent a place with parts missing")
    return Spot(
        checks.whole(parts[0], 1, FIELDS),
        checks.whole(parts[1], 1, pages),
        _box(parts[2:6]),
        checks.text(parts[6], NAME_CHARS),
        checks.flag(parts[7]),
        bare=checks.flag(parts[8]),
    )


def encode_filling(filling: Filling) -> Json:
    """What a worker has to know of a filling: not the texts, which are on the overlay."""
    return {
        "pages": sorted({ink.page for ink in filling.ink}),
        "on": sorted(filling.on),
        "off": sorted(filling.off),
        "covered": sorted(filling.covered),
        "turns": [[page, turn] for page, turn in sorted(filling.turns.items())],
    }


def decode_filling(value: object) -> Filling:
    """The filling in a message; its ink holds only the pages that get any."""
    message = checks.an_object(value)
    pages = [checks.whole(p, 1, PAGES) for p in checks.items(message.get("pages"), PAGES)]
    pairs = [checks.items(pair, 2) for pair in checks.items(message.get("turns"), PAGES)]
    return Filling(
        ink=tuple(Inked("", page, _NOWHERE) for page in pages),
        on=_numbers(message.get("on")),
        off=_numbers(message.get("off")),
        covered=_numbers(message.get("covered")),
        turns={checks.whole(p, 1, PAGES): checks.whole(t, 0, 270) for p, t in pairs},
    )


def _numbers(value: object) -> frozenset[int]:
    return frozenset(checks.whole(item, 1, FIELDS) for item in checks.items(value, FIELDS))


def decode_filled(value: object, pdf: bytes) -> Filled:
    """The checked answer to filling in a form; raises WorkerFailed for a wrong one."""
    pages = checks.whole(checks.an_object(value).get("pages"), 1, PAGES)
    if not pdf.startswith(b"%PDF-") or len(pdf) > FILL_BYTES + (4 << 20):
        raise WorkerFailed("it sent a form that is none")
    return Filled(pdf, pages)
