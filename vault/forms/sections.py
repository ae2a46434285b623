"""The parts of a form: about the patient, the holder of the records, who gets them, who signs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from vault.model.forms import Spot
from vault.model.words import Box, Word, lines_of, quote_of

_MOST_WORDS = 12


class Section(Enum):
    """Whom the fields below a heading are about."""

    PATIENT = "patient"
    PROVIDER = "provider"
    RECIPIENT = "recipient"
    REPRESENTATIVE = "representative"


def _sign(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


_HEADS = (
    (
        Section.REPRESENTATIVE,
        _sign(r"\brepresentative\b", r"\bif (?:signed|not signed) by\b"),
    ),
    (
        Section.RECIPIENT,
        _sign(
            r"\b(?:release|send|disclose|provide|deliver|give)\w*\b.{0,50}\bto\b\W*"
            r"(?:$|the following)",
            r"^(?:release|send|disclose|deliver)\w* (?:records |information )?to\b",
            r"\brecipient\b",
            r"\bwho (?:will|should) (?:get|receive)\b",
            r"\bto whom\b",
        ),
    ),
    (
        Section.PROVIDER,
        _sign(
            r"\b(?:release|obtain|disclose|request)\w*\b.{0,40}\bfrom\b\W*(?:$|the following)",
            r"^from whom\b",
            r"\bwho has (?:the|your|my) records\b",
            r"^(?:facility|provider|healthcare provider|practice)(?: information)?\W*$",
        ),
    ),
    (
        Section.PATIENT,
        _sign(
            r"\b(?:patient|your|personal)(?:'s)? (?:information|details|identification|data)\b",
            r"\babout (?:you|the patient)\b",
            r"\brecords? (?:requested|needed|wanted)\b",
            r"\binformation (?:requested|to be (?:released|disclosed))\b",
            r"\bsignature\b",
        ),
    ),
)


_TOLD = (
    Section.RECIPIENT,
    _sign(
        r"\b(?:notify|notified|inform(?:ed)?|tell|told)\b",
        r"\b(?:disclosed|given|sent)\b.{0,40}\bin the past\b",
        r"\b(?:send|sent|share)\b.{0,40}\b(?:anyone|others?|whom)\b",
    ),
)
"""Who is to be told: on forms for an amendment alone."""


@dataclass(frozen=True, slots=True)
class Sections:
    """The headings of a form in their order: page, place from the top, and what they begin."""

    heads: tuple[tuple[int, float, Section], ...]

    def of(self, spot: Spot) -> Section:
        """The part of the form that a field stands in; the patient's before any heading."""
        place = (spot.page, (spot.box.top + spot.box.bottom) / 2)
        above = [section for page, top, section in self.heads if (page, top) < place]
        return above[-1] if above else Section.PATIENT


def sections(words: Mapping[int, Sequence[Word]], *, amends: bool = False) -> Sections:
    """The headings among the lines of a form: short lines that say whom what follows is about.

    On a form that `amends`, those who are to be told of it are recipients.
    """
    found = []
    signs = (_HEADS[0], _TOLD, *_HEADS[1:]) if amends else _HEADS
    for page, held in sorted(words.items()):
        for span in lines_of(held):
            if span.stop - span.start > _MOST_WORDS:
                continue
            line = quote_of(held, span)
            section = next((s for s, sign in signs if sign.search(line)), None)
            box = Box.around(w.box for w in held[span.start : span.stop])
            if section is not None and box is not None:
                found.append((page, box.top, section))
    return Sections(tuple(sorted(found, key=lambda head: head[:2])))
