"""What an entry is likely to be about, told by its words and the heading above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vault.model.flags import Subject

# The first that is found counts, so the narrower word stands before the wider one.
_HEADINGS: tuple[tuple[str, Subject], ...] = (
    (r"family history", Subject.FAMILY_HISTORY),
    (r"social history", Subject.SOCIAL_HISTORY),
    (r"histor(y|ies)", Subject.PAST_HISTORY),
    (r"allerg", Subject.ALLERGY),
    (r"immuni[sz]|vaccin", Subject.IMMUNIZATION),
    (r"medicat|medicine|prescription", Subject.MEDICATION),
    (r"vital", Subject.VITAL_SIGN),
    (r"imaging|radiology|x-?ray", Subject.IMAGING),
    (r"patholog", Subject.PATHOLOGY),
    (r"\blabs?\b|laborator|result", Subject.LAB),
    (r"diagnos|problem|assessment", Subject.PROBLEM),
    (r"procedure|operation", Subject.PROCEDURE),
    (r"physical exam", Subject.PHYSICAL_EXAM),
    (r"\bplan\b", Subject.PLAN),
)
_DOSE = re.compile(
    r"\d\s*(?:mg|mcg|µg|ml|g|units?|iu|meq|tab(?:let)?s?|puffs?|%)(?![\w/])", re.IGNORECASE
)
_MEASURED = (Subject.LAB, Subject.VITAL_SIGN)
"""Parts where a number with a unit is a measurement and no dose."""
_LONGEST = 5
"""Words a heading has at most."""


def _named(text: str) -> Subject | None:
    low = text.lower()
    return next((subject for word, subject in _HEADINGS if re.search(word, low)), None)


def _heading(line: str) -> Subject | None:
    """What a line announces: a short one as a whole, a longer one by what stands before its colon.

    Lines with figures or a full stop are taken for text.
    """
    label, colon, _rest = line.partition(":")
    label = label.strip()
    if len(label.split()) > _LONGEST or label.endswith(".") or re.search(r"\d", label):
        return None
    return _named(label) if colon or label else None


def guess(words: str, line: str = "", above: Sequence[str] = ()) -> Subject:
    """The likely subject of chosen words in their `line`; `above` are the lines before, in order.

    A dose says medication, unless the heading is about measurements; else the line's own label or
    the nearest heading above decides. Without either it is taken to be about the visit.
    """
    own = _named(line.partition(":")[0]) if ":" in line else None
    nearest = own or next(filter(None, map(_heading, reversed(above))), None)
    if _DOSE.search(words) and nearest not in _MEASURED:
        return Subject.MEDICATION
    return nearest or Subject.VISIT
