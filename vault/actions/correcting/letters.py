"""Letters of corrections: which fit now, making one, those that were made, printing several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vault import dates
from vault.actions import corrections
from vault.actions.asking.terms import resolved
from vault.actions.correcting import letter_making
from vault.actions.correcting.letter_content import KINDS, Choice, as_kind, gather
from vault.actions.correcting.letter_making import UNSENT
from vault.actions.correcting.letter_order import order
from vault.actions.corrections import CorrectionView
from vault.actions.exports import write_out
from vault.actions.session import Session
from vault.errors import CannotRead, Refused, UsageError
from vault.letters.asking import sheaf
from vault.letters.asking.sheaf import Part
from vault.letters.correcting import frame, kinds
from vault.letters.correcting.complaining import time_left
from vault.letters.correcting.content import Content
from vault.model.correction_letters import FIRST, OWN_WORDS, PURPOSE, CorrectionLetterKind
from vault.model.letters import Letter
from vault.model.reading import InMemory, Picture, View
from vault.safetext import safe
from vault.store import files, letters, lookup
from vault.store import providers as provider_rows
from vault.store.corrections import get as get_correction

_K = CorrectionLetterKind
_MOST = 50
_LONGEST = 20_000
_FILE = 200_000


@dataclass(frozen=True, slots=True)
class Fit:
    """A kind of letter: whether it fits where a correction stands, and why or why not.

    `best` marks the one that suits best; `words` one that needs the person's own words.
    """

    kind: CorrectionLetterKind
    fits: bool
    why: str
    best: bool = False
    words: bool = False


def _why(content: Content, kind: CorrectionLetterKind) -> str:
    """What a letter is for; of a complaint also until when, and what has to come first."""
    left = time_left(content) if kind is _K.COMPLAINT else ""
    return f"to {PURPOSE[kind]}" + (f": {left}" if left else "")


def _needs_words(content: Content) -> bool:
    """Whether a letter needs the person's own words: asking once more does without any proof."""
    if content.kind is _K.MORE_EVIDENCE:
        return not any(item.evidence for item in content.items)
    return content.kind in OWN_WORDS


def kinds_of(s: Session, view: CorrectionView, on: dt.date) -> tuple[Fit, ...]:
    """Every kind of letter: those that fit on a day, the best first, and why the others do not."""
    content = gather(s, view, _K.REMINDER, on)
    by_fit = dict.fromkeys((*order(view, content), *CorrectionLetterKind))
    unsent = view.standing.state in UNSENT
    can: list[Fit] = []
    cannot: list[Fit] = []
    for kind in by_fit:
        held = as_kind(s, view, content, kind)
        against = kinds.fits(held)
        if not against and kind in FIRST and not unsent:
            against = "it was sent already"
        if against:
            cannot.append(Fit(kind, fits=False, why=against))
        else:
            can.append(Fit(kind, True, _why(held, kind), not can, _needs_words(held)))
    return (*can, *cannot)


def letter_kinds(s: Session, given: str, on: dt.date | None = None) -> tuple[Fit, ...]:
    """The kinds of letters for the correction that `given` names."""
    on = on or dates.today()
    return kinds_of(s, corrections.get(s, given, on), on)


def _recipient(view: CorrectionView, to: str) -> str:
    """The one to be told that an id, its beginning, or a name means."""
    if not to:
        return ""
    wanted = to.strip().casefold()
    told = view.correction.recipients
    found = [r for r in told if r.id.startswith(wanted) or r.name.casefold() == wanted]
    if len(found) != 1:
        raise UsageError(
            "that names nobody who is to be told of this amendment",
            f"chartmend correction show {view.correction.id} lists them",
        )
    return found[0].id


def _choice(s: Session, view: CorrectionView, choice: Choice) -> Choice:
    """The choice with its ids whole; raises UsageError for what the correction does not hold."""
    db = s.vault.read()
    items = tuple(dict.fromkeys(resolved(db, "flag", item) for item in choice.items))
    if not set(items) <= {item.flag for item in view.correction.items}:
        raise UsageError(
            "that is no item of this correction",
            f"chartmend correction show {view.correction.id} lists its items",
        )
    text = safe(choice.text).strip()
    if len(text) > _LONGEST:
        raise UsageError(
            f"these words are too many for a letter: {len(text)} characters",
            f"at most {_LONGEST} characters",
        )
    return Choice(text, items, _recipient(view, choice.to))


def _best(s: Session, view: CorrectionView, on: dt.date, choice: Choice) -> CorrectionLetterKind:
    """The kind that suits best of those that can be made with what was given."""
    content = gather(s, view, _K.REMINDER, on, choice)
    for kind in order(view, content):
        try:
            kinds.compose(as_kind(s, view, content, kind))
        except (Refused, UsageError):
            continue
        return kind
    raise Refused(
        "no letter suits where this correction stands",
        f"chartmend correction letters {view.correction.id} lists those that can be made",
    )


