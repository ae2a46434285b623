"""Medicines a page names: dose, route, how often, and whether taken, begun, changed or avoided."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault.facts.drugs import drug, drug_pattern, makeup
from vault.facts.flow import Flow, Piece
from vault.facts.headings import Topic
from vault.model.facts import Fact, FactKind

_SILENT = frozenset((Topic.ALLERGIES, Topic.FAMILY, Topic.OTHER_PERSON, Topic.ADVICE, Topic.EXAM))
_DOSE = re.compile(
    r"(?<![\w.])(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)\s*-?\s*"
    r"(?P<unit>mcg|µg|ug|mg|grams?|gm|g|units?|iu|meq|ml|puffs?|tablets?|tabs?|capsules?|drops?|%)"
    r"(?![\w%])",
    re.I,
)
_UNITS = {
    "µg": "mcg", "ug": "mcg", "gram": "g", "grams": "g", "gm": "g", "unit": "units", "iu": "units",
}  # fmt: skip
_TO_MG = {"mcg": 0.001, "mg": 1.0, "g": 1000.0}
_ROUTE = re.compile(
    r"\b(?P<route>by mouth|orally|oral|po|p\.o\.|iv|im|subcutaneous\w*|subq|sc|sublingual\w*|sl|"
    r"topical\w*|inhaled|inhalation|intranasal|nasal|rectal\w*|transdermal|patch|ophthalmic)\b",
    re.I,
)
_OFTEN = (
    (r"every\s*4\s*(?:hours|hrs?|h)\b|\bq\s*4\s*h", 6.0),
    (r"every\s*6\s*(?:hours|hrs?|h)\b|\bq\s*6\s*h|\bq\.?i\.?d\b|four times|4\s*x|4 times", 4.0),
    (r"every\s*8\s*(?:hours|hrs?|h)\b|\bq\s*8\s*h|\bt\.?i\.?d\b|three times|3\s*x|3 times", 3.0),
    (r"every\s*12\s*(?:hours|hrs?|h)\b|\bq\s*12\s*h|\bb\.?i\.?d\b|twice|two times|2 times", 2.0),
    (r"every other day|\bqod\b|alternate days", 0.5),
    (r"(?:twice|two times)\s+(?:a|per)\s+week|twice weekly", 2 / 7),
    (r"\bweekly|(?:once\s+)?(?:a|per|every|each)\s+week\b|\bqweek|every 7 days", 1 / 7),
    (r"\bmonthly|(?:a|per|every|each)\s+month\b|every 4 weeks", 1 / 30),
    (
        r"once|\bdaily|every (?:day|morning|evening|night)|\bq\.?\s?d\b|\bq\.?a\.?m\b|"
        r"\bq\.?p\.?m\b|"
        r"\bq\.?h\.?s\b|\bhs\b|nightly|(?:at )?bedtime|(?:a|per|each) day|every 24|in the morning",
        1.0,
    ),
)
_RARE = ("weekly", "week", "month")
_NEEDED = re.compile(r"\b(?:as needed|prn|p\.r\.n|when needed|if needed)\b", re.I)
_AVOID_BEFORE = re.compile(
    r"\b(?:avoid\w*|instead of|in place of|rather than|other than|cannot|can't|unable to|"
    r"alternatives? to|substitut\w* for|allerg\w*|intoleran\w*|sensitiv\w*|reaction to|hold|held|"
    r"withh\w+|no|not|"
    r"never|without|due to|decline[sd]?|refuse[sd]?|tolerat\w*|challenge|cross-react\w*|"
    r"contraindicat\w*|offered|considered|consider|if)\b[^.;\n]{0,45}$",
    re.I,
)
_AVOID_AFTER = re.compile(
    r"^[^.;]{0,40}?\b(?:avoid\w*|allerg\w*|contraindicat\w*|not (?:given|used|prescribed|needed)|"
    r"withheld|was held|is held|intoleran\w*|challenge|deferred|declined|refused|reaction|hives|"
    r"rash|"
    r"anaphyla\w+|caused|was considered but)\b",
    re.I,
)
_STOPPED = re.compile(
    r"\b(?:stop\w*|discontinu\w*|d/c'?e?d?|dc'?d|finished|completed|ceased|taken off|off)\b"
    r"[^.;]{0,25}$",
    re.I,
)
_STOPPED_AFTER = re.compile(
    r"^[^.;]{0,40}\b(?:stopped|discontinued|was ceased|completed|finished)\b", re.I
)
_CHANGED = re.compile(
    r"\b(?:increas\w*|decreas\w*|reduc\w*|titrat\w*|uptitrat\w*|adjust\w*|switch\w*|"
    r"rais\w*|lower(?:ed)?|doubl\w*|halv\w*|cut back|dose change|new dose|went up|bump\w*|"
    r"chang\w+ (?:to|from|dose)|changed|from\s+\d[\d.,]*\s*(?:mcg|mg|g|units)?\s+to\s+\d)",
    re.I,
)
_NO_CHANGE = re.compile(r"\b(?:no|without|not|any)\b[^.;]{0,25}\bchang", re.I)
_BEGUN = re.compile(
    r"\b(?:start\w*|begin\w*|began|initiat\w*|prescri\w*|rx|given|giv(?:e|ing)|administ\w*|"
    r"add(?:ed)?|"
    r"new|order\w*|dispens\w*|receiv\w*|treat\w* with|course of|script|sent|called in|trial of)\b",
    re.I,
)
_MEASURED = re.compile(
    r"^[\s:=]*(?:is|was|of|level)?[\s:]*\d+(?:\.\d+)?\s*[HL*]?\s*(?:mg/d?l|g/d?l|mmol|meq/l|ng/)",
    re.I,
)
"""What follows the name of a thing measured in the blood: `Calcium 9.2 mg/dL`."""
_COUNT = re.compile(r"\b(one|two|three|four|half|[1-9])\s+(?:a\s+)?(?:tab|cap|pill)", re.I)
_COUNTS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "half": 0.5}
_DIRECTED = re.compile(
    r"\bas directed\b|\brefills?\b|\b(?:for|x)\s*\d+\s*days?\b|\b(?:one|two|\d)\s+(?:tab|cap|pill|"
    r"puff)",
    re.I,
)
_ROW = re.compile(r"[\n\f]")
_UNKNOWN = re.compile(r"^\W*(?:\d{1,2}[.)]\s*)?(?P<name>[A-Za-z][A-Za-z0-9\-/' ]{2,40}?)[\s,:-]+$")

_THING = (
    r"(?:medic\w+|meds?|drugs?|pills?|dos(?:es?|ing|age)|regimen|prescriptions?|treatment|therapy)"
)
_SAME = re.compile(
    rf"\bno\s+(?:\w+\s+){{0,2}}(?:change|adjustment|alteration|"
    rf"modification)s?\b[^.;]{{0,40}}\b{_THING}"
    rf"|\bno\s+(?:\w+\s+)?{_THING}\s+(?:\w+\s+)?(?:change|adjustment|alteration)s?\b"
    rf"|\b{_THING}\b[^.;]{{0,45}}\b(?:unchanged|not changed|(?:the )?same|as (?:is|are|before|"
    rf"listed)|"
    r"without (?:any )?change|not (?:altered|adjusted|modified)|no changes?)\b"
    rf"|\b(?:continue[sd]?|keep|maintain|resume|stay on)\b[^.;]{{0,30}}"
    rf"\b(?:current|same|present|existing|home|all|usual|other)\s+(?:\w+\s+)?{_THING}"
    rf"|\b(?:unchanged|same)\s+(?:\w+\s+)?{_THING}"
    rf"|\bleft\s+(?:\w+\s+){{0,2}}{_THING}\s+(?:\w+\s+){{0,2}}alone\b",
    re.I,
)


def often(text: str) -> tuple[str, str]:
    """How often a medicine is taken, as words say it: times a day ("" where unsaid), "prn"."""
    needed = "prn" if _NEEDED.search(text) else ""
    for pattern, times in _OFTEN:
        if re.search(pattern, text, re.I):
            return f"{times:.4g}", needed
    return "", needed


def amount(number: str, unit: str) -> tuple[str, str]:
    """A dose in its plainest unit: grams and micrograms as milligrams."""
    plain = _UNITS.get(unit.casefold(), unit.casefold())
    value = float(number.replace(",", ""))
    if plain in _TO_MG:
        return f"{value * _TO_MG[plain]:.6g}", "mg"
    return f"{value:.6g}", plain


def _taken(dose: re.Match[str], rest: str) -> tuple[str, str]:
    """The dose taken at one time: that of a tablet by how many of them."""
    number, unit = amount(dose["number"], dose["unit"])
    many = _COUNT.search(rest[dose.end() :])
    if many is None or unit not in ("mg", "units"):
        return number, unit
    count = _COUNTS.get(many[1].casefold()) or float(many[1])
    return f"{float(number) * count:.6g}", unit


def _status(before: str, after: str, sentence: Piece) -> str:
    if _AVOID_BEFORE.search(before) or _AVOID_AFTER.search(after):
        return "avoided"
    if _STOPPED.search(before) or _STOPPED_AFTER.search(after):
        return "stopped"
    if _CHANGED.search(sentence.text) and not _NO_CHANGE.search(sentence.text):
        return "changed"
    listed = sentence.topic is Topic.MEDICATIONS
    directed = not listed and _DIRECTED.search(after[:60])
    begun = directed or _BEGUN.search(before) or _BEGUN.search(after[:30])
    return "started" if begun else "taking"


def _members(name: str, rest: str, status: str, topic: Topic) -> dict[str, object]:
    """What a medicine's fact says; `rest` is what follows its name."""
    known = drug(name)
    dose = _DOSE.search(rest[:60])
    number, unit = _taken(dose, rest) if dose else ("", "")
    listed = topic is Topic.MEDICATIONS
    times, needed = often(rest) if dose or listed else ("", "")
    route = _ROUTE.search(rest)
    return {
        "drug": name,
        "of": list(makeup(known)) if known else [name],
        "dose": number,
        "unit": unit,
        "route": route["route"].casefold() if route else "",
        "daily": times,
        "needed": needed,
        "status": status,
        "place": "list" if listed else "",
    }


