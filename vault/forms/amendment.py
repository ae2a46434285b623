"""What a form that asks to amend a record says: the entries, what is wrong, what they should say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from vault.model.formwords import Slot

SEE_SHEET = "see attached sheet"
"""What stands in a field whose text is on the sheet behind the form."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry that is to be amended, as a form tells of it.

    `record` is the title of what it stands in and `page` its page (None for all of it); `date`
    and `author` are as printed, `quote` the exact words, empty where something is missing from
    the record. `wrong` says in a few words what is wrong, `why` how one can tell.
    """

    record: str
    page: int | None
    quote: str
    wrong: str
    should_say: str
    why: str = ""
    date: str = ""
    author: str = ""
    evidence: tuple[str, ...] = ()
    missing: bool = False

    @property
    def place(self) -> str:
        """The record and the page."""
        return self.record if self.page is None else f"{self.record}, page {self.page}"


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who is to be told of the amendment."""

    name: str
    address: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Name and address in one line."""
        return ", ".join((self.name, *self.address))


@dataclass(frozen=True, slots=True)
class Amendment:
    """All that a form about a correction is filled in from, beside who asks and who is asked.

    With `why_apart` the form has a field of its own for the reason, so that what is wrong is
    said without it.
    """

    entries: tuple[Entry, ...]
    told: tuple[Told, ...] = ()
    why_apart: bool = False


def _quoted(entry: Entry) -> str:
    return f"“{entry.quote}”" if entry.quote else ""


def _entry(entry: Entry) -> str:
    return ": ".join(part for part in (entry.place, _quoted(entry)) if part)


def _sentence(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…”" else ".")


def _wrong(entry: Entry, *, why: bool) -> str:
    said = f"It says {_quoted(entry)}." if entry.quote else ""
    parts = (said, _sentence(entry.wrong), _sentence(entry.why) if why else "")
    return " ".join(part for part in parts if part)


def _each(entries: Sequence[Entry], part: Callable[[Entry], str]) -> str:
    """A part of each entry on a line of its own, numbered where there are several."""
    said = [(number, part(entry)) for number, entry in enumerate(entries, 1)]
    if len(said) == 1:
        return said[0][1]
    return "\n".join(f"{number}. {text}" for number, text in said if text)


_SAY: Mapping[Slot, Callable[[Amendment], str]] = {
    Slot.ENTRY: lambda a: _each(a.entries, _entry),
    Slot.ENTRY_DATE: lambda a: _each(a.entries, lambda e: e.date),
    Slot.ENTRY_AUTHOR: lambda a: _each(a.entries, lambda e: e.author),
    Slot.ENTRY_PLACE: lambda a: _each(a.entries, lambda e: e.place),
    Slot.ENTRY_QUOTE: lambda a: _each(a.entries, lambda e: e.quote),
    Slot.WRONG: lambda a: _each(a.entries, lambda e: _wrong(e, why=not a.why_apart)),
    Slot.SHOULD_SAY: lambda a: _each(a.entries, lambda e: e.should_say),
    Slot.WHY: lambda a: _each(a.entries, lambda e: _sentence(e.why or e.wrong)),
    Slot.EVIDENCE: lambda a: _each(a.entries, lambda e: "; ".join(e.evidence)),
    Slot.NOTIFY: lambda a: "\n".join(told.line for told in a.told),
    # What a form for access means otherwise.
    Slot.DATES: lambda a: _each(a.entries, lambda e: e.date),
    Slot.FROM_DATE: lambda a: _each(a.entries, lambda e: e.date),
    Slot.TO_DATE: lambda _: "",
    Slot.RECORDS: lambda a: _each(a.entries, lambda e: e.place),
    Slot.PURPOSE: lambda a: _each(a.entries, lambda e: _sentence(e.why or e.wrong)),
    Slot.FORMAT: lambda _: "",
    Slot.DELIVER: lambda _: "",
}
OF_AMENDMENT = frozenset(_SAY)
"""The texts that come from the entries and from who is to be told."""


def say(slot: Slot, amendment: Amendment) -> str:
    """What one of OF_AMENDMENT says; several entries have a line each, numbered."""
    return _SAY[slot](amendment)
