"""The evidence on one correction: what is wrong, what came of asking, and the papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar

from vault import png
from vault.law import complaint, say
from vault.law.clock import Due
from vault.law.terms import Rule
from vault.letters import render
from vault.letters.asking.binder import Held, files
from vault.letters.asking.sheaf import Part
from vault.letters.asking.words import Block, bullets, h, p, rows
from vault.letters.compose import inline, written_out
from vault.letters.correcting import happened
from vault.letters.render import Typesetter
from vault.model.letters import Excerpt, Typeset
from vault.model.reading import Picture
from vault.model.requests import ASSUMED, Event
from vault.model.rounds import Round

T = TypeVar("T")
TITLE = "A request to correct a health record: the evidence"


@dataclass(frozen=True, slots=True)
class Copy:
    """What a later copy shows of one item: the day it was looked at, the finding, the words.

    `words` are those found there, empty where none were; `where` is the copy and the page.
    """

    on: dt.date
    found: str
    where: str = ""
    words: str = ""
    excerpt: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that shows the mistake, in a line, and its picture where it is one."""

    words: str
    excerpt: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is wrong, and what became of it.

    `where` is the record and page, `entry` the printed date and author, `ways` each day on which
    it came to stand otherwise with how it stood then, `state` how it stands now.
    """

    flag: str
    where: str
    quote: str
    wrong: str
    should_say: str
    why: str
    entry: str
    state: str
    excerpt: Excerpt | None = None
    proofs: tuple[Proof, ...] = ()
    ways: tuple[tuple[dt.date, str], ...] = ()
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The clock of one asking: the date the rule gives, the verdicts on delays, the last date.

    `first` is None where no rule is recorded or none runs for a message.
    """

    asked: Round
    first: Due | None = None
    owed: Due | None = None
    verdicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Denied:
    """A denial: its day, the numbers of the items, the ground as they named it, their words.

    `sentences` say what the law of the place says to it, each with its source; one that ends with
    a colon is followed by a list.
    """

    on: dt.date
    items: tuple[int, ...]
    ground: str
    reason: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that goes into a binder. `cover` are names with values; `events` are those that count.

    `rules` are the place's on amendments, `windows` until when one can complain; `formal` is not
    set for a plain message, for which no rule counts. `cited` are the records the items stand in,
    `came` the copies that came since. `pictures` are pages of records, by title.
    """

    reference: str
    on: dt.date
    paper: str
    patient: str
    signed: str
    cover: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]
    events: tuple[Event, ...]
    answers: tuple[Answer, ...]
    denials: tuple[Denied, ...]
    told: tuple[tuple[str, str], ...]
    cited: tuple[Held, ...]
    came: tuple[Held, ...]
    letters: tuple[Part, ...]
    formal: bool = True
    rules: tuple[Rule, ...] = ()
    windows: tuple[complaint.Window, ...] = ()
    pictures: tuple[tuple[str, tuple[Picture, ...]], ...] = ()


def fit_to_print(value: T) -> T:
    """The same data, every text in it one safe line; rules and pictures stay as they are."""
    if isinstance(value, str):
        return inline(value)  # type: ignore[return-value]  # a str for a str
    if isinstance(value, Due | Rule | complaint.Window | Part | Picture | Event | Round):
        return value
    if isinstance(value, tuple):
        return tuple(fit_to_print(part) for part in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{f.name: fit_to_print(getattr(value, f.name)) for f in fields(value)}
        )
    return value


def _section(title: str, blocks: Sequence[Block]) -> dict[str, object]:
    return {"title": title, "blocks": list(blocks)}


def _picture(excerpt: Excerpt, caption: str) -> Block:
    picture = excerpt.picture
    return {
        "type": "picture",
        "picture": list(png.encode(picture)),
        "aspect": picture.width / picture.height,
        "alt": excerpt.alt,
        "caption": caption,
    }


def _quoted(text: str) -> str:
    return f"“{text}”" if text else ""


def _copy(held: Copy) -> Iterator[Block]:
    pairs = [
        ("Fresh copy", f"looked at on {written_out(held.on)}: {held.found}"),
        ("Where", held.where),
        ("It says now", _quoted(held.words)),
    ]
    yield rows(pairs)
    if held.excerpt is not None:
        yield _picture(held.excerpt, f"{held.where}. The words are framed.")


def _item(number: int, item: Item) -> Iterator[Block]:
    yield h(f"{number}. {item.where}")
    yield rows(
        [
            ("It says", _quoted(item.quote)),
            ("Entry", item.entry),
            ("What is wrong", item.wrong),
            ("It should say", _quoted(item.should_say)),
            ("Why", item.why),
            ("Where it stands", item.state),
        ]
    )
    if item.excerpt is not None:
        yield _picture(item.excerpt, f"{item.where}. The entry is framed.")
    if item.proofs:
        yield p("What shows it:")
        yield bullets([proof.words for proof in item.proofs])
    for proof in item.proofs:
        if proof.excerpt is not None:
            yield _picture(proof.excerpt, proof.words)
    if item.ways:
        yield rows([(written_out(day), how) for day, how in item.ways])
    for held in item.copies:
        yield from _copy(held)


def _items(e: Evidence) -> dict[str, object]:
    blocks = [block for n, item in enumerate(e.items, 1) for block in _item(n, item)]
    return _section("What is wrong, and what became of it", blocks)


def _timeline(e: Evidence) -> dict[str, object]:
    numbers = {item.flag: n for n, item in enumerate(e.items, 1)}
    told = [(written_out(event.on), happened.line(event, numbers)) for event in e.events]
    return _section("What happened, day by day", [rows(told)])


def _when(answer: Answer) -> str:
    """When the answer to one asking came, against the date it was owed by."""
    asked, owed = answer.asked, answer.owed
    if asked.answered is None:
        return "No answer to all of it has been noted."
    days = asked.days or 0
    said = f"Answered on {written_out(asked.answered)}, {days} day{'' if days == 1 else 's'} after"
    said += " it arrived"
    if owed is None:
        return f"{said}."
    late = (asked.answered - owed.rolled).days
    if late > 0:
        return f"{said}, {late} day{'' if late == 1 else 's'} after {say.day(owed.rolled)}."
    return f"{said}, in time."


def _clock(e: Evidence) -> dict[str, object]:
    if not e.answers:
        return _section("The time for an answer", [p("Nothing has been sent yet.")])
    blocks: list[Block] = []
    for answer in e.answers:
        if len(e.answers) > 1:
            asked = written_out(answer.asked.sent)
            blocks.append(h(f"Asked {_NTH.get(answer.asked.number, 'once more')} on {asked}"))
        assumed = ASSUMED if answer.asked.assumed else ""
        said = [say.sentence(answer.first, assumed)] if answer.first is not None else []
        blocks.append(bullets([*said, *answer.verdicts, _when(answer)]))
    if not e.formal:
        blocks.insert(0, p("This was a plain message: no law sets a time for an answer to it."))
    elif all(answer.first is None for answer in e.answers):
        blocks.insert(0, p("No rule on the time for an answer is recorded for this place."))
    return _section("The time for an answer", blocks)


_NTH = {1: "first", 2: "a second time", 3: "a third time"}


def _listed(sentences: Sequence[str]) -> Iterator[Block]:
    """Sentences as lists, each under the one before it that ends with a colon."""
    rest: list[str] = []
    for said in sentences:
        if not said.endswith(":"):
            rest.append(said)
            continue
        if rest:
            yield bullets(rest)
        yield p(said)
        rest = []
    if rest:
        yield bullets(rest)


def _denials(e: Evidence) -> list[dict[str, object]]:
    if not e.denials:
        return []
    blocks: list[Block] = []
    for held in e.denials:
        about = f"item {', '.join(map(str, held.items))}" if held.items else ""
        blocks += [
            h(f"Denied on {written_out(held.on)}"),
            rows(
                [
                    ("About", about),
                    ("Their ground", held.ground or "none was noted"),
                    ("Their words", _quoted(held.reason)),
                ]
            ),
        ]
        blocks += _listed(held.sentences)
    return [_section("The denial" if len(e.denials) == 1 else "The denials", blocks)]


def _law(e: Evidence) -> list[dict[str, object]]:
    if not e.formal:
        return []
    blocks: list[Block] = []
    for rule in e.rules:
        remarks = ("shown for comparison",) if rule.compared else say.remarks(rule)
        blocks.append(bullets([f"{rule.name}: {say.span(rule)} {say.source(rule, remarks)}"]))
    if e.windows:
        blocks += [h("Complaints"), bullets([complaint.said(window) for window in e.windows])]
    if not blocks:
        blocks.append(p("No rule on corrections is recorded for this place."))
    blocks.append(
        p("This quotes rules and is no legal advice. Laws change: check the current text.")
    )
    return [_section("The rules", blocks)]


def _told(e: Evidence) -> list[dict[str, object]]:
    return [_section("Who is to be told of the correction", [rows(list(e.told))])] if e.told else []


def _came(e: Evidence) -> list[dict[str, object]]:
    return [_section("Fresh copies that came", files(e.came))] if e.came else []


def compose(evidence: Evidence) -> dict[str, object]:
    """Everything the template needs, as data that goes into JSON; every text is made safe."""
    e = fit_to_print(evidence)
    names = [part.title for part in e.letters]
    papers: list[Block] = [bullets(names)] if names else [p("None.")]
    return {
        "title": TITLE,
        "contents": True,
        "paper": e.paper,
        "date": [e.on.year, e.on.month, e.on.day],
        "signed": e.signed,
        "rows": [[name, value] for name, value in e.cover if value],
        "footer": f"{e.patient} · {e.reference}",
        "sections": [
            _items(e),
            _timeline(e),
            _clock(e),
            *_denials(e),
            *_told(e),
            _section("The records the items stand in", files(e.cited)),
            *_came(e),
            *_law(e),
            _section("Papers that follow", papers),
        ],
        "parts": [
            {"title": inline(part.title), "pages": part.pages, "pdf": list(part.pdf)}
            for part in e.letters
        ],
        "pictures": [
            {"title": title, "pages": [list(png.encode(picture)) for picture in drawn]}
            for title, drawn in e.pictures
        ],
    }


def render_binder(evidence: Evidence, typesetter: Typesetter) -> Typeset:
    """Typeset a binder; the same evidence gives the same bytes."""
    return render.typeset("binder", compose(evidence), evidence.on, typesetter)
