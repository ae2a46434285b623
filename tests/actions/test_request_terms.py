"""What a request asks for, of whom and on what authority: nothing is mixed up and nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.actions.asking.test_letters import TODAY, asked, days, sent
from tests.actions.made import hospital, put
from vault.actions import home, offices, requests
from vault.actions.asking import ledger, matching
from vault.actions.asking.events import Told
from vault.actions.requests import Sending, Wanted
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.record_types import RecordType
from vault.model.requests import Channel, Detail, RequestEvent


def test_a_request_asleep_for_half_a_year_stays_on_the_home_list(vault: Session) -> None:
    """Nothing happened for 180 days: it is still told of, before what is in time."""
    sent(vault, asked(vault), 200)
    (matter,) = [m for m in home.matters(vault, TODAY + days(1)) if m.place is home.Place.REQUEST]
    assert matter.weight < 8


def test_a_request_goes_to_no_office_of_another_provider(vault: Session) -> None:
    """Its letter would carry one provider's name and another's address."""
    request = asked(vault)
    holder = requests.get(vault, request, TODAY).provider.id
    foreign = offices.add(vault, hospital(vault, "Oak Lane Clinic").id, offices.Desk()).id
    own = offices.add(vault, holder, offices.Desk()).id
    with pytest.raises(UsageError, match="another provider"):
        requests.new(vault, holder, None, Wanted(office=foreign))
    with pytest.raises(UsageError, match="another provider"):
        requests.change(vault, request, Wanted(office=foreign))
    assert requests.change(vault, request, Wanted(office=own)).request.office == own


def test_what_was_said_of_one_item_outlives_a_change_of_the_request(vault: Session) -> None:
    """A fee limit set later leaves an item's own format; a new format is for all items."""
    kinds = (RecordType.VISIT_NOTES, RecordType.IMAGES)
    request = asked(vault, Wanted(kinds, format="PDF", facility="East Wing"))
    notes, images = requests.get(vault, request, TODAY).request.items
    change = ledger.ItemChange(format="DICOM", facility="Imaging", promised="a disc")
    ledger.change_item(vault, images.id, change)
    held = requests.get(vault, request, TODAY).request
    wanted = replace(requests.wanted_of(held), what=(*kinds, RecordType.BILLING), currency="USD")
    after = requests.change(vault, request, wanted).request.items
    assert after[:2] == (
        notes,
        replace(images, format="DICOM", facility="Imaging", promised="a disc"),
    )
    assert (after[2].format, after[2].facility) == ("PDF", "East Wing")
    anew = replace(requests.wanted_of(requests.get(vault, request, TODAY).request), format="paper")
    changed = requests.change(vault, request, anew).request.items
    assert [(i.format, i.facility) for i in changed[:2]] == [
        ("paper", "East Wing"),
        ("paper", "Imaging"),
    ]


def test_what_is_said_of_an_item_is_made_safe_to_show(vault: Session) -> None:
    """It goes to the terminal and into letters: no control codes, one line, not endless."""
    request = asked(vault)
    (item,) = requests.get(vault, request, TODAY).request.items
    told = ledger.ItemChange(facility="East\x1b[31m\nWing", came="a disc " * 100)
    (held,) = ledger.change_item(vault, item.id, told).items
    assert held.facility == "East[31m Wing"
    assert len(held.came) <= 100


@pytest.mark.parametrize("kind", ["drafted", "ready", "sent", "reviewed"])
def test_no_check_is_gone_around_by_telling_what_happened(vault: Session, kind: str) -> None:
    """To be ready, sent or looked through has checks of its own; telling of it is refused."""
    request = asked(vault)
    if kind == "reviewed":
        sent(vault, request, 9)
        requests.log(vault, request, Told(RequestEvent.PARTIAL, TODAY))
    before = requests.get(vault, request, TODAY)
    with pytest.raises(UsageError, match="command of its own"):
        requests.log(vault, request, Told(RequestEvent(kind), TODAY))
    assert requests.get(vault, request, TODAY) == before


def test_a_day_of_delivery_that_is_known_is_no_longer_called_assumed(vault: Session) -> None:
    """Once the delivery was noted, the deadline stands on it and says nothing else."""
    request = asked(vault)
    requests.sent(vault, request, Sending(TODAY - days(9), Channel.MAIL))
    assert "assumed" in requests.owed(requests.get(vault, request, TODAY))
    requests.log(vault, request, Told(RequestEvent.DELIVERED, TODAY - days(7)))
    view = requests.get(vault, request, TODAY)
    assert view.due is not None
    assert view.due.start == TODAY - days(7)
    assert "assumed" not in requests.owed(view)


