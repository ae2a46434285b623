"""Where the same is said again: the same words but for how they were read, or the same fact."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from vault.model.facts import Fact, FactKind
from vault.model.people import Person
from vault.model.words import Box, Span, Word, find_quote, lines_of, quote_of
from vault.review import births
from vault.review.closeness import alike
from vault.review.names import key

_FEW = 4
"""A quote of fewer words than this is taken together with the line it stands in."""
_AROUND = 5
"""Of a long line so many words before and behind the quote are taken."""
_LEAST_WORDS, _LEAST_LETTERS = 2, 8
_ALIKE = 90.0
"""How alike (of 100) words must be to differ in how they were read alone."""
_CHUNK = 3
_MOST_CHUNKS = 12
_NOT = frozenset((
    "no", "not", "non", "never", "none", "denies", "denied", "denying", "without", "negative",
    "neg", "stopped", "discontinued", "resolved", "left", "right", "bilateral", "possible",
    "rule", "father", "mother", "brother", "sister",
))  # fmt: skip
"""Words that make another statement of one that is alike in all others."""
_WORD = re.compile(r"\w+(?:[.,/]\d+)*")
_PLAIN = frozenset((
    FactKind.NAME, FactKind.BORN, FactKind.MRN, FactKind.SEX, FactKind.PHONE,
))  # fmt: skip
_MEMBERS: dict[FactKind, tuple[str, ...]] = {
    FactKind.ALLERGY: ("to", "status"),
    FactKind.MEDICATION: ("drug", "dose", "unit", "status"),
    FactKind.PROBLEM: ("what", "status"),
    FactKind.FAMILY: ("who", "what"),
    FactKind.SOCIAL: ("habit", "use"),
    FactKind.RESULT: ("test", "number", "unit", "range"),
    FactKind.PROCEDURE: ("what", "side", "on"),
    FactKind.IMMUNIZATION: ("what", "on"),
}
"""The members that two facts of a kind share where they state the same, the first one first."""
_STATUS = {
    (FactKind.ALLERGY, "intolerance"): "allergy",
    (FactKind.ALLERGY, "none"): "denied",
    (FactKind.MEDICATION, "started"): "taking",
    (FactKind.MEDICATION, "changed"): "taking",
    (FactKind.MEDICATION, "avoided"): "stopped",
}


def statement(words: Sequence[Word], quote: str) -> str:
    """What a quote states: its words, a short one with the line it stands in.

    Of a quote that is not on the page its own words; empty where they say too little to be told
    from others.
    """
    span = find_quote(words, quote)
    said = quote
    if span is not None:
        wide = span if span.stop - span.start >= _FEW else _in_line(words, span)
        said = quote_of(words, wide)
    letters = sum(c.isalnum() for c in said)
    enough = len(said.split()) >= _LEAST_WORDS and letters >= _LEAST_LETTERS
    return said if enough else ""


def _in_line(words: Sequence[Word], span: Span) -> Span:
    line = next(
        (n for n in lines_of(words) if n.start <= span.start < n.stop), Span(span.start, span.stop)
    )
    first = max(line.start, span.start - _AROUND)
    return Span(first, max(span.stop, min(line.stop, span.stop + _AROUND)))


def phrases(said: str) -> tuple[tuple[str, ...], ...]:
    """Runs of words of which one is found wherever a statement is, should a word be misread."""
    words = [part for word in said.split() for part in re.findall(r"[^\W_]+", word)]
    if len(words) < 2 * _CHUNK:
        return (tuple(words),) if words else ()
    runs = [tuple(words[at : at + _CHUNK]) for at in range(0, len(words) - _CHUNK + 1, _CHUNK)]
    return tuple(runs[:: max(1, -(-len(runs) // _MOST_CHUNKS))])


def _telling(text: str) -> tuple[str, ...]:
    """Figures and small words that must agree, in their order."""
    found = _WORD.findall(text.casefold())
    return tuple(w for w in found if any(c.isdigit() for c in w) or w in _NOT)


def _turned(words: Sequence[Word], span: Span) -> bool:
    """Whether the word before a span turns what it says into something else."""
    before = _WORD.findall(words[span.start - 1].text.casefold()) if span.start else []
    return bool(before) and before[-1] in _NOT


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _windows(words: Sequence[Word], size: int) -> Iterator[Span]:
    """Runs of about so many words: one more or one fewer where blanks were misread."""
    for count in (size, size + 1, size - 1):
        for start in range(len(words) - count + 1 if count > 1 else 0):
            yield Span(start, start + count)


def find(words: Sequence[Word], said: str) -> Span | None:
    """Where a page makes a statement in the same words, slips of reading aside; else None.

    Figures must be the same, and so must small words such as `no` and `left`.
    """
    wanted, telling = _plain(said), _telling(said)
    exact = find_quote(words, said)
    if exact is not None and _telling(quote_of(words, exact)) == telling:
        return None if _turned(words, exact) else exact
    best, at = 0.0, None
    for span in _windows(words, len(said.split())):
        text = quote_of(words, span)
        like = alike(_plain(text), wanted, max(_ALIKE, best))
        if like > best and _telling(text) == telling and not _turned(words, span):
            best, at = like, span
    return at


def _members(fact: Fact) -> dict[str, object]:
    held = json.loads(fact.value)
    return held if isinstance(held, dict) else {}


def meaning(fact: Fact) -> str | None:
    """A text that two facts share where they state the same; None of kinds nobody compares."""
    if fact.kind in _PLAIN:
        return fact.value.casefold()
    names = _MEMBERS.get(fact.kind)
    if names is None:
        return None
    members = _members(fact)
    status = (fact.kind, str(members.get("status", "")))
    if "status" in members:
        members["status"] = _STATUS.get(status, status[1])
    return json.dumps([members.get(name, "") for name in names], ensure_ascii=False)


def beginning(fact: Fact) -> str:
    """How the value of every fact begins that may state the same."""
    if fact.kind in _PLAIN:
        return fact.value
    first = _MEMBERS[fact.kind][0]
    told = json.dumps(_members(fact).get(first, ""), ensure_ascii=False, separators=(",", ":"))
    return f'{{"{first}":{told}'


def _meets(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0 and down > 0


def same_place(quote: str, box: Box | None, other: str, there: Box | None) -> bool:
    """Whether two quotes of one page are about the same words."""
    near = box is None or there is None or _meets(box, there)
    one, two = _plain(quote), _plain(other)
    return near and bool(one and two) and (one in two or two in one)


def stated(facts: Sequence[Fact], quote: str, box: Box | None, person: Person) -> tuple[Fact, ...]:
    """The facts a quote states that can be looked for elsewhere.

    What is right of a person's own name, birth date, sex and numbers is left out.
    """
    return tuple(
        fact
        for fact in facts
        if meaning(fact) is not None
        and same_place(quote, box, fact.quote, fact.box)
        and not _right(fact, person)
    )


def _right(fact: Fact, person: Person) -> bool:
    match fact.kind:
        case FactKind.NAME:
            return key(fact.value) in {key(n) for n in (person.name, *person.former_names)}
        case FactKind.BORN:
            return births.agrees(fact, person.born)
        case FactKind.SEX:
            return fact.value == person.sex
        case FactKind.MRN:
            return fact.value in {m.number for m in person.mrns}
        case _:
            return False
