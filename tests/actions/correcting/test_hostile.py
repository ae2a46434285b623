"""Whatever a person notes of a correction, in whatever order: refused with a sentence, or kept."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from tests.actions.made import hospital, patient, put
from tests.model.turns import OUTCOMES
from vault.actions import corrections, flags
from vault.actions.correcting import denials, marks, statistics, steps
from vault.actions.correcting.events import Told
from vault.actions.corrections import CorrectionView
from vault.actions.flags import Wrong
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model import hl7, rounds
from vault.model.corrections import CorrectionEvent, CorrectionState
from vault.model.flags import FlagState
from vault.model.requests import Channel, Detail
from vault.store import corrections as stored

E = CorrectionEvent
SENT = dt.date(2026, 3, 2)
TODAY = dt.date(2026, 11, 1)


def begun(s: Session) -> tuple[str, tuple[str, ...]]:
    """A correction of three wrong entries, and its flags."""
    record = put(s, "note.pdf", ("entry0 entry1 entry2",), patient(s), hospital(s))
    made = tuple(flags.add(s, record.id, 1, f"entry{n}", Wrong("other")).id for n in range(3))
    return corrections.new(s, made).correction.id, made


def whole(s: Session, view: CorrectionView) -> None:
    """What is stored is what the events tell, and all that is said of it can be said."""
    held = view.correction
    assert {item.flag: item.state for item in held.items} == view.standing.items
    assert (held.state, held.waiting_on) == (view.standing.state, view.standing.waiting_on)
    db = s.vault.read()
    for flag in view.flags:
        expected = marks._state(list(stored.states_of(db, flag.id)))
        assert flag.state is expected
    assert hl7.code(view.standing)
    assert steps.next_step(view)
    for event in view.standing.denials:
        assert denials.judge(s, view, event).sentences
    assert statistics.of(s, TODAY).items.asked in (0, 3)
    known = [item.flag for item in held.items]
    assert rounds.idle(known, held.events) == ()


def chosen(chance: random.Random, known: tuple[str, ...], events: int) -> Told:
    """Any event about any items on any day, at times in the place of an earlier one."""
    kind = chance.choice([k for k in E if k is not E.DRAFTED and k is not E.SENT])
    detail = Detail(
        items=tuple(chance.sample(known, chance.randint(1, 3))) if chance.random() < 0.4 else (),
        outcome=chance.choice(OUTCOMES) if kind is E.COMPARED else "",
        until=SENT + dt.timedelta(days=chance.randint(0, 200)) if kind is E.EXTENDED else None,
        reason=chance.choice(("", "a reason")),
    )
    replaces = chance.randint(2, events) if events > 2 and chance.random() < 0.2 else None
    on = SENT + dt.timedelta(days=chance.randint(0, 90))
    return Told(kind, on, "", detail, replaces=replaces)


@pytest.mark.parametrize("seed", range(4))
def test_anything_noted_in_any_order(vault: Session, seed: int) -> None:
    """Random words on one correction: each is kept whole or refused, none comes to nothing."""
    chance = random.Random(seed)
    cor, known = begun(vault)
    kept = refused = 0
    for _ in range(120):
        events = len(corrections.get(vault, cor, TODAY).correction.events)
        try:
            if chance.random() < 0.12:
                on = SENT + dt.timedelta(days=chance.randint(0, 90))
                corrections.sent(vault, cor, Sending(on, Channel.FAX, on))
            else:
                corrections.tell(vault, cor, chosen(chance, known, events))
        except (Refused, UsageError):
            refused += 1
            now = corrections.get(vault, cor, TODAY)
            assert len(now.correction.events) == events
            continue
        kept += 1
        whole(vault, corrections.get(vault, cor, TODAY))
    assert kept > 3
    assert refused > 3


def test_what_was_noted_later_is_not_lost_without_a_word(vault: Session) -> None:
    """An earlier day, or another word in the place of one, that undoes a later word is refused."""
    cor, known = begun(vault)
    corrections.sent(vault, cor, Sending(SENT, Channel.FAX, SENT))
    day = SENT + dt.timedelta(days=20)
    corrections.tell(vault, cor, Told(E.ACCEPTED, day))
    early = SENT + dt.timedelta(days=10)
    for told in (
        Told(E.DENIED, early),
        Told(E.WITHDRAWN, early),
        Told(E.NOTE, SENT, "it was never sent", replaces=2),
    ):
        with pytest.raises(Refused, match="could not have happened") as refused:
            corrections.tell(vault, cor, told)
        assert "--replaces 3" in refused.value.hint
    late = SENT + dt.timedelta(days=30)
    moved = Sending(late, Channel.FAX, late, replaces=2)
    with pytest.raises(Refused, match="could not have happened"):
        corrections.sent(vault, cor, moved)
    some = Told(E.DENIED, early, detail=Detail(items=known[:1]))
    now = corrections.tell(vault, cor, some)
    assert now.standing.state is CorrectionState.PARTIAL
    assert [f.state for f in now.flags] == [FlagState.IN_CORRECTION] * 3
