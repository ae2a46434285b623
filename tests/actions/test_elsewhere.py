"""Records in a vault are looked up with the answers that records in memory give."""

from __future__ import annotations

import datetime as dt

from tests.actions.made import patient, put
from tests.review.test_bearing import HEAD, TEXTS
from vault.actions.session import Session
from vault.model.charts import Stated
from vault.model.facts import FactKind
from vault.review.shelf import Shelf, Span
from vault.store import facts
from vault.store.elsewhere import Elsewhere

MORE = (
    "PROGRESS NOTE\nDate of service: 03/07/2021\nMRI left knee ordered for 04/08/2021.\n"
    "Allergies: Penicillin (rash)",
    "PROGRESS NOTE\nDate of service: 2021-03-12\nAllergies: NKDA",
)


def _span(start: str, stop: str) -> Span:
    return dt.date.fromisoformat(start), dt.date.fromisoformat(stop)


SPANS = (
    (_span("2021-03-01", "2021-03-09"),),
    (_span("2021-04-01", "2021-04-09"), _span("2023-01-01", "2024-01-01")),
    (_span("2021-08-01", "2021-08-30"),),
    (_span("1999-01-01", "1999-01-02"),),
)


def _both(s: Session) -> tuple[Elsewhere, Shelf]:
    """The same records in the vault and in memory; another person's lie beside them."""
    person = patient(s)
    aside = put(s, "aside.pdf", [HEAD + TEXTS[0]], person)
    ours = [put(s, f"{n}.pdf", [HEAD + t]) for n, t in enumerate((*TEXTS, *MORE))]
    with s.vault.write("test.whose") as db:
        for record in ours:
            db.execute("UPDATE record SET person = ? WHERE id = ?", (person.id, record.id))
    put(s, "theirs.pdf", [HEAD + TEXTS[0]], patient(s, "Ruth Lind"))
    db = s.vault.read()
    held = {record.id: facts.paged(db, record.id) for record in ours}
    return Elsewhere(db, person.id, aside.id), Shelf(held)


def _same(one: tuple[Stated, ...], other: tuple[Stated, ...]) -> bool:
    def key(stated: Stated) -> tuple[str, int, int, str]:
        return stated.record, stated.fact.page, stated.fact.span.start, stated.fact.value

    return sorted(map(key, one)) == sorted(map(key, other))


def test_a_vault_answers_as_memory_does(vault: Session) -> None:
    """Whatever is asked: facts of all sorts, days behind a value, documents and pages."""
    stored, shelf = _both(vault)
    _by_value(stored, shelf)
    _by_day(stored, shelf)
    _documents(stored, shelf)


def _by_value(stored: Elsewhere, shelf: Shelf) -> None:
    some = sorted(shelf.records)[::2]
    for kind in (FactKind.ORDER, FactKind.DONE, FactKind.REFERENCE, FactKind.ALLERGY):
        values = shelf.values(kind)
        assert values
        assert set(values) <= set(stored.values(kind))
        assert _same(stored.of(kind), shelf.of(kind))
        assert _same(stored.among(kind, some), shelf.among(kind, some))
        assert _same(stored.exactly(kind, values[:2]), shelf.exactly(kind, values[:2]))
        for spans in SPANS:
            assert _same(stored.exactly(kind, values, spans), shelf.exactly(kind, values, spans))


def _by_day(stored: Elsewhere, shelf: Shelf) -> None:
    for kind in (FactKind.ORDER, FactKind.DONE, FactKind.REFERENCE):
        for prefix in ("", "mri", "ct", "imaging:"):
            for spans in ((), *SPANS):
                assert _same(stored.about(kind, prefix, spans), shelf.about(kind, prefix, spans))
    assert shelf.about(FactKind.ORDER, "mri", SPANS[2])  # 04/08/2021 may be in August


def _documents(stored: Elsewhere, shelf: Shelf) -> None:
    for kinds in (["note"], ["imaging", "lab"], ["bill"], ["film", "consult"]):
        assert sorted(stored.titled(kinds)) == sorted(shelf.titled(kinds))
        for studies in ([], ["mri knee left"], ["cbc", "ct chest"]):
            assert sorted(stored.titled(kinds, studies)) == sorted(shelf.titled(kinds, studies))
        for spans in SPANS:
            assert sorted(stored.dated(kinds, spans)) == sorted(shelf.dated(kinds, spans))
    for record in shelf.records:
        assert stored.pages(record) == shelf.pages(record)
    assert stored.pages("rec_of_nobody") == ()
