"""What a page says of tobacco, alcohol and drugs, with the times it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault.dates import MONTHS
from vault.facts import scope
from vault.facts.flow import Flow, Piece
from vault.facts.headings import Topic
from vault.model.facts import Fact, FactKind

_NUMBER = (
    r"(?:\d+(?:\s?[-–]\s?\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen|"
    r"several|a few)"
)
_A_DAY = (
    r"(?:daily|nightly|every (?:day|night|evening)|(?:a|per|each|/)\s*(?:day|night|evening)|/day)"
)
_DRINK = r"(?:beers?|drinks?|glasses?|shots?|cans?|bottles?|cocktails?|whisk(?:e)?ys?|vodkas?|wine)"
_SMOKE = r"(?:smok\w*|tobacco|cigarettes?|cigars?|nicotine|vap\w+|snuff|packs?|ppd|nonsmok\w*)"
_OTHERS_SMOKE = re.compile(
    r"\b(?:second-?\s?hand|passive|smoke (?:detector|alarm)|smoke-free|around smok\w+|"
    r"no (?:second-?hand )?smoke exposure)\b",
    re.I,
)
_TOBACCO = (
    (
        "current",
        r"\b(?:current|active|ongoing|daily|every ?day|some ?day|heavy|light)\b[^.;]{0,15}\b"
        r"(?:smok\w+|tobacco (?:use|user))\b|\bcurrently smok\w+|\btobacco(?: use)?\s*[:\t-]\s*"
        r"(?:current|yes|active|daily|every ?day)|\b(?:continues?|still) (?:to )?smok\w*",
    ),
    (
        "never",
        r"\bnever[- ](?:\w+ ){0,2}?(?:smok\w+|used (?:any )?tobacco|tobacco)|\bnever a smoker|"
        r"\btobacco(?: use)?\s*[:\t-]\s*never|\b(?:lifetime|lifelong|life-long) non-?\s?smoker|"
        r"\bnon-?\s?smoker,? (?:lifelong|all)|"
        r"\b(?:no|denies|denied)(?: any)? (?:prior |past )?(?:history of )(?:tobacco|smoking|"
        r"cigarette)|\bnever used\b[^.;]{0,20}"
        r"(?:tobacco|nicotine|cigarettes)|\bdenies ever (?:smoking|using tobacco)|"
        r"\bno tobacco use ever|\bhas not ever smoked|\bsmok\w+(?: status)?\s*[:\t-]\s*never",
    ),
    (
        "former",
        r"\b(?:former|ex|past|previous|prior|remote)[- ]+(?:\w+ ){0,2}?(?:smok\w+|tobacco|"
        r"cigarette)|"
        r"\b(?:quit|stopped|gave up)\b(?!\s+date)[^.;]{0,25}(?:smok\w+|tobacco|cigarettes|\d{4}|"
        r"ago)|"
        r"\bused to smoke|\bpreviously smoked|\bsmoked\b[^.;]{0,40}\b(?:until|quit|stopped)|"
        r"\btobacco(?: use)?\s*[:\t-]\s*(?:former|quit|past|ex|remote)|"
        r"\bsmok\w+(?: status)?\s*[:\t-]\s*(?:former|quit|past)|\btobacco-free since",
    ),
    (
        "current",
        rf"(?<!not )(?<!never )\bsmokes\b|\b{_NUMBER}?\s?(?:\d/\d)?\s?(?:ppd|packs? (?:per|a|"
        rf"/) ?day|"
        r"packs? daily)\b|\bhalf a pack|\bpack[- ]a[- ]day|\bcigarettes?\s+(?:daily|(?:per|a|"
        r"/)\s?day)|"
        r"\b(?:chews|dips|uses) (?:chewing )?(?:tobacco|snuff|cigarettes)|\bvapes\b",
    ),
    (
        "none",
        r"\bnon-?\s?smoker\b|\bdoes not (?:smoke|use tobacco)|\bdoesn't smoke|\bno (?:current )?"
        r"(?:tobacco|smoking|cigarettes|nicotine)|\bdenies\b[^.;]{0,30}(?:tobacco|smok\w+|"
        r"cigarettes)|"
        r"\btobacco(?: use)?\s*[:\t-]\s*(?:none|no|negative|denies)|\bnot a smoker",
    ),
)
_ALCOHOL_WORD = re.compile(
    r"\b(?:alcohol\w*|etoh|drinks?|drinking|drinker|beers?|wine|liquor|vodka|whisk(?:e)?y|"
    r"sober|sobriety|teetotal\w*|abstain\w*|abstinen\w*|six-packs?|intoxicat\w*)\b",
    re.I,
)
_ALCOHOL = (
    (
        "former",
        r"\b(?:sober|sobriety|abstinent)\s+(?:since|for|x)|\b(?:quit|stopped|gave up) drinking|"
        r"\brecover(?:ing|ed) alcoholic|\bin recovery|\b(?:former|past|prior|previous|"
        r"remote)\b[^.;]{0,20}"
        r"\b(?:alcohol|drinker|drinking|etoh)|\bhistory of alcohol\w* (?:abuse|use disorder|"
        r"dependence)",
    ),
    (
        "none",
        r"\b(?:does not|doesn't|do not|never) (?:drinks?|consumes?|uses?)(?: any)?(?: alcohol|"
        r" etoh)?\b|"
        r"\bno (?:alcohol|etoh|drinking|beer)|\bnon-?\s?drinker|\b(?:alcohol|"
        r"etoh)(?: use)?\s*[:\t-]\s*"
        r"(?:none|no|never|denies|negative|nil)|\bdenies\b[^.;]{0,40}\b(?:alcohol|etoh|drinking)|"
        r"\babstains|\bteetotal\w*|\bnever drinks|\bdrinks no alcohol|\blifelong abstainer",
    ),
    (
        "heavy",
        rf"\b{_NUMBER}\s+(?:[\w-]+\s+){{0,3}}?{_DRINK}\b[^.;]{{0,25}}?\b{_A_DAY}|"
        rf"\b{_DRINK}\s*[:x]?\s*{_NUMBER}\s*{_A_DAY}|"
        r"\b(?:pint|fifth|liter|litre|bottle|handle|quart|case|six-?pack|12-?pack)s?\b[^.;]{0,40}"
        r"\b(?:daily|(?:a|per|each|every)\s+(?:day|night|evening)|nightly)|\bdrinks (?:heavily|"
        r"daily)|"
        r"\bheavy (?:alcohol|etoh|drink\w*)|\bbinge|\balcoholi(?:c|sm)\b|\b(?:alcohol|"
        r"etoh)\b[^.;]{0,15}"
        r"\b(?:abuse|dependen\w+|use disorder|misuse|withdrawal|addiction)|\bdaily (?:alcohol|"
        r"drinking|drinker)",
    ),
    (
        "light",
        r"\b(?:social(?:ly)?|occasional(?:ly)?|rare(?:ly)?|minimal|moderate|on weekends|"
        r"holidays)\b|"
        rf"\b{_NUMBER}\s+(?:[\w-]+\s+){{0,3}}?{_DRINK}\b|\bper week\b|/\s?wk\b|\bweekly\b|"
        rf"\ba week\b",
    ),
)
_FEW = re.compile(rf"\b(?P<n>one|two|1|2|1\s?[-–]\s?2)\s+(?:[\w-]+\s+){{0,3}}?{_DRINK}\b", re.I)
_BOTTLES = re.compile(r"\b(?:pint|fifth|lit(?:er|re)|bottle|handle|quart|case)s?\b", re.I)
_DRUG_WORD = re.compile(
    r"\b(?:drugs?|illicits?|recreational|cocaine|heroin|meth\w*|marijuana|cannabis|thc|ivdu|ivda|"
    r"crack|opioid use|injection drug|amphetamines?|substances?)\b",
    re.I,
)
_NAMED = (
    r"(?:cocaine|heroin|methamphetamine|meth|marijuana|cannabis|thc|crack|amphetamines|ivdu|ivda)"
)
_DRUGS = (
    (
        "none",
        r"\b(?:no|denies|denied|never|without|negative for)\b[^.;]{0,45}\b(?:drugs?|illicits?|"
        rf"recreational|substances?|{_NAMED})|\b(?:drugs?|illicits?|recreational drugs?|"
        rf"illicit drugs?|"
        r"drug use|substances?)\s*[:\t-]\s*(?:none|no|never|denies|negative|nil)|"
        r"\bdoes not use\b[^.;]{0,30}\b(?:drugs|illicit|recreational)",
    ),
    (
        "former",
        rf"\b(?:history of|former|past|remote|prior|previous|quit|stopped|"
        rf"clean since)\b[^.;]{{0,40}}"
        rf"\b(?:drug|{_NAMED}|substance)",
    ),
    (
        "current",
        rf"\b(?:uses?|using|smokes|snorts|injects|current|daily|weekly|active|occasional\w*|"
        rf"regular)\b"
        rf"[^.;]{{0,25}}\b(?:{_NAMED}|illicit|recreational drugs?|iv drugs?)|"
        rf"\b{_NAMED}\b\s*[:,-]?\s*"
        r"(?:use )?(?:daily|weekly|on weekends|use\b)",
    ),
)
_PACK_YEARS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:-|\s)?pack[- ]?(?:years?|yrs?)", re.I)
_SINCE = re.compile(
    rf"\b(?:quit|stopped|gave up|sober since|clean since|until|since|"
    rf"former)\b(?!\s+date)[^.;]{{0,30}}?"
    rf"(?:(?P<month>{'|'.join(m[:3] for m in MONTHS)})[a-z]*\.?\s+(?:\d{{1,2}},?\s+)?)?"
    r"(?:\d{1,2}/(?:\d{1,2}/)?)?(?P<year>(?:19|20)\d\d)\b",
    re.I,
)
_AT_ALL = (Topic.SOCIAL, Topic.OPEN, Topic.STORY, Topic.PLAN, Topic.PROBLEMS, Topic.REST)


def _ended(text: str) -> str:
    """When a habit ended: `2004`, or `2022-07` where a month is named; empty where unsaid."""
    found = _SINCE.search(text)
    if found is None:
        return ""
    month = found["month"]
    number = next((i for i, m in enumerate(MONTHS, 1) if month and m.startswith(month.lower())), 0)
    return f"{found['year']}-{number:02}" if number else found["year"]


def _found(
    flow: Flow, habit: str, use: str, sentence: Piece, found: re.Match[str]
) -> Iterator[Fact]:
    packs = _PACK_YEARS.search(sentence.text) if habit == "tobacco" else None
    value = {
        "habit": habit,
        "use": use,
        "ended": _ended(sentence.text) if use == "former" else "",
        "pack_years": packs[1] if packs else "",
    }
    text = sentence.text
    begin = len(text) - len(text.lstrip(" \t\n\f-•*"))
    end = max(found.end(), len(text.rstrip()))
    yield from flow.facts(FactKind.SOCIAL, value, sentence.start + begin, sentence.start + end)


def _use(text: str, ways: tuple[tuple[str, str], ...]) -> tuple[str, re.Match[str]] | None:
    for use, pattern in ways:
        found = re.search(pattern, text, re.I)
        if found:
            return use, found
    return None


def _tobacco(flow: Flow, sentence: Piece) -> Iterator[Fact]:
    if not re.search(rf"\b{_SMOKE}", sentence.text, re.I) or _OTHERS_SMOKE.search(sentence.text):
        return
    hit = _use(sentence.text, _TOBACCO)
    if hit:
        yield from _found(flow, "tobacco", hit[0], sentence, hit[1])


def _alcohol(flow: Flow, sentence: Piece) -> Iterator[Fact]:
    if not _ALCOHOL_WORD.search(sentence.text):
        return
    hit = _use(sentence.text, _ALCOHOL)
    if hit is None or (hit[0] == "light" and sentence.topic is not Topic.SOCIAL):
        return
    use, found = hit
    if use == "heavy" and _FEW.search(found[0]) and not _BOTTLES.search(found[0]):
        use = "light"
    if use == "heavy" and scope.denied(sentence.text[: found.start()]):
        use = "none"
    yield from _found(flow, "alcohol", use, sentence, found)


def _drugs(flow: Flow, sentence: Piece) -> Iterator[Fact]:
    if sentence.topic is not Topic.SOCIAL or not _DRUG_WORD.search(sentence.text):
        return
    hit = _use(sentence.text, _DRUGS)
    if hit:
        yield from _found(flow, "drugs", hit[0], sentence, hit[1])


def social(flow: Flow) -> Iterator[Fact]:
    """The patient's habits: tobacco, alcohol and drugs.

    Use is `never`, `none` (now), `former`, `current`; of alcohol `none`, `light`, `heavy`,
    `former`. Heavy is more than two or three drinks on each day (NIAAA: above four on any day
    for men, three for women).
    """
    for sentence in flow.sentences(*_AT_ALL):
        for clause in _split(sentence):
            if scope.of_relative(clause.text, sentence.topic):
                continue
            for family in (_tobacco, _alcohol, _drugs):
                yield from family(flow, clause)


def _split(sentence: Piece) -> Iterator[Piece]:
    """A sentence cut at semicolons, and where a new habit begins with its label."""
    at = 0
    pattern = r";|(?<=[,\s])(?=(?:alcohol|etoh|drugs|illicit drugs|tobacco)\s*:)"
    for end in (*(m.end() for m in re.finditer(pattern, sentence.text, re.I)), len(sentence.text)):
        if sentence.text[at:end].strip():
            yield Piece(sentence.text[at:end], sentence.start + at, sentence.topic)
        at = end
