"""Corrections: from confirmed errors to a letter that is seen, written and sent."""

from __future__ import annotations

import stat
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.tui.conftest import TODAY, Wait
from tests.tui.made import hospital, patient, scan
from tests.tui.screen import HOSTILE, assert_tame, text_of
from tui.app import ChartmendApp
from tui.screens.address_dialog import AddressDialog
from tui.screens.assign_dialog import AssignDialog
from tui.screens.corrections import CorrectionsScreen
from tui.screens.letter_preview import LetterPage, LetterPreviewScreen, print_begins
from tui.screens.sent_dialog import CorrectionSentDialog
from tui.screens.tell_dialog import TellDialog
from tui.shell import Place
from tui.widgets.blocks import cells
from tui.widgets.dialogs import AskDialog
from tui.widgets.flag_picker import FlagPicker
from vault import dates
from vault.actions import corrections, flags, people, records
from vault.actions.corrections import Asking
from vault.actions.flags import Wrong
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.model.corrections import CorrectionState
from vault.model.flags import Flag, FlagState
from vault.model.reading import Picture, View
from vault.model.records import Record
from vault.model.requests import Channel

SMALL, LARGE = (80, 24), (120, 40)


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Excerpts of records are grey here; letters are typeset and drawn for real."""

    def grey(_s: Session, _record: Record, view: View) -> Picture:
        size = view.width * 40 * (3 if view.colour else 1)
        return Picture(view.width, 40, b"\xa0" * size, colour=view.colour)

    monkeypatch.setattr(records, "draw", grey)


def _flagged(session: Session, quote: str = "1916", *, known: bool = True) -> Flag:
    person = patient(session) if known else None
    provider = hospital(session) if known else None
    held = scan(session, "visit.pdf", [f"born {quote}\nwell"], person=person, provider=provider)
    return flags.add(session, held.id, 1, quote, Wrong("1961", why="my passport says so"))


async def _open(
    app: ChartmendApp, pilot: Pilot[str], wait: Wait, chosen: str = ""
) -> CorrectionsScreen:
    await wait(pilot, lambda: len(app.screen_stack) > 1)
    app.go(Place.CORRECTIONS, chosen)
    await wait(pilot, lambda: isinstance(app.screen, CorrectionsScreen))
    assert isinstance(app.screen, CorrectionsScreen)
    return app.screen


async def test_without_flags_the_next_step_is_said(app: ChartmendApp, wait: Wait) -> None:
    """Two empty lists would leave a person alone."""
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait)
        await wait(pilot, lambda: "Confirm an error while you review" in text_of(app))
        assert "Choose errors with space" in text_of(app)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_chosen_errors_become_a_correction_that_tells_others(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """Space chooses, n asks who is to be told; the flag then belongs to the correction."""
    flag = _flagged(session)
    async with app.run_test(size=size) as pilot:
        screen = await _open(app, pilot, wait)
        await wait(pilot, lambda: '[ ] "1916" should say "1961"' in text_of(app))
        assert "Why: my passport says so" in text_of(app)
        await pilot.press("space")
        await wait(pilot, lambda: "[x]" in text_of(app))
        await pilot.press("n")
        await wait(pilot, lambda: isinstance(app.screen, TellDialog))
        app.screen.query_one(TextArea).text = "Dr. Oak\n\nThe insurer\n"
        app.screen.query_one("#save").focus()
        await pilot.press("enter")
        await wait(pilot, lambda: app.screen is screen and screen.correction)
        await wait(pilot, lambda: "To be told: Dr. Oak; The insurer" in text_of(app))
    (made,) = corrections.every(session, TODAY)
    assert made.correction.tell == ("Dr. Oak", "The insurer")
    assert flags.get(session, flag.id).state is FlagState.IN_CORRECTION


async def test_marks_stay_while_the_vault_is_open_and_go_when_used(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """Leaving the screen forgets no mark; the letter made of the flag takes the mark away."""
    flag = _flagged(session)
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait)
        await wait(pilot, lambda: "[ ]" in text_of(app))
        await pilot.press("space")
        await wait(pilot, lambda: "[x]" in text_of(app))
        await pilot.press("1")
        await wait(pilot, lambda: not isinstance(app.screen, CorrectionsScreen))
        screen = await _open(app, pilot, wait)
        await wait(pilot, lambda: "[x]" in text_of(app))
        assert app.marked == {flag.id}
        await pilot.press("n")
        await wait(pilot, lambda: isinstance(app.screen, TellDialog))
        await pilot.click("#save")
        await wait(pilot, lambda: app.screen is screen and screen.correction)
        assert app.marked == frozenset()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_missing_addresses_are_said_and_filled_in(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """Above the letter and before it is written; a asks for both and the letter has them."""
    made = corrections.new(session, [_flagged(session).id])
    async with app.run_test(size=size) as pilot:
        screen = await _open(app, pilot, wait, made.correction.id)
        await wait(pilot, lambda: "Write PDF" in text_of(app))
        await pilot.press("w")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        assert "Your postal address is missing" in " ".join(text_of(app).split())
        await pilot.press("escape")
        await wait(pilot, lambda: app.screen is screen)
        await pilot.press("v")
        await wait(pilot, lambda: "! Your postal address is missing" in text_of(app))
        assert "! The postal address of Elm Street Hospital is missing" in text_of(app)
        await pilot.press("a")
        await wait(pilot, lambda: isinstance(app.screen, AddressDialog))
        app.screen.query_one("#sender", TextArea).text = "1 Elm Lane\nTown"
        app.screen.query_one("#to", TextArea).text = "2 Oak Road"
        await pilot.click("#save")
        await wait(
            pilot,
            lambda: isinstance(app.screen, LetterPreviewScreen) and "2 Oak Road" in text_of(app),
        )
        assert "missing" not in text_of(app)
    view = corrections.get(session, made.correction.id, TODAY)
    assert view.person.address == ("1 Elm Lane", "Town")
    assert view.provider.address == ("2 Oak Road",)


async def test_an_address_is_not_emptied(app: ChartmendApp, wait: Wait, session: Session) -> None:
    """A form with an address taken away says so, and nothing is changed."""
    made = corrections.new(session, [_flagged(session).id])
    person = people.readdress(session, made.person.id, ("1 Elm Lane",))
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait)
        app.push_screen(AddressDialog(person, made.provider))
        await wait(pilot, lambda: app.screen.query("#sender"))
        app.screen.query_one("#sender", TextArea).text = " "
        await pilot.click("#save")
        await wait(pilot, lambda: "is empty now" in text_of(app))
    assert people.every(session)[0].address == ("1 Elm Lane",)


async def test_what_was_sent_has_no_warning(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """A letter that has gone is as it is: nothing is asked for, nothing made anew."""
    made = corrections.new(session, [_flagged(session).id])
    corrections.sent(session, made.correction.id, Sending(dates.today(), Channel.MAIL))
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait)
        app.push_screen(LetterPreviewScreen(made.correction.id))
        await wait(pilot, lambda: "It should say: 1961" in " ".join(text_of(app).split()))
        assert "missing" not in text_of(app)
        assert "Renew" not in text_of(app)


async def test_a_record_of_nobody_is_assigned_first(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """The key n says what is lacking; a leads to the form."""
    _flagged(session, known=False)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await _open(app, pilot, wait)
        await wait(pilot, lambda: "From nobody known" in text_of(app))
        await pilot.press("n")
        await wait(pilot, lambda: "Say first who they came from" in text_of(app))
        await pilot.press("a")
        await wait(pilot, lambda: isinstance(app.screen, AssignDialog))


async def test_errors_of_two_providers_make_no_letter(
    app: ChartmendApp, wait: Wait, session: Session
) -> None:
    """A letter goes to one of them; the person is told to choose."""
    first = _flagged(session)
    person = records.every(session)[0].person
    other = scan(
        session, "lab.pdf", ["low 9.9"], person=person, provider=hospital(session, "Oak Lab")
    )
    flags.add(session, other.id, 1, "9.9", Wrong("99"))
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        screen = await _open(app, pilot, wait, first.id)
        await wait(pilot, lambda: screen.flag and screen.flag.flag.id == first.id)
        await pilot.press("space", "down", "space", "up", "up", "space")
        await wait(pilot, lambda: text_of(app).count("[x]") >= 1)
        picker = screen.query_one(FlagPicker)
        while len(picker.checked) < 2:
            await pilot.press("down", "space")
        await pilot.press("n")
        await wait(pilot, lambda: "one provider" in " ".join(text_of(app).split()))
        assert app.screen is screen
    assert corrections.every(session, TODAY) == ()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_letter_is_seen_as_it_will_look_and_in_words(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """Drawn by a worker from the PDF, whole and large enough to read, beside what it says."""
    made = corrections.new(session, [_flagged(session).id])
    async with app.run_test(size=size) as pilot:
        await _open(app, pilot, wait, made.correction.id)
        await wait(pilot, lambda: "View letter" in text_of(app))
        await pilot.press("v")
        await wait(pilot, lambda: isinstance(app.screen, LetterPreviewScreen))
        page = app.screen.query_one(LetterPage)
        await wait(pilot, lambda: page.lines)
        assert len(page.lines) <= page.size.height
        flat = " ".join(text_of(app).split())
        assert "Letter to Elm Street Hospital, page 1 of" in flat
        assert "It should say: 1961" in flat
        await pilot.press("m", "m")
        await wait(pilot, lambda: len(page.lines) == 220 and page.scroll_offset.y > 0)
        await pilot.press("escape")
        await wait(pilot, lambda: isinstance(app.screen, CorrectionsScreen))


def _other_letter(app: ChartmendApp, before: str) -> str:
    """The id of the letter shown, where it is another than `before`."""
    shown = app.screen.shown if isinstance(app.screen, LetterPreviewScreen) else None
    return shown.letter.id if shown is not None and shown.letter.id != before else ""


async def test_looking_twice_typesets_once(app: ChartmendApp, wait: Wait, session: Session) -> None:
    """The letter of the day is kept; r typesets it again."""
    made = corrections.new(session, [_flagged(session).id])
    app.today = dates.today
    async with app.run_test(size=SMALL) as pilot:
        await _open(app, pilot, wait, made.correction.id)
        await wait(pilot, lambda: "View letter" in text_of(app))
        ids: list[str] = []
        for keys in (("v",), ("escape", "v"), ("r",)):
            before = ids[-1] if keys == ("r",) else ""
            await pilot.press(*keys)
            await wait(pilot, partial(_other_letter, app, before))
            ids.append(_other_letter(app, before))
    assert ids[0] == ids[1] != ids[2]


async def test_w_writes_the_pdf_for_its_owner_alone(
    app: ChartmendApp, wait: Wait, session: Session, tmp_path: Path
) -> None:
    """The form warns that the copy is not encrypted; the file can be read by nobody else."""
    made = corrections.new(session, [_flagged(session).id])
    target = tmp_path / "letter.pdf"
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, made.correction.id)
        await wait(pilot, lambda: screen.correction and "Write PDF" in text_of(app))
        await pilot.press("w")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog))
        assert "not encrypted" in text_of(app)
        app.screen.query_one("#answer", Input).value = str(target)
        await pilot.press("enter")
        await wait(pilot, target.exists)
        await wait(pilot, lambda: app.screen is screen)
    assert target.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


async def test_s_notes_the_sending_once(app: ChartmendApp, wait: Wait, session: Session) -> None:
    """The clock begins, with its rule; the key is gone afterwards."""
    made = corrections.new(session, [_flagged(session).id])
    async with app.run_test(size=SMALL) as pilot:
        screen = await _open(app, pilot, wait, made.correction.id)
        await wait(pilot, lambda: "Mark as sent" in text_of(app))
        await pilot.press("s")
        await wait(pilot, lambda: isinstance(app.screen, CorrectionSentDialog))
        app.screen.query_one("#on", Input).value = dates.today().isoformat()
        app.screen.query_one("#on", Input).focus()
        await pilot.press("enter")
        await wait(
            pilot,
            lambda: app.screen is screen and "after receipt" in " ".join(text_of(app).split()),
        )
        await wait(pilot, lambda: "Mark as sent" not in text_of(app))
    view = corrections.get(session, made.correction.id, TODAY)
    assert view.correction.state is CorrectionState.SENT


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_hostile_words_are_only_words(
    app: ChartmendApp, wait: Wait, session: Session, size: tuple[int, int]
) -> None:
    """In the lists, the details and the letter's summary, before and after it is made."""
    person, provider = patient(session), hospital(session, HOSTILE[0])
    held = scan(session, HOSTILE[1], ["\n".join(HOSTILE)], person=person, provider=provider)
    found = [flags.add(session, held.id, 1, quote, Wrong(quote)) for quote in HOSTILE]
    async with app.run_test(size=size) as pilot:
        screen = await _open(app, pilot, wait, found[0].id)
        await wait(pilot, lambda: text_of(app).count("[@click=app.quit]click[/]") >= 4)
        assert_tame(app)
        await pilot.click(FlagPicker, offset=(6, 1))
        await wait(pilot, lambda: "[x]" in text_of(app))
        for _ in HOSTILE:
            await pilot.press("down")
            assert_tame(app)
        corrections.new(session, [flag.id for flag in found], Asking(tell=HOSTILE))
        screen.load()
        await wait(pilot, lambda: screen.correction)
        screen.query_one("#corrections").focus()
        await wait(pilot, lambda: "To be told:" in text_of(app))
        assert_tame(app)
        await pilot.press("v")
        await wait(pilot, lambda: isinstance(app.screen, LetterPreviewScreen))
        await wait(pilot, lambda: "It should say: [/bold]" in text_of(app))
        assert_tame(app)
        assert app.is_running


def test_the_print_of_a_page_is_found() -> None:
    """A page that is larger than the screen opens where something stands."""
    ink, paper = b"\x00", b"\xff"
    rows = [paper * 40] * 20 + [paper * 20 + ink * 20] * 4
    assert print_begins(cells(Picture(40, 24, b"".join(rows)))) == (8, 9)
    assert print_begins(cells(Picture(4, 4, paper * 16))) == (0, 0)
