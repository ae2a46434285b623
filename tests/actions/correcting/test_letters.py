"""Letters of corrections in a real vault: which fit, what they say, and that they stay."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.actions.made import hospital, patient, put
from tests.ingest.papers import text_pdf
from vault import dates, ids
from vault.actions import corrections, flags, providers
from vault.actions.correcting import letter_content, letters
from vault.actions.correcting.events import Told
from vault.actions.corrections import Asking
from vault.actions.flags import Wrong
from vault.actions.imports import run as imports
from vault.actions.imports.seal import Origin
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.errors import CannotRead, Refused, UnknownId, UsageError, VaultError
from vault.letters.correcting import frame, kinds
from vault.model.correction_letters import FIRST, MAY_SAY, OWN_WORDS, CorrectionLetterKind
from vault.model.corrections import CorrectionEvent
from vault.model.flags import Flag, FlagState, Kind
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.reading import View
from vault.model.requests import Channel, Detail
from vault.store import flags as stored

K, E = CorrectionLetterKind, CorrectionEvent
TODAY = dates.today()
PAGES = ("Entry", "Nothing else")  # the quotes were read otherwise, so nothing is drawn


def ago(days: int) -> dt.date:
    """So many days before today."""
    return TODAY - dt.timedelta(days=days)


def flagged(s: Session, place: str = "us-tx") -> tuple[Flag, Flag]:
    """Two confirmed flags on a page of a hospital at a place."""
    holder = providers.add(s, f"Elm Street Hospital {place}", jurisdiction=place)
    record = put(s, "note.pdf", PAGES, patient(s), holder)
    one = flags.add(s, record.id, 1, "Allergies: sulfa hives", Wrong("Allergies: none", "I know"))
    two = flags.add(s, record.id, 1, "Metoprolol 50 mg", Wrong("Metoprolol 25 mg"))
    return one, two


def drafted(s: Session, place: str = "us-tx", asking: Asking | None = None) -> str:
    """A correction of two flags, not sent yet."""
    return corrections.new(s, [f.id for f in flagged(s, place)], asking).correction.id


def sent(s: Session, place: str = "us-tx", days: int = 30, asking: Asking | None = None) -> str:
    """The same, sent and arrived so many days ago."""
    made = drafted(s, place, asking)
    corrections.sent(s, made, Sending(ago(days), Channel.FAX, ago(days)))
    return made


def log(s: Session, cor: str, kind: CorrectionEvent, days: int, **detail: object) -> None:
    """Something happened so many days ago."""
    told = Told(kind, ago(days), detail=Detail(**detail))  # type: ignore[arg-type]
    corrections.tell(s, cor, told)


def fitting(s: Session, cor: str) -> list[CorrectionLetterKind]:
    """The kinds that can be made now, best first."""
    return [fit.kind for fit in letters.letter_kinds(s, cor) if fit.fits]


def test_the_request_is_kept_with_its_words_and_can_be_looked_at(
    vault: Session, tmp_path: Path
) -> None:
    """A letter and a sheet for each item, with the excerpt drawn from the page."""
    scan = tmp_path / "note.pdf"
    scan.write_bytes(text_pdf(("Patient: Marian Voss", "Allergies: sulfa hives", "Dose: 50 mg")))
    held = Origin(person=patient(vault).id, provider=hospital(vault).id)
    (row,) = imports.import_paths(vault, [scan], held)
    both = [
        flags.add(vault, row.id, None, quote, Wrong("another")).id
        for quote in ("Allergies: sulfa hives", "Dose: 50 mg")
    ]
    made = letters.compose(vault, corrections.new(vault, both).correction.id)
    assert made.kind == K.AMENDMENT_REQUEST
    pages = PdfReader(io.BytesIO(made.pdf)).pages
    assert made.pages == len(pages) == 3
    assert [len(page.images) for page in pages] == [0, 1, 1]
    assert "The record says: “Allergies: sulfa hives”" in made.words
    assert letters.get(vault, made.id[:-1]) == made
    assert letters.made(vault, made.subject) == (made,)
    assert letters.goes_with(made) == ("A copy of the page named on the sheet",)
    assert min(letters.preview(vault, made, View(2, 60, 80)).pixels) < 200


def test_the_quick_way_gives_the_same_letter(vault: Session) -> None:
    """As `correction new -o` makes it; a message where one was wanted."""
    cor = drafted(vault)
    quick = corrections.letter(vault, cor, TODAY)
    assert quick.pdf == letters.compose(vault, cor).pdf
    assert quick.words
    plain = drafted(vault, "uk", Asking(formal=False))
    assert corrections.letter(vault, plain, TODAY).kind == K.INFORMAL_MESSAGE
    assert fitting(vault, plain) == [K.INFORMAL_MESSAGE]


def test_a_message_in_own_words_stays_fresh(vault: Session) -> None:
    """What was typed is no change; another flag's words are."""
    cor = drafted(vault, asking=Asking(formal=False))
    today = dates.today()
    made = letters.compose(vault, cor, None, today, "I saw it last week.")
    view = corrections.get(vault, cor, today)
    assert "I saw it last week." in made.words
    assert letters.fresh(vault, view, made, today)
    with vault.vault.write("test") as db:
        db.execute("UPDATE flag SET should_say = 'something else'")
    assert not letters.fresh(vault, corrections.get(vault, cor, today), made, today)


