"""Letters while no answer has come: did it arrive, when will it come, the time is over."""

from __future__ import annotations

from vault.errors import Refused
from vault.law.terms import Confidence
from vault.letters.asking import time, waiting
from vault.letters.asking.complaint import regulator_of
from vault.letters.asking.words import Block, bullets, h, p, span, the, they_said
from vault.letters.compose import inline, written_out
from vault.letters.correcting.content import Content
from vault.letters.correcting.words import (
    entries,
    last,
    need_formal,
    paragraphs,
    sent_line,
)
from vault.model.corrections import CorrectionEvent, CorrectionState, ItemState

_E = CorrectionEvent


def _need_running(c: Content) -> None:
    if not c.standing.running:
        raise Refused(
            "they have answered, so no answer is owed now",
            f"chartmend correction show {c.reference}",
        )


def _due_line(c: Content, *, over: bool) -> str:
    """By when an answer is due; nothing of a message, for which there is no such day."""
    return time.due_line(c, over=over) if c.formal else ""


def acknowledgement(c: Content) -> list[Block]:
    """Asks whether it came, by which number it goes, and who works on it."""
    opening = sent_line(c)
    if c.standing.state is not CorrectionState.SENT:
        raise Refused("it is known that they have it", f"chartmend correction show {c.reference}")
    wanted = [
        "the day it reached you",
        "your reference for it, if you give one",
        "who works on it, and how I can reach them",
        "whether you need anything more from me",
    ]
    return [
        p(opening, "Please confirm that you have it. Please tell me:"),
        bullets(wanted),
        p(_due_line(c, over=False)),
    ]


def reminder(c: Content) -> list[Block]:
    """Reminds them; raises Refused once the time for an answer is over."""
    opening = sent_line(c)
    _need_running(c)
    if c.due is not None and c.on > c.due.rolled:
        raise Refused(
            "the time for an answer is over, so this is no reminder any more",
            f"chartmend correction letter {c.reference} --kind overdue",
        )
    return [
        p(opening, "I have had no answer yet. It is about:"),
        entries(c.of(ItemState.OPEN)),
        p(_due_line(c, over=False)),
        p("Please tell me how far it has come, and whether anything is missing that I can send."),
    ]


def must_be_over(c: Content) -> None:
    """Raise Refused where no time for an answer is running, or it is not over."""
    if c.due is None or not c.standing.running:
        raise Refused(
            "no time for an answer is running, so none can be over",
            f"chartmend correction show {c.reference}",
        )
    if c.on <= c.due.rolled:
        raise Refused(
            f"the time for an answer runs to {c.due.rolled.isoformat()}, so it is not over yet",
            f"chartmend correction letter {c.reference} --kind reminder",
        )


def _regulator(c: Content) -> str:
    if not c.law.regulators:
        return ""
    nearest = regulator_of(c)
    return f"If I hear nothing, I may complain to {the(nearest)} ({nearest.source.cite})."


def overdue(c: Content) -> list[Block]:
    """Tells them that the time is over, and asks for an answer."""
    opening = sent_line(c)
    need_formal(c)
    must_be_over(c)
    earlier = last(c, _E.REMINDED)
    reminded = f"I reminded you on {written_out(earlier.on)}." if earlier else ""
    none = "" if c.standing.notices else "I have had no notice that you need longer."
    return [
        p(opening, reminded, "I have had no answer yet to what I asked about:"),
        entries(c.of(ItemState.OPEN)),
        p(_due_line(c, over=True), none),
        p(
            "Please answer now in writing. If you have answered already, please send me that "
            "answer again."
        ),
        p(_regulator(c)),
    ]


def _flaws(c: Content) -> list[str]:
    """What keeps the last notice of delay from putting the date off; () where nothing does."""
    due, notices = c.first_due, c.standing.notices
    if due is None or due.rule.compared or not notices:
        return []
    before = sum(1 for e in notices[:-1] if e.detail.lawful)
    return waiting.flaws(due.rule, due, notices[-1], before)


def unlawful(c: Content) -> bool:
    """Whether the last notice of delay does not put the date off."""
    return c.formal and bool(_flaws(c))


def extension_objection(c: Content) -> list[Block]:
    """Objects to a notice of delay; raises Refused where it is a lawful one."""
    opening = sent_line(c)
    need_formal(c)
    if not c.standing.notices:
        raise Refused(
            "no notice of delay was noted",
            f"chartmend correction log {c.reference} extended --on DATE",
        )
    notice, due, wrong = c.standing.notices[-1], c.first_due, _flaws(c)
    if due is None or due.rule.compared or not wrong:
        why = (
            "by the rule that counts here, this delay is lawful"
            if due is not None and not due.rule.compared
            else "no rule is recorded that binds this holder, so no delay can be measured by one"
        )
        raise Refused(why, f"chartmend correction show {c.reference}")
    until = notice.detail.until
    told = f"told me that you need longer{f', until {written_out(until)}' if until else ''}"
    reason = inline(notice.detail.reason)
    given = f"You gave this reason: {reason}." if reason else ""
    sure = due.rule.confidence is Confidence.HIGH and not due.rule.soft
    lead = "This notice does not extend the time"
    if not sure:
        lead = "I understand that this notice does not extend the time"
    return [
        p(opening, they_said(notice, told), given),
        p(f"{lead} ({due.rule.cite}):"),
        bullets(wrong),
        p(
            f"The time for an answer is {span(due.rule)}; it runs to {time.day_of(due)}. Please "
            "answer by then. If you hold that the notice is good, please tell me by which rule."
        ),
    ]


def information(c: Content) -> list[Block]:
    """Gives what they asked for, in the person's own words."""
    opening = sent_line(c)
    event = last(c, _E.INFO_ASKED)
    if event is None:
        raise Refused(
            "it was not noted that they asked for anything",
            f"chartmend correction log {c.reference} info_asked --on DATE",
        )
    _need_running(c)
    return [
        p(opening, they_said(event, "asked me for more"), "Here it is."),
        h("What you asked for"),
        *paragraphs(c.text),
        p("Please go on with my request. If anything is still missing, please tell me what."),
        p(_due_line(c, over=c.due is not None and c.on > c.due.rolled)),
    ]
