"""Letters put together: with the cover sheet of a fax, or for several providers to be printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vault import dates
from vault.actions import requests as request_actions
from vault.actions.asking import letters
from vault.actions.asking.letter_content import KINDS, copied, gather
from vault.actions.exports import write_out
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.letters.asking import sheaf
from vault.letters.asking.content import Content
from vault.letters.asking.sheaf import Part
from vault.model.asking_letters import LetterKind
from vault.model.letters import Letter

_MOST = 50


@dataclass(frozen=True, slots=True)
class Sheaf:
    """A PDF of several papers: its bytes and pages, the requests, and what else goes with each.

    `enclose` pairs a request with the title of a document whose copy is to be put with it.
    """

    pdf: bytes
    pages: int
    requests: tuple[str, ...]
    enclose: tuple[tuple[str, str], ...] = ()


def _letter(s: Session, given: str, on: dt.date) -> tuple[Letter, Content]:
    """The letter of a request that is to go out: the newest if it still holds, else a new one."""
    view = request_actions.get(s, given, on)
    content = gather(s.vault.read(), view, LetterKind.ACCESS_REQUEST, on)
    made = letters.made(s, view.request.id)
    if made and letters.fresh(s, view, made[-1], on):
        return made[-1], content
    return letters.compose(s, view.request.id, None, on), content


def _part(letter: Letter, content: Content) -> Part:
    title = letter.kind.replace("_", " ") if letter.kind in KINDS else "filled form"
    named = f"{content.holder.name}: {title}"
    return Part(named, letter.pdf, letter.pages, content.paper)


def fax(s: Session, given: str, on: dt.date | None = None, more: int = 0) -> Sheaf:
    """The cover sheet of a fax and the letter behind it; `more` pages go along besides.

    Raises Refused where no fax number is known.
    """
    on = on or dates.today()
    letter, content = _letter(s, given, on)
    if not content.holder.fax:
        raise Refused(
            f"no fax number of {content.holder.name} is known",
            "chartmend provider edit PROV --fax NUMBER",
        )
    if not 0 <= more < 1000:
        raise UsageError("so many pages cannot go along", "give a number of pages up to 999")
    pages = 1 + letter.pages + more
    made = sheaf.render_cover(content, pages, s.pool)
    cover = Part("Fax cover sheet", made.pdf, made.pages, content.paper)
    whole = sheaf.together("Fax", (cover, _part(letter, content)), on, s.pool)
    return Sheaf(whole.pdf, whole.pages, (content.reference,), _enclosed(s, (content.reference,)))


def _enclosed(s: Session, requests: Sequence[str]) -> tuple[tuple[str, str], ...]:
    db = s.vault.read()
    return tuple((id_, title) for id_ in requests for title in copied(db, id_))


def pack(s: Session, given: Sequence[str], on: dt.date | None = None) -> Sheaf:
    """The letters of several requests as one PDF to print, in the order they are named."""
    on = on or dates.today()
    if not given:
        raise UsageError("a pack needs at least one request", "chartmend request list")
    if len(given) > _MOST:
        raise UsageError(f"a pack holds at most {_MOST} letters", "make several packs")
    parts: dict[str, Part] = {}
    for name in given:
        letter, content = _letter(s, name, on)
        parts.setdefault(content.reference, _part(letter, content))
    made = sheaf.together("Letters to send", tuple(parts.values()), on, s.pool)
    return Sheaf(made.pdf, made.pages, tuple(parts), _enclosed(s, tuple(parts)))


def write(s: Session, made: Sheaf, target: Path) -> Path:
    """Write the PDF to a place outside the vault; returns its absolute path."""
    return write_out(s.vault.folder, target, (made.pdf,))
