"""Providers' own PDF forms: taking one in, and what goes into which field."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vault import dates, ids
from vault.actions import passwords
from vault.actions.session import Session
from vault.errors import CannotRead, UnusableForm, UsageError
from vault.forms.classify import classify
from vault.forms.labels import labelled
from vault.forms.suggest import option
from vault.forms.suggest import suggest as suggested
from vault.forms.traps import traps
from vault.model.forms import (
    FILL_BYTES,
    FieldKind,
    Form,
    FormField,
    FormMapping,
    FormShape,
    Placed,
)
from vault.model.formwords import FIXED, NOTHING, TEXTS, TICKS
from vault.model.reading import InMemory, ReadOptions
from vault.model.words import Box, Word
from vault.safetext import safe, safe_file_name, safe_line
from vault.store import files, forms, lookup, providers
from vault.store.database import Db

_READ_PAGES = 10
"""So many pages of a form are read for labels and warnings; forms are rarely longer than four."""
_LOCKED = "give its password with --password-file FILE"
_PLACED = 500
_FIXED_CHARS = 2000

Words = Mapping[int, Sequence[Word]]


@dataclass(frozen=True, slots=True)
class Found:
    """A form looked into and not kept: what it is made of and what its pages say."""

    shape: FormShape
    words: Words


def inspect(s: Session, data: bytes, password: str = "") -> Found:
    """Look into a form and read its pages, in workers; its fields get their labels.

    What keeps it from being filled in is in the shape's `problem`.
    """
    source = InMemory(data)
    shape = s.pool.look_into_form(source, password).result()
    if shape.problem:
        return Found(shape, {})
    options = ReadOptions(password=password)
    numbers = range(1, min(len(shape.pages), _READ_PAGES) + 1)
    jobs = {n: s.pool.read_page(source, "pdf", n, options) for n in numbers}
    words: dict[int, Sequence[Word]] = {}
    turns: dict[int, int] = {}
    for number, job in jobs.items():
        readings = job.result().readings
        words[number] = readings[0].words if readings else ()
        turns[number] = readings[0].turn if readings and readings[0].words else 0
    upright = _upright(shape, turns)
    return Found(replace(upright, fields=labelled(upright.fields, words)), words)


def _upright(shape: FormShape, turns: Mapping[int, int]) -> FormShape:
    """The shape with pages and boxes turned the way their words are read."""
    if not any(turns.values()):
        return shape
    pages = []
    for number, page in enumerate(shape.pages, 1):
        turn = turns.get(number, 0)
        sides = (page.height, page.width) if turn % 180 else (page.width, page.height)
        pages.append(replace(page, width=sides[0], height=sides[1], turn=turn))
    fields = tuple(
        replace(
            field,
            spots=tuple(
                replace(s, box=_turned(s.box, turns.get(s.page, 0) // 90)) for s in field.spots
            ),
        )
        for field in shape.fields
    )
    return replace(shape, pages=tuple(pages), fields=fields)


def _turned(box: Box, quarters: int) -> Box:
    sides = (box.left, box.top, box.right, box.bottom)
    for _ in range(quarters):
        sides = (1 - sides[3], sides[0], 1 - sides[1], sides[2])
    return Box.clamped(*sides)


def read_file(path: Path) -> bytes:
    """The bytes of a PDF; raises UnusableForm for another kind of file, CannotRead."""
    name = safe_file_name(path.name)
    try:
        with path.open("rb") as file:
            data = file.read(FILL_BYTES + 1)
    except OSError as error:
        raise CannotRead(str(path), files.reason(error)) from None
    if b"%PDF-" not in data[:1024]:
        raise UnusableForm(name, "it is not a PDF")
    if len(data) > FILL_BYTES:
        raise UnusableForm(name, f"it is larger than {FILL_BYTES >> 20} MiB")
    return data


def add(
    s: Session, path: Path, *, provider: str | None = None, title: str = "", password: str = ""
) -> Form:
    """Take in a provider's form, with a suggestion of what goes where.

    A form that is there already, byte by byte, is not looked into again: it keeps its mapping,
    and gets the provider or title given. Raises UnusableForm with the reason.
    """
    data = read_file(path)
    print_, _size = s.vault.originals.identify(io.BytesIO(data))
    name = safe_line(title, 200) or safe_file_name(path.name)
    held = forms.same(s.vault.read(), print_, data)
    if held is not None:
        return _again(s, held, provider, safe_line(title, 200))
    found = inspect(s, data, password)
    if found.shape.problem:
        locked = found.shape.encrypted and not password
        raise UnusableForm(name, found.shape.problem, _LOCKED if locked else "")
    with s.vault.write("form.added") as db:
        whose = lookup.resolve(db, "provider", provider) if provider else None
        kind = classify(found.words)
        form = Form(
            id=ids.new("form"),
            provider=whose,
            title=name,
            kind=kind,
            warnings=traps(found.words, _place(db, whose)),
            shape=found.shape,
            mapping=FormMapping(suggested(found.shape.fields, found.words, kind)),
            made_at=dates.now(),
        )
        forms.add(db, form, print_, data)
        if password:
            passwords.keep(db, form.id, password)
    return form


def _again(s: Session, held: Form, provider: str | None, title: str) -> Form:
    if not (provider or title):
        return held
    with s.vault.write("form.described", held.id) as db:
        whose = lookup.resolve(db, "provider", provider) if provider else held.provider
        forms.describe(db, held.id, title or held.title, whose)
        return forms.get(db, held.id)


def _place(db: Db, provider: str | None) -> str:
    return providers.get(db, provider).jurisdiction if provider else ""


def every(s: Session) -> tuple[Form, ...]:
    """All forms, newest first."""
    return forms.every(s.vault.read())


def get(s: Session, given: str) -> Form:
    """The form an id begins."""
    db = s.vault.read()
    return forms.get(db, lookup.resolve(db, "form", given))


def suggest(s: Session, given: str) -> Mapping[str, str]:
    """What each field of a form most likely takes, told anew from its names and words."""
    db = s.vault.read()
    form = get(s, given)
    found = inspect(s, forms.data(db, form.id), passwords.of(db, form.id))
    return suggested(found.shape.fields, found.words, form.kind)


def map_field(s: Session, given: str, field: str, value: str) -> Form:
    """Say what goes into a field: a vocabulary name, `=text`, or `none`.

    `field` is its name or its number in the form; an option of a group is `FIELD#2`. Raises
    UsageError where there is no such field, or it takes no such thing.
    """
    return map_fields(s, given, ((field, value),))


def map_fields(s: Session, given: str, pairs: Sequence[tuple[str, str]]) -> Form:
    """As `map_field`, for several fields at once: all of them or none."""
    with s.vault.write("form.mapped") as db:
        form = forms.get(db, lookup.resolve(db, "form", given))
        fields = dict(form.mapping.fields)
        for target, value in pairs:
            field, number = find_field(form, target)
            key = option(field.name, number) if number else field.name
            fields[key] = _checked(field, number, value)
        mapping = replace(form.mapping, fields=fields, confirmed=True)
        forms.keep_mapping(db, form.id, mapping)
        return replace(form, mapping=mapping)


def confirm(s: Session, given: str) -> Form:
    """Note that a person has looked over what goes where, and found it right."""
    return map_fields(s, given, ())


def find_field(form: Form, target: str) -> tuple[FormField, int]:
    """The field a name or number means, and the number of the option meant (0 for none)."""
    base, sign, tail = target.rpartition("#")
    for name, number in ((target, 0), (base, int(tail) if sign and tail.isdecimal() else 0)):
        field = _named(form, name) if name else None
        if field is None or (name is base and not 1 <= number <= len(field.spots)):
            continue
        if number == 0 or field.kind is FieldKind.RADIO:
            return field, number
    shown = safe_line(target, 60)
    raise UsageError(f"the form has no field {shown!r}", f"chartmend form show {form.id}")


def _named(form: Form, name: str) -> FormField | None:
    fields = form.shape.fields
    exact = [f for f in fields if f.name == name]
    loose = exact or [f for f in fields if f.name.casefold() == name.casefold()]
    if len(loose) == 1:
        return loose[0]
    if name.isdecimal() and 1 <= int(name) <= len(fields):
        return fields[int(name) - 1]
    return None


def _checked(field: FormField, number: int, value: str) -> str:
    """A mapping's value made safe; raises UsageError where the field takes no such thing."""
    if not field.fillable:
        raise UsageError(
            f"nothing is put into the field {field.name!r}: it is {_shut(field)}",
            "signatures are left for the pen",
        )
    value = value.strip()
    if value.startswith(FIXED):
        return safe(value, _FIXED_CHARS)
    box = field.kind is FieldKind.CHECKBOX or number > 0
    known = TICKS if box else TEXTS | TICKS
    if value not in known | {NOTHING}:
        what = "ticks for boxes" if box else "names of what goes into a field"
        raise UsageError(
            f"{safe_line(value, 40)!r} is none of the {what}",
            f"=TEXT puts in your own words, none leaves it; or one of: {' '.join(sorted(known))}",
        )
    return value