def test_the_same_letter_is_kept_once_and_what_was_sent_stays(vault: Session) -> None:
    """Looking twice makes no second one; no follow-up takes the place of what was sent."""
    cor = drafted(vault)
    first = letters.compose(vault, cor)
    assert letters.compose(vault, cor).id == first.id
    view = corrections.get(vault, cor, TODAY)
    assert letters.fresh(vault, view, first, TODAY)
    corrections.sent(vault, cor, Sending(ago(20), Channel.FAX, ago(20), first.id))
    reminder = letters.compose(vault, cor, K.REMINDER)
    assert letters.compose(vault, cor, K.AMENDMENT_REQUEST) == first
    assert corrections.newest_letter(vault, cor) == first
    assert corrections.letter(vault, cor, TODAY) == first
    assert letters.made(vault, cor) == (first, reminder)
    assert not any(f.fits for f in letters.letter_kinds(vault, cor) if f.kind in FIRST)


BEST: list[tuple[int, tuple[tuple[CorrectionEvent, int, dict[str, object]], ...], str]] = [
    (3, (), "acknowledgement"),
    (30, (), "reminder"),
    (80, (), "overdue"),
    (30, ((E.IN_REVIEW, 9, {}),), "reminder"),
    (30, ((E.INFO_ASKED, 9, {}),), "information"),
    (30, ((E.EXTENDED, 9, {"until": ago(-90)}),), "extension_objection"),
    (30, ((E.DENIED, 9, {}),), "denial_parts"),
    (
        30,
        (
            (
                E.DENIED,
                9,
                {
                    "enclosures": (
                        "amendment-basis",
                        "amendment-statement",
                        "amendment-attach",
                        "amendment-complaint",
                    )
                },
            ),
        ),
        "disagreement",
    ),
    (30, ((E.DENIED, 9, {}), (E.DISAGREEMENT, 5, {})), "rebuttal_copy"),
    (30, ((E.ACCEPTED, 9, {}),), "copy_order"),
    (30, ((E.ACCEPTED, 9, {}), (E.COMPARED, 5, {"outcome": "unchanged"})), "not_carried_out"),
    (30, ((E.ACCEPTED, 9, {}), (E.COMPARED, 5, {"outcome": "fixed"})), "thanks"),
]


