"""The frame of every letter of a correction: head, rows, end, the sheets, and the plain text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from vault.letters.asking import frame
from vault.letters.asking.complaint import regulator_of
from vault.letters.asking.content import Regime
from vault.letters.asking.words import Block, capital, regulator_name
from vault.letters.compose import written_out
from vault.letters.correcting.accepted import addressee
from vault.letters.correcting.content import Content
from vault.letters.correcting.words import amend, amendment
from vault.model.correction_letters import FIRST, CorrectionLetterKind

_K = CorrectionLetterKind
_TITLES = {
    _K.INFORMAL_MESSAGE: "Something in my health record is not right",
    _K.ACKNOWLEDGEMENT: "please confirm that it came",
    _K.REMINDER: "a reminder",
    _K.OVERDUE: "the time for an answer is over",
    _K.EXTENSION_OBJECTION: "your notice of delay",
    _K.INFORMATION: "what you asked for",
    _K.DENIAL_PARTS: "your denial",
    _K.DISAGREEMENT: "statement of disagreement",
    _K.ATTACH_REQUEST: "to go with future disclosures",
    _K.REBUTTAL_COPY: "your answer to my statement",
    _K.MORE_EVIDENCE: "once more, with what is new",
    _K.AGREE_NOTIFY: "who is to be told",
    _K.COPY_ORDER: "a fresh copy, please",
    _K.NOT_CARRIED_OUT: "not carried out",
    _K.WITHDRAWAL: "withdrawn",
    _K.THANKS: "done, with thanks",
}
_USUAL, _SIZE = 11, 10.5
"""Sizes of type in points: a letter with sheets behind it is to stay on one page if it can."""

_SHORT = frozenset({_K.WITHDRAWAL, _K.THANKS})
_ELSEWHERE = frozenset({_K.COMPLAINT, _K.NOTIFY_HOLDER})
"""Letters to somebody else than the holder that was asked."""


def title(c: Content) -> str:
    """What the letter is called."""
    whose = "a" if c.signer else "my"
    if c.kind in (_K.AMENDMENT_REQUEST, _K.ORIGINATOR):
        return f"Request to {amend(c)} {whose} health record"
    if c.kind is _K.INFORMAL_MESSAGE:
        return _TITLES[c.kind].replace("my", whose)
    if c.kind is _K.NOTIFY_HOLDER:
        return f"{capital(amendment(c))} of {whose} health record by another holder"
    if c.kind is _K.HOLDER_COMPLAINT:
        return f"Complaint about a request to {amend(c)} {whose} health record"
    if c.kind is _K.COMPLAINT:
        return f"Complaint about the {amendment(c)} of health records"
    asked = f"Request to {amend(c)} {whose} health record" if c.formal else "My message"
    return f"{asked}: {_TITLES[c.kind]}"


def _to(c: Content) -> list[str]:
    if c.kind is _K.COMPLAINT:
        return [capital(regulator_name(regulator_of(c)))]
    if c.kind is _K.NOTIFY_HOLDER:
        told = addressee(c)
        return [part for part in (told.name, *told.lines) if part]
    return [part for part in (c.holder.name, c.holder.desk, *c.holder.lines) if part]


def _rows(c: Content) -> list[list[str]]:
    """The rows by which the records office finds the chart and the request."""
    patient = c.patient
    mrn = addressee(c).mrn if c.kind is _K.NOTIFY_HOLDER else patient.mrn
    theirs = c.kind not in FIRST and c.kind not in _ELSEWHERE
    pairs = [
        ("Patient", patient.name),
        ("Former names", ", ".join(patient.former_names)),
        ("Date of birth", written_out(patient.born)),
        ("Died on", written_out(patient.died) if patient.died else ""),
        ("Record number", mrn),
        ("My reference", c.reference),
        ("Your reference", c.number if theirs else ""),
        ("Their reference", c.number if c.kind is _K.COMPLAINT else ""),
    ]
    return [[name, value] for name, value in pairs if value]


def _closing(c: Content) -> str:
    if c.kind in _SHORT:
        return ""
    who = c.signer or c.patient
    ways = " or ".join(way for way in (who.phone, who.email) if way)
    reach = f" at {ways}" if ways else ""
    return f"If anything is unclear, please contact me{reach}. Thank you for your help."


def framed(
    c: Content, body: Sequence[Block], sheets: Sequence[dict[str, object]]
) -> dict[str, object]:
    """Everything the template needs: the body within head and end, and the sheets behind it."""
    home = c.law.regime in (Regime.US, Regime.ONTARIO, Regime.OTHER)
    others = (_K.COMPLAINT, _K.NOTIFY_HOLDER)  # not the records office that was asked
    greeting = "To whom it may concern," if c.kind in others else "Dear Records Office,"
    sender = frame.sender(c)
    return {
        "title": title(c),
        "paper": c.paper,
        "date": [c.on.year, c.on.month, c.on.day],
        "date_text": written_out(c.on),
        "sender": sender,
        "to": _to(c),
        "rows": _rows(c),
        "greeting": greeting,
        "body": [block for block in body if frame.holds(block)],
        "closing": _closing(c),
        "end": "Sincerely," if home else "Yours faithfully,",
        "signed": sender[0],
        "role": frame.role(c),
        "enclosures": list(c.enclosures),
        "footer": f"{c.patient.name}, born {written_out(c.patient.born)} · {c.reference}",
        "sheets": list(sheets),
        "size": _SIZE if sheets else _USUAL,
    }


def _spoken(block: Block) -> list[str]:
    """A block as plain lines; a picture is its caption."""
    kind = block["type"]
    if kind == "own":
        return [str(block["text"])]
    if kind == "picture":
        return [f"[{block['caption']}]"]
    if kind == "fields":
        rows = cast("list[list[str]]", block["rows"])
        return [_field(name, text, style) for name, text, style in rows]
    return frame.spoken(block)


def _field(name: str, text: str, style: str) -> str:
    return f"{name}: “{text}”" if style == "quote" else f"{name}: {text}"


def plain(data: dict[str, object]) -> str:
    """The whole letter as text, its sheets behind it, for reading beside its picture or aloud."""
    said = frame.plain(data, _spoken).rstrip("\n")
    parts = [said]
    for sheet in cast("list[dict[str, object]]", data["sheets"]):
        heading = str(sheet["heading"])
        parts.append(f"{heading}\n{'-' * len(heading)}")
        parts += ["\n".join(_spoken(b)) for b in cast("list[Block]", sheet["body"])]
    return "\n\n".join(part for part in parts if part) + "\n"
