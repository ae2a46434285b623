"""The words that tell what a field of a form for an amendment takes, in the order tried."""

from __future__ import annotations

import re

from vault.forms.signs import TEXTS, TICKS, Signs
from vault.model.formwords import Slot, Tick

_ENTRY = r"(?:entry|entries|record|note|document|information|item|report|error)"


def _signs(*pairs: tuple[str, str]) -> Signs:
    return tuple((name, re.compile(rf"\b(?:{words})\b")) for name, words in pairs)


AMENDING_TEXTS: Signs = (
    *_signs(
        (
            Slot.EVIDENCE,
            r"evidence|supporting (?:documents?|documentation|information|material)"
            r"|(?:documents?|papers|copies) (?:enclosed|attached)|enclosures?|attachments?",
        ),
        (
            Slot.SHOULD_SAY,
            r"should (?:it |the \w+ |this \w+ )?(?:say|read|state|be changed|look)"
            r"|(?:to be|be) (?:more )?(?:accurate|complete)\b"
            r"|correct(?:ed)? (?:wording|text|entry|information|version)|new wording"
            r"|(?:requested|proposed|desired) (?:change|correction|amendment|wording)s?"
            r"|(?:change|correction|amendment)s? (?:requested|proposed|wanted|you want)"
            r"|how (?:should|would you like)",
        ),
        (
            Slot.WHY,
            r"reasons?|why|basis (?:of|for)|explain why|justification|how (?:do )?you know",
        ),
        (
            Slot.WRONG,
            r"(?:incorrect|inaccurate|incomplete|wrong|untrue|mistaken|misleading|in error)"
            r"|what is missing|problem with",
        ),
        (
            Slot.NOTIFY,
            r"(?:notify|notified|inform(?:ed)?|tell|told|sent to|send (?:it|the amendment) to)"
            r"|(?:persons?|people|organi[sz]ations?|others?) (?:who|that|to)\b.*\b(?:received|relied)"
            r"|disclosed .*\bpast|who else",
        ),
        (
            Slot.ENTRY_DATE,
            rf"dates? (?:of|on) (?:the |this )?{_ENTRY}|{_ENTRY} dates?|dates? of (?:the )?(?:visit|"
            r"service|treatment|care)|service dates?|visit dates?|dates? (?:written|recorded)"
            r"|when (?:was )?(?:it|the entry) (?:was )?(?:written|made)",
        ),
        (
            Slot.ENTRY_AUTHOR,
            r"authors?|(?:written|made|entered|recorded|signed) by"
            r"|who (?:wrote|made|entered|recorded)"
            r"|(?:provider|clinician|doctor|physician|person) who",
        ),
        (
            Slot.ENTRY_PLACE,
            rf"(?:type|kind|name|title) of (?:the )?{_ENTRY}|{_ENTRY} (?:type|title|name)"
            r"|pages?(?: numbers?| no)?|where (?:it|the entry) (?:is|stands)|location in",
        ),
        (
            Slot.ENTRY_QUOTE,
            r"(?:exact|present|current|existing) (?:words|wording|text|entry)"
            r"|(?:now|currently) (?:says|reads)|as (?:it is )?(?:now )?written",
        ),
        (
            Slot.ENTRY,
            rf"(?:describe|identify|which|specific|specify)\b.*\b{_ENTRY}"
            rf"|{_ENTRY} (?:to be|you want|that you want|you wish)\b.*"
            r"(?:amend|correct|change)\w*|entry",
        ),
    ),
    *TEXTS,
)
"""For text; what is asked of every form comes after."""

AMENDING_TICKS: Signs = (
    *_signs(
        (Tick.INCOMPLETE, r"incomplete|missing|left out|not complete"),
        (Tick.INACCURATE, r"inaccurate|incorrect|wrong|not accurate|error|untrue"),
        (
            Tick.NOTIFY_YES,
            r"(?:yes|agree|authori[sz]e|please|consent)\b.*\b(?:notify|inform|tell|told|send|share)"
            r"|(?:notify|inform|tell|send) (?:the )?(?:persons?|people|others|following|those)",
        ),
    ),
    *(pair for pair in TICKS if not pair[0].startswith(("wants_", "format_", "deliver_"))),
)
"""For boxes; an amendment asks for no copies, so that none of their boxes is ticked."""
