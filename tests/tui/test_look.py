"""From a suspicion on Home to the words it is about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import OptionList

from tests.tui.conftest import Wait
from tests.tui.made import hospital, patient, scan, suspicion
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens.home import HomeScreen
from tui.screens.review import ReviewScreen
from vault import dates, ids
from vault.actions import records
from vault.actions.session import Session
from vault.model.flags import Flag
from vault.model.reading import Picture, View
from vault.model.records import Record
from vault.store import flags

WHY = (
    "the date of birth on this page is another one than the patient's, 14 March 1961, and than "
    "the one that stands on the other pages of this record, the last of which are from May"
)


@pytest.fixture
def record(session: Session, monkeypatch: pytest.MonkeyPatch) -> Record:
    """Two pages; the words that are suspected stand low on the second."""

    def grey(_s: Session, _record: Record, view: View) -> Picture:
        return Picture(view.width, view.height, b"\xa0" * (view.width * view.height))

    monkeypatch.setattr(records, "draw", grey)
    second = "\n".join([*["all well"] * 20, "born 3/14/1916", "again 3/15/1916", "end"])
    pages = ["Marian Voss", second]
    return scan(session, "visit.pdf", pages, person=patient(session), provider=hospital(session))


def _suspect(session: Session, record: Record, quote: str) -> Flag:
    """A suspicion whose reason is too long for one row."""
    raised = suspicion(session, record, 2, quote)
    finding = replace(raised.finding, reason=WHY, key=f"long {quote}")
    flag = Flag(ids.new("flag"), raised.state, finding, made_on=dates.now())
    with session.vault.write("test.flag") as db:
        flags.add(db, flag)
    return flag


@pytest.mark.parametrize(("at", "words"), [(0, "3/14/1916"), (1, "3/15/1916")])
async def test_enter_leads_to_the_suspected_words_and_their_reason(
    app: ChartmendApp, session: Session, record: Record, wait: Wait, at: int, words: str
) -> None:
    """Also where two are told alike; the whole reason can be read on a small terminal."""
    held = [_suspect(session, record, quote) for quote in ("3/14/1916", "3/15/1916")]
    async with app.run_test(size=(80, 24)) as pilot:
        await wait(pilot, lambda: isinstance(app.screen, HomeScreen))
        listed = app.screen.query_one("#matters", OptionList)
        await wait(pilot, lambda: listed.option_count)
        matters = getattr(app.screen, "_matters", ())
        alike = [i for i, matter in enumerate(matters) if matter.text.endswith(WHY)]
        listed.highlighted = alike[at]
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.picked)
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        assert screen.sheet is not None
        assert screen.picked is not None
        assert screen.number == 2
        assert screen.sheet.text(screen.picked) == words
        assert screen.current_flag is not None
        assert screen.current_flag.id == held[at].id
        await wait(pilot, lambda: WHY in " ".join(text_of(app).split()))
