"""When somebody may act for a person, why not, and what is missing to prove it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.model.authority import Authority, standing
from vault.model.authority_law import Basis, Limit, after_death
from vault.model.documents import Document, DocumentKind
from vault.model.people import ADULT, Person, birthday

TODAY = dt.date(2026, 11, 23)
CHILD = Person("per_1", "Lior Voss", dt.date(2015, 5, 1))
GROWN = Person("per_1", "Lior Voss", dt.date(1990, 5, 1))
DEAD = Person("per_1", "Edda Voss", dt.date(1940, 5, 1), died_on=dt.date(2024, 2, 3))
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))


def _authority(basis: Basis, **more: object) -> Authority:
    return Authority("auth_1", "per_1", "Marian Voss", basis, **more)  # type: ignore[arg-type]


def _document(kind: DocumentKind, until: dt.date | None = None, size: int = 9) -> Document:
    return Document("doc_1", "per_1", kind, "a scan", "pdf", size, "2026-01-01", until)


@pytest.mark.parametrize(
    ("basis", "person", "said"),
    [
        (Basis.PARENT, CHILD, ""),
        (Basis.PARENT, GROWN, "has been of age (18) since 2008-05-01"),
        (Basis.POWER_OF_ATTORNEY, GROWN, ""),
        (Basis.POWER_OF_ATTORNEY, DEAD, "died on 2024-02-03, and with that it ended"),
        (Basis.HEALTH_CARE_PROXY, DEAD, "died on"),
        (Basis.GUARDIAN, DEAD, "died on"),
        (Basis.EXECUTOR, DEAD, ""),
        (Basis.EXECUTOR, GROWN, "holds only after a death"),
        (Basis.ADMINISTRATOR, GROWN, "holds only after a death"),
        (Basis.NEXT_OF_KIN, GROWN, "holds only after a death"),
        (Basis.CLAIM_AFTER_DEATH, DEAD, ""),
        (Basis.COURT_ORDER, DEAD, ""),
        (Basis.OTHER, GROWN, ""),
    ],
)
def test_a_basis_holds_or_says_why_not(basis: Basis, person: Person, said: str) -> None:
    """Majority ends a parent's, death a living person's; an estate needs a death."""
    found = standing(_authority(basis), person, (), TODAY)
    assert found.valid is (not said)
    assert said in found.blocked
    assert bool(found.rule) is bool(said)


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"from_date": dt.date(2026, 11, 24)}, "begins only on 2026-11-24"),
        ({"from_date": TODAY}, ""),
        ({"to_date": dt.date(2026, 11, 22)}, "ran out on 2026-11-22"),
        ({"to_date": TODAY}, ""),
        ({"ended_on": TODAY}, "ended on 2026-11-23"),
        ({"ended_on": dt.date(2026, 11, 24)}, ""),
    ],
)
def test_the_first_and_last_day_count(dates: dict[str, dt.date], said: str) -> None:
    """It holds on its first and last day, and no longer on the day it was ended."""
    found = standing(_authority(Basis.GUARDIAN, **dates), GROWN, (), TODAY)
    assert said in found.blocked
    assert found.valid is (not said)


@given(born=DAYS, today=DAYS)
def test_a_parent_may_ask_until_the_birthday_and_never_after(born: dt.date, today: dt.date) -> None:
    """The day of majority is the first on which it no longer holds, whatever the birth date."""
    person = Person("per_1", "Lior Voss", born)
    found = standing(_authority(Basis.PARENT), person, (), today)
    assert found.valid is (today < birthday(born, ADULT))


def test_born_on_a_leap_day() -> None:
    """Somebody born on 29 February is of age on 1 March where the year has no such day."""
    assert birthday(dt.date(2008, 2, 29), 18) == dt.date(2026, 3, 1)
    assert birthday(dt.date(2008, 2, 29), 20) == dt.date(2028, 2, 29)


def test_what_proof_is_missing() -> None:
    """No proof, an expired one, an unusual one; and none lacking where all is there."""
    bare = standing(_authority(Basis.EXECUTOR), DEAD, (), TODAY)
    assert "the usual one is: letters testamentary" in bare.lacking[0]
    assert "death certificate" in bare.lacking[1]
    proven = _authority(Basis.POWER_OF_ATTORNEY, proof="doc_1")
    power = DocumentKind.POWER_OF_ATTORNEY
    assert standing(proven, GROWN, (_document(power),), TODAY).lacking == ()
    old = _document(power, dt.date(2026, 11, 22))
    assert "expired on 2026-11-22" in standing(proven, GROWN, (old,), TODAY).lacking[0]
    wrong = _document(DocumentKind.UTILITY_BILL)
    assert "is: utility bill." in standing(proven, GROWN, (wrong,), TODAY).lacking[0]
    gone = _document(power, size=0)
    assert "No proof" in standing(proven, GROWN, (gone,), TODAY).lacking[0]


@pytest.mark.parametrize(
    ("basis", "relationship", "line"),
    [
        (Basis.PARENT, "", "as parent of Edda Voss"),
        (Basis.PARENT, "mother", "as parent of Edda Voss (mother)"),
        (Basis.EXECUTOR, "", "as executor of the estate of Edda Voss"),
        (Basis.OTHER, "social worker", "as social worker of Edda Voss"),
        (Basis.OTHER, "", "as representative of Edda Voss"),
        (Basis.COURT_ORDER, "", "under a court order concerning Edda Voss"),
    ],
)
def test_the_capacity_in_a_letter(basis: Basis, relationship: str, line: str) -> None:
    """A letter says in which capacity somebody asks."""
    found = standing(_authority(basis, relationship=relationship), DEAD, (), TODAY)
    assert found.capacity == line


def test_the_proof_in_a_letter_is_what_is_held() -> None:
    """The proof line names the document by its kind, and nothing that is not there."""
    held = _authority(Basis.EXECUTOR, proof="doc_1")
    kit = (_document(DocumentKind.LETTERS_TESTAMENTARY),)
    assert standing(held, DEAD, kit, TODAY).proof == "letters testamentary enclosed"
    assert standing(held, DEAD, (), TODAY).proof == ""


def test_limits_come_with_their_law() -> None:
    """Noted limits and those of the basis itself are told once each, with a citation."""
    noted = (Limit.MINOR_CONSENTED_CARE, Limit.SUBSTANCE_USE, Limit.PSYCHOTHERAPY_NOTES)
    found = standing(_authority(Basis.PARENT, limits=noted), CHILD, (), TODAY)
    cites = [rule.cite for rule in found.limits]
    assert cites.count("45 CFR 164.502(g)(3)") == 1
    assert {"42 CFR 2.14, 2.15", "45 CFR 164.524(a)(1)(i), 164.501"} <= set(cites)
    claim = standing(_authority(Basis.CLAIM_AFTER_DEATH), DEAD, (), TODAY, "uk")
    assert any("s.5(4)" in rule.cite for rule in claim.limits)


def test_after_a_death_the_law_of_the_place_is_named() -> None:
    """HIPAA for fifty years, the Act of 1990 in the UK, elsewhere the law of the place."""
    assert after_death(GROWN, "us", TODAY) == ()
    assert "until 2074-02-03" in after_death(DEAD, "us-tx", TODAY)[0].says
    long_ago = Person("per_1", "Old Voss", dt.date(1900, 1, 1), died_on=dt.date(1960, 1, 1))
    assert "ended on 2010-01-01" in after_death(long_ago, "", TODAY)[0].says
    assert "Access to Health Records Act" in after_death(DEAD, "uk", TODAY)[0].cite
    assert "GDPR" in after_death(DEAD, "ie", TODAY)[0].cite
