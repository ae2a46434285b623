"""The frame of every letter of asking: head, rows that identify the request, end, plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from vault.letters.asking.complaint import regulator_of
from vault.letters.asking.content import Content, Regime, Written
from vault.letters.asking.words import Block, capital, regulator_name
from vault.letters.compose import written_out
from vault.model.asking_letters import FIRST, LetterKind

_K = LetterKind
_TITLES = {
    _K.ACCESS_REQUEST: "Request for access to health records",
    _K.INSPECTION_REQUEST: "Request to look at health records",
    _K.AUTHORIZATION: "Authorization to disclose health information",
    _K.ACKNOWLEDGEMENT: "Request for health records: please confirm that it came",
    _K.REMINDER: "Request for health records: a reminder",
    _K.OVERDUE: "Request for health records: the time for an answer is over",
    _K.DEEMED_REFUSAL: "Request for health records: no answer counts as a refusal",
    _K.EXTENSION: "Request for health records: your notice of delay",
    _K.IDENTITY: "Request for health records: proof of who I am",
    _K.NO_REASON: "Request for health records: no reason is given",
    _K.NO_NOTARY: "Request for health records: signature before a notary",
    _K.NO_VISIT: "Request for health records: coming in person",
    _K.NO_PORTAL: "Request for health records: your portal",
    _K.OWN_FORM: "Request for health records: your own form",
    _K.ITEMISATION: "Request for health records: what your fee is made up of",
    _K.FEE_DISPUTE: "Request for health records: your fee",
    _K.LINK_ENDED: "Request for health records: link or password",
    _K.LOST: "Request for health records: sent again",
    _K.NOT_OURS: "Request for health records: who holds them",
    _K.NOT_SUMMARY: "Request for health records: not a summary",
    _K.SHORTFALL: "Request for health records: what is still missing",
    _K.STATEMENT: "Request for health records: a written statement",
    _K.DENIAL_PARTS: "Request for health records: your refusal",
    _K.REVIEW: "Request for health records: review of your refusal",
    _K.HOLDER_COMPLAINT: "Complaint about a request for health records",
    _K.COMPLAINT: "Complaint about access to health records",
    _K.WITHDRAWAL: "Request for health records: withdrawn",
    _K.THANKS: "Request for health records: complete, with thanks",
}
_ACCESS_TITLES = {
    Regime.UK: "Subject access request: health records",
    Regime.UK_DECEASED: "Application for the health records of somebody who has died",
    Regime.EU: "Request for access to health data",
    Regime.AUSTRALIA: "Request for access to health information",
    Regime.NEW_ZEALAND: "Request for health information",
}
_ENCLOSING = frozenset({*FIRST, _K.IDENTITY, _K.COMPLAINT, _K.LOST})


def title(c: Content) -> str:
    """What the letter is called."""
    if c.kind is _K.ACCESS_REQUEST:
        return _ACCESS_TITLES.get(c.law.regime, _TITLES[c.kind])
    return _TITLES[c.kind]


def sender(c: Written) -> list[str]:
    """The lines of whoever signs, the name first."""
    who = c.signer or c.patient
    return [part for part in (who.name, *who.lines, who.phone, who.email) if part]


def _to(c: Content) -> list[str]:
    if c.kind is _K.COMPLAINT:
        return [capital(regulator_name(regulator_of(c)))]
    return [part for part in (c.holder.name, c.holder.desk, *c.holder.lines) if part]


def _rows(c: Content) -> list[list[str]]:
    """The rows by which the records office finds the chart and the request."""
    patient, first = c.patient, c.kind in FIRST
    pairs = [
        ("Patient", patient.name),
        ("Former names", ", ".join(patient.former_names)),
        ("Date of birth", written_out(patient.born)),
        ("Died on", written_out(patient.died) if patient.died else ""),
        ("Address", ", ".join(patient.lines) if first else ""),
        ("Telephone", patient.phone if first and not c.signer else ""),
        ("E-mail", patient.email if first and not c.signer else ""),
        ("Record number", patient.mrn),
        ("My reference", c.reference),
        ("Your reference", c.standing.number if not first and c.kind is not _K.COMPLAINT else ""),
        ("Their reference", c.standing.number if c.kind is _K.COMPLAINT else ""),
    ]
    return [[name, value] for name, value in pairs if value]


def _closing(c: Content) -> str:
    who = c.signer or c.patient
    ways = " or ".join(way for way in (who.phone, who.email) if way)
    reach = f" at {ways}" if ways else ""
    if c.kind in (_K.AUTHORIZATION, _K.WITHDRAWAL, _K.THANKS):
        return ""
    return f"If anything is unclear, please contact me{reach}. Thank you for your help."


def role(c: Written) -> str:
    """For whom somebody signs, and as what; empty where the patient signs."""
    if c.signer is None:
        return ""
    named = f", as {c.signer.relationship}" if c.signer.relationship else ""
    return f"for {c.patient.name}{named}"


def framed(c: Content, body: Sequence[Block]) -> dict[str, object]:
    """Everything the template needs: the body within head and end, as data that goes into JSON."""
    home = c.law.regime in (Regime.US, Regime.ONTARIO, Regime.OTHER)
    greeting = "Dear Records Office,"
    if c.kind is _K.COMPLAINT:
        greeting = "To whom it may concern,"
    if c.kind is _K.AUTHORIZATION:
        greeting = ""
    lines = sender(c)
    return {
        "title": title(c),
        "paper": c.paper,
        "date": [c.on.year, c.on.month, c.on.day],
        "date_text": written_out(c.on),
        "sender": lines,
        "to": _to(c),
        "rows": _rows(c),
        "greeting": greeting,
        "body": [block for block in body if holds(block)],
        "closing": _closing(c),
        "end": "" if c.kind is _K.AUTHORIZATION else "Sincerely," if home else "Yours faithfully,",
        "signed": lines[0],
        "role": role(c),
        "enclosures": list(c.enclosures) if c.kind in _ENCLOSING else [],
        "footer": f"{c.patient.name}, born {written_out(c.patient.born)} · {c.reference}",
    }


def holds(block: Block) -> bool:
    """Whether a block says anything."""
    return any(value for name, value in block.items() if name != "type")


def _boxed(row: tuple[bool, str, str]) -> str:
    on, words, remark = row
    return f"[{'x' if on else ' '}] {words}" + (f" ({remark})" if remark else "")


def spoken(block: Block) -> list[str]:
    """A block as plain lines."""
    kind, text = block["type"], str(block.get("text", ""))
    items = cast("list[str]", block.get("items", []))
    if kind == "h":
        return [text, "-" * len(text)]
    if kind == "boxes":
        return [_boxed(row) for row in cast("list[tuple[bool, str, str]]", items)]
    if kind in ("list", "lines"):
        return [f"- {item}" if kind == "list" else f"  {item}" for item in items]
    if kind == "blanks":
        return [f"{name}: ____" for name in cast("list[str]", block["names"])]
    pairs = cast("list[list[str]]", block.get("rows", []))
    return [text] if kind == "p" else [f"{name}: {value}" for name, value in pairs]


def plain(data: dict[str, object], speak: Callable[[Block], list[str]] = spoken) -> str:
    """The whole letter as text, for reading beside its picture or aloud.

    `speak` gives the lines of a block, where a letter has blocks of its own.
    """
    parts = [
        cast("list[str]", data["sender"]),
        [str(data["date_text"])],
        cast("list[str]", data["to"]),
        [str(data["title"]), "=" * len(str(data["title"]))],
        [f"{name}: {value}" for name, value in cast("list[list[str]]", data["rows"])],
        [str(data["greeting"])],
        *map(speak, cast("list[Block]", data["body"])),
        [str(data["closing"])],
        [str(data["end"])],
        ["____ (signature)   ____ (date)", str(data["signed"]), str(data["role"])],
    ]
    enclosures = cast("list[str]", data["enclosures"])
    if enclosures:
        parts.append(["Enclosed:", *(f"- {item}" for item in enclosures)])
    said = ("\n".join(line for line in part if line) for part in parts)
    return "\n\n".join(part for part in said if part) + "\n"