def _mentions(flow: Flow, piece: Piece) -> Iterator[Fact]:
    found = list(drug_pattern().finditer(piece.text))
    for i, name in enumerate(found):
        known = drug(name[0])
        if known is None or _MEASURED.match(piece.text[name.end() :]):
            continue
        stop = found[i + 1].start() if i + 1 < len(found) else len(piece.text)
        rest = piece.text[name.end() : stop]
        back = found[i - 1].start() if i else 0
        status = _status(piece.text[back : name.start()], piece.text[name.end() :], piece)
        members = _members(known.name, rest, status, piece.topic)
        dose = _DOSE.search(rest[:60])
        end = name.end() + (dose.end() if dose else 0)
        begin = piece.start + name.start()
        yield from flow.facts(FactKind.MEDICATION, members, begin, piece.start + end)


def _unknown(flow: Flow, row: Piece) -> Iterator[Fact]:
    """A row of a list of medicines with a dose and a name this program does not know."""
    dose = _DOSE.search(row.text)
    if dose is None or drug_pattern().search(row.text):
        return
    name = _UNKNOWN.match(row.text[: dose.start()])
    if name is None:
        return
    plain = " ".join(name["name"].casefold().split())
    members = _members(plain, row.text[name.end("name") :], "taking", row.topic)
    yield from flow.facts(
        FactKind.MEDICATION, members, row.start + name.start("name"), row.start + dose.end()
    )


