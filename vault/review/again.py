"""Whether two pages are one page in two records, so that what was said of one holds for both."""

from __future__ import annotations

from vault.model.charts import PageFacts
from vault.review.likeness import signature, word_count
from vault.review.papers import twice


def one_page(one: PageFacts, other: PageFacts) -> bool:
    """Whether two pages are copies of one, perhaps scanned and read anew.

    Pages with too few words to compare are where they state the same in as many words.
    """
    if signature(one) or signature(other):
        return twice(one, other)
    return word_count(one) == word_count(other) and _said(one) == _said(other)


def _said(page: PageFacts) -> frozenset[tuple[str, str]]:
    return frozenset((fact.kind.value, fact.value) for fact in page.facts)
