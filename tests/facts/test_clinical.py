"""Clinical facts: what they say, of whom, and that they stand on the page."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.facts.pages import from_text
from vault.facts import clinical
from vault.facts.extract import extract
from vault.facts.page import lay
from vault.model.facts import FactKind
from vault.model.words import Box, Word, box_of, quote_of, text_of


def stated(text: str, kind: FactKind) -> list[dict[str, object]]:
    """The values of one kind that a page laid out as `text` states."""
    return [json.loads(f.value) for f in extract(from_text(text), 1) if f.kind is kind]


def only(text: str, kind: FactKind) -> dict[str, object]:
    """The one value of a kind on a page."""
    (value,) = stated(text, kind)
    return value


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "lisinopril 20 mg by mouth once daily",
            {"drug": "lisinopril", "dose": "20", "unit": "mg", "route": "by mouth", "daily": "1"},
        ),
        ("Synthroid 75 mcg qAM", {"drug": "levothyroxine", "dose": "0.075", "daily": "1"}),
        ("metformin 1 g BID with meals", {"drug": "metformin", "dose": "1000", "daily": "2"}),
        ("ibuprofen 200 mg, 2 tablets q6h prn", {"dose": "400", "daily": "4", "needed": "prn"}),
        ("alendronate   70 mg   once weekly", {"drug": "alendronate", "daily": "0.1429"}),
        ("Zorvexa 15 mg twice daily", {"drug": "zorvexa", "dose": "15", "daily": "2"}),
    ],
)
def test_a_line_of_a_list_of_medicines(line: str, expected: dict[str, str]) -> None:
    """Name, dose in one unit, route and times a day; names that are not in the book too."""
    value = only(f"Current Medications\n{line}", FactKind.MEDICATION)
    assert expected.items() <= value.items()
    assert (value["status"], value["place"]) == ("taking", "list")


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Start amoxicillin 500 mg TID.", "started"),
        ("Amoxicillin was avoided.", "avoided"),
        ("Not allergic to amoxicillin.", "avoided"),
        ("Amoxicillin was discontinued.", "stopped"),
        ("Stopped her amoxicillin.", "stopped"),
        ("Amoxicillin increased to 875 mg.", "changed"),
        ("Doing well on amoxicillin.", "taking"),
    ],
)
def test_how_a_medicine_stands(sentence: str, status: str) -> None:
    """Taken, begun, changed, stopped, or only named."""
    assert only(f"Plan: {sentence}", FactKind.MEDICATION)["status"] == status


def test_a_thing_measured_is_no_medicine() -> None:
    """Calcium in the blood is a result."""
    assert stated("Calcium   9.2   mg/dL   8.5-10.3", FactKind.MEDICATION) == []
    assert only("Calcium   9.2   mg/dL   8.5-10.3", FactKind.RESULT)["test"] == "calcium"


@pytest.mark.parametrize(
    ("sentence", "what", "status"),
    [
        ("History of asthma.", "asthma", "past"),
        ("No history of asthma.", "asthma", "never"),
        ("Denies any history of asthma.", "asthma", "never"),
        ("Never had asthma.", "asthma", "never"),
        ("No asthma.", "asthma", "absent"),
        ("Asthma was ruled out.", "asthma", "ruled_out"),
        ("Ruled out for MI.", "heart_attack", "ruled_out"),
        ("Rule out stroke.", "stroke", "unsure"),
        ("Possible asthma.", "asthma", "unsure"),
        ("Asthma, resolved.", "asthma", "resolved"),
        ("Asthma is stable.", "asthma", "present"),
        ("Type II diabetes.", "diabetes_2", "present"),
    ],
)
def test_how_sure_a_condition_is(sentence: str, what: str, status: str) -> None:
    """Denied for ever or for now, suspected, ruled out, past, present."""
    value = only(f"Assessment: {sentence}", FactKind.PROBLEM)
    assert (value["what"], value["status"]) == (what, status)


def test_a_relatives_condition_is_the_relatives() -> None:
    """In a family history and in a sentence about a sister."""
    assert stated("Assessment: Sister has asthma.", FactKind.PROBLEM) == []
    page = "Family History: Mother: asthma. Father died of stroke at 81."
    assert stated(page, FactKind.PROBLEM) == []
    assert stated(page, FactKind.FAMILY) == [
        {"who": "mother", "what": ["asthma"]},
        {"who": "father", "what": ["stroke"], "state": "dead", "age": "81"},
    ]


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        ("Allergies: Penicillin Prescribers: Tolland, Ordway", "Penicillin"),
        ("Allergies: Penicillin Reaction: hives", "Penicillin Reaction: hives"),
    ],
)
def test_an_allergy_ends_where_another_label_begins(line: str, quote: str) -> None:
    """What the next label of the line is about is no part of it; how it showed is."""
    found = [f for f in extract(from_text(line), 1) if f.kind is FactKind.ALLERGY]
    assert [f.quote for f in found] == [quote]


def test_scope_ends_at_a_semicolon() -> None:
    """What is denied before it is told after it."""
    found = stated("Assessment: No history of stroke; asthma since 1998.", FactKind.PROBLEM)
    assert [(v["what"], v["status"]) for v in found] == [("stroke", "never"), ("asthma", "present")]
    assert found[1]["onset"] == "1998"


def test_vital_signs_in_a_line_and_in_columns() -> None:
    """The same figures either way, with units, metric and not."""
    line = "Vital Signs: BP 128/76 Pulse 72 Temp 36.8 C SpO2 98% Height 5 ft 4 in Weight 72.5 kg"
    table = (
        "BP        Pulse     Temp      SpO2      Height       Weight\n"
        "128/76    72        36.8 C    98%       5 ft 4 in    72.5 kg"
    )
    expected = {
        ("bp", "128/76", None), ("pulse", "72", None), ("temperature", "36.8", "c"),
        ("oxygen", "98", "%"), ("height", "5 ft 4 in", None), ("weight", "72.5", "kg"),
    }  # fmt: skip
    for page in (line, table):
        found = stated(page, FactKind.VITAL)
        assert {(v["sign"], v["number"], v.get("unit")) for v in found} == expected


def test_a_row_of_results() -> None:
    """Test, figure, unit, range and flag."""
    page = (
        "Test         Result     Flag    Units     Reference\n"
        "LDL, calc    127        H       mg/dL     <100"
    )
    assert only(page, FactKind.RESULT) == {
        "test": "ldl", "number": "127", "unit": "mg/dl", "range": "<100", "flag": "H",
    }  # fmt: skip


def test_procedures_and_immunizations() -> None:
    """Side and day of an operation, vaccine and when."""
    value = only("Plan: s/p left total knee arthroplasty (04/23/2022).", FactKind.PROCEDURE)
    assert value == {"what": "arthroplasty knee", "side": "left", "on": "2022-04-23"}
    assert only("Influenza vaccine   fall 2019", FactKind.IMMUNIZATION)["on"] == "fall 2019"


def test_habits_with_times() -> None:
    """Use, when it ended, and how much."""
    page = "Social History: Former smoker, 10 pack-years, quit July 2022. Alcohol: none."
    assert stated(page, FactKind.SOCIAL) == [
        {"habit": "tobacco", "use": "former", "ended": "2022-07", "pack_years": "10"},
        {"habit": "alcohol", "use": "none"},
    ]


def test_a_newborns_section_in_its_mothers_chart() -> None:
    """Weight, allergies and birth of a newborn are not the mother's."""
    page = "NEWBORN RECORD\nAllergies: Penicillin\nPlan: Mother to follow up. She has asthma."
    assert stated(page, FactKind.ALLERGY) == []


