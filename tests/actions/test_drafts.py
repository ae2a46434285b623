"""Drafts and preferences: kept, replaced, forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vault.actions import drafts, preferences
from vault.actions import session as sessions
from vault.actions.session import Session
from vault.store.kdf import CHEAPEST


@pytest.fixture
def s(tmp_path: Path) -> Iterator[Session]:
    """A new vault."""
    made, _code = sessions.make_vault(
        tmp_path / "vault", "plum kettle", profile=CHEAPEST, state=tmp_path / "state"
    )
    with made:
        yield made


def test_a_draft_is_there_until_it_is_dropped(s: Session) -> None:
    """The newest words of a form are kept; another form's are not touched."""
    assert drafts.get(s, "a") is None
    drafts.keep(s, "a", "one")
    drafts.keep(s, "a", "two")
    drafts.keep(s, "b", "three")
    assert drafts.get(s, "a") == "two"
    drafts.drop(s, "a")
    drafts.drop(s, "a")
    assert drafts.get(s, "a") is None
    assert drafts.get(s, "b") == "three"


def test_a_preference_is_the_last_one_chosen(s: Session) -> None:
    """Nothing before the first choice, then the newest."""
    assert preferences.get(s, preferences.THEME) is None
    preferences.choose(s, preferences.THEME, "light")
    preferences.choose(s, preferences.THEME, "dark")
    assert preferences.get(s, preferences.THEME) == "dark"
