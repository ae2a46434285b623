"""What holds for the whole suite: nothing in it may reach a network."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from vault.workers import tools


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where the machine has no Tesseract with English data, tests that need it say so."""
    if "tesserocr" in tools.engines() or "tesseract" in tools.engines():
        return
    lacking = pytest.mark.skip(reason="needs Tesseract with English data")
    for item in items:
        if "ocr" in item.keywords:
            item.add_marker(lacking)
