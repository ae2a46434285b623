"""The letters that ask: for a copy, to look at the record, and to let somebody else have it."""

from __future__ import annotations

from vault.errors import Refused
from vault.law.rows import Medium
from vault.letters.asking import fees, time
from vault.letters.asking.content import Content, Regime, Want, Written
from vault.letters.asking.words import (
    Block,
    about,
    boxes,
    bullets,
    claim,
    dates,
    h,
    hipaa,
    lines,
    p,
    possessive,
    records,
    rows,
)

_ABBREVIATED = {Regime.UK: "This is a subject access request. "}


def legal_basis(c: Content) -> str:
    """The sentence that names the law the request is made under; empty where none binds."""
    own = [
        rule.basis or rule.cite
        for rule in c.law.binding
        if rule.id not in ("us-hipaa",) and not rule.condition
    ][:2]
    cites = [*dict.fromkeys(own), *(["45 CFR 164.524"] if c.law.hipaa else [])]
    return f"I ask for this under {' and '.join(cites)}." if cites else ""


def capacity(c: Written) -> str:
    """In what capacity the signer asks, and what proves it."""
    signer, patient = c.signer, c.patient
    if signer is None:
        return "I am the patient."
    role = f", as {signer.relationship}" if signer.relationship else ""
    ground = f" My authority: {signer.basis}." if signer.basis else ""
    late = "the late " if patient.died else ""
    said = f"I ask for this on behalf of {late}{patient.name}{role}.{ground}"
    proof = f" Proof is enclosed: {signer.proof}." if _enclosed(c, signer.proof) else ""
    law = ""
    if c.law.hipaa:
        source = hipaa("164.502(g)(4)") if patient.died else hipaa("164.502(g)(1)", sure=True)
        law = " " + claim("a personal representative is treated as the patient is", source)
    return f"{said}{proof}{law}"


def _enclosed(c: Written, title: str) -> bool:
    return bool(title) and any(title in held for held in c.enclosures)


def _scope(c: Content) -> str:
    if c.law.hipaa and c.law.regime is Regime.US:
        return (
            f"The whole of {possessive(c)} designated record set (45 CFR 164.501): medical and "
            "billing records, and any other records used to make decisions "
            f"{about(c)}, in whatever form you keep them, and those that came from other "
            "providers or are stored elsewhere."
        )
    return (
        f"All health records you hold {about(c)}, in whatever form you keep them, and those that "
        "came from others or are stored elsewhere."
    )


def _remark(c: Content, want: Want) -> str:
    """What is said of one item alone: its dates, its place, its format."""
    parts = [dates(want.since, want.until) or "all dates", want.facility]
    if want.format and want.format != c.format:
        parts.append(f"as {want.format}")
    if want.fallback and want.fallback != c.fallback:
        parts.append(f"else as {want.fallback}")
    if want.deliver and want.deliver != c.deliver:
        parts.append(f"delivery: {want.deliver}")
    return "; ".join(part for part in parts if part)


def what(c: Content) -> list[Block]:
    """What is asked for: the whole record, or a list of ticked boxes with dates and places."""
    found: list[Block] = [h("What I want to look at" if c.inspect else "What I ask for")]
    if c.whole:
        whole = next(w for w in c.wants if w.type.value == "all")
        found += [p(_scope(c)), rows([("Dates", _remark(c, whole))])]
    rest = [w for w in c.wants if w.type.value != "all"]
    if rest:
        found.append(boxes([(True, w.words, _remark(c, w)) for w in rest]))
    if c.sensitive:
        found.append(p(f"This includes records on: {', '.join(c.sensitive)}."))
        if _substance(c):
            clause = "42 CFR Part 2 does not keep you from giving a patient their own records"
            found.append(p(f"{clause} (42 CFR 2.23(a))."))
    return found


def _substance(c: Content) -> bool:
    words = " ".join(c.sensitive).lower()
    named = any(mark in words for mark in ("substance", "sud", "alcohol", "drug"))
    return named and c.law.regime is Regime.US and not c.third_party and c.signer is None


def _email(c: Content) -> str:
    """The person's word on the risk of ordinary e-mail, where that is how it is to come."""
    told = " ".join([c.deliver, *(w.deliver for w in c.wants)]).lower()
    plain = "mail" in told.replace("-", "") and ("email" in told.replace("-", ""))
    if not plain or "secure" in told or "encrypted" in told.replace("unencrypted", ""):
        return ""
    return (
        "I know that ordinary e-mail can be read by others on its way, and I accept that risk for "
        "this copy."
    )


