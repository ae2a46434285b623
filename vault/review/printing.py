"""Words of a page that come from how the copy was printed: page numbers, print dates, fax lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vault.model.words import Span, Word, lines_of, quote_of

_DAY = (
    r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2} [a-z]{3,9}\.? \d{4}|[a-z]{3,9}\.? \d{1,2},? \d{4})"
)
_TIME = r"(?:\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: ?[a-z]{2,4}t)?)"
_WHEN = rf"(?:{_DAY}(?:,? (?:at )?{_TIME})?|{_TIME},? {_DAY})"
_ANYWHERE = re.compile(
    rf"\bpage ?:? ?\d+(?: ?(?:of|/) ?\d+)?\b"
    rf"|\b(?:re-?)?(?:print(?:ed|out)?|generated|downloaded|faxed|copied|exported|released)"
    rf"(?: (?:date(?:/time)?|time|on|by|at))* ?:? ?(?:[\w.,@ ]{{0,30}}? (?:on|at) )?{_WHEN}"
    rf"|\bdate(?:/time)? (?:of )?(?:print(?:ed|ing)?|copy|copied|release|export) ?:? ?{_WHEN}"
    r"|\b(?:release|print job|copy|roi|fax) (?:id|no|number|#)\.? ?:? ?[\w-]*\d[\w-]*",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"^\W*(?:\d{1,4} ?(?:of|/) ?\d{1,4}|- ?\d{1,4} ?-|p\.? ?\d{1,4})\W*$", re.IGNORECASE
)
_FAX = re.compile(
    rf"^(?=.*{_TIME})(?=.*\b(?:fax|from|to|p(?:age|g)?\.? ?\d+)\b)"
    r".*\bp(?:age|g)?\.? ?\d+(?:/\d+)?\b.*$",
    re.IGNORECASE,
)
_EDGE = 0.12


def _spans(text: str, *, edge: bool) -> list[tuple[int, int]]:
    """The parts of a line that come from the printing; `edge` at the top or bottom of a page."""
    if edge and (_WHOLE.match(text) or _FAX.match(text)):
        return [(0, len(text))]
    return [found.span() for found in _ANYWHERE.finditer(text)]


def _covered(words: Sequence[Word], line: Span, spans: Sequence[tuple[int, int]]) -> list[int]:
    at, found = 0, []
    for i in range(line.start, line.stop):
        end = at + len(words[i].text)
        if any(start < end and at < stop for start, stop in spans):
            found.append(i)
        at = end + 1
    return found


def printed(words: Sequence[Word]) -> frozenset[int]:
    """The numbers of the words that the printing put there, which differ from copy to copy."""
    found: list[int] = []
    for line in lines_of(words):
        box = words[line.start].box
        edge = box.top < _EDGE or box.bottom > 1 - _EDGE
        spans = _spans(quote_of(words, line), edge=edge)
        found += _covered(words, line, spans) if spans else []
    return frozenset(found)
