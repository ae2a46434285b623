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
        self._come = bytearray()  # what has been read of frames nobody has asked for yet
        self._readable, self._writable = select.poll(), select.poll()
        self._readable.register(reader, select.POLLIN)
        self._writable.register(writer, select.POLLOUT)
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)

    def send(self, kind: bytes, payload: bytes, deadline: float | None = None) -> None:
        """Send one frame."""
        left = memoryview(frame(kind, payload))
        while left:
            try:
                left = left[os.write(self._writer, left[:_CHUNK]) :]
            except BlockingIOError:
                self._wait(self._writable, deadline)
            except OSError as error:
                raise Ended from error

    def receive(self, deadline: float | None = None) -> tuple[bytes, bytes]:
        """Receive one frame as kind and payload; raises WorkerFailed for no frame."""
        kind, length = parse_head(self._exactly(_HEAD.size, deadline))
        return kind, self._exactly(length, deadline)

    def _exactly(self, length: int, deadline: float | None) -> bytes:
        if deadline is not None and time.monotonic() >= deadline:  # what came early waits no more
            raise Late
        while len(self._come) < length:
            self._wait(self._readable, deadline)
            try:
                part = os.read(self._reader, _CHUNK)
            except BlockingIOError:
                continue
            except OSError as error:
                raise Ended from error
            if not part:
                raise Ended
            self._come += part
        got = bytes(memoryview(self._come)[:length])
        del self._come[:length]
        return got

    @staticmethod
    def _wait(waiting: select.poll, deadline: float | None) -> None:
        if deadline is None:
            waiting.poll()
            return
        left = deadline - time.monotonic()
        if left <= 0 or not waiting.poll(left * 1000):
            raise Late