def manner(c: Content) -> list[Block]:
    """Form, fallback and delivery, and what the law says of them."""
    who, deliver = c.signer or c.patient, c.deliver.lower().replace("-", "")
    pairs = [
        ("Form", c.format or "any readable form; please tell me which you can give"),
        ("If not possible", c.fallback),
        ("Delivery", c.deliver or "please tell me how I can have it"),
        ("E-mail", who.email if "email" in deliver else ""),
    ]
    found = [h("Form and delivery"), rows(pairs)]
    said = [_email(c)]
    if c.law.hipaa and fees.medium_of(c.format) is Medium.ELECTRONIC:
        clause = (
            "records kept electronically are given in the electronic form and format asked for, "
            "where that is readily producible, and else in a readable electronic form we agree on"
        )
        said.append(claim(clause, hipaa("164.524(c)(2)(ii)", sure=True)))
    return [*found, *([p(*said)] if any(said) else [])]


def _directive(c: Content) -> list[Block]:
    """The block for another recipient, within the limits of Ciox v. Azar where HIPAA binds."""
    if not c.third_party:
        return []
    found = [h("Where to send it")]
    if not c.law.hipaa:
        return [*found, p("Please send the copy to:"), lines(list(c.third_party))]
    if fees.medium_of(c.format) is not Medium.ELECTRONIC:
        raise Refused(
            "a provider need not send a paper copy to somebody else on a request for access",
            f"chartmend request letter {c.reference} --kind authorization",
        )
    return [
        *found,
        p(
            "I direct you to send this electronic copy of my electronic health record to the one "
            "named here (45 CFR 164.524(c)(3)(ii); 42 USC 17935(e)):"
        ),
        lines(list(c.third_party)),
    ]


def request(c: Content) -> list[Block]:
    """A request for a copy, with all that a records office needs."""
    named = _ABBREVIATED.get(c.law.regime, "")
    opening = f"{named}Please give me a copy of {records(c)}, as set out below."
    own = (
        "This is a request for access; it is not an authorization to disclose records to others."
        if c.law.hipaa and not c.third_party
        else ""
    )
    return [
        p(opening, capacity(c), legal_basis(c), own),
        *what(c),
        *manner(c),
        *_directive(c),
        *fees.before(c),
        *time.deadline(c),
        *time.refusal(c),
    ]


def inspection(c: Content) -> list[Block]:
    """A request to look at the record, without a copy."""
    where = (
        claim(
            "access is to be given in time, at a convenient time and place",
            hipaa("164.524(c)(3)(i)", sure=True),
        )
        if c.law.hipaa
        else ""
    )
    return [
        p(
            f"Please let me look at {records(c)}. I do not ask for a copy at this time.",
            capacity(c),
            legal_basis(c),
        ),
        *what(c),
        h("When and where"),
        p("Please offer me days and hours at which I can look at them, and tell me where.", where),
        *fees.before(c),
        *time.deadline(c),
        *time.refusal(c),
    ]


def authorization(c: Content) -> list[Block]:
    """An authorization to let somebody else have records, 45 CFR 164.508(c)."""
    if not c.law.hipaa:
        raise Refused(
            "an authorization of this kind is for holders under HIPAA",
            f"chartmend request letter {c.reference} --kind access_request",
        )
    if not c.third_party:
        raise Refused(
            "an authorization names who is to have the records, and nobody is named",
            f"chartmend request edit {c.reference} --third-party NAME --third-party ADDRESS",
        )
    wanted = [f"{w.words}: {_remark(c, w)}" for w in c.wants if w.type.value != "all"]
    if c.whole:
        whole = next(w for w in c.wants if w.type.value == "all")
        wanted.insert(0, f"{_scope(c)[:-1]}: {_remark(c, whole)}")
    understand = [
        "I can revoke this authorization at any time, in writing to the holder named above, except "
        "as far as it has been acted on already.",
        "The holder may not make treatment, payment, enrolment or eligibility for benefits depend "
        "on whether I sign, but where the law provides for that.",
        "What is disclosed may be disclosed again by the one who gets it, and may then no longer "
        "be protected by federal privacy rules.",
    ]
    named = [f"Also records on: {', '.join(c.sensitive)}."] if c.sensitive else []
    return [
        p("I authorize the disclosure described here (45 CFR 164.508(c)).", capacity(c)),
        h("What may be disclosed"),
        bullets([*wanted, *named]),
        h("Who may disclose it"),
        lines([c.holder.name, *([c.holder.desk] if c.holder.desk else []), *c.holder.lines]),
        h("To whom"),
        lines(list(c.third_party)),
        h("Why, and how long"),
        rows(
            [
                ("Purpose", "at the request of the individual"),
                ("It ends", "when this has been sent, at the latest one year after the day I sign"),
            ]
        ),
        h("What I understand"),
        bullets(understand),
    ]
