"""Settings are numbers within bounds; what cannot be one is never obeyed."""

from __future__ import annotations

import pytest

from vault.actions import preferences
from vault.actions.preferences import IDLE
from vault.actions.session import Session
from vault.errors import UsageError


def test_a_setting_is_its_usual_value_until_it_is_changed(vault: Session) -> None:
    """Five minutes, then what was typed, at both ends of what is allowed."""
    assert preferences.number(vault, IDLE) == 5
    for typed, kept in (("1", 1), (" 60 ", 60), ("007", 7)):
        assert preferences.change(vault, IDLE, typed) == kept
        assert preferences.number(vault, IDLE) == kept


@pytest.mark.parametrize("typed", ["0", "61", "-5", "5.5", "", "never", "٥", "9" * 5000, "1e1"])
def test_what_is_out_of_range_is_refused(vault: Session, typed: str) -> None:
    """Nobody can switch the locking off by a setting."""
    with pytest.raises(UsageError) as caught:
        preferences.change(vault, IDLE, typed)
    assert "from 1 to 60" in caught.value.hint
    assert preferences.number(vault, IDLE) == 5


@pytest.mark.parametrize("held", ["0", "10000", "x", "", "²"])
def test_a_stored_value_out_of_range_counts_as_none(vault: Session, held: str) -> None:
    """Whatever stands in the vault, the app locks in time."""
    preferences.choose(vault, IDLE.name, held)
    assert preferences.number(vault, IDLE) == 5


def test_a_setting_is_found_by_its_name(vault: Session) -> None:
    """Written as a word or with a dash; another is refused with the names there are."""
    assert preferences.named("idle-minutes") is preferences.named("IDLE_MINUTES") is IDLE
    with pytest.raises(UsageError) as caught:
        preferences.named("volume")
    assert "idle_minutes" in caught.value.hint
