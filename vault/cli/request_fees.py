"""chartmend request fees: what was asked, paid and is open, against what may be charged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated

import typer

from vault.actions.asking import fees as ledger
from vault.actions.asking.fees import Fees, FeeTotals
from vault.cli import asking_shapes
from vault.cli.opening import opened
from vault.cli.out import columns, emit
from vault.model.asking_letters import PURPOSE

_Request = Annotated[
    str | None, typer.Argument(metavar="[REQ]", help="a request's id; all where none is named")
]


def _money(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else f"{currency} {amount:.2f}".strip()


def _total(row: FeeTotals) -> str:
    money = [
        f"{word} {_money(amount, row.currency)}"
        for word, amount in (
            ("asked", row.asked),
            ("paid", row.paid),
            ("given back", row.refunded),
            ("cost so far", row.cost),
            ("open", row.open),
        )
    ]
    return ", ".join(money)


def _one(held: Fees) -> Iterator[str]:
    rows = [
        (
            str(e.event.seq),
            e.event.on.isoformat(),
            e.event.kind.replace("_", " "),
            _money(e.amount, e.currency),
        )
        for e in held.entries
    ]
    for entry, row in zip(held.entries, columns(rows), strict=True):
        yield row
        for line in entry.lines:
            pages = f", {line.pages} pages" if line.pages else ""
            charge = line.charge.replace("_", " ")
            yield f"     {line.what}: {_money(line.amount, entry.currency)}{pages} ({charge})"
        yield from (f"     ! {found.text}" for found in entry.findings)
    if not held.entries:
        yield "No fee has been named."
    yield from map(_total, held.totals)
    yield from (f"event {seq}: no receipt has come for this payment" for seq in held.no_receipt)
    yield from (f"next: a letter to {PURPOSE[kind]} ({kind.value})" for kind in held.letters)
    yield from held.lawful


def _all(found: Sequence[Fees]) -> Iterator[str]:
    for held in found:
        for row in held.totals:
            yield f"{held.request.id}  {held.provider.name}: {_total(row)}"
    for row in ledger.together(found):
        yield f"all: {_total(row)}"
    if not found:
        yield "No fee has been named."


def fees(request: _Request = None) -> None:
    """Show what was asked, paid and is open, against what may be charged."""
    with opened() as session:
        if request is not None:
            held = ledger.get(session, request)
            emit(asking_shapes.fees(held), lambda: _one(held))
            return
        found = ledger.every(session)
    rows = [
        {
            "id": f.request.id,
            "provider": f.provider.id,
            "totals": asking_shapes.totals(f.totals),
            "no_receipt": list(f.no_receipt),
        }
        for f in found
    ]
    document = {"requests": rows, "totals": asking_shapes.totals(ledger.together(found))}
    emit(document, lambda: _all(found))
