"""The check of a correction in the app, its terms, forms, originator and evidence."""

from __future__ import annotations

from pathlib import Path

import pypdf
from textual.widgets import Checkbox, Input, Select

from tests.ingest import amendment_forms
from tests.tui.amending import SMALL, denied, paper, tame
from tests.tui.conftest import Wait
from tests.tui.correcting import drafted, flat, now, on, opened
from tests.tui.made import hospital, patient, scan
from tests.tui.screen import HOSTILE, assert_tame, text_of
from tui.app import ChartmendApp
from tui.screens import amending_check, amending_papers
from tui.screens.aim_dialog import AimDialog
from tui.screens.choose_dialog import ChooseDialog
from tui.screens.correction import CorrectionScreen
from tui.screens.correction_form import CorrectionFormScreen
from tui.screens.filled import FilledCorrectionScreen
from tui.screens.form_flow import AddFormDialog
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.terms_dialog import SayDialog, TermsDialog
from tui.widgets.dialogs import AskDialog, ConfirmDialog
from vault import dates
from vault.actions import corrections, flags
from vault.actions.correcting import letters, preflight
from vault.actions.flags import Wrong
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.model.corrections import CorrectionEvent, ItemState
from vault.model.requests import Channel


def test_the_check_never_names_a_command(session: Session) -> None:
    """With all that can be missing of a draft, each line says in the app's words what to do."""
    made = drafted(session)
    found = preflight.check(session, made.correction.id, dates.today())
    lines = amending_check.choices(made, found)
    said = " ".join(f"{line.text} {line.why}" for line in lines)
    assert "chartmend" not in said
    assert "--" not in said
    assert "flag_" not in said
    assert '- Something that shows it is wrong: "1916"' in said
    assert all(line.why for line in lines if line.value)


async def test_how_it_asks_and_its_items_are_changed_before_it_is_sent(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """A message instead, without the second item; the words of the first are put right."""
    made = drafted(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        on(screen, "made")
        await pilot.press("e")
        await wait(pilot, lambda: isinstance(app.screen, TermsDialog))
        app.screen.query_one("#how", Select).value = "informal"
        app.screen.query_one("#item0", Checkbox).value = False
        app.screen.query_one("#item1", Checkbox).value = False
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "mark at least one" in flat(app).lower())
        app.screen.query_one("#item0", Checkbox).value = True
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "left knee" not in text_of(app))
        on(screen, "1916")
        await pilot.press("e")
        await wait(pilot, lambda: isinstance(app.screen, SayDialog))
        app.screen.query_one("#should", Input).value = "14 March 1961"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "14 March 1961" in text_of(app))
    view = now(session, made)
    assert not view.correction.formal
    (flag,) = view.flags
    assert (flag.finding.quote, flag.should_say) == ("1916", "14 March 1961")


async def test_whoever_first_wrote_it_is_asked_by_a_correction_of_its_own(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """The items denied are marked; the new correction opens, the old item is at an end."""
    made = denied(session)
    other = hospital(session, "Oak Valley Imaging")
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        await pilot.press("i")
        await wait(pilot, lambda: isinstance(app.screen, AimDialog))
        assert app.screen.query_one("#item0", Checkbox).value is True
        await pilot.press("ctrl+s")
        await wait(
            pilot, lambda: isinstance(app.screen, CorrectionScreen) and app.screen is not screen
        )
        await wait(pilot, lambda: "Oak Valley Imaging: correction for" in flat(app))
        new = app.screen.chosen if isinstance(app.screen, CorrectionScreen) else ""
    assert list(now(session, made).standing.items.values()) == [ItemState.DENIED_ACCEPTED]
    held = corrections.get(session, new, dates.today())
    assert (held.provider.id, held.correction.parent) == (other.id, made.correction.id)


async def test_a_form_is_taken_in_filled_and_looked_at(
    app: ChartmendApp, wait: Wait, session: Session, tmp_path: Path
) -> None:
    """Filled for the correction; that it was looked at is noted of that very paper."""
    made, pdf = drafted(session, 1), tmp_path / "amend.pdf"
    pdf.write_bytes(amendment_forms.whole())
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot, wait, made.correction.id)
        await pilot.press("f")
        await wait(pilot, lambda: isinstance(app.screen, AddFormDialog))
        app.screen.query_one("#file", Input).value = str(pdf)
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: isinstance(app.screen, CorrectionFormScreen) and app.screen.form)
        await pilot.press("f")
        await wait(pilot, lambda: isinstance(app.screen, NoticeDialog | FilledCorrectionScreen))
        if isinstance(app.screen, NoticeDialog):
            tame(app)
            await pilot.press("enter")
        filled = await paper(app, pilot, wait)
        assert isinstance(filled, FilledCorrectionScreen)
        await pilot.press("y")
        await wait(pilot, lambda: len(now(session, made).correction.events) > 1)
        assert not filled.check_action("anew", ())
    last = now(session, made).correction.events[-1]
    assert last.kind == CorrectionEvent.FORM_CHECKED
    assert last.detail.letter == filled.chosen
    assert "Filled form" in amending_papers.made(letters.get(session, filled.chosen))


async def test_all_evidence_is_written_to_a_file(
    app: ChartmendApp, wait: Wait, session: Session, tmp_path: Path
) -> None:
    """Without the pages of the records, to a place that is typed."""
    made, target = drafted(session, 1, amendment_forms.whole()), tmp_path / "binder.pdf"
    sending = Sending(dates.today(), Channel.FAX)
    corrections.sent(session, made.correction.id, sending)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        await pilot.press("b")
        await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("n")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = str(target)
        await pilot.press("enter")
        await wait(pilot, target.exists)
        await wait(pilot, lambda: app.screen is screen or isinstance(app.screen, NoticeDialog))
    assert "Marian Voss" in pypdf.PdfReader(target).pages[0].extract_text()


async def test_hostile_words_are_only_words(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """In the lists of letters and of what is missing, and in the forms."""
    person, provider = patient(session), hospital(session, HOSTILE[0])
    held = scan(session, HOSTILE[1], ["\n".join(HOSTILE)], person=person, provider=provider)
    found = [flags.add(session, held.id, 1, quote, Wrong(quote)) for quote in HOSTILE]
    made = corrections.new(session, [flag.id for flag in found])
    async with app.run_test(size=SMALL) as pilot:
        app.today = dates.today
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        screen = CorrectionScreen(made.correction.id)
        app.push_screen(screen)
        await wait(pilot, lambda: app.screen is screen and screen.held)
        for key, kind in (("w", ChooseDialog), ("k", ChooseDialog), ("e", SayDialog)):
            await pilot.press(key)
            await wait(pilot, lambda kind=kind: isinstance(app.screen, kind))  # type: ignore[misc]
            assert_tame(app)
            tame(app)
            await pilot.press("escape")
            await wait(pilot, lambda: app.screen is screen and screen.held)
        corrections.sent(session, made.correction.id, Sending(dates.today(), Channel.FAX))
        hospital(session, HOSTILE[3])
        screen.load()
        await wait(pilot, lambda: screen.check_action("aim", ()))
        await pilot.press("i")
        await wait(pilot, lambda: isinstance(app.screen, AimDialog))
        assert_tame(app)
        assert app.is_running
