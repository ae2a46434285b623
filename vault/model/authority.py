"""Who may act for a person: on what basis, when it holds, what proves it, and what it leaves out.

The rules are those of 45 CFR 164.502(g) and of the laws named beside each; places differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from vault.model.documents import Document, DocumentKind, Validity, validity
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
class Authority:
    """Somebody who acts for a person, and on what basis.

    `name`, `address`, `phone` and `email` are theirs; `relationship` says who they are ("mother").
    `scope` is empty for all, else the person's words. `proof` is a document's id, or empty.
    """

    id: str
    person: str
    name: str
    basis: Basis
    relationship: str = ""
    scope: str = ""
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    ended_on: dt.date | None = None
    limits: tuple[Limit, ...] = ()
    proof: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""


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


@dataclass(frozen=True, slots=True)
class Standing:
    """How an authority stands on a day.

    `blocked` is a clause on why it does not hold (empty where it does), `rule` the law behind
    that. `lacking` are sentences on proof that is missing; `limits` what it may not reach;
    `notes` what else applies. `capacity` and `proof` are lines for a letter.
    """

    blocked: str
    rule: Rule | None
    lacking: tuple[str, ...]
    limits: tuple[Rule, ...]
    notes: tuple[Rule, ...]
    capacity: str
    proof: str

    @property
    def valid(self) -> bool:
        """Whether it holds that day."""
        return not self.blocked


_HIPAA_GENERAL = Rule(
    "whoever may decide on a person's health care under the law of the place is treated as them, "
    "as far as that authority goes",
    "45 CFR 164.502(g)(1)-(2)",
    "high",
)
_MAJORITY = Rule(
    f"a parent acts for a child until it is of age: {ADULT} in most places, but not in all",
    "45 CFR 164.502(g)(3); law of the place",
    "med",
)
_ENDS_WITH_DEATH = Rule(
    "an authority to act for a living person ends with their death; then the executor, the "
    "administrator, or whoever the law of the place names may ask",
    "45 CFR 164.502(g)(4); law of the place",
    "high",
)
_NEEDS_DEATH = Rule(
    "an executor, an administrator or an heir acts for somebody who has died",
    "45 CFR 164.502(g)(4)",
    "high",
)
_KIN = Rule(
    "family may be told what concerns their part in care, but have no right to copies of their "
    "own while the person lives, unless the law of the place makes them the one who decides",
    "45 CFR 164.510(b)",
    "med",
)
_MINOR = Rule(
    "care that a minor may consent to alone, or that was promised to stay between minor and "
    "provider, can be kept from a parent or guardian; the law of the place decides",
    "45 CFR 164.502(g)(3)",
    "high",
)
_ABUSE = Rule(
    "a provider may refuse to treat somebody as a representative where there is reason to "
    "believe in abuse, neglect or danger",
    "45 CFR 164.502(g)(5)",
    "high",
)
_CLAIM = Rule(
    "somebody with a claim arising out of a death gets only what bears on that claim",
    "Access to Health Records Act 1990 s.5(4)",
    "med",
)
_LIMITS = {
    Limit.MINOR_CONSENTED_CARE: _MINOR,
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
_AFTER_DEATH = frozenset(
    {Basis.EXECUTOR, Basis.ADMINISTRATOR, Basis.NEXT_OF_KIN, Basis.CLAIM_AFTER_DEATH}
)
_IN_LIFE = frozenset(
    {Basis.PARENT, Basis.GUARDIAN, Basis.HEALTH_CARE_PROXY, Basis.POWER_OF_ATTORNEY}
)
_K = DocumentKind
PROOFS: dict[Basis, tuple[DocumentKind, ...]] = {
    Basis.PARENT: (_K.BIRTH_CERTIFICATE, _K.COURT_ORDER),
    Basis.GUARDIAN: (_K.GUARDIANSHIP_ORDER, _K.COURT_ORDER),
    Basis.HEALTH_CARE_PROXY: (_K.POWER_OF_ATTORNEY, _K.OTHER),
    Basis.POWER_OF_ATTORNEY: (_K.POWER_OF_ATTORNEY,),
    Basis.EXECUTOR: (_K.LETTERS_TESTAMENTARY, _K.COURT_ORDER),
    Basis.ADMINISTRATOR: (_K.LETTERS_TESTAMENTARY, _K.COURT_ORDER),
    Basis.NEXT_OF_KIN: (_K.BIRTH_CERTIFICATE, _K.MARRIAGE_CERTIFICATE, _K.OTHER),
    Basis.COURT_ORDER: (_K.COURT_ORDER, _K.GUARDIANSHIP_ORDER),
}
"""What usually proves a basis, the most usual first; any document will do for the others."""
_CAPACITY = {
    Basis.PARENT: "as parent of {}",
    Basis.GUARDIAN: "as guardian of {}",
    Basis.HEALTH_CARE_PROXY: "as health care proxy for {}",
    Basis.POWER_OF_ATTORNEY: "as attorney-in-fact for {}, under a power of attorney",
    Basis.EXECUTOR: "as executor of the estate of {}",
    Basis.ADMINISTRATOR: "as administrator of the estate of {}",
    Basis.NEXT_OF_KIN: "as next of kin of {}",
    Basis.COURT_ORDER: "under a court order concerning {}",
    Basis.CLAIM_AFTER_DEATH: "as a person with a claim arising out of the death of {}",
}


def capacity(authority: Authority, person: Person) -> str:
    """In what capacity somebody asks, as a letter says it: `as parent of Marian Voss`."""
    base = _CAPACITY.get(authority.basis)
    if base is None:
        base = f"as {authority.relationship or 'representative'} of {{}}"
    elif authority.relationship and authority.basis in (Basis.NEXT_OF_KIN, Basis.PARENT):
        base = f"{base} ({authority.relationship})"
    return base.format(person.name)


def proof_line(proof: Document | None) -> str:
    """What a letter says of the proof that is with it; empty where none is held."""
    if proof is None or proof.deleted:
        return ""
    if proof.kind is DocumentKind.OTHER:
        return f"{proof.title} enclosed"
    return f"{proof.kind.words} enclosed"


def _dates(held: Authority, today: dt.date) -> str:
    if held.ended_on is not None and held.ended_on <= today:
        return f"it ended on {held.ended_on.isoformat()}"
    if held.from_date is not None and today < held.from_date:
        return f"it begins only on {held.from_date.isoformat()}"
    if held.to_date is not None and held.to_date < today:
        return f"it ran out on {held.to_date.isoformat()}"
    return ""


def _blocked(held: Authority, person: Person, today: dt.date) -> tuple[str, Rule | None]:
    """Why an authority does not hold on a day, and the law behind that."""
    said = _dates(held, today)
    if said:
        return said, None
    died = person.died_on is not None and person.died_on <= today
    day = person.died_on.isoformat() if person.died_on else ""
    if died and held.basis in _IN_LIFE:
        return f"{person.name} died on {day}, and with that it ended", _ENDS_WITH_DEATH
    if not died and held.basis in _AFTER_DEATH:
        rule = _KIN if held.basis is Basis.NEXT_OF_KIN else _NEEDS_DEATH
        said = f"it holds only after a death, and no date of death of {person.name} is known"
        return said, rule
    of_age = birthday(person.born, ADULT)
    if held.basis is Basis.PARENT and today >= of_age:
        return f"{person.name} has been of age ({ADULT}) since {of_age.isoformat()}", _MAJORITY
    return "", None


def _lacking(
    held: Authority, person: Person, kit: Sequence[Document], today: dt.date
) -> tuple[str, ...]:
    """Sentences on what is missing to prove an authority, out of the documents in the kit."""
    lacking: list[str] = []
    proof = next((d for d in kit if d.id == held.proof and not d.deleted), None)
    usual = PROOFS.get(held.basis, ())
    if proof is None:
        what = f"; the usual one is: {usual[0].words}" if usual else ""
        lacking.append(f"No proof of the authority is named{what}.")
    elif validity(proof, today) is Validity.EXPIRED and proof.expires_on is not None:
        lacking.append(f"The proof expired on {proof.expires_on.isoformat()}.")
    elif usual and proof.kind not in (*usual, DocumentKind.OTHER):
        lacking.append(
            f"The proof is: {proof.kind.words}. What they will expect is: {usual[0].words}."
        )
    certificate = any(d.kind is DocumentKind.DEATH_CERTIFICATE and not d.deleted for d in kit)
    if held.basis in _AFTER_DEATH and person.died_on is not None and not certificate:
        lacking.append("There is no death certificate in the ID kit.")
    return tuple(lacking)


def _limits(held: Authority, person: Person) -> tuple[Rule, ...]:
    found = [_LIMITS[limit] for limit in held.limits]
    if held.basis is Basis.PARENT:
        found.append(_MINOR)
    if held.basis is Basis.CLAIM_AFTER_DEATH:
        found.append(_CLAIM)
    if held.basis in (Basis.PARENT, Basis.GUARDIAN) and person.died_on is None:
        found.append(_ABUSE)
    return tuple(dict.fromkeys(found))


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


def _local(rules: tuple[Rule, ...], *, american: bool) -> tuple[Rule, ...]:
    """The rules as they may be told in a place: outside the United States no federal law is cited.

    What they say is so in most places; the law that says so there is not known here.
    """
    if american:
        return rules
    return tuple(
        replace(rule, cite="law of the place", confidence="low") if "CFR" in rule.cite else rule
        for rule in rules
    )


def standing(
    held: Authority,
    person: Person,
    kit: Sequence[Document],
    today: dt.date,
    place: str = "",
) -> Standing:
    """How an authority over a person stands on `today`; `kit` are the documents of the vault."""
    blocked, rule = _blocked(held, person, today)
    american = not place or place.split("-")[0] == "us"
    notes = after_death(person, place, today)
    if american and not notes and held.basis not in (Basis.PARENT, Basis.NEXT_OF_KIN):
        notes = (_HIPAA_GENERAL,)
    behind = _local((rule,) if rule else (), american=american)
    proof = next((d for d in kit if d.id == held.proof), None)
    return Standing(
        blocked=blocked,
        rule=behind[0] if behind else None,
        lacking=_lacking(held, person, kit, today),
        limits=_local(_limits(held, person), american=american),
        notes=notes,
        capacity=capacity(held, person),
        proof=proof_line(proof),
    )
