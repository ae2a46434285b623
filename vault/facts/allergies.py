"""Allergies a page states or denies: to what, how it showed, and whether it still holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault.facts import scope
from vault.facts.drugs import allergen, allergen_pattern, reach
from vault.facts.flow import Flow, Piece
from vault.facts.headings import Topic
from vault.model.facts import Fact, FactKind

_OTHERS = re.compile(
    r"\b(?:latex|peanuts?|tree nuts?|nuts|shellfish|shrimp|fish|eggs?|milk|dairy|soy|wheat|gluten|"
    r"strawberr(?:y|ies)|bananas?|kiwi|bee (?:sting|venom)s?|wasps?|pollen|ragweed|grass|"
    r"dust(?: mites?)?|"
    r"mold|cats?|dogs?|adhesive(?: tape)?|tape|nickel|iodine|betadine|povidone)\b",
    re.I,
)
_NONE = re.compile(
    r"\b(?:nkda|nkma)\b|\b(?P<all>nka)\b"
    r"|\b(?:no|denies|denied|without)\s+(?:any\s+)?(?:known\s+)?(?:history of\s+)?"
    r"(?:(?P<kind>drug|medication|medicine|medicinal|pharmaceutical)s?(?:\s+(?:or|and|"
    r"/)\s+\w+)?\s+)?"
    r"allerg(?:y|ies|ic reactions?)(?!\s+to\s+(?!any|medic|drugs?|known))"
    r"(?P<to>\s+to\s+(?:any\s+)?(?:medic\w+|drugs?))?"
    r"|\bnot\s+(?:known to be\s+)?allergic\s+to\s+any(?:thing|\s+(?P<kind2>medic\w+|drugs?))"
    r"|\ballergies?\s*(?:list)?\s*[:\t]\s*(?P<bare>none|nil|negative|no known)\b",
    re.I,
)
_NONE_FIRST = re.compile(
    r"^\W*(?:none(?:\s+(?:known|reported|on file|documented|listed))?|nil|no known|denies(?: any)?|"
    r"negative)\s*(?=[.;\n\f\t(]|$)",
    re.I,
)
_BESIDES = re.compile(r"\b(?:except|other than|besides|apart from|aside from|excluding)\b", re.I)
_OVER = re.compile(
    r"\b(?:resolved|removed|de-?\s?label\w*|outgr\w+|no longer|not allergic|disproved|disproven|"
    r"refuted|entered in error|erroneous|inactive|cleared|negative (?:skin|oral|drug|graded|"
    r"allergy)|"
    r"(?:skin test|challenge|testing)[^.;]{0,20}(?:negative|passed|tolerated)|passed|tolerat\w+|"
    r"can (?:get|take|have)|"
    r"ruled out|deleted|struck|retracted)\b",
    re.I,
)
_MILD = re.compile(
    r"\b(?:intoleran\w+|side[- ]effects?|not an? (?:true )?allergy|sensitivity only|"
    r"adverse effect)\b",
    re.I,
)
_GUT = re.compile(
    r"\b(?:nausea|upset stomach|stomach upset|gi upset|gi intolerance|vomiting|constipation|"
    r"diarrh\w+|drowsi\w+|dizz\w+|headaches?|dry mouth|insomnia|cough|muscle aches|myalgias?)\b",
    re.I,
)
_IMMUNE = re.compile(
    r"\b(?:hives|urticaria|rash|anaphyla\w+|swelling|angio\w+|wheez\w+|itch\w*|prurit\w+|"
    r"bronchospasm|throat|shock|blister\w*|stevens\W+johnson|sjs|shortness of breath|lip|"
    r"breathing|hypotension|erupt\w*|reaction|unknown|childhood)\b",
    re.I,
)
_ABOUT = re.compile(r"\ballerg(?:y|ies|ic)\b", re.I)
_TO = re.compile(
    r"\b(?:allerg(?:y|ies|ic)|anaphyla\w+|reaction)\s+(?:to|from|with)\s+[^.;]{0,60}$", re.I
)
_IS = re.compile(
    r"^(?:\s*(?:drugs?|antibiotics?|class)\b)?[\s-]*(?:allerg(?:y|ies|ic)\b|anaphyla)", re.I
)
_NOT = re.compile(
    r"\b(?:no|not|denies|denied|without|negative for|never)\b(?:\s+\w+){0,4}\s*$|"
    r"\bnot allergic to\b[^.;]*$|\b(?:no|denies)\b[^.;,]{0,20}\ballerg\w+ to [^.;]*$",
    re.I,
)


# What stands behind the next label of the line is of something else: "Prescribers: Tolland".
_NEXT = re.compile(
    r"\s(?!(?:Reactions?|Severity|Type|Comments?|Onset|Status|Noted|Date)\b)[A-Z][A-Za-z]{3,19}:"
)


def _masked(text: str) -> str:
    """The text with what stands in brackets as blanks, so that it is not cut there."""
    return re.sub(r"\([^()]*\)", lambda m: "(" + "_" * (len(m[0]) - 2) + ")", text)


def _cut(piece: Piece, pattern: str) -> Iterator[Piece]:
    masked, at = _masked(piece.text), 0
    for end in (*(m.end() for m in re.finditer(pattern, masked)), len(masked)):
        if piece.text[at:end].strip():
            yield Piece(piece.text[at:end], piece.start + at, piece.topic)
        at = end


def _status(sentence: str) -> str:
    if _OVER.search(sentence):
        return "resolved"
    if _MILD.search(sentence):
        return "intolerance"
    gut = _GUT.search(sentence) and not _IMMUNE.search(sentence)
    return "intolerance" if gut else "allergy"


def _fact(
    flow: Flow, name: str, status: str, piece: Piece, span: tuple[int, int]
) -> Iterator[Fact]:
    known = allergen(name)
    reaction = _IMMUNE.search(piece.text) or _GUT.search(piece.text)
    value = {
        "to": known.name if known else " ".join(name.casefold().split()),
        "of": list(reach(known)) if known else [],
        "kind": "drug" if known else "other",
        "status": status,
        "reaction": reaction[0].casefold() if reaction else "",
    }
    begin, end = span
    yield from flow.facts(FactKind.ALLERGY, value, piece.start + begin, piece.start + end)


def _listed(flow: Flow, part: Piece) -> Iterator[Fact]:
    """The substances of a list of allergies, item by item."""
    for sentence in _cut(part, r"[;\f•]|\.\s|\n(?=\s*[-*•\dA-Z])|,?\s+but\s"):
        status = _status(sentence.text)
        for item in _cut(sentence, r","):
            found = allergen_pattern().search(item.text) or _OTHERS.search(item.text)
            if found is None or _NOT.search(item.text[: found.start()]):
                continue
            other = _NEXT.search(item.text, found.end())
            end = other.start() if other else len(item.text)
            yield from _fact(flow, found[0], status, item, (found.start(), end))


def _told(flow: Flow, sentence: Piece) -> Iterator[Fact]:
    """Allergies a sentence speaks of: `allergic to codeine`, `her penicillin allergy`."""
    if not _ABOUT.search(sentence.text):
        return
    for pattern in (allergen_pattern(), _OTHERS):
        for found in pattern.finditer(sentence.text):
            before, after = sentence.text[: found.start()], sentence.text[found.end() :]
            if not (_TO.search(before) or _IS.match(after)):
                continue
            if scope.of_relative(before, sentence.topic):
                continue
            status = "denied" if _NOT.search(before) else _status(sentence.text)
            yield from _fact(flow, found[0], status, sentence, (found.start(), found.end()))


def _none(flow: Flow, piece: Piece, found: re.Match[str]) -> Iterator[Fact]:
    groups = found.groupdict()
    narrow = bool(groups.get("kind") or groups.get("to") or groups.get("kind2"))
    narrow = narrow or found[0].casefold() in ("nkda", "nkma")
    value = {"to": "none", "kind": "drug" if narrow else "all", "status": "none"}
    start, stop = piece.start + found.start(), piece.start + found.end()
    yield from flow.facts(FactKind.ALLERGY, value, start, stop)


def _denials(flow: Flow) -> Iterator[Fact]:
    for part in flow.part(Topic.ALLERGIES):
        first = _NONE_FIRST.match(part.text)
        if first:
            yield from _none(flow, part, first)
    topics = tuple(t for t in Topic if t not in (Topic.OTHER_PERSON, Topic.FAMILY, Topic.ADVICE))
    for sentence in flow.sentences(*topics):
        found = _NONE.search(sentence.text)
        if found is None or _BESIDES.search(sentence.text):
            continue
        if not scope.of_relative(sentence.text[: found.start()]):
            yield from _none(flow, sentence, found)


def allergies(flow: Flow) -> Iterator[Fact]:
    """The patient's allergies, and statements that there are none.

    Status is `allergy`, `intolerance` (a side effect), `resolved` (no longer held to be one),
    `denied` (that one alone) or `none`. A relative's, and a newborn's in its mother's chart, are
    left out.
    """
    yield from _denials(flow)
    for part in flow.part(Topic.ALLERGIES):
        yield from _listed(flow, part)
    skipped = (Topic.OTHER_PERSON, Topic.FAMILY, Topic.ALLERGIES, Topic.ADVICE)
    for sentence in flow.sentences(*(t for t in Topic if t not in skipped)):
        yield from _told(flow, sentence)
