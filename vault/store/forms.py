"""Providers' own forms in the vault, with what goes into their fields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from vault.errors import UnknownId
from vault.model.forms import (
    FieldKind,
    Form,
    FormField,
    FormKind,
    FormMapping,
    FormPage,
    FormShape,
    Placed,
    Spot,
    Trap,
    Warned,
)
from vault.model.words import Box
from vault.store.database import Db, Row

LETTER_KIND = "form"
"""What a filled form is among the letters."""

_SELECT = "SELECT id, provider, title, kind, warnings, fields, mapping, made_at FROM form"
_INSERT = """
INSERT INTO form (id, provider, title, print, kind, warnings, fields, mapping, data, made_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ASKER = """
SELECT authority.name, authority.relationship
FROM request JOIN authority ON authority.id = request.authority WHERE request.id = ?
"""


def add(db: Db, form: Form, print_: str, data: bytes) -> None:
    """Keep a form with its bytes; `print_` is the keyed print of them."""
    values = (
        form.id,
        form.provider,
        form.title,
        print_,
        form.kind.value,
        json.dumps([[w.trap.value, w.page, w.words] for w in form.warnings], ensure_ascii=False),
        json.dumps(_shape(form.shape), ensure_ascii=False),
        _mapping(form.mapping),
        data,
        form.made_at,
    )
    db.execute(_INSERT, values)


def keep_mapping(db: Db, id_: str, mapping: FormMapping) -> None:
    """Keep what goes into a form's fields."""
    db.execute("UPDATE form SET mapping = ? WHERE id = ?", (_mapping(mapping), id_))


def describe(db: Db, id_: str, title: str, provider: str | None) -> None:
    """Keep a form's title and whose it is."""
    db.execute("UPDATE form SET title = ?, provider = ? WHERE id = ?", (title, provider, id_))


def every(db: Db) -> tuple[Form, ...]:
    """All forms, newest first."""
    rows = db.execute(f"{_SELECT} ORDER BY made_at DESC, rowid DESC")
    return tuple(_from_row(row) for row in rows)


def get(db: Db, id_: str) -> Form:
    """The form with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("form", id_)
    return _from_row(row)


def same(db: Db, print_: str, data: bytes) -> Form | None:
    """The form with these very bytes, or None.

    A print is of the vault's key: where that was made anew, the bytes themselves tell.
    """
    row = db.execute(f"{_SELECT} WHERE print = ?", (print_,)).fetchone()
    if row is None:
        query = f"{_SELECT} WHERE length(data) = ? AND data = ?"
        row = db.execute(query, (len(data), data)).fetchone()
    return _from_row(row) if row else None


def data(db: Db, id_: str) -> bytes:
    """A form's bytes as they came; raises UnknownId."""
    row = db.execute("SELECT data FROM form WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("form", id_)
    return bytes(row[0])


def asker(db: Db, request: str) -> tuple[str, str] | None:
    """Name and relationship of the representative a request names, or None."""
    row = db.execute(_ASKER, (request,)).fetchone()
    return (str(row[0]), str(row[1])) if row else None


def third_party(db: Db, request: str) -> tuple[str, ...]:
    """The lines of the address a request has its records sent to; empty for the person's own."""
    row = db.execute("SELECT third_party FROM request WHERE id = ?", (request,)).fetchone()
    held = json.loads(row[0]) if row else []
    return tuple(str(line) for line in held) if isinstance(held, list) else ()


def is_filled(db: Db, letter: str) -> bool:
    """Whether a letter with exactly this id is a filled form."""
    query = "SELECT 1 FROM letter WHERE id = ? AND kind = ?"
    return db.execute(query, (letter, LETTER_KIND)).fetchone() is not None


def _from_row(row: Row) -> Form:
    return Form(
        id=row[0],
        provider=row[1],
        title=row[2],
        kind=FormKind(row[3]),
        warnings=tuple(Warned(Trap(t), page, words) for t, page, words in json.loads(row[4])),
        shape=_from_shape(json.loads(row[5])),
        mapping=_from_mapping(json.loads(row[6])),
        made_at=row[7],
    )


def _shape(shape: FormShape) -> Mapping[str, object]:
    return {
        "pages": [[p.width, p.height, p.turn] for p in shape.pages],
        "fields": [_field(field) for field in shape.fields],
        "encrypted": shape.encrypted,
        "notes": list(shape.notes),
    }


def _field(field: FormField) -> Mapping[str, object]:
    return {
        "name": field.name,
        "kind": field.kind.value,
        "spots": [_spot(s) for s in field.spots],
        "tooltip": field.tooltip,
        "value": field.value,
        "options": list(field.options),
        "numbers": [field.most, field.size, field.align],
        "flags": [field.multiline, field.comb, field.read_only, field.secret],
    }


def _spot(s: Spot) -> list[object]:
    box = [s.box.left, s.box.top, s.box.right, s.box.bottom]
    return [s.number, s.page, *box, s.state, s.on, s.label, s.bare]


def _from_shape(held: Mapping[str, Any]) -> FormShape:
    return FormShape(
        pages=tuple(FormPage(*page) for page in held["pages"]),
        fields=tuple(_from_field(field) for field in held["fields"]),
        encrypted=bool(held["encrypted"]),
        notes=tuple(str(note) for note in held["notes"]),
    )


def _from_field(held: Mapping[str, Any]) -> FormField:
    most, size, align = held["numbers"]
    multiline, comb, read_only, secret = held["flags"]
    return FormField(
        name=held["name"],
        kind=FieldKind(held["kind"]),
        spots=tuple(
            Spot(s[0], s[1], Box(*s[2:6]), s[6], s[7], s[8], bare=s[9]) for s in held["spots"]
        ),
        tooltip=held["tooltip"],
        value=held["value"],
        options=tuple(held["options"]),
        most=most,
        size=size,
        align=align,
        multiline=multiline,
        comb=comb,
        read_only=read_only,
        secret=secret,
    )


def _mapping(mapping: FormMapping) -> str:
    placed = [[p.page, p.x, p.y, p.value, p.width] for p in mapping.placed]
    held = {"fields": dict(mapping.fields), "placed": placed, "confirmed": mapping.confirmed}
    return json.dumps(held, ensure_ascii=False)


def _from_mapping(held: Mapping[str, Any]) -> FormMapping:
    return FormMapping(
        fields=dict(held.get("fields", {})),
        placed=tuple(Placed(*item) for item in held.get("placed", [])),
        confirmed=bool(held.get("confirmed", False)),
    )
