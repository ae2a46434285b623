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
_PLACE = r"facility|hospital|clinic|site|location|practice|seen at|admitted to"
_LAB = r"performing lab(?:oratory)?|laboratory|lab|performed (?:at|by)|resulting agency|testing lab"
_PHARMACY = r"(?:preferred |dispensing )?pharmacy"
_IMAGING = r"imaging (?:cent(?:er|re)|facility)"
_INSURER = r"insur(?:ance|er)(?: company| carrier)?|payer|health plan"
_CLINICIAN = (
    r"(?:referring|ordering|attending|primary care|rendering|consulting|requesting|treating)"
    r"(?: (?:provider|physician|doctor|clinician))?|referred (?:by|to)|pcp|cc|surgeon"
)
_LABELS = (
    (None, _PLACE),
    (ProviderKind.LAB, _LAB),
    (ProviderKind.PHARMACY, _PHARMACY),
    (ProviderKind.IMAGING, _IMAGING),
    (ProviderKind.INSURER, _INSURER),
    (None, _CLINICIAN),
)
_LABELLED = tuple(
    (kind, re.compile(rf"(?:^|\s{{2,}}|\t|[|;])\s*(?:{words})\s*:\s*(?P<name>[^|;\t]+)", re.I))
    for kind, words in _LABELS
)
_NEXT_LABEL = re.compile(
    r"\s{2,}|\s+[A-Z][A-Za-z]*(?: [A-Za-z]+)?\s*:|\s*[(,]\s*(?:phone|tel|fax|ph)\b"
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


def clean(name: str) -> str:
    """A printed name without what follows it on its line; empty where it names nobody."""
    cut = _NEXT_LABEL.split(name.strip(), maxsplit=1)[0]
    cut = " ".join(_TAIL.sub("", cut).split())
    fits = 3 <= len(cut) <= _LONGEST and _ENOUGH.search(cut) and not _EMPTY.match(cut)
    return cut if fits else ""


def _labelled(text: str) -> Iterator[Mention]:
    for line in text.splitlines():
        if ":" not in line:
            continue
        for kind, pattern in _LABELLED:
            for match in pattern.finditer(line):
                name = clean(match["name"])
                if name:
                    told = kind_of(name)
                    vague = told in (ProviderKind.OTHER, ProviderKind.SPECIALIST)
                    yield Mention(name, kind if kind and vague else told)


def mentions(text: str) -> tuple[Mention, ...]:
    """Whom a page names, each once: its letterhead, then what its labels announce.

    Nothing is decided by it: these are names to show to a person.
    """
    line = letterhead(text)
    head = "" if ":" in line else clean(line)
    found = {head: Mention(head, kind_of(head))} if head else {}
    for mention in _labelled(text):
        found.setdefault(mention.name, mention)
    return tuple(found.values())
