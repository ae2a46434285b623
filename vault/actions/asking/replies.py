"""The replies that providers give, each with what to ask back, its meaning, and what answers it."""

from __future__ import annotations

from vault.actions.asking.days import CLARIFICATION
from vault.model.asking_letters import LetterKind
from vault.model.replies import Answers, Choice, Meaning, Question, Reply
from vault.model.requests import RequestEvent

_E, _L, _A = RequestEvent, LetterKind, Answers
_HHS = "HHS access guidance on 45 CFR 164.524"


def _pick(key: str, words: str, *choices: Choice, needed: bool = False) -> Question:
    return Question(key, words, _A.CHOICE, choices, needed)


def _ask(key: str, words: str, takes: Answers = _A.TEXT, *, needed: bool = False) -> Question:
    return Question(key, words, takes, needed=needed)


_ITEMS = _ask("items", "which items is it about? (all that is owed where none is named)", _A.ITEMS)
_REASON = _ask("reason", "what reason did they give?")
_TO = _ask("to", "is the one who holds them a provider of yours? (an id)", _A.PROVIDER)
_NAME = _ask("name", "whom did they name?")
_WRITTEN = _pick(
    "written",
    "did they say so in writing?",
    Choice("unknown", "not known"),
    Choice("yes", "yes"),
    Choice("no", "no"),
)
_ASKED_OR_REFUSED = (
    Choice("asked", "they ask for it first"),
    Choice("refused", "they refuse because of it", _E.DENIED),
)

