"""Arguments and options several commands share, and typed text turned into values."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from vault import dates
from vault.actions.requests import Sending
from vault.cli import settings
from vault.errors import UsageError
from vault.model.requests import Channel
from vault.safetext import safe_line

PersonId = Annotated[str | None, typer.Option("--person", help="whose records (an id)")]
ProviderId = Annotated[str | None, typer.Option("--provider", help="from whom (an id)")]
RequestId = Annotated[str | None, typer.Option("--request", help="the request it answers (an id)")]
_LANGUAGE = "Tesseract language, eng+spa for two; else that of the settings"
Language = Annotated[str, typer.Option("--language", help=_LANGUAGE)]
Engine = Annotated[str, typer.Option("--engine", help="auto, tesserocr, tesseract, pytesseract")]

E = TypeVar("E", bound=StrEnum)


def new_app() -> typer.Typer:
    """A command or a group of them, with plain help and no tracebacks."""
    return typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


def day(text: str | None, what: str) -> dt.date | None:
    """A date typed as YYYY-MM-DD, or None where none was; raises BadDate."""
    return dates.parse(text, what) if text else None


def word(kind: type[E], text: str | None, what: str) -> E | None:
    """One of a kind's words, or None where none was given; raises UsageError."""
    if text is None:
        return None
    plain = text.strip().lower().replace("-", "_").replace(" ", "_")
    if plain in kind.__members__.values():
        return kind(plain)
    raise UsageError(f"there is no {what} {safe_line(text, 40)!r}", f"one of: {' '.join(kind)}")


def happening(own: tuple[E, ...], event: str, on: str | None) -> tuple[E, dt.date]:
    """What happened, as typed, and on which day (today where none was typed).

    `own` are the events that have commands of their own: naming one raises UsageError.
    """
    kinds = type(own[0])
    found = word(kinds, event, "event")
    if found is None or found in own:
        others = " ".join(kind for kind in kinds if kind not in own)
        raise UsageError("that event has a command of its own, such as sent", f"one of: {others}")
    return found, day(on, "the day it happened") or settings.current().today


def sending(on: str, by: str, arrived: str | None) -> Sending:
    """How something was sent, as typed; raises BadDate or UsageError."""
    channel = word(Channel, by, "way of sending") or Channel.MAIL
    return Sending(
        dates.parse(on, "the day it was sent"), channel, day(arrived, "the day it arrived")
    )
