"""What a form is for, told from its words: the title counts most."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from vault.model.forms import FormKind
from vault.model.words import Word, text_of

_TITLE = 0.3  # of the first page's height
_WEIGHT = 3

_SIGNS = {
    FormKind.AMENDMENT: re.compile(
        r"\brequest(?:s|ing)? (?:for|to|an) (?:an? )?(?:amend|correct)\w*"
        r"|\bamendment (?:of|to|request)\b|\bamend(?:ing)? (?:my|the|your|a) "
        r"|\bcorrection (?:of|to) (?:my|the|a|your|health|medical|protected)\b|164\.526"
    ),
    FormKind.INBOUND: re.compile(
        r"\b(?:obtain|request|get) (?:my |the |your |any |copies of |medical |health |patient )*"
        r"(?:information|records?) from\b"
        r"|\brecords? (?:to be |be )?(?:sent|transferred|released|forwarded) to (?:us|our)\b"
        r"|\btransfer (?:of )?(?:my |medical |health )*records? (?:to|in to|into) (?:us|our|this)\b"
        r"|\b(?:send|fax|mail|forward|release) (?:my |the |these |all |medical |health )*"
        r"(?:information|records?) to (?:us|our)\b"
        r"|\bprevious (?:provider|physician|doctor|clinic|practice)\b"
    ),
    FormKind.OWN_ACCESS: re.compile(
        r"\b(?:patient(?:'s)? |individual(?:'s)? )?(?:request for|right (?:of|to)) access\b"
        r"|\brequest (?:for|to) (?:copies of |a copy of |inspect |see |obtain |access )*"
        r"(?:my|your|own)\b"
        r"|\bpatient(?:'s)? request for (?:\w+ )?(?:health|medical|records?|information)"
        r"|\baccess to (?:my|your|own|protected|personal)\b[^.]{0,20}"
        r"\b(?:health|medical|data|record)"
        r"|164\.524|\bsubject access request\b"
    ),
    FormKind.THIRD_PARTY: re.compile(
        r"\bauthori[sz]ation (?:for|to) (?:the )?(?:use|release|disclos|obtain)\w*"
        r"|\b(?:i|patient) (?:hereby )?authori[sz]es?\b|\bthis authori[sz]ation\b"
        r"|\bauthori[sz]ation form\b|\brelease of (?:information|records|medical|health)\b"
        r"|\bconsent to (?:release|disclos)\w*"
    ),
}


def classify(pages: Mapping[int, Sequence[Word]]) -> FormKind:
    """What a form is for; `other` where its words do not say.

    An authorization that fetches records from elsewhere is inbound, whatever it calls itself.
    """
    body = {number: _plain(text_of(words)) for number, words in pages.items()}
    top = _plain(text_of([w for w in pages.get(1, ()) if w.box.top < _TITLE]))
    scores = {
        kind: sum(len(sign.findall(text)) for text in body.values())
        + _WEIGHT * len(sign.findall(top))
        for kind, sign in _SIGNS.items()
    }
    if scores[FormKind.INBOUND] >= 2 and not scores[FormKind.AMENDMENT]:
        return FormKind.INBOUND
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] else FormKind.OTHER


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())
