"""Every fact a page states, from its words alone."""

from __future__ import annotations

from collections.abc import Sequence

from vault.facts import clinical, encounter, identity
from vault.facts.page import lay
from vault.model.facts import Fact
from vault.model.words import Word

VERSION = 1
"""Raised whenever the same words would give other facts, so that stored facts are made anew."""

_FAMILIES = (
    identity.names,
    identity.births,
    identity.record_numbers,
    encounter.service_dates,
    encounter.authors,
)


def extract(words: Sequence[Word], page: int) -> tuple[Fact, ...]:
    """The facts of a page, family by family, each with the exact words and their place.

    Never fails: words that state nothing give nothing.
    """
    laid = lay(words, page)
    return (
        *(fact for family in _FAMILIES for fact in family(laid)),
        *clinical.facts(laid),
    )
