"""Every fact's citation, cut out of the page, contains its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.facts.pages import from_text
from vault.facts.extract import extract
from vault.model.facts import Fact, FactKind
from vault.model.words import Box, Word

NUMBERS = st.integers(0, 99999).map(str)
DAYS = st.dates().map(lambda d: d.strftime("%m/%d/%Y"))
NAMES = st.sampled_from(["Marian Voss", "VOSS, MARIAN E", "Tobias J. Delacour", "O'Neil-Voss, A"])
DRUGS = st.sampled_from(["lisinopril", "Synthroid", "amoxicillin", "metformin", "penicillin"])
SAYINGS = st.sampled_from(
    ["All is well.", "Dr. Ines Ashgrove", "Father died at 71 of a stroke.", "Never smoked.",
     "Denies chest pain.", "Right knee arthroscopy", "CT chest was done as ordered.",
     "MRI left knee ordered today,", "type 2 diabetes", "Seen for a sprain 3 days ago"]
)  # fmt: skip
HEADS = st.sampled_from(
    ["PROGRESS NOTE", "Past Medical History:", "ALLERGIES", "Medications:", "Family History:",
     "Social History:", "Alder Bend Clinic", "RADIOLOGY REPORT", "VITALS", "Plan:", "Findings:"]
)  # fmt: skip
CELLS = st.one_of(
    st.builds("Patient: {}".format, NAMES),
    st.builds("DOB: {}".format, DAYS),
    st.builds("MRN {}".format, NUMBERS),
    st.just("Medical Record No."),
    st.builds("Page {} of {}".format, st.integers(1, 9), st.integers(1, 12)),
    st.builds("Date of service: {}".format, DAYS),
    st.builds("{} {} mg twice daily".format, DRUGS, NUMBERS),
    st.builds("Allergic to {} (hives)".format, DRUGS),
    st.builds("BP {}/80 Pulse {}".format, NUMBERS, NUMBERS),
    st.builds("Sodium {} mmol/L 135-145".format, NUMBERS),
    st.builds("See the MRI report of {}, enclosed.".format, DAYS),
    SAYINGS, HEADS, NAMES, DAYS, NUMBERS,
)  # fmt: skip
LINES = st.lists(CELLS, min_size=1, max_size=3).map("   ".join)
PAGES = st.lists(LINES, min_size=1, max_size=14).map("\n".join)


def _inside(word: Word, box: Box) -> bool:
    """Whether a word lies within a box, as it is when the box is cut out of the page."""
    return (
        box.left <= word.box.left
        and word.box.right <= box.right
        and box.top <= word.box.top
        and word.box.bottom <= box.bottom
    )


def _around(words: list[Word]) -> tuple[float, float, float, float]:
    return (
        min(w.box.left for w in words),
        min(w.box.top for w in words),
        max(w.box.right for w in words),
        max(w.box.bottom for w in words),
    )


def _plain(text: str) -> str:
    return " ".join(text.split())


def _holds(fact: Fact, words: tuple[Word, ...]) -> None:
    cited = list(words[fact.span.start : fact.span.stop])
    assert cited
    assert (fact.box.left, fact.box.top, fact.box.right, fact.box.bottom) == _around(cited)
    cut = [word for word in words if _inside(word, fact.box)]
    assert all(word in cut for word in cited)
    if len({word.line for word in cited}) == 1:
        assert cut == cited
    if fact.kind is FactKind.PRINT:  # the page as a whole: nothing is quoted
        assert fact.quote == ""
        return
    assert fact.quote
    assert fact.quote in _plain(" ".join(word.text for word in cited))
    assert fact.confidence == min(word.confidence for word in cited)


@given(PAGES)
def test_a_citation_cut_out_of_the_page_contains_its_words(page: str) -> None:
    """Span, quote and box name the same words, and the box covers these and no more."""
    words = from_text(page)
    for fact in extract(words, 1):
        _holds(fact, words)


def test_the_pages_state_facts_of_every_sort() -> None:
    """One page of these lines states so much that the property says something."""
    page = (
        "Alder Bend Clinic\nPatient: Marian Voss   DOB: 03/14/1961   MRN 00412\nPage 1 of 2\n"
        "PROGRESS NOTE\nDate of service: 03/02/2021\nALLERGIES\nAllergic to penicillin (hives)\n"
        "Medications:\nlisinopril 20 mg twice daily\nSocial History:\nNever smoked.\n"
        "See the MRI report of 02/20/2021, enclosed.\nMRI left knee ordered today,\n"
    )
    words = from_text(page)
    facts = extract(words, 1)
    for fact in facts:
        _holds(fact, words)
    wanted = {
        FactKind.NAME, FactKind.BORN, FactKind.MRN, FactKind.PAGE_OF, FactKind.DOCUMENT,
        FactKind.SERVICE_DATE, FactKind.SECTION, FactKind.ALLERGY, FactKind.MEDICATION,
        FactKind.SOCIAL, FactKind.REFERENCE, FactKind.ORDER, FactKind.PRINT,
    }  # fmt: skip
    assert wanted <= {fact.kind for fact in facts}


def test_headings_are_kept_as_sections() -> None:
    """The heading as printed, what it is called and what it is about; labels are no sections."""
    page = (
        "Past Medical History:\ntype 2 diabetes\nPROVIDER: Ines Ashgrove\nALLERGIES\nnone known\n"
    )
    found = [f for f in extract(from_text(page), 1) if f.kind is FactKind.SECTION]
    assert [(f.value, f.quote, f.label) for f in found] == [
        ("past medical history", "Past Medical History", "problems"),
        ("allergies", "ALLERGIES", "allergies"),
    ]
