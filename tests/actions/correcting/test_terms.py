"""A correction is changed as long as it lies here, and not any more once it was sent."""

from __future__ import annotations

import pytest

from tests.actions.correcting.kit import DOSE, TODAY, asked, case, letter
from tests.actions.made import hospital, patient, put
from vault.actions import authorities, corrections, flags, offices
from vault.actions.authorities import Terms
from vault.actions.correcting import preflight, terms
from vault.actions.correcting.terms import Change, Words
from vault.actions.flags import Wrong
from vault.actions.offices import Desk
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.errors import NotFound, Refused, UsageError
from vault.model.authority_law import Basis
from vault.model.corrections import CorrectionEvent, CorrectionState
from vault.model.flags import FlagState
from vault.model.offices import OfficeRole
from vault.model.requests import Channel


def test_items_come_and_go_with_their_flags(vault: Session) -> None:
    """A dropped flag is confirmed again, an added one in correction; the last one stays."""
    held = case(vault)
    id_ = asked(vault, [held.dose])
    view = terms.edit(vault, id_, Change(add=(held.knee.id,)))
    assert [flag.id for flag in view.flags] == [held.dose.id, held.knee.id]
    assert flags.get(vault, held.knee.id).state is FlagState.IN_CORRECTION
    with pytest.raises(Refused, match="is in correction"):
        terms.edit(vault, id_, Change(add=(held.knee.id,)))
    view = terms.edit(vault, id_, Change(drop=(held.dose.id,)))
    assert [flag.id for flag in view.flags] == [held.knee.id]
    assert flags.get(vault, held.dose.id).state is FlagState.CONFIRMED
    with pytest.raises(Refused, match="without any item") as caught:
        terms.edit(vault, id_, Change(drop=(held.knee.id,)))
    assert caught.value.hint.endswith(f"correction log {id_} withdrawn")
    with pytest.raises(UsageError, match="has no item"):
        terms.edit(vault, id_, Change(drop=(held.dose.id,)))
    swapped = terms.edit(vault, id_, Change(add=(held.dose.id,), drop=(held.knee.id,)))
    assert [flag.id for flag in swapped.flags] == [held.dose.id]
    assert vault.vault.verify(full=True) == ()


def test_flags_of_others(vault: Session) -> None:
    """Two people never; another provider's only where it is said who is asked."""
    held = case(vault)
    id_ = asked(vault, [held.dose])
    quay = hospital(vault, "Quay Lab")
    theirs = put(vault, "a.pdf", ["Entry"], patient(vault, "Tobias Voss"), held.provider)
    from_quay = put(vault, "b.pdf", ["Entry"], held.person, quay)
    other, elsewhere = (
        flags.add(vault, record.id, 1, "Entry", Wrong("another")).id
        for record in (theirs, from_quay)
    )
    with pytest.raises(UsageError, match="several people"):
        terms.edit(vault, id_, Change(add=(other,), to=held.provider.id))
    with pytest.raises(UsageError, match="another provider"):
        terms.edit(vault, id_, Change(add=(elsewhere,)))
    assert [i.flag for i in corrections.get(vault, id_, TODAY).correction.items] == [held.dose.id]
    view = terms.edit(vault, id_, Change(add=(elsewhere,), to=held.provider.id))
    assert len(view.flags) == 2


def test_how_and_whom_it_asks(vault: Session) -> None:
    """Form, desk and authority; a desk belongs to who is asked, and goes where another is."""
    held = case(vault)
    id_ = asked(vault, [held.dose])
    quay = hospital(vault, "Quay Lab")
    desk, far = (
        offices.add(vault, provider.id, Desk(OfficeRole.PRIVACY, "Privacy")).id
        for provider in (held.provider, quay)
    )
    guardian = Terms(name="Ines Voss", basis=Basis.GUARDIAN)
    authority = authorities.add(vault, held.person.id, guardian).authority.id
    with pytest.raises(UsageError, match="another provider"):
        terms.edit(vault, id_, Change(office=far))
    change = Change(formal=False, office=desk, authority=authority)
    now = terms.edit(vault, id_, change).correction
    assert (now.formal, now.office, now.authority) == (False, desk, authority)
    moved = terms.edit(vault, id_, Change(to=quay.id)).correction
    assert (moved.provider, moved.office, moved.authority) == (quay.id, "", authority)
    back = terms.edit(vault, id_, Change(formal=True, office=far, authority="")).correction
    assert (back.formal, back.office, back.authority) == (True, far, "")


def test_what_is_said_of_an_item(vault: Session) -> None:
    """The words are looked for on the page; what is not said again stays as it was."""
    held = case(vault)
    id_ = asked(vault, [held.dose])
    words = Words(held.dose.id, quote="amoxicillin 500 MG", why="my own box")
    flag = terms.edit(vault, id_, Change(words=words)).flags[0]
    assert flag.finding.quote == "Amoxicillin 500 mg"
    assert (flag.should_say, flag.finding.reason) == (held.dose.should_say, "my own box")
    assert flag.finding.box is not None
    unread = Words(held.dose.id, quote="Amoxicillin 5OO mg", should_say="none")
    flag = terms.edit(vault, id_, Change(words=unread)).flags[0]
    assert (flag.finding.quote, flag.finding.box) == ("Amoxicillin 5OO mg", None)
    assert (flag.finding.page, flag.should_say) == (1, "none")
    with pytest.raises(NotFound, match="no page 9"):
        terms.edit(vault, id_, Change(words=Words(held.dose.id, page=9)))
    with pytest.raises(UsageError, match="has no item"):
        terms.edit(vault, id_, Change(words=Words(held.knee.id, why="so")))
    assert flags.get(vault, held.knee.id) == held.knee


def test_what_was_ready_is_a_draft_again(vault: Session) -> None:
    """Whoever changes what was signed has to sign it anew; what happened stays to be seen."""
    held = case(vault)
    id_ = asked(vault, [held.dose])
    letter(vault, id_)
    preflight.ready(vault, id_, TODAY)
    view = terms.edit(vault, id_, Change(words=Words(held.dose.id, why="otherwise")))
    assert view.correction.state is CorrectionState.DRAFT
    kinds = [event.kind for event in view.correction.events]
    assert kinds == [CorrectionEvent.DRAFTED, CorrectionEvent.READY, CorrectionEvent.NOTE]
    letter(vault, id_)
    again = preflight.ready(vault, id_, TODAY)
    assert again.correction.state is CorrectionState.READY


def test_what_was_sent_stays(vault: Session) -> None:
    """Refused with a sentence, and nothing is changed."""
    held = case(vault)
    id_ = asked(vault, [held.dose])
    corrections.sent(vault, id_, Sending(TODAY, Channel.MAIL))
    before = corrections.get(vault, id_, TODAY)
    with pytest.raises(Refused, match="stays as it was"):
        terms.edit(vault, id_, Change(add=(held.knee.id,), words=Words(held.dose.id, "x")))
    assert corrections.get(vault, id_, TODAY) == before
    assert before.flags[0].finding.quote == DOSE
