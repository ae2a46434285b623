"""The evidence on one request: what happened, by which rules, and the papers that show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vault import png
from vault.law import complaint, denial, fees, pause, say, tariffs
from vault.law.extension import verdict
from vault.letters import render
from vault.letters.asking.complaint import happened, windows
from vault.letters.asking.content import Content, fit_to_print
from vault.letters.asking.fees import quote
from vault.letters.asking.sheaf import Part
from vault.letters.asking.words import Block, bullets, events, h, last, p, rows
from vault.letters.compose import inline, written_out
from vault.letters.render import Typesetter
from vault.model.letters import Typeset
from vault.model.reading import Picture
from vault.model.requests import Event, RequestEvent

_E = RequestEvent
_FEES = (_E.FEE_QUOTED, _E.FEE_ITEMISED, _E.FEE_DISPUTED, _E.FEE_PAID, _E.FEE_RECEIPT)
_OWN = frozenset({_E.DRAFTED, _E.READY, _E.FORM_CHECKED, _E.REVIEWED, _E.NOTE})
_OWN_WORDS = {
    _E.DRAFTED: "I began the request",
    _E.READY: "the request was ready",
    _E.FORM_CHECKED: "I looked at the filled form",
    _E.REVIEWED: "I looked through what came",
    _E.NOTE: "a note of mine",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A record that came: its title, how and when, its pages, and the SHA-256 of its file."""

    title: str
    custody: str
    received: dt.date | None
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that goes into a binder; `complete` says how complete the request is.

    `state` and `outcome` are the request's, in words; `pictures` are pages of records, by title.
    """

    content: Content
    state: str
    outcome: str
    complete: str
    items: tuple[tuple[str, str], ...]
    records: tuple[Held, ...]
    letters: tuple[Part, ...]
    pictures: tuple[tuple[str, tuple[Picture, ...]], ...] = ()


def _section(title: str, blocks: Sequence[Block]) -> dict[str, object]:
    return {"title": title, "blocks": list(blocks)}


def _line(event: Event) -> str:
    kind = RequestEvent(event.kind)
    said = _OWN_WORDS[kind] if kind in _OWN else happened(event)
    who = f" ({inline(event.detail.who)})" if event.detail.who else ""
    note = f": “{inline(event.note)}”" if event.note else ""
    return f"{said[:1].upper()}{said[1:]}{who}{note}"


def _timeline(c: Content) -> dict[str, object]:
    return _section("What happened", [rows([(written_out(e.on), _line(e)) for e in _all(c)])])


def _all(c: Content) -> tuple[Event, ...]:
    return c.standing.events


def _pauses(c: Content) -> list[str]:
    """What becomes of each pause they claimed."""
    if c.first_due is None:
        return []
    found = []
    for claimed in events(c, _E.PAUSE_CLAIMED):
        asked = [e for e in events(c, _E.CLARIFICATION_ASKED) if e.on <= claimed.on]
        later = [e.on for e in events(c, _E.ANSWERED) if e.on >= claimed.on]
        judged = pause.verdict(
            c.first_due, claimed.on, min(later, default=None), clarifies=bool(asked)
        )
        found.append(judged.why)
    return found


def _clock(c: Content) -> dict[str, object]:
    due = c.first_due
    if due is None:
        return _section("The time for an answer", [p("No time is running for this request.")])
    assumed = "day of arrival assumed" if c.standing.assumed else ""
    said, granted, holds = [say.sentence(due, assumed)], 0, None
    for notice in c.standing.notices:
        d = notice.detail
        judged = verdict(
            due.rule, due.start, notice.on, d.until, d.reason, granted + 1, holds=holds
        )
        granted += judged.lawful
        holds = judged.until if judged.lawful else holds
        said.append(judged.why)
    refused = complaint.deemed_refused_on(due)
    if refused is not None and c.on >= refused:
        said.append(f"No answer counts as a refusal from {say.day(refused)} on.")
    return _section("The time for an answer", [bullets([*said, *_pauses(c)])])


def _windows(c: Content) -> list[str]:
    found = windows(c)
    if not found:
        return [complaint.sentence(regulator) for regulator in c.law.regulators]
    return [complaint.said(window) for window in found]


def _fees(c: Content) -> list[dict[str, object]]:
    told = events(c, *_FEES)
    if not told:
        return []
    blocks: list[Block] = [rows([(written_out(e.on), _line(e)) for e in told])]
    quoted = last(c, _E.FEE_QUOTED)
    if quoted is not None and (quoted.detail.amount is not None or quoted.detail.lines):
        asked = quote(c, quoted)
        found = fees.check(c.law.place, c.holder.kind, asked, c.law.book)
        if found:
            blocks.append(bullets([finding.sentence for finding in found]))
    return [_section("Fees", blocks)]


def _law(c: Content) -> dict[str, object]:
    """The rules quoted, each with its source and how sure the data is of it."""
    said = []
    for rule in c.law.rules:
        remarks = ("shown for comparison",) if rule.compared else say.remarks(rule)
        said.append(f"{rule.name}: {say.span(rule)} {say.source(rule, remarks)}")
    blocks: list[Block] = [h("Time"), bullets(said)]
    if c.law.fees:
        blocks += [h("Fees"), bullets([tariffs.sentence(fee) for fee in c.law.fees])]
    if last(c, _E.DENIED, _E.WITHHELD) is not None and c.law.grounds:
        blocks += [
            h("Grounds of a refusal"),
            bullets([denial.ground_line(g) for g in c.law.grounds]),
        ]
    windows = _windows(c)
    if windows:
        blocks += [h("Complaints"), bullets(windows)]
    blocks.append(
        p("This quotes rules and is no legal advice. Laws change: check the current text.")
    )
    return _section("The rules", blocks)


def _records(found: Sequence[Held]) -> dict[str, object]:
    return _section("Records that came", files(found))


def files(found: Sequence[Held]) -> list[Block]:
    """Records with how they came and the SHA-256 of each file, as anybody can count it again."""
    if not found:
        return [p("None.")]
    blocks: list[Block] = []
    for held in found:
        came = written_out(held.received) if held.received else ""
        blocks += [
            h(inline(held.title)),
            rows(
                [
                    ("Received", came),
                    ("How it came", inline(held.custody)),
                    ("Pages", str(held.pages) if held.pages else ""),
                    ("SHA-256", " ".join(held.sha256[i : i + 16] for i in range(0, 64, 16))),
                ]
            ),
        ]
    return blocks


def compose(evidence: Evidence) -> dict[str, object]:
    """Everything the template needs, as data that goes into JSON."""
    c = fit_to_print(evidence.content)
    who = c.signer or c.patient
    cover = [
        ("Patient", f"{c.patient.name}, born {written_out(c.patient.born)}"),
        ("Asked by", f"{who.name}{f', {c.signer.relationship}' if c.signer else ''}"),
        ("Asked of", ", ".join([c.holder.name, *c.holder.lines])),
        ("Asked for", ", ".join(want.words for want in c.wants)),
        ("My reference", c.reference),
        ("Their reference", inline(c.standing.number)),
        ("State", evidence.state),
        ("Outcome", evidence.outcome),
        ("How complete", evidence.complete),
        ("As of", written_out(c.on)),
    ]
    names = [part.title for part in evidence.letters]
    papers: list[Block] = [bullets(names)] if names else [p("None.")]
    items = [rows([(inline(what), inline(became)) for what, became in evidence.items])]
    return {
        "title": "A request for health records: the evidence",
        "paper": c.paper,
        "date": [c.on.year, c.on.month, c.on.day],
        "signed": who.name,
        "rows": [[name, value] for name, value in cover if value],
        "footer": f"{c.patient.name} · {c.reference}",
        "sections": [
            _timeline(c),
            _clock(c),
            _section("What was asked for, and what became of it", items),
            *_fees(c),
            _records(evidence.records),
            _law(c),
            _section("Papers that follow", papers),
        ],
        "parts": [
            {"title": part.title, "pages": part.pages, "pdf": list(part.pdf)}
            for part in evidence.letters
        ],
        "pictures": [
            {"title": inline(title), "pages": [list(png.encode(picture)) for picture in drawn]}
            for title, drawn in evidence.pictures
        ],
    }


def render_binder(evidence: Evidence, typesetter: Typesetter) -> Typeset:
    """Typeset a binder; the same evidence gives the same bytes."""
    return render.typeset("binder", compose(evidence), evidence.content.on, typesetter)