@pytest.mark.parametrize(("days", "happened", "best"), BEST)
def test_the_letter_that_suits_comes_first(
    vault: Session,
    days: int,
    happened: tuple[tuple[CorrectionEvent, int, dict[str, object]], ...],
    best: str,
) -> None:
    """By where the correction stands, and by the time; every kind says whether and why."""
    cor = sent(vault, days=days)
    for kind, when, detail in happened:
        log(vault, cor, kind, when, **detail)
    found = letters.letter_kinds(vault, cor)
    assert {fit.kind for fit in found} == set(CorrectionLetterKind)
    assert found[0].kind == best
    assert [fit.best for fit in found] == [True] + [False] * (len(found) - 1)
    assert all(fit.why for fit in found)
    assert all(fit.why.startswith("to ") == fit.fits for fit in found)


def test_every_letter_offered_can_be_made_and_no_other(vault: Session) -> None:
    """What is listed is typeset; what is not is refused with the sentence that was shown."""
    asking = Asking(tell=("Penbrook Family Practice",))
    cor = sent(vault, days=40, asking=asking)
    one, two = (item.flag for item in corrections.get(vault, cor, TODAY).correction.items)
    log(vault, cor, E.INFO_ASKED, 30)
    log(vault, cor, E.DENIED, 20, items=(one,))
    log(vault, cor, E.ACCEPTED, 20, items=(two,))
    log(vault, cor, E.COMPARED, 10, items=(two,), outcome="unchanged")
    offered = fitting(vault, cor)
    assert len(offered) >= 9
    for fit in letters.letter_kinds(vault, cor):
        own = "In my own words." if fit.kind in MAY_SAY else ""
        if fit.fits:
            assert letters.compose(vault, cor, fit.kind, text=own).kind == fit.kind
            assert fit.words == (fit.kind in {*OWN_WORDS, K.MORE_EVIDENCE})
        elif fit.kind not in FIRST:
            with pytest.raises(Refused):
                letters.compose(vault, cor, fit.kind, text=own)
    assert letters.compose(vault, cor).kind == offered[0]


def test_an_order_for_a_copy_of_what_was_disputed(vault: Session) -> None:
    """The page with all that has been put with it."""
    cor = sent(vault)
    log(vault, cor, E.DENIED, 9)
    log(vault, cor, E.DISAGREEMENT, 5)
    said = letters.compose(vault, cor, K.COPY_ORDER).words
    assert "as they stand now, with all that has been put with them" in said
    assert "- note.pdf, page 1" in said
    assert "agreed" not in said


def test_items_and_words_are_checked(vault: Session) -> None:
    """An item of another correction, words without end, and a name that nobody has."""
    cor, other = sent(vault), flagged(vault, "uk")[0]
    log(vault, cor, E.DENIED, 9)
    with pytest.raises(UsageError, match="no item of this correction"):
        letters.compose(vault, cor, K.DENIAL_PARTS, items=(other.id,))
    with pytest.raises(UnknownId):
        letters.compose(vault, cor, K.DENIAL_PARTS, items=("flag_none",))
    with pytest.raises(UsageError, match="too many for a letter"):
        letters.compose(vault, cor, K.DISAGREEMENT, text="word " * 5000)
    with pytest.raises(UsageError, match="names nobody"):
        letters.compose(vault, cor, K.NOTIFY_HOLDER, to="Somebody")
    one = corrections.get(vault, cor, TODAY).correction.items[0].flag
    said = letters.compose(vault, cor, K.DISAGREEMENT, None, "Not so.", (one,)).words
    assert "sulfa" in said
    assert "Metoprolol" not in said


def test_own_words_out_of_a_file(vault: Session, tmp_path: Path) -> None:
    """Plain text, paragraphs and all; what is none is refused."""
    file = tmp_path / "mine.txt"
    file.write_text("First.\n\nSecond.\n", encoding="utf-8")
    cor = sent(vault)
    log(vault, cor, E.DENIED, 9)
    made = letters.compose(vault, cor, K.DISAGREEMENT, text=letters.own_words(file))
    assert "First.\n\nSecond.\n\nWhat I ask" in made.words
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="no plain text"):
        letters.own_words(file)
    file.write_bytes(b" \n")
    with pytest.raises(UsageError, match="holds no words"):
        letters.own_words(file)
    with pytest.raises(CannotRead):
        letters.own_words(tmp_path / "none.txt")


