"""Statements: how a provider wants to be asked, who said so, and where two do not agree."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from vault.model.requests import Channel


class Topic(StrEnum):
    """What a statement is about."""

    CHANNEL = "channel"
    FORM = "form"
    SIGNATURE = "signature"
    ID = "id"
    NOTARY = "notary"
    IN_PERSON = "in_person"
    FEE = "fee"
    TURNAROUND = "turnaround"
    FORMAT = "format"
    IMAGES_DESK = "images_desk"
    BILLING_DESK = "billing_desk"
    EXPIRY = "expiry"
    ADDRESS = "address"
    OTHER = "other"


class StatementSource(StrEnum):
    """Where a statement comes from."""

    FORM = "form"
    WEBSITE = "website"
    PHONE = "phone"
    LETTER = "letter"
    PORTAL = "portal"
    LAW = "law"


_FORMATS = ("pdf", "paper", "cd", "usb", "ccda", "fhir", "dicom", "portal", "email")


def _ways(words: Iterable[str]) -> tuple[str, ...]:
    """Each word, its refusal and itself alone: `fax`, `no_fax`, `fax_only`."""
    listed = tuple(words)
    return (*listed, *(f"no_{w}" for w in listed), *(f"{w}_only" for w in listed))


VALUES: dict[Topic, tuple[str, ...]] = {
    Topic.CHANNEL: _ways(channel.value for channel in Channel),
    Topic.FORMAT: _ways(_FORMATS),
    Topic.FORM: (
        "own_form_required", "own_form_offered", "letter_accepted", "authorization_required",
    ),
    Topic.SIGNATURE: ("wet_ink_required", "electronic_accepted"),
    Topic.ID: ("none", "copy", "in_person"),
    Topic.NOTARY: ("required", "not_required"),
    Topic.IN_PERSON: ("required", "not_required"),
    Topic.IMAGES_DESK: ("separate", "same"),
    Topic.BILLING_DESK: ("separate", "same"),
}  # fmt: skip
"""The words a topic is told in; a topic that is not here takes short text."""

_SEVERAL = (Topic.CHANNEL, Topic.FORMAT)
"""Topics where several statements hold at once, unless one excludes the other."""

_SPAN = re.compile(r"(\d{1,4})\s*(?:business |calendar |working )?(day|week|month)s?\b", re.I)
_DAYS = {"day": 1, "week": 7, "month": 30}


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a provider said about how it wants to be asked; withdrawn ones are kept.

    `said_by` is a name or a place on a form, `on` the day it was said or read, `call` the id of
    the call it was said in.
    """

    id: str
    provider: str
    topic: Topic
    value: str
    source: StatementSource
    on: dt.date
    said_by: str = ""
    note: str = ""
    call: str | None = None
    withdrawn_on: dt.date | None = None

    @property
    def live(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_on is None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements of one topic that cannot both be so; which one is right is not said."""

    topic: Topic
    one: Statement
    other: Statement


def days_of(text: str) -> int | None:
    """About how many days a text such as `10 business days` or `2 weeks` names; None for none.

    Of several (`5 to 10 days`) the longest counts, for that is how long one may wait.
    """
    found = [int(m[1]) * _DAYS[m[2].lower()] for m in _SPAN.finditer(text)]
    bare = text.strip()
    if not found and bare.isascii() and bare.isdigit() and len(bare) <= 4:
        return int(bare)
    return max(found, default=None)


def _same(topic: Topic, one: str, other: str) -> bool:
    if topic in (Topic.TURNAROUND, Topic.EXPIRY):
        spans = days_of(one), days_of(other)
        if None not in spans:
            return spans[0] == spans[1] and ("business" in one) == ("business" in other)
    plain = [re.sub(r"\W+", " ", text.casefold()).strip() for text in (one, other)]
    return plain[0] == plain[1]


def _excludes(one: str, other: str) -> bool:
    """Whether a word of a way to do it rules another one out: `fax` and `no_fax`."""
    if one.startswith("no_"):
        return other.removesuffix("_only") == one.removeprefix("no_")
    if one.endswith("_only"):
        return not other.startswith("no_") and other.removesuffix("_only") != one.removesuffix(
            "_only"
        )
    return False


_TOGETHER = {frozenset(("own_form_offered", "letter_accepted"))}
"""Differing values of one topic that can both be so."""


def clash(topic: Topic, one: str, other: str) -> bool:
    """Whether two values of a topic cannot both be so."""
    if topic is Topic.OTHER or _same(topic, one, other):
        return False
    if topic in _SEVERAL:
        return _excludes(one, other) or _excludes(other, one)
    return frozenset((one, other)) not in _TOGETHER


def contradictions(statements: Sequence[Statement]) -> tuple[Contradiction, ...]:
    """Every pair of live statements that cannot both be so, by topic, the older one first.

    Statements are of one provider. Both are kept: the newest one is not right for being new.
    """
    by_topic: dict[Topic, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.live:
            by_topic[statement.topic].append(statement)
    found = []
    for topic in Topic:
        ordered = sorted(by_topic[topic], key=lambda s: (s.on, s.id))
        pairs = combinations(ordered, 2)
        found += [Contradiction(topic, a, b) for a, b in pairs if clash(topic, a.value, b.value)]
    return tuple(found)
