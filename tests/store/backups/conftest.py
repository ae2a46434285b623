"""A vault to back up, with two invented originals."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.backups.kit import Backed
from tests.store.helpers import Made

FIRST, SECOND = b"invented page " * 5000, b"another invented page"


@pytest.fixture
def backed(made: Made, tmp_path: Path) -> Backed:
    """An open vault with two originals, not backed up yet."""
    found = Backed(made, tmp_path / "copies")
    for content in (FIRST, SECOND):
        made.originals.append(found.add(content))
    made.set("colour", "teal")
    return found
