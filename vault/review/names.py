"""Whether a name as printed is one of a person's names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from vault.model.people import Person
from vault.review.closeness import edits
from vault.review.nicknames import is_common, same_given

_IGNORED = frozenset((
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "jr", "sr", "ii", "iii", "iv", "md", "do",
    "phd", "rn", "esq", "hon", "sir", "dame", "master",
))  # fmt: skip
_PARTICLES = frozenset((
    "de", "la", "las", "los", "van", "von", "der", "den", "del", "di", "da", "dos", "du", "le",
    "bin", "ibn", "al", "el", "y", "st",
))  # fmt: skip
_READ_AS = str.maketrans("01358|!$4", "oiesbilsa")
_UNSURE = 70
_CERTAIN = 100  # a text layer; a reader of pictures is never so sure of a whole name


class Likeness(IntEnum):
    """How like two names are; from CLOSE on they may be one name, SAME they are."""

    OTHER = 0
    CLOSE = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name's parts in plain lower case: family names, and given names in their order."""

    family: tuple[str, ...]
    given: tuple[str, ...]


def plain(text: str) -> str:
    """Text in lower case without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss").replace("ø", "o"))
    return "".join(c for c in parts if not unicodedata.combining(c))


def _part(text: str) -> str:
    """The letters of one part of a name, digits read for letters put back."""
    bare = re.sub(r"[^\w|!$]", "", text).replace("_", "")
    return bare.translate(_READ_AS) if any(c.isalpha() for c in bare) else ""


def _split(text: str) -> tuple[str, ...]:
    """The parts of a name without titles and suffixes; what particles lead to stays one part."""
    parts: list[str] = []
    held = ""
    for word in re.split(r"[\s\-–]+", plain(text)):
        part = _part(word)
        if not part or part in _IGNORED:
            continue
        if part in _PARTICLES and len(part) > 1:
            held += part
            continue
        parts.append(held + part)
        held = ""
    return (*parts, held) if held else tuple(parts)


def readings(text: str) -> tuple[Name, ...]:
    """The names a printed name can mean: `VOSS, MARIAN` one, `Marian Voss` either way round."""
    before, comma, behind = text.partition(",")
    family, given = _split(before), _split(behind)
    if comma and family and given:
        return (Name(family, given),)
    found = _ways((*family, *given))
    first, *rest = before.split(None, 1) or [""]
    if rest and _part(plain(first)) in _PARTICLES:  # as a given name: Van Morrow, Di Ashby
        found = (*found, *_ways((_part(plain(first)), *_split(rest[0]), *given)))
    return found


def _ways(parts: tuple[str, ...]) -> tuple[Name, ...]:
    """The names that some parts can mean in their order, or with the family name first."""
    if len(parts) < 2:
        return (Name(parts, ()),)
    ways = [Name(parts[i:], parts[:i]) for i in range(len(parts) - 1, 0, -1)]
    turned = Name(parts[:1], parts[1:])
    return (turned, *ways) if len(parts[-1]) == 1 else (*ways, turned)


def _like(one: str, other: str, confidence: int) -> Likeness:
    """How like two parts are, given how sure the reader was of them (0 to 100)."""
    if one == other:
        return Likeness.SAME
    shorter = min(len(one), len(other))
    slips = 2 if max(len(one), len(other)) >= 6 and confidence < _UNSURE else 1
    if shorter < 3 or edits(one, other, slips) > slips:
        return Likeness.OTHER
    tolerated = confidence < _UNSURE or (confidence < _CERTAIN and shorter >= 5)
    return Likeness.SAME if tolerated else Likeness.CLOSE


def _families(one: Sequence[str], other: Sequence[str], confidence: int) -> Likeness:
    """Family names agree as a whole or in one part of a double name."""
    whole = _like("".join(one), "".join(other), confidence)
    return max([whole, *(_like(a, b, confidence) for a in one for b in other)])


def _givens(one: str, other: str, confidence: int) -> Likeness:
    if len(one) == 1 or len(other) == 1:
        return Likeness.SAME if one[0] == other[0] else Likeness.OTHER
    if same_given(one, other):
        return Likeness.SAME
    if is_common(one):  # a name of its own is no slip of the reader: Martin is not Marian
        return _like(one, other, _CERTAIN)
    return _like(one, other, confidence)


def _forenames(one: Sequence[str], known: Sequence[str], confidence: int) -> Likeness:
    """The first given name agrees with the first, with a middle one, or with two run together."""
    if not one or not known:
        return Likeness.SAME
    ways = [_givens(one[0], name, confidence) for name in known]
    if len(one) > 1:
        ways.append(_like("".join(one[:2]), known[0], confidence))
    if len(known) > 1:
        ways.append(_like(one[0], "".join(known[:2]), confidence))
    return max(ways)


def known_names(person: Person) -> tuple[Name, ...]:
    """A person's names: the current one, the former ones, and each family name with each given.

    A former name of one word is a family name.
    """
    current = _known(person.name)
    former = [_known(name) for name in person.former_names]
    names = [current, *former]
    givens = list(dict.fromkeys(n.given for n in names if n.given))
    families = list(dict.fromkeys(n.family for n in names if n.family))
    return tuple(Name(family, given) for family in families for given in givens or [()])


def _known(text: str) -> Name:
    """A name as a person typed it; a hyphen in its last word keeps a double family name."""
    if "," in text:
        return readings(text)[0]
    words = [w for w in text.split() if _part(plain(w)) not in _IGNORED]
    at = len(words) - 1
    while at > 1 and _part(plain(words[at - 1])) in _PARTICLES:
        at -= 1
    if len(words) < 2:
        return Name(_split(text), ())
    return Name(_split(" ".join(words[at:])), _split(" ".join(words[:at])))


def _compare(read: Name, known: Name, confidence: int) -> Likeness:
    family = _families(read.family, known.family, confidence)
    return min(family, _forenames(read.given, known.given, confidence))


def likeness(text: str, names: Iterable[Name], confidence: int) -> Likeness:
    """How like a printed name is to the nearest of `names`.

    `confidence` is the reader's for the least sure word: below 70 two slips of the reader are
    tolerated, below 100 one in a longer part, at 100 (a text layer) none.
    """
    ways = [_compare(read, known, confidence) for read in readings(text) for known in names]
    return max(ways, default=Likeness.SAME)


def key(text: str) -> str:
    """A printed name as a short stable text: family name and first given name."""
    comma = "," in text
    name = readings(text)[0]
    given = name.given[:1] if comma or name.given else ()
    return " ".join(("".join(name.family), *given))
