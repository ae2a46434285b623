"""What a form asks for is pointed out with the words and the page that show it."""

from __future__ import annotations

import pytest

from tests.forms.papers import lines
from vault.forms.traps import traps
from vault.model.forms import Trap

SHOWN = {
    Trap.SSN: ["Social Security Number:", "SSN (last four)", "Patient S.S.N"],
    Trap.WITNESS: ["Signature of witness", "Witnessed by"],
    Trap.NOTARY: ["Notary Public", "This form must be notarized", "Subscribed and sworn to"],
    Trap.WAIVER: [
        "I release Quillon Heart from any and all liability",
        "I agree to hold the clinic harmless",
        "I waive all claims",
    ],
    Trap.EXPIRY: [
        "This authorization expires on",
        "Expiration date or event",
        "Valid for one year",
    ],
    Trap.PURPOSE: ["Purpose of disclosure", "Reason for request:"],
    Trap.FEE: ["A fee of $6.50 may be charged", "25 cents per page"],
    Trap.PHOTO_ID: ["Attach a copy of your photo ID", "Driver's license number"],
    Trap.REVOCATION: ["I may revoke this at any time", "Revocation must be in writing"],
    Trap.OTHER_STATE: ["under California Health and Safety Code 123110", "New York law applies"],
}
CASES = [(trap, line) for trap, found in SHOWN.items() for line in found]
ADDRESS = "Fax to 512-555-0188"


@pytest.mark.parametrize(("trap", "line"), CASES)
def test_a_trap_is_found_where_it_is(trap: Trap, line: str) -> None:
    """Each is found on its page with its words."""
    pages = {1: lines("Patient name", ADDRESS), 2: lines("Some words before", line)}
    (found,) = [w for w in traps(pages, "us-tx") if w.trap is trap]
    assert (found.page, found.words) == (2, line)


def test_a_plain_form_has_none() -> None:
    """A form that asks for nothing odd and says where to send it has no trap."""
    text = (
        "Patient name",
        "Date of birth",
        "Mail to: 12 Elm Street, Austin, TX 78701",
        "Signature",
    )
    assert traps({1: lines(*text)}, "us-tx") == ()


@pytest.mark.parametrize(
    "line",
    [ADDRESS, "records@quillon.example", "Austin, TX 78701", "P.O. Box 12", "Leeds LS1 4AB"],
)
def test_where_to_send_it(line: str) -> None:
    """A fax number, an e-mail address, a place with its code or a box is a return address."""
    assert Trap.NO_ADDRESS not in {w.trap for w in traps({1: lines("Patient name", line)})}


def test_no_address_at_all() -> None:
    """The defect most forms have: nothing says where it goes."""
    (found,) = traps({1: lines("Patient name", "Telephone")})
    assert (found.trap, found.page, found.words) == (Trap.NO_ADDRESS, 0, "")


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("us-ca", "under California Health and Safety Code 123110"),
        ("us-wv", "West Virginia law"),
        ("uk", "California law"),
        ("us", "California law"),
    ],
)
def test_the_law_of_the_place_is_no_trap(place: str, line: str) -> None:
    """A state's own law is none, and without a state nothing can be foreign."""
    assert Trap.OTHER_STATE not in {w.trap for w in traps({1: lines(line, ADDRESS)}, place)}
