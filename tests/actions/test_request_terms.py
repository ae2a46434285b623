"""What a request asks for, of whom and on what authority: nothing is mixed up and nothing lost."""

from __future__ import annotations

from tests.actions.asking.test_letters import TODAY, asked, days, sent
from vault.actions import home
from vault.actions.session import Session


def test_a_request_asleep_for_half_a_year_stays_on_the_home_list(vault: Session) -> None:
    """Nothing happened for 180 days: it is still told of, before what is in time."""
    sent(vault, asked(vault), 200)
    (matter,) = [m for m in home.matters(vault, TODAY + days(1)) if m.place is home.Place.REQUEST]
    assert matter.weight < 8
