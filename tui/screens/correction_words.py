"""What the corrections screen says of errors and corrections, in words."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from tui.screens import amending_words, owed
from tui.screens.choosing import Choice, Group
from tui.screens.letter import UNSENT
from tui.widgets.fields import plain
from tui.widgets.flag_picker import Item
from vault.actions import corrections
from vault.actions.corrections import CorrectionView
from vault.model.requests import Urgency


def items(groups: Sequence[Group]) -> list[Item]:
    """The lines of the list to choose from: a heading for each group, then its errors."""
    items = []
    for group in groups:
        items.append(Item("", group.name))
        items += [Item(c.flag.id, wrong(c)) for c in group.choices]
    return items


def wrong(choice: Choice) -> str:
    """An error in a line: what it says and what it should say."""
    quote = choice.flag.finding.quote
    return f'"{quote}" should say "{choice.flag.should_say}"' if quote else choice.where


def line(view: CorrectionView) -> Content:
    """A correction in a line: to whom, how many errors, how far it is."""
    due = f", due {owed.day(view.due.on)}" if view.due else ""
    entries = f"{len(view.flags)} error{'s' if len(view.flags) > 1 else ''}"
    # What presses comes first: the end of a long line is cut off.
    late = owed.pressing(view.due, view.urgency) if view.urgency is not Urgency.OK else ""
    late = f"{late.removeprefix('! ')}, " if late else ""
    mine = view.standing.open and view.standing.of(*amending_words.MINE)
    sign = "!" if mine or (late and view.urgency is not Urgency.DUE_SOON) else " "
    state = amending_words.STATES[view.correction.state]
    return Content(f"{sign} {late}{state}: {view.provider.name}, {entries}{due}")


def about_flag(choice: Choice) -> str:
    """All of a confirmed error."""
    flag = choice.flag
    why = f"Why: {flag.finding.reason}" if flag.finding.reason else ""
    said = f'It says "{flag.finding.quote}"' if flag.finding.quote else "The page as a whole"
    lines = [f"{choice.where} ({plain(flag.finding.kind)})", said]
    return "\n".join(filter(None, [*lines, f'Should say "{flag.should_say}"', why]))


def about(view: CorrectionView) -> str:
    """All of a correction: its errors, who is to be told, when an answer is due, what happened."""
    held = view.correction
    state = amending_words.STATES[held.state]
    lines = [f"{held.id}: {view.provider.name}, about {view.person.name}, {state}"]
    lines += [f'- "{f.finding.quote}" should say "{f.should_say}"' for f in view.flags[:3]]
    if len(view.flags) > 3:
        lines.append(f"- and {len(view.flags) - 3} more")
    if held.tell:
        lines.append(f"To be told: {'; '.join(held.tell)}")
    lines.append(corrections.owed(view))
    if held.state in UNSENT:
        lines.append("Not sent yet. v shows the letter, w writes it as a PDF, s notes it as sent.")
    lines.append("Enter shows all of it.")
    return "\n".join(line for line in lines if line)
