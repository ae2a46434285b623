"""What is printed over a provider's form, handed to the typesetter page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from vault.errors import VaultError
from vault.letters import attached
from vault.letters.attached import Sheet
from vault.letters.render import Typesetter, typeset
from vault.model.forms import FormPage, Inked

FLOOR = 6.0
"""The smallest print in points; what needs less is refused, for nobody could read it on a fax."""

_LARGEST = 14.0
_LINE, _LINES = 11.0, 10.0  # where a form leaves the size to whoever fills it in
_TALL = 0.78  # of a box's height: what a line of letters with their tails takes
_NO_DAY = dt.date(2000, 1, 1)  # the overlay's own date is in no form


class DoesNotFit(VaultError):
    """Text too long for its field, even in the smallest print; `fields` are their names."""

    def __init__(self, fields: Sequence[str]) -> None:
        self.fields = tuple(dict.fromkeys(fields))
        named = ", ".join(repr(name) for name in self.fields[:5])
        more = " and others" if len(self.fields) > 5 else ""
        super().__init__(
            f"the text does not fit the field {named}{more}"
            if len(self.fields) == 1
            else f"the text does not fit the fields {named}{more}",
            "give a shorter text with chartmend form map, or leave the field with FIELD=none",
        )


def typeset_overlay(
    title: str,
    pages: Sequence[FormPage],
    ink: Sequence[Inked],
    typesetter: Typesetter,
    sheet: Sheet | None = None,
) -> bytes:
    """A PDF with a page for each page of the form that gets ink, in their order; empty for none.

    The pages of an attached `sheet` come last. Raises DoesNotFit with the fields' names,
    MissingGlyphs where no font has a character.
    """
    if not ink and sheet is None:
        return b""
    made = typeset("form", _data(title, pages, ink, sheet), _NO_DAY, typesetter)
    if made.unfit:
        raise DoesNotFit([ink[i].field for i in made.unfit if i < len(ink)])
    return made.pdf


def _data(
    title: str, pages: Sequence[FormPage], ink: Sequence[Inked], sheet: Sheet | None
) -> dict[str, object]:
    sheets = []
    for number in sorted({item.page for item in ink}):
        page = pages[number - 1]
        here = [_item(i, item, page) for i, item in enumerate(ink) if item.page == number]
        sheets.append({"width": page.width, "height": page.height, "ink": here})
    behind = [] if sheet is None else [attached.data(sheet, pages)]
    return {"title": title, "floor": FLOOR, "sheets": sheets, "attached": behind}


def _item(number: int, item: Inked, page: FormPage) -> dict[str, object]:
    box = item.box
    wide, high = (box.right - box.left) * page.width, (box.bottom - box.top) * page.height
    return {
        "id": number,
        "kind": _kind(item),
        "x": box.left * page.width,
        "y": box.top * page.height,
        "w": wide,
        "h": high,
        "text": item.text,
        "size": _size(item, high),
        "align": item.align,
        "cells": item.cells,
    }


def _kind(item: Inked) -> str:
    if item.cross:
        return "cross"
    if item.cells:
        return "comb"
    return "lines" if item.multiline else "line"


def _size(item: Inked, high: float) -> float:
    """The size to begin with: what the form sets, within what the box can hold."""
    wanted = min(item.size or (_LINES if item.multiline else _LINE), _LARGEST)
    if not item.multiline:
        wanted = min(wanted, high * _TALL)
    return max(wanted, FLOOR)
