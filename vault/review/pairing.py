"""Which pages of two copies are the same page, by what they say and not by their numbers."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from vault.review.wording import Token

_LEAST = 0.2
"""Of the weight of what both pages say, the share that pages which are one have in common."""
_COMMON = 12
"""What stands on more pages than this, of either copy, tells none of them apart."""


def _features(page: Sequence[Token]) -> frozenset[str]:
    """What a page is known by: its words, and every two that follow each other."""
    keys = [token.key for token in page]
    return frozenset(keys) | {f"{a} {b}" for a, b in pairwise(keys)}


def _weights(sides: Sequence[Sequence[frozenset[str]]]) -> dict[str, float]:
    """How much each feature tells: the fewer pages have it, the more."""
    counts: dict[str, int] = {}
    for side in sides:
        for feature, count in Counter(f for page in side for f in page).items():
            counts[feature] = max(counts.get(feature, 0), count)
    return {f: 1 / (1 + math.log(n)) for f, n in counts.items() if n <= _COMMON}


def _scores(
    old: Sequence[frozenset[str]], new: Sequence[frozenset[str]]
) -> dict[tuple[int, int], float]:
    weights = _weights((old, new))
    holding: dict[str, list[int]] = defaultdict(list)
    for j, page in enumerate(new):
        for feature in page & weights.keys():
            holding[feature].append(j)
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for i, page in enumerate(old):
        for feature in page & weights.keys():
            for j in holding.get(feature, ()):
                shared[i, j] += weights[feature]
    sizes = [[sum(weights.get(f, 0.0) for f in page) for page in side] for side in (old, new)]
    return {(i, j): 2 * weight / (sizes[0][i] + sizes[1][j]) for (i, j), weight in shared.items()}


def _identical(
    old: Sequence[Sequence[Token]], new: Sequence[Sequence[Token]]
) -> list[tuple[int, int]]:
    """Pages that say the very same, each with the first such page that is still free."""
    free: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, page in enumerate(new):
        free[tuple(t.key for t in page)].append(j)
    found = []
    for i, page in enumerate(old):
        held = free[tuple(t.key for t in page)]
        if page and held:
            found.append((i, held.pop(0)))
    return found


def pairs(
    old: Sequence[Sequence[Token]], new: Sequence[Sequence[Token]]
) -> tuple[tuple[int, int], ...]:
    """The places (from 0) of pages that are one, in the order of the old copy; each at most once.

    A page in neither was added, removed, or changed beyond recognition.
    """
    found = _identical(old, new)
    left = [i for i in range(len(old)) if i not in {i for i, _ in found}]
    right = [j for j in range(len(new)) if j not in {j for _, j in found}]
    scores = _scores([_features(old[i]) for i in left], [_features(new[j]) for j in right])
    held = {(left[i], right[j]): score for (i, j), score in scores.items() if score >= _LEAST}
    taken: tuple[set[int], set[int]] = (set(), set())
    for i, j in sorted(held, key=lambda p: (-held[p], abs(p[0] - p[1]), p)):
        if i not in taken[0] and j not in taken[1]:
            found.append((i, j))
            taken[0].add(i)
            taken[1].add(j)
    return tuple(sorted(found))
