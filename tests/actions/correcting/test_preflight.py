"""The check before a correction is sent: each thing it looks at, alone, in a real vault."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.actions.correcting.kit import DOSE, TODAY, Case, asked, case, letter, sql
from tests.actions.made import hospital, put
from tests.ingest import amendment_forms as papers
from vault.actions import (
    authorities,
    corrections,
    evidence,
    flags,
    forms,
    people,
    providers,
    readings,
)
from vault.actions.authorities import Terms
from vault.actions.correcting import filling, preflight, terms
from vault.actions.correcting.events import Told
from vault.actions.correcting.terms import Change, Words
from vault.actions.flags import Wrong
from vault.actions.providers import Extra
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.errors import Refused
from vault.model.authority_law import Basis
from vault.model.corrections import CorrectionEvent, CorrectionState
from vault.model.requests import Channel, Detail

YESTERDAY = TODAY - dt.timedelta(days=1)
LATER = "9998-12-31T10:00:00Z"


def whole(s: Session) -> tuple[Case, str]:
    """A correction with its letter that lacks nothing but the signature."""
    held = case(s)
    evidence.add_note(s, held.dose.id, "the bottle stands on my shelf")
    id_ = asked(s, [held.dose])
    letter(s, id_)
    return held, id_


def wrong(s: Session, id_: str, signed: dt.date | None = TODAY) -> dict[str, bool]:
    """What the check finds wrong, and whether it blocks; each says how it is mended."""
    found = [f for f in preflight.check(s, id_, TODAY, signed) if not f.ok]
    assert all(f.hint for f in found)
    return {f.what: f.blocks for f in found}


def test_a_whole_correction_becomes_ready_once_it_is_signed(vault: Session) -> None:
    """The event says which letter; once it was sent it is too late."""
    _held, id_ = whole(vault)
    assert wrong(vault, id_, None) == {"it is signed": True}
    with pytest.raises(Refused, match="signed"):
        preflight.ready(vault, id_)
    assert wrong(vault, id_) == {}
    view = preflight.ready(vault, id_, TODAY)
    assert view.correction.state is CorrectionState.READY
    made = corrections.newest_letter(vault, id_)
    assert made is not None
    assert view.correction.events[-1].detail.letter == made.id
    assert wrong(vault, id_, None) == {}
    corrections.sent(vault, id_, Sending(TODAY, Channel.MAIL))
    with pytest.raises(Refused, match="sent already"):
        preflight.ready(vault, id_, TODAY)


def test_a_bare_draft(vault: Session) -> None:
    """What blocks is told from what is only worth a look."""
    held = case(vault)
    sql(vault, "UPDATE person SET address = '[]', phone = '', mrns = '[]'")
    sql(vault, "UPDATE provider SET address = '[]'")
    flag = flags.add(vault, held.record.id, None, "", Wrong("nothing of the kind"))
    found = wrong(vault, asked(vault, [flag]), None)
    assert found == {
        "your postal address": True,
        "your telephone number or e-mail address": False,
        "where to send it": True,
        "the record number there (the date of birth will do)": False,
        f"{flag.id}: the page and the words of the entry": True,
        f"{flag.id}: why it is wrong": False,
        f"{flag.id}: something that shows it is wrong": False,
        "a letter or a filled form": True,
        "it is signed": True,
    }


def test_a_message_needs_no_signature(vault: Session) -> None:
    """Nobody signs a plain message."""
    _held, id_ = whole(vault)
    terms.edit(vault, id_, Change(formal=False))
    letter(vault, id_)
    assert wrong(vault, id_, None) == {}
    assert preflight.ready(vault, id_).correction.state is CorrectionState.READY


def test_something_missing_from_the_record_quotes_nothing(vault: Session) -> None:
    """An omission has no words on any page."""
    held = case(vault)
    flag = flags.omit(vault, held.record.id, None, "the fall", Wrong("I fell on the stairs"))
    found = wrong(vault, asked(vault, [flag]))
    assert not [what for what in found if what.startswith("flag_")]


def test_a_page_read_again(vault: Session) -> None:
    """Words that are read otherwise now are worth a look; that they were misread, blocks."""
    held, id_ = whole(vault)
    what = f"{held.dose.id}: the words stand on the page"
    # As another engine reads the page: the figure is gone.
    sql(vault, "UPDATE flag SET quote = 'Amoxicillin 50O mg' WHERE id = ?", held.dose.id)
    assert wrong(vault, id_)[what] is False
    sql(vault, "UPDATE flag SET quote = ? WHERE id = ?", DOSE, held.dose.id)
    assert what not in wrong(vault, id_)
    readings.correct_quote(vault, held.record.id, 1, "500", "250")
    assert wrong(vault, id_)[what] is True
    with pytest.raises(Refused, match="the words stand on the page"):
        preflight.ready(vault, id_, TODAY)
    right = Words(held.dose.id, quote="Amoxicillin 250 mg twice daily", should_say="none of it")
    terms.edit(vault, id_, Change(words=right))
    letter(vault, id_)
    assert wrong(vault, id_) == {}


def test_a_record_given_to_somebody_else(vault: Session) -> None:
    """Another person blocks; another provider may be meant, and is pointed out."""
    held, id_ = whole(vault)
    other = hospital(vault, "Quay Lab")
    sql(vault, "UPDATE record SET provider = ?", other.id)
    letter(vault, id_)
    assert wrong(vault, id_) == {f"{held.dose.id}: the provider it came from is asked": False}
    sql(vault, "UPDATE record SET provider = ?, person = NULL", held.provider.id)
    letter(vault, id_)
    assert wrong(vault, id_) == {f"{held.dose.id}: it is about Marian Voss": True}


def test_an_entry_that_came_from_elsewhere(vault: Session) -> None:
    """Whoever first made it is named, with the command that asks them."""
    held, id_ = whole(vault)
    other = hospital(vault, "Quay Lab")
    sql(vault, "UPDATE flag SET originator = ? WHERE id = ?", other.id, held.dose.id)
    letter(vault, id_)
    what = f"{held.dose.id}: whoever first made the entry is asked"
    assert wrong(vault, id_) == {what: False}
    (found,) = [f for f in preflight.check(vault, id_, TODAY, TODAY) if not f.ok]
    assert "Quay Lab" in found.hint
    assert found.hint.endswith(f"correction edit {id_} --to {other.id}")


def test_evidence_whose_record_was_deleted(vault: Session) -> None:
    """What goes with it is kept with the event; nothing is enclosed that is not here any more."""
    held = case(vault)
    bottle = put(vault, "label.pdf", ["Amoxicillin 250 mg"], held.person, held.provider)
    evidence.add_place(vault, held.dose.id, bottle.id, 1, "250 mg")
    id_ = asked(vault, [held.dose])
    letter(vault, id_)
    (with_it,) = preflight.ready(vault, id_, TODAY).correction.events[-1].detail.enclosures
    assert with_it == '"label.pdf" from Elm Street Hospital, page 1: "250 mg"'
    assert wrong(vault, id_) == {}
    sql(vault, "UPDATE evidence SET record = 'rec_gone'")
    assert wrong(vault, id_) == {
        f"{held.dose.id}: what shows it is still here": True,
        "the letter says what is so now": True,
    }


def test_what_shows_a_mistake_stands_in_the_letter(vault: Session) -> None:
    """Evidence added after the letter was made calls for another one, which names it."""
    held, id_ = whole(vault)
    label = put(vault, "label.pdf", ["Amoxicillin 250 mg"], held.person, held.provider)
    evidence.add_place(vault, held.dose.id, label.id, 1, "250 mg")
    assert wrong(vault, id_) == {"the letter says what is so now": True}
    assert '"label.pdf" from Elm Street Hospital, page 1: "250 mg"' in letter(vault, id_).words


def test_a_provider_that_closed(vault: Session) -> None:
    """Its successor is named; the correction can be sent there as it is."""
    held, id_ = whole(vault)
    heir = hospital(vault, "Oak Hospital")
    closed = Extra(closed_on=YESTERDAY, successor=heir.id)
    providers.edit(vault, held.provider.id, providers.Change(extra=closed))
    assert wrong(vault, id_) == {"the provider still exists": False}
    (found,) = [f for f in preflight.check(vault, id_, TODAY, TODAY) if not f.ok]
    assert "Oak Hospital" in found.hint


def test_who_may_ask(vault: Session) -> None:
    """Nobody asks for the dead without an authority; one that ended blocks, with its reason."""
    held, id_ = whole(vault)
    sql(vault, "UPDATE person SET died_on = '2025-01-01'")
    assert wrong(vault, id_)["you may ask for this"]
    with pytest.raises(Refused, match="cannot be sent: Marian Voss died on 2025-01-01"):
        corrections.sent(vault, id_, Sending(TODAY, Channel.MAIL))
    daughter = Terms(name="Ines Voss", basis=Basis.EXECUTOR, from_date=dt.date(2025, 2, 1))
    authority = authorities.add(vault, held.person.id, daughter).authority.id
    terms.edit(vault, id_, Change(authority=authority))
    letter(vault, id_)
    found = wrong(vault, id_)
    assert "you may ask for this" not in found
    assert found["your postal address"]  # of her who signs
    sql(vault, "UPDATE authority SET ended_on = ?", YESTERDAY.isoformat())
    assert wrong(vault, id_)["you may ask for this"]


def test_a_letter_from_before_the_last_change(vault: Session) -> None:
    """Another address, or another reason: the letter is made anew, and then signed anew."""
    held, id_ = whole(vault)
    people.readdress(vault, held.person.id, ("4 Larch Lane", "Austin, TX 78701"))
    assert wrong(vault, id_) == {"the letter says what is so now": True}
    letter(vault, id_)
    assert wrong(vault, id_) == {}
    assert wrong(vault, id_, YESTERDAY) == {"what was signed is what is sent": True}
    terms.edit(vault, id_, Change(words=Words(held.dose.id, why="my own box says so")))
    assert wrong(vault, id_) == {"the letter says what is so now": True}


def test_a_form_has_to_be_looked_at(vault: Session, tmp_path: Path) -> None:
    """A filled form is ready only once its pages were seen; filled in anew, seen again."""
    _held, id_ = whole(vault)
    path = tmp_path / "amend.pdf"
    path.write_bytes(papers.tight())
    form = forms.add(vault, path)
    made = filling.fill(vault, id_, form.id).letter
    sql(vault, "UPDATE letter SET made_at = '2020-01-01T00:00:00Z' WHERE kind != 'form'")
    assert wrong(vault, id_) == {"the filled form was looked at": True}
    seen = Told(CorrectionEvent.FORM_CHECKED, TODAY, detail=Detail(letter=made.id))
    corrections.log(vault, id_, seen)
    assert wrong(vault, id_) == {}
    sql(vault, "UPDATE person SET phone = '503-555-0144'")
    assert wrong(vault, id_) == {"the filled form says what is so now": True}
    again = filling.fill(vault, id_, form.id).letter
    sql(vault, "UPDATE letter SET made_at = ? WHERE id = ?", LATER, again.id)
    assert wrong(vault, id_)["the filled form was looked at"]
