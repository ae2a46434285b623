"""What things look like as JSON: the fields scripts rely on (docs/commands.md)."""

from __future__ import annotations

from collections.abc import Sequence

from vault.actions.asking import steps
from vault.actions.asking.ledger import Ledger, Line
from vault.actions.deadlines import Due, Verdict
from vault.actions.imports.run import Imported, Reread
from vault.actions.parts import Start
from vault.actions.records import PageText, RecordDetail, RecordView
from vault.actions.requests import RequestView
from vault.model.facts import StoredFact
from vault.model.flags import Flag
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.requests import Detail, Event
from vault.model.words import Box

Json = dict[str, object]


def box(held: Box | None) -> list[float] | None:
    """A place on a page as fractions of it: left, top, right, bottom."""
    return [round(v, 4) for v in (held.left, held.top, held.right, held.bottom)] if held else None


def due(owed: Due | None) -> Json:
    """A deadline: the date, the rolled date, the rule and its citation."""
    return {
        "due": owed.on.isoformat() if owed else None,
        "due_rolled": owed.rolled.isoformat() if owed else None,
        "rule": owed.rule.id if owed else None,
        "cite": owed.rule.cite if owed else None,
    }


def person(held: Person) -> Json:
    """A person."""
    return {
        "id": held.id,
        "name": held.name,
        "born": held.born.isoformat(),
        "sex": held.sex,
        "former_names": list(held.former_names),
        "mrns": {m.provider: m.number for m in held.mrns},
        "address": list(held.address),
        "phone": held.phone,
        "email": held.email,
        "relation": held.relation.value,
        "died_on": held.died_on.isoformat() if held.died_on else None,
    }


def provider(held: Provider) -> Json:
    """A provider."""
    return {
        "id": held.id,
        "name": held.name,
        "kind": held.kind.value,
        "jurisdiction": held.jurisdiction,
        "department": held.department,
        "address": list(held.address),
        "phone": held.phone,
        "fax": held.fax,
        "email": held.email,
        "npi": held.npi or None,
        "other_names": list(held.other_names),
        "closed_on": held.closed_on.isoformat() if held.closed_on else None,
        "successor": held.successor,
        "to_confirm": held.to_confirm or None,
    }


def imported(row: Imported) -> Json:
    """What became of one file of an import."""
    return {
        "id": row.id or None,
        "file": row.file,
        "status": row.status,
        "kind": row.kind or None,
        "pages": row.pages,
        "ocr_pages": row.ocr_pages,
        "flags": row.flags,
        "reason": row.reason or None,
    }


def record(view: RecordView) -> Json:
    """A record as lists show it."""
    held = view.record
    return {
        "id": held.id,
        "title": held.title,
        "kind": held.media,
        "status": held.status.value,
        "pages": held.pages,
        "received_on": held.received_on.isoformat() if held.received_on else None,
        "provider": held.provider,
        "person": held.person,
        "request": held.request,
        "flags": view.counts.flags,
        "parent": held.parent,
        "reason": held.reason or None,
        "medium": held.custody.medium.value if held.custody.medium else None,
        "scanned_by": held.custody.scanned_by or None,
        "shelf": held.custody.shelf or None,
        "first_page": held.first_page or None,
        "last_page": held.last_page or None,
    }


def fact(held: StoredFact) -> Json:
    """A fact with its citation."""
    stated = held.fact
    return {
        "id": held.id,
        "kind": stated.kind.value,
        "value": stated.value,
        "page": stated.page,
        "quote": stated.quote,
        "label": stated.label,
        "box": box(stated.box),
        "confidence": stated.confidence,
    }


def detail(held: RecordDetail) -> Json:
    """A record with its pages, facts and flags."""
    return {
        **record(held.view),
        "pages": [
            {
                "page": page.number,
                "state": page.state.value,
                "page_kind": page.kind.value,
                "source": page.source.value,
                "confidence": page.confidence,
                "trust": page.trust,
                "look": page.look,
                "why": page.why,
            }
            for page in held.pages
        ],
        "page_count": held.view.record.pages,
        "member": held.view.record.member or None,
        "members": [
            {
                "id": member.id,
                "member": member.member or None,
                "kind": member.media,
                "status": member.status.value,
                "pages": member.pages,
                "first_page": member.first_page or None,
                "last_page": member.last_page or None,
            }
            for member in held.members
        ],
        "facts": [fact(f) for f in held.facts],
        "flags": [flag(f) for f in held.flags],
    }