REPLIES: tuple[Reply, ...] = (
    Reply(
        "received_it",
        "they have the request and work on it",
        _E.ACKNOWLEDGED,
        (_ask("number", "their number for it?"), _ask("vendor", "who answers for them?")),
    ),
    Reply(
        "wants_reason",
        "they want to know why you ask",
        _E.CLARIFICATION_ASKED,
        (_pick("firm", "is it a condition?", *_ASKED_OR_REFUSED),),
        "say-why",
        (_L.NO_REASON,),
    ),
    Reply(
        "wants_notary",
        "they insist on a notary or a witness",
        _E.CLARIFICATION_ASKED,
        (
            _pick("what", "which?", Choice("notary", "a notary"), Choice("witness", "a witness")),
            _pick("firm", "is it a condition?", *_ASKED_OR_REFUSED),
        ),
        "notary",
        (_L.NO_NOTARY,),
    ),
    Reply(
        "one_way_only",
        "they insist that you come, or use one way only",
        _E.CLARIFICATION_ASKED,
        (
            _pick(
                "way",
                "which way?",
                Choice("visit", "come in person", ground="in-person"),
                Choice("portal", "use the portal", ground="portal-only", letters=(_L.NO_PORTAL,)),
                Choice("mail", "ask by mail", ground="mail-only"),
                Choice("place", "ask at one place only", ground="one-location"),
                Choice("hours", "ask within certain hours", ground="certain-hours"),
                needed=True,
            ),
            _pick("firm", "is it a condition?", *_ASKED_OR_REFUSED),
        ),
        "",
        (_L.NO_VISIT,),
    ),
    Reply(
        "wants_form",
        "they want a form of theirs, or a HIPAA authorization",
        _E.FORM_ASKED,
        (
            _pick(
                "which",
                "which form?",
                Choice("own", "their own request form"),
                Choice("authorization", "a HIPAA authorization", ground="authorization-form"),
            ),
        ),
        "",
        (_L.OWN_FORM,),
        (
            Meaning(
                "They may ask for their own form only where that keeps nobody from their records",
                "45 CFR 164.524(b)(1) and HHS guidance",
                "high",
            ),
        ),
    ),
    Reply(
        "no_email",
        "they send nothing by e-mail",
        _E.CLARIFICATION_ASKED,
        (),
        "",
        (_L.NO_VISIT,),
        (
            Meaning(
                "They may warn you that e-mail is not safe; where you want it all the same, they "
                "have to send it that way if they readily can",
                f"45 CFR 164.524(c)(2)-(3); {_HHS}",
                "med",
            ),
        ),
    ),
    Reply(
        "names_fee",
        "they name a fee or a price a page",
        _E.FEE_QUOTED,
        (
            _ask("amount", "how much in all? (25.00)", _A.AMOUNT),
            _ask("lines", "for what? (search=15.00, copying=12.50/25)", _A.LINES),
            _ask("pages", "for how many pages?", _A.NUMBER),
            _ask("currency", "in which currency?"),
            _ask("number", "the number of the bill?"),
            _pick(
                "kept",
                "how is the copy to come, and the record kept?",
                Choice("unknown", "not known"),
                Choice("paper", "a copy on paper"),
                Choice("electronic", "an electronic copy"),
                Choice("both", "an electronic copy of a record kept electronically"),
            ),
        ),
    ),
    Reply(
        "unpaid_bill",
        "a bill is still unpaid, so they send nothing",
        _E.CLARIFICATION_ASKED,
        (_pick("firm", "is it a condition?", *_ASKED_OR_REFUSED),),
        "unpaid-bill",
        (_L.FEE_DISPUTE,),
    ),
    Reply(
        "summary",
        "they give a summary or a C-CDA file in place of the record",
        _E.CLARIFICATION_ASKED,
        (
            _pick(
                "came",
                "has it come?",
                Choice("offered", "they offer it"),
                Choice("came", "it has come", _E.PARTIAL, letters=(_L.NOT_SUMMARY, _L.SHORTFALL)),
            ),
            _ITEMS,
        ),
        "",
        (_L.NOT_SUMMARY,),
        (
            Meaning(
                "A summary may come in place of the record only where you agreed to it, and to "
                "its fee, beforehand",
                "45 CFR 164.524(c)(2)(iii)",
                "med",
            ),
        ),
    ),
    Reply(
        "not_ours",
        "the records are not theirs: ask somebody else",
        _E.REDIRECTED,
        (
            _pick(
                "why",
                "why not?",
                Choice("elsewhere", "somebody else holds them"),
                Choice(
                    "foreign",
                    "the record came from another provider",
                    ground="from-another-provider",
                ),
            ),
            _NAME,
            _TO,
        ),
        "",
        (_L.NOT_OURS,),
    ),
    Reply(
        "moved",
        "the records went elsewhere, or the practice closed",
        _E.REDIRECTED,
        (
            _pick(
                "why", "which?", Choice("transferred", "transferred"), Choice("closed", "closed")
            ),
            _NAME,
            _TO,
        ),
        "",
        (_L.NOT_OURS,),
    ),
    Reply("silence", "they say nothing at all", None),
    Reply("all_came", "all of it has come", _E.RECEIVED, (_ITEMS,)),
    Reply("partial", "only a part has come", _E.PARTIAL, (_ITEMS, _REASON), "", (_L.SHORTFALL,)),
    Reply(
        "withheld",
        "they left parts out, or blacked them out",
        _E.WITHHELD,
        (_ask("ground", "on what ground?"), _WRITTEN, _ITEMS, _REASON),
        "",
        (_L.DENIAL_PARTS,),
    ),
    Reply(
        "denied",
        "they refuse",
        _E.DENIED,
        (
            _ask("ground", "on what ground?"),
            _WRITTEN,
            _ask("holds", "what does the refusal say?", _A.CHOICES),
            _ITEMS,
            _REASON,
        ),
    ),
    Reply(
        "psychotherapy",
        "these are psychotherapy notes",
        _E.WITHHELD,
        (_ITEMS,),
        "hipaa-psychotherapy",
        (_L.DENIAL_PARTS,),
        (
            Meaning(
                "Only notes on what was said in a session, kept apart from the rest, are that; "
                "medication, times, tests, diagnosis, plan and progress are not",
                "45 CFR 164.501",
                "med",
            ),
        ),
    ),
    Reply(
        "teenager",
        "a parent may not have the records of a teenager",
        _E.DENIED,
        (
            _pick(
                "why",
                "why?",
                Choice("consented", "the minor consented to this care alone"),
                Choice("harm", "they fear harm", ground="hipaa-representative-harm"),
                Choice("none", "they gave no reason"),
            ),
            _ITEMS,
        ),
        "",
        (_L.DENIAL_PARTS,),
        (
            Meaning(
                "A parent is treated as the child, but for care to which the minor may consent "
                "alone, and did, or which was promised to stay between them; the law of the place "
                "decides",
                "45 CFR 164.502(g)(3)",
                "high",
            ),
        ),
    ),
    Reply(
        "no_testamentary",
        "they want letters testamentary for somebody who has died",
        _E.ID_ASKED,
        (),
        "",
        (_L.IDENTITY,),
        (
            Meaning(
                "Whoever may act for the dead person or the estate under the law of the place is "
                "treated as them; how that is proved is for the law of the place",
                "45 CFR 164.502(g)(4), 164.514(h)(1)",
                "med",
            ),
        ),
    ),
    Reply(
        "lost",
        "they find no request of yours",
        _E.BOUNCED,
        (),
        "",
        (_L.LOST,),
    ),
    Reply(
        "needs_id",
        "they want proof of who you are",
        _E.ID_ASKED,
        (),
        "",
        (_L.IDENTITY,),
        (
            Meaning(
                "They have to make sure who asks; no one proof is prescribed, and asking for it "
                "may be no barrier and no delay",
                f"45 CFR 164.514(h)(1); {_HHS}",
                "med",
            ),
        ),
    ),
    Reply(
        "link",
        "they sent a link or a password",
        _E.LINK_SENT,
        (
            _ask("until", "until which day does it work?", _A.DAY),
            _pick(
                "works",
                "does it work?",
                Choice("yes", "yes, or not tried yet", letters=()),
                Choice("no", "no, or it has ended"),
            ),
        ),
        "",
        (_L.LINK_ENDED,),
    ),
    Reply(
        "question",
        "they have a question about what you want",
        _E.CLARIFICATION_ASKED,
        (_REASON,),
        CLARIFICATION,
    ),
    Reply(
        "pause",
        "they say their time stands still",
        _E.PAUSE_CLAIMED,
        (
            _pick(
                "why",
                "until what?",
                Choice("fee", "until you pay", ground="fee"),
                Choice("id", "until they know who asks", ground="id"),
                Choice(
                    "question", "until you answer a question on the request", ground=CLARIFICATION
                ),
                Choice("other", "something else", ground="other"),
                needed=True,
            ),
        ),
    ),
    Reply(
        "promise",
        "they promise it for a day",
        _E.PROMISED,
        (_ask("until", "for which day?", _A.DAY, needed=True),),
    ),
    Reply(
        "extension",
        "they say they need longer",
        _E.EXTENDED,
        (_ask("until", "until which day?", _A.DAY), _REASON),
    ),
    Reply(
        "not_held",
        "they hold no such records",
        _E.NOT_HELD,
        (_ITEMS, _NAME),
        "",
        (_L.STATEMENT,),
    ),
    Reply(
        "destroyed",
        "the records were destroyed",
        _E.DESTROYED,
        (_ITEMS, _ask("reason", "when, and why?")),
        "",
        (_L.STATEMENT,),
    ),
)
"""Everything the dialog knows, in the order in which it is offered."""

BY_ID = {reply.id: reply for reply in REPLIES}
