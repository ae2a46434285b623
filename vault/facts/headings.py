"""The headings of clinical notes, and what stands below each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """What a part of a note is about."""

    OPEN = "open"
    STORY = "story"
    ALLERGIES = "allergies"
    MEDICATIONS = "medications"
    PROBLEMS = "problems"
    SURGERIES = "surgeries"
    SOCIAL = "social"
    FAMILY = "family"
    REVIEW = "review"
    VITALS = "vitals"
    EXAM = "exam"
    PLAN = "plan"
    ADVICE = "advice"
    OTHER_PERSON = "other_person"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Part:
    """Characters `start` to `stop` of a page's text, behind one heading."""

    topic: Topic
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading: characters `start` to `stop` of a page's text, and where its part begins.

    `name` is the heading in small letters, empty where it is none of those known.
    """

    start: int
    stop: int
    begins: int
    name: str
    topic: Topic


_HEADINGS = {
    Topic.STORY: (
        "history of present illness|history of the present illness|hpi|present illness|"
        "interval history|interim history|subjective|hospital course|course in hospital|"
        "brief hospital course|chief complaint and history|history|clinical history|"
        "reason for visit|chief complaint|cc|patient report|interval events|narrative"
    ),
    Topic.ALLERGIES: (
        "allergies|allergy|allergies and intolerances|allergies/intolerances|drug allergies|"
        "medication allergies|known allergies|allergies and reactions|allergy list|"
        "adverse reactions|"
        "allergies/adverse reactions|allergies and adverse reactions|allergies/reactions|all|"
        "allergies to medications|current allergies|active allergies|allergen"
    ),
    Topic.MEDICATIONS: (
        "current medications|medications|medication list|active medications|home medications|"
        "discharge medications|medications on admission|medications at discharge|meds|"
        "current meds|outpatient medications|current outpatient medications|"
        "prior to admission medications|"
        "medications prior to admission|admission medications|medicines|current medicines|"
        "prescriptions|active prescriptions|medication|current medication|home meds|"
        "medication reconciliation|reconciled medications"
    ),
    Topic.PROBLEMS: (
        "past medical history|pmh|pmhx|medical history|problem list|active problems|past history|"
        "chronic problems|diagnoses|active diagnoses|past medical hx|"
        "significant past medical history|"
        "medical problems|problems|active problem list|chronic conditions|ongoing problems|"
        "admission diagnosis|discharge diagnosis|discharge diagnoses|comorbidities|"
        "past medical and surgical history|past illnesses"
    ),
    Topic.SURGERIES: (
        "past surgical history|surgical history|psh|past surgical hx|previous surgery|"
        "prior surgeries|past surgeries|operations|past procedures|procedure history|surgeries"
    ),
    Topic.SOCIAL: (
        "social history|social hx|sh|shx|habits|personal and social history|personal history|"
        "substance use|tobacco use|lifestyle|social and personal history|health habits|soc hx"
    ),
    Topic.FAMILY: (
        "family history|family hx|fh|fhx|family medical history|fam hx|significant family history"
    ),
    Topic.REVIEW: "review of systems|ros|systems review|review of symptoms",
    Topic.VITALS: "vital signs|vitals|vs|vital signs on admission|measurements|vital sign",
    Topic.EXAM: (
        "physical examination|physical exam|examination|exam|pe|objective|on examination|"
        "focused exam|focused examination"
    ),
    Topic.PLAN: (
        "assessment and plan|assessment & plan|assessment|plan|a/p|impression and plan|"
        "assessment/plan|recommendations|plan of care|discharge plan|disposition and plan|"
        "treatment plan|impression/plan|medical decision making|orders|prescribed today|"
        "impression|diagnosis and plan|assessment/recommendations"
    ),
    Topic.ADVICE: (
        "patient instructions|discharge instructions|instructions|education|patient education|"
        "health maintenance|return precautions|after visit instructions|follow up instructions|"
        "preventive care|counseling|when to call|home care instructions"
    ),
    Topic.OTHER_PERSON: (
        "newborn record|newborn data|newborn|newborn allergies|infant|infant data|baby|"
        "infant allergies|"
        "baby data|neonatal data|newborn information|infant record|mother|maternal allergies|"
        "maternal history|maternal data|mother's allergies|donor|donor history|partner|"
        "newborn assessment|delivery of infant|infant information|father of baby"
    ),
    Topic.REST: (
        "findings|technique|comparison|indication|indications|procedure|procedures|"
        "procedure performed|"
        "operation|operation performed|description of operation|description of procedure|"
        "anesthesia|"
        "complications|specimen|specimens|preoperative diagnosis|postoperative diagnosis|"
        "pre-operative diagnosis|post-operative diagnosis|laboratory data|labs|laboratory|results|"
        "data|imaging|studies|condition at discharge|disposition|consults|immunizations|"
        "vaccinations|gross description|microscopic description|final diagnosis|"
        "clinical information|"
        "operative findings|estimated blood loss|surgeon|assistant|pharmacy|provider|"
        "date of service|"
        "advance directive|code status|insurance|emergency contact|general|lab results|"
        "diagnostic studies|test results|occupational history|obstetric history|"
        "gynecologic history|"
        "preoperative diagnoses|postoperative diagnoses|title of operation|operative procedure"
    ),
}
_TOPICS = {phrase: topic for topic, held in _HEADINGS.items() for phrase in held.split("|")}
_KNOWN = "|".join(
    re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(_TOPICS, key=len, reverse=True)
)
_AT_EDGE = re.compile(
    rf"(?:^|(?<=[\n\t]))[ \-*•#\d.)]{{0,5}}(?P<head>{_KNOWN})[ ]?(?P<end>:|(?=[\t\n]|$))", re.I
)
_IN_LINE = re.compile(rf"(?<=[.;\d)] )(?P<head>{_KNOWN})(?P<end>:)", re.I)
_UNKNOWN = re.compile(
    r"(?:^|(?<=\n))(?P<head>(?:[A-Z][A-Z/&'\-]+ ?){1,6})(?P<end>:|(?=\n|$))"
    r"|(?:^|(?<=\n))(?P<title>[A-Z][a-z]+(?:[ /&][A-Za-z]+){0,4})(?P<colon>:)"
)
_WITHIN = re.compile(
    r"\b(?:mother|father|sister|brother|maternal|paternal|grand\w+|aunt|uncle|son|daughter|"
    r"sibling\w*|"
    r"parents?|children|tobacco|smok\w*|alcohol|etoh|drugs?|illicit|caffeine|recreational|"
    r"intolerances?|"
    r"reactions?|allerg\w*|severity|note|food|environmental|medications?|latex|occupation|marital|"
    r"status|exercise|diet|cigarettes|vaping|substances?|cancer|drinking|nka|nkda|dose|name)\b",
    re.I,
)
_INNER = {
    Topic.FAMILY: frozenset((Topic.OTHER_PERSON,)),
    Topic.REVIEW: frozenset((Topic.REST, Topic.ALLERGIES)),
    Topic.EXAM: frozenset((Topic.REST,)),
    Topic.ADVICE: frozenset((Topic.REST,)),
}
"""Headings that only divide a part: a relative in a family history, a system in a review."""
_OWN = frozenset((Topic.ALLERGIES, Topic.MEDICATIONS, Topic.VITALS, Topic.EXAM, Topic.REST))


_LABELS = frozenset(
    ("surgeon", "assistant", "pharmacy", "provider", "date of service", "insurance", "code status",
     "emergency contact", "general", "data", "all")
)  # fmt: skip
"""What heads a line or an entry rather than a section."""


def _marks(text: str) -> Iterator[Mark]:
    """Where headings stand, in no order; some may overlap."""
    for pattern in (_AT_EDGE, _IN_LINE):
        for found in pattern.finditer(text):
            head = " ".join(found["head"].casefold().split())
            topic = _TOPICS[head]
            short = len(head) < 4 and not found["end"] and not found["head"].isupper()
            if not short and (pattern is _AT_EDGE or topic is not Topic.OTHER_PERSON):
                yield Mark(found.start("head"), found.end("head"), found.end(), head, topic)
    for found in _UNKNOWN.finditer(text):
        head = found["head"] or found["title"]
        known = " ".join(head.casefold().split()) in _TOPICS
        enough = len(head.strip()) > 3
        if enough and not known and not _WITHIN.search(head):
            yield Mark(found.start(), found.end(), found.end(), "", Topic.REST)


def marks(text: str) -> tuple[Mark, ...]:
    """The headings of a page's text in order, none within another."""
    found: list[Mark] = []
    for mark in sorted(_marks(text), key=lambda mark: (mark.start, -mark.begins)):
        if not found or mark.start >= found[-1].begins:
            found.append(mark)
    return tuple(found)


def sections(held: Sequence[Mark]) -> Iterator[Mark]:
    """The headings that open a section of a kind that is known."""
    return (mark for mark in held if mark.name and mark.name not in _LABELS)


def parts(text: str, held: Sequence[Mark]) -> tuple[Part, ...]:
    """A page's text cut at its headings; what stands before the first is open.

    Below a heading of another person (a newborn in its mother's chart) lists of allergies,
    medicines and measurements are that person's, up to the next story, history or plan.
    """
    found: list[Part] = []
    start, topic = 0, Topic.OPEN
    for mark in held:
        found.append(Part(topic, start, mark.start))
        others = topic is Topic.OTHER_PERSON and mark.topic in _OWN
        stays = others or mark.topic in _INNER.get(topic, ())
        start, topic = (mark.start if stays else mark.begins), topic if stays else mark.topic
    found.append(Part(topic, start, len(text)))
    return tuple(part for part in found if part.start < part.stop)
