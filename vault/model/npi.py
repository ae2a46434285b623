"""National Provider Identifiers: their check digit, and what kind of holder a taxonomy means."""

from __future__ import annotations

from vault.model.providers import ProviderKind

_DIGITS = 10
_PREFIX = "80840"
"""The issuer's number that the check digit counts as if it stood before the NPI."""


def is_npi(text: str) -> bool:
    """Whether a text is a National Provider Identifier: ten digits, the last one right.

    The check digit is that of ISO/IEC 7812 (Luhn) over the number with 80840 before it; the
    identifier is 45 CFR 162.406.
    """
    if len(text) != _DIGITS or not (text.isascii() and text.isdigit()):
        return False
    if text[0] not in "12":
        return False
    total = 0
    for at, digit in enumerate(reversed(_PREFIX + text)):
        value = int(digit) * (1 + at % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


_KINDS = {
    ProviderKind.PRIMARY_CARE: (
        "207Q", "208D", "208000000X", "207R00000X", "363LF", "363LP2300X", "261QP2300X", "261QF",
        "363AM", "261QR1300X",
    ),
    ProviderKind.PATHOLOGY: ("207Z", "246QH"),
    ProviderKind.IMAGING: ("2085", "261QR02", "2471", "261QM1200X"),
    ProviderKind.MENTAL_HEALTH: (
        "2084P08", "2084A", "2084F", "101Y", "102L", "102X", "103", "1041", "106H", "261QM08",
        "261QR0405X", "251S", "283Q", "3104", "320800", "3236", "3245", "363LP08",
    ),
    ProviderKind.DENTAL: ("122", "1223", "124Q", "125", "126", "261QD", "292"),
    ProviderKind.MILITARY: ("2865", "261QM11", "291900", "1710I"),
    ProviderKind.HOSPITAL: ("27", "28"),
    ProviderKind.LAB: ("291", "293", "246Q", "247"),
    ProviderKind.PHARMACY: ("1835", "183", "3336"),
    ProviderKind.INSURER: ("302", "305"),
    ProviderKind.SCHOOL: ("2513", "261QS1000X"),
    ProviderKind.CLINIC: ("261Q", "193"),
    ProviderKind.SPECIALIST: ("207", "208", "2084", "213", "152W", "363L", "363A", "364S", "367"),
}  # fmt: skip
"""Beginnings of taxonomy codes by kind; the longest one that fits decides."""

_BEGINNINGS = sorted(
    ((code, kind) for kind, codes in _KINDS.items() for code in codes),
    key=lambda pair: -len(pair[0]),
)


def kind_of(taxonomy: str) -> ProviderKind:
    """The kind of holder that a code of the Health Care Provider Taxonomy means, else `other`."""
    return next(
        (kind for code, kind in _BEGINNINGS if taxonomy.startswith(code)), ProviderKind.OTHER
    )
