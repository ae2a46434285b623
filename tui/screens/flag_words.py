"""What the screens of a flag's evidence and repeats say, in words."""

from __future__ import annotations

from vault.actions.repeats import Repeat
from vault.model.evidence import Evidence, EvidenceKind, words
from vault.model.flags import Flag, FlagState

_KINDS = {
    EvidenceKind.PLACE: "record",
    EvidenceKind.PICTURE: "picture",
    EvidenceKind.NOTE: "note",
}


def head(flag: Flag) -> str:
    """What a flag says is wrong, and what it should say."""
    quote = flag.finding.quote
    says = f'It says "{quote}"' if quote else "It is about the page as a whole"
    return f'{says}\nShould say "{flag.should_say}"' if flag.should_say else says


def row(held: Evidence) -> str:
    """Evidence in a line of a list."""
    return f"{_KINDS[held.kind]}: {words(held).removeprefix('a picture: ')}"


def about(held: Evidence, *, found: bool) -> str:
    """All of one piece of evidence."""
    lines = [words(held)]
    if held.kind is EvidenceKind.PLACE and not held.there:
        lines.append("The record was deleted; this note of it is kept.")
    elif not found:
        lines.append("! These words were not found on the page as it is read now.")
    if held.there:
        lines.append("Enter shows it.")
    return "\n".join(lines)


def place(repeat: Repeat) -> str:
    """A place that says the same, in a line."""
    done = f" ({_done(repeat)})" if repeat.state else ""
    return f'{repeat.title}, page {repeat.page}: "{repeat.quote}"{done}'


def _done(repeat: Repeat) -> str:
    match repeat.state:
        case FlagState.SUSPECTED:
            return "suspected, too"
        case FlagState.DISMISSED:
            return "you said it is no error"
        case _:
            return "flagged already"
