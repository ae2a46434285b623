"""What a provider may say to a request: replies as data, with what has to be asked back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vault.model.asking_letters import LetterKind
from vault.model.requests import RequestEvent


class Answers(StrEnum):
    """What a question takes as its answer."""

    CHOICE = "choice"
    CHOICES = "choices"
    DAY = "day"
    TEXT = "text"
    AMOUNT = "amount"
    NUMBER = "number"
    LINES = "lines"
    ITEMS = "items"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question, with what it changes of the reply where it does.

    `event` is what it is noted as then, `ground` the ground it names, `letters` what answers it.
    """

    id: str
    words: str
    event: RequestEvent | None = None
    ground: str = ""
    letters: tuple[LetterKind, ...] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask back; of choices the first one counts where none is made."""

    key: str
    words: str
    takes: Answers
    choices: tuple[Choice, ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """A sentence on what the law says to a reply, with its source and how sure that is."""

    text: str
    cite: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """Something they may say, in plain words.

    `event` is what it is noted as (None: nothing happened), `ground` the id of what the law says
    to it, `letters` the kinds that answer it. `means` is what HIPAA says beyond that.
    """

    id: str
    words: str
    event: RequestEvent | None
    questions: tuple[Question, ...] = ()
    ground: str = ""
    letters: tuple[LetterKind, ...] = ()
    means: tuple[Meaning, ...] = ()
