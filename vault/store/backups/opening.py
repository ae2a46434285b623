"""Looking over a backup with its secret: do the keys open it, and does it say what it should."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from pathlib import Path

from vault.errors import Damaged, VaultError, WrongPassphrase
from vault.store import audit, checks, database, files, keys, keysfile, root
from vault.store.backups import check, generations, places
from vault.store.backups.check import Looked
from vault.store.backups.generations import Generation
from vault.store.backups.places import DATABASE, KEYS, MANIFEST, Place
from vault.store.checks import Problem
from vault.store.crypto import Label
from vault.store.database import Db, Mode
from vault.store.keys import Keys, Secret
from vault.store.originals import Originals, file_of
from vault.store.telling import Tell, quiet

_HINT = (
    "a backup opens with the passphrase it had when it was made; "
    "the recovery code opens it too: --recovery"
)


def wrong_secret(error: WrongPassphrase) -> WrongPassphrase:
    """The error for a secret that opens no slot, with the hint that fits a backup."""
    error.hint = _HINT
    return error


class _Opener:
    """Opens generations with one secret; most share their master key, so it is derived once."""

    def __init__(self, place: Place, secret: Secret) -> None:
        self._place = place
        self._secret = secret
        self._open: list[Keys] = []

    def keys(self, generation: Generation) -> Keys:
        """The open keys of a generation; raises WrongPassphrase, Damaged, CannotRead."""
        folder = self._place.generation(generation.name)
        try:
            file = keysfile.parse(files.read_small(folder / KEYS, keysfile.LIMIT), KEYS)
        except FileNotFoundError:
            raise Damaged(f"{KEYS} is missing", "") from None
        for opened in self._open:
            if file.authentic(opened.of(Label.KEYS_FILE)):
                return opened
        found = keys.unlock(folder, self._secret).keys
        self._open.append(found)
        return found

    def prove(self) -> None:
        """Raise WrongPassphrase where the secret does not open the newest whole keys file."""
        for generation in reversed(generations.look(self._place).finished):
            try:
                self.keys(generation)
            except WrongPassphrase as error:
                raise wrong_secret(error) from None
            except VaultError:
                continue
            return

    def wipe(self) -> None:
        """Forget every key."""
        for opened in self._open:
            opened.wipe()


def _rows(db: Db, generation: Generation, opened: Keys) -> Iterator[str]:
    """What is wrong between a copied database, its own history, and the manifest."""
    made = generation.manifest
    row = db.execute("SELECT value FROM meta WHERE name = 'vault'").fetchone()
    if row is None or row[0] != made.vault_id:
        yield "it is the one of another vault"
    if audit.head(db) != made.head:
        yield "its history does not end where the manifest says"
    broken = audit.broken_at(db, opened.of(Label.AUDIT))
    if broken is not None:
        yield f"the history is broken at change {broken}"
    if root.stored(db) != made.head.root:
        yield "its content root is not the one the manifest says"
    named = {(o.id, o.size) for o in made.originals}
    rows = db.execute("SELECT id, size FROM original").fetchall()
    if {(r[0], r[1]) for r in rows if r[0] not in made.missing} != named:
        yield "it names other originals than the manifest"


def _database(path: Path, name: str, generation: Generation, opened: Keys) -> Iterator[Problem]:
    key = opened.of(Label.DATABASE)
    try:
        with contextlib.closing(database.connect(path, key, Mode.READ)) as db:
            for what in _rows(db, generation, opened):
                yield Problem(name, what)
            for found in checks.content(db, opened):
                yield Problem(name, found.what)
        wal = path.with_name(f"{path.name}-wal")
        for check in (lambda db: checks.pages(db, wal, full=True), checks.structure):
            with contextlib.closing(database.connect(path, key, Mode.READ)) as db:
                for found in check(db):
                    yield Problem(name, found.what)
    except VaultError as error:
        yield Problem(name, error.sentence)


class _Opened:
    """Looks into generations; an original they share is decrypted once."""

    def __init__(self, place: Place, opener: _Opener, tell: Tell, total: int) -> None:
        self._place = place
        self._opener = opener
        self._tell = tell
        self._total = total
        self._known: dict[tuple[bytes, str], str] = {}

    def of(self, generation: Generation) -> Iterator[Problem]:
        """Everything in a generation that its keys do not open or vouch for."""
        folder = self._place.generation(generation.name)
        names = {n: self._place.within(folder / n) for n in (KEYS, DATABASE, MANIFEST)}
        try:
            opened = self._opener.keys(generation)
        except VaultError as error:
            yield Problem(names[KEYS], error.sentence)
            return
        if not generation.manifest.authentic(opened.of(Label.MANIFEST)):
            yield Problem(names[MANIFEST], "it was changed by something else than chartmend")
        yield from _database(folder / DATABASE, names[DATABASE], generation, opened)
        originals = Originals(self._place.folder, opened, writable=False)
        for held in generation.manifest.originals:
            path = self._place.original(held.sealed.sha256)
            what = self._original(originals, opened, path, held.id)
            if what:
                yield Problem(self._place.within(path), what)

    def _original(self, originals: Originals, opened: Keys, path: Path, id_: str) -> str:
        place = (opened.of(Label.ORIGINAL), f"{path.name} {id_}")
        if place not in self._known:
            self._known[place] = ""
            try:
                originals.check_copy(path, id_)
            except VaultError as error:
                told = error.sentence.removeprefix(file_of(id_)).strip()
                self._known[place] = f"it {told}" if told != error.sentence else told
            self._tell(len(self._known), self._total)
        return self._known[place]


def look(folder: Path, secret: Secret, *, last: bool = False, tell: Tell = quiet) -> Looked:
    """Look over a backup without the secret first, then with it: everything in it.

    Raises WrongPassphrase where the secret does not open the newest generation, NoBackup,
    BackupBusy. Each problem is told once.
    """
    opener = _Opener(places.find(folder), secret)
    try:
        opener.prove()
        place, chosen, plain = check.look(folder, last=last, tell=tell)
        total = len({h.sealed for g in chosen for h in g.manifest.originals})
        opened = _Opened(place, opener, tell, total)
        wrong = {g.name: tuple(opened.of(g)) for g in chosen}
    finally:
        opener.wipe()
    seen = tuple(dataclasses.replace(s, ok=s.ok and not wrong[s.id]) for s in plain.generations)
    # What the sums have shown already is not told a second time in other words.
    named = {p.file for p in plain.problems}
    more = [p for g in chosen for p in wrong[g.name] if p.file not in named]
    return Looked(seen, (*plain.problems, *dict.fromkeys(more)))
