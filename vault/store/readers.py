"""Reading connections: one for each thread, all closed together."""

from __future__ import annotations

import threading
from pathlib import Path

from vault.store import database
from vault.store.crypto import Label
from vault.store.database import Db, Mode
from vault.store.keys import Keys


class Readers:
    """The read-only connections of one open vault."""

    def __init__(self, path: Path, keys: Keys) -> None:
        self._path = path
        self._keys = keys
        self._guard = threading.Lock()
        self._open: dict[threading.Thread, Db] = {}
        self._closed = False

    def __repr__(self) -> str:
        return f"Readers({len(self._open)} open)"

    def connect(self) -> Db:
        """A read-only connection of its own, which the caller closes."""
        return database.connect(self._path, self._keys.of(Label.DATABASE), Mode.READ)

    def here(self) -> Db:
        """This thread's connection, opened on first use; raises ValueError once closed.

        Connections of threads that have ended are closed on the way.
        """
        thread = threading.current_thread()
        with self._guard:
            if self._closed:
                raise ValueError("the vault is closed")
            found = self._open.get(thread)
            if found is None:
                self._drop([t for t in self._open if not t.is_alive()])
                found = self._open[thread] = self.connect()
            return found

    def _drop(self, threads: list[threading.Thread]) -> None:
        for thread in threads:
            self._open.pop(thread).close()

    def close(self) -> None:
        """Stop what still runs and let every connection go; a second call does nothing.

        A connection that another thread is inside of must not be closed under its feet: it is
        interrupted, and closes itself as soon as that thread lets go of it.
        """
        with self._guard:
            self._closed = True
            for db in self._open.values():
                db.interrupt()
            own = self._open.pop(threading.current_thread(), None)
            self._open.clear()
            if own is not None:
                own.close()
