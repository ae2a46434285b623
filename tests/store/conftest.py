"""Shared ground of the store's tests: a small vault in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.helpers import Made, make


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """A new vault, open for writing, closed when the test ends."""
    fresh = make(tmp_path)
    yield fresh
    fresh.vault.close()


@pytest.fixture
def closed(made: Made) -> Made:
    """A vault with one person's row and one original, closed."""
    made.fill()
    made.vault.close()
    return made
