"""Every check of what records say of a person's health."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vault.model.flags import Finding
from vault.review import (
    allergies,
    copied,
    diagnoses,
    doses,
    habits,
    kin,
    plausible,
    sides,
    subject,
)
from vault.review.statements import Sayings

_CHECKS: tuple[Callable[[Sayings], Iterator[Finding]], ...] = (
    allergies.contradictions,
    allergies.conflicts,
    doses.contradictions,
    sides.contradictions,
    diagnoses.contradictions,
    habits.contradictions,
    kin.contradictions,
    copied.findings,
    plausible.findings,
)


def check(held: subject.Subject) -> tuple[Finding, ...]:
    """Contradictions with the person's other records, and figures that cannot be.

    None where it is not known whose record it is.
    """
    if held.person is None:
        return ()
    sayings = Sayings(held)
    return tuple(finding for look in _CHECKS for finding in look(sayings))
