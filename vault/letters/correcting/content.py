"""What a letter of a correction is made of: items, the law of the place, and what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import TypeVar

from vault.law.clock import Due
from vault.law.rows import StatementLimit
from vault.letters.asking.content import Holder, Law, Patient, Regime, Signer
from vault.letters.compose import inline
from vault.model.amending import Standing
from vault.model.correction_letters import CorrectionLetterKind
from vault.model.corrections import ItemState
from vault.model.flags import Kind
from vault.model.letters import Excerpt
from vault.safetext import safe

T = TypeVar("T")
_LINES = frozenset({"quote", "should_say", "why", "text"})
"""Fields that keep their line breaks: what the record says, and what the person wrote."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is wrong: `flag` is its id, `record` how the record is called.

    `page` is None where the whole record is meant. `entry_date` and `author` are the printed ones,
    where known. `source` is who the page came from where that is another than the one asked;
    `originator` who first made the entry, where it came from elsewhere. `evidence` are lines on
    what shows the mistake. `state` is where the item stands; `copy` the copy that was compared
    last, on the day `compared`.
    """

    flag: str
    record: str
    page: int | None
    kind: Kind
    quote: str = ""
    should_say: str = ""
    why: str = ""
    entry_date: str = ""
    author: str = ""
    source: str = ""
    originator: str = ""
    evidence: tuple[str, ...] = ()
    excerpt: Excerpt | None = None
    state: ItemState = ItemState.OPEN
    copy: str = ""
    compared: dt.date | None = None

    @property
    def missing(self) -> bool:
        """Whether something was left out, so that there is nothing to quote."""
        return self.kind is Kind.MISSING


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who is to be told of the amendment; `mrn` is the patient's number there.

    `hipaa` is set where HIPAA binds them. `open` says that nobody is known to have told them yet.
    """

    id: str
    name: str
    lines: tuple[str, ...] = ()
    mrn: str = ""
    hipaa: bool = False
    open: bool = True


@dataclass(frozen=True, slots=True)
class Earlier:
    """The request to another holder that this one follows: to whom, when, when denied, and why."""

    name: str
    sent: dt.date | None = None
    denied: dt.date | None = None
    not_theirs: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a letter of a correction can say; pure data, gathered before it is composed.

    `access` is the law on copies, `law` that on amendments. `chosen` are the flags of the items
    meant (all, where empty), `text` the person's own words, `to` the one told of the amendment
    whom the letter is to.
    """

    kind: CorrectionLetterKind
    reference: str
    on: dt.date
    holder: Holder
    patient: Patient
    items: tuple[Item, ...]
    law: Law
    access: Law
    standing: Standing
    signer: Signer | None = None
    due: Due | None = None
    first_due: Due | None = None
    formal: bool = True
    tell: tuple[Told, ...] = ()
    limit: StatementLimit | None = None
    earlier: Earlier | None = None
    number: str = ""
    text: str = ""
    chosen: tuple[str, ...] = ()
    to: str = ""
    enclosures: tuple[str, ...] = ()

    @property
    def paper(self) -> str:
        """The paper of the place."""
        return "us-letter" if self.law.regime in (Regime.US, Regime.ONTARIO) else "a4"

    @property
    def hipaa(self) -> bool:
        """Whether HIPAA's words on amendments hold: it binds the holder, and is asked under."""
        return self.law.hipaa and self.formal

    def of(self, *states: ItemState) -> tuple[Item, ...]:
        """The items in any of these states, of those that are meant."""
        meant = self.chosen or tuple(item.flag for item in self.items)
        return tuple(i for i in self.items if i.flag in meant and (not states or i.state in states))


def _made_safe(value: object, line: Callable[[str], str]) -> object:
    """A value with every text in it passed through `line`; as it is where it holds none."""
    if isinstance(value, StrEnum | Law | Standing | Due | StatementLimit | Excerpt):
        return value
    if isinstance(value, str):
        return line(value)
    if isinstance(value, tuple):
        return tuple(_made_safe(part, line) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return fit_to_print(value)
    return value


def _lines(text: str) -> str:
    return safe(text).strip()


def fit_to_print(value: T) -> T:
    """The same data, every text in it safe and none able to reorder the words around it.

    What the record says and what the person wrote keep their lines, all else is one line. The
    law, which is the program's own or was checked, stays as it is.
    """
    if not is_dataclass(value) or isinstance(value, type):
        return value
    found = {
        f.name: _made_safe(getattr(value, f.name), _lines if f.name in _LINES else inline)
        for f in fields(value)
    }
    return replace(value, **found)
