"""What is said of something missing that somebody holds: what can be asked for, and of whom."""

from __future__ import annotations

from tui.screens.choosing import Choice
from tui.widgets.dialogs import as_sentence
from tui.widgets.fields import plain
from vault.actions.omissions import Advice
from vault.model.flags import Flag, OmissionKind


def askable(flag: Flag) -> bool:
    """Whether what a flag says is missing can be asked for: somebody wrote it down."""
    return flag.missing not in (None, OmissionKind.NEVER_CHARTED)


def hint(flag: Flag) -> str:
    """What the key does for a flag; empty where there is nothing to ask for."""
    if not askable(flag):
        return ""
    if flag.request:
        return "\nA request was made for it: r shows it, or asks again where it is closed."
    return "\nr asks for it by a request."


def _what(held: Advice) -> str:
    wanted = held.missing
    kinds = ", ".join("all records" if t == "all" else plain(t) for t in wanted.types)
    first, last = wanted.from_date, wanted.to_date
    if first and first == last:
        when = f" of {first.isoformat()}"
    else:
        when = f" from {first.isoformat()}" if first else ""
        when += f" to {last.isoformat()}" if last else ""
    part = f" ({wanted.words})" if wanted.words else ""
    return f"{kinds or 'all records'}{when}{part}"


def question(choice: Choice, held: Advice) -> tuple[str, str]:
    """Question and detail of the dialog before anything is asked for."""
    provider = choice.record.provider
    name = provider.name if provider else "them"
    if held.request:
        return "Is this asked for by the request that is open?", as_sentence(held.why)
    detail = (
        f"{as_sentence(held.why)}\n\nA request is made for it, and not sent yet: {_what(held)}."
    )
    return f"Ask {name} for it?", detail
