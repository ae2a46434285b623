"""What screens know of their app: the open vault, the day, and the ways to other screens."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from textual.app import App
from textual.reactive import var

from tui.import_job import ImportJob, Progressing
from tui.scan_job import ScanOrder
from vault import dates
from vault.actions.imports.folder import Inbox
from vault.actions.imports.seal import Origin
from vault.actions.session import Session


class Place(StrEnum):
    """The screens a number key leads to."""

    HOME = "home"
    RECORDS = "records"
    REQUESTS = "requests"
    CORRECTIONS = "corrections"
    IMPORT = "import"
    SEARCH = "search"
    PROVIDERS = "providers"


class Shell(App[str]):
    """The part of the app that screens may use.

    `progress` tells of the running import, or of the last one; None before the first.
    `key_file` is where the key file is, as given or last typed; empty where nobody said.
    """

    progress: var[Progressing | None] = var(None)
    watched: var[str] = var("")
    """What is said of the folder that is watched; empty where none is."""

    def __init__(self, folder: Path, today: Callable[[], dt.date] = dates.today) -> None:
        super().__init__()
        self.folder = folder
        self.key_file = ""
        self.today = today
        self.session: Session | None = None
        self.marked: frozenset[str] = frozenset()
        """Flags (ids) marked for the next letter; in memory alone, and gone when it locks."""

    @property
    def unlocked(self) -> Session:
        """The open vault; raises RuntimeError while it is locked."""
        if self.session is None:
            raise RuntimeError("the vault is locked")
        return self.session

    @abstractmethod
    def go(self, place: Place, chosen: str = "") -> None:
        """Show one of the main screens with the thing of id `chosen` under the cursor.

        `escape` there leads back home.
        """

    @abstractmethod
    def open_record(self, record: str, page: int | None = None, flag: str | None = None) -> None:
        """Show a record's pages beside their text, over the screen that is there.

        With `flag`, an id, the cursor is on its words.
        """

    @abstractmethod
    def open_request(self, request: str) -> None:
        """Show all of a request (an id), over the screen that is there."""

    @abstractmethod
    def open_correction(self, correction: str) -> None:
        """Show all of a correction (an id), over the screen that is there."""

    @abstractmethod
    def open_provider(self, provider: str) -> None:
        """Show all of a provider (an id), over the screen that is there."""

    @abstractmethod
    def open_looking(self) -> None:
        """Show the pages that wait for a person to look at them, over the screen that is there."""

    @abstractmethod
    def start_import(self, paths: tuple[Path, ...], origin: Origin, password: str = "") -> None:
        """Take in files in the background; with no paths, go on with what was cut off."""

    @abstractmethod
    def start_job(self, make: Callable[[Callable[[Progressing], None]], ImportJob]) -> bool:
        """Run a job in the background; `make` is given the function the job tells of itself to.

        False, and a word to the person, where another one is running.
        """

    @abstractmethod
    def stop_import(self) -> None:
        """Ask the running import to stop; what it has read is kept."""

    @abstractmethod
    def start_scan(self, order: ScanOrder) -> None:
        """Scan in the background; before each further page from the glass the person is asked."""

    @abstractmethod
    def watch_folder(self, inbox: Inbox, origin: Origin) -> None:
        """Begin to take in what arrives in a folder, until `end_watch` or the vault locks."""

    @abstractmethod
    def end_watch(self) -> None:
        """Watch no folder any more; what was taken in is kept."""

    @abstractmethod
    def opened(self, session: Session) -> None:
        """Take over a vault that was just opened or made, and show the home screen."""
