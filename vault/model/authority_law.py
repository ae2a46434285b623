"""The law of acting for somebody else, rule by rule, each with its source.

The rules are those of 45 CFR 164.502(g) and of the laws named beside each; places differ.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from vault.model.people import ADULT, Person, birthday

HIPAA_YEARS = 50
"""So long after a death HIPAA goes on protecting records: 45 CFR 164.502(f)."""
_UK = ("uk",)


class Basis(StrEnum):
    """On what somebody's authority rests."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    HEALTH_CARE_PROXY = "health_care_proxy"
    POWER_OF_ATTORNEY = "power_of_attorney"
    EXECUTOR = "executor"
    ADMINISTRATOR = "administrator"
    NEXT_OF_KIN = "next_of_kin"
    COURT_ORDER = "court_order"
    CLAIM_AFTER_DEATH = "claim_after_death"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The basis as one would write it."""
        return self.value.replace("_", " ")


class Limit(StrEnum):
    """What an authority does not reach, or may not."""

    MINOR_CONSENTED_CARE = "minor_consented_care"
    PSYCHOTHERAPY_NOTES = "psychotherapy_notes"
    SUBSTANCE_USE = "substance_use"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a law says, in a sentence, with its citation and how sure that is (high, med, low)."""

    says: str
    cite: str
    confidence: str

    @property
    def sentence(self) -> str:
        """The rule with its source."""
        return f"{self.says} ({self.cite}; confidence {self.confidence}; check the current text)"


HIPAA_GENERAL = Rule(
    "whoever may decide on a person's health care under the law of the place is treated as them, "
    "as far as that authority goes",
    "45 CFR 164.502(g)(1)-(2)",
    "high",
)
MAJORITY = Rule(
    f"a parent acts for a child until it is of age: {ADULT} in most places, but not in all",
    "45 CFR 164.502(g)(3); law of the place",
    "med",
)
ENDS_WITH_DEATH = Rule(
    "an authority to act for a living person ends with their death; then the executor, the "
    "administrator, or whoever the law of the place names may ask",
    "45 CFR 164.502(g)(4); law of the place",
    "high",
)
NEEDS_DEATH = Rule(
    "an executor, an administrator or an heir acts for somebody who has died",
    "45 CFR 164.502(g)(4)",
    "high",
)
KIN = Rule(
    "family may be told what concerns their part in care, but have no right to copies of their "
    "own while the person lives, unless the law of the place makes them the one who decides",
    "45 CFR 164.510(b)",
    "med",
)
MINOR = Rule(
    "care that a minor may consent to alone, or that was promised to stay between minor and "
    "provider, can be kept from a parent or guardian; the law of the place decides",
    "45 CFR 164.502(g)(3)",
    "high",
)
ABUSE = Rule(
    "a provider may refuse to treat somebody as a representative where there is reason to "
    "believe in abuse, neglect or danger",
    "45 CFR 164.502(g)(5)",
    "high",
)
CLAIM = Rule(
    "somebody with a claim arising out of a death gets only what bears on that claim",
    "Access to Health Records Act 1990 s.5(4)",
    "med",
)
LIMITS = {
    Limit.MINOR_CONSENTED_CARE: MINOR,
    Limit.PSYCHOTHERAPY_NOTES: Rule(
        "psychotherapy notes kept apart from the rest of the record need not be given to anybody",
        "45 CFR 164.524(a)(1)(i), 164.501",
        "high",
    ),
    Limit.SUBSTANCE_USE: Rule(
        "records of a substance use programme have rules of their own on who may consent: for "
        "minors, for those who cannot decide, and after a death",
        "42 CFR 2.14, 2.15",
        "med",
    ),
    Limit.OTHER: Rule(
        "a limit of its own, as the document that gives it says", "the document", "high"
    ),
}


def after_death(person: Person, place: str, today: dt.date) -> tuple[Rule, ...]:
    """What applies to the records of somebody who has died, in a place (`us-tx`, `uk`).

    Empty where no date of death is known. Without a place, that of the United States.
    """
    if person.died_on is None or person.died_on > today:
        return ()
    place = place or "us"
    if place.split("-")[0] in _UK:
        return (
            Rule(
                "the records of somebody who died are asked for under the Access to Health "
                "Records Act, by a personal representative or by whoever has a claim arising "
                "out of the death; data protection law and its regulator have no part in it",
                "Access to Health Records Act 1990 s.3(1)(f)",
                "med",
            ),
            Rule(
                "only what was recorded from 1 November 1991 on is covered",
                "Access to Health Records Act 1990 s.5(1)",
                "med",
            ),
        )
    if place.split("-")[0] != "us":
        return (
            Rule(
                "data protection law often ends with death: the law of the place says who may ask",
                "law of the place; for the EU, GDPR recital 27",
                "med",
            ),
        )
    ends = birthday(person.died_on, HIPAA_YEARS)
    if today >= ends:
        said = f"HIPAA's protection ended on {ends.isoformat()}, {HIPAA_YEARS} years after death"
    else:
        said = f"HIPAA protects the records until {ends.isoformat()}, {HIPAA_YEARS} years on"
    return (
        Rule(said, "45 CFR 164.502(f), 160.103", "high"),
        Rule(
            "whoever may act for the dead or the estate is treated as the person, for whatever "
            "concerns that",
            "45 CFR 164.502(g)(4)",
            "high",
        ),
    )


def local(rules: tuple[Rule, ...], *, american: bool) -> tuple[Rule, ...]:
    """The rules as they may be told in a place: outside the United States no federal law is cited.

    What they say is so in most places; the law that says so there is not known here.
    """
    if american:
        return rules
    return tuple(
        replace(rule, cite="law of the place", confidence="low") if "CFR" in rule.cite else rule
        for rule in rules
    )
