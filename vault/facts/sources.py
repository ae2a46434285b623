"""Whom a page names that may hold records: letterheads, laboratories, pharmacies, clinicians."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vault.facts.documents import letterhead
from vault.facts.namewords import CREDENTIALS
from vault.model.providers import ProviderKind

VERSION = 1
"""Raised whenever the same words would give other names."""

_LONGEST = 80
_TOP = 600
"""A letterhead stands in so many characters from the top."""
_KINDS = (
    (ProviderKind.PHARMACY, r"pharmacy|apothecary|drug ?store"),
    (ProviderKind.PATHOLOGY, r"pathology"),
    (ProviderKind.LAB, r"laborator(?:y|ies)|labs?|diagnostics"),
    (ProviderKind.IMAGING, r"imaging|radiology|mri|mammography"),
    (ProviderKind.DENTAL, r"dental|dentistry|orthodontics?"),
    (ProviderKind.MENTAL_HEALTH, r"behaviou?ral|psychiatr\w+|psychology|counsell?ing"),
    (ProviderKind.INSURER, r"insurance|health plan|benefits"),
    (ProviderKind.HOSPITAL, r"hospital|infirmary|medical cent(?:er|re)|krankenhaus|h[ôo]pital"),
    (ProviderKind.PRIMARY_CARE, r"family (?:practice|medicine)|primary care|pediatrics"),
    (
        ProviderKind.SPECIALIST,
        r"cardiology|oncology|orthop\w+|surgical|surgeons|dermatology|neurology|heart|urology",
    ),
    (ProviderKind.CLINIC, r"clinic|practice|health cent(?:er|re)|urgent care|cl[ií]nica|praxis"),
)
_WORDS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.I)) for kind, words in _KINDS)
_WHO_BY = (
    "referring", "ordering", "attending", "primary care", "rendering", "consulting",
    "requesting", "treating",
)  # fmt: skip
_WHO = ("provider", "physician", "doctor", "clinician")
_LABELS: dict[str, ProviderKind | None] = {
    **dict.fromkeys(
        ("facility", "hospital", "clinic", "site", "location", "practice", "seen at",
         "admitted to", "referred by", "referred to", "pcp", "cc", "surgeon",
         *_WHO_BY, *(f"{by} {who}" for by in _WHO_BY for who in _WHO)),
        None,
    ),
    **dict.fromkeys(
        ("performing lab", "performing laboratory", "laboratory", "lab", "performed at",
         "performed by", "resulting agency", "testing lab"),
        ProviderKind.LAB,
    ),
    **dict.fromkeys(
        ("pharmacy", "preferred pharmacy", "dispensing pharmacy"), ProviderKind.PHARMACY
    ),
    **dict.fromkeys(
        ("imaging center", "imaging centre", "imaging facility"), ProviderKind.IMAGING
    ),
    **dict.fromkeys(
        ("insurance", "insurer", "insurance company", "insurance carrier", "payer",
         "health plan"),
        ProviderKind.INSURER,
    ),
}  # fmt: skip
"""What stands before a colon where somebody is named, and the kind it tells, if any."""
_WORDS_OF_LABEL = max(len(label.split()) for label in _LABELS)
_CELL = re.compile(r"\s{2,}|[\t|;]")
_CUT = re.compile(r"\s{2,}|\s*[(,]\s*(?:phone|tel|fax|ph)\b", re.I)
_OTHER_LABEL = re.compile(
    r"\s(?:Date|DOB|Phone|Tel|Fax|Ph|MRN|Collected|Received|Reported|Visit|Patient|Address|NPI|"
    r"Order|Status|Diagnosis|Account|Page|Accession|Specimen)\b"
)
_TAIL = re.compile(r"[\s,;.:-]+(?:page \d.*|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}.*)?$", re.I)
_EMPTY = re.compile(
    r"^(?:none|unknown|n/?a|not (?:on file|recorded|known)|self|same|see .*|-+)$", re.I
)
_ENOUGH = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as printed, and what kind of holder it seems to be."""

    name: str
    kind: ProviderKind


def kind_of(name: str) -> ProviderKind:
    """The kind of holder that the words of a name tell; a clinician's credential, or `other`."""
    for kind, words in _WORDS:
        if words.search(name):
            return kind
    last = re.sub(r"[^a-z]", "", name.casefold().rsplit(" ", 1)[-1])
    titled = last in CREDENTIALS or re.match(r"dr\.? ", name, re.I)
    return ProviderKind.SPECIALIST if titled else ProviderKind.OTHER


def _label(before: str) -> str | None:
    """The label that ends at a colon: the longest that fits, None for other words.

    In the midst of a line it has to begin with a capital letter.
    """
    cell = _CELL.split(before)[-1].split()
    for count in range(min(_WORDS_OF_LABEL, len(cell)), 0, -1):
        words = cell[-count:]
        label = " ".join(words).casefold()
        if label in _LABELS and (count == len(cell) or words[0][:1].isupper()):
            return label
    return None


def _before_label(text: str) -> str:
    """A text up to the label that ends at its first colon; all of it where there is none."""
    before, colon, _ = text.partition(":")
    if not colon:
        return text
    known = _label(before)
    other = _OTHER_LABEL.search(before)
    if known is None and other is not None:
        return before[: other.start()]
    words = before.split()
    return " ".join(words[: -(len(known.split()) if known else 1)])


def clean(name: str) -> str:
    """A printed name without what follows it on its line; empty where it names nobody."""
    cut = _before_label(_CUT.split(name.strip(), maxsplit=1)[0])
    cut = " ".join(_TAIL.sub("", cut).split())
    fits = 3 <= len(cut) <= _LONGEST and _ENOUGH.search(cut) and not _EMPTY.match(cut)
    return cut if fits else ""


def _labelled(text: str) -> Iterator[Mention]:
    for line in text.splitlines():
        at = line.find(":")
        while at >= 0:
            label = _label(line[max(0, at - _LONGEST) : at])
            if label is not None:
                rest = re.split(r"[|;\t]", line[at + 1 : at + 1 + 3 * _LONGEST], maxsplit=1)[0]
                name = clean(rest)
                if name:
                    told, kind = kind_of(name), _LABELS[label]
                    vague = told in (ProviderKind.OTHER, ProviderKind.SPECIALIST)
                    yield Mention(name, kind if kind and vague else told)
            at = line.find(":", at + 1)


def mentions(text: str) -> tuple[Mention, ...]:
    """Whom a page names, each once: its letterhead, then what its labels announce.

    Nothing is decided by it: these are names to show to a person.
    """
    line = letterhead(text[:_TOP])
    head = "" if ":" in line else clean(line)
    found = {head: Mention(head, kind_of(head))} if head else {}
    for mention in _labelled(text):
        found.setdefault(mention.name, mention)
    return tuple(found.values())
