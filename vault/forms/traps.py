"""What a form asks for that a person should know of before signing, with the words that show it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from vault.model.forms import Trap, Warned
from vault.model.words import Word, lines_of, quote_of

_QUOTE = 160
_I = re.IGNORECASE

_SIGNS = {
    Trap.SSN: re.compile(r"social\s+security|\bS\.?S\.?N\b|\bSS\s?#", _I),
    Trap.WITNESS: re.compile(r"\bwitness(?:ed|es)?\b", _I),
    Trap.NOTARY: re.compile(r"\bnotar(?:y|i[sz]ed?|ial)\b|subscribed and sworn", _I),
    Trap.WAIVER: re.compile(
        r"\bhold\b.{0,30}\bharmless|\bindemnif|\bwaive[sd]?\b"
        r"|\brelease\b.{0,60}\bfrom (?:any|all|every)\b.{0,20}\bliabilit",
        _I,
    ),
    Trap.EXPIRY: re.compile(
        r"\bexpir(?:es?|ation|y)\b|\bvalid (?:for|until|through)\b|\bremains? in (?:effect|force)",
        _I,
    ),
    Trap.PURPOSE: re.compile(r"\b(?:purpose|reason)s? (?:of|for)\b|^purpose\b", _I),
    Trap.FEE: re.compile(r"\bfees?\b|\bcharge[sd]?\b|\bper page\b|[$£€]\s?\d", _I),
    Trap.PHOTO_ID: re.compile(
        r"\bphoto(?:graphic)?[ -]?i\.?d|\bphoto identification|driver'?s'? licen[cs]e"
        r"|\bgovernment[ -]issued\b|\bproof of identity|\bvalid identification",
        _I,
    ),
    Trap.REVOCATION: re.compile(r"\brevo(?:ke[sd]?|king|cation)\b", _I),
}

_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+"
    r"|\bfax\b\D{0,25}\d{3}\D{0,3}\d{3}\D?\d{2,4}"
    r"|\b[A-Z]{2}\.?,? \d{5}\b"
    r"|\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b"
    r"|\bp\.? ?o\.? box \d|\breturn (?:this|the|completed|your)\b.{0,60}\b(?:to|at)\b.{0,40}\d",
    _I,
)

_STATES = {
    "al": "Alabama", "ak": "Alaska", "az": "Arizona", "ar": "Arkansas", "ca": "California",
    "co": "Colorado", "ct": "Connecticut", "de": "Delaware", "fl": "Florida", "ga": "Georgia",
    "hi": "Hawaii", "id": "Idaho", "il": "Illinois", "in": "Indiana", "ia": "Iowa",
    "ks": "Kansas", "ky": "Kentucky", "la": "Louisiana", "me": "Maine", "md": "Maryland",
    "ma": "Massachusetts", "mi": "Michigan", "mn": "Minnesota", "ms": "Mississippi",
    "mo": "Missouri", "mt": "Montana", "ne": "Nebraska", "nv": "Nevada", "nh": "New Hampshire",
    "nj": "New Jersey", "nm": "New Mexico", "ny": "New York", "nc": "North Carolina",
    "nd": "North Dakota", "oh": "Ohio", "ok": "Oklahoma", "or": "Oregon", "pa": "Pennsylvania",
    "ri": "Rhode Island", "sc": "South Carolina", "sd": "South Dakota", "tn": "Tennessee",
    "tx": "Texas", "ut": "Utah", "vt": "Vermont", "va": "Virginia", "wa": "Washington",
    "wv": "West Virginia", "wi": "Wisconsin", "wy": "Wyoming",
}  # fmt: skip
_LAW = (
    r"\b(?:state )?(?:civil |penal |health |public health |general |revised |administrative |"
    r"and safety |insurance |mental hygiene |& safety )*"
    r"(?:law|laws|statutes?|code|act|regulations?)\b"
)


def traps(pages: Mapping[int, Sequence[Word]], place: str = "") -> tuple[Warned, ...]:
    """The traps of a form in the order of `Trap`, each once, where it is first seen.

    `place` is the provider's (`us-tx`): the law of another state is a trap.
    """
    lines = tuple(_lines(pages))
    found = [w for trap, sign in _SIGNS.items() if (w := _first(trap, sign, lines)) is not None]
    if lines and not any(_ADDRESS.search(line) for _, line in lines):
        found.append(Warned(Trap.NO_ADDRESS, 0, ""))
    elsewhere = _other_state(lines, place)
    if elsewhere is not None:
        found.append(elsewhere)
    order = list(Trap)
    return tuple(sorted(found, key=lambda w: order.index(w.trap)))


def _lines(pages: Mapping[int, Sequence[Word]]) -> Iterator[tuple[int, str]]:
    for number, words in sorted(pages.items()):
        for span in lines_of(words):
            yield number, quote_of(words, span)


def _first(trap: Trap, sign: re.Pattern[str], lines: Sequence[tuple[int, str]]) -> Warned | None:
    for number, line in lines:
        if sign.search(line):
            return Warned(trap, number, line[:_QUOTE])
    return None


def _other_state(lines: Sequence[tuple[int, str]], place: str) -> Warned | None:
    here = place.lower().removeprefix("us-") if place.lower().startswith("us-") else ""
    if here[:2] not in _STATES:
        return None
    others = "|".join(name for code, name in _STATES.items() if code != here[:2])
    # "West Virginia law" is not Virginia's.
    sign = re.compile(rf"(?<!West )\b(?:{others})\b\W{{1,3}}{_LAW}", _I)
    own = re.compile(rf"\b{_STATES[here[:2]]}\b", _I)
    for number, line in lines:
        if sign.search(own.sub("", line)):
            return Warned(Trap.OTHER_STATE, number, line[:_QUOTE])
    return None
