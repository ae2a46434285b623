"""Letters after a yes: who is told, a fresh copy, what was not carried out, and the end of it."""

from __future__ import annotations

from vault.errors import Refused
from vault.letters.asking import time
from vault.letters.asking.words import Block, bullets, claim, hipaa, p, possessive, records
from vault.letters.compose import written_out
from vault.letters.correcting.content import Content, Item, Told
from vault.letters.correcting.words import (
    about,
    address,
    all_of_it,
    amend,
    amendment,
    both,
    entries,
    fields_of,
    last,
    need,
    need_items,
    place,
    sent_line,
    they,
)
from vault.model.corrections import ENDS, CorrectionEvent, ItemState
from vault.model.requests import Event

_E, _I = CorrectionEvent, ItemState
_YES = (_I.ACCEPTED, _I.UNCHANGED, _I.FIXED, _I.APPENDED)
_NONE = "no item of this correction has been accepted"


def _accepted(c: Content) -> tuple[tuple[Item, ...], Event]:
    items = need_items(c, _NONE, *_YES)
    return items, need(c, items, "when they accepted it", _E.ACCEPTED)


def _yes(c: Content, event: Event, you: str = "you") -> str:
    """When they agreed, and whether to all of it."""
    what = "it" if all_of_it(c, *_YES) else "a part of it"
    return f"On {written_out(event.on)} {you} agreed to {amend(c)} {what}."


def agree_notify(c: Content) -> list[Block]:
    """Names who is to be told of the amendment, and agrees to it."""
    items, event = _accepted(c)
    if not c.tell:
        raise Refused(
            "nobody is named who is to be told of the amendment",
            f"chartmend correction recipient add {c.reference} NAME",
        )
    law = []
    if c.hipaa:
        law = [
            claim("you tell those I name, where I agree to it", hipaa("164.526(c)(2)-(3)")),
            claim(
                "you also tell those whom you know to have the entry and who may rely on it to "
                "the patient's harm",
                hipaa("164.526(c)(3)"),
            ),
        ]
    return [
        p(sent_line(c), _yes(c, event), "Thank you. This is about:"),
        entries(items),
        p(f"Please tell those named here of the {amendment(c)}. I agree to your telling them."),
        bullets([address(told) for told in c.tell]),
        p(*law),
        p("Please write to me when each of them has been told."),
    ]


def addressee(c: Content) -> Told:
    """The one told of the amendment whom the letter is to; raises Refused where that is open."""
    if c.to:
        return next(told for told in c.tell if told.id == c.to)
    waiting = [told for told in c.tell if told.open]
    if len(waiting) == 1:
        return waiting[0]
    if not waiting:
        raise Refused(
            "nobody is left who is to be told of the amendment",
            f"chartmend correction recipient add {c.reference} NAME",
        )
    raise Refused(
        "several are to be told of the amendment, and this letter goes to one",
        f"name one: chartmend correction letter {c.reference} --kind notify_holder --to NAME",
    )


def notify_holder(c: Content) -> list[Block]:
    """Tells another holder what was amended, so that they amend theirs."""
    items, event = _accepted(c)
    told = addressee(c)
    law = ""
    if c.hipaa and told.hipaa:
        clause = "a provider that another provider tells of an amendment amends its own record too"
        law = claim(clause, hipaa("164.526(e)"))
    noun = they(items)
    return [
        p(
            f"I asked {c.holder.name} to {amend(c)} {records(c)}. "
            f"{_yes(c, event, c.holder.name)} You may hold the same {noun}, or a copy."
        ),
        *[both(item) for item in items],
        p(
            f"Please look whether {possessive(c)} record with you says the same, and {amend(c)} "
            "it as well. Please tell me in writing what you have done.",
            law,
        ),
        p(f"{c.holder.name} can confirm the {amendment(c)} to you; I agree to that."),
    ]


def _pages(items: tuple[Item, ...]) -> list[str]:
    """The pages meant, each once."""
    named = (
        f"{item.record}, page {item.page}" if item.page is not None else item.record
        for item in items
    )
    return list(dict.fromkeys(named))


