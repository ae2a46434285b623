"""A person's words on facts, their notes, and the pages they accepted."""

from __future__ import annotations

import pytest

from tests.actions.made import WRONG_BORN, hospital, patient, put, result
from vault import dates
from vault.actions import accepting, checking, fact_list, flags, parts, remarks, trash, versions
from vault.actions.flags import Wrong
from vault.actions.session import Session
from vault.errors import NotFound, UnknownId, UsageError
from vault.model.facts import FactKind
from vault.model.flags import Check, FlagState
from vault.store import elsewhere, facts, pages, records


def _born(s: Session, record: str) -> str:
    (held,) = [f for f in fact_list.of(s, record) if f.stored.fact.kind is FactKind.BORN]
    return held.stored.id


def _read_again(s: Session, record: str, page: int, text: str) -> None:
    """The page read anew, as an import keeps it."""
    with s.vault.write("test.read") as db:
        found = result(page, text)
        pages.keep(db, record, found, dates.now())
        checking.state_facts(db, record, page, found.readings[0].words)
        checking.check(db, record)


def test_a_struck_fact_counts_no_more_and_comes_back(vault: Session) -> None:
    """The suspicion that rests on it goes, also after the page is read again; undo brings it."""
    record = put(vault, "a.pdf", (WRONG_BORN,), patient(vault), hospital(vault))
    assert [f.finding.check for f in flags.every(vault)] == [Check.WRONG_DOB]
    struck = fact_list.strike(vault, record.id, _born(vault, record.id))
    assert struck.said == "struck"
    assert flags.every(vault) == ()
    assert FactKind.BORN not in {f.fact.kind for f in facts.of(vault.vault.read(), record.id)}
    _read_again(vault, record.id, 1, WRONG_BORN)
    assert flags.every(vault) == ()
    again = fact_list.undo(vault, record.id, _born(vault, record.id))
    assert again.said == ""
    assert [f.state for f in flags.every(vault)] == [FlagState.SUSPECTED]


def test_a_fact_struck_in_one_record_counts_not_for_another(vault: Session) -> None:
    """What other records state is looked up without struck facts."""
    who = patient(vault)
    record = put(vault, "a.pdf", (WRONG_BORN,), who, hospital(vault))
    shelf = elsewhere.Elsewhere(vault.vault.read(), who.id)
    assert len(shelf.of(FactKind.BORN)) == 1
    fact_list.strike(vault, record.id, _born(vault, record.id))
    assert elsewhere.Elsewhere(vault.vault.read(), who.id).of(FactKind.BORN) == ()


def test_a_confirmed_fact_says_so_and_changes_nothing(vault: Session) -> None:
    """The suspicion stays: that a page states it does not make it right."""
    record = put(vault, "a.pdf", (WRONG_BORN,), patient(vault), hospital(vault))
    assert fact_list.confirm(vault, record.id, _born(vault, record.id)).said == "confirmed"
    assert len(flags.every(vault)) == 1
    with pytest.raises(UnknownId):
        fact_list.confirm(vault, record.id, "fact_zzzz")
    with pytest.raises(UnknownId):
        fact_list.strike(vault, record.id, "")


def test_notes_are_kept_with_their_page(vault: Session) -> None:
    """Those on the whole record first; one without words, or on no page, is refused."""
    record = put(vault, "a.pdf", ("Visit", "Plan"))
    second = remarks.add(vault, record.id, "ask\nDr. Wells \x1b[31mabout this", 2)
    first = remarks.add(vault, record.id, "came late")
    assert [(r.page, r.text) for r in remarks.of(vault, record.id)] == [
        (None, "came late"),
        (2, second.text),
    ]
    assert "\x1b" not in second.text
    with pytest.raises(UsageError):
        remarks.add(vault, record.id, "  ")
    with pytest.raises(NotFound):
        remarks.add(vault, record.id, "there", 3)
    remarks.delete(vault, first.id)
    assert [r.id for r in remarks.of(vault, record.id)] == [second.id]


def test_accepted_pages_are_counted(vault: Session) -> None:
    """One page, then all of them, then none of them."""
    record = put(vault, "a.pdf", ("Visit", "Plan", "End"))
    assert accepting.accept(vault, record.id, 2).words == "1 of 3 pages accepted"
    assert accepting.accept(vault, record.id).words == "3 of 3 pages accepted"
    assert accepting.accept(vault, record.id, 1, undo=True).words == "2 of 3 pages accepted"
    assert [a.page for a in accepting.of(vault, record.id).accepted] == [2, 3]
    with pytest.raises(NotFound):
        accepting.accept(vault, record.id, 4)


def test_what_comes_later_is_said_of_an_accepted_page(vault: Session) -> None:
    """Reading it again or a new flag does not take the acceptance away; both are told of."""
    record = put(vault, "a.pdf", ("Visit of Marian", "Plan"))
    accepting.accept(vault, record.id)
    _read_again(vault, record.id, 1, "Visit of Marion")
    flags.add(vault, record.id, 2, "Plan", Wrong("another"))
    first, second = accepting.of(vault, record.id).accepted
    assert (first.read_since, first.flagged_since) == (True, False)
    assert (second.read_since, second.flagged_since) == (False, True)
    assert first.words.endswith("before it was read again")
    accepting.accept(vault, record.id)
    assert all("before" not in a.words for a in accepting.of(vault, record.id).accepted)


def test_a_deleted_record_comes_back_with_all_that_was_said(vault: Session) -> None:
    """Words on facts, notes and acceptance are a record's own."""
    record = put(vault, "a.pdf", (WRONG_BORN,), patient(vault), hospital(vault))
    fact_list.strike(vault, record.id, _born(vault, record.id))
    remarks.add(vault, record.id, "mine", 1)
    accepting.accept(vault, record.id)
    trash.delete(vault, record.id)
    assert records.every(vault.vault.read()) == ()
    trash.restore(vault, record.id)
    assert [f.said for f in fact_list.of(vault, record.id) if f.said] == ["struck"]
    assert [r.text for r in remarks.of(vault, record.id)] == ["mine"]
    (accepted,) = accepting.of(vault, record.id).accepted
    assert "before" not in accepted.words


def test_what_was_said_goes_with_the_pages_of_a_split_scan(vault: Session) -> None:
    """To the part that holds the page, and back when the parts are joined again."""
    scan = put(vault, "a.pdf", ("Office Visit", WRONG_BORN), patient(vault), hospital(vault))
    later = put(vault, "b.pdf", ("Office Visit",))
    fact_list.strike(vault, scan.id, _born(vault, scan.id))
    remarks.add(vault, scan.id, "of all of it")
    remarks.add(vault, scan.id, "of the page", 2)
    accepting.accept(vault, scan.id, 2)
    first, second = parts.split(vault, scan.id, [2])
    assert [r.text for r in remarks.of(vault, first.id)] == ["of all of it"]
    assert [r.text for r in remarks.of(vault, second.id)] == ["of the page"]
    assert [f.said for f in fact_list.of(vault, second.id) if f.said] == ["struck"]
    assert accepting.of(vault, second.id).words == "1 of 1 page accepted"
    versions.link(vault, later.id, second.id)
    parts.join(vault, scan.id)
    assert [r.text for r in remarks.of(vault, scan.id)] == ["of all of it", "of the page"]
    assert [f.said for f in fact_list.of(vault, scan.id) if f.said] == ["struck"]
    assert [a.page for a in accepting.of(vault, scan.id).accepted] == [2]
    assert records.get(vault.vault.read(), later.id).older == scan.id