def test_a_request_to_the_right_provider_takes_no_promise_along(vault: Session) -> None:
    """What the first one promised and sent is none of the second one's doing."""
    request = asked(vault)
    sent(vault, request, 9)
    (item,) = requests.get(vault, request, TODAY).request.items
    ledger.change_item(vault, item.id, ledger.ItemChange(promised="a disc", came="paper"))
    other = hospital(vault, "Oak Lane Clinic").id
    told = Told(RequestEvent.REDIRECTED, TODAY, detail=Detail(other=other))
    requests.log(vault, request, told)
    (child,) = [v for v in requests.every(vault, TODAY) if v.provider.id == other]
    assert [(i.promised, i.came) for i in child.request.items] == [("", "")]


def test_an_answer_without_an_item_changes_none_that_is_settled(vault: Session) -> None:
    """All came, and then they say that they left something out: of which item has to be said."""
    kinds = (RecordType.VISIT_NOTES, RecordType.IMAGES)
    request = asked(vault, Wanted(kinds))
    sent(vault, request, 9)
    requests.log(vault, request, Told(RequestEvent.RECEIVED, TODAY - days(3)))
    notes, images = requests.get(vault, request, TODAY).request.items
    with pytest.raises(UsageError, match="which item"):
        requests.log(vault, request, Told(RequestEvent.WITHHELD, TODAY))
    requests.log(vault, request, Told(RequestEvent.RECEIVED, TODAY))  # more of the same
    told = Told(RequestEvent.DENIED, TODAY, item=images.id)
    assert requests.log(vault, request, told).standing.answers == {
        notes.id: "received",
        images.id: "denied",
    }
    record = put(vault, "a.pdf", ["words"], requests.get(vault, request, TODAY).person)
    with pytest.raises(UsageError, match="which item"):
        matching.answer(vault, request, record.id)
    matching.answer(vault, request, record.id, (notes.id,))
    assert requests.get(vault, request, TODAY).standing.answers[images.id] == "denied"


def test_what_cannot_have_happened_on_its_day_is_refused(vault: Session) -> None:
    """It would be kept and change nothing: said with the day, and nothing is noted."""
    request = asked(vault)
    sent(vault, request, 9)
    requests.log(vault, request, Told(RequestEvent.WITHDRAWN, TODAY - days(6)))
    requests.log(vault, request, Told(RequestEvent.REOPENED, TODAY - days(3)))
    with pytest.raises(Refused, match=f"was closed on {(TODAY - days(4)).isoformat()}"):
        requests.log(vault, request, Told(RequestEvent.RECEIVED, TODAY - days(4)))
    with pytest.raises(Refused, match=r"was on .* sent"):
        requests.log(vault, request, Told(RequestEvent.REOPENED, TODAY - days(7)))
    seen = Told(RequestEvent.ACKNOWLEDGED, TODAY - days(8))
    assert requests.log(vault, request, seen).standing.state == "acknowledged"


def test_what_is_told_late_of_a_closed_request_takes_its_day(vault: Session) -> None:
    """They had confirmed it before it was closed, and it stays closed."""
    request = asked(vault)
    sent(vault, request, 9)
    requests.log(vault, request, Told(RequestEvent.WITHDRAWN, TODAY - days(3)))
    told = Told(RequestEvent.ACKNOWLEDGED, TODAY - days(5), detail=Detail(number="Q-7"))
    after = requests.log(vault, request, told)
    assert (after.standing.state, after.standing.number) == ("closed", "Q-7")


def test_a_sending_before_the_one_that_came_back_is_refused(vault: Session) -> None:
    """It would be taken for what came back, and no clock would run."""
    request = asked(vault)
    sent(vault, request, 9)
    requests.log(vault, request, Told(RequestEvent.BOUNCED, TODAY - days(4)))
    with pytest.raises(UsageError, match="came back"):
        sent(vault, request, 6)
    sent(vault, request, 2)
    assert requests.get(vault, request, TODAY).standing.start == TODAY - days(2)


def test_what_was_answered_is_not_changed_even_where_a_sending_came_back(vault: Session) -> None:
    """The records taken for its items, and what was asked then, stay as they were."""
    request = asked(vault)
    sent(vault, request, 9)
    record = put(vault, "a.pdf", ["words"], requests.get(vault, request, TODAY).person)
    matching.answer(vault, request, record.id)
    requests.log(vault, request, Told(RequestEvent.BOUNCED, TODAY - days(2)))
    with pytest.raises(Refused, match="has been sent"):
        requests.change(vault, request, Wanted((RecordType.IMAGES,)))
