"""What is to be hidden crosses to a worker whole: never a box the smaller for the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vault.model.reading import View
from vault.model.words import Box
from vault.workers import checks, protocol

_SIDES = st.floats(0, 1)
_BOXES = st.tuples(_SIDES, _SIDES, _SIDES, _SIDES).map(lambda s: Box.clamped(*s))


@given(box=_BOXES)
def test_a_mask_never_shrinks(box: Box) -> None:
    """The box that arrives holds the one that was sent, and is larger by a hair at most."""
    job = protocol.DrawJob(
        protocol.Document(1, 9, "pdf"), View(1, 9, 9, masks=(box,), stamp="for Elm only")
    )
    there = protocol.decode_job(checks.load(checks.dump(protocol.encode_job(job))))
    assert isinstance(there, protocol.DrawJob)
    (found,) = there.view.masks
    assert found.left <= box.left <= found.left + 2e-5
    assert found.top <= box.top <= found.top + 2e-5
    assert found.right - 2e-5 <= box.right <= found.right
    assert found.bottom - 2e-5 <= box.bottom <= found.bottom
    assert there.view.stamp == "for Elm only"
