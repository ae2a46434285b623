"""Who may ask is noted, ends, and keeps a request from going out where it does not hold."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.actions.made import hospital
from tests.ingest.papers import text_pdf
from vault import dates
from vault.actions import authorities, documents, people, providers, requests
from vault.actions.authorities import Part, Terms
from vault.actions.documents import Fresh
from vault.actions.people import Change, Contact
from vault.actions.requests import Sending, Wanted
from vault.actions.session import Session
from vault.errors import Refused, UnknownId, UsageError
from vault.model.authority_law import Basis, Limit
from vault.model.documents import DocumentKind
from vault.model.people import Person, Relation
from vault.model.requests import Channel, RequestState

TODAY = dates.today()


def _child(vault: Session) -> Person:
    born = dt.date(TODAY.year - 9, 3, 1)
    return people.add(vault, "Lior Voss", born, relation=Relation.CHILD)


def _mother(vault: Session, **more: object) -> str:
    terms = Terms(name="Marian Voss", basis=Basis.PARENT, **more)  # type: ignore[arg-type]
    return authorities.add(vault, None, terms).authority.id


def test_all_that_is_said_of_an_authority_is_kept(vault: Session) -> None:
    """What was typed comes back; an edit changes what it names and nothing else."""
    child = _child(vault)
    terms = Terms(
        name="Marian Voss",
        basis=Basis.PARENT,
        relationship="mother",
        scope="dental records",
        from_date=dt.date(2020, 1, 2),
        to_date=dt.date(2033, 1, 2),
        limits=(Limit.MINOR_CONSENTED_CARE, Limit.OTHER),
        contact=Contact(("4 Larch Lane",), "555-0101", "", "m@example.org"),
    )
    made = authorities.add(vault, child.id[:6], terms).authority
    (view,) = authorities.every(vault, TODAY)
    assert view.authority == made
    assert (made.person, made.scope, made.limits) == (child.id, "dental records", terms.limits)
    edited = authorities.edit(
        vault, made.id, Terms(clear=(Part.SCOPE, Part.LIMITS), to_date=dt.date(2034, 1, 2))
    ).authority
    assert (edited.scope, edited.limits, edited.to_date) == ("", (), dt.date(2034, 1, 2))
    assert (edited.name, edited.address, edited.email) == (made.name, made.address, made.email)
    assert authorities.every(vault, TODAY, child.id)[0].authority == edited
    bare = authorities.edit(vault, made.id, Terms(clear=tuple(Part))).authority
    assert (bare.relationship, bare.from_date, bare.to_date, bare.proof) == ("", None, None, "")


def test_what_cannot_be(vault: Session) -> None:
    """No name, no basis, days the wrong way round, an unknown proof: nothing is kept."""
    _child(vault)
    with pytest.raises(UsageError, match="name"):
        authorities.add(vault, None, Terms(basis=Basis.PARENT))
    with pytest.raises(UsageError, match="basis"):
        authorities.add(vault, None, Terms(name="Marian Voss"))
    with pytest.raises(UsageError, match="before"):
        _mother(vault, from_date=dt.date(2026, 2, 1), to_date=dt.date(2026, 1, 1))
    with pytest.raises(UnknownId):
        _mother(vault, proof="doc_zzzzzzzzzzzz")
    assert authorities.every(vault, TODAY) == ()
    held = _mother(vault, from_date=dt.date(2026, 2, 1))
    with pytest.raises(UsageError):
        authorities.end(vault, held, dt.date(2026, 1, 1))


def test_a_date_of_death_must_make_sense_and_can_be_taken_away(vault: Session) -> None:
    """Days to come and deaths before birth are refused; a slip can be undone."""
    child = _child(vault)
    for wrong in (TODAY + dt.timedelta(1), child.born - dt.timedelta(1)):
        with pytest.raises(UsageError, match="date of death"):
            people.edit(vault, child.id, Change(died_on=wrong))
    died = people.edit(vault, child.id, Change(died_on=TODAY, relation=Relation.DECEASED))
    assert (died.died_on, died.relation) == (TODAY, Relation.DECEASED)
    assert people.edit(vault, child.id, Change(alive=True)).died_on is None


def test_an_authority_that_has_ended_blocks_sending(vault: Session) -> None:
    """A request is neither ready nor sent by somebody who may no longer ask, with the reason."""
    _child(vault)
    held = _mother(vault)
    request = requests.new(vault, hospital(vault).id, None, Wanted(authority=held)).request.id
    authorities.end(vault, held, TODAY - dt.timedelta(5))
    with pytest.raises(Refused, match="Marian Voss may not ask as parent: it ended on"):
        requests.sent(vault, request, Sending(TODAY, Channel.FAX))
    asked = requests.get(vault, request, TODAY).request
    assert "it ended on" in authorities.blocking(vault.vault.read(), asked, TODAY)
    assert requests.get(vault, request, TODAY).request.state is RequestState.DRAFT
    # What was sent while it held may be noted afterwards.
    earlier = Sending(TODAY - dt.timedelta(6), Channel.FAX)
    assert requests.sent(vault, request, earlier).request.state is RequestState.SENT


def test_somebody_of_age_asks_for_themselves(vault: Session) -> None:
    """A parent's request is stopped by the birthday, with the law behind it."""
    people.add(vault, "Lior Voss", dt.date(TODAY.year - 19, 1, 1), relation=Relation.CHILD)
    held = _mother(vault)
    request = requests.new(vault, hospital(vault).id, None, Wanted(authority=held)).request.id
    with pytest.raises(Refused, match=r"of age \(18\) since .*164.502\(g\)\(3\)"):
        requests.sent(vault, request, Sending(TODAY, Channel.FAX))


