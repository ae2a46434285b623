"""Figures over one's own corrections say what happened, and no more than that."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.made import hospital, patient, put
from vault.actions import corrections, flags
from vault.actions.correcting import statistics
from vault.actions.correcting.events import Told
from vault.actions.correcting.statistics import Count, Days, share
from vault.actions.flags import Wrong
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.model.corrections import CorrectionEvent
from vault.model.flags import Kind, Subject
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.requests import Channel, Detail

E = CorrectionEvent
SENT = dt.date(2026, 3, 2)
TODAY = SENT + dt.timedelta(days=100)


def told(s: Session, cor: str, kind: CorrectionEvent, days: int, **detail: object) -> None:
    """Something happened so many days after the sending."""
    on = SENT + dt.timedelta(days=days)
    corrections.tell(s, cor, Told(kind, on, "", Detail(**detail)))  # type: ignore[arg-type]


def begun(
    s: Session, who: Person, held: Provider, *kinds: Kind, sent: bool = True
) -> tuple[str, tuple[str, ...]]:
    """A correction of items of these kinds, sent and arrived, and its flags."""
    text = " ".join(f"entry{n}" for n in range(len(kinds)))
    record = put(s, f"{held.name}.pdf", (text,), who, held)
    made = tuple(
        flags.add(
            s, record.id, 1, f"entry{n}", Wrong("other", kind=kind, subject=Subject.MEDICATION)
        ).id
        for n, kind in enumerate(kinds)
    )
    cor = corrections.new(s, made).correction.id
    if sent:
        corrections.sent(s, cor, Sending(SENT, Channel.FAX, SENT))
    return cor, made


@pytest.fixture
def told_of(vault: Session) -> Session:
    """Four corrections: one granted and proven in part, one denied, one waiting, one a draft."""
    who, elm, quay = patient(vault), hospital(vault), hospital(vault, "Quay Lab")
    cor, (one, two, _three) = begun(
        vault, who, elm, Kind.WRONG_VALUE, Kind.WRONG_VALUE, Kind.OUTDATED
    )
    told(vault, cor, E.ACCEPTED, 40)
    told(vault, cor, E.COMPARED, 60, items=(one,), outcome="fixed")
    told(vault, cor, E.COMPARED, 61, items=(two,), outcome="unchanged")
    told(vault, cor, E.CLOSED, 90)
    denied, _ = begun(vault, who, quay, Kind.MISSING)
    told(vault, denied, E.DENIED, 20)
    waiting, _ = begun(vault, who, hospital(vault, "Larch Clinic"), Kind.OUTDATED)
    told(vault, waiting, E.IN_REVIEW, 5)
    begun(vault, who, hospital(vault, "Draft House"), Kind.OUTDATED, sent=False)
    return vault


def test_what_became_of_every_item(told_of: Session) -> None:
    """Granted, denied, shown by a copy or not: what was looked at counts, though it is closed."""
    found = statistics.of(told_of, TODAY)
    assert (found.corrections, found.drafts) == (3, 1)
    assert found.items == Count("all", 5, 4, 3, 1, 1, 1, 1)
    assert found.days == Days(many=2, median=30, mean=30.0, longest=40)
    assert found.waited == 100


def test_by_provider_kind_and_subject(told_of: Session) -> None:
    """The same items sorted in three ways, the most asked first; each way adds up to all."""
    found = statistics.of(told_of, TODAY)
    assert [c.name for c in found.providers] == ["Elm Street Hospital", "Larch Clinic", "Quay Lab"]
    assert {c.name: (c.asked, c.granted) for c in found.kinds} == {
        "outdated": (2, 1),
        "wrong_value": (2, 2),
        "missing": (1, 0),
    }
    assert [c.name for c in found.subjects] == ["medication"]
    for counts in (found.providers, found.kinds, found.subjects):
        assert sum(c.asked for c in counts) == found.items.asked
        assert sum(c.granted for c in counts) == found.items.granted


def test_granted_after_all_counts_as_both(vault: Session) -> None:
    """Denied, asked anew and accepted: two answers in days, one item granted and denied."""
    cor, _ = begun(vault, patient(vault), hospital(vault), Kind.WRONG_VALUE)
    told(vault, cor, E.DENIED, 10)
    again = SENT + dt.timedelta(days=20)
    corrections.sent(vault, cor, Sending(again, Channel.FAX, again))
    told(vault, cor, E.ACCEPTED, 50)
    found = statistics.of(vault, TODAY)
    assert (found.items.granted, found.items.denied, found.items.answered) == (1, 1, 1)
    assert found.days == Days(many=2, median=20, mean=20.0, longest=30)


def test_nothing_sent_says_nothing(vault: Session) -> None:
    """No correction, or drafts alone: no days, no shares, no rows."""
    assert statistics.of(vault, TODAY).days is None
    begun(vault, patient(vault), hospital(vault), Kind.OUTDATED, sent=False)
    found = statistics.of(vault, TODAY)
    assert (found.corrections, found.drafts, found.items.asked) == (0, 1, 0)
    assert found.providers == ()


def test_a_guessed_arrival_is_said(vault: Session) -> None:
    """Days counted from a day that nobody saw are marked as such."""
    cor, _ = begun(vault, patient(vault), hospital(vault), Kind.OUTDATED, sent=False)
    corrections.sent(vault, cor, Sending(SENT, Channel.MAIL))
    told(vault, cor, E.ACCEPTED, 15)
    found = statistics.of(vault, TODAY).days
    assert found is not None
    assert (found.longest, found.assumed) == (10, 1)


def test_no_percentage_of_a_few() -> None:
    """Fewer than five are told as a count alone."""
    assert share(2, 3) == "2 of 3"
    assert share(0, 0) == "0 of 0"
    assert share(4, 6) == "4 of 6 (67 %)"
