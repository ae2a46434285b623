"""Correcting a reading: a layer over the words a page was read as, never a change of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vault import dates
from vault.actions import checking
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.reading import Reading, Source
from vault.model.records import WordFix
from vault.model.words import Box, Span, Word, find_quote
from vault.safetext import safe_line
from vault.store import lookup, pages


def apply(words: Sequence[Word], fixes: Sequence[WordFix]) -> tuple[Word, ...]:
    """The words with a person's corrections over them.

    A correction of several words shares out their place among its own words by length; a
    corrected word is as sure as can be (confidence 100).
    """
    starts = {fix.start: fix for fix in fixes}
    out: list[Word] = []
    i = 0
    while i < len(words):
        fix = starts.get(i)
        if fix is None:
            out.append(words[i])
            i += 1
            continue
        out += _spread(words[fix.start : fix.stop], fix.text)
        i = fix.stop
    return tuple(out)


def _spread(old: Sequence[Word], text: str) -> list[Word]:
    new = text.split()
    if len(new) == len(old):
        return [replace(w, text=t, confidence=100) for w, t in zip(old, new, strict=True)]
    around = Box.around(w.box for w in old)
    if around is None:
        return []
    total = sum(len(t) + 1 for t in new)
    out, at = [], around.left
    for t in new:
        right = at + (around.right - around.left) * (len(t) + 1) / total
        box = Box.clamped(at, around.top, right, around.bottom)
        out.append(Word(t, box, 100, old[0].line, old[0].block))
        at = right
    return out


def widen(fixes: Sequence[WordFix], span: Span) -> tuple[Span, Span]:
    """A span of a corrected reading, made wide enough to hold every correction it touches whole.

    Returns it as a span of the base, and as a span of the corrected reading.
    """
    first, begin = _edge(fixes, span.start, last=False)
    stop, end = _edge(fixes, span.stop, last=True)
    return Span(first, stop), Span(begin, end)


def _edge(fixes: Sequence[WordFix], index: int, *, last: bool) -> tuple[int, int]:
    shift = 0
    for fix in sorted(fixes, key=lambda f: f.start):
        begin = fix.start + shift
        end = begin + len(fix.text.split())
        if index < begin or (last and index == begin):
            break
        if index < end or (last and index == end):
            return (fix.stop, end) if last else (fix.start, begin)
        shift += end - begin - (fix.stop - fix.start)
    return index - shift, index


def amend(words: Sequence[Word], fixes: Sequence[WordFix], span: Span, text: str) -> WordFix:
    """The correction that makes words `span` of a corrected reading, `words`, read `text`.

    It takes the place of the corrections it touches and keeps those of their words that lie
    outside the span.
    """
    base, whole = widen(fixes, span)
    before = [w.text for w in words[whole.start : span.start]]
    after = [w.text for w in words[span.stop : whole.stop]]
    return WordFix(base.start, base.stop, " ".join([*before, text, *after]))


def correct(s: Session, given: str, page: int, span: Span, text: str) -> Reading:
    """Put right how words `span` of the reading a page shows were read; checks run again.

    Raises Refused where the page has no words, UsageError for words it does not have.
    """
    text = safe_line(text, 500)
    if not text:
        raise UsageError("a corrected reading needs words", "type what the page says")
    now = dates.now()
    with s.vault.write("reading.corrected", page=page) as db:
        record = lookup.resolve(db, "record", given)
        shown = pages.shown(db, record, page)
        if shown is None:
            raise Refused("this page has no words to correct", "read it again: record reread")
        if not 0 <= span.start < span.stop <= len(shown.reading.words):
            raise UsageError("the page has no such words", "")
        base = shown.base or shown.id
        over = pages.fixes(db, base) if shown.base else ()
        pages.add_fix(db, base, amend(shown.reading.words, over, span, text), now)
        original = pages.reading(db, base).reading
        words = apply(original.words, pages.fixes(db, base))
        corrected = replace(original, source=Source.CORRECTED, words=words)
        pages.show_corrected(db, pages.get(db, record, page), base, corrected, now)
        checking.state_facts(db, record, page, words)
        checking.check(db, record)
    return corrected


def _whole(words: Sequence[Word], span: Span, quote: str, text: str) -> str:
    """The text with what its first and last word hold beside the quote, such as a comma."""
    held = "".join("".join(w.text.split()) for w in words[span.start : span.stop])
    wanted = "".join(quote.split())
    at = held.casefold().find(wanted.casefold())
    return held[:at] + text + held[at + len(wanted) :] if at >= 0 else text


def correct_quote(s: Session, given: str, page: int, quote: str, text: str) -> Reading:
    """As `correct`, for the words that read `quote`; raises UsageError where they are not there."""
    db = s.vault.read()
    shown = pages.shown(db, lookup.resolve(db, "record", given), page)
    words = shown.reading.words if shown else ()
    span = find_quote(words, quote)
    if span is None:
        raise UsageError("the page does not say that", f"chartmend record text {given} shows it")
    return correct(s, given, page, span, _whole(words, span, quote, text))
