"""Letters while nothing has come: is it there, when will it come, the time is over."""

from __future__ import annotations

import datetime as dt

from vault.errors import Refused
from vault.law import clock
from vault.law.clock import Due
from vault.law.terms import Confidence, Rule, Silence
from vault.letters.asking import time
from vault.letters.asking.complaint import regulator_of
from vault.letters.asking.content import Content
from vault.letters.asking.words import (
    Block,
    bullets,
    claim,
    events,
    last,
    need,
    p,
    sent_line,
    span,
    the,
    they_said,
)
from vault.letters.compose import inline, written_out
from vault.model.requests import Event, RequestEvent

_COMPLAIN = "If I hear nothing, I may complain to"


def _nothing_yet(c: Content) -> str:
    """What has come so far, so that nothing is said to be missing that is there."""
    if events(c, RequestEvent.RECEIVED, RequestEvent.PARTIAL):
        return "I have not received all of it."
    return "I have received no records yet."


def acknowledgement(c: Content) -> list[Block]:
    """Asks whether the request came, by which number it goes, and who works on it."""
    return [
        p(sent_line(c), "Please confirm that you have it. Please tell me:"),
        bullets(
            [
                "the day it reached you",
                "your reference for it, if you give one",
                "who works on it, if that is another company, and how I can reach them",
                "whether you need anything more from me",
            ]
        ),
        p(time.due_line(c, over=False)),
    ]


def reminder(c: Content) -> list[Block]:
    """Reminds them of the day an answer is due; raises Refused once that has passed."""
    opening = sent_line(c)
    if c.due is not None and c.on > c.due.rolled:
        raise Refused(
            "the time for an answer is over, so this is no reminder any more",
            f"chartmend request letter {c.reference} --kind overdue",
        )
    promised = last(c, RequestEvent.PROMISED)
    said = ""
    if promised is not None and promised.detail.until is not None:
        day = written_out(promised.detail.until)
        said = f"On {written_out(promised.on)} you told me to expect it by {day}."
    return [
        p(opening, _nothing_yet(c), said),
        p(time.due_line(c, over=False)),
        p("Please tell me how far it has come, and whether anything is missing that I can send."),
    ]


def _regulator(c: Content) -> str:
    if not c.law.regulators:
        return ""
    nearest = regulator_of(c)
    return f"{_COMPLAIN} {the(nearest)} ({nearest.source.cite})."


def overdue(c: Content) -> list[Block]:
    """Tells them that the time is over, and asks for the records or a written answer."""
    opening = sent_line(c)
    time.must_be_over(c)
    earlier = events(c, RequestEvent.REMINDED)
    reminded = f"I reminded you on {written_out(earlier[-1].on)}." if earlier else ""
    no_notice = ""
    if not c.standing.notices:
        no_notice = "I have had no notice that you need longer."
    return [
        p(opening, reminded, _nothing_yet(c)),
        p(time.due_line(c, over=True), no_notice),
        p(
            "Please send the records now. If you will not, please tell me in writing what you "
            "refuse and why. If you have answered already, please send me that answer again."
        ),
        p(_regulator(c)),
    ]


def deemed_refusal(c: Content) -> list[Block]:
    """Treats silence as a refusal, where the rule of the place says it is one."""
    opening = sent_line(c)
    time.must_be_over(c)
    due = c.due
    if due is None or due.rule.silence is not Silence.DEEMED_REFUSAL:
        raise Refused(
            "no rule is recorded here by which silence is a refusal",
            f"chartmend request letter {c.reference} --kind overdue",
        )
    since = written_out(due.rolled + dt.timedelta(days=1))
    rule = due.rule.source
    return [
        p(opening, _nothing_yet(c), time.due_line(c, over=True)),
        p(
            claim(f"no answer in that time counts as a refusal, here since {since}", rule),
            "Please tell me in writing whether you stand by it and why, or send the records.",
        ),
        p(_regulator(c)),
    ]


def _granted_before(c: Content, notice: Event) -> int:
    return sum(1 for e in c.standing.notices if e.seq < notice.seq and e.detail.lawful)


def flaws(rule: Rule, due: Due, notice: Event, before: int) -> list[str]:
    """What keeps a notice of delay from putting the date off, each as a sentence to the holder."""
    found, detail = [], notice.detail
    if before >= rule.extension_max and rule.extends:
        often = "once" if rule.extension_max == 1 else f"{rule.extension_max} times"
        found.append(f"It is a further one, and the time can be extended {often} only.")
    if not rule.extends:
        found.append("The rule knows no extension.")
    if notice.on > due.limit:
        last_day = written_out(due.limit)
        found.append(f"It came after {last_day}, the day by which it had to come.")
    if not detail.reason.strip():
        found.append("It gives no reason.")
    if detail.until is None:
        found.append("It gives no date by which you will answer.")
    latest = clock.extended(rule, due.start) if rule.extends else None
    if latest is not None and detail.until is not None and detail.until > latest:
        found.append(f"It names a day after {written_out(latest)}, the latest there may be.")
    return found


def unlawful(c: Content) -> bool:
    """Whether the last notice of delay does not put the date off."""
    notice, due = last(c, RequestEvent.EXTENDED), c.first_due
    if notice is None or due is None or due.rule.compared:
        return False
    return bool(flaws(due.rule, due, notice, _granted_before(c, notice)))


def extension(c: Content) -> list[Block]:
    """Objects to a notice of delay; raises Refused where it is a lawful one."""
    opening = sent_line(c)
    notice = need(c, "which delay they told of", RequestEvent.EXTENDED)
    due = c.first_due
    if due is None or due.rule.compared:
        raise Refused(
            "no rule is recorded that binds this holder, so no delay can be measured by one",
            f"chartmend request letter {c.reference} --kind reminder",
        )
    wrong = flaws(due.rule, due, notice, _granted_before(c, notice))
    if not wrong:
        raise Refused(
            "by the rule that counts here, this delay is lawful",
            f"chartmend request show {c.reference}",
        )
    until = notice.detail.until
    told = f"told me that you need longer{f', until {written_out(until)}' if until else ''}"
    reason = (
        f" You gave this reason: {inline(notice.detail.reason)}." if notice.detail.reason else ""
    )
    sure = due.rule.confidence is Confidence.HIGH and not due.rule.soft
    lead = (
        "This notice does not extend the time"
        if sure
        else ("I understand that this notice does not extend the time")
    )
    return [
        p(opening, they_said(notice, told) + reason),
        p(f"{lead} ({due.rule.cite}):"),
        bullets(wrong),
        p(
            f"The time for an answer is {span(due.rule)}; it runs to {time.day_of(due)}. "
            "Please answer by then. If you hold that the notice is good, please tell me by which "
            "rule."
        ),
    ]