def test_a_holder_is_told_of_the_amendment(vault: Session) -> None:
    """The one that is named; the only one where nobody is."""
    cor = sent(vault, asking=Asking(tell=("Hill Practice", "Hollow Pharmacy")))
    log(vault, cor, E.ACCEPTED, 9)
    with pytest.raises(Refused, match="goes to one"):
        letters.compose(vault, cor, K.NOTIFY_HOLDER)
    said = letters.compose(vault, cor, K.NOTIFY_HOLDER, to="hollow pharmacy").words
    assert "\n\nHollow Pharmacy\n\n" in said
    assert "Hill Practice" not in said
    with pytest.raises(UsageError, match="goes to nobody"):
        letters.compose(vault, cor, K.COPY_ORDER, to="Hollow Pharmacy")


def test_the_complaint_names_the_letters_that_were_sent(vault: Session) -> None:
    """The request and the reminder, by name and day."""
    cor = drafted(vault)
    first = letters.compose(vault, cor)
    corrections.sent(vault, cor, Sending(ago(90), Channel.FAX, ago(90), first.id))
    reminder = letters.compose(vault, cor, K.REMINDER, ago(50))
    log(vault, cor, E.REMINDED, 50, letter=reminder.id)
    made = letters.compose(vault, cor, K.COMPLAINT)
    request, reminded = letters.goes_with(made)
    assert request.startswith("My request of ")
    assert reminded.startswith("My reminder of ")


def test_whoever_made_the_entry_is_asked_with_what_was_answered(vault: Session) -> None:
    """A correction that follows another one says so, and whom the entry came from."""
    one, _two = flagged(vault)
    author = hospital(vault, "Quay Clinic")
    with vault.vault.write("test") as db:
        db.execute("UPDATE flag SET originator = ? WHERE id = ?", (author.id, one.id))
    record_of = corrections.new(vault, [one.id], Asking(to=flagged_at(vault, one)))
    corrections.sent(vault, record_of.correction.id, Sending(ago(30), Channel.FAX, ago(30)))
    log(vault, record_of.correction.id, E.DENIED, 9, ground="not-created")
    log(vault, record_of.correction.id, E.CLOSED, 8)
    with vault.vault.write("test") as db:
        db.execute("UPDATE flag SET state = 'confirmed' WHERE id = ?", (one.id,))
    after = corrections.new(vault, [one.id], Asking(parent=record_of.correction.id))
    assert after.provider.id == author.id
    made = letters.compose(vault, after.correction.id)
    assert made.kind == K.ORIGINATOR
    assert "they answered that they did not make the entry" in made.words
    assert "I turn to you because the entry came from you." in made.words


def flagged_at(s: Session, flag: Flag) -> str:
    """The provider that the record of a flag came from."""
    row = s.vault.read().execute("SELECT provider FROM record WHERE id = ?", (flag.finding.record,))
    return str(row.fetchone()[0])


def test_somebody_who_acts_for_the_patient_signs(vault: Session) -> None:
    """Their name, address and capacity; no proof is called enclosed that was not copied."""
    holder = providers.add(vault, "Elm Street Hospital", jurisdiction="us-tx")
    record = put(vault, "note.pdf", PAGES, patient(vault), holder)
    flag = flags.add(vault, record.id, 1, "Dose: 50 mg", Wrong("Dose: 25 mg"))
    with vault.vault.write("test") as db:
        db.execute(
            "INSERT INTO authority (id, person, name, relationship, basis, address, made_at) "
            "VALUES ('auth_1', ?, 'Ines Voss', 'niece', 'guardian', '[\"4 Larch Lane\"]', '2026')",
            (record.person,),
        )
    cor = corrections.new(vault, [flag.id], Asking(authority="auth_1")).correction.id
    said = letters.compose(vault, cor).words
    assert said.startswith("Ines Voss\n4 Larch Lane")
    assert "I ask for this on behalf of Marian Voss, as niece." in said
    assert "Proof is enclosed" not in said
    assert "I have read a copy of Marian Voss's health records." in said


