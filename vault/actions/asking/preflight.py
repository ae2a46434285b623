"""The check before a request is sent: what is there, what is missing, what stands in its way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault import dates
from vault.actions import authorities, filling
from vault.actions import requests as request_actions
from vault.actions.asking import events, letters
from vault.actions.asking.events import Told
from vault.actions.asking.letter_content import copied, gather
from vault.actions.requests import RequestView
from vault.actions.session import Session
from vault.errors import Refused
from vault.law import starting
from vault.law.rows import Medium
from vault.letters.asking.content import Content
from vault.letters.asking.fees import medium_of
from vault.model.asking_letters import LetterKind
from vault.model.letters import Letter
from vault.model.requests import Detail, RequestEvent, RequestState
from vault.model.statements import Topic
from vault.store import forms, lookup, requests, statements
from vault.store import letters as kept_letters
from vault.store.database import Db

_UNSENT = (RequestState.DRAFT, RequestState.READY)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is all right, and what to do where it is not.

    `blocks` is set on what has to be mended before the request can be called ready.
    """

    what: str
    ok: bool
    hint: str = ""
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class _Case:
    """A request with all that the check looks at; `signed` is the day it was signed, if it was."""

    view: RequestView
    content: Content
    blocked: str
    lacking: tuple[str, ...]
    letter: Letter | None
    enclosed: tuple[str, ...]
    today: dt.date
    signed: dt.date | None


def _found(what: str, ok: bool, hint: str, *, blocks: bool = False) -> Finding:
    """A finding that says how to mend it only where that is needed."""
    return Finding(what, ok, "" if ok else hint, blocks and not ok)


def _sender(c: _Case) -> list[Finding]:
    who = c.content.signer or c.content.patient
    edit = f"chartmend person edit {c.view.person.id}"
    if c.content.signer:
        edit = f"chartmend authority edit {c.view.request.authority}"
    reach = bool(who.phone or who.email)
    blocks = not who.lines and not reach
    return [
        _found("your postal address", bool(who.lines), f"{edit} --address LINE …", blocks=blocks),
        _found("your telephone number or e-mail address", reach, f"{edit} --phone … --email …"),
    ]


def _recipient(c: _Case) -> list[Finding]:
    holder, provider = c.content.holder, c.view.provider
    reach = bool(holder.lines or holder.fax or holder.email)
    edit = f"chartmend provider edit {provider.id}"
    return [
        _found("where to send it", reach, f"{edit} --address … --fax … --email …", blocks=True),
        _found(
            "their address is confirmed",
            not provider.to_confirm,
            f"it comes from {provider.to_confirm}: ask them, then {edit} --address …",
        ),
    ]


def _chart(c: _Case) -> list[Finding]:
    hint = f"chartmend person edit {c.view.person.id} --mrn {c.view.provider.id}=NUMBER"
    known = bool(c.content.patient.mrn)
    return [_found("the record number there (the date of birth will do)", known, hint)]


def _wrong_day(c: _Case) -> str:
    """What about the days asked for cannot be; empty where nothing."""
    for want in c.content.wants:
        if want.since and want.until and want.since > want.until:
            return f"{want.words}: the first day lies after the last"
        if want.until and want.until < c.content.patient.born:
            return f"{want.words}: the last day lies before the birth"
        if want.since and want.since > c.today:
            return f"{want.words}: the first day lies ahead"
    return ""


def _days(c: _Case) -> list[Finding]:
    wrong = _wrong_day(c)
    edit = f"chartmend request edit {c.view.request.id}"
    return [
        _found("the days asked for", not wrong, f"{wrong}; {edit} --from … --to …", blocks=True)
    ]


def _capacity(c: _Case) -> list[Finding]:
    """Whether whoever asks may, and what that still lacks to be proven."""
    hint = f"{c.blocked}; chartmend authority list shows who may"
    found = [_found("you may ask for this", not c.blocked, hint, blocks=True)]
    copy = f"chartmend request enclose {c.view.request.id} DOC -o FILE.pdf"
    for sentence in c.lacking:
        mend = copy if "copy" in sentence else "chartmend authority edit AUTH --proof DOC"
        found.append(Finding(sentence.rstrip("."), False, mend))
    return found


def _third_party(c: _Case) -> list[Finding]:
    request = c.view.request
    if not request.third_party or not c.content.law.hipaa:
        return []
    what = "the copy for somebody else can be asked for this way"
    if medium_of(request.format) is Medium.ELECTRONIC:
        return [Finding(what, True, "only an electronic copy of an electronic health record can")]
    allowed = c.letter is not None and c.letter.kind == LetterKind.AUTHORIZATION
    hint = (
        "only an electronic copy can be directed to somebody else (Ciox v. Azar); use "
        f"chartmend request letter {request.id} --kind authorization"
    )
    return [_found(what, allowed, hint, blocks=True)]


