"""Suspicions about a person's health over several records: kept in step, and dismissed for good."""

from __future__ import annotations

from tests.actions.made import patient, put, result
from tests.actions.test_flags import read_again
from vault.actions import flags
from vault.actions.imports import keep
from vault.actions.session import Session
from vault.model.flags import Check, Flag, FlagState
from vault.store import pages, records

MARCH = "Date of service: 2019-03-04\nAllergies: Penicillin (rash)"
MAY = "Date of service: 2019-05-20\nAllergies: NKDA"


def of(vault: Session, check: Check) -> list[Flag]:
    """The flags of one check."""
    return [f for f in flags.every(vault) if f.finding.check is check]


def test_a_contradiction_is_found_from_either_side(vault: Session) -> None:
    """Whichever record came first, the one flag stands on the same words."""
    person = patient(vault)
    denies = put(vault, "b.pdf", (MAY,), person)
    states = put(vault, "a.pdf", (MARCH,), person)
    (flag,) = of(vault, Check.ALLERGY_CONTRADICTION)
    assert (flag.finding.record, flag.finding.quote) == (denies.id, "NKDA")
    assert [place.record for place in flag.finding.related] == [states.id]


def test_a_suspicion_ends_when_the_other_side_was_misread(vault: Session) -> None:
    """A better reading of the record that is only related takes the flag back."""
    person = patient(vault)
    put(vault, "b.pdf", (MAY,), person)
    states = put(vault, "a.pdf", (MARCH,), person)
    read_again(vault, states, MARCH.replace("Penicillin (rash)", "none known"))
    assert of(vault, Check.ALLERGY_CONTRADICTION) == []


def test_a_third_record_is_named_beside_the_others(vault: Session) -> None:
    """A suspicion nobody decided on is put in step with what came since."""
    person = patient(vault)
    states = put(vault, "a.pdf", (MARCH,), person)
    denies = put(vault, "b.pdf", (MAY,), person)
    more = put(vault, "c.pdf", (MARCH.replace("03-04", "08-11"),), person)
    (flag,) = of(vault, Check.ALLERGY_CONTRADICTION)
    assert flag.finding.record == denies.id
    assert {place.record for place in flag.finding.related} == {states.id, more.id}


def test_a_dismissed_contradiction_never_comes_back(vault: Session) -> None:
    """Not after reading either side again in other words, nor with a copy or another record."""
    person = patient(vault)
    states = put(vault, "a.pdf", (MARCH,), person)
    denies = put(vault, "b.pdf", (MAY,), person)
    (flag,) = of(vault, Check.ALLERGY_CONTRADICTION)
    flags.dismiss(vault, flag.id, "it was tested and is none")
    read_again(vault, denies, MAY.replace("NKDA", "No known drug allergies~"))
    read_again(vault, states, MARCH.replace("Penicillin (rash)", "PCN - hives"))
    put(vault, "copy.pdf", ("A cover sheet", MAY), person)
    put(vault, "more.pdf", (MARCH.replace("03-04", "09-30"),), person)
    (held,) = of(vault, Check.ALLERGY_CONTRADICTION)
    assert (held.id, held.state) == (flag.id, FlagState.DISMISSED)


def test_no_dismissed_suspicion_of_any_clinical_check_comes_back(vault: Session) -> None:
    """One of each, dismissed, then every page read again and a copy of every record kept."""
    person = patient(vault)
    first = (
        "Date of service: 2019-03-04\n"
        "History of Present Illness: She fell on the stairs yesterday and has a bruise.\n"
        "Allergies: Sulfa (rash)\nSocial History: Never smoker.\n"
        "Past Medical History: Type 2 diabetes.\nCurrent Medications\nlisinopril 10 mg daily\n"
        "Procedure: Left knee arthroscopy on 2019-03-04.\nVital Signs: Temp 986 F\n"
        "Plan: No medication changes. Start Bactrim DS one tablet BID."
    )
    second = (
        "Date of service: 2019-03-10\n"
        "History of Present Illness: She fell on the stairs yesterday and has a bruise.\n"
        "Allergies: NKDA\nSocial History: Smokes 1 ppd.\n"
        "Past Medical History: Type 1 diabetes.\nCurrent Medications\nlisinopril 40 mg daily\n"
        "Plan: Status post right knee arthroscopy on 2019-03-04."
    )
    records_ = [put(vault, f"{n}.pdf", (text,), person) for n, text in enumerate((first, second))]
    raised = flags.every(vault)
    assert {f.finding.check.value for f in raised} >= {
        "allergy_contradiction", "allergy_drug_conflict", "med_dose_contradiction",
        "laterality_contradiction", "social_family_contradiction", "diagnosis_contradiction",
        "copy_forward", "implausible_value",
    }  # fmt: skip
    for flag in raised:
        flags.dismiss(vault, flag.id, "not an error")
    for record, text in zip(records_, (first, second), strict=True):
        with vault.vault.write("record.reread", record.id) as db:
            records.reopen(db, record.id, "eng", "auto")
            pages.make_pending(db, record.id, 1)
        keep.keep(vault, [keep.Read(record, result(1, text.replace("1 ppd", "one ppd")))])
        put(vault, f"copy of {record.title}", ("Fax cover", text), person)
    clinical = [f for f in flags.every(vault) if f.finding.key.startswith("*")]
    assert {f.state for f in clinical} == {FlagState.DISMISSED}