def splits(found: Sequence[Start]) -> Json:
    """Where new documents seem to begin in a scan."""
    return {"splits": [{"page": start.page, "reason": start.reason} for start in found]}


def carried(done: Reread) -> Json:
    """What became of a person's corrections when a record was read again."""
    return {
        "kept": done.kept,
        "dropped": len(done.dropped),
        "unplaced": [
            {"page": page, "quote": old.read, "text": old.text} for page, old in done.dropped
        ],
    }


def page_text(held: PageText) -> Json:
    """What a page says."""
    page = held.page
    return {
        "page": page.number,
        "state": page.state.value,
        "page_kind": page.kind.value,
        "source": page.source.value,
        "text": held.text,
        "confidence": page.confidence,
        "trust": page.trust,
        "look": page.look,
        "why": page.why,
    }


def flag(held: Flag) -> Json:
    """A flag."""
    finding = held.finding
    return {
        "id": held.id,
        "state": held.state.value,
        "check": finding.check.value,
        "kind": finding.kind.value,
        "subject": finding.subject.value,
        "severity": finding.severity.value,
        "record": finding.record,
        "page": finding.page,
        "quote": finding.quote,
        "box": box(finding.box),
        "should_say": held.should_say or None,
        "reason": finding.reason,
        "why_dismissed": held.why_dismissed or None,
        "confidence": finding.confidence,
        "related": [{"record": r.record, "page": r.page} for r in finding.related],
        "originator": held.originator or None,
        "omission": held.missing.value if held.missing else None,
        "request": held.request or None,
    }


def _detail(held: Detail) -> Json:
    """What an event says beyond its note: only what it says."""
    found: Json = {}
    for name in Detail.__slots__:
        value = getattr(held, name)
        if value in (None, "", ()):
            continue
        if name == "lines":
            value = [
                {"what": f.what, "amount": str(f.amount), "pages": f.pages} for f in held.lines
            ]
        elif isinstance(value, tuple):
            value = list(value)
        elif not isinstance(value, bool | int | str):
            value = str(value)
        found[name] = value
    return found


def event(held: Event) -> Json:
    """Something that happened to a request or a correction."""
    return {
        "seq": held.seq,
        "kind": held.kind,
        "on": held.on.isoformat(),
        "round": held.round,
        "channel": held.channel or None,
        "arrived": held.arrived.isoformat() if held.arrived else None,
        "note": held.note or None,
        "item": held.item or None,
        "replaces": held.replaces,
        "detail": _detail(held.detail),
    }


def request(view: RequestView) -> Json:
    """An access request."""
    held = view.request
    return {
        "id": held.id,
        "provider": held.provider,
        "person": held.person,
        "state": held.state.value,
        "outcome": held.outcome or None,
        "waiting_on": held.waiting_on.value,
        "urgency": view.urgency.value,
        **due(view.due),
    }


def _item(line: Line) -> Json:
    item = line.item
    return {
        "id": item.id,
        "type": item.type.value,
        "from": item.from_date.isoformat() if item.from_date else None,
        "to": item.to_date.isoformat() if item.to_date else None,
        "facility": item.facility or None,
        "format": item.format or None,
        "fallback": item.fallback or None,
        "deliver": item.deliver or None,
        "promised": item.promised or None,
        "came": item.came or None,
        "state": line.answer.value,
        "records": list(line.records),
        "missing": list(line.missing),
    }


def extension(held: Verdict | None) -> Json | None:
    """The verdict on a notice of delay, where there was one."""
    if held is None:
        return None
    return {"lawful": held.lawful, "why": held.why, "until": held.until.isoformat()}


def request_detail(view: RequestView, ledger: Ledger) -> Json:
    """An access request with its items, what happened, and what to do next."""
    held, standing = view.request, view.standing
    return {
        **request(view),
        "round": standing.round,
        "need": standing.need or None,
        "next": steps.next_step(view) or None,
        "complete": ledger.said,
        "extension": extension(view.extension),
        "items": [_item(line) for line in ledger.lines],
        "from": held.from_date.isoformat() if held.from_date else None,
        "to": held.to_date.isoformat() if held.to_date else None,
        "format": held.format or None,
        "fallback": held.fallback or None,
        "deliver": held.deliver or None,
        "authority": held.authority or None,
        "office": held.office or None,
        "fee_limit": str(held.fee_limit) if held.fee_limit is not None else None,
        "currency": held.currency or None,
        "sensitive": list(held.sensitive),
        "third_party": list(held.third_party),
        "inspect": held.inspect,
        "parent": held.parent or None,
        "events": [event(e) for e in held.events],
    }
