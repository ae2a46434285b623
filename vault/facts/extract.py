"""Every fact a page states, from its words alone."""

from __future__ import annotations

from collections.abc import Sequence

from vault.facts import clinical, encounter, identity, pages, pointers, sex, studies, titles
from vault.facts.page import lay
from vault.facts.prose import prose
from vault.model.facts import Fact
from vault.model.words import Word

VERSION = 3
"""Raised whenever the same words would give other facts, so that stored facts are made anew."""

_FAMILIES = (
    identity.names,
    identity.births,
    identity.record_numbers,
    encounter.service_dates,
    encounter.authors,
    # Identity, pages and documents.
    encounter.other_dates,
    identity.phones,
    pages.numbers,
    sex.printed,
    titles.facilities,
    titles.documents,
    studies.studies,
    studies.films,
    # What is clinical.
    clinical.facts,
)
_TOLD = (
    # Identity, pages and documents.
    sex.said,
    sex.bodies,
    pointers.references,
    pointers.orders,
    pointers.done,
    pointers.admitted,
    pointers.earlier_visits,
    pages.prints,
    # What is clinical.
)


def extract(words: Sequence[Word], page: int) -> tuple[Fact, ...]:
    """The facts of a page, family by family, each with the exact words and their place.

    Never fails: words that state nothing give nothing.
    """
    laid, told = lay(words, page), prose(words, page)
    of_rows = (fact for family in _FAMILIES for fact in family(laid))
    of_sentences = (fact for family in _TOLD for fact in family(told))
    return (*of_rows, *of_sentences)