def _rows(piece: Piece) -> Iterator[Piece]:
    at = 0
    for end in (*(m.start() for m in _ROW.finditer(piece.text)), len(piece.text)):
        if piece.text[at:end].strip():
            yield Piece(piece.text[at:end], piece.start + at, piece.topic)
        at = end + 1


def medications(flow: Flow) -> Iterator[Fact]:
    """The medicines a page names outside of lists of allergies, and other people's sections.

    Status is `taking`, `started`, `changed`, `stopped` or `avoided` (named, but not to be given).
    """
    for part in flow.part():
        if part.topic in _SILENT:
            continue
        if part.topic is Topic.MEDICATIONS:
            for row in _rows(part):
                yield from _mentions(flow, row)
                yield from _unknown(flow, row)
    spoken = tuple(topic for topic in Topic if topic not in (*_SILENT, Topic.MEDICATIONS))
    for sentence in flow.sentences(*spoken):
        yield from _mentions(flow, sentence)


def unchanged(flow: Flow) -> Iterator[Fact]:
    """Statements that no medicine was changed."""
    spoken = tuple(topic for topic in Topic if topic is not Topic.ADVICE)
    for sentence in flow.sentences(*spoken):
        found = _SAME.search(sentence.text)
        if found:
            start = sentence.start
            yield from flow.facts(
                FactKind.UNCHANGED,
                {"what": "medications"},
                start + found.start(),
                start + found.end(),
            )
