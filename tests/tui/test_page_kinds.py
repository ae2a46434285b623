"""The app says what a page is there for, where it is no content."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Wait
from tests.tui.made import scan, words
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens.page_browser import PageBrowser
from vault import dates
from vault.actions import records
from vault.actions.session import Session
from vault.model.reading import PageKind, PageResult, Picture, Reading, Source, View
from vault.model.records import Record
from vault.store import pages


def _grey(_s: Session, _record: Record, view: View) -> Picture:
    return Picture(view.width, view.height, b"\xa0" * (view.width * view.height))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (PageKind.COVER, "A fax cover sheet. Read from a scan"),
        (PageKind.SEPARATOR, "A sheet between documents."),
        (PageKind.CONTENT, "Read from a scan"),
    ],
)
async def test_the_kind_of_a_page(
    app: ChartmendApp,
    session: Session,
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
    kind: PageKind,
    said: str,
) -> None:
    """Below the page stands what it is, before how it was read."""
    monkeypatch.setattr(records, "draw", _grey)
    record = scan(session, "fax.pdf", ["FAX TO Records"])
    reading = Reading(Source.OCR, words("FAX TO Records"), 88)
    with session.vault.write("test.kind") as db:
        pages.keep(db, record.id, PageResult(1, kind, (reading,), 612, 792, 88), dates.now())
    async with app.run_test(size=(120, 40)) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        app.open_record(record.id)
        await wait(pilot, lambda: isinstance(app.screen, PageBrowser) and app.screen.sheet)
        await wait(pilot, lambda: said in text_of(app))
        assert ("cover" in text_of(app)) == (kind is PageKind.COVER)
