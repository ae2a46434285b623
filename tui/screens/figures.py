"""Figures over one's own corrections, as plain sentences."""

from __future__ import annotations

from vault.actions.correcting.statistics import Count, Statistics, share

_MOST = 8


def _many(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def _items(held: Count) -> list[str]:
    said = [f"They answered {share(held.answered, held.asked)}."]
    if held.answered:
        said.append(
            f"Of those answered, they accepted {share(held.granted, held.answered)} "
            f"and denied {share(held.denied, held.answered)}."
        )
    if held.granted:
        said.append(
            f"Of those accepted, a fresh copy shows {share(held.verified, held.granted)} put right"
            + (f", {share(held.unchanged, held.granted)} unchanged." if held.unchanged else ".")
        )
    return said


def _days(found: Statistics) -> list[str]:
    said = []
    days = found.days
    if days is not None and days.many == 1:
        said.append(f"Their answer took {_many(days.longest, 'day')}.")
    elif days is not None:
        said.append(
            f"An answer took {days.median:g} days in the middle, {days.longest} at the longest."
        )
    if days is not None and days.assumed:
        of = f"for {days.assumed} of {days.many}" if days.many > 1 else "for it"
        said.append(f"The day of arrival is assumed {of}.")
    if found.waited is not None:
        said.append(f"The longest wait without an answer so far: {_many(found.waited, 'day')}.")
    return said


def sentences(found: Statistics) -> tuple[str, str]:
    """A head sentence on all corrections that were sent, and what came of them in paragraphs.

    Shares of fewer than five are said as counts alone.
    """
    if not found.corrections:
        return "No correction has been sent yet.", ""
    head = f"You sent {_many(found.corrections, 'correction')}"
    head += f" of {_many(found.items.asked, 'error')}."
    parts = [" ".join(_items(found.items)), " ".join(_days(found))]
    if len(found.providers) > 1:
        each = [
            f"{held.name}: {held.asked} asked, {held.granted} accepted, {held.denied} denied"
            for held in found.providers[:_MOST]
        ]
        more = len(found.providers) - _MOST
        each += [f"and {_many(more, 'provider')} more"] if more > 0 else []
        parts.append("\n".join(each))
    return head, "\n\n".join(part for part in parts if part)
