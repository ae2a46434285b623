"""Who may act for a person: on what basis, when it holds, what proves it, what it leaves out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vault.model.authority_law import (
    ABUSE,
    CLAIM,
    ENDS_WITH_DEATH,
    HIPAA_GENERAL,
    KIN,
    LIMITS,
    MAJORITY,
    MINOR,
    NEEDS_DEATH,
    Basis,
    Limit,
    Rule,
    after_death,
    local,
)
from vault.model.documents import Document, DocumentKind, Validity, validity
from vault.model.people import ADULT, Person, birthday


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
        return f"{person.name} died on {day}, and with that it ended", ENDS_WITH_DEATH
    if not died and held.basis in _AFTER_DEATH:
        rule = KIN if held.basis is Basis.NEXT_OF_KIN else NEEDS_DEATH
        said = f"it holds only after a death, and no date of death of {person.name} is known"
        return said, rule
    of_age = birthday(person.born, ADULT)
    if held.basis is Basis.PARENT and today >= of_age:
        return f"{person.name} has been of age ({ADULT}) since {of_age.isoformat()}", MAJORITY
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
    found = [LIMITS[limit] for limit in held.limits]
    if held.basis is Basis.PARENT:
        found.append(MINOR)
    if held.basis is Basis.CLAIM_AFTER_DEATH:
        found.append(CLAIM)
    if held.basis in (Basis.PARENT, Basis.GUARDIAN) and person.died_on is None:
        found.append(ABUSE)
    return tuple(dict.fromkeys(found))


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
        notes = (HIPAA_GENERAL,)
    behind = local((rule,) if rule else (), american=american)
    proof = next((d for d in kit if d.id == held.proof), None)
    return Standing(
        blocked=blocked,
        rule=behind[0] if behind else None,
        lacking=_lacking(held, person, kit, today),
        limits=local(_limits(held, person), american=american),
        notes=notes,
        capacity=capacity(held, person),
        proof=proof_line(proof),
    )
