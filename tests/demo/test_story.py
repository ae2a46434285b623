"""The demo does the main job, with real scans, real OCR and a real vault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from vault.actions import corrections, flags, records
from vault.actions.imports.reading import Watch
from vault.actions.session import Session
from vault.demo import cast, story
from vault.errors import Refused
from vault.model.flags import Check, FlagState

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, story.Places, str]]:
    """The story told once, on a vault that stays open."""
    places = story.Places(tmp_path_factory.mktemp("demo") / "folder")
    lines: list[str] = []
    with story.prepare(places) as session:
        story.tell_story(session, places, TODAY, lines.append, Watch())
        yield session, places, "\n".join(lines)


@pytest.mark.ocr
def test_the_wrong_birth_date_is_suspected_by_itself(
    told: tuple[Session, story.Places, str],
) -> None:
    """Of all the scans, only the planted birth date is suspected, and it is cited by its words."""
    suspected = [f for f in flags.every(told[0]) if f.finding.check is not Check.PERSON]
    assert [f.finding.check for f in suspected] == [Check.WRONG_DOB]
    assert cast.WRONG_BIRTH_DATE in suspected[0].finding.quote
    assert suspected[0].finding.box is not None


@pytest.mark.ocr
def test_the_wrong_dose_is_flagged_where_it_stands(told: tuple[Session, story.Places, str]) -> None:
    """The flag made by hand found the planted words on the scanned page."""
    by_hand = [f for f in flags.every(told[0]) if f.finding.check is Check.PERSON]
    assert by_hand[0].finding.quote == cast.WRONG_MEDICINE.quote
    assert by_hand[0].finding.box is not None
    assert by_hand[0].state is FlagState.IN_CORRECTION


@pytest.mark.ocr
def test_the_letter_asks_for_both_corrections(told: tuple[Session, story.Places, str]) -> None:
    """The PDF on disk says what the record says and what it should say, with the law's citation."""
    _session, places, said = told
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(places.letter).pages).split()
    )
    for mistake in cast.MISTAKES:
        assert mistake.should_say in text
    assert cast.WRONG_BIRTH_DATE in text
    assert "45 CFR 164.526" in text
    assert places.letter.stat().st_mode & 0o077 == 0
    assert str(places.letter) in said
    assert str(places.page) in said


@pytest.mark.ocr
def test_the_records_and_the_correction_are_in_the_vault(
    told: tuple[Session, story.Places, str],
) -> None:
    """All bundled scans were read, and one correction with two items is drafted."""
    session = told[0]
    assert len(records.every(session)) == len(cast.PAPERS)
    (view,) = corrections.every(session, TODAY)
    assert len(view.flags) == len(cast.MISTAKES)


def test_only_a_folder_of_the_demo_is_removed(tmp_path: Path) -> None:
    """A folder the demo did not make is left alone; its own one goes."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine")
    with pytest.raises(Refused):
        story.remove(story.Places(mine))
    assert (mine / "letter.txt").exists()
    places = story.Places(tmp_path / "demo")
    story.prepare(places).close()
    assert story.remove(places)
    assert not places.folder.exists()
    assert not story.remove(places)