def test_the_dead_need_somebody_who_asks(vault: Session) -> None:
    """Without an authority no request for the dead goes out; the law of the place is named."""
    dead = people.add(vault, "Edda Voss", dt.date(1940, 5, 1), died_on=dt.date(2024, 2, 3))
    leeds = providers.add(vault, "Leeds Road Surgery", jurisdiction="uk")
    request = requests.new(vault, leeds.id, dead.id, Wanted()).request.id
    with pytest.raises(Refused, match="Access to Health Records Act 1990"):
        requests.sent(vault, request, Sending(TODAY, Channel.MAIL))
    terms = Terms(name="Marian Voss", basis=Basis.EXECUTOR)
    executor = authorities.add(vault, dead.id, terms).authority.id
    requests.change(vault, request, Wanted(authority=executor))
    assert requests.sent(vault, request, Sending(TODAY, Channel.MAIL)).request.authority == executor


def test_an_authority_over_somebody_else_is_none(vault: Session) -> None:
    """A parent of one child may not ask for another by mistake."""
    child = _child(vault)
    other = people.add(vault, "Noa Voss", dt.date(TODAY.year - 7, 3, 1))
    held = authorities.add(vault, child.id, Terms(name="Marian Voss", basis=Basis.PARENT))
    wanted = Wanted(authority=held.authority.id)
    request = requests.new(vault, hospital(vault).id, other.id, wanted).request
    said = authorities.blocking(vault.vault.read(), request, TODAY)
    assert said == "the authority of Marian Voss is not over Noa Voss"


def test_the_lines_for_a_letter(vault: Session) -> None:
    """A request gives the capacity of who asks; one's own gives none."""
    child = _child(vault)
    held = _mother(vault, relationship="mother")
    elm = hospital(vault)
    request = requests.new(vault, elm.id, None, Wanted(authority=held)).request
    db = vault.vault.read()
    view = authorities.of_request(db, request, TODAY)
    assert view is not None
    assert view.standing.capacity == f"as parent of {child.name} (mother)"
    own = requests.new(vault, elm.id, None, Wanted()).request
    assert authorities.of_request(db, own, TODAY) is None
    assert authorities.blocking(db, own, TODAY) == ""
    assert "is not of age" in authorities.lacking(db, own, TODAY)[0]


def test_proof_is_enclosed_only_once_it_was_copied(vault: Session, tmp_path: Path) -> None:
    """A letter says nothing of a proof of which no copy was made for that request."""
    _child(vault)
    (tmp_path / "birth.pdf").write_bytes(text_pdf())
    fresh = Fresh(DocumentKind.BIRTH_CERTIFICATE)
    proof = documents.add(vault, None, tmp_path / "birth.pdf", fresh).document.id
    held = _mother(vault, proof=proof)
    request = requests.new(vault, hospital(vault).id, None, Wanted(authority=held)).request
    db = vault.vault.read()
    before = authorities.of_request(db, request, TODAY)
    assert before is not None
    assert before.standing.proof == ""
    (said,) = authorities.lacking(db, request, TODAY)
    assert said == "No copy of the proof (birth.pdf) was made for this request yet."
    documents.enclose(vault, request.id, [proof], TODAY, tmp_path / "a.pdf", unmasked=False)
    after = authorities.of_request(db, request, TODAY)
    assert after is not None
    assert after.standing.proof == "birth certificate enclosed"
    assert authorities.lacking(db, request, TODAY) == ()


def test_somebody_noted_as_dead_without_a_date_asks_no_more(vault: Session) -> None:
    """The day may not be known; that nobody asks in their own name is."""
    dead = people.add(vault, "Edda Voss", dt.date(1940, 5, 1), relation=Relation.DECEASED)
    request = requests.new(vault, hospital(vault).id, dead.id, Wanted()).request
    said = authorities.blocking(vault.vault.read(), request, TODAY)
    assert said.startswith("Edda Voss has died, and the request does not say")


def test_the_law_told_is_that_of_the_providers_country(vault: Session) -> None:
    """Somebody who asks in Leeds alone is told no American law; the requests' place decides."""
    dead = people.add(vault, "Edda Voss", dt.date(1940, 5, 1), died_on=dt.date(2024, 2, 3))
    terms = Terms(name="Marian Voss", basis=Basis.EXECUTOR, limits=(Limit.SUBSTANCE_USE,))
    held = authorities.add(vault, dead.id, terms).authority.id
    assert "CFR" in authorities.get(vault, held, TODAY).standing.notes[0].cite
    leeds = providers.add(vault, "Leeds Road Surgery", jurisdiction="uk")
    told = authorities.get(vault, held, TODAY).standing
    assert not any("CFR" in rule.cite for rule in (*told.limits, *told.notes))
    elm = hospital(vault)
    for place, cited in ((leeds, False), (elm, True)):
        request = requests.new(vault, place.id, dead.id, Wanted(authority=held)).request
        view = authorities.of_request(vault.vault.read(), request, TODAY)
        assert view is not None
        assert any("CFR" in rule.cite for rule in view.standing.notes) is cited
