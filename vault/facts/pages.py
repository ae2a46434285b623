"""What a page says of itself: its number of how many, and a short signature of its text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vault.facts.page import Laid
from vault.facts.prose import Prose
from vault.facts.tokens import Row
from vault.facts.values import Found
from vault.model.facts import Fact, FactKind

_NUMBER = r"(?:[0-9OolIi|!]{1,3}|[\[\]])"  # a lone stroke is a one, a bracket too
_OF = r"(?:[o0]{1,2}f|/|von|de|sur)"  # the first letter is often read as a nought
_LABELLED = re.compile(
    rf"\b(?:page|pg|p|seite|p[áa]gina|sheet)\b ?[.:#]? ?({_NUMBER}) ?{_OF} ?"
    rf"({_NUMBER})(?!\w)",
    re.I,
)
_RUN_ON = re.compile(rf"\b(?:page|pg|p)[ .:-]?({_NUMBER}) ?{_OF} ?({_NUMBER})(?!\w)", re.I)
_BARE_OF = re.compile(rf"(?<![\w/.-])({_NUMBER}) ?[o0]f ?({_NUMBER})(?![\w/.-])", re.I)
_BARE = re.compile(r"(?<![\w/.-]) ?(\d{1,3}) ?(?:/|of) ?(\d{1,3})(?![\w/.-])")
_ALONE = re.compile(r"(?:page|pg|p)\b ?[.:#]? ?(\d{1,3})(?! ?(?:of|/))\b", re.I)
_FAX = re.compile(r"\bfax\b|\bfrom\s?:|\bto\s?:.*\d{3}[- .]\d{4}|\d{1,2}:\d{2}.*\bp[. ]", re.I)
_EDGE = 0.14
_OUTER = 0.06
_DIGITS = str.maketrans("OolIi|![]", "001111111")
_DOUBLED = frozenset(["l1", "1l", "I1", "1I", "i1", "1i", "|1", "1|", "!1", "1!"])
_MOST = 400


def _text(row: Row) -> tuple[str, list[int]]:
    """A row's tokens a blank apart where words are, and where each begins."""
    parts, starts, at = [], [], 0
    for i, token in enumerate(row.tokens):
        if i and token.word != row.tokens[i - 1].word:
            parts.append(" ")
            at += 1
        starts.append(at)
        parts.append(token.text)
        at += len(token.text)
    return "".join(parts), starts


def _pair(match: re.Match[str]) -> tuple[int, int] | None:
    if match[1] in _DOUBLED and match[2] in _DOUBLED:  # a one read as two, both times
        return 1, 1
    digits = (match[1].translate(_DIGITS), match[2].translate(_DIGITS))
    if not all(d.isdigit() for d in digits):
        return None
    page, pages = int(digits[0]), int(digits[1])
    if page > pages and page % 11 == 0:  # one stroke read as two: "1lof3"
        page //= 11
    if page > pages and page % 10 == 0:  # the blank before "of" read as a nought: "2o0f3"
        page //= 10
    return (page, pages) if 1 <= page <= pages <= _MOST else None


def _found(starts: Sequence[int], match: re.Match[str], value: str) -> Found:
    first = max(i for i, at in enumerate(starts) if at <= match.start(0) or i == 0)
    last = max(i for i, at in enumerate(starts) if at < match.end(0))
    return Found(value, first, last + 1)


def _numbers(row: Row) -> Iterator[tuple[Found, str]]:
    text, starts = _text(row)
    patterns = [_LABELLED, _RUN_ON]
    if row.top < _EDGE or row.bottom > 1 - _EDGE:
        patterns += [_BARE, _BARE_OF]
    for pattern in patterns:
        matches = [(m, pair) for m in pattern.finditer(text) if (pair := _pair(m))]
        for match, (page, pages) in matches:
            fax = "fax" if pattern in (_LABELLED, _RUN_ON) and _fax(row, text, match) else ""
            yield _found(starts, match, f"{page}/{pages}"), fax
        if matches:
            return


def _fax(row: Row, text: str, match: re.Match[str]) -> bool:
    """Whether a fax machine counts here: on the outermost line, beside its own time and number."""
    around = text[: match.start()] + text[match.end() :]
    return (row.top < _OUTER or row.bottom > 1 - _OUTER) and _FAX.search(around) is not None


def numbers(laid: Laid) -> Iterator[Fact]:
    """Which page of how many a page says it is; a fax machine's own count apart."""
    for number, row in enumerate(laid.rows):
        for found, label in _numbers(row):
            yield laid.fact(FactKind.PAGE_OF, number, found, label)


def goes_on(laid: Laid) -> bool:
    """Whether a page says that it is not the first of its document."""
    return any(f.label != "fax" and not f.value.startswith("1/") for f in numbers(laid))


_WORD = re.compile(r"[a-z]{3,}|\d{2,}")
_KEPT = 40
_BYTES = 3
_WIDE = 3
_FEW = 12


def shingles(text: str) -> frozenset[str]:
    """The runs of three words of a text, letter case and marks aside."""
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[at : at + _WIDE]) for at in range(len(words) - _WIDE + 1))


def signature(text: str) -> str:
    """The least 40 of the hashes of a text's shingles, in order and in hexadecimal; or empty.

    Texts that are much alike have much the same (A. Broder, On the resemblance and containment
    of documents, 1997).
    """
    held = shingles(text)
    if len(held) < _FEW:
        return ""
    hashes = {hashlib.blake2b(s.encode(), digest_size=_BYTES).hexdigest() for s in held}
    return "".join(sorted(hashes)[:_KEPT])


def prints(page: Prose) -> Iterator[Fact]:
    """The signature of a page's text, `-` where it has too few words; `label` counts its words."""
    if not page.words:
        return
    said = signature(page.text) or "-"
    whole = page.fact(FactKind.PRINT, said, 0, len(page.text), str(len(page.words)))
    mean = sum(w.confidence for w in page.words) // len(page.words)
    yield replace(whole, quote="", confidence=mean)
