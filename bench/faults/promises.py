"""What a scene says it is about to do and has done, and what must therefore be found later."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from vault.actions.session import Session

ANY = "*"
"""A value nobody can know before: whatever is found then is right."""

GONE = "-"
"""The value of a thing that is not there any more."""


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
        if s is not None:
            seq, what = last_change(s)
            self.send(Said("done", f"change:{seq}", what))


_CHANGE = "SELECT seq, at || ' ' || event || ' ' || subject || ' ' || detail FROM audit"


def last_change(s: Session) -> tuple[int, str]:
    """The number of the last committed change, and what the audit says of it."""
    seq, what = s.vault.read().execute(f"{_CHANGE} ORDER BY seq DESC LIMIT 1").fetchone()
    return int(seq), str(what)


def change(s: Session, seq: int) -> str | None:
    """What the audit says of a change, None where there is none of that number."""
    row = s.vault.read().execute(f"{_CHANGE} WHERE seq = ?", (seq,)).fetchone()
    return str(row[1]) if row else None


def allowed(said: Iterable[Said]) -> dict[str, set[str | None]]:
    """For every key the values it may have now; None stands for not being there.

    An acknowledged value must be found, or one that was begun on after it.
    """
    found: dict[str, set[str | None]] = {}
    for one in said:
        value = None if one.value == GONE else one.value
        if one.word == "about":
            found.setdefault(one.key, {None}).add(value)
        elif one.word == "done":
            found[one.key] = {value}
    return found
