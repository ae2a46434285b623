"""What is known of a provider, in the words and lines the screens show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui.screens.owed import day
from tui.widgets.fields import plain
from vault.actions.discovery import Named, Year
from vault.actions.process import CHECK, Process
from vault.actions.provider_view import ProviderView
from vault.actions.requests import RequestView
from vault.model.calls import Call
from vault.model.offices import Office
from vault.model.providers import Provider
from vault.model.statements import Statement, Topic


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: what it says, what it is about, and all of it for the foot."""

    text: str
    about: Office | Statement | Call | RequestView | None = None
    whole: str = ""


def notice(provider: Provider) -> str:
    """What a person should know of a provider at a glance."""
    told = ["closed"] if provider.closed_on else []
    return ", ".join([*told, "to confirm"] if provider.to_confirm else told)


def came(years: Sequence[Year]) -> str:
    """How much of what is known of came: `2 of 5 years`; empty where nothing is known."""
    if not years:
        return ""
    got = sum(year.received for year in years)
    return f"{got} of {len(years)} year{'s' if len(years) > 1 else ''}"


def facts(view: ProviderView) -> str:
    """Who a provider is and how it is reached."""
    held = view.provider
    reach = [held.phone, held.fax and f"fax {held.fax}", held.email]
    lines = [
        f"{plain(held.kind)}, {held.jurisdiction}" + (f", NPI {held.npi}" if held.npi else ""),
        ", ".join(part for part in (held.department, *held.address) if part) or "No address yet.",
        ", ".join(part for part in reach if part),
        f"Also: {'; '.join(held.other_names)}" if held.other_names else "",
        _closed(view),
        f"! The address is to confirm. It is from {held.to_confirm}." if held.to_confirm else "",
    ]
    return "\n".join(line for line in lines if line)


def _closed(view: ProviderView) -> str:
    gone = view.provider.closed_on
    told = f"Closed on {day(gone)}. " if gone else ""
    return told + (f"Its records are with {view.successor.name}." if view.successor else "")


def _office(held: Office) -> Line:
    reach = (*held.address, held.phone, held.fax and f"fax {held.fax}", held.email, held.site)
    who = ", ".join(part for part in (held.name, held.contact) if part)
    told = ", ".join(part for part in reach if part)
    text = f"{plain(held.role)}: {who}" if who else plain(held.role)
    return Line(
        f"  {text}  {told}".rstrip(), held, "\n".join(p for p in (text, told, held.note) if p)
    )


def _whole(held: Statement, process: Process) -> str:
    """All of a statement, and what does not fit it."""
    who = f", {held.said_by}" if held.said_by else ""
    lines = [f"{plain(held.topic)}: {held.value.replace('_', ' ')}"]
    lines.append(f"From: {plain(held.source)}{who}, {day(held.on)}. {held.note}".rstrip())
    if held.withdrawn_on:
        lines.append(f"Withdrawn on {day(held.withdrawn_on)}.")
    for pair in process.apart:
        if held in (pair.one, pair.other):
            other = pair.other if held == pair.one else pair.one
            value = other.value.replace("_", " ")
            lines.append(f"! But the {plain(other.source)} says: {value} ({day(other.on)}).")
    for found in process.against:
        if found.statement == held:
            floor = found.floor
            lines.append(f"! {floor.said}")
            lines.append(f"  {floor.cite}; confidence {floor.confidence.value}; {CHECK}")
    return "\n".join(lines)


def _marked(process: Process) -> frozenset[str]:
    apart = {held.id for pair in process.apart for held in (pair.one, pair.other)}
    return frozenset(apart | {found.statement.id for found in process.against})


def _statement(held: Statement, process: Process, marked: frozenset[str]) -> Line:
    sign = "!" if held.id in marked else " "
    value = held.value.replace("_", " ")
    who = f" ({held.said_by})" if held.said_by else ""
    gone = ", withdrawn" if held.withdrawn_on else ""
    said = f"{plain(held.source)}{who}, {day(held.on)}{gone}"
    text = f"{sign} {plain(held.topic):<13} {value:<24} {said}"
    return Line(text, held, _whole(held, process))


def _call(held: Call) -> Line:
    who = f" with {held.who}" if held.who else ""
    number = f", number {held.confirmation}" if held.confirmation else ""
    first = held.said.splitlines()[0]
    head = f"{day(held.on)}{who}{number}"
    return Line(f"  {head}: {first}", held, f"{head}\n{held.said}")


def _year(held: Year) -> Line:
    asked = "asked" if held.asked else "not asked"
    got = "records came" if held.received else "nothing came"
    times = f"named in {held.records} record{'' if held.records == 1 else 's'}"
    return Line(f"  {held.year}  {times}, {asked}, {got}")


def _part(title: str, found: Sequence[Line], none: str) -> Iterator[Line]:
    yield Line(title)
    yield from found or [Line(f"  {none}")]


def lines(view: ProviderView) -> tuple[Line, ...]:
    """All that belongs to a provider, part by part; statements of one topic stand together."""
    process, order = view.process, list(Topic)
    marked = _marked(process)
    said = sorted(process.statements, key=lambda s: (not s.live, order.index(s.topic), s.on))
    asked = [
        Line(f"  {plain(r.request.state)}: {r.person.name} ({r.request.id})", r)
        for r in view.requests
    ]
    return (
        *_part("Desks and vendors", [_office(o) for o in view.offices], "None yet: press o."),
        *_part(
            "How they want to be asked",
            [_statement(s, process, marked) for s in said],
            "Nothing noted yet: press s, or c for a call.",
        ),
        *_part("Calls", [_call(c) for c in process.calls], "None yet: press c."),
        *_part("Requests", asked, "None yet: press 3, then n."),
        *_part("Year by year", [_year(y) for y in view.coverage], "No record held names it."),
    )


def named_state(held: Named) -> str:
    """What is known of a name found in records."""
    if held.ignored:
        return "nobody to ask"
    if held.provider is None:
        return "never asked"
    done = "records came" if held.received else "asked" if held.asked else "never asked"
    if held.decided or held.match.name == "SAME":
        return f"{done}: {held.provider.name}"
    return f"is it {held.provider.name}?"


def span(years: Sequence[Year]) -> str:
    """The first and last year: `2015 to 2020`."""
    found = sorted(year.year for year in years)
    return f"{found[0]} to {found[-1]}" if len(found) > 1 else "".join(map(str, found))


def named_whole(held: Named) -> str:
    """All of a name found in records."""
    count = len(held.records)
    lines = [
        f"{held.name} ({plain(held.kind)}), in {count} record{'' if count == 1 else 's'}",
        f"Also printed as: {'; '.join(held.spellings[:6])}" if len(held.spellings) > 1 else "",
        "; ".join(_year(year).text.strip() for year in held.years[:4]),
        named_state(held),
    ]
    return "\n".join(line for line in lines if line)
