"""What a letter says of the time for an answer, of delay, and of a refusal."""

from __future__ import annotations

from vault.errors import Refused
from vault.law.clock import Due
from vault.law.terms import Confidence, Roll, Rule
from vault.letters.asking.content import Content, Written
from vault.letters.asking.words import Block, claim, guessed, h, hipaa, p, span
from vault.letters.compose import written_out

_HIPAA = "us-hipaa"
REASONABLE = "Please act on this request within a reasonable time and answer me in writing."
"""What is asked for where no rule recorded gives a time."""
_LONGER = (
    "If you cannot answer in that time, please tell me in writing, before it is over, why, and by "
    "what date you will answer."
)
_THEN = (
    "In that case please tell me in writing, before the first time is over, why, and by what date "
    "you will answer."
)


def asked(rule: Rule) -> str:
    """The time asked for, with its rule; guidance is called that, and what is unsure too."""
    said = f"Please act on this request within {span(rule)} of receiving it"
    if rule.soft:
        return (
            f"{said}. I understand that this time is guidance rather than a fixed limit "
            f"({rule.cite})."
        )
    if rule.confidence is Confidence.HIGH:
        return f"{said} ({rule.cite})."
    return f"{said}. I understand that this is the time the law gives you ({rule.cite})."


def if_you(condition: str) -> str:
    """A condition of the data, told to the holder."""
    return condition.replace("the holder keeps", "you keep")


def _other(rule: Rule) -> list[str]:
    """The times that hold only under a condition."""
    found = []
    if rule.condition:
        condition = if_you(rule.condition)
        clause = f"the time is {span(rule)} where {condition}"
        found.append(f"I understand that {clause} ({rule.cite}).")
    if rule.alt_days:
        found.append(
            f"I understand that the time is {rule.alt_days} days where {rule.alt_if} ({rule.cite})."
        )
    return found


def _hipaa_extension(rule: Rule) -> str:
    first = span(rule)
    most = f", by no more than {rule.extension_days} days," if rule.extension_days else ""
    return (
        f"you may extend this time once{most} only if within the first {first} you tell me in "
        f"writing why, and by what date you will act"
    )


def _extension(rule: Rule) -> str:
    """What the rule says of more time, and what is asked where it says nothing."""
    if rule.id == _HIPAA:
        return f"By the same rule {_hipaa_extension(rule)}."
    total = rule.extended_months if rule.months else rule.extended_days
    if total:
        clause = f"if you need longer, you may take at most {span(rule, total)} in all"
    elif rule.extension_days:
        clause = f"if you need longer, you may take at most {rule.extension_days} days more, once"
    else:
        return _LONGER
    notice = rule.extension_notice.rstrip(".")
    lead = "By the same rule" if rule.confidence is Confidence.HIGH else "I understand that"
    return f"{lead} {clause}. " + (f"In that case please send me {notice}." if notice else _THEN)


def deadline(c: Written) -> list[Block]:
    """The heading and sentences on time: no date, for the day of arrival is not known yet."""
    main = c.law.main
    if main is None:
        return [h("Time"), p(REASONABLE)]
    found = [h("Time"), p(asked(main), _extension(main)), p(*_conditions(c, main))]
    own = next((r for r in c.law.binding if r.id == _HIPAA), None)
    if own is not None and main.id != _HIPAA:
        longer = _hipaa_extension(own).replace("you may extend this time", "which you may extend")
        clause = f"HIPAA in any case gives you no more than {span(own)}, {longer}"
        found.append(p(claim(clause, own.source)))
    return found


def _conditions(c: Written, main: Rule) -> list[str]:
    shorter = [
        r for r in c.law.binding if r is not main and r.condition and r.length <= main.length
    ]
    return [line for rule in (main, *shorter) for line in _other(rule)]


def refusal(c: Content) -> list[Block]:
    """What a refusal is asked to say; under HIPAA the parts that its rule lists."""
    if not c.law.hipaa:
        return [
            h("If you refuse"),
            p(
                "If you refuse all or part of this request, please give me the rest, and tell me "
                "in writing which part you refuse, why, and how I can object or complain."
            ),
        ]
    return [
        h("If you refuse"),
        p(
            "If you deny all or part of this request, please do so in writing.",
            "I understand that a denial is to say, in plain language, on what ground it rests; "
            "how I can have it reviewed, where the ground allows that; and how I can complain to "
            "you, with a name or title and a telephone number, and to the U.S. Department of "
            "Health and Human Services (45 CFR 164.524(d)(2)).",
        ),
        p(
            claim("the rest of the record is to be given all the same", hipaa("164.524(d)(1)")),
            claim(
                "where you do not hold a record and know who does, you tell me where to ask",
                hipaa("164.524(d)(3)"),
            ),
        ),
    ]


def day_of(due: Due) -> str:
    """The day an answer is due, both days where it is open whether the law moves it."""
    if due.on == due.rolled or due.rule.roll is Roll.FORWARD:
        return written_out(due.rolled)
    return (
        f"{written_out(due.on)} ({written_out(due.rolled)} where the law moves it to a working day)"
    )


def due_line(c: Written, *, over: bool) -> str:
    """By what day an answer is or was due, with its rule, as sure as the data is."""
    due = c.due
    if due is None or due.rule.compared:
        return "I asked you to answer within a reasonable time."
    rule, day = due.rule, day_of(due)
    held = f", if {if_you(rule.condition)}" if rule.condition else ""
    tail = f"{held}{guessed(c)} ({rule.cite})"
    if rule.soft:
        ended = "ended" if over else "ends"
        return f"The time that guidance gives for an answer {ended} on {day}{tail}."
    clause = f"an answer {'was' if over else 'is'} due by {day}{tail}"
    if rule.confidence is Confidence.HIGH and not c.standing.assumed and not rule.condition:
        return f"{clause[:1].upper()}{clause[1:]}."
    return f"I understand that {clause}."


def must_be_over(c: Content) -> None:
    """Raise Refused where the time for an answer is not over on the day of the letter."""
    if c.due is None:
        raise Refused(
            "no time for an answer is running, so none can be over",
            f"chartmend request show {c.reference}",
        )
    if c.on <= c.due.rolled:
        raise Refused(
            f"the time for an answer runs to {c.due.rolled.isoformat()}, so it is not over yet",
            f"chartmend request letter {c.reference} --kind reminder",
        )