def test_several_letters_become_one_file_to_print(vault: Session, tmp_path: Path) -> None:
    """Each whole, in the order named, on the paper of its place, once; the newest unsent one."""
    first, second = drafted(vault), drafted(vault, "uk")
    early = letters.compose(vault, first)
    chosen = [letters.to_print(vault, cor) for cor in (second, first, second)]
    assert chosen[1] == early
    file, pages = letters.several(vault, chosen, tmp_path / "all.pdf")
    found = PdfReader(io.BytesIO(file.read_bytes())).pages
    assert pages == len(found) == chosen[0].pages + early.pages
    assert "Request to correct my health record" in found[0].extract_text()
    assert round(float(found[0].mediabox.width)) == 595
    assert round(float(found[chosen[0].pages].mediabox.width)) == 612
    assert file.stat().st_mode & 0o777 == 0o600
    corrections.sent(vault, first, Sending(ago(9), Channel.FAX, ago(9), early.id))
    assert letters.to_print(vault, first).kind == K.ACKNOWLEDGEMENT
    with pytest.raises(UsageError):
        letters.several(vault, [], tmp_path / "none.pdf")


DRAWN = st.lists(
    st.tuples(st.sampled_from(list(FlagState)), st.booleans(), st.booleans()),
    min_size=1,
    max_size=5,
)


def _draw(
    s: Session,
    people: tuple[Person, ...],
    held: tuple[Provider, ...],
    drawn: list[tuple[FlagState, bool, bool]],
) -> list[Flag]:
    """Flags in these states, each of one of two people and providers, with words of its own."""
    made = []
    for state, person, provider in drawn:
        mark = ids.new("flag").removeprefix("flag_")
        record = put(s, f"{mark}.pdf", (f"Entry q{mark}",), people[person], held[provider])
        wrong = Wrong(f"s{mark}", f"r{mark}", Kind.WRONG_VALUE)
        flag = replace(flags.add(s, record.id, 1, f"q{mark}", wrong), state=state)
        with s.vault.write("test") as db:
            stored.decide(db, flag, dates.now())
        made.append(flag)
    return made


def _said(s: Session, cor: str) -> str:
    """The words of every letter that can be made of a correction."""
    view, parts = corrections.get(s, cor, TODAY), []
    for kind in CorrectionLetterKind:
        content = letter_content.gather(s, view, kind, TODAY)
        try:
            parts.append(frame.plain(kinds.compose(content)))
        except Refused:
            continue
    return "\n".join(parts)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(DRAWN, st.data())
def test_no_letter_holds_an_unconfirmed_point(
    vault: Session, drawn: list[tuple[FlagState, bool, bool]], data: st.DataObject
) -> None:
    """Of any flags of two people and two providers in any states: only confirmed ones get in.

    They are those chosen, of one person and one provider. And where a flag of a correction loses
    its confirmation, it leaves its letters.
    """
    people = (patient(vault, "Marian Voss"), patient(vault, "Tobias Voss"))
    held = (hospital(vault), hospital(vault, "Quay Lab"))
    made = _draw(vault, people, held, drawn)
    chosen = data.draw(st.lists(st.sampled_from(made), min_size=1, unique_by=lambda f: f.id))
    try:
        view = corrections.new(vault, [flag.id for flag in chosen])
    except VaultError:
        return
    assert {flag.state for flag in chosen} == {FlagState.CONFIRMED}
    said = _said(vault, view.correction.id)
    marks = {flag.id: flag.finding.quote.removeprefix("q") for flag in made}
    for flag in made:
        inside = flag.id in {c.id for c in chosen}
        assert (marks[flag.id] in said) == inside
    lost = data.draw(st.sampled_from(chosen))
    with vault.vault.write("test") as db:
        stored.decide(db, replace(lost, state=FlagState.SUSPECTED), dates.now())
    assert marks[lost.id] not in _said(vault, view.correction.id)
