"""Duties that follow from an amendment are claimed of holders under HIPAA alone."""

from __future__ import annotations

import pytest

from vault.law import amended
from vault.model.providers import ProviderKind


def test_under_hipaa_both_are_told_with_source_and_sureness() -> None:
    """To tell those named, and to follow another holder's amendment; neither is called certain."""
    for duty, cite in (
        (amended.telling("us-tx", ProviderKind.HOSPITAL), "45 CFR 164.526(c)(3)"),
        (amended.following("us-tx", ProviderKind.HOSPITAL), "45 CFR 164.526(e)"),
    ):
        assert duty is not None
        assert duty.source.cite == cite
        said = amended.duty_line(duty)
        assert said.endswith(f"({cite}; confidence medium; check the current text)")
        assert said[0].isupper()


@pytest.mark.parametrize("place", ["uk", "de", "nz", "nowhere", ""])
def test_elsewhere_nothing_is_claimed(place: str) -> None:
    """Nor at a place that is not known."""
    assert amended.telling(place, ProviderKind.HOSPITAL) is None
    assert amended.following(place, ProviderKind.HOSPITAL) is None