def _terms(c: _Case) -> list[Finding]:
    request = c.view.request
    edit = f"chartmend request edit {request.id}"
    found = [_found("the format", bool(request.format) or request.inspect, f"{edit} --format PDF")]
    if not request.inspect:
        limit = request.fee_limit is not None
        found.append(
            _found("a limit for the fee", limit, f"{edit} --fee-limit 25.00 --currency USD")
        )
    return found


def _identity(c: _Case, topics: frozenset[str]) -> list[Finding]:
    if not c.enclosed and "copy" not in topics:
        return []
    hint = (
        "they ask for a copy of an identity document: "
        f"chartmend request enclose {c.view.request.id} DOC -o FILE.pdf"
    )
    return [_found("proof of identity goes with it", bool(c.enclosed), hint)]


def _paper(s: Session, c: _Case) -> list[Finding]:
    """Whether there is a letter or a form, and whether it says what is so now."""
    request, made = c.view.request, c.letter
    anew = f"chartmend request letter {request.id}"
    found = [_found("a letter or a filled form", made is not None, anew, blocks=True)]
    if made is None:
        return found
    if made.kind == forms.LETTER_KIND:
        checked = any(
            e.kind == RequestEvent.FORM_CHECKED
            and (e.detail.letter == made.id if e.detail.letter else e.at >= made.made_at)
            for e in c.view.standing.events
        )
        hint = f"look at it, then: chartmend request log {request.id} form_checked"
        found.append(_found("the filled form was looked at", checked, hint, blocks=True))
        current = filling.current(s, made, filling.subject(s, request.id))
        anew = f"something changed since: chartmend request form {request.id} FORM"
        return [*found, _found("the form says what is so now", current, anew, blocks=True)]
    current = letters.fresh(s, c.view, made, c.today)
    hint = f"something changed since it was made, the enclosures perhaps: {anew}"
    return [*found, _found("the letter says what is so now", current, hint, blocks=True)]


def _signature(c: _Case) -> list[Finding]:
    request = c.view.request
    hint = f"sign it, then: chartmend request ready {request.id} --signed"
    found = [_found("it is signed", c.signed is not None, hint, blocks=True)]
    for rule in c.content.law.binding:
        if not rule.signature_days:
            continue
        old = c.signed is not None and starting.signature_too_old(rule, c.signed, c.today)
        what = f"the signature is at most {rule.signature_days} days old ({rule.cite})"
        found.append(_found(what, not old, "sign it anew", blocks=True))
    return found


def _signed_on(view: RequestView, given: dt.date | None) -> dt.date | None:
    ready = [e.on for e in view.standing.events if e.kind == RequestEvent.READY]
    return given or max(ready, default=None)


def _case(db: Db, view: RequestView, today: dt.date, signed: dt.date | None) -> _Case:
    request = view.request
    kind = LetterKind.INSPECTION_REQUEST if request.inspect else LetterKind.ACCESS_REQUEST
    return _Case(
        view=view,
        content=gather(db, view, kind, today),
        blocked=authorities.blocking(db, request, today),
        lacking=authorities.lacking(db, request, today),
        letter=kept_letters.newest(db, request.id),
        enclosed=copied(db, request.id),
        today=today,
        signed=_signed_on(view, signed),
    )


def _id_wanted(db: Db, view: RequestView) -> frozenset[str]:
    said = statements.of(db, view.provider.id)
    return frozenset(n.value for n in said if n.topic is Topic.ID and n.live)


def check(
    s: Session, given: str, today: dt.date, signed: dt.date | None = None
) -> tuple[Finding, ...]:
    """Look a request over before it is sent; `signed` is the day it was signed, where it was."""
    view = request_actions.get(s, given, today)
    db = s.vault.read()
    c = _case(db, view, today, signed)
    return (
        *_sender(c),
        *_recipient(c),
        *_chart(c),
        *_days(c),
        *_capacity(c),
        *_third_party(c),
        *_terms(c),
        *_identity(c, _id_wanted(db, view)),
        *_paper(s, c),
        *_signature(c),
    )


def ready(s: Session, given: str, signed: dt.date | None) -> RequestView:
    """Note that a request is ready to be sent, with what is enclosed as it is now.

    `signed` is the day it was signed (None: it was not). Raises Refused while something stands
    in the way, or where the request has been sent.
    """
    today = dates.today()
    view = request_actions.get(s, given, today)
    if view.standing.state not in _UNSENT:
        raise Refused("this request has been sent already", f"chartmend request show {given}")
    if signed is None:
        raise Refused(
            "it has to be signed first",
            f"sign it, then: chartmend request ready {view.request.id} --signed",
        )
    in_the_way = [f for f in check(s, given, today, signed) if f.blocks]
    if in_the_way:
        first = in_the_way[0]
        raise Refused(f"not ready: {first.what}", first.hint)
    with s.vault.write("request.ready") as db:
        request = requests.get(db, lookup.resolve(db, "request", given))
        made = kept_letters.newest(db, request.id)
        detail = Detail(letter=made.id if made else "", enclosures=copied(db, request.id))
        requests.append(
            db, request, events.event(request, Told(RequestEvent.READY, signed, detail=detail))
        )
    return request_actions.get(s, given, today)
