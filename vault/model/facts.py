"""Facts: what a record states, each with the place it stands at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vault.model.words import Box, Span


class FactKind(StrEnum):
    """What a fact is about."""

    NAME = "name"
    BORN = "born"
    MRN = "mrn"
    SERVICE_DATE = "service_date"
    AUTHOR = "author"
    # Identity, pages, documents and what they point at.
    SEX = "sex"
    PHONE = "phone"
    PAGE_OF = "page_of"
    OTHER_DATE = "other_date"
    FACILITY = "facility"
    DOCUMENT = "document"
    STUDY = "study"
    FILM = "film"
    REFERENCE = "reference"
    ORDER = "order"
    DONE = "done"
    ADMITTED = "admitted"
    EARLIER_VISITS = "earlier_visits"
    PRINT = "print"
    SECTION = "section"
    # What is clinical.
    ALLERGY = "allergy"
    MEDICATION = "medication"
    UNCHANGED = "unchanged"
    PROBLEM = "problem"
    FAMILY = "family"
    SOCIAL = "social"
    VITAL = "vital"
    RESULT = "result"
    PROCEDURE = "procedure"
    IMMUNIZATION = "immunization"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of a page: `value` as understood, `quote` the exact words, and their place.

    `value` is a name with single blanks, a number as printed, or a date: ISO 8601, two of them
    joined by `|` where day and month are open. `label` is the printed word that told the kind
    ("DOB:"). `confidence` is the least sure word's, 0 to 100. `span` counts words of the reading.
    Of some kinds `value` says more:

    - sex: `female` or `male`; `label` is the printed label, `said` in prose, or `body` for an organ
    - page_of: `2/3`; `label` is `fax` where a fax machine counts its own pages
    - other_date: a date that is not of service; `label` tells its role
    - document: a DocumentKind, on the page a document begins at or goes on; quote: its title
    - study: what was examined, as a few plain words in order: `ct chest`
    - film, order, done: those words of a film, a test ordered or done, and a date, which may be
      missing: `ct chest@2021-04-02`
    - reference: the kind of document pointed at, the test, the date: `imaging:ct chest@2021-04-02`;
      `label` is `with` where it is said to come with the page
    - admitted: `inpatient`, where a page admits the patient
    - earlier_visits: dates, ISO 8601, joined by `|`, of visits a page says took place before
    - print: the page's text as a short signature, `-` where it has few words; a page much like
      it has much the same; `label` counts its words, `confidence` is their mean, nothing is quoted

    - section: a heading in small letters, `past medical history`; `label` is what it is about (a
      headings.Topic), the quote the heading as printed

    Of clinical kinds `value` is compact JSON; members are text and left out where empty:

    - allergy: to, kind (drug, other, all), status (allergy, intolerance, resolved, denied, none),
      reaction
    - medication: drug, dose, unit, route, daily (times a day), needed, status (taking, started,
      changed, stopped, avoided), place (list)
    - unchanged: what
    - problem: what, status (a scope.Status), onset
    - family: who (`none` denies it of all), what (a list), state (dead, alive, alive well), age
    - social: habit, use (never, none, former, current, light, heavy), ended, pack_years
    - vital: sign, number, unit; result: test, number, unit, range, flag
    - procedure: what (its words in order of letters), side, on (a day, a year, `before`, or `this`
      in the report of it)
    - immunization: what, on
    - passage: words, more (those behind them), days (how long it can hold), until, sure
    """

    kind: FactKind
    value: str
    quote: str
    label: str
    page: int
    span: Span
    box: Box
    confidence: int


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact as the vault keeps it, with the extractor's version it was made by."""

    id: str
    record: str
    fact: Fact
    version: int
