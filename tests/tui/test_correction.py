"""One correction in the app: what to do next, what became of each item, and putting it right."""

from __future__ import annotations

import datetime as dt

import pytest
from textual.widgets import Checkbox, Footer, Input, OptionList, Select

from tests.tui.conftest import Wait
from tests.tui.correcting import drafted, flat, now, on, opened, reply, sent
from tests.tui.made import hospital, patient, scan
from tests.tui.requesting import chosen
from tests.tui.screen import HOSTILE, assert_tame, lines_of, text_of
from tui.app import ChartmendApp
from tui.screens import amending_words
from tui.screens.amending_dialog import About, AmendingDialog
from tui.screens.answer_flow import PartlyDialog
from tui.screens.choose_dialog import ChooseDialog
from tui.screens.correction_lines import TOLD
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.review import ReviewScreen
from tui.screens.tell_flow import CopySeenDialog, RecipientDialog
from tui.widgets.dialogs import AskDialog
from vault import dates
from vault.actions import corrections, flags
from vault.actions.correcting.events import Told
from vault.actions.corrections import Asking
from vault.actions.flags import Wrong
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.model.corrections import CorrectionEvent, CorrectionState, ItemState, RecipientState
from vault.model.requests import Channel, Detail

SMALL, LARGE = (80, 24), (120, 40)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_top_says_what_to_do_by_when_and_by_which_rule(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """The step, the day with its citation, whose turn it is, and each item with its words."""
    made = sent(session)
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        assert "Next: " in flat(app)
        assert "45 CFR 164.526" in flat(app)
        assert "It is their turn." in flat(app)
        assert 'no answer yet: "1916" should say "1961"' in flat(app)
        assert "visit.pdf, page 1" in flat(app)
        assert screen.query_one(Footer).max_scroll_x == 0
        assert "Esc Back" in lines_of(app)[-1]


async def test_a_partial_answer_is_noted_item_by_item(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """One item ticked, the other denied on a ground of the law; both stand at once."""
    made = sent(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        await pilot.press("t")
        await reply(app, pilot, wait, "accept a part")
        await wait(pilot, lambda: isinstance(app.screen, PartlyDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "tick those they accept" in flat(app).lower())
        app.screen.query_one("#item0", Checkbox).value = True
        grounds = [value for _, value in app.screen.query_one("#ground", Select)._options]
        assert len(grounds) == 7  # not known, none, the four of the law, another
        app.screen.query_one("#ground", Select).value = grounds[-2]
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: isinstance(app.screen, NoticeDialog))
        assert "accepted a part and denied the rest" in flat(app)
        await pilot.press("enter")
        await wait(pilot, lambda: "with a letter now?" in flat(app))
        await pilot.press("escape")
        await wait(pilot, lambda: app.screen is screen)
    view = now(session, made)
    assert view.correction.state is CorrectionState.PARTIAL
    assert list(view.standing.items.values()) == [ItemState.ACCEPTED, ItemState.DENIED]
    assert view.correction.events[-1].detail.ground == grounds[-2]


async def test_those_to_be_told_are_named_told_and_followed_up(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """A name is added, the provider tells them, and their copy still says the same: a sign."""
    made = sent(session, 1)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        await pilot.press("r")
        await reply(app, pilot, wait, "Name somebody else")
        await wait(pilot, lambda: isinstance(app.screen, RecipientDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "who is to be told is missing" in flat(app).lower())
        app.screen.query_one("#name", Input).value = "Dr. Oak"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "Dr. Oak: to be told" in text_of(app))
        on(screen, "Dr. Oak")
        await pilot.press("enter")
        await reply(app, pilot, wait, "The provider has told them")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("enter")
        await wait(pilot, lambda: "Dr. Oak: told" in text_of(app))
        on(screen, "Dr. Oak: told")
        await pilot.press("enter")
        await reply(app, pilot, wait, "still says the same")
        await wait(pilot, lambda: isinstance(app.screen, CopySeenDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "! Dr. Oak: told, and their copy" in text_of(app))
    (held,) = now(session, made).correction.recipients
    assert held.state is RecipientState.UNCHANGED


async def test_what_was_noted_wrongly_is_put_right(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """An acceptance was a denial; the item follows, and both stand in the timeline."""
    made = sent(session, 1)
    corrections.tell(session, made.correction.id, Told(CorrectionEvent.ACCEPTED, dates.today()))
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        on(screen, "they accepted")
        await pilot.press("e")
        await chosen(app, pilot, wait, CorrectionEvent.DENIED)
        await wait(pilot, lambda: isinstance(app.screen, AmendingDialog))
        app.screen.query_one("#own_ground", Input).value = "the doctor disagrees"
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "put right by 4" in flat(app))
        assert '! denied: "1916"' in text_of(app)
    view = now(session, made)
    assert view.correction.state is CorrectionState.DENIED
    assert view.correction.events[-1].detail.ground == "the doctor disagrees"


async def test_a_notice_of_delay_is_judged_at_once(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """Without a reason it is none, and that is said with the rule."""
    made = sent(session, 1)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        await pilot.press("t")
        await reply(app, pilot, wait, "need more time")
        await wait(pilot, lambda: isinstance(app.screen, AmendingDialog))
        later = dates.today() + dt.timedelta(days=60)
        app.screen.query_one("#until", Input).value = later.isoformat()
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: isinstance(app.screen, NoticeDialog))
        assert "They may not take longer." in flat(app)
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, ChooseDialog) or app.screen is screen)
    assert now(session, made).correction.state is CorrectionState.SENT


async def test_a_correction_is_taken_back_item_by_item(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """X asks which; the other stays; closing the rest leaves only what can still be done."""
    made = sent(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        await pilot.press("x")
        await chosen(app, pilot, wait, CorrectionEvent.WITHDRAWN)
        await wait(pilot, lambda: isinstance(app.screen, AmendingDialog))
        app.screen.query_one("#item0", Checkbox).value = True
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: 'taken back: "1916"' in text_of(app))
        await pilot.press("x")
        await chosen(app, pilot, wait, CorrectionEvent.CLOSED)
        await wait(pilot, lambda: isinstance(app.screen, AmendingDialog))
        await pilot.press("ctrl+s")
        await wait(pilot, lambda: "l opens it again" in flat(app))
        assert not screen.check_action("end", ())
        assert not screen.check_action("said", ())
    assert now(session, made).correction.state is CorrectionState.CLOSED


async def test_enter_leads_to_the_page_at_its_words(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """From an item to the page, the cursor on the flag; back to the same item."""
    made = drafted(session)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(app, pilot, wait, made.correction.id)
        assert "not sent yet" in flat(app).lower()
        on(screen, "left knee")
        await pilot.press("enter")
        await wait(pilot, lambda: isinstance(app.screen, ReviewScreen))
        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.first_flag == made.flags[1].id
        await pilot.press("escape")
        await wait(pilot, lambda: app.screen is screen)


async def test_every_event_that_can_happen_has_a_form_that_fits(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """On a small terminal each shows its buttons; the words for it are there."""
    made = sent(session)
    async with app.run_test(size=SMALL) as pilot:
        await wait(pilot, lambda: len(app.screen_stack) > 1)
        for _, group in amending_words.GROUPS:
            for kind in group:
                app.push_screen(AmendingDialog(About(made, dates.today()), kind))
                await wait(pilot, lambda: "Save (Ctrl+S)" in text_of(app))
                assert amending_words.kind_words(kind) in flat(app)
                await pilot.press("escape")
                await wait(pilot, lambda: not isinstance(app.screen, AmendingDialog))


def test_every_kind_and_state_has_words() -> None:
    """Nothing is shown by the name it is kept under."""
    grouped = {kind for _, group in amending_words.GROUPS for kind in group}
    own = {"drafted", "form_checked", "ready", "sent", "redirected"}
    assert grouped == {kind for kind in CorrectionEvent if kind.value not in own}
    assert set(amending_words.SAID) == set(CorrectionEvent)
    assert set(amending_words.STATES) == set(CorrectionState)
    assert set(amending_words.ITEMS) == set(ItemState)
    assert set(TOLD) == set(RecipientState)


async def test_a_dialog_half_filled_survives_the_lock(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """What was typed of a denial stands in the form the next time."""
    made = sent(session)
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot, wait, made.correction.id)
        await pilot.press("t")
        await reply(app, pilot, wait, "They deny it")
        await wait(pilot, lambda: isinstance(app.screen, AmendingDialog))
        app.screen.query_one("#reason", Input).value = "it is right as it is"
        app.screen.query_one("#item1", Checkbox).value = True
        await pilot.press("ctrl+l")
        await wait(pilot, lambda: app._exit)
    again = ChartmendApp(app.folder, session=session)
    async with again.run_test(size=SMALL) as pilot:
        await opened(again, pilot, wait, made.correction.id)
        await pilot.press("t")
        await reply(again, pilot, wait, "They deny it")
        await wait(pilot, lambda: "had typed before" in text_of(again))
        assert again.screen.query_one("#reason", Input).value == "it is right as it is"
        assert again.screen.query_one("#item1", Checkbox).value is True


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_hostile_words_are_only_words(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """In items, recipients, events and dialogs."""
    person, provider = patient(session), hospital(session, HOSTILE[0])
    held = scan(session, HOSTILE[1], ["\n".join(HOSTILE)], person=person, provider=provider)
    found = [flags.add(session, held.id, 1, quote, Wrong(quote)) for quote in HOSTILE]
    made = corrections.new(session, [flag.id for flag in found], Asking(tell=HOSTILE))
    id_ = made.correction.id
    corrections.sent(session, id_, Sending(dates.today(), Channel.MAIL))
    for words in HOSTILE:
        detail = Detail(reason=words, who=words, number=words)
        note = Told(CorrectionEvent.CALL, dates.today(), words, detail)
        corrections.tell(session, id_, note)
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot, wait, id_)
        await wait(pilot, lambda: text_of(app).count("[@click=app.quit]click[/]") >= 2)
        for _ in range(screen.query_one("#parts", OptionList).option_count):
            assert_tame(app)
            await pilot.press("down")
        await pilot.press("t")
        await reply(app, pilot, wait, "accept a part")
        await wait(pilot, lambda: isinstance(app.screen, PartlyDialog))
        assert_tame(app)
        await pilot.press("escape")
        await wait(pilot, lambda: app.screen is screen)
        await pilot.press("r")
        await wait(pilot, lambda: isinstance(app.screen, ChooseDialog))
        assert_tame(app)
        assert app.is_running
