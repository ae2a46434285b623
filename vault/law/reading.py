"""Turns the tables of a places file into rules, fees and the rest, noting all that is wrong."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from decimal import Decimal

from vault.law.fields import Row, each
from vault.law.rows import (
    Audience,
    FeeKind,
    FeeRule,
    Ground,
    Medium,
    NeverValid,
    NoticePart,
    Regulator,
    Retention,
    Tier,
)
from vault.law.terms import Count, DayKind, Right, Roll, Rule, Silence, Source
from vault.model.providers import ProviderKind

HOLDERS = frozenset({"any", "physician", "hospital", "facility", *ProviderKind})
CLOCKS = ("accounting", "summary_instead", "controller_complaint")
"""Further clocks a place may state beside the three rights."""

_STARTS = {
    "receipt_of_written_request": "receipt of the written request",
    "receipt_of_written_consent": "receipt of the written consent",
    "receipt_of_request_and_payment": "receipt of the request and of the payment",
    "receipt_of_request_and_authorization": "receipt of the request and the authorization",
    "receipt_of_signed_dated_request": "receipt of the signed and dated request",
    "receipt_or_id_confirmed": "receipt",
    "request": "the request",
    "request_date": "the request",
    "written_request": "the written request",
    "signed_request_date": "the signed request",
    "signed_written_request": "the signed written request",
    "application_date": "the application",
    "receipt": "receipt",
}
_LATER_FOR_ID = "the clock starts later where they first have to confirm who you are"
_COUNTS = {
    DayKind.CALENDAR: (Count.CALENDAR_AFTER, Count.INCLUSIVE_FROM_START),
    DayKind.BUSINESS: (Count.BUSINESS_AFTER,),
    DayKind.CALENDAR_MONTH: (Count.MONTH_SAME_DATE,),
}


def _count(row: Row) -> Count:
    """How a rule counts: as it says, else as the kind of its days suggests."""
    kind = row.word("day_kind", DayKind)
    count = row.word("count", Count)
    if kind and count and count not in _COUNTS[kind]:
        row.wrong("count", f"{count} does not go with the day_kind {kind}")
    if count:
        return count
    if row.has("months"):
        return Count.MONTH_SAME_DATE
    return _COUNTS[kind][0] if kind else Count.CALENDAR_AFTER


def _length(row: Row, key: str = "days") -> tuple[int, int]:
    """The days and months a rule gives: one of the two."""
    days, months = row.whole(key), row.whole("months", of="months")
    if row.has(key) and row.has("months"):
        row.wrong("months", f"cannot stand beside {key}: a rule has one of them")
    elif not (row.has(key) or row.has("months")):
        row.wrong(key, "is missing, and so is months: a rule has one of them")
    return days, months


def _check_extension(row: Row, rule: Rule) -> None:
    most = rule.extended_days or rule.extended_months
    if most and most < (rule.months or rule.days):
        key = "extension_to_days" if rule.extended_days else "extended_total_months"
        row.wrong(key, "cannot be shorter than the time it extends")
    if rule.months and rule.count is not Count.MONTH_SAME_DATE:
        row.wrong("count", "has to be month_same_date where months are counted")
    if rule.count is Count.MONTH_SAME_DATE and rule.days:
        row.wrong("count", "month_same_date counts months, and this rule has days")


def _condition(row: Row) -> str:
    """What must hold for a rule, in words."""
    said, scope, medium = row.text("condition"), row.text("scope"), row.text("medium")
    if said:
        return said
    if scope:
        return f"it is about {scope}"
    return f"the record is kept in {medium} form" if medium else ""


def _rule_note(row: Row, starts: str, pause: str, silence: Silence | None) -> str:
    """What else to say of a rule: its own note, else what its other keys come to."""
    if note := row.text("note"):
        return note
    parts = []
    if silence:
        parts.append("silence counts as a refusal")
    if pause:
        parts.append(f"the clock stops for: {pause}")
    if starts == "receipt_or_id_confirmed":
        parts.append(_LATER_FOR_ID)
    return "; ".join(parts)


def _extension(row: Row) -> dict[str, object]:
    """The keys of a rule that tell how it can be extended."""
    kind = row.word("extension_kind", DayKind)
    more, total = (
        row.whole("extension_months", of="months"),
        row.whole("extended_total_months", of="months"),
    )
    opened, notice = row.text("extension"), row.text("extension_notice")
    return {
        "extension_days": row.whole("extension_days", least=0),
        "extended_days": row.whole("extension_to_days"),
        "extended_months": total or (more and more + row.whole("months", of="months")),
        "extended_count": _COUNTS[kind][0] if kind else None,
        "extension_open": bool(opened),
        "extension_max": row.whole("extension_max", of="times") or 1,
        "extension_notice": notice or opened,
    }


def _within(condition: str) -> int:
    """The days a condition in words speaks of: `… made within 40 days before …`; 0 for none."""
    said = re.search(r"(\d{1,4}) days before", condition)
    return int(said.group(1)) if said else 0


def rule(row: Row, place: Mapping[str, str], right: Right, key: str = "days") -> Rule:
    """A rule of a place (its `id`, `name` and `holidays`) for a right; errors are noted."""
    days, months = _length(row, key)
    source = row.source()
    starts, pause = row.text("starts") or "receipt", row.text("pause")
    silence = row.word("silence", Silence)
    words = _STARTS.get(starts, starts.replace("_", " "))
    extension = _extension(row)
    for unused in ("lookback_years", "max_days", "out_of_state_days"):
        row.whole(unused, of="years" if "years" in unused else "days")
    row.date("from_date")
    made = Rule(
        id=place["id"],
        name=place["name"],
        right=right,
        cite=source.cite,
        verified=source.verified,
        confidence=source.confidence,
        days=days,
        months=months,
        count=_count(row),
        roll=row.word("roll", Roll) or Roll.NONE,
        starts=words,
        starts_at_payment="payment" in starts,
        starts_at_id="id_confirmed" in starts,
        after_fee_days=row.whole("after_fee_days"),
        alt_days=row.whole("alt_days"),
        alt_within_days=row.whole("alt_within_days") or _within(row.text("alt_if")),
        alt_if=row.text("alt_if"),
        pause=pause,
        silence=silence,
        signature_days=row.whole("signature_max_age_days"),
        statement=row.text("statement"),
        soft=row.flag("soft"),
        basis=row.text("basis"),
        condition=_condition(row),
        note=_rule_note(row, starts, pause, silence),
        **extension,  # type: ignore[arg-type]
    )
    _check_extension(row, made)
    return made


def _tier(row: Row) -> Tier:
    first = row.whole("from", of="pages", must=True)
    last = row.whole("to", of="pages") if row.has("to") else None
    if last is not None and 0 < last < first:
        row.wrong("to", "lies before the first page of its tier")
    return Tier(first, last, row.money("amount", must=True) or Decimal(0))


def _tiers(row: Row, key: str) -> tuple[Tier, ...]:
    made = each(row.many(key), _tier)
    for before, after in itertools.pairwise(made):
        if before.last is None or after.first != before.last + 1:
            row.wrong(key, "have to follow one on another without a gap, the last without an end")
            break
    return made


_NEEDS = {
    FeeKind.PER_PAGE: "tiers",
    FeeKind.FLAT: "amount",
    FeeKind.CAP_TOTAL: "amount",
    FeeKind.FLAT_OPTION: "amount",
}


def fee(row: Row, place: Mapping[str, str], currency: str) -> FeeRule:
    """A fee rule of a place in its currency; errors are noted."""
    kind = row.word("kind", FeeKind, must=True) or FeeKind.REASONABLE
    amount, tiers = row.money("amount"), _tiers(row, "tiers")
    need = _NEEDS.get(kind)
    if need and not row.has(need):
        row.wrong(need, f"is missing for a fee of the kind {kind}")
    holder = row.text("holder")
    if holder and holder not in HOLDERS:
        row.wrong("holder", f"is not a kind of holder: {holder}")
    return FeeRule(
        place=place["id"],
        name=place["name"],
        audience=row.word("audience", Audience, must=True) or Audience.PATIENT,
        medium=row.word("medium", Medium) or Medium.ANY,
        kind=kind,
        currency=currency,
        source=row.source(),
        amount=amount,
        base=row.money("base") or Decimal(0),
        base_pages=row.whole("base_pages", of="pages"),
        tiers=tiers,
        cap=row.money("cap"),
        cap_unit=row.text("cap_unit"),
        factor=row.money("electronic_factor"),
        allowed=row.texts("allowed"),
        forbidden=row.texts("forbidden"),
        holder=holder,
        condition=row.text("condition"),
        adjusted=row.text("adjusted"),
        note=row.text("note"),
    )


_SINCE = {
    "knew": "the day you knew of it",
    "knew_or_should_have_known": "the day you knew of it or should have",
    "refusal_or_deemed_refusal": "the refusal, or the day silence counts as one",
}


def regulator(row: Row) -> Regulator:
    """A regulator; errors are noted."""
    since = row.text("complaint_from")
    made = Regulator(
        name=row.text("name", must=True),
        source=row.source(),
        days=row.whole("complaint_days"),
        months=row.whole("complaint_months", of="months"),
        informal_months=row.whole("informal_window_months", of="months"),
        since=_SINCE.get(since, since.replace("_", " ")),
        waivable=row.flag("waivable"),
        first_step=row.text("first_step"),
        about=row.text("about"),
    )
    if made.days and made.months:
        row.wrong("complaint_months", "cannot stand beside complaint_days")
    return made


def holders(row: Row, key: str) -> frozenset[str]:
    """Kinds of holder; `any` is every kind, and so is no list at all."""
    named = row.texts(key)
    for holder in named:
        if holder not in HOLDERS:
            row.wrong(key, f"has a kind of holder that is not known: {holder}")
    return frozenset() if "any" in named else frozenset(named)


def ground(row: Row) -> Ground:
    """A ground of denial. The source's trust may be left out, and is then at its least."""
    return Ground(
        id=row.name("id", must=True),
        right=row.word("right", Right, must=True) or Right.ACCESS,
        reviewable=row.flag("reviewable"),
        words=row.text("words") or row.text("id").replace("-", " "),
        source=_cited(row),
    )


def _cited(row: Row) -> Source:
    row.text("cite", must=True)
    return row.source(must=False)


def never_valid(row: Row) -> NeverValid:
    """Something that is no ground."""
    return NeverValid(row.name("id", must=True), row.text("words", must=True), row.source())


def notice_part(row: Row) -> NoticePart:
    """Something a denial has to hold."""
    return NoticePart(
        id=row.name("id", must=True),
        right=row.word("right", Right, must=True) or Right.ACCESS,
        words=row.text("words", must=True),
        source=row.source(),
        only_if=row.text("only_if"),
    )


def retention(row: Row) -> Retention:
    """How long records are kept."""
    return Retention(
        id=row.name("id", must=True),
        place=row.name("place", must=True),
        holders=holders(row, "holders"),
        words=row.text("words", must=True),
        source=row.source(),
        years=row.whole("years", of="years"),
        since=row.text("since"),
        minor_age=row.whole("minor_age", of="years"),
    )
