"""What follows from an amendment that was accepted: who has to be told, and who has to follow."""

from __future__ import annotations

from dataclasses import dataclass

from vault.law import rules, say
from vault.law.book import Book
from vault.law.tariffs import hipaa_binds
from vault.law.terms import Confidence, Source, Verified
from vault.model.providers import ProviderKind


@dataclass(frozen=True, slots=True)
class Duty:
    """Something a holder has to do, as a clause, and who says so."""

    words: str
    source: Source


_TELL = Duty(
    "who accepts an amendment makes reasonable efforts to tell, in reasonable time, those you name",
    Source("45 CFR 164.526(c)(3)", Verified.SUMMARY, Confidence.MED),
)
_FOLLOW = Duty(
    "a holder who is told of an amendment by another one has to amend its own record",
    Source("45 CFR 164.526(e)", Verified.UNVERIFIED, Confidence.MED),
)


def _where(duty: Duty, place: str, kind: ProviderKind, book: Book | None) -> Duty | None:
    known = rules.knows(place, book) and hipaa_binds(place, kind, book)
    return duty if known else None


def telling(place: str, kind: ProviderKind, book: Book | None = None) -> Duty | None:
    """What a holder that accepts an amendment owes those to be told; None where none is known."""
    return _where(_TELL, place, kind, book)


def following(place: str, kind: ProviderKind, book: Book | None = None) -> Duty | None:
    """What a holder owes that was told of another's amendment; None where nothing is recorded."""
    return _where(_FOLLOW, place, kind, book)


def duty_line(duty: Duty) -> str:
    """A duty in one line with its source."""
    return f"{duty.words[:1].upper()}{duty.words[1:]} {say.source(duty.source)}"
