"""What kind of document a page is of: by its title, else by what such documents hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vault.facts.documents import is_letterhead
from vault.facts.labels import label_at
from vault.facts.page import Laid
from vault.facts.pages import goes_on
from vault.facts.tokens import Row
from vault.facts.values import Found, joined
from vault.model.facts import Fact, FactKind
from vault.model.paper_kinds import DocumentKind as Kind

_NAMES: tuple[tuple[Kind, str], ...] = (
    (Kind.DISCHARGE_PAPERS, r"discharge (?:instructions?|papers|orders?|paperwork)|"
     r"after[- ]visit summary|aftercare instructions?"),
    (Kind.DISCHARGE_SUMMARY, r"(?:hospital |inpatient )?discharge (?:summary|summaries|report|"
     r"note|abstract)|summary of (?:hospitali[sz]ation|admission)|transfer summary|"
     r"hospital (?:course )?summary"),
    (Kind.ADMISSION, r"(?:hospital |inpatient )?admission (?:history and physical|h ?& ?p|note|"
     r"history|assessment|report|summary)|history (?:and|&) physical(?: examination| exam)?|"
     r"h ?& ?p|h and p|admission|admitting (?:note|history)"),
    (Kind.EMERGENCY, r"emergency (?:department|room|medicine|dept)(?: \w+)?(?: note| record| "
     r"report| visit| summary| chart)?|(?:ed|er) (?:note|record|report|visit|chart|"
     r"provider note)|triage (?:note|record)|urgent care (?:note|visit|record)"),
    (Kind.ANESTHESIA, r"an(?:a)?esthesia (?:record|report|note|evaluation)"),
    (Kind.DELIVERY, r"(?:labou?r and )?delivery (?:summary|record|note|report)|"
     r"birth (?:record|summary)"),
    (Kind.OPERATIVE, r"operative (?:report|note|record|summary)|operation (?:report|note|record)|"
     r"(?:report|record) of (?:operation|surgery|procedure)|procedure (?:report|note|record)|"
     r"surgical (?:report|note|record)|surgery (?:report|note)|endoscopy report|"
     r"colonoscopy report|egd report|operative and procedure reports?|"
     r"(?:brief )?op(?:erative)? note"),
    (Kind.PATHOLOGY, r"(?:surgical |anatomic(?:al)? )?pathology(?: (?:report|consultation|"
     r"results?|diagnosis))?|cytology(?: report)?|biopsy (?:report|results?)|"
     r"histology report|tissue report"),
    (Kind.HEART_TEST, r"(?:transthoracic |transesophageal |stress )?echocardiogra(?:m|phy)"
     r"(?: report)?|e[ck]g(?: report| tracing)?|electrocardiogram(?: report)?|"
     r"(?:cardiac |exercise )?stress test(?: report)?|holter (?:monitor )?report|"
     r"cardiac catheterization(?: report)?"),
    (Kind.IMAGING, r"(?:diagnostic |medical )?imaging (?:report|consultation|results?|study)|"
     r"(?:diagnostic )?radiology (?:report|consultation|results?|reports)|x[- ]?ray report|"
     r"(?:ct|mri|mr|ultrasound|mammogra(?:m|phy)|pet|nuclear medicine|dexa|bone density|"
     r"radiographic|sonogra(?:m|phy)) (?:scan )?(?:report|study|consultation|results?|"
     r"examination)|report of (?:radiology|imaging|x[- ]?ray)\w*|imaging reports?"),
    (Kind.LAB, r"(?:final |interim |cumulative |clinical )?(?:lab(?:oratory)?|blood|test|"
     r"chemistry|h(?:a)?ematology|microbiology|specimen|diagnostic)(?: \w+)? "
     r"(?:reports?|results?|findings|summary)|(?:lab(?:oratory)?) results?|results? (?:report|"
     r"review)|final report|report of laboratory \w+|laboratory data|blood work"),
    (Kind.IMMUNIZATIONS, r"immuni[sz]ations?(?: (?:records?|history|summary|report|"
     r"certificate))?|vaccin(?:e|ation)s?(?: administration)? (?:records?|history|card|"
     r"certificate|report)|shot records?|certificate of immuni[sz]ation"),
    (Kind.MEDICATIONS, r"(?:current |active |patient |home |outpatient )?medications? "
     r"(?:list|summary|profile|record|reconciliation|history|lists)|list of (?:current )?"
     r"medications|medication administration record|prescription (?:list|history|record)s?|"
     r"pharmacy (?:profile|record|printout)|drug list"),
    (Kind.THERAPY, r"(?:physical|occupational|speech|respiratory|physio)[ -]?therapy(?: \w+)?"
     r"(?: (?:notes?|evaluation|assessment|records?|progress|plan|summary|visit|treatment))?|"
     r"(?:pt|ot) (?:notes?|evaluation|progress note|treatment note)|physiotherapy|"
     r"therapy (?:notes?|evaluation)|rehabilitation (?:notes?|records?|services?)(?: \w+)?"),
    (Kind.NURSING, r"nurs(?:es|ing|e|e's|es')(?: (?:notes?|assessment|flow ?sheets?|records?|"
     r"progress notes?))|flow ?sheets?"),
    (Kind.CONSULT, r"(?:\w+ ){0,2}consult(?:ation)?s?(?: (?:report|note|letter|notes|"
     r"request|visit|reports|summary))?|specialist (?:report|letter|visit)|"
     r"initial (?:specialty )?evaluation"),
    (Kind.REFERRAL, r"referral(?: (?:letter|form|order|request|note))?"),
    (Kind.CONSENT, r"(?:informed )?consent(?: (?:for|to) [\w ]+)?(?: form)?|"
     r"authorization (?:for|to) [\w ]+|notice of privacy practices"),
    (Kind.CLAIM, r"explanation of benefits|eob|insurance claim|claim(?: form| summary)?"),
    (Kind.BILL, r"(?:itemi[sz]ed |billing |patient |account |hospital )*(?:statement|bill|"
     r"invoice)(?: of (?:account|charges))?|statement of (?:account|charges)|billing "
     r"(?:record|statement|summary|records)|itemi[sz]ed (?:charges|bill|statement)"),
    (Kind.ORDER, r"(?:physician |provider |doctor'?s? )?orders?(?: form| sheet)?|"
     r"(?:lab|laboratory|imaging|radiology|test) (?:order|requisition)(?: form)?|requisition"),
    (Kind.NOTE, r"(?:\w+ |\w+/){0,3}(?:progress|clinic|office|outpatient|follow[- ]?up|visit|"
     r"soap|encounter|chart|clinical|post-?op(?:erative)?|pre-?op(?:erative)?|annual|wellness|"
     r"telephone|telehealth|video|well[- ]child)(?: \w+)?"
     r" (?:notes?|visits?|summary|report|exam(?:ination)?|record|encounter)|"
     r"(?:\w+ )?notes?|office visits?|(?:post-?operative|pre-?operative|annual|follow[- ]?up|"
     r"return|new patient|established patient|wellness|well|sick|outpatient|routine) visits?|"
     r"annual physical|visit summary|telephone encounter|hospital records?"),
    (Kind.FILM, r"(?:key |diagnostic |radiology |selected |exam )?images?(?: (?:\d+|series|set|"
     r"only|printout|of study))?|films?|film (?:copy|print)|scout|image series"),
    (Kind.LETTER, r"letter|(?:patient |portal |secure )*messages?(?: history| thread)?|"
     r"correspondence|(?:patient )?letter to [\w ]+"),
)  # fmt: skip
_TITLES = tuple((kind, re.compile(rf"(?:{words})", re.I)) for kind, words in _NAMES)
_WITHIN = tuple((kind, re.compile(rf"\b(?:{words})\b", re.I)) for kind, words in _NAMES)
_TESTS = {Kind.IMAGING: r"ct|mri|ultrasound|x[- ]?ray|radiograph|mammogram|sonogram|pet|dexa",
          Kind.HEART_TEST: r"echocardiogram|echo|ekg|ecg|stress test|holter"}  # fmt: skip
_LIMIT = 0.5
"""A title stands in the upper half of a page."""
_MARKS = re.compile(r"^[\W_]+|[\W_]+$")
_VAGUE = re.compile(
    r"(?:final |interim |preliminary )?(?:diagnostic |test |clinical )*(?:reports?|results?)", re.I
)
"""Titles that many share: what the page holds tells then."""
_NO_PLACE = re.compile(
    r"\b(?:course|maintenance|plan|history|instructions?|summary|report|records?|insurance|"
    r"notes?|list|results?|consultation|admission|discharge)\b", re.I
)  # fmt: skip
_NO_NAME = re.compile(r"[:=*\d]|\bdirector\b", re.I)
_TOP = 0.22
_CUES: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.LAB, ("specimen", "collected", "reference", "units", "result")),
    (Kind.IMAGING, ("technique", "findings", "impression", "accession", "study", "exam")),
    (Kind.BILL, ("charges", "balance", "amount due", "cpt", "procedure code")),
    (Kind.OPERATIVE, ("preoperative diagnosis", "postoperative diagnosis", "anesthesia")),
    (
        Kind.DISCHARGE_SUMMARY,
        (
            "discharge date",
            "hospital course",
            "condition at discharge",
            "admission date",
            "discharge diagnos",
        ),
    ),
    (Kind.PATHOLOGY, ("gross description", "microscopic", "final diagnosis", "specimen")),
    (Kind.NOTE, ("history of present illness", "assessment", "plan", "vital signs")),
)
_PLAIN = 3


def kind_titled(text: str) -> Kind | None:
    """The kind of document whose title a line of text is; None for any other line."""
    bare = _MARKS.sub("", " ".join(text.split()))
    if not 2 <= len(bare) <= 60:
        return None
    return next((kind for kind, words in _TITLES if words.fullmatch(bare)), None)


def kind_named(text: str) -> Kind | None:
    """The kind of document that words within a sentence name, or None."""
    skipped = (Kind.FILM, Kind.NOTE, Kind.CONSENT, Kind.ORDER, Kind.BILL, Kind.CLAIM)
    for kind, words in _WITHIN:
        if kind not in skipped and words.search(text) and kind is not Kind.LETTER:
            return kind
    for kind, tests in _TESTS.items():
        if re.search(rf"\b(?:{tests})\b", text, re.I):
            return kind
    note = re.search(r"\b(?:office|clinic|progress|visit|clinical) (?:note|visit)", text, re.I)
    return Kind.NOTE if note else None


def _cells(row: Row) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(row.tokens) + 1):
        if at == len(row.tokens) or row.tokens[at].cell != row.tokens[start].cell:
            yield start, at
            start = at


def _titled(rows: Sequence[Row]) -> Iterator[tuple[int, int, int, Kind]]:
    for number, row in enumerate(rows):
        if row.top > _LIMIT:
            return
        for start, stop in _cells(row):
            kind = kind_titled(joined(row.tokens[start:stop]))
            if kind is not None and row.tokens[stop - 1].text != ":":
                yield number, start, stop, kind


def _cued(laid: Laid) -> tuple[int, Kind] | None:
    """The kind whose usual headings a page has most of, where enough; and a row with one."""
    rows = [joined(row.tokens).casefold() for row in laid.rows]
    text = " ".join(rows)
    kind, cues = max(_CUES, key=lambda cue: sum(word in text for word in cue[1]))
    if sum(word in text for word in cues) < _PLAIN:
        return None
    at = next((i for i, row in enumerate(rows) if any(word in row for word in cues)), 0)
    return at, kind


def documents(laid: Laid) -> Iterator[Fact]:
    """The title of the document a page begins; failing one, what its headings tell of it.

    A more telling title goes before `note`, `final report` and the like, which many share.
    """
    found = list(_titled(laid.rows))
    telling = [f for f in found if f[3] not in (Kind.NOTE, Kind.LAB, Kind.ADMISSION)]
    for number, start, stop, kind in (telling or found)[:1]:
        text = joined(laid.rows[number].tokens[start:stop])
        if _VAGUE.fullmatch(text):
            told = _cued(laid)
            kind = told[1] if told else kind
        yield laid.fact(FactKind.DOCUMENT, number, Found(kind.value, start, stop), text)
    cued = None if found or goes_on(laid) else _cued(laid)
    if cued is not None:
        number, kind = cued
        place = Found(kind.value, 0, len(laid.rows[number].tokens))
        yield laid.fact(FactKind.DOCUMENT, number, place, "")


def facilities(laid: Laid) -> Iterator[Fact]:
    """Whose paper a page is written on: the first of its top lines that names a place of care."""
    for number, row in enumerate(laid.rows[:8]):
        for start, stop in _cells(row):
            text = joined(row.tokens[start:stop])
            named = is_letterhead(text) and not _NO_PLACE.fullmatch(text.split()[-1])
            named = named and text.casefold() != "hospital medicine" and not _NO_NAME.search(text)
            labelled = label_at(row.tokens, start) is not None
            if row.top < _TOP and named and not labelled and kind_titled(text) is None:
                yield laid.fact(FactKind.FACILITY, number, Found(text, start, stop), "")
                return
