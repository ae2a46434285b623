"""What a request asks for, of whom and on what authority: nothing is mixed up and nothing lost."""

from __future__ import annotations

import pytest

from tests.actions.asking.test_letters import TODAY, asked, days, sent
from tests.actions.made import hospital
from vault.actions import home, offices, requests
from vault.actions.requests import Wanted
from vault.actions.session import Session
from vault.errors import UsageError


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