def copy_order(c: Content) -> list[Block]:
    """Asks for a fresh copy of the amended pages: a short request for access."""
    states = (*_YES, _I.DISPUTED, _I.DISAGREEMENT_ON_FILE)
    items = need_items(c, "nothing was accepted or filed that a fresh copy could show", *states)
    event = last(c, _E.ACCEPTED)
    own = [r.basis if r.soft else r.cite for r in c.access.binding if r.id != "us-hipaa"][:2]
    cites = [*dict.fromkeys(filter(None, own)), *(["45 CFR 164.524"] if c.access.hipaa else [])]
    basis = f"I ask for this under {' and '.join(cites)}." if cites else ""
    main = c.access.main
    disputed = any(item.state in (_I.DISPUTED, _I.DISAGREEMENT_ON_FILE) for item in items)
    what = ", with all that has been put with them" if disputed else ", with what was added to them"
    return [
        p(
            sent_line(c),
            _yes(c, event) if event is not None and not _all_disputed(items) else "",
        ),
        p(f"Please give me a copy of these pages as they stand now{what}:"),
        bullets(_pages(items)),
        p(basis, time.asked(main) if main is not None else time.REASONABLE),
        p("Please send it in the same form as before, or as a PDF."),
    ]


def _all_disputed(items: tuple[Item, ...]) -> bool:
    return all(item.state in (_I.DISPUTED, _I.DISAGREEMENT_ON_FILE) for item in items)


def _copy(item: Item) -> str:
    day = f", looked at on {written_out(item.compared)}" if item.compared else ""
    return f"{item.copy}{day}" if item.copy else day.removeprefix(", ").capitalize()


def unchanged(c: Content) -> tuple[Item, ...]:
    """The items that were accepted and that a copy made since does not show."""
    return need_items(c, "no fresh copy was found to say the same as before", _I.UNCHANGED)


def not_carried_out(c: Content) -> list[Block]:
    """Tells them that what was accepted does not show in the copy that came since."""
    items = unchanged(c)
    event = need(c, items, "when they accepted it", _E.ACCEPTED)
    found: list[Block] = [
        p(sent_line(c), _yes(c, event), "A copy made since still says the same as before:")
    ]
    for item in items:
        found.append(
            fields_of(
                [
                    ("Where", place(item), ""),
                    ("It still says", "" if item.missing else item.quote, "quote"),
                    (
                        "Still missing" if item.missing else "It should say",
                        item.should_say,
                        "strong",
                    ),
                    ("The copy", _copy(item), ""),
                ]
            )
        )
    law = ""
    if c.hipaa:
        clause = (
            "the record affected is identified, and the amendment is put with it or linked to it"
        )
        law = claim(clause, hipaa("164.526(c)(1)"))
    return [
        *found,
        p(
            f"Please make the {amendment(c)} now, and send me a copy that shows it. If it has been "
            "put somewhere else in the record, please tell me where, and send me that page.",
            law,
        ),
    ]


def withdrawal(c: Content) -> list[Block]:
    """Withdraws the request, or the items that were named."""
    opening = sent_line(c)
    live = [item for item in c.items if item.state not in ENDS]
    if not live:
        raise Refused(
            "this correction has ended, so nothing is left to withdraw",
            f"chartmend correction show {c.reference}",
        )
    meant = tuple(item for item in c.of() if item.state not in ENDS)
    if len(meant) == len(live):
        return [
            p(opening, "I withdraw it as of the date of this letter."),
            p("Please stop working on it. This does not keep me from asking again."),
        ]
    return [
        p(opening, "I withdraw it as of the date of this letter, as far as it is about:"),
        entries(meant),
        p("All else in it stays as it is. This does not keep me from asking again."),
    ]


def thanks(c: Content) -> list[Block]:
    """Thanks them, where all that was accepted is in the record."""
    opening = sent_line(c)
    done = c.of(_I.FIXED, _I.APPENDED)
    if not done or any(item.state not in ENDS for item in c.items):
        raise Refused("not all of it is put right yet", f"chartmend correction show {c.reference}")
    seen = [e for e in c.standing.events if e.kind == _E.COMPARED and about(e, done[-1])]
    day = f"On {written_out(seen[-1].on)} I saw that it is done." if seen else ""
    return [
        p(opening, f"You have {amend(c)}ed this:"),
        entries(done),
        p(day, "Thank you. You can close it."),
    ]
