"""What a report or a film shows: the study's name in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault.facts.days import days_in
from vault.facts.identity import births
from vault.facts.page import Laid, after
from vault.facts.titles import kind_titled
from vault.facts.tokens import fold
from vault.facts.values import Found, joined
from vault.model.facts import Fact, FactKind
from vault.model.paper_kinds import DocumentKind
from vault.model.studies import is_test, plain

_LABELS = frozenset(
    fold(word) for word in ("study", "exam", "examination", "procedure", "modality", "test")
)
_FILM_WORDS = 90
_VIEWS = re.compile(
    r"\b(?:ap|pa|lat|lateral|obl|oblique|portable|axial|sagittal|coronal|view|views|supine|"
    r"upright|series|cc|mlo|transverse|long|t1|t2|flair)\b",
    re.I,
)


def studies(laid: Laid) -> Iterator[Fact]:
    """What was examined, behind a label such as `Study`, or in a heading that names a study."""
    for number, row in enumerate(laid.rows):
        first = row.tokens[0]
        labelled = first.key in _LABELS
        start = after(row, 1) if labelled else 0
        if labelled and start >= len(row.tokens):
            continue
        text = joined(row.tokens[start:])
        name = plain(text)
        alone = not labelled and len(row.tokens) <= 8 and not text.endswith((".", ","))
        if len(text) <= 90 and is_test(name) and (labelled or (alone and text.isupper())):
            label = first.text if labelled else ""
            yield laid.fact(FactKind.STUDY, number, Found(name, start, len(row.tokens)), label)


def films(laid: Laid) -> Iterator[Fact]:
    """What a film shows, from the words burned into it: few words, a body part, a view.

    The day is the first date on the page that is no birth date.
    """
    if len(laid.words) > _FILM_WORDS:
        return
    titled = any(kind_titled(joined(row.tokens)) is DocumentKind.FILM for row in laid.rows)
    born = {fact.value for fact in births(laid)}
    stated = (day.value for row in laid.rows for day in days_in(joined(row.tokens)))
    when = next((value for value in stated if value not in born), "")
    for number, row in enumerate(laid.rows):
        text = joined(row.tokens)
        name = plain(text)
        view = _VIEWS.search(text) is not None or is_test(name)
        if name and len(row.tokens) <= 8 and (titled or view):
            found = Found(f"{name}@{when}", 0, len(row.tokens))
            yield laid.fact(FactKind.FILM, number, found, "view" if view else "")
