"""Phrases that letters of corrections share: what was asked, which entries, what is refused."""

from __future__ import annotations

import datetime as dt

from vault.errors import Refused
from vault.letters.asking.content import Regime
from vault.letters.asking.words import BY, Block, bullets, records
from vault.letters.compose import inline, written_out
from vault.letters.correcting.content import Content, Item, Told
from vault.model.corrections import CorrectionEvent, ItemState
from vault.model.flags import Kind
from vault.model.requests import ASSUMED, Event

_E = CorrectionEvent
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WRONG = {
    Kind.WRONG_VALUE: "What is written there is wrong.",
    Kind.NEVER_HAPPENED: "This did not happen.",
    Kind.NOT_MINE: "This is about somebody else.",
    Kind.OUTDATED: "This is out of date and still stands there.",
    Kind.WRONG_STATUS: "The status is wrong.",
    Kind.WRONG_DATE: "The date, or the order in time, is wrong.",
    Kind.WRONG_SIDE: "The side or the place of the body is wrong.",
    Kind.WRONG_PERSON: "It names the wrong person.",
    Kind.COPIED_FORWARD: "It was carried over from an earlier entry.",
    Kind.REPEATED: "It stands there more than once.",
    Kind.CONTRADICTION: "It contradicts another place in the record.",
    Kind.MISQUOTE: "It does not give what was said.",
    Kind.JUDGMENTAL: "It judges, where it should describe.",
    Kind.UNREADABLE: "It cannot be read.",
    Kind.MISSING: "Something was left out.",
}
"""What is wrong, in a sentence without any medicine in it."""


def fields_of(pairs: list[tuple[str, str, str]]) -> Block:
    """Names with texts beside them; empty ones are left out.

    A text is plain (""), somebody's `own`, a `quote`, or `strong`; all but plain ones run in the
    direction of their first letter.
    """
    return {"type": "fields", "rows": [list(row) for row in pairs if row[1]]}


def count(number: int, noun: str) -> str:
    """So many things in words: `one place`, `12 places`."""
    return f"{_COUNTS[number] if number < len(_COUNTS) else number} {noun}{'s' * (number != 1)}"


def amend(c: Content) -> str:
    """The verb of the place: HIPAA amends, others correct."""
    return "amend" if c.law.regime is Regime.US else "correct"


def amendment(c: Content) -> str:
    """The noun of the place."""
    return "amendment" if c.law.regime is Regime.US else "correction"


def address(told: Told) -> str:
    """Somebody who is to be told, in one line."""
    return ", ".join([told.name, *told.lines])


def place(item: Item) -> str:
    """Where an entry stands: record, page, its printed date."""
    page = f", page {item.page}" if item.page is not None else ""
    day = f", entry dated {item.entry_date}" if item.entry_date else ""
    return f"{item.record}{page}{day}"


def entry(item: Item) -> str:
    """An entry in one line: where it stands, and its words or that something is missing."""
    if item.missing:
        return f"{place(item)}: something was left out"
    return f"{place(item)}: “{inline(item.quote)}”" if item.quote else place(item)


def entries(items: tuple[Item, ...]) -> Block:
    """The entries meant, as a list."""
    return bullets([entry(item) for item in items])


def should_say(item: Item) -> str:
    """What is to be added, or what an entry should say, under that name."""
    return "Please add" if item.missing else "It should say"


def both(item: Item, *, shown: bool = False) -> Block:
    """What an entry says and what it should say, side by side; where `shown`, what proves it."""
    return fields_of(
        [
            ("Where", place(item), ""),
            ("The record says", item.quote, "quote"),
            (should_say(item), item.should_say, "strong"),
            ("What shows it", "\n".join(item.evidence) if shown else "", ""),
        ]
    )


def they(items: tuple[Item, ...], one: str = "entry", many: str = "entries") -> str:
    """A noun for one item or for several."""
    return one if len(items) == 1 else many


