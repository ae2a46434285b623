"""How sure and whose a statement is: denied, suspected, past, or a relative's.

The rules are of the kind of NegEx (Chapman et al., J Biomed Inform 2001;34:301-310) and ConText
(Harkema et al., J Biomed Inform 2009;42:839-851): words before or behind a finding tell its
status, up to the end of the clause. The word lists here are this program's own.
"""

from __future__ import annotations

import re
from enum import StrEnum

from vault.facts.headings import Topic


class Status(StrEnum):
    """How a note holds a condition to be."""

    PRESENT = "present"
    PAST = "past"
    RESOLVED = "resolved"
    ABSENT = "absent"
    NEVER = "never"
    UNSURE = "unsure"
    RULED_OUT = "ruled_out"
    RELATIVE = "relative"


RELATIVES = (
    r"(?:(?:maternal|paternal)\s+)?(?:great[- ])?(?:grand(?:mother|father|parents?|ma|pa)|mother|"
    r"father|mom|dad|sisters?|brothers?|siblings?|sons?|daughters?|aunts?|uncles?|cousins?|nieces?|"
    r"nephews?|twin|parents?|child(?:ren)?)"
)
"""Blood relatives, as a pattern."""

_RELATIVE = re.compile(
    rf"\b(?:{RELATIVES}|husband|wife|spouse|partner|family (?:history|hx)|fhx?|relatives?|"
    r"roommate|boyfriend|girlfriend|in-law|runs in (?:the|his|her) family|newborn|infant|baby)\b"
    r"(?!\s+(?:practice|medicine|doctor|physician))",
    re.I,
)
_NEVER = re.compile(
    r"\b(?:no|denies(?: any| a)?|denied(?: any| a)?|without(?: a| any)?|negative for(?: a| any)?|"
    r"not have(?: a| any)?|lacks(?: a| any)?)\s+(?:known |prior |previous |past |personal |"
    r"significant |documented |reported |other |any )*(?:history|hx|h/o|diagnosis)\b[^.;]*$"
    r"|\b(?:has |have |had )?never (?:had|been diagnosed|been told|suffered|experienced)\b[^.;]*$"
    r"|\bno (?:prior|previous|past|known|lifetime)\b[^.;,]*$",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:no|not|denies|denied|without|negative|neg|absence of|free of|no evidence of|"
    r"never|nor|non)\b(?:[^.;:]{0,60})$",
    re.I,
)
_RULED_OUT = re.compile(
    r"^[^.;]{0,25}\b(?:(?:was|were|has been|have been|is|now)?\s*ruled out|excluded|"
    r"(?:was|is) not (?:found|confirmed)|unlikely|disproved|work-?up (?:was )?negative)\b",
    re.I,
)
_RULED_BEFORE = re.compile(r"\bruled out (?:for )?(?:an? )?[^.;,]{0,25}$", re.I)
_UNSURE = re.compile(
    r"\b(?:rule[- ]out|r/o|possible|possibly|probable|probably|suspected|suspect|suspicion|"
    r"concern(?:ed|ing)? (?:for|about|of)|questionable|question of|may have|might|could be|"
    r"differential|screen(?:ing|ed)? for|evaluat\w* for|risk (?:of|for|factors? for)|"
    r"work-?up (?:of|for)|if|prevent\w*|prophylaxis|test(?:ed|ing)? for|worr\w+ about|versus|vs|"
    r"information about|education|handout|leaflet|vaccin\w+ against|borderline)\b[^.;]*$"
    r"|\?\s*$",
    re.I,
)
_UNSURE_AFTER = re.compile(
    r"^\s*(?:\?|(?:is|was|remains)?\s*(?:suspected|possible|questioned|considered|versus|vs\b|"
    r"screening|risk|precautions|prophylaxis|vaccine|education|handout))",
    re.I,
)
_PAST = re.compile(
    r"\b(?:history of|hx of|h/o|s/p|status post|previous|prior|past|remote|childhood|former|"
    r"in (?:19|20)\d\d)\b[^.;]*$",
    re.I,
)
_RESOLVED_AFTER = re.compile(
    r"^[^.;]{0,30}\b(?:resolved|in (?:complete )?remission|cured|no longer|inactive)\b", re.I
)


def of_relative(before: str, topic: Topic = Topic.OPEN) -> bool:
    """Whether the words before a finding say that it is somebody else's."""
    return topic in (Topic.FAMILY, Topic.OTHER_PERSON) or bool(_RELATIVE.search(before))


def never(before: str) -> bool:
    """Whether the words before a finding deny that it ever was."""
    return bool(_NEVER.search(before))


def denied(before: str) -> bool:
    """Whether the words before a finding deny it for now or for ever."""
    return bool(_DENIED.search(before))


_RULES = (
    (Status.RULED_OUT, _RULED_BEFORE, _RULED_OUT),
    (Status.NEVER, _NEVER, None),
    (Status.UNSURE, _UNSURE, _UNSURE_AFTER),
    (Status.ABSENT, _DENIED, None),
    (Status.RESOLVED, None, _RESOLVED_AFTER),
    (Status.PAST, _PAST, None),
)


def status(before: str, after: str, topic: Topic = Topic.OPEN) -> Status:
    """How a finding stands between the words of its clause before and behind it."""
    if of_relative(before, topic) or re.match(rf"\s*(?:in|of) (?:\w+ )?{RELATIVES}\b", after, re.I):
        return Status.RELATIVE
    for found, ahead, behind in _RULES:
        if (ahead and ahead.search(before)) or (behind and behind.search(after)):
            return found
    return Status.PRESENT
