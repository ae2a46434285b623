"""A vault for the tests of what people do, with records put straight into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vault.actions import session as sessions
from vault.actions.session import Session
from vault.store.kdf import CHEAPEST


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Session]:
    """A new vault, open for writing."""
    made, _code = sessions.make_vault(
        tmp_path / "vault", "plum kettle orbit", profile=CHEAPEST, state=tmp_path / "state"
    )
    with made:
        yield made
