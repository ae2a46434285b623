"""Frames cross a pipe whole, in time, and never longer than allowed."""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Iterator

import pytest

from vault.errors import WorkerFailed
from vault.workers import limits, wire


@pytest.fixture
def ends() -> Iterator[tuple[wire.Wire, wire.Wire, list[int]]]:
    """Two wires that face each other, and their four file descriptors."""
    here_in, there_out = os.pipe()
    there_in, here_out = os.pipe()
    held = [here_in, there_out, there_in, here_out]
    yield wire.Wire(here_in, here_out), wire.Wire(there_in, there_out), held
    for descriptor in held:
        os.close(descriptor)


Ends = tuple[wire.Wire, wire.Wire, list[int]]


@pytest.mark.parametrize("payload", [b"", b"x", b"\x00" * 5000])
def test_a_frame_arrives_as_it_was_sent(ends: Ends, payload: bytes) -> None:
    """A frame arrives as it was sent."""
    here, there, _ = ends
    here.send(wire.BYTES, payload)
    assert there.receive() == (wire.BYTES, payload)


def test_waiting_ends_at_the_deadline(ends: Ends) -> None:
    """Waiting ends at the deadline."""
    here, _, _ = ends
    with pytest.raises(wire.Late):
        here.receive(time.monotonic() + 0.01)


def test_sending_to_one_who_does_not_read_ends_at_the_deadline(ends: Ends) -> None:
    """Sending to one who does not read ends at the deadline."""
    here, _, _ = ends
    with pytest.raises(wire.Late):
        here.send(wire.BYTES, bytes(1024 * 1024), time.monotonic() + 0.05)


def test_a_closed_pipe_is_an_end(ends: Ends) -> None:
    """A closed pipe is an end."""
    here, _, held = ends
    os.close(held[1])
    held[1] = os.open(os.devnull, os.O_RDONLY)
    with pytest.raises(wire.Ended):
        here.receive()


@pytest.mark.parametrize(
    "head",
    [
        struct.pack(">cI", b"J", limits.JSON_BYTES + 1),
        struct.pack(">cI", b"B", limits.FRAME_BYTES + 1),
        struct.pack(">cI", b"P", 4),
    ],
)
def test_a_frame_too_long_or_of_no_kind_is_refused_by_its_head(ends: Ends, head: bytes) -> None:
    """A frame too long or of no kind is refused by its head."""
    here, _, held = ends
    os.write(held[1], head)
    with pytest.raises(WorkerFailed):
        here.receive()


def test_a_message_too_long_is_not_sent(ends: Ends) -> None:
    """A message too long is not sent."""
    here, _, _ = ends
    with pytest.raises(WorkerFailed):
        here.send(wire.JSON, bytes(limits.JSON_BYTES + 1))
