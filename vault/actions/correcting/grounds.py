"""The ground of a denial as a person types it, understood; and what they say its notice holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from vault.actions import rulebook
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.errors import UsageError
from vault.law import denial, rules
from vault.law.rows import Ground, NoticePart
from vault.law.rules import Right
from vault.safetext import safe_line

NO_GROUND = "none"
"""What stands for a denial that names no ground; nothing at all says that none was noted."""
NO_PART = "none"
"""What stands for a notice that says nothing of what it has to say."""

_PREFIX = "hipaa-amend-"
_NONE = re.compile(r"^(none|no (ground|reason|basis)( (was )?(given|named|stated))?|nothing)$")
_MAKE = r"(creat\w*|make|made|writ\w+|wrote|author\w*|originat\w*)"
# The most telling words first. Words that only sound like a ground ("we cannot correct it") are
# none: what is not surely one of these stays as it was typed.
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (id_, re.compile(words))
    for id_, words in (
        (
            "hipaa-amend-not-drs",
            r"designated record set|\bdrs\b|\b(in )?no record by which"
            r"|\bnot (a )?part of (the|your|my|his|her) (medical |health )?records?\b",
        ),
        (
            "hipaa-amend-not-accessible",
            r"\bnot (open|available|subject) (to|for) (your )?(inspection|access)"
            r"|\bno right to (look|access|see|inspect)|\bpsychotherapy notes?\b|\bnot accessible\b",
        ),
        (
            "hipaa-amend-not-created",
            rf"(\bnot|\bnever|n't|\bnobody here) (\w+ ){{0,2}}{_MAKE}\b"
            rf"|\b{_MAKE} (by|at) (an|some)?(other|body else|one else)\b|\bcreated elsewhere\b",
        ),
        (
            "hipaa-amend-accurate",
            r"(?<!not )\baccurate\b|\b(is|are|be|was|were) (both )?(complete|correct)\b",
        ),
    )
)


def understand(text: str, every: Sequence[Ground]) -> str:
    """The id of the ground that typed words mean, NO_GROUND where they say none; else the words.

    `every` are the grounds known for the holder; an id may leave out what they all begin with.
    """
    typed = safe_line(text, 200)
    plain = " ".join(typed.casefold().split())
    if _NONE.match(plain):
        return NO_GROUND
    ids = {ground.id for ground in every}
    joined = plain.replace(" ", "-").replace("_", "-")
    for id_ in (joined, _PREFIX + joined):
        if id_ in ids:
            return id_
    found = [id_ for id_, words in _WORDS if id_ in ids and words.search(plain)]
    return found[0] if found else typed


def _parts(given: Collection[str], known: Sequence[NoticePart]) -> tuple[str, ...]:
    """The ids of parts of a notice, as typed: whole, or without what they all begin with."""
    found: list[str] = []
    ids = [part.id for part in known]
    for text in given:
        plain = safe_line(text, 60).casefold().replace("_", "-").replace(" ", "-")
        if plain == NO_PART:
            found.append(NO_PART)
            continue
        id_ = plain if plain in ids else f"amendment-{plain}"
        if id_ not in ids:
            hint = f"one of: {' '.join((*ids, NO_PART))}" if ids else "leave it out"
            raise UsageError(f"nothing a denial has to say is called {safe_line(text, 40)!r}", hint)
        found.append(id_)
    told = tuple(dict.fromkeys(found))
    if NO_PART in told and len(told) > 1:
        raise UsageError("a notice that says nothing cannot say something, too", "leave out none")
    return told


def told(
    s: Session, view: CorrectionView, ground: str, says: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    """The ground and the parts of a notice, as typed, understood by what is known of the holder.

    A ground that the law does not know is kept as typed; a part it does not know is refused.
    """
    book, provider = rulebook.book(s.vault.read()), view.provider
    if not rules.knows(provider.jurisdiction, book):
        return safe_line(ground, 200), _parts(says, ())
    every = denial.grounds(provider.jurisdiction, provider.kind, Right.AMENDMENT, book)
    known = denial.owed(provider.jurisdiction, provider.kind, Right.AMENDMENT, book)
    return understand(ground, every), _parts(says, known)
