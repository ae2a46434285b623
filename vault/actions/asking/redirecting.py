"""A request sent on to another provider: the one who holds the records is asked the same."""

from __future__ import annotations

from dataclasses import replace

from vault import dates, ids
from vault.actions.asking import events
from vault.errors import UsageError
from vault.model.requests import Detail, Request, RequestEvent, RequestState, WaitingOn
from vault.store import lookup, requests
from vault.store.database import Db


def begun(db: Db, request: Request, detail: Detail) -> Detail:
    """Begin the same request to the provider they named; the detail then names that request."""
    child = replace(
        request,
        id=ids.new("request"),
        provider=lookup.resolve(db, "provider", detail.other),
        items=tuple(replace(i, id=ids.new("request_item")) for i in request.items),
        made_at=dates.now(),
        office="",
        parent=request.id,
        state=RequestState.DRAFT,
        outcome="",
        waiting_on=WaitingOn.ME,
        events=(),
    )
    if child.provider == request.provider:
        raise UsageError("that is the provider who was asked", "name the one they sent you to")
    requests.add(db, child)
    requests.append(db, child, events.following((), RequestEvent.DRAFTED, dates.today()))
    return replace(detail, other=child.id)
