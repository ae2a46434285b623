"""Every check, and running them over a record."""

from __future__ import annotations

from vault.model.flags import Finding
from vault.review import identity
from vault.review.subject import Check, PageFacts, Subject

__all__ = ["CHECKS", "Check", "PageFacts", "Subject", "run"]

CHECKS: tuple[Check, ...] = (identity.check,)
"""The checks, in the order their findings are shown."""


def run(subject: Subject) -> tuple[Finding, ...]:
    """What the checks find in a record: suspicions, for a person to look at and decide."""
    return tuple(finding for check in CHECKS for finding in check(subject))
