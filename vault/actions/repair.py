"""Repair: what can be put right is, and what cannot is named."""

from __future__ import annotations

from dataclasses import dataclass

from vault import dates
from vault.actions.session import Problem, Session
from vault.store import repair

__all__ = ["Problem", "Repaired", "repair_vault"]


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done, and what is still wrong."""

    done: tuple[Problem, ...]
    problems: tuple[Problem, ...]


def repair_vault(s: Session) -> Repaired:
    """Mend a vault that is open for writing, then look over all of it again.

    Nothing is deleted. Every original is read from end to end, so it takes as long as a full
    check.
    """
    done = repair.mend(s.vault, dates.today())
    s.vault.checkpoint()
    return Repaired(done, s.vault.verify(full=True))