def compose(  # noqa: PLR0913 - each is named where it is given
    s: Session,
    given: str,
    kind: CorrectionLetterKind | None = None,
    on: dt.date | None = None,
    text: str = "",
    items: Sequence[str] = (),
    *,
    to: str = "",
) -> Letter:
    """Make a letter of a kind (the one that suits best), dated `on` (today), and keep it.

    `text` are the person's own words, `items` the flags of the items meant, `to` the one who is
    told of the amendment. The same letter is kept once, and one that asks and was sent stays as
    it was. Raises Refused, with what is missing, where the letter would have to make something up.
    """
    on = on or dates.today()
    view = corrections.get(s, given, on)
    choice = _choice(s, view, Choice(text, tuple(items), to))
    kind = kind or _best(s, view, on, choice)
    if to and kind is not _K.NOTIFY_HOLDER:
        raise UsageError(
            f"a letter of the kind {kind.value} goes to nobody who is to be told",
            "leave --to out, or take --kind notify_holder",
        )
    if kind in FIRST and view.standing.state not in UNSENT:
        kept = letter_making.asking(s.vault.read(), view.correction)
        if kept is not None and letter_making.same_kind(kept, kind):
            return kept
    return letter_making.make(s, view, kind, on, choice)


def own_words(path: Path) -> str:
    """The person's own words out of a text file; raises CannotRead, and UsageError for no text."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_FILE + 1)
    except OSError as error:
        raise CannotRead(str(path), files.reason(error)) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("that file is no plain text", "save it as plain text (UTF-8)") from error
    if len(data) > _FILE or not text.strip():
        raise UsageError("that file holds no words for a letter", "give a short text file")
    return text


def made(s: Session, given: str) -> tuple[Letter, ...]:
    """All letters made of a correction, filled forms too, the oldest first."""
    db = s.vault.read()
    return letters.of(db, lookup.resolve(db, "correction", given))


def get(s: Session, given: str) -> Letter:
    """The letter that an id, or its beginning, names."""
    db = s.vault.read()
    return letters.get(db, lookup.resolve(db, "letter", given))


def goes_with(letter: Letter) -> tuple[str, ...]:
    """What a letter calls enclosed, so that it is put with it."""
    _, _, after = letter.words.partition("\n\nEnclosed:\n")
    listed = after.split("\n\n", 1)[0]
    return tuple(line.removeprefix("- ") for line in listed.splitlines() if line)


def preview(s: Session, letter: Letter, view: View) -> Picture:
    """Draw a page of any letter, as whoever opens it will see it."""
    return s.pool.draw(InMemory(letter.pdf), "pdf", view).result()


def write(s: Session, letter: Letter, target: Path) -> Path:
    """Write a letter's PDF to a place outside the vault; returns its absolute path."""
    return write_out(s.vault.folder, target, (letter.pdf,))


def _undated(words: str) -> list[str]:
    """The words of a letter without the paragraph that holds its date, the second.

    The captions of pictures are left out too: what is compared with is put together without any.
    """
    parts = words.split("\n\n")
    kept = parts[:1] + parts[2:]
    return [part for part in kept if not (part.startswith("[") and part.endswith("]"))]


def fresh(s: Session, view: CorrectionView, letter: Letter, on: dt.date) -> bool:
    """Whether a letter that asks still says what the vault would say now, its date apart.

    One that follows up says what was so on its day, and stays as it is; of a filled form its own
    check tells.
    """
    if letter.kind not in FIRST:
        return letter.kind in KINDS
    choice = Choice(letter_making.own_words(s.vault.read(), letter.id))
    had = gather(s, view, CorrectionLetterKind(letter.kind), on, choice)
    try:
        data = kinds.compose(had)
    except Refused:
        return False
    return _undated(letter.words) == _undated(frame.plain(data))


def to_print(s: Session, given: str, on: dt.date | None = None) -> Letter:
    """The letter of a correction that is to go out: the newest not yet sent, else a new one."""
    on = on or dates.today()
    view = corrections.get(s, given, on)
    sent = {e.detail.letter for e in view.correction.events if e.detail.letter}
    kept = [held for held in made(s, view.correction.id) if held.id not in sent]
    unsent = view.standing.state in UNSENT
    if kept and (kept[-1].kind in FIRST) == unsent and fresh(s, view, kept[-1], on):
        return kept[-1]
    return compose(s, view.correction.id, None, on)


def _part(s: Session, letter: Letter) -> Part:
    db = s.vault.read()
    provider = provider_rows.get(db, get_correction(db, letter.subject).provider)
    american = provider.jurisdiction.startswith(("us", "ca-on"))
    title = f"{provider.name}: {letter.kind.replace('_', ' ')}"
    return Part(title, letter.pdf, letter.pages, "us-letter" if american else "a4")


def several(
    s: Session, given: Sequence[Letter], target: Path, on: dt.date | None = None
) -> tuple[Path, int]:
    """Write letters as one PDF to print, in their order, each once: where it is, and its pages."""
    if not given:
        raise UsageError("name at least one letter to print", "chartmend correction list")
    if len(given) > _MOST:
        raise UsageError(f"at most {_MOST} letters go into one file", "make several")
    each = {letter.id: letter for letter in given}
    parts = tuple(_part(s, letter) for letter in each.values())
    together = sheaf.together("Letters to send", parts, on or dates.today(), s.pool)
    return write_out(s.vault.folder, target, (together.pdf,)), together.pages
