"""The money of a request in words and lines."""

from __future__ import annotations

from decimal import Decimal

from tui.screens import event_words
from tui.screens.owed import day
from vault.actions.asking.fees import FeeEntry, Fees, FeeTotals
from vault.model.requests import RequestEvent


def money(amount: Decimal | None, currency: str) -> str:
    """An amount with its currency; empty where none is known."""
    return "" if amount is None else f"{currency} {amount:.2f}".strip()


def total(row: FeeTotals) -> str:
    """What was asked and paid in one currency, and what is open."""
    told = [
        f"asked {money(row.asked, row.currency)}",
        f"paid {money(row.paid, row.currency)}",
        f"given back {money(row.refunded, row.currency)}" if row.refunded else "",
        f"still open {money(row.open, row.currency)}" if row.open else "",
    ]
    return ", ".join(part for part in told if part)


def entry(held: FeeEntry) -> str:
    """One thing that happened about money."""
    said = event_words.SAID[RequestEvent(held.event.kind)]
    amount = money(held.amount, held.currency)
    return f"{day(held.event.on)}: {said}{f', {amount}' if amount else ''}"


def whole(held: FeeEntry) -> str:
    """An entry with its lines and what speaks against it."""
    lines = [entry(held)]
    for line in held.lines:
        pages = f", {line.pages} pages" if line.pages else ""
        charge = line.charge.replace("_", " ")
        lines.append(f"  {line.what}: {money(line.amount, held.currency)}{pages} ({charge})")
    lines += [f"! {found.text}" for found in held.findings]
    return "\n".join(lines)


def row(held: Fees) -> str:
    """The money of a request in a line; `!` where something speaks against a fee."""
    wrong = any(e.findings for e in held.entries)
    sums = "; ".join(total(row) for row in held.totals) or "no sum named"
    return f"{'!' if wrong else ' '} {held.provider.name}: {sums}"


def lines(held: Fees) -> list[str]:
    """All of the money of a request."""
    found = [whole(e) for e in held.entries]
    found += [f"No receipt has come for number {seq}." for seq in held.no_receipt]
    return [*found, *held.lawful]
