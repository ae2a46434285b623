"""What a page points at: documents, tests ordered and done, admissions, visits before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vault.facts import titles
from vault.facts.days import Day, days_in
from vault.facts.prose import Prose, Sentence
from vault.model.facts import Fact, FactKind
from vault.model.studies import is_test, plain

_POINTER = re.compile(
    r"\b(?:see|refer(?:ence)? to|referenced? in|reviewed in|described in|detailed in|"
    r"documented in|outlined in|found in|noted in|contained in|"
    r"according to|per|as per|for details|is attached|are attached|attached|enclosed|appended|"
    r"accompan(?:ies|ying|ied)|separately dictated|separate report|dictated separately|"
    r"under separate cover|copy of|forwarded with|included with|on file)\b",
    re.I,
)
_WITH = re.compile(
    r"\b(?:attached|enclosed|appended|accompan(?:ies|ying|ied)|separately dictated|"
    r"dictated separately|under separate cover|forwarded with|included with)\b",
    re.I,
)
_PAPER = re.compile(
    r"\b(?:reports?|summary|summaries|consult(?:ation)?|notes?|letters?|results?|records?|"
    r"findings|study|tests?|evaluation|assessment|dictation|history and physical|h&p|list|form)\b",
    re.I,
)
_ORDERED = re.compile(
    r"\b(?:order(?:s|ed|ing)?|request(?:s|ed|ing)?|requisition|schedul(?:e|ed|ing)|"
    r"will (?:obtain|order|get|schedule|arrange|proceed with|send for)|arrang(?:e|ed|ing)|obtain|"
    r"(?:sent|sending|send|refer|referred|referring) (?:\w+ )?(?:for|to)|"
    r"to be (?:done|performed|obtained|scheduled|drawn)|set up (?:for|with)|booked|"
    r"check(?:ing)?|appointment)\b",
    re.I,
)
_DONE = re.compile(
    r"\b(?:(?:was|were|has been|had been) (?:done|performed|completed|obtained|carried out|taken)|"
    r"(?:done|performed|completed|obtained|carried out) (?:on|at|as)|underwent|had (?:the|her|his|"
    r"an?)|went for|got (?:the|her|his)|came back from|"
    r"as (?:ordered|requested|planned|scheduled))\b",
    re.I,
)
_NOT_YET = re.compile(
    r"\b(?:never|(?:not|no) (?:\w+ )?(?:order|need|indicat|done|perform|obtain|plan|further|"
    r"schedul|request|complet|necessary|required|yet)\w*|declin\w+|refus\w+|cancel\w+|defer\w+|"
    r"postpon\w+|consider\w*|if|unless|may (?:need|require)|recommend\w*|discuss\w*|"
    r"reschedul\w+)\b",
    re.I,
)
_INPATIENT = re.compile(
    r"\b(?:admit(?:ted)?(?: (?:the|this) patient)? to (?!\b(?:having|being|using|drinking|"
    r"smoking|taking|feeling)\b)[\w ,'.-]{0,40}?(?:inpatient|hospital|ward|floor|telemetry|icu|"
    r"intensive care|medicine|service|unit|step-?down|surgery|cardiology|neurology|bed)|"
    r"inpatient admission|admit (?:as|for) inpatient|inpatient status|"
    r"will be admitted|requires? (?:hospital )?admission)\b",
    re.I,
)
_BEFORE = re.compile(
    r"\b(?:prior|previous|earlier|past|former|last) (?:\w+ )?(?:visits?|appointments?|encounters?|"
    r"evaluations?|seen)\b|\b(?:last|first|previously|initially) (?:seen|evaluated|visited)\b|"
    r"\bestablished (?:patient|care|with)\b|\bseen (?:here|in (?:this|our|the) \w+)\b|"
    r"\b(?:followed|known|patient) (?:here|(?:in|to|at|of) (?:this|our|the) \w+)\b",
    re.I,
)


def _about(text: str) -> tuple[str, str]:
    """The kind of document and the test that words name; both may be empty."""
    kind = titles.kind_named(text)
    return (kind.value if kind else "", plain(text))


def _when(days: list[Day]) -> str:
    return days[0].value if days else ""


def references(page: Prose) -> Iterator[Fact]:
    """Pointers to another document that is dated, or said to come with this one."""
    for sentence in page.sentences():
        pointer = _POINTER.search(sentence.text)
        if pointer is None or _PAPER.search(sentence.text) is None:
            continue
        days = list(days_in(sentence.text))
        came = _WITH.search(sentence.text) is not None
        kind, test = _about(sentence.text)
        if not (days or came) or not (kind or test or (days and came)):
            continue
        start = sentence.start + (pointer.start() if pointer.start() < 25 else 0)
        value = f"{kind}:{test}@{_when(days)}"
        stop = sentence.start + len(sentence.text)
        yield page.fact(FactKind.REFERENCE, value, start, stop, "with" if came else "")


def _tests(
    page: Prose, said: re.Pattern[str], kind: FactKind, fits: Callable[[Sentence], bool]
) -> Iterator[Fact]:
    for sentence in page.sentences():
        if said.search(sentence.text) is None or not fits(sentence):
            continue
        test = plain(sentence.text)
        if not is_test(test):
            continue
        stop = sentence.start + len(sentence.text)
        value = f"{test}@{_when(list(days_in(sentence.text)))}"
        yield page.fact(kind, value, sentence.start, stop)


def _firm(sentence: Sentence) -> bool:
    return len(sentence.text) < 220 and _NOT_YET.search(sentence.text) is None


def orders(page: Prose) -> Iterator[Fact]:
    """Tests a page says are ordered or scheduled; not those only considered."""
    yield from _tests(
        page, _ORDERED, FactKind.ORDER, lambda s: _firm(s) and _DONE.search(s.text) is None
    )


def done(page: Prose) -> Iterator[Fact]:
    """Tests a page says were done on a day, or as they were ordered."""
    ordered = re.compile(r"\bas (?:ordered|requested|planned|scheduled)\b|\bwhich\b", re.I)
    yield from _tests(
        page,
        _DONE,
        FactKind.DONE,
        lambda s: _firm(s) and bool(any(days_in(s.text)) or ordered.search(s.text)),
    )


def admitted(page: Prose) -> Iterator[Fact]:
    """Where a page admits the patient to a hospital."""
    for sentence in page.sentences():
        found = _INPATIENT.search(sentence.text)
        if found and not re.search(r"\bobservation\b|\bnot\b|\bprevious", sentence.text, re.I):
            start = sentence.start + found.start()
            yield page.fact(FactKind.ADMITTED, "inpatient", start, sentence.start + found.end())


def earlier_visits(page: Prose) -> Iterator[Fact]:
    """Dates of visits that a page says took place before."""
    for sentence in page.sentences():
        if _BEFORE.search(sentence.text) is None:
            continue
        days = list(days_in(sentence.text))
        if days:
            stop = sentence.start + len(sentence.text)
            value = "|".join(day.readings[0].isoformat() for day in days)
            yield page.fact(FactKind.EARLIER_VISITS, value, sentence.start, stop)
