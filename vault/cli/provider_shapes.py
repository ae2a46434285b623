"""What a provider's offices, statements, calls and names look like, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Iterator

from vault.actions.discovery import Named, Year
from vault.actions.process import CHECK, Against, Process
from vault.actions.provider_view import ProviderView
from vault.cli import shapes
from vault.cli.out import columns, many
from vault.cli.shapes import Json
from vault.model.calls import Call
from vault.model.offices import Office
from vault.model.providers import Provider
from vault.model.statements import Contradiction, Statement


def office(held: Office) -> Json:
    """An office."""
    return {
        "id": held.id,
        "provider": held.provider,
        "role": held.role.value,
        "name": held.name,
        "contact": held.contact,
        "address": list(held.address),
        "phone": held.phone,
        "fax": held.fax,
        "email": held.email,
        "site": held.site,
        "note": held.note,
    }


def statement(held: Statement) -> Json:
    """A statement on how a provider wants to be asked."""
    return {
        "id": held.id,
        "provider": held.provider,
        "topic": held.topic.value,
        "value": held.value,
        "source": held.source.value,
        "said_by": held.said_by,
        "on": held.on.isoformat(),
        "note": held.note,
        "call": held.call,
        "withdrawn_on": held.withdrawn_on.isoformat() if held.withdrawn_on else None,
    }


def call(held: Call) -> Json:
    """A telephone call."""
    return {
        "id": held.id,
        "provider": held.provider,
        "request": held.request,
        "on": held.on.isoformat(),
        "who": held.who,
        "said": held.said,
        "confirmation": held.confirmation,
    }


def year(held: Year) -> Json:
    """One year of what held records say of a provider."""
    return {
        "year": held.year,
        "named": held.records,
        "asked": held.asked,
        "received": held.received,
    }


def named(held: Named) -> Json:
    """A name found in held records."""
    return {
        "name": held.name,
        "kind": held.kind.value,
        "spellings": list(held.spellings),
        "records": list(held.records),
        "years": [year(y) for y in held.years],
        "provider": held.provider.id if held.provider else None,
        "match": held.match.name.lower(),
        "decided": held.decided,
        "ignored": held.ignored,
        "asked": held.asked,
        "received": held.received,
        "never_asked": held.never_asked,
    }


def _apart(held: Contradiction) -> Json:
    return {"topic": held.topic.value, "statements": [held.one.id, held.other.id]}


def _against(held: Against) -> Json:
    return {
        "topic": held.statement.topic.value,
        "statements": [held.statement.id],
        "law": held.floor.said,
        "cite": held.floor.cite,
        "confidence": held.floor.confidence.value,
        "check": CHECK,
    }


def disagreements(held: Process) -> list[Json]:
    """Statements that cannot both be so, and those the law does not allow."""
    return [*map(_apart, held.apart), *map(_against, held.against)]


def view(held: ProviderView) -> Json:
    """All that is known of a provider."""
    return {
        **shapes.provider(held.provider),
        "offices": [office(o) for o in held.offices],
        "statements": [statement(st) for st in held.process.statements],
        "contradictions": disagreements(held.process),
        "calls": [call(c) for c in held.process.calls],
        "requests": [shapes.request(r) for r in held.requests],
        "coverage": [year(y) for y in held.coverage],
    }


def row(held: Provider) -> tuple[str, ...]:
    """A provider as a line of a list."""
    told = [held.jurisdiction]
    if held.closed_on:
        told.append(f"closed {held.closed_on.isoformat()}")
    if held.to_confirm:
        told.append("to confirm")
    return held.id, held.name, held.kind.value.replace("_", " "), "; ".join(told)


def _about(held: ProviderView) -> Iterator[str]:
    provider = held.provider
    reach = (provider.department, *provider.address, provider.phone)
    yield from (line for line in reach if line)
    yield from (line for line in (provider.fax and f"fax {provider.fax}", provider.email) if line)
    if provider.npi:
        yield f"NPI {provider.npi}"
    if provider.other_names:
        yield f"also: {'; '.join(provider.other_names)}"
    if provider.closed_on:
        yield f"closed on {provider.closed_on.isoformat()}"
    if held.successor:
        yield f"its records are with {held.successor.name} ({held.successor.id})"
    if provider.to_confirm:
        yield f"the address is to confirm; it is from {provider.to_confirm}"


def office_lines(held: Office) -> Iterator[str]:
    """An office as lines."""
    yield f"{held.id}  {held.role.value}  {held.name or held.contact}".rstrip()
    reach = (held.name and held.contact, *held.address, held.phone, held.fax and f"fax {held.fax}")
    yield from (f"  {line}" for line in (*reach, held.email, held.site, held.note) if line)


def statement_row(held: Statement) -> tuple[str, ...]:
    """A statement as a line of a list."""
    who = f" ({held.said_by})" if held.said_by else ""
    gone = f"; withdrawn {held.withdrawn_on.isoformat()}" if held.withdrawn_on else ""
    said = f"{held.source.value}{who}, {held.on.isoformat()}{gone}"
    value = held.value.replace("_", " ")
    return held.id, held.topic.value.replace("_", " "), value, said


def disagreement_lines(held: Process) -> Iterator[str]:
    """What does not fit, a line each; which of two is right is not said."""
    for apart in held.apart:
        one, other = (a.value.replace("_", " ") for a in (apart.one, apart.other))
        topic = apart.topic.value.replace("_", " ")
        yield (
            f"! {topic}: the {apart.one.source.value} ({apart.one.on.isoformat()}) says {one!r}, "
            f"the {apart.other.source.value} ({apart.other.on.isoformat()}) says {other!r}"
        )
    for found in held.against:
        value = found.statement.value.replace("_", " ")
        floor = found.floor
        yield (
            f"! {found.statement.topic.value.replace('_', ' ')} {value!r}: {floor.said} "
            f"{floor.cite}; confidence {floor.confidence.value}; {CHECK}"
        )


def call_lines(held: Call) -> Iterator[str]:
    """A call as lines."""
    who = f" with {held.who}" if held.who else ""
    number = f", number {held.confirmation}" if held.confirmation else ""
    about = f", about {held.request}" if held.request else ""
    yield f"{held.on.isoformat()}{who}{number}{about}"
    yield from (f"  {line}" for line in held.said.splitlines())


def year_row(held: Year) -> tuple[str, ...]:
    """A year of a provider as a line of a list."""
    asked = "asked" if held.asked else "not asked"
    came = "received" if held.received else "nothing received"
    return str(held.year), f"named in {many(held.records, 'record')}", asked, came


def _part(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  {line}" for line in lines)


def view_lines(held: ProviderView) -> Iterator[str]:
    """All that is known of a provider, as lines."""
    yield from columns([row(held.provider)])
    yield from (f"  {line}" for line in _about(held))
    yield from _part("Offices", [line for o in held.offices for line in office_lines(o)])
    yield from _part(
        "How they want to be asked",
        list(columns([statement_row(st) for st in held.process.statements])),
    )
    yield from _part("What does not fit", list(disagreement_lines(held.process)))
    yield from _part("Calls", [line for c in held.process.calls for line in call_lines(c)])
    asked = [(r.request.id, r.request.state.value, r.person.name) for r in held.requests]
    yield from _part("Requests", list(columns(asked)))
    yield from _part("By year", list(columns([year_row(y) for y in held.coverage])))


def named_row(held: Named) -> tuple[str, ...]:
    """A name found in held records as a line of a list."""
    years = sorted(y.year for y in held.years)
    span = f"{years[0]}-{years[-1]}" if len(years) > 1 else "".join(map(str, years)) or "?"
    if held.ignored:
        state = "ignored"
    elif held.provider is None:
        state = "never asked"
    else:
        sure = held.match.name == "SAME"
        like = held.provider.name if sure else f"like {held.provider.name}?"
        done = "received" if held.received else "asked" if held.asked else "never asked"
        state = f"{done}; {like} ({held.provider.id})"
    return (
        held.name,
        held.kind.value.replace("_", " "),
        span,
        many(len(held.records), "record"),
        state,
    )
