"""Search finds what a person means, best first, and takes anything that can be typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.actions.made import put
from vault.actions import readings
from vault.actions import session as sessions
from vault.actions.search import search
from vault.actions.session import Session
from vault.store import search as store_search
from vault.store.kdf import CHEAPEST

PAGES = (
    "Amoxicillin for the cough\nno fever",
    "The cough is gone. Amoxicillin amoxicillin amoxicillin stopped",
    "Crème brûlée allergy, seen by Dr Müller in Zürich",
    "blood pressure high\npressure of work\nblood count normal",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A vault with some pages."""
    place = tmp_path_factory.mktemp("library")
    made, _code = sessions.make_vault(
        place / "vault", "plum kettle", profile=CHEAPEST, state=place / "state"
    )
    with made:
        put(made, "pages.pdf", PAGES)
        yield made


def found(s: Session, query: str) -> list[int]:
    """The pages a query finds, best first."""
    return [hit.page for hit, _record in search(s, query).hits]


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("amoxicillin", [2, 1]),  # said most often comes first
        ("AMOXICILLIN fever", [1]),
        ("creme brulee", [3]),
        ("müller zurich", [3]),
        ('"blood pressure"', [4]),
        ('"pressure blood"', []),
        ("pressure blood", [4]),
        ("amox*", [2, 1]),
        ("amox", []),
        ('"no fev"*', [1]),
        ("cough OR zurich", []),  # no word is an operator
        ("cough NOT gone", []),
        ("", []),
        ('"', []),
        ("***", []),
    ],
)
def test_what_is_found(library: Session, query: str, pages: list[int]) -> None:
    """Words, phrases, beginnings; case and accents do not matter; the best comes first."""
    assert sorted(found(library, query)) == sorted(pages)
    assert found(library, query)[:1] == pages[:1]


def test_a_hit_shows_its_words(library: Session) -> None:
    """The snippet is the text around the words found, on one line."""
    ((hit, record),) = search(library, "fever").hits
    assert hit.snippet == "Amoxicillin for the cough no fever"
    assert (record.title, hit.page) == ("pages.pdf", 1)


def test_only_as_many_as_asked_for(library: Session) -> None:
    """The total counts all pages, the hits are cut."""
    all_of_them = search(library, "amoxicillin", limit=1)
    assert (all_of_them.total, len(all_of_them.hits)) == (2, 1)


PIECES = st.sampled_from(
    [
        '"',
        "*",
        "(",
        ")",
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "^",
        ":",
        "-",
        "+",
        "text:",
        "_",
        "cough",
        "é",
        " ",
    ]
)


@settings(
    max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join)))
def test_nothing_typed_is_an_error(library: Session, query: str) -> None:
    """Whatever is typed, a search answers: with no more hits than pages."""
    answer = search(library, query)
    assert len(answer.hits) == answer.total <= len(PAGES)


def test_a_corrected_word_is_found(vault: Session) -> None:
    """After a reading was corrected, both what was read and what the page says are found."""
    record = put(vault, "a.pdf", ("Amoxici11in daily",))
    readings.correct_quote(vault, record.id, 1, "Amoxici11in", "Amoxicillin")
    ((hit, _),) = search(vault, "amoxicillin").hits
    assert (hit.record, hit.page, hit.snippet) == (record.id, 1, "Amoxicillin daily")
    assert search(vault, "amoxici11in").total == 1


def test_a_word_of_very_many_pages_gives_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where ranking would cost more than it tells, all are counted and the newest come first."""
    texts = ["cough cough cough", "cough", "cough and much else to say of it at some length"]
    made, _code = sessions.make_vault(
        tmp_path / "vault", "plum kettle", profile=CHEAPEST, state=tmp_path / "state"
    )
    with made:
        held = [put(made, f"note {n}", [text]).id for n, text in enumerate(texts)]
        ranked = search(made, "cough", limit=2)
        monkeypatch.setattr(store_search, "BROAD", 2)
        newest = search(made, "cough", limit=2)
    assert newest.total == ranked.total == 3
    assert [record.id for _, record in newest.hits] == [held[2], held[1]]
    assert ranked.hits[0][1].id == held[0]
    assert all("cough" in hit.snippet for hit, _ in newest.hits)
