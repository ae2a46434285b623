"""Golden cases: a page's words in page.tsv, the facts it states in expected.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.facts.pages import from_table
from vault.facts.extract import extract
from vault.model.words import box_of, quote_of

CASES = sorted(path.parent for path in Path(__file__).parent.glob("cases/*/expected.toml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(case: Path) -> None:
    """A page states exactly the facts of its case, of the kinds it is for, each at its place."""
    words = from_table(case / "page.tsv")
    expected = tomllib.loads((case / "expected.toml").read_text("utf-8"))
    kinds = expected.get("kinds", ["name", "born", "mrn", "service_date", "author"])
    found = [f for f in extract(words, 1) if f.kind.value in kinds]
    shown = [(f.kind.value, f.value, f.quote, f.label) for f in found]
    assert shown == [
        tuple(f[k] for k in ("kind", "value", "quote", "label")) for f in expected["fact"]
    ]
    for fact, held in zip(found, expected["fact"], strict=True):
        assert fact.quote in quote_of(words, fact.span)
        assert fact.box == box_of(words, fact.span)
        assert fact.confidence == held.get("confidence", 93)
