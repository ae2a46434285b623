"""The check before sending: each thing it looks at, alone, in a real vault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest

from tests.actions.asking.test_letters import TODAY, acting, asked, copied, days, sent
from vault.actions import people, providers, requests
from vault.actions.asking import letters, preflight
from vault.actions.asking.events import Told
from vault.actions.asking.preflight import Finding
from vault.actions.people import Contact
from vault.actions.requests import Wanted
from vault.actions.session import Session
from vault.errors import Refused
from vault.model.asking_letters import LetterKind
from vault.model.requests import Detail, RequestEvent, RequestState

FULL = Wanted(format="PDF", fee_limit=Decimal("25.00"), currency="USD")


def whole(s: Session, wanted: Wanted = FULL, place: str = "us-oh") -> str:
    """A request that lacks nothing but its signature."""
    request = asked(s, wanted, place)
    provider = requests.get(s, request, TODAY).provider.id
    person = requests.get(s, request, TODAY).person.id
    providers.edit(s, provider, providers.Change(contact=Contact(address=("9 Quarry Road",))))
    people.edit(s, person, people.Change(mrns=((provider, "Q-17"),)))
    letters.compose(s, request)
    return request


def wrong(s: Session, request: str, signed: dt.date | None = TODAY) -> dict[str, Finding]:
    """What the check finds wrong, by what it looked at."""
    return {f.what: f for f in preflight.check(s, request, TODAY, signed) if not f.ok}


def sql(s: Session, statement: str, values: Sequence[object] = ()) -> None:
    """Change a row as another part of the program would."""
    with s.vault.write("test") as db:
        db.execute(statement, tuple(values))


def test_a_whole_request_becomes_ready_once_it_is_signed(vault: Session) -> None:
    """Nothing else stands in the way, and what is enclosed is kept with the event."""
    request = whole(vault)
    assert set(wrong(vault, request, None)) == {"it is signed"}
    with pytest.raises(Refused, match="signed"):
        preflight.ready(vault, request, None)
    assert requests.get(vault, request, TODAY).request.state is RequestState.DRAFT
    assert wrong(vault, request) == {}
    view = preflight.ready(vault, request, TODAY)
    assert view.request.state is RequestState.READY
    event = view.request.events[-1]
    assert event.kind == RequestEvent.READY
    assert event.detail.letter == letters.made(vault, request)[-1].id
    sent(vault, request, 0)
    with pytest.raises(Refused, match="sent already"):
        preflight.ready(vault, request, TODAY)


def test_each_thing_that_is_missing_is_found_with_how_to_mend_it(vault: Session) -> None:
    """A bare draft: what blocks is told from what is only worth a look."""
    request = asked(vault, Wanted())
    sql(vault, "UPDATE person SET address = '[]', phone = ''")
    found = wrong(vault, request, None)
    assert all(f.hint for f in found.values())
    blocking = {what for what, f in found.items() if f.blocks}
    assert blocking == {
        "your postal address",
        "where to send it",
        "a letter or a filled form",
        "it is signed",
    }
    assert set(found) - blocking == {
        "your telephone number or e-mail address",
        "the record number there (the date of birth will do)",
        "the format",
        "a limit for the fee",
    }
    with pytest.raises(Refused, match="not ready: your postal address"):
        preflight.ready(vault, request, TODAY)


def test_days_that_cannot_be_stand_in_the_way(vault: Session) -> None:
    """A span that ends before the birth, or begins in the future."""
    for wanted in (
        Wanted(to_date=dt.date(1950, 1, 1)),
        Wanted(from_date=TODAY + days(2)),
    ):
        request = asked(vault, wanted)
        assert wrong(vault, request)["the days asked for"].blocks


def test_an_expired_authority_stands_in_the_way_with_its_reason(vault: Session) -> None:
    """It ended yesterday; the proof and its copy are asked for apart from that."""
    request = whole(vault)
    acting(vault, request)
    found = wrong(vault, request)
    copy = found["No copy of the proof (Order of the court) was made for this request yet"]
    assert not copy.blocks
    assert "request enclose" in copy.hint
    copied(vault, request)
    letters.compose(vault, request)
    assert wrong(vault, request) == {}
    sql(vault, "UPDATE authority SET ended_on = ?", [(TODAY - days(1)).isoformat()])
    ended = wrong(vault, request)["you may ask for this"]
    assert ended.blocks
    assert f"ended on {TODAY - days(1)}" in ended.hint
    with pytest.raises(Refused, match="you may ask for this"):
        preflight.ready(vault, request, TODAY)


def test_nobody_asks_for_the_dead_without_an_authority(vault: Session) -> None:
    """The right of the living ends; somebody has to ask for them."""
    request = whole(vault)
    sql(vault, "UPDATE person SET died_on = '2025-01-01'")
    found = wrong(vault, request)["you may ask for this"]
    assert found.blocks
    assert "died on 2025-01-01" in found.hint


def test_a_letter_that_no_longer_says_what_is_so_stands_in_the_way(vault: Session) -> None:
    """Another fee limit, or a copy made to be enclosed: the letter is made anew."""
    request = whole(vault)
    preflight.ready(vault, request, TODAY)
    changed = requests.change(vault, request, Wanted(format="PDF", fee_limit=Decimal("5.00")))
    assert changed.request.state is RequestState.DRAFT
    assert wrong(vault, request)["the letter says what is so now"].blocks
    letters.compose(vault, request)
    assert "the letter says what is so now" not in wrong(vault, request)


def test_a_form_has_to_be_looked_at(vault: Session) -> None:
    """A filled form is ready only once its check page was seen."""
    request = whole(vault)
    letter = letters.made(vault, request)[-1]
    sql(vault, "UPDATE letter SET kind = 'form' WHERE id = ?", [letter.id])
    assert wrong(vault, request)["the filled form was looked at"].blocks
    told = Told(RequestEvent.FORM_CHECKED, TODAY)
    requests.log(vault, request, told)
    assert "the filled form was looked at" not in wrong(vault, request)


def test_a_form_filled_in_anew_has_to_be_looked_at_again(vault: Session) -> None:
    """Neither a look at an earlier one the same day, nor at another letter, is a look at it."""
    request = whole(vault)
    letter = letters.made(vault, request)[-1]
    sql(vault, "UPDATE letter SET kind = 'form' WHERE id = ?", [letter.id])
    requests.log(vault, request, Told(RequestEvent.FORM_CHECKED, TODAY))
    assert "the filled form was looked at" not in wrong(vault, request)
    later = "9998-12-31T10:00:00Z"
    sql(vault, "UPDATE letter SET made_at = ? WHERE id = ?", [later, letter.id])
    assert wrong(vault, request)["the filled form was looked at"].blocks
    seen = Detail(letter=letter.id)
    requests.log(vault, request, Told(RequestEvent.FORM_CHECKED, TODAY, detail=seen))
    assert "the filled form was looked at" not in wrong(vault, request)


def test_paper_for_somebody_else_needs_an_authorization(vault: Session) -> None:
    """Ciox v. Azar: the check says so, and the authorization mends it."""
    other = ("Dr. Imre Vance", "4 Mill Street")
    request = asked(vault, Wanted(format="paper", third_party=other))
    what = "the copy for somebody else can be asked for this way"
    assert wrong(vault, request)[what].blocks
    letters.compose(vault, request, LetterKind.AUTHORIZATION)
    assert what not in wrong(vault, request)
    electronic = asked(vault, Wanted(format="PDF", third_party=other))
    assert what not in wrong(vault, electronic)


def test_a_signature_may_be_sixty_days_old_in_michigan(vault: Session) -> None:
    """MCL 333.26265(2): 60 days will do, 61 will not."""
    request = whole(vault, place="us-mi")
    assert wrong(vault, request, TODAY - days(60)) == {}
    found = wrong(vault, request, TODAY - days(61))
    assert [f.blocks for f in found.values()] == [True]
    assert "60 days old" in next(iter(found))


def test_an_address_to_confirm_and_an_identity_document_are_pointed_out(vault: Session) -> None:
    """What the registry said, and what the provider said it wants."""
    request = whole(vault)
    provider = requests.get(vault, request, TODAY).provider.id
    sql(vault, "UPDATE provider SET to_confirm = 'the NPI registry'")
    sql(
        vault,
        "INSERT INTO statement (id, provider, topic, value, source, on_date, made_at) "
        "VALUES ('stm_1', ?, 'id', 'copy', 'phone', '2026-01-01', '2026')",
        [provider],
    )
    found = wrong(vault, request)
    assert set(found) == {"their address is confirmed", "proof of identity goes with it"}
    assert not any(f.blocks for f in found.values())
    assert preflight.ready(vault, request, TODAY).request.state is RequestState.READY