PARTS = st.one_of(
    st.text(max_size=10),
    st.sampled_from(
        ["Allergies:", "NKDA", "Penicillin", "(hives)", "Medications", "lisinopril", "20", "mg",
         "no", "history", "of", "stroke", "Mother", "died", "at", "88", "Smokes", "1", "ppd",
         "left", "right", "knee", "repair", "BP", "120/80", "Temp", "98.6", "F", "Height", "5",
         "ft", "Sodium", "140", "mmol/L", "135-145", "Social", "History:", "day", "3", "yesterday",
         "on", "02/30/2019", "since", "type", "2", "diabetes", ";", "but", "\f", "\t", "Plan:",
         "influenza", "vaccine", "2019", "quit", "2004", "drinks", "beers", "daily", "(", ")"]
    ),
)  # fmt: skip
SIDES = st.floats(0, 1)
BOXES = st.builds(Box.clamped, SIDES, SIDES, SIDES, SIDES)
WORDS = st.builds(Word, PARTS, BOXES, st.integers(0, 100), st.integers(0, 9), st.integers(0, 3))


@given(st.lists(WORDS, max_size=40))
def test_any_words_at_any_place(words: list[Word]) -> None:
    """Nothing fails, every value is compact JSON, and every citation holds its words."""
    text = " ".join(text_of(words).split())
    for fact in clinical.facts(lay(words, 1)):
        assert fact.kind is FactKind.SECTION or isinstance(json.loads(fact.value), dict)
        assert fact.quote
        assert fact.quote in text
        assert fact.quote in " ".join(quote_of(words, fact.span).split())
        assert fact.box == box_of(words, fact.span)


@given(st.lists(PARTS, max_size=60), st.lists(st.sampled_from(" \n"), min_size=60, max_size=60))
def test_any_text(parts: list[str], between: list[str]) -> None:
    """The same for words that stand in lines."""
    made = "".join(f"{p}{b}" for p, b in zip(parts, between, strict=False)).replace("~", "")
    words = from_text(made)
    text = " ".join(text_of(words).split())
    assert all(fact.quote in text for fact in clinical.facts(lay(words, 1)))
