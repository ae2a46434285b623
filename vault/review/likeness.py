"""How alike two pages are by the signatures of their text."""

from __future__ import annotations

from vault.model.charts import PageFacts
from vault.model.facts import FactKind

_WIDE = 6  # hexadecimal digits a hash


def signature(page: PageFacts) -> str:
    """The signature of a page's text; empty where it has too few words for one."""
    held = page.of(FactKind.PRINT)
    return held[0].value if held and len(held[0].value) > 1 else ""


def word_count(page: PageFacts) -> int:
    """How many words were read on a page."""
    held = page.of(FactKind.PRINT)
    return int(held[0].label) if held else 0


def resemblance(one: str, other: str) -> float:
    """How alike two texts are by their signatures, 0 to 1; 0 where either has none.

    Of the least hashes of both together, the share that both have.
    """
    a = {one[i : i + _WIDE] for i in range(0, len(one), _WIDE)}
    b = {other[i : i + _WIDE] for i in range(0, len(other), _WIDE)}
    if not a or not b:
        return 0.0
    least = sorted(a | b)[: min(len(a), len(b))]
    return sum(h in a and h in b for h in least) / len(least)
