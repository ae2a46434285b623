"""How far two words are apart; the one wrapper of `rapidfuzz`, imported on first use."""

from __future__ import annotations


def edits(one: str, other: str, most: int) -> int:
    """The least number of letters to change, add, drop or swap; `most` + 1 where it is more."""
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=most)


def alike(one: str, other: str, least: float) -> float:
    """How alike two texts are, 0 to 100; 0 where it is less than `least`."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other, score_cutoff=least)
