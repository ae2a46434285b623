"""What holds for the whole suite: nothing in it may reach a network."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest


class NetworkUsed(Exception):
    """Something tried to connect to somewhere."""


def _refuse(*_arguments: object) -> None:
    raise NetworkUsed


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Connecting a socket fails while the suite runs, so that nobody can come to depend on it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _refuse)
        patch.setattr(socket.socket, "connect_ex", _refuse)
        yield
