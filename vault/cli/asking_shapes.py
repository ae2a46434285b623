"""What the money of requests and what is owed look like as JSON (docs/commands.md)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from vault.actions.asking.fees import FeeEntry, Fees, FeeTotals
from vault.actions.asking.quotes import FeeFinding
from vault.actions.dues import Owed

Json = dict[str, object]


def _sum(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def totals(found: Sequence[FeeTotals]) -> list[Json]:
    """Totals, one for each currency."""
    return [
        {
            "currency": t.currency,
            "asked": _sum(t.asked),
            "paid": _sum(t.paid),
            "refunded": _sum(t.refunded),
            "cost": _sum(t.cost),
            "open": _sum(t.open),
        }
        for t in found
    ]


def finding(held: FeeFinding) -> Json:
    """What speaks against a fee."""
    return {
        "flag": held.flag,
        "text": held.text,
        "cite": held.cite or None,
        "confidence": held.confidence or None,
        "ceiling": _sum(held.ceiling),
        "currency": held.currency or None,
    }


def _entry(held: FeeEntry) -> Json:
    event = held.event
    lines = [
        {"what": n.what, "charge": n.charge, "amount": _sum(n.amount), "pages": n.pages}
        for n in held.lines
    ]
    return {
        "seq": event.seq,
        "on": event.on.isoformat(),
        "kind": event.kind,
        "amount": _sum(held.amount),
        "currency": held.currency or None,
        "number": event.detail.number or None,
        "medium": event.detail.medium or None,
        "pages": event.detail.pages,
        "lines": lines,
        "findings": [finding(f) for f in held.findings],
    }


def fees(held: Fees) -> Json:
    """The fee ledger of a request."""
    limit = held.request.fee_limit
    return {
        "id": held.request.id,
        "provider": held.provider.id,
        "requester": held.requester,
        "fee_limit": _sum(limit),
        "entries": [_entry(e) for e in held.entries],
        "totals": totals(held.totals),
        "no_receipt": list(held.no_receipt),
        "letters": [kind.value for kind in held.letters],
        "lawful": list(held.lawful),
    }


def owed(held: Owed) -> Json:
    """A date by which something is owed, or ends."""
    return {
        "id": held.id,
        "what": held.what,
        "on": held.on.isoformat(),
        "urgency": held.urgency.value,
        "rule": held.rule or None,
        "cite": held.cite or None,
        "kind": held.kind.value,
        "text": held.said,
    }
