"""Frames over pipes: one byte for the kind, four for the length, then so many bytes."""

from __future__ import annotations

import os
import select
import struct
import time

from vault.errors import WorkerFailed
from vault.workers import limits

JSON = b"J"
BYTES = b"B"
_HEAD = struct.Struct(">cI")
_CAPS = {JSON: limits.JSON_BYTES, BYTES: limits.FRAME_BYTES}
_CHUNK = 1024 * 1024


class Late(Exception):
    """The other side did not keep its deadline."""


class Ended(Exception):
    """The other side is gone."""


def frame(kind: bytes, payload: bytes) -> bytes:
    """A frame; raises WorkerFailed for a payload over the cap of its kind."""
    if len(payload) > _CAPS[kind]:
        raise WorkerFailed("a message is too long")
    return _HEAD.pack(kind, len(payload)) + payload


def parse_head(head: bytes) -> tuple[bytes, int]:
    """Kind and length in a frame's first bytes; raises WorkerFailed where they are none."""
    kind, length = _HEAD.unpack(head)
    if kind not in _CAPS or length > _CAPS[kind]:
        raise WorkerFailed("it sent a frame of no known kind, or one that is too long")
    return kind, length


class Wire:
    """One end of a pair of pipes; with a deadline (`time.monotonic`) no call outlasts it.

    Raises Late after the deadline and Ended where the other side has closed its end.
    """

    def __init__(self, reader: int, writer: int) -> None:
        self._reader = reader
        self._writer = writer
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)

    def send(self, kind: bytes, payload: bytes, deadline: float | None = None) -> None:
        """Send one frame."""
        left = memoryview(frame(kind, payload))
        while left:
            self._wait(self._writer, select.POLLOUT, deadline)
            try:
                left = left[os.write(self._writer, left[:_CHUNK]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise Ended from error

    def receive(self, deadline: float | None = None) -> tuple[bytes, bytes]:
        """Receive one frame as kind and payload; raises WorkerFailed for no frame."""
        kind, length = parse_head(self._exactly(_HEAD.size, deadline))
        return kind, self._exactly(length, deadline)

    def _exactly(self, length: int, deadline: float | None) -> bytes:
        got = bytearray()
        while len(got) < length:
            self._wait(self._reader, select.POLLIN, deadline)
            try:
                part = os.read(self._reader, min(_CHUNK, length - len(got)))
            except BlockingIOError:
                continue
            except OSError as error:
                raise Ended from error
            if not part:
                raise Ended
            got += part
        return bytes(got)

    @staticmethod
    def _wait(pipe: int, event: int, deadline: float | None) -> None:
        waiting = select.poll()
        waiting.register(pipe, event)
        if deadline is None:
            waiting.poll()
            return
        left = deadline - time.monotonic()
        if left <= 0 or not waiting.poll(left * 1000):
            raise Late
