"""All that is known of a request, for the commands that show one."""

from __future__ import annotations

from dataclasses import dataclass

from vault.actions import requests
from vault.actions.asking import fees, ledger, letters
from vault.actions.asking.ledger import Ledger
from vault.actions.requests import RequestView
from vault.actions.session import Session
from vault.cli import asking_shapes, settings, shapes
from vault.cli.shapes import Json


@dataclass(frozen=True, slots=True)
class Whole:
    """A request with its ledger, and all of it as JSON: items, events, fees, letters."""

    view: RequestView
    ledger: Ledger
    document: Json


def whole(session: Session, given: str) -> Whole:
    """The request that `given` names, as it stands on the day that counts as today."""
    view = requests.get(session, given, settings.current().today)
    held = ledger.get(session, view.request.id)
    document = {
        **shapes.request_detail(view, held),
        "fees": asking_shapes.fees(fees.get(session, view.request.id)),
        "letters": [
            {"id": made.id, "kind": made.kind, "made_on": made.made_at[:10], "pages": made.pages}
            for made in letters.made(session, view.request.id)
        ],
    }
    return Whole(view, held, document)
