"""The letters of a correction in the app: made, checked, typed, noted as sent."""

from __future__ import annotations

from pathlib import Path

import pypdf
from textual.widgets import Checkbox, Input, OptionList, Static, TextArea

from tests.ingest import amendment_forms
from tests.tui.amending import HERE, SMALL, THERE, addressed, denied, paper, tame
from tests.tui.conftest import Wait
from tests.tui.correcting import drafted, flat, now, opened, reply, sent
from tests.tui.screen import text_of
from tui.app import ChartmendApp
from tui.screens import amending_papers
from tui.screens.address_dialog import AddressDialog
from tui.screens.amending_dialog import AmendingDialog
from tui.screens.choose_dialog import ChooseDialog
from tui.screens.correction_letter import CorrectionLetterScreen
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.own_words import OwnWordsDialog
from tui.screens.sent_dialog import CorrectionSentDialog
from tui.widgets.dialogs import AskDialog
from vault import dates
from vault.actions import corrections, people, providers
from vault.actions.correcting import letters, recipients
from vault.actions.correcting.events import Told
from vault.actions.providers import Change
from vault.actions.session import Session
from vault.model.correction_letters import CorrectionLetterKind
from vault.model.corrections import CorrectionEvent, CorrectionState, ItemState, RecipientState


def test_every_kind_of_letter_is_sent_as_an_event() -> None:
    """And every event that is noted with a form has one."""
    assert set(amending_papers.SENT_AS) == set(CorrectionLetterKind)
    own = {"denial_parts", "rebuttal_copy", "extension_objection", "thanks"}
    notes = {k for k, e in amending_papers.SENT_AS.items() if e is CorrectionEvent.NOTE}
    assert {kind.value for kind in notes} == own


async def test_the_letter_is_made_checked_signed_written_and_sent(  # noqa: PLR0915 - one way, whole
    app: ChartmendApp, wait: Wait, session: Session, tmp_path: Path
) -> None:
    """What is missing is said in the app's own words, and each line leads to its mending."""
    made, target = drafted(session, 2, amendment_forms.whole()), tmp_path / "letter.pdf"
    people.readdress(session, made.person.id, HERE)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        await pilot.press("w")
        await wait(pilot, lambda: "suits best now" in flat(app))
        tame(app)
        await reply(app, pilot, wait, "Ask under the law")
        shown = await paper(app, pilot, wait)
        await pilot.press("k")
        await wait(pilot, lambda: isinstance(app.screen, ChooseDialog))
        assert "! Where to send it" in text_of(app)
        tame(app)
        await reply(app, pilot, wait, "Where to send it")
        await wait(pilot, lambda: isinstance(app.screen, AddressDialog))
        app.screen.query_one("#to", TextArea).text = "\n".join(THERE)
        await pilot.press("ctrl+s")
        await reply(app, pilot, wait, "The letter says what is so now")
        await wait(pilot, lambda: "The letter says what is so now." not in _missing(app))
        await reply(app, pilot, wait, "I have signed it")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("enter")
        await wait(pilot, lambda: app.screen is shown)
        assert now(session, made).correction.state is CorrectionState.READY
        await pilot.press("w")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        app.screen.query_one("#answer", Input).value = str(target)
        await pilot.press("enter")
        await wait(pilot, target.exists)
        await pilot.press("escape")
        await wait(pilot, lambda: app.screen is screen and "Amendment request" in text_of(app))
        newest = letters.made(session, made.correction.id)[-1].id
        parts = screen.query_one("#parts", OptionList)
        parts.highlighted = max(
            at for at, line in enumerate(screen._lines) if "Amendment request" in line.text
        )
        await pilot.press("enter")
        assert (await paper(app, pilot, wait)).chosen == newest
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, CorrectionSentDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen)
    held = now(session, made).correction
    assert held.state is CorrectionState.SENT
    assert held.events[-1].detail.letter == newest
    assert len(pypdf.PdfReader(target).pages) >= 1


def _missing(app: ChartmendApp) -> str:
    """What a check shows as missing; everything while there is no check to be seen."""
    dialog = app.screen
    if not isinstance(dialog, ChooseDialog) or not dialog.is_mounted:
        return "The letter says what is so now."
    return " ".join(choice.text for choice in dialog.choices if choice.value)


async def test_words_of_a_statement_are_counted_and_it_is_noted_when_sent(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """Too many are said at once and refused; the letter sent turns the item."""
    made = denied(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        await pilot.press("w")
        await reply(app, pilot, wait, "File a statement of disagreement")
        await wait(pilot, lambda: isinstance(app.screen, OwnWordsDialog))
        assert "Make the letter (Ctrl+S)" in text_of(app)
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "own words are missing" in flat(app))
        await pilot.press("n", "o", "space", "i")
        await wait(pilot, lambda: "2 words" in flat(app))
        app.screen.query_one("#text", TextArea).text = "I was born in 1961, not 1916."
        await wait(pilot, lambda: "7 words" in flat(app))
        await pilot.press("ctrl+s")
        await paper(app, pilot, wait)
        assert "I was born in 1961" in letters.made(session, made.correction.id)[-1].words
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, AmendingDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "you disagreed" in flat(app))
    view = now(session, made)
    assert list(view.standing.items.values()) == [ItemState.DISPUTED]
    last = view.correction.events[-1]
    assert last.kind == CorrectionEvent.DISAGREEMENT
    assert last.detail.letter == letters.made(session, made.correction.id)[-1].id


