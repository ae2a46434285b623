"""Whoever first made an entry is asked instead: both corrections are kept, all at once."""

from __future__ import annotations

import pytest

from tests.actions.correcting.kit import TODAY, asked, case, sql
from tests.actions.made import hospital
from vault.actions import corrections, flags
from vault.actions.correcting import redirecting
from vault.actions.correcting.events import Told
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.corrections import CorrectionEvent, CorrectionState, ItemState
from vault.model.flags import FlagState
from vault.model.requests import Channel, Detail

_E = CorrectionEvent


def sent(s: Session, id_: str) -> None:
    """Send a correction today."""
    corrections.sent(s, id_, Sending(TODAY, Channel.PORTAL, TODAY))


def told(s: Session, id_: str, kind: CorrectionEvent, *items: str) -> None:
    """Note an answer about some items."""
    corrections.tell(s, id_, Told(kind, TODAY, detail=Detail(items=items)))


def states(s: Session, id_: str) -> list[ItemState]:
    """Where the items stand."""
    return [item.state for item in corrections.get(s, id_, TODAY).correction.items]


def test_a_denied_item_goes_to_who_made_the_entry(vault: Session) -> None:
    """The new correction follows from the old one, with its people to be told; the flag stays."""
    held, quay = case(vault), hospital(vault, "Quay Lab")
    old = asked(vault, [held.dose, held.knee], "Dr. Imre Vance", "Quay Lab")
    sql(vault, "UPDATE recipient SET provider = ? WHERE name = 'Quay Lab'", quay.id)
    sql(vault, "UPDATE recipient SET address = '[\"4 Mill Street\"]', state = 'told'")
    sent(vault, old)
    told(vault, old, _E.DENIED, held.dose.id)
    told(vault, old, _E.ACCEPTED, held.knee.id)
    new = redirecting.aim(vault, old, (), quay.id, TODAY)
    assert (new.provider.id, new.correction.parent) == (quay.id, old)
    assert new.correction.state is CorrectionState.DRAFT
    assert [flag.id for flag in new.flags] == [held.dose.id]
    assert new.flags[0].originator == quay.id
    (teller,) = new.correction.recipients
    assert (teller.name, teller.address, teller.state.value) == (
        "Dr. Imre Vance", ("4 Mill Street",), "to_tell",
    )  # fmt: skip
    assert states(vault, old) == [ItemState.DENIED_ACCEPTED, ItemState.ACCEPTED]
    event = corrections.get(vault, old, TODAY).correction.events[-1]
    assert (event.kind, event.detail.other) == (_E.REDIRECTED, new.correction.id)
    assert event.detail.items == (held.dose.id,)
    assert flags.get(vault, held.dose.id).state is FlagState.IN_CORRECTION


def test_items_that_wait_can_be_named(vault: Session) -> None:
    """They said at once that it is not theirs; the last open item closes the old one."""
    held, quay = case(vault), hospital(vault, "Quay Lab")
    old = asked(vault, [held.dose, held.knee])
    sent(vault, old)
    redirecting.aim(vault, old, (held.knee.id[:9],), quay.id)
    assert states(vault, old) == [ItemState.OPEN, ItemState.DENIED_ACCEPTED]
    redirecting.aim(vault, old, (), quay.id)
    assert corrections.get(vault, old, TODAY).correction.state is CorrectionState.CLOSED
    assert len(corrections.every(vault, TODAY)) == 3
    assert {f.state for f in flags.every(vault)} == {FlagState.IN_CORRECTION}


def test_what_cannot_be_redirected(vault: Session) -> None:
    """Not to who was asked, not unsent, not what was accepted: a sentence, and nothing begun."""
    held, quay = case(vault), hospital(vault, "Quay Lab")
    old = asked(vault, [held.dose])
    with pytest.raises(Refused, match="as it is") as caught:
        redirecting.aim(vault, old, (), quay.id)
    assert caught.value.hint.endswith(f"correction edit {old} --to {quay.id}")
    sent(vault, old)
    with pytest.raises(UsageError, match="who was asked"):
        redirecting.aim(vault, old, (), held.provider.id)
    with pytest.raises(UsageError, match="has no item"):
        redirecting.aim(vault, old, (held.knee.id,), quay.id)
    told(vault, old, _E.ACCEPTED)
    with pytest.raises(Refused, match="is accepted"):
        redirecting.aim(vault, old, (held.dose.id,), quay.id)
    with pytest.raises(Refused, match="no item waits"):
        redirecting.aim(vault, old, (), quay.id)
    assert len(corrections.every(vault, TODAY)) == 1
    assert flags.get(vault, held.dose.id).originator == ""
