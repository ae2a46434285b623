"""How far two words are apart; the one wrapper of `rapidfuzz`, imported on first use."""

from __future__ import annotations


def edits(one: str, other: str, most: int) -> int:
    """The least number of letters to change, add, drop or swap; `most` + 1 where it is more."""
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=most)
