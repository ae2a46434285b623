"""The check before a correction is sent: what is there, what is missing, what is in its way."""

from __future__ import annotations

import datetime as dt

from vault import dates
from vault.actions import authorities, rulebook
from vault.actions import corrections as correction_actions
from vault.actions import documents as document_actions
from vault.actions import filling as form_filling
from vault.actions.asking.preflight import Finding
from vault.actions.correcting import citing, filling, letter_making
from vault.actions.correcting import letters as correction_letters
from vault.actions.correcting.citing import found
from vault.actions.correcting.events import Told
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.errors import Refused
from vault.law import rules, starting
from vault.law.rules import Right
from vault.model.corrections import CorrectionEvent, CorrectionState
from vault.model.letters import Letter
from vault.model.providers import Provider
from vault.model.requests import Detail
from vault.store import authorities as authority_rows
from vault.store import corrections, forms, lookup, offices, providers
from vault.store.database import Db

_UNSENT = (CorrectionState.DRAFT, CorrectionState.READY)


def _sender(db: Db, view: CorrectionView) -> list[Finding]:
    """Whether whoever signs can be answered."""
    held, person = view.correction, view.person
    edit = f"chartmend person edit {person.id}"
    address, ways = person.address, (person.phone, person.email)
    if held.authority:
        who = authority_rows.get(db, held.authority)
        edit = f"chartmend authority edit {held.authority}"
        address, ways = who.address, (who.phone, who.email)
    blocks = not address and not any(ways)
    return [
        found("your postal address", bool(address), f"{edit} --address LINE …", blocks=blocks),
        found("your telephone number or e-mail address", any(ways), f"{edit} --phone … --email …"),
    ]


def _recipient(db: Db, view: CorrectionView, today: dt.date) -> list[Finding]:
    """Whether the letter finds its way, and somebody there."""
    provider = view.provider
    desk = offices.get(db, view.correction.office) if view.correction.office else None
    places = [p for p in (provider, desk) if p is not None]
    reach = any(p.address or p.fax or p.email for p in places)
    edit = f"chartmend provider edit {provider.id}"
    return [
        found("where to send it", reach, f"{edit} --address … --fax … --email …", blocks=True),
        found(
            "their address is confirmed",
            not provider.to_confirm,
            f"it comes from {provider.to_confirm}: ask them, then {edit} --address …",
        ),
        _there(db, view, provider, today),
    ]


def _there(db: Db, view: CorrectionView, provider: Provider, today: dt.date) -> Finding:
    closed = provider.closed_on is not None and provider.closed_on <= today
    hint = "ask who keeps its records now"
    if provider.successor:
        heir = providers.get(db, provider.successor)
        edit = f"chartmend correction edit {view.correction.id} --to {heir.id}"
        hint = f"its records went to {heir.name}: {edit}"
    day = provider.closed_on.isoformat() if provider.closed_on else ""
    return found("the provider still exists", not closed, f"it closed on {day}; {hint}")


def _chart(view: CorrectionView) -> list[Finding]:
    provider = view.provider.id
    hint = f"chartmend person edit {view.person.id} --mrn {provider}=NUMBER"
    known = any(m.provider == provider for m in view.person.mrns)
    return [found("the record number there (the date of birth will do)", known, hint)]


def _capacity(db: Db, view: CorrectionView, today: dt.date) -> list[Finding]:
    """Whether whoever asks may, and what that still lacks to be proven."""
    held = view.correction
    blocked = authorities.blocking(db, held, today)
    hint = f"{blocked}; chartmend correction edit {held.id} --authority AUTH"
    findings = [found("you may ask for this", not blocked, hint, blocks=True)]
    copy = f"chartmend correction enclose {held.id} DOC -o FILE.pdf"
    for sentence in authorities.lacking(db, held, today):
        mend = copy if "copy" in sentence else "chartmend authority edit AUTH --proof DOC"
        if "not of age" in sentence:
            mend = f"chartmend correction edit {held.id} --authority AUTH"
        findings.append(Finding(sentence.rstrip("."), False, mend))
    return findings


