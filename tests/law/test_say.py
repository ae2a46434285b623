"""A due date is one plain sentence with its source and how sure that is."""

from __future__ import annotations

import datetime as dt

import pytest

from vault.law import clock, say
from vault.law.rules import Right, choose
from vault.model.providers import ProviderKind


@pytest.mark.parametrize(
    ("place", "kind", "expected"),
    [
        (
            "us-hipaa",
            ProviderKind.LAB,
            "Due 1 Feb 2026: 30 days after receipt on 2 Jan 2026 "
            "(45 CFR 164.524(b)(2); confidence high; check the current text)",
        ),
        (
            "us-ca",
            ProviderKind.LAB,
            "Due 17 Jan 2026, or 20 Jan 2026 where the law moves it to a working day: 15 days "
            "after receipt of the written request on 2 Jan 2026 "
            "(Cal. HSC 123110(b); confidence high; check the current text)",
        ),
        (
            "us-tx",
            ProviderKind.LAB,
            "Due 26 Jan 2026: 15 business days after receipt of the written request on 2 Jan 2026 "
            "(if the holder keeps electronic records that can be copied out; Tex. Health & Safety "
            "Code 181.102(a); confidence high; check the current text)",
        ),
        (
            "us-tx-hospital",
            ProviderKind.HOSPITAL,
            "Due 17 Jan 2026, or 20 Jan 2026 where the law moves it to a working day: 15 days "
            "after receipt of the request and of the payment on 2 Jan 2026 (if the payment arrived "
            "the same day; Tex. Health & Safety Code 241.154(a); confidence high; check the "
            "current text)",
        ),
        (
            "au",
            ProviderKind.LAB,
            "Due 1 Feb 2026, or 2 Feb 2026 where the law moves it to a working day: 30 days after "
            "receipt on 2 Jan 2026 (guidance rather than a fixed limit; APP 12.4; OAIC guidance; "
            "confidence medium; check the current text)",
        ),
        (
            "ie",
            ProviderKind.LAB,
            "Due 2 Feb 2026, moved to 3 Feb 2026 because it is no working day: 1 month after "
            "receipt on 2 Jan 2026 (GDPR Art 12(3), 15; Reg 1182/71 Art 3; confidence medium; "
            "check the current text)",
        ),
        (
            "uk-deceased",
            ProviderKind.LAB,
            "Due 10 Feb 2026: 40 days beginning with the application on 2 Jan 2026 "
            "(or 21 days if all of the record was made in the 40 days before the application; "
            "Access to Health Records Act 1990 s.3(5); confidence medium; check the current text)",
        ),
    ],
)
def test_the_sentence(place: str, kind: ProviderKind, expected: str) -> None:
    """Date, count, start, citation, confidence and every condition are in it."""
    due = clock.due(choose(place, kind, Right.ACCESS), dt.date(2026, 1, 2))
    assert say.sentence(due) == expected
