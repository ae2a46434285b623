"""Flags, their evidence and their repeats as plain lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vault.actions import evidence, repeats
from vault.actions.flag_views import FlagView
from vault.actions.repeats import Repeat
from vault.cli.out import many
from vault.model.evidence import Evidence
from vault.model.flags import Flag, Kind

NOWHERE = "This is said nowhere else, as far as the pages were read."


def lines(flag: Flag) -> Iterator[str]:
    """A flag: where it stands, what the record says and should say, and why."""
    finding = flag.finding
    where = f"{finding.record} page {finding.page}" if finding.page else finding.record
    yield f"{flag.id}  {flag.state.value.replace('_', ' ')}  {finding.severity.value}  {where}"
    if finding.quote:
        yield f"    says:   {finding.quote}"
    if flag.should_say:
        yield f"    should: {flag.should_say}"
    if finding.reason:
        yield f"    why:    {finding.reason}"
    if flag.missing and finding.kind is Kind.MISSING:
        yield f"    missing: {flag.missing.value.replace('_', ' ')}"
    if flag.why_dismissed:
        yield f"    no error: {flag.why_dismissed}"


def shown(held: Evidence) -> str:
    """Evidence in a line."""
    return f"{held.id}  {held.kind.value:7}  {evidence.words(held)}"


def whole(view: FlagView) -> Iterator[str]:
    """A flag with all that belongs to it."""
    yield from lines(view.flag)
    if view.originator:
        yield f"    first made by: {view.originator.name} ({view.originator.id})"
    if view.suggested:
        name, id_ = view.suggested.provider.name, view.suggested.provider.id
        yield f"    perhaps first made by: {name} ({id_}). {view.suggested.why}"
    for held in view.evidence:
        yield f"    shown by: {shown(held)}"
    if view.repeats:
        places = many(len(view.repeats), "more place")
        yield f"    also said in {places}: chartmend flag repeats {view.flag.id}"
    for id_ in view.corrections:
        yield f"    in the correction {id_}"


def places(found: Sequence[Repeat]) -> Iterator[str]:
    """Where else it is said, holder by holder."""
    for name, held in repeats.holders(found):
        yield name or "From nobody known"
        for repeat in held:
            flagged = f"  [{repeat.flag}]" if repeat.flag else ""
            yield f"  {repeat.record}:{repeat.page}  {repeat.quote}  ({repeat.why}){flagged}"
    if not found:
        yield NOWHERE
