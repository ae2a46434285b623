"""How well a page was read: edit distances, words and numbers against its true text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

_FOLDED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-"})
_NUMBER = re.compile(r"\d[\d.,/:%-]*\d|\d")


def folded(text: str) -> str:
    """NFKC, quotes and dashes made plain, white space collapsed; the case stays."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_FOLDED).split())


@dataclass(frozen=True)
class Score:
    """Counts of one page (or a sum of them): errors and how many there could have been."""

    words: int = 0
    word_errors: int = 0
    chars: int = 0
    char_errors: int = 0
    read: int = 0
    shared: int = 0
    numbers: int = 0
    numbers_found: int = 0

    def __add__(self, other: Score) -> Score:
        """The counts of both."""
        pairs = zip(_counts(self), _counts(other), strict=True)
        return Score(*(a + b for a, b in pairs))

    @property
    def wer(self) -> float:
        """Word error rate in per cent."""
        return 100 * self.word_errors / max(1, self.words)

    @property
    def cer(self) -> float:
        """Character error rate in per cent."""
        return 100 * self.char_errors / max(1, self.chars)

    @property
    def f1(self) -> float:
        """F1 over the bag of words in per cent."""
        return 200 * self.shared / max(1, self.words + self.read)

    @property
    def recall(self) -> float:
        """Share of the true words found, in any order, in per cent."""
        return 100 * self.shared / max(1, self.words)

    @property
    def bag_error(self) -> float:
        """Words lost or added, one for another counted once, for each true word, in per cent."""
        return 100 * (max(self.words, self.read) - self.shared) / max(1, self.words)

    @property
    def number_recall(self) -> float:
        """Share of the true numbers found, in per cent."""
        return 100 * self.numbers_found / max(1, self.numbers)


def _counts(score: Score) -> tuple[int, ...]:
    return tuple(getattr(score, name) for name in score.__dataclass_fields__)


def _shared(one: Counter[str], other: Counter[str]) -> int:
    return sum((one & other).values())


def _optional_left_out(words: list[str], truth: list[str], optional: Counter[str]) -> list[str]:
    """The words read without those that may be read or not, as far as the truth lacks them."""
    spare = optional - Counter(truth)
    kept = []
    for word in words:
        if spare[word] > 0:
            spare[word] -= 1
        else:
            kept.append(word)
    return kept


def score(truth: str, read: str, optional: tuple[str, ...] = ()) -> Score:
    """Compare what was read with the true text; `optional` words count neither way."""
    wanted = folded(truth).split()
    found = _optional_left_out(folded(read).split(), wanted, Counter(optional))
    numbers = Counter(_NUMBER.findall(" ".join(wanted)))
    return Score(
        words=len(wanted),
        word_errors=Levenshtein.distance(wanted, found),
        chars=len(" ".join(wanted)),
        char_errors=Levenshtein.distance(" ".join(wanted), " ".join(found)),
        read=len(found),
        shared=_shared(Counter(wanted), Counter(found)),
        numbers=sum(numbers.values()),
        numbers_found=_shared(numbers, Counter(_NUMBER.findall(" ".join(found)))),
    )
