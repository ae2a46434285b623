"""What tests of the app share: a real vault, an app over it, and a way to wait without sleeping."""

from __future__ import annotations

import datetime as dt
import io
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.screen import text_of
from tui.app import ChartmendApp
from vault import dates, ids
from vault.actions import session as sessions
from vault.actions.session import Session
from vault.model.reading import PageKind, PageResult, Reading, Source
from vault.model.records import Record, RecordStatus
from vault.model.words import Box, Word
from vault.store import pages, records
from vault.store.kdf import CHEAPEST

PASSPHRASE = "plum kettle orbit sandal"
TODAY = dt.date(2026, 11, 23)
_PATIENCE = 20.0

Wait = Callable[[Pilot[str], Callable[[], object]], Awaitable[None]]
MakeRecord = Callable[[str, Sequence[str]], Record]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has a home folder of its own, and no vault but its own."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    for name, value in {
        "HOME": home,
        "XDG_DATA_HOME": tmp_path / "data",
        "XDG_STATE_HOME": tmp_path / "state",
    }.items():
        monkeypatch.setenv(name, str(value))
    for name in (
        "CHARTMEND_VAULT",
        "CHARTMEND_PASSPHRASE_FILE",
        "CHARTMEND_PASSPHRASE_COMMAND",
        "CHARTMEND_KEY_FILE",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the vault of a test is."""
    return tmp_path / "vault"


@pytest.fixture
def session(folder: Path) -> Iterator[Session]:
    """A new vault, open for writing, with the passphrase PASSPHRASE."""
    made, _code = sessions.make_vault(folder, PASSPHRASE, profile=CHEAPEST)
    with made:
        yield made


@pytest.fixture
def app(folder: Path, session: Session) -> ChartmendApp:
    """The app over the open vault; for it, today is TODAY."""
    return ChartmendApp(folder, session=session, today=lambda: TODAY)


@pytest.fixture
def wait() -> Wait:
    """Wait until something is so; fails with the screen's text where it never is."""

    async def until(pilot: Pilot[str], condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail("it never came; the screen shows:\n" + text_of(pilot.app))
            await pilot.pause()
        await pilot.pause()

    return until


def _words(text: str) -> tuple[Word, ...]:
    """Words of a text in places one below the other, the lines as in the text."""
    words = []
    for line, row in enumerate(text.splitlines()):
        top = min(0.05 + line * 0.03, 0.95)
        for column, part in enumerate(row.split()):
            left = min(0.1 + column * 0.1, 0.85)
            words.append(Word(part, Box(left, top, left + 0.08, top + 0.02), 90, line))
    return tuple(words)


@pytest.fixture
def make_record(session: Session) -> MakeRecord:
    """Put a record that was read into the vault: its title, and the text of each page."""

    def make(title: str, texts: Sequence[str]) -> Record:
        sealed = session.vault.originals.seal(io.BytesIO(f"%PDF-{title}".encode()), 1 << 20)
        record = Record(
            id=ids.new("record"),
            original=sealed.id,
            title=title,
            media="pdf",
            status=RecordStatus.READING,
            pages=0,
            imported_at=dates.now(),
            received_on=TODAY,
        )
        with session.vault.write("test.record") as db:
            records.add(db, record, sealed.size)
            records.set_pages(db, record.id, len(texts))
            for number, text in enumerate(texts, 1):
                reading = Reading(Source.TEXT, _words(text), 90)
                result = PageResult(number, PageKind.CONTENT, (reading,), 612, 792, 90)
                pages.keep(db, record.id, result, dates.now())
            records.finish(db, record.id, RecordStatus.STORED)
        return records.get(session.vault.read(), record.id)

    return make
