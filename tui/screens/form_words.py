"""A provider's form in the words and lines its screen shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tui.screens.choose_dialog import Choice
from tui.widgets.dialogs import as_sentence
from tui.widgets.fields import plain
from vault.model.forms import FieldKind, Form, FormField, Placed, Spot
from vault.model.formsaid import SAID, SAID_OF_KIND
from vault.model.formwords import FIXED, NOTHING, TEXTS, TICKS, WANTS
from vault.model.words import Box

OWN = "own"
"""The choice of words of one's own."""


@dataclass(frozen=True, slots=True)
class Line:
    """A field, an option of one, or text put on the page; `target` is how it is named."""

    text: str
    target: str = ""
    whole: str = ""
    ticks: bool = False
    value: str = ""
    spots: tuple[Spot, ...] = ()
    placed: Placed | None = None

    @property
    def place(self) -> tuple[int, Box] | None:
        """Page and box of the place it is at."""
        if self.placed is not None:
            p = self.placed
            return p.page, Box.clamped(p.x, p.y - 0.02, p.x + p.width, p.y)
        return (self.spots[0].page, self.spots[0].box) if self.spots else None


def said(value: str) -> str:
    """What goes into a field, in words; empty where nothing was said."""
    if value.startswith(FIXED):
        return f'"{value[1:]}"'
    if value in WANTS:
        return f"asked for: {plain(WANTS[value])}"
    return "left as it is" if value == NOTHING else value.replace("_", " ")


def facts(form: Form) -> str:
    """What kind of form it is, and what to know before one signs it."""
    lines = [f"{as_sentence(plain(form.kind))} {SAID_OF_KIND.get(form.kind, '')}".strip()]
    for warned in form.warnings:
        where = f" (page {warned.page})" if warned.page else ""
        lines.append(f"! {as_sentence(SAID[warned.trap])[:-1]}{where}.")
    lines += [as_sentence(note) for note in form.shape.notes]
    if not form.mapping.confirmed:
        lines.append("What goes where is only suggested: look it over, then press o.")
    return "\n".join(lines)


def _name(field: FormField, at: int) -> str:
    return field.label or field.name or f"field {at}"


def _row(at: str, name: str, value: str, kind: str) -> str:
    return f"{at:>5} {name[:34]:<34}  {said(value) or '-':<28}  {kind}"


def _field(field: FormField, at: int, form: Form) -> Iterator[Line]:
    mapped = form.mapping.fields
    name, kind = _name(field, at), plain(field.kind)
    if not field.fillable:
        pen = "for the pen" if field.kind is FieldKind.SIGNATURE else "not filled in"
        yield Line(f"{at:>5} {name[:34]:<34}  {pen:<28}  {kind}", whole=name, spots=field.spots)
        return
    if field.kind is not FieldKind.RADIO:
        value = mapped.get(field.name, "")
        holds = f" It holds: {field.value}." if field.value else ""
        whole = f"{name} ({kind}): {said(value) or 'nothing yet'}.{holds} Enter changes it."
        ticks = field.kind is FieldKind.CHECKBOX
        text = _row(str(at), name, value, kind)
        yield Line(text, field.name, whole, ticks, value, field.spots)
        return
    for number, spot in enumerate(field.spots, 1):
        key = f"{field.name}#{number}"
        value = mapped.get(key, "")
        label = spot.label or spot.state or f"option {number}"
        whole = f"{name}, {label}: chosen for {said(value) or 'nothing yet'}. Enter changes it."
        text = _row(f"{at}#{number}", f"{name}: {label}", value, kind)
        yield Line(text, key, whole, ticks=True, value=value, spots=(spot,))


def lines(form: Form) -> tuple[Line, ...]:
    """All fields of a form in its order, then text put on its pages."""
    found = [
        line for at, field in enumerate(form.shape.fields, 1) for line in _field(field, at, form)
    ]
    for put in form.mapping.placed:
        where = f"page {put.page}, {put.x:.2f} {put.y:.2f}"
        text = _row("", where, put.value, "on the page")
        whole = f"Put on page {put.page}: {said(put.value)}. Enter changes it."
        found.append(Line(text, whole=whole, value=put.value, placed=put))
    return tuple(found)


def choices(line: Line) -> list[Choice]:
    """What can go into a field: the usual words in groups, one's own, or nothing."""
    texts = [] if line.ticks else sorted(TEXTS)
    ticks = sorted(TICKS - WANTS.keys())
    found = [Choice("Nothing: leave it as it is", NOTHING)]
    if not line.ticks or line.placed is not None:
        found.append(Choice("Words of your own ...", OWN))
    if texts:
        found.append(Choice("Filled in from the vault"))
        found += [Choice(said(value), value) for value in texts]
    found.append(Choice("A cross, where it is so"))
    found += [Choice(said(value), value) for value in (*ticks, *WANTS)]
    return found
