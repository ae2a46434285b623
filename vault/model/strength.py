"""How good a passphrase is, in plain words."""

from __future__ import annotations

from enum import Enum

_SHORT = 10
_LONG = 20
_WORDS = 4
_SIGNS = 6


class Strength(Enum):
    """Three grades; the words are what a person is told."""

    WEAK = "Weak: easy to guess. Four or more words that do not belong together are best."
    FAIR = "Fair. One or two more words make it strong."
    STRONG = "Strong."


def grade(passphrase: str) -> Strength:
    """Grade a passphrase by its length, its words and how many signs differ.

    A rough guide and no measure: it knows no word lists.
    """
    text = passphrase.strip()
    words = {w.casefold() for w in text.split() if len(w) > 1}
    signs = len(set(text.casefold()))
    if len(text) < _SHORT or signs < _SIGNS:
        return Strength.WEAK
    if len(text) >= _LONG and (len(words) >= _WORDS or signs >= _LONG // 2):
        return Strength.STRONG
    return Strength.FAIR
