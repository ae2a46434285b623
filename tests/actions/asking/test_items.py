"""Items of a request one by one, putting a sending right, and what answers no request."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.made import hospital, patient, put
from vault import dates
from vault.actions import requests
from vault.actions.asking import items, matching
from vault.actions.asking.items import Asked
from vault.actions.requests import RequestView, Sending, Wanted, wanted_of
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.record_types import RecordType
from vault.model.requests import Channel, RequestEvent

LABS, IMAGES, BILLING = RecordType.LAB_RESULTS, RecordType.IMAGES, RecordType.BILLING
FIRST, LAST = dt.date(2015, 1, 1), dt.date(2018, 12, 31)


def asked(s: Session, wanted: Wanted | None = None) -> RequestView:
    """A draft for laboratory results and images."""
    return requests.new(s, hospital(s).id, patient(s).id, wanted or Wanted((LABS, IMAGES)))


def sent(s: Session, days: int = 5) -> RequestView:
    """A request that was sent and arrived so many days ago."""
    day = dates.today() - dt.timedelta(days=days)
    how = Sending(day, Channel.FAX, arrived=day)
    return requests.sent(s, asked(s).request.id, how)


def test_each_item_has_terms_of_its_own(vault: Session) -> None:
    """One is added, one changed, one taken out; two of one kind may stand side by side."""
    view = asked(vault)
    labs, images = view.request.items
    items.add(vault, view.request.id, Asked(LABS, FIRST, LAST, "Ward 3", "PDF", "paper", "mail"))
    items.edit(vault, images.id, Asked(IMAGES, format="DICOM"))
    held = items.drop(vault, labs.id)
    assert [(i.type, i.format, i.from_date) for i in held.items] == [
        (IMAGES, "DICOM", None),
        (LABS, "PDF", FIRST),
    ]
    again = requests.get(vault, view.request.id, dates.today()).request
    assert again.items == held.items
    assert (again.items[1].facility, again.items[1].deliver) == ("Ward 3", "mail")


def test_what_cannot_be_asked_is_refused_and_nothing_changes(vault: Session) -> None:
    """Days the wrong way round, the last item, and a request that was sent."""
    view = asked(vault, Wanted((LABS,)))
    (only,) = view.request.items
    with pytest.raises(UsageError, match="lies after the last"):
        items.add(vault, view.request.id, Asked(IMAGES, LAST, FIRST))
    with pytest.raises(Refused, match="one thing at least"):
        items.drop(vault, only.id)
    requests.sent(vault, view.request.id, Sending(dates.today(), Channel.FAX))
    with pytest.raises(Refused, match="has been sent"):
        items.add(vault, view.request.id, Asked(IMAGES))
    with pytest.raises(Refused, match="has been sent"):
        items.edit(vault, only.id, Asked(IMAGES))
    with pytest.raises(Refused, match="has been sent"):
        items.drop(vault, only.id)
    assert requests.get(vault, view.request.id, dates.today()).request.items == (only,)


def test_changing_the_request_leaves_what_is_an_items_own(vault: Session) -> None:
    """Only what is told anew reaches the items; dates of one of them stay as they were."""
    view = asked(vault)
    labs, images = view.request.items
    items.edit(vault, images.id, Asked(IMAGES, FIRST, LAST, format="DICOM"))
    base = wanted_of(requests.get(vault, view.request.id, dates.today()).request)
    assert base.format == ""
    changed = requests.change(
        vault, view.request.id, Wanted((LABS, IMAGES, BILLING), deliver="mail")
    )
    held = {i.type: i for i in changed.request.items}
    assert [held[kind].deliver for kind in (LABS, IMAGES, BILLING)] == ["mail"] * 3
    assert (held[IMAGES].from_date, held[IMAGES].format) == (FIRST, "DICOM")
    assert held[LABS].id == labs.id
    with pytest.raises(UsageError, match="of an item"):
        requests.change(
            vault, view.request.id, Wanted((LABS, IMAGES), from_date=LAST + dt.timedelta(1))
        )


def test_a_sending_is_put_right_and_the_clock_with_it(vault: Session) -> None:
    """The day it truly arrived starts the clock; an event that is not there cannot be put right."""
    view = sent(vault)
    before = dates.today() - dt.timedelta(days=12)
    again = Sending(before, Channel.MAIL, arrived=before, number="RR 7", replaces=2)
    right = requests.sent(vault, view.request.id, again)
    assert right.standing.start == before
    assert right.request.events[-1].replaces == 2
    assert [e.kind for e in right.standing.events].count(RequestEvent.SENT) == 1
    with pytest.raises(UsageError, match="no event 9"):
        requests.sent(vault, view.request.id, Sending(before, Channel.MAIL, replaces=9))
    with pytest.raises(UsageError, match="beginning"):
        requests.sent(vault, view.request.id, Sending(before, Channel.MAIL, replaces=1))


def test_what_came_waits_until_somebody_says_what_it_answers(vault: Session) -> None:
    """Suggested with the reason, set aside and taken back; what answers an item waits no more."""
    assert matching.arrivals(vault) == ()
    view = sent(vault)
    labs = put(vault, "labs.pdf", ["labs"], view.person, view.provider)
    other = put(vault, "unknown.pdf", ["a page"])
    found = {a.record.id: a for a in matching.arrivals(vault)}
    assert set(found) == {labs.id, other.id}
    assert found[labs.id].matches[0].request == view.request.id
    assert found[other.id].matches == ()
    matching.set_aside(vault, other.id)
    assert [a.record.id for a in matching.arrivals(vault)] == [labs.id]
    matching.set_aside(vault, other.id, undo=True)
    assert len(matching.arrivals(vault)) == 2
    matching.answer(vault, view.request.id, labs.id)
    assert [a.record.id for a in matching.arrivals(vault)] == [other.id]


def test_what_was_kept_with_a_request_can_belong_to_none(vault: Session) -> None:
    """Set aside, it is no longer kept with the request it was taken in for."""
    view = sent(vault)
    record = put(vault, "labs.pdf", ["labs"], view.person, view.provider)
    with vault.vault.write("test.kept") as db:
        db.execute("UPDATE record SET request = ? WHERE id = ?", (view.request.id, record.id))
    (waiting,) = matching.arrivals(vault)
    assert waiting.request == view.request.id
    assert matching.unmatched(vault) == ()
    matching.set_aside(vault, record.id)
    assert matching.arrivals(vault) == ()
    (row,) = vault.vault.read().execute("SELECT request FROM record").fetchall()
    assert row[0] is None