def _shut(field: FormField) -> str:
    if field.kind in (FieldKind.SIGNATURE, FieldKind.BUTTON):
        return f"a {field.kind.value}"
    return "a password" if field.secret else "read-only or hidden"


def place_text(s: Session, given: str, placed: Placed) -> Form:
    """Have text put on a page: its left end and the line it stands on, as fractions of the page.

    Said again for the same place it replaces what was there; the value `none` takes it away.
    Raises UsageError for a place outside the form.
    """
    with s.vault.write("form.mapped") as db:
        form = forms.get(db, lookup.resolve(db, "form", given))
        value = _checked_place(form, placed)
        others = [p for p in form.mapping.placed if not _same_place(p, placed)]
        if len(others) >= _PLACED:
            raise UsageError(f"a form takes at most {_PLACED} texts on its pages", "take some away")
        new = [] if value == NOTHING else [replace(placed, value=value)]
        mapping = replace(form.mapping, placed=(*others, *new), confirmed=True)
        forms.keep_mapping(db, form.id, mapping)
        return replace(form, mapping=mapping)


def _same_place(one: Placed, two: Placed) -> bool:
    return one.page == two.page and math.hypot(one.x - two.x, one.y - two.y) < 0.004


def _checked_place(form: Form, placed: Placed) -> str:
    pages = len(form.shape.pages)
    if not 1 <= placed.page <= pages:
        raise UsageError(f"the form has {pages} pages", "pages are counted from 1")
    inside = 0 <= placed.x < 1 and 0 < placed.y <= 1 and 0 < placed.width <= 1
    if not inside:
        raise UsageError(
            "that place is outside the page",
            "X, Y and the width are fractions of the upright page: 0.5 is its middle",
        )
    value = placed.value.strip()
    if value.startswith(FIXED):
        return safe_line(value, _FIXED_CHARS)
    if value not in TEXTS | TICKS | {NOTHING}:
        known = " ".join(sorted(TEXTS | TICKS))
        raise UsageError(
            f"{safe_line(value, 40)!r} is none of the names of what goes into a form",
            f"=TEXT puts in your own words; or one of: {known}",
        )
    return value
