"""The letters that ask: the formal request with a sheet for each item, the message, once more."""

from __future__ import annotations

from vault import png
from vault.errors import Refused
from vault.law.terms import Rule
from vault.letters.asking import access, time
from vault.letters.asking.words import Block, bullets, h, p, possessive, records
from vault.letters.compose import inline, written_out
from vault.letters.correcting.content import Content, Item
from vault.letters.correcting.words import (
    WRONG,
    address,
    amend,
    amendment,
    both,
    count,
    fields_of,
    need_formal,
    need_items,
    paragraphs,
    place,
    sent_line,
    should_say,
    they,
)
from vault.model.corrections import ItemState

_I = ItemState
_HIPAA = "us-hipaa"


def _cite(rule: Rule) -> str:
    """The law of a rule: where only its time is guidance, what it is guidance on."""
    return rule.basis if rule.soft else rule.cite


def legal_basis(c: Content) -> str:
    """The sentence that names the law the request is made under; empty where none binds."""
    own = [_cite(r) for r in c.law.binding if r.id != _HIPAA and not r.condition][:2]
    cites = [*dict.fromkeys(filter(None, own)), *(["45 CFR 164.526"] if c.law.hipaa else [])]
    return f"I make this request under {' and '.join(cites)}." if cites else ""


def _capacity(c: Content) -> str:
    return access.capacity(c) if c.signer is not None else ""


def _not_right(items: tuple[Item, ...], whose: str) -> str:
    """How many things are wrong and how many are missing."""
    missing = sum(item.missing for item in items)
    wrong = len(items) - missing
    if not missing:
        return f"{whose} is not right in {count(wrong, 'place')}."
    if not wrong:
        return f"Something is missing from it in {count(missing, 'place')}."
    return (
        f"{whose} is not right in {count(wrong, 'place')}, and in {count(missing, 'place')} "
        "something is missing."
    )


def _listed(items: tuple[Item, ...]) -> Block:
    """The items by number, each with where it stands and what is wrong in a sentence."""
    return fields_of(
        [(f"Item {n}", f"{place(item)}. {WRONG[item.kind]}", "") for n, item in enumerate(items, 1)]
    )


def telling(c: Content) -> list[Block]:
    """Who is to be told of the amendment, and the agreement to it; nothing where nobody is."""
    if not c.tell:
        return []
    cite = " (45 CFR 164.526(c))" if c.hipaa else ""
    return [
        h("Who is to be told"),
        p(
            f"Once the record is {amend(c)}ed, please tell those named here of the "
            f"{amendment(c)}. I agree to your telling them{cite}."
        ),
        bullets([address(told) for told in c.tell]),
    ]


def _refusal(c: Content) -> str:
    """What a denial is to hold: under 45 CFR 164.526(d)(1), no more than an understanding."""
    if not c.hipaa:
        return (
            "If you refuse all or part of this request, please tell me in writing which part and "
            "why, and how I may object or complain."
        )
    return (
        "If you deny all or part of this request, please do so in writing. I understand that a "
        "denial is to state, in plain language, its basis; how I may file a statement of "
        "disagreement; that I may instead ask you to include this request and your denial with "
        "future disclosures; and how I may complain to you and to the U.S. Department of Health "
        "and Human Services (45 CFR 164.526(d)(1))."
    )


def _answer(c: Content) -> list[Block]:
    done = (
        f"If you accept, please confirm in writing what has been {amend(c)}ed, and send me a copy "
        f"of the {amend(c)}ed pages."
    )
    return [*time.deadline(c), h("Your answer"), p(done), p(_refusal(c))]


def _asking(c: Content, items: tuple[Item, ...], *before: str) -> list[Block]:
    """What every letter that asks under the law says, after the sentences `before`."""
    whose = f"{possessive(c).capitalize()} record" if not c.signer else "The record"
    sheets = "a sheet of its own" if len(items) > 1 else "a sheet"
    ask = (
        f"Please {amend(c)} the record as I ask there: each item has {sheets} behind this letter."
        if len(items) > 1
        else f"Please {amend(c)} the record as I ask on the sheet behind this letter."
    )
    return [
        p(*before, _not_right(items, whose), ask, _capacity(c), legal_basis(c)),
        h("What I ask you to put right"),
        _listed(items),
        *telling(c),
        *_answer(c),
    ]


def _must_be(c: Content, *, formal: bool) -> None:
    """Raise Refused where what is sent would be another thing than what the vault goes by."""
    if c.formal is not formal:
        what = "a plain message" if formal else "a request under the law"
        raise Refused(
            f"this correction is {what}",
            f"before it is sent: chartmend correction edit {c.reference} --"
            + ("formal" if formal else "informal"),
        )


def amendment_request(c: Content) -> list[Block]:
    """The formal request; its items follow on sheets of their own."""
    _must_be(c, formal=True)
    return _asking(c, c.of(), f"I have read a copy of {records(c)}.")


