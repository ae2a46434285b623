"""What starts a clock: the day each rule begins to count, from what has happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vault.law import clock
from vault.law.clock import Due
from vault.law.terms import Rule


@dataclass(frozen=True, slots=True)
class Happened:
    """The days that can start a clock, as far as they are known.

    `received` is the day the request arrived, `paid` the day the fee was, `confirmed` the day
    they had what confirms who asks, `signed` the day of the signature, `oldest` the day of the
    oldest part of the record. `fee_asked` is set where a fee was asked for at all.
    """

    received: dt.date
    paid: dt.date | None = None
    confirmed: dt.date | None = None
    signed: dt.date | None = None
    oldest: dt.date | None = None
    fee_asked: bool = False


def start(rule: Rule, happened: Happened) -> dt.date | None:
    """The day a rule's clock starts, or None while it waits for a payment that was asked for."""
    day = happened.received
    if rule.starts_at_id and happened.confirmed is not None:
        day = max(day, happened.confirmed)  # whichever is later, UK GDPR Art 12A
    if not rule.starts_at_payment:
        return day
    if happened.paid is not None:
        return max(day, happened.paid)
    return None if happened.fee_asked else day


def _due(rule: Rule, happened: Happened, day: dt.date) -> Due:
    rule = clock.for_records(rule, happened.oldest, day)
    if rule.starts_at_payment and happened.paid is not None:
        rule = replace(rule, condition="")  # the payment came, and the count starts with it
    if happened.paid is not None:
        return clock.after_fee(rule, day, happened.paid)
    return clock.under(rule, day)


def dues(rules: Sequence[Rule], happened: Happened) -> tuple[Due, ...]:
    """The date each of the rules gives whose clock runs."""
    running = [(rule, day) for rule in rules if (day := start(rule, happened)) is not None]
    return tuple(_due(rule, happened, day) for rule, day in running)


def due(rules: Sequence[Rule], happened: Happened) -> Due | None:
    """The earliest date any of the rules gives whose clock runs; None where none does."""
    found = dues(rules, happened)
    return clock.earliest(found) if found else None


def signature_too_old(rule: Rule, signed: dt.date, sent: dt.date) -> bool:
    """Whether a signature is older than the rule allows on the day of sending.

    MCL 333.26265(2): signed and dated at most 60 days before.
    """
    return rule.signature_days > 0 and (sent - signed).days > rule.signature_days
