"""What a holder of records may not ask of those who want theirs, to compare its words with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vault.law import rules
from vault.law.terms import Confidence, Right
from vault.model.providers import ProviderKind
from vault.model.statements import Topic, days_of

CHECK = "check the current text"
_WORKING = re.compile(r"business|working", re.IGNORECASE)
_A_WORKING_DAY = 1.4
"""Calendar days to a working day, as Rule.length has it."""
_BARRIER = "HHS guidance on 45 CFR 164.524 (unreasonable measures)"


@dataclass(frozen=True, slots=True)
class Floor:
    """What the law says against a statement, as a sentence, with its source and how sure it is."""

    said: str
    cite: str
    confidence: Confidence


_IN_PERSON = Floor(
    "They may not make you come in person where a copy can be sent.", _BARRIER, Confidence.MED
)
_FLOORS = {
    (Topic.NOTARY, "required"): Floor(
        "A notary is seen as an unreasonable barrier to getting your own records.",
        _BARRIER,
        Confidence.MED,
    ),
    (Topic.IN_PERSON, "required"): _IN_PERSON,
    (Topic.ID, "in_person"): _IN_PERSON,
    (Topic.CHANNEL, "in_person_only"): _IN_PERSON,
    (Topic.CHANNEL, "portal_only"): Floor(
        "They may not make you use a portal.", _BARRIER, Confidence.MED
    ),
    (Topic.CHANNEL, "mail_only"): Floor(
        "They may not make you send the request by mail.", _BARRIER, Confidence.MED
    ),
    (Topic.FORM, "own_form_required"): Floor(
        "They may ask for their own form only where that keeps nobody from their records.",
        "45 CFR 164.524(b)(1) and HHS guidance",
        Confidence.HIGH,
    ),
    (Topic.FORM, "authorization_required"): Floor(
        "An authorization is for sending records to others; your own request needs none.",
        _BARRIER,
        Confidence.MED,
    ),
}


def against(place: str, kind: ProviderKind, topic: Topic, value: str) -> Floor | None:
    """What the law of a place says against a value of a topic, or None where it says nothing.

    The measures called unreasonable are HIPAA's, for holders it binds. A turnaround is held
    against the shortest time limit that binds the holder, both counted in days.
    """
    binding = [r for r in rules.choose(place, kind, Right.ACCESS) if not (r.compared or r.soft)]
    if topic is Topic.TURNAROUND:
        days, rule = days_of(value), next(iter(binding), None)
        if days is None or rule is None:
            return None
        if days * (_A_WORKING_DAY if _WORKING.search(value) else 1) <= rule.length:
            return None
        months = "1 month" if rule.months == 1 else f"{rule.months} months"
        limit = months if rule.months else f"{rule.days} {rule.day_kind} days"
        said = f"{rule.name}: they have {limit}."
        return Floor(said, rule.cite, rule.confidence)
    if any(r.id == "us-hipaa" or r.hipaa for r in binding):
        return _FLOORS.get((topic, value))
    return None