async def test_a_statement_over_the_limit_of_the_place_says_by_how_much(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """California: 250 words an item; ticking one of two halves what may be said."""
    made = denied(session, 2)
    providers.edit(session, made.provider.id, Change(jurisdiction="us-ca"))
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot, wait, made.correction.id)
        await pilot.press("w")
        await reply(app, pilot, wait, "File a statement of disagreement")
        await wait(pilot, lambda: isinstance(app.screen, OwnWordsDialog))
        dialog = app.screen
        dialog.query_one("#text", TextArea).text = "so " * 501
        await wait(pilot, lambda: "1 too many (at most 500" in _count(app))
        dialog.query_one("#item0", Checkbox).value = True
        await wait(pilot, lambda: "251 too many (at most 250)" in _count(app))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "251 words too long" in flat(app))
        tame(app)
        assert app.screen is dialog


def _count(app: ChartmendApp) -> str:
    return str(app.screen.query_one("#count", Static).render())


async def test_a_letter_that_does_not_suit_says_why(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """It is in the list, below the others; choosing it tells the reason and comes back."""
    made = denied(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        await pilot.press("w")
        await reply(app, pilot, wait, "Tell them that the amendment was not made")
        await wait(pilot, lambda: isinstance(app.screen, NoticeDialog))
        assert "No fresh copy was found to say the same" in flat(app)
        tame(app)
        await pilot.press("enter")
        await wait(pilot, lambda: "No: no fresh copy" in flat(app))
        await pilot.press("escape")
        await wait(pilot, lambda: app.screen is screen)
    assert not letters.made(session, made.correction.id)


async def test_own_words_half_typed_survive_the_lock(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """They stand in the form the next time, and are counted."""
    made = denied(session)
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot, wait, made.correction.id)
        await pilot.press("w")
        await reply(app, pilot, wait, "File a statement of disagreement")
        await wait(pilot, lambda: isinstance(app.screen, OwnWordsDialog))
        app.screen.query_one("#text", TextArea).text = "It was the right knee."
        await pilot.press("ctrl+l")
        await wait(pilot, lambda: app._exit)
    again = ChartmendApp(app.folder, session=session)
    async with again.run_test(size=SMALL) as pilot:
        await opened(again, pilot, wait, made.correction.id)
        await pilot.press("w")
        await reply(again, pilot, wait, "File a statement of disagreement")
        await wait(pilot, lambda: "had typed before" in text_of(again))
        assert again.screen.query_one("#text", TextArea).text == "It was the right knee."
        await wait(pilot, lambda: "5 words" in flat(again))


async def test_a_letter_to_another_holder_marks_who_was_told(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """It is asked who it goes to; when it was sent, they count as told by you."""
    made = sent(session, 1)
    id_ = made.correction.id
    addressed(session, made)
    recipients.add(session, id_, "Dr. Oak")
    corrections.tell(session, id_, Told(CorrectionEvent.ACCEPTED, dates.today()))
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, id_)
        await pilot.press("w")
        await reply(app, pilot, wait, "Tell another holder")
        await wait(pilot, lambda: isinstance(app.screen, OwnWordsDialog))
        await pilot.press("ctrl+s")
        await paper(app, pilot, wait)
        await pilot.press("s")
        await wait(pilot, lambda: "sent to Dr. Oak?" in flat(app))
        await pilot.press("enter")
        await wait(pilot, lambda: app.screen is screen)
    (held,) = now(session, made).correction.recipients
    assert held.state is RecipientState.TOLD
    assert now(session, made).correction.events[-1].detail.letter


async def test_a_statement_about_one_of_two_items_is_noted_of_that_one(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """The item the letter quotes is marked in the form that notes it as sent."""
    made = denied(session, 2)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        await pilot.press("w")
        await reply(app, pilot, wait, "File a statement of disagreement")
        await wait(pilot, lambda: isinstance(app.screen, OwnWordsDialog))
        app.screen.query_one("#item1", Checkbox).value = True
        app.screen.query_one("#text", TextArea).text = "It hurts on the other side."
        await pilot.press("ctrl+s")
        shown = await paper(app, pilot, wait)
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, AmendingDialog))
        assert app.screen.query_one("#item0", Checkbox).value is False
        assert app.screen.query_one("#item1", Checkbox).value is True
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: app.screen is screen)
        app.push_screen(CorrectionLetterScreen(shown.chosen))
        again = await paper(app, pilot, wait)
        assert again is not shown
        assert not again.check_action("sent", ())
    states = list(now(session, made).standing.items.values())
    assert states == [ItemState.DENIED, ItemState.DISPUTED]