def _paper(s: Session, view: CorrectionView, made: Letter | None, today: dt.date) -> list[Finding]:
    """Whether there is a letter or a form, and whether it says what is so now."""
    id_ = view.correction.id
    anew = f"chartmend correction letter {id_} -o FILE.pdf"
    findings = [found("a letter or a filled form", made is not None, anew, blocks=True)]
    if made is None:
        return findings
    if made.kind != forms.LETTER_KIND:
        current = correction_letters.fresh(s, view, made, today)
        hint = f"something changed since it was made: {anew}"
        return [*findings, found("the letter says what is so now", current, hint, blocks=True)]
    current = form_filling.current(s, made, filling.subject(s, id_))
    hint = f"something changed since: chartmend correction form {id_} --form FORM -o FILE.pdf"
    seen = any(
        e.kind == CorrectionEvent.FORM_CHECKED
        and (e.detail.letter == made.id if e.detail.letter else e.at >= made.made_at)
        for e in view.standing.events
    )
    look = f"look at it, then: chartmend correction log {id_} form_checked"
    return [
        *findings,
        found("the filled form says what is so now", current, hint, blocks=True),
        found("the filled form was looked at", seen, look, blocks=True),
    ]


def _signature(
    db: Db, view: CorrectionView, made: Letter | None, signed: dt.date | None, today: dt.date
) -> list[Finding]:
    """Whether it is signed, since it was made, and not too long ago; a message needs no signature.

    A place may say how old a signature may be.
    """
    if not view.correction.formal:
        return []
    hint = f"sign it, then: chartmend correction ready {view.correction.id} --signed DATE"
    findings = [found("it is signed", signed is not None, hint, blocks=True)]
    if made is not None and signed is not None:
        since = signed.isoformat() >= _day_of(made)
        again = "it was made after that day: sign it as it is now"
        findings.append(found("what was signed is what is sent", since, again, blocks=True))
    provider, book = view.provider, rulebook.book(db)
    if not rules.knows(provider.jurisdiction, book):
        return findings
    for rule in rules.choose(provider.jurisdiction, provider.kind, Right.AMENDMENT, book):
        if rule.compared or not rule.signature_days:
            continue
        old = signed is not None and starting.signature_too_old(rule, signed, today)
        what = f"the signature is at most {rule.signature_days} days old ({rule.cite})"
        findings.append(found(what, not old, "sign it anew", blocks=True))
    return findings


def _day_of(made: Letter) -> str:
    """The day a letter was made where the person is; the vault keeps times in UTC."""
    at = dt.datetime.fromisoformat(made.made_at)
    return at.astimezone().date().isoformat()


def _signed_on(view: CorrectionView, given: dt.date | None) -> dt.date | None:
    ready = [e.on for e in view.standing.events if e.kind == CorrectionEvent.READY]
    return given or max(ready, default=None)


def check(
    s: Session, given: str, today: dt.date, signed: dt.date | None = None
) -> tuple[Finding, ...]:
    """Look a correction over before it is sent; `signed` is the day it was signed, if it was.

    What is wrong with one item is a finding that begins with the id of its flag.
    """
    view = correction_actions.get(s, given, today)
    db = s.vault.read()
    made = letter_making.asking(db, view.correction)
    return (
        *_sender(db, view),
        *_recipient(db, view, today),
        *_chart(view),
        *_capacity(db, view, today),
        *citing.check(db, view),
        *_paper(s, view, made, today),
        *_signature(db, view, made, _signed_on(view, signed), today),
    )


def ready(s: Session, given: str, signed: dt.date | None = None) -> CorrectionView:
    """Note that a correction is ready to be sent, with what is enclosed as it is now.

    `signed` is the day it was signed (None: it was not). Raises Refused while something stands
    in the way, or where the correction has been sent.
    """
    today = dates.today()
    view = correction_actions.get(s, given, today)
    if view.standing.state not in _UNSENT:
        raise Refused("this correction has been sent already", f"chartmend correction show {given}")
    in_the_way = [f for f in check(s, given, today, signed) if f.blocks]
    if in_the_way:
        first = in_the_way[0]
        raise Refused(f"not ready: {first.what}", first.hint)
    with s.vault.write("correction.ready") as db:
        held = corrections.get(db, lookup.resolve(db, "correction", given))
        made = letter_making.asking(db, held)
        copies = [e.document.title for e in document_actions.enclosed(db, held.id)]
        shown = [line for flag in view.flags for line in citing.enclosed(db, flag)]
        detail = Detail(letter=made.id if made else "", enclosures=(*copies, *shown))
        told = Told(CorrectionEvent.READY, signed or today, detail=detail)
        correction_actions.keep(db, held, told)
    return correction_actions.get(s, given, today)
