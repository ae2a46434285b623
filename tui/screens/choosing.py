"""Confirmed flags put in groups, a group a provider, so that one correction asks one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vault.actions import flags, records
from vault.actions.records import RecordView
from vault.actions.session import Session
from vault.model.flags import Flag, FlagState


@dataclass(frozen=True, slots=True)
class Choice:
    """A confirmed flag and the record it is about."""

    flag: Flag
    record: RecordView

    @property
    def where(self) -> str:
        """The record's title and the page."""
        page = self.flag.finding.page
        return f"{self.record.record.title}, page {page}" if page else self.record.record.title


@dataclass(frozen=True, slots=True)
class Group:
    """The choices of one provider and person; `lacking` says what keeps them from a letter."""

    name: str
    choices: tuple[Choice, ...]
    lacking: str = ""


def group(choices: Sequence[Choice]) -> tuple[Group, ...]:
    """Choices by provider and person, in the order of their names; those of nobody come last."""
    held: dict[tuple[str, str, str], list[Choice]] = {}
    for choice in choices:
        view = choice.record
        provider = view.provider.name if view.provider else ""
        person = view.person.name if view.person else ""
        same = view.provider.id if view.provider else ""
        held.setdefault((provider, person, same), []).append(choice)
    found = []
    for (provider, person, _same), members in sorted(
        held.items(), key=lambda item: (not item[0][0], not item[0][1], item[0])
    ):
        lacking = "who they came from" if not provider else "" if person else "whose they are"
        name = f"{provider or 'From nobody known'}, about {person or 'nobody known'}"
        found.append(Group(name, tuple(members), lacking))
    return tuple(found)


def load(s: Session) -> tuple[Group, ...]:
    """All confirmed flags that are in no correction yet."""
    held = {view.record.id: view for view in records.every(s)}
    confirmed = [f for f in flags.every(s) if f.state is FlagState.CONFIRMED]
    return group([Choice(f, held[f.finding.record]) for f in confirmed if f.finding.record in held])
