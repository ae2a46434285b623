"""Whether two pages are one page in two records, so that what was said of one holds for both."""

from __future__ import annotations

import datetime as dt

from vault.model.charts import PageFacts
from vault.model.facts import FactKind
from vault.review.likeness import resemblance, signature, word_count
from vault.review.papers import number_of
from vault.review.shelf import days

_ALIKE = 0.7
"""From here on two pages of one number and day are one; a rescan read anew loses some likeness."""


def one_page(one: PageFacts, other: PageFacts) -> bool:
    """Whether two pages are copies of one, perhaps scanned and read anew.

    Pages with too few words to compare are where they state the same in as many words.
    """
    numbers = number_of(one), number_of(other)
    served = _service(one), _service(other)
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    if all(served) and not served[0] & served[1]:
        return False
    if signature(one) or signature(other):
        return resemblance(signature(one), signature(other)) >= _ALIKE
    return word_count(one) == word_count(other) and _said(one) == _said(other)


def _service(page: PageFacts) -> frozenset[dt.date]:
    return frozenset(day for fact in page.of(FactKind.SERVICE_DATE) for day in days(fact))


def _said(page: PageFacts) -> frozenset[tuple[str, str]]:
    return frozenset((fact.kind.value, fact.value) for fact in page.facts)
