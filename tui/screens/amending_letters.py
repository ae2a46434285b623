"""Letters of a correction: choosing one that fits, typing what it needs, noting it as sent."""

from __future__ import annotations

from tui.screens.owed import day
from tui.shell import Shell
from vault import dates
from vault.actions.corrections import CorrectionView
from vault.model.letters import Letter

COPY = "copy_order"


def name_of(letter: Letter) -> str:
    """What a letter is, in words."""
    said = letter.kind.replace("_", " ")
    return said[0].upper() + said[1:]


def made(letter: Letter) -> str:
    """A letter as a line of a list."""
    return f"{name_of(letter)}, made on {day(dates.parse(letter.made_at[:10]))}"


async def choose(app: Shell, view: CorrectionView, *, later: bool = False) -> Letter | None:
    """Ask which letter is to be made, the one that suits best first, and make it."""
    return None


async def make(app: Shell, view: CorrectionView, kind: str) -> Letter | None:
    """Make a letter of a kind; what it needs is asked for."""
    return None
