"""What an event says beyond its note, as canonical JSON: only what is set, keys sorted."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from typing import Any

from vault.model.requests import NO_DETAIL, Detail, FeeLine


def _line(line: FeeLine) -> dict[str, object]:
    return {"what": line.what, "amount": str(line.amount), "pages": line.pages}


def _value(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_line(v) if isinstance(v, FeeLine) else v for v in value]
    return value


def to_json(detail: Detail) -> str:
    """A detail as a column; `{}` for one that says nothing."""
    held = {
        f.name: _value(getattr(detail, f.name))
        for f in fields(detail)
        if getattr(detail, f.name) != getattr(NO_DETAIL, f.name)
    }
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _lines(held: list[dict[str, Any]]) -> tuple[FeeLine, ...]:
    return tuple(FeeLine(v["what"], Decimal(v["amount"]), v["pages"]) for v in held)


_READ: dict[str, Callable[[Any], object]] = {
    "until": dt.date.fromisoformat,
    "amount": Decimal,
    "lines": _lines,
    "items": tuple,
    "gaps": tuple,
    "enclosures": tuple,
}


def from_json(column: str) -> Detail:
    """The detail of a column."""
    if column == "{}":
        return NO_DETAIL
    held: dict[str, Any] = json.loads(column)
    for name in held.keys() & _READ.keys():
        held[name] = _READ[name](held[name])
    return Detail(**held)
