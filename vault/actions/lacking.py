"""What the answer to a request lacks, as suspicions kept in step with what came."""

from __future__ import annotations

from vault import dates, ids
from vault.model.flags import Check, Finding, Flag, FlagState
from vault.model.record_types import RecordType
from vault.model.requests import ItemAnswer
from vault.review.shortfall import Answer, Asked
from vault.review.shortfall import check as shortfall
from vault.store import flags, records, requests
from vault.store.database import Db
from vault.store.elsewhere import Elsewhere

CHECKS = (Check.REQUEST_DATE_GAP, Check.REQUEST_TYPE_ABSENT)
"""What is suspected of an answer as a whole."""
_SETTLED = frozenset(
    {ItemAnswer.DENIED, ItemAnswer.WITHHELD, ItemAnswer.NOT_HELD, ItemAnswer.DESTROYED}
)
"""Answers that say why nothing came."""


def of_request(db: Db, id_: str) -> tuple[Finding, ...]:
    """What seems to be missing of what a request asked for.

    Items refused are left out, and images, which may come as files that have no title.
    """
    request = requests.get(db, id_)
    answers = requests.standing(request).answers
    asked = tuple(
        Asked(item.id, item.type.value.replace("_", " "), item.from_date)
        for item in request.items
        if answers[item.id] not in _SETTLED and item.type is not RecordType.IMAGES
    )
    came = tuple(r for r in records.for_request(db, id_) if _theirs(db, r, request.person))
    return shortfall(Answer(id_, asked, came, Elsewhere(db, request.person)), dates.today())


def _theirs(db: Db, record: str, person: str) -> bool:
    """Whether a record is of the person a request is for: another's is no answer to it."""
    return records.get(db, record).person == person


def check(db: Db, id_: str) -> None:
    """Make anew what is suspected to be missing of a request's answer; decisions stay."""
    old = flags.suspicions_keyed(db, CHECKS, f"* {id_} ")
    made_on = dates.now()
    found = of_request(db, id_)
    flags.renew(
        db, old, (Flag(ids.new("flag"), FlagState.SUSPECTED, f, made_on=made_on) for f in found)
    )
