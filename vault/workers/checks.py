"""Values from a worker, each checked for its kind and range before anything believes it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import TypeVar

from vault.errors import WorkerFailed
from vault.safetext import safe_line
from vault.workers import limits

Json = dict[str, object]
E = TypeVar("E")


def dump(message: Mapping[str, object]) -> bytes:
    """A message as the bytes of a JSON frame; raises WorkerFailed where it is too long."""
    raw = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    data = raw.encode("utf-8", "replace")
    if len(data) > limits.JSON_BYTES:
        raise WorkerFailed("a message is too long")
    return data


def load(data: bytes) -> Json:
    """The object in a JSON frame; raises WorkerFailed for anything else."""
    try:
        message = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise WorkerFailed("it sent something that is not JSON") from error
    return an_object(message)


def an_object(value: object) -> Json:
    """The value as a JSON object."""
    if not isinstance(value, dict):
        raise WorkerFailed("it sent something else than an object")
    return value


def items(value: object, most: int) -> list[object]:
    """The value as a list of at most `most` items."""
    if not isinstance(value, list) or len(value) > most:
        raise WorkerFailed("it sent no list, or one that is too long")
    return value


def whole(value: object, low: int, high: int) -> int:
    """The value as a whole number from `low` to `high`; a truth value is none."""
    if type(value) is not int or not low <= value <= high:
        raise WorkerFailed("it sent a number out of range")
    return value


def real(value: object, low: float, high: float) -> float:
    """The value as a finite number from `low` to `high`."""
    if type(value) not in {int, float}:
        raise WorkerFailed("it sent no number")
    number = float(value)  # type: ignore[arg-type]  # an int or a float, as just checked
    if not math.isfinite(number) or not low <= number <= high:
        raise WorkerFailed("it sent a number out of range")
    return number


def flag(value: object) -> bool:
    """The value as a truth value."""
    if not isinstance(value, bool):
        raise WorkerFailed("it sent neither yes nor no")
    return value


def text(value: object, most: int = limits.CLAUSE_CHARS) -> str:
    """The value as one safe line of at most `most` characters."""
    if not isinstance(value, str):
        raise WorkerFailed("it sent no text")
    return safe_line(value[:most], most)


def one_of(kind: Callable[[str], E], value: object) -> E:
    """The value as a member of an enumeration."""
    try:
        return kind(text(value))
    except ValueError as error:
        raise WorkerFailed("it sent an unknown word") from error