def need_items(c: Content, what: str, *states: ItemState) -> tuple[Item, ...]:
    """The items meant that are in one of these states; raises Refused where there is none."""
    found = c.of(*states)
    if not found:
        raise Refused(what, f"chartmend correction show {c.reference}")
    if c.chosen and len(found) < len(set(c.chosen)):
        raise Refused(
            "an item that was named stands elsewhere than this letter says",
            f"chartmend correction show {c.reference}",
        )
    return found


def all_of_it(c: Content, *states: ItemState) -> bool:
    """Whether every item that was not withdrawn is in one of these states."""
    return all(i.state in states for i in c.items if i.state is not ItemState.WITHDRAWN)


def need_formal(c: Content) -> None:
    """Raise Refused where nothing was asked under the law, so that nothing is owed by it."""
    if not c.formal:
        raise Refused(
            "this was a plain message, not a request under the law, so no law is called on",
            f"to ask under the law: chartmend correction log {c.reference} withdrawn, then "
            "chartmend correction new FLAG…",
        )


def last(c: Content, *kinds: CorrectionEvent) -> Event | None:
    """The last thing of these kinds that happened, or None."""
    found = [e for e in c.standing.events if e.kind in kinds]
    return found[-1] if found else None


def about(event: Event, item: Item) -> bool:
    """Whether an event is about an item: it names it, or it names none."""
    if event.item:
        return event.item == item.flag
    return not event.detail.items or item.flag in event.detail.items


def need(c: Content, items: tuple[Item, ...], what: str, kind: CorrectionEvent) -> Event:
    """The last event of a kind about any of these items; raises Refused, naming what is missing."""
    found = [
        e for e in c.standing.events if e.kind == kind and any(about(e, item) for item in items)
    ]
    if not found:
        raise Refused(
            f"this letter needs to say {what}, and nothing of that kind was noted",
            f"chartmend correction show {c.reference}",
        )
    return found[-1]


def _sendings(c: Content) -> list[Event]:
    """The first sending of each round."""
    rounds: dict[int, Event] = {}
    for event in c.standing.events:
        if event.kind == _E.SENT:
            rounds.setdefault(event.round, event)
    return list(rounds.values())


def first_sent(c: Content) -> Event:
    """The first sending; raises Refused where the correction has not been sent."""
    found = _sendings(c)
    if not found:
        raise Refused(
            "this letter follows up a request, and this one has not been sent",
            f"chartmend correction sent {c.reference} --on DATE --by CHANNEL",
        )
    return found[0]


def _arrived(c: Content, event: Event) -> dt.date | None:
    """The day a first sending arrived, where somebody saw it."""
    if c.standing.round == 1 and not c.standing.assumed:
        return c.standing.start
    return event.arrived if event.note != ASSUMED else None


def asked(c: Content) -> str:
    """What was sent: a request, or a message."""
    if c.formal:
        return f"a request to {amend(c)} {records(c)}"
    return f"a message about {records(c)}"


def sent_line(c: Content, you: str = "you") -> str:
    """When and how it was sent, when it arrived, and when it was sent anew, where known.

    `you` is how the holder is called: a letter to somebody else names them.
    """
    event = first_sent(c)
    how = BY.get(event.channel, "")
    if you != "you":
        how = how.replace("your", "their")
    by = f", {how}," if how else ""
    proof = f" (proof of sending: {inline(event.detail.number)})" if event.detail.number else ""
    said = [f"On {written_out(event.on)} I sent {you}{by} {asked(c)}{proof}."]
    came = _arrived(c, event)
    if came is not None and came != event.on:
        said.append(f"It reached {you} on {written_out(came)}.")
    again = _sendings(c)[-1]
    if again.on != event.on:
        said.append(f"On {written_out(again.on)} I asked once more.")
    return " ".join(said)


def paragraphs(text: str) -> list[Block]:
    """The person's own words, a paragraph for each of theirs."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return [{"type": "own", "text": part} for part in parts if part]
