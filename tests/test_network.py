"""The bar on the network holds."""

from __future__ import annotations

import socket

import pytest

from tests.conftest import NetworkUsed


def test_no_socket_can_be_connected() -> None:
    """Neither way of connecting works, not even to this machine itself."""
    with socket.socket() as one:
        with pytest.raises(NetworkUsed):
            one.connect(("127.0.0.1", 9))
        with pytest.raises(NetworkUsed):
            one.connect_ex(("127.0.0.1", 9))
