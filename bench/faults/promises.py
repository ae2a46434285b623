"""What a scene says it is about to do and has done, and what must therefore be found later."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from vault.actions.session import Session
from vault.store import audit

ANY = "*"
"""A value nobody can know before: whatever is found then is right."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a scene: `about` to make `key` be `value`, `done` with it, or an `error`."""

    word: str
    key: str
    value: str


def packed(said: Said) -> bytes:
    """A message as it crosses the socket."""
    return json.dumps([said.word, said.key, said.value]).encode()


def unpacked(data: bytes) -> Said:
    """A message as it came."""
    return Said(*json.loads(data))


@dataclass(frozen=True, slots=True)
class Tell:
    """How a scene speaks to whoever watches it."""

    send: Callable[[Said], None]

    def done(self, key: str, value: str) -> None:
        """A thing is now acknowledged to the person."""
        self.send(Said("done", key, value))

    def error(self, code: int, sentence: str) -> None:
        """The scene ends with an error, as a command does."""
        self.send(Said("error", str(code), sentence))

    @contextlib.contextmanager
    def promise(self, s: Session | None, made: Mapping[str, str]) -> Iterator[None]:
        """The block makes these keys be these values; once it is through they are acknowledged.

        With a session, its last committed change is acknowledged as well.
        """
        for key, value in made.items():
            self.send(Said("about", key, value))
        yield
        for key, value in made.items():
            self.send(Said("done", key, value))
        head = audit.head(s.vault.read()) if s is not None else None
        if head is not None:
            self.send(Said("done", f"change:{head.seq}", head.mac.hex()))


def allowed(said: Iterable[Said]) -> dict[str, set[str | None]]:
    """For every key the values it may have now; None stands for not being there.

    An acknowledged value must be found, or one that was begun on after it.
    """
    found: dict[str, set[str | None]] = {}
    for one in said:
        if one.word == "about":
            found.setdefault(one.key, {None}).add(one.value)
        elif one.word == "done":
            found[one.key] = {one.value}
    return found