def originator(c: Content) -> list[Block]:
    """The formal request to whoever first made the entry, with what another holder answered."""
    _must_be(c, formal=True)
    if c.earlier is None:
        raise Refused(
            "nobody else was asked about this before, so there is nothing to pass on",
            f"chartmend correction letter {c.reference} --kind amendment_request",
        )
    earlier = c.earlier
    sent = f"On {written_out(earlier.sent)} " if earlier.sent else ""
    said = f"{sent}I asked {earlier.name} to {amend(c)} {records(c)}."
    if earlier.denied is not None and earlier.not_theirs:
        said += (
            f" On {written_out(earlier.denied)} they answered that they did not make the "
            f"{they(c.of())}."
        )
    elif earlier.denied is not None:
        said += f" On {written_out(earlier.denied)} they denied it."
    own = f"I turn to you because the {they(c.of())} came from you."
    return _asking(c, c.of(), said, own if _all_theirs(c) else "")


def _all_theirs(c: Content) -> bool:
    """Whether every item is said to come from the one who is asked."""
    return all(item.originator == c.holder.name for item in c.of())


def informal_message(c: Content) -> list[Block]:
    """A short and friendly message, without any law."""
    _must_be(c, formal=False)
    items = c.of()
    found: list[Block] = [
        p(
            f"I have read a copy of {records(c)}, and something in it is not right. Could you "
            "please look at it and put it right? If that is somebody else's to do, please tell me "
            "whom to ask.",
        )
    ]
    if c.signer is not None:
        role = f", as {c.signer.relationship}" if c.signer.relationship else ""
        found.append(p(f"I write for {c.patient.name}{role}."))
    for item in items:
        found.append(both(item))
    return [*found, *paragraphs(c.text), p("Please tell me when it is done.")]


def more_evidence(c: Content) -> list[Block]:
    """Asks anew after a denial, or where nothing was changed, with what is new."""
    need_formal(c)
    nothing = "no item was denied, disputed or left unchanged, so none can be asked for once more"
    items = need_items(c, nothing, _I.DENIED, _I.DISPUTED, _I.UNCHANGED)
    opening = sent_line(c)
    if not c.text and not any(item.evidence for item in items):
        raise Refused(
            "this letter shows what is new, and nothing new was noted",
            f"chartmend correction letter {c.reference} --kind more_evidence --text TEXT",
        )
    told = [h("What is new"), *paragraphs(c.text)] if c.text else []
    sheets = "sheets" if len(items) > 1 else "sheet"
    return [
        p(
            opening,
            "I ask you once more, for there is more to show that the record is not right. Each "
            f"item, with what shows it, is on the {sheets} behind this letter.",
        ),
        p(_capacity(c), legal_basis(c)),
        *told,
        h("What I ask you to put right"),
        _listed(items),
        *telling(c),
        *_answer(c),
    ]


def _why(item: Item) -> str:
    """The reason as a sentence, with a capital first letter and a full stop."""
    text = item.why.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…:;)”\"'" else ".")


def _made_by(c: Content, item: Item) -> str:
    """Who made the entry and from whom the page came, where that is not simply the holder."""
    own = item.originator == c.holder.name
    if item.originator and not own:
        return f"{item.originator} first made this entry; it stands in your record as well."
    if item.source:
        yours = "The entry is yours; the" if own else "The"
        return f"{yours} copy I have came to me from {item.source}."
    return ""


def _picture(item: Item) -> list[Block]:
    if item.excerpt is None:
        return []
    picture = item.excerpt.picture
    seen = f"Page {item.page} of" if item.page is not None else "Part of"
    return [
        {
            "type": "picture",
            "bytes": list(png.encode(picture)),
            "aspect": picture.width / picture.height,
            "alt": inline(item.excerpt.alt),
            "caption": f"{seen} {item.record}. The entry is framed.",
        }
    ]


def sheet(c: Content, number: int, item: Item) -> dict[str, object]:
    """The sheet of one item: where, what is there, what should be, why, what shows it."""
    where = f"{item.record}" + (f", page {item.page}" if item.page is not None else "")
    dated = [f"dated {item.entry_date}"] if item.entry_date else []
    dated += [f"written by {item.author}"] if item.author else []
    about = ", ".join(dated)
    said = fields_of(
        [
            ("Record", where, ""),
            ("Entry", about[:1].upper() + about[1:], ""),
            ("Who made it", _made_by(c, item), ""),
            ("The record says", "" if item.missing else item.quote, "quote"),
        ]
    )
    wanted = fields_of(
        [
            ("What is wrong", WRONG[item.kind], ""),
            (should_say(item), item.should_say, "strong"),
            ("Why", _why(item), "own"),
            ("What shows it", "\n".join(item.evidence), ""),
            ("To be told", "\n".join(told.name for told in c.tell), ""),
        ]
    )
    return {"heading": f"Item {number}", "body": [said, *_picture(item), wanted]}


def sheets(c: Content, items: tuple[Item, ...]) -> list[dict[str, object]]:
    """A sheet for each item, numbered as in the list."""
    return [sheet(c, number, item) for number, item in enumerate(items, 1)]
