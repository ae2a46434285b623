"""Looking over a backup without any secret: is every file there, and as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vault.errors import NoBackup, VaultError
from vault.store.backups import copying, generations, places
from vault.store.backups.generations import Generation
from vault.store.backups.manifest import Sum
from vault.store.backups.places import DATABASE, KEYS, MANIFEST, MARKER, Place
from vault.store.checks import Problem
from vault.store.originals import file_of
from vault.store.telling import Tell, quiet


@dataclass(frozen=True, slots=True)
class Seen:
    """A generation that was looked at; `ok` where nothing of it is wrong."""

    id: str
    made_at: str
    records: int
    originals: int
    ok: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a backup folder, oldest generation first."""

    generations: tuple[Seen, ...]
    problems: tuple[Problem, ...]


def file_problem(path: Path, expected: Sum) -> str:
    """What is wrong with a file of a backup, "" where nothing is."""
    try:
        found = copying.summed(path)
    except FileNotFoundError:
        return "it is missing"
    except VaultError as error:
        return error.sentence
    if found.size != expected.size:
        return f"it is {found.size} bytes long instead of {expected.size}"
    return "" if found == expected else "it was changed"


class Checker:
    """Looks at generations of one place; an original they share is read once."""

    def __init__(self, place: Place, tell: Tell, total: int) -> None:
        self._place = place
        self._tell = tell
        self._total = total
        self._known: dict[Sum, str] = {}

    def of(self, generation: Generation) -> Iterator[Problem]:
        """Every file of a generation that is missing or changed."""
        folder, made = self._place.generation(generation.name), generation.manifest
        for name, expected in ((KEYS, made.keys), (DATABASE, made.database)):
            what = file_problem(folder / name, expected)
            if what:
                yield Problem(self._place.within(folder / name), what)
        for held in made.originals:
            path = self._place.original(held.sealed.sha256)
            if held.sealed not in self._known:
                self._known[held.sealed] = file_problem(path, held.sealed)
                self._tell(len(self._known), self._total)
            if self._known[held.sealed]:
                yield Problem(self._place.within(path), self._known[held.sealed])
        for id_ in made.missing:
            what = f"{file_of(id_)} of the vault could not be read when this was made"
            yield Problem(self._place.within(folder / MANIFEST), what)


def marker_problems(place: Place, of: Sequence[Generation]) -> Iterator[Problem]:
    """The marker: there, whole, and of the vault whose generations lie here."""
    try:
        owner = places.owner(place)
    except VaultError as error:
        yield Problem(MARKER, error.sentence)
        return
    if owner is None:
        yield Problem(MARKER, "it is missing")
    for generation in of:
        if owner and generation.manifest.vault_id != owner:
            name = place.within(place.generation(generation.name) / MANIFEST)
            yield Problem(name, "it is the one of another vault")


def look(
    folder: Path, *, last: bool = False, tell: Tell = quiet
) -> tuple[Place, tuple[Generation, ...], Looked]:
    """Read every file of every finished generation, or of the `last`, and compare the sums.

    Raises NoBackup, BackupBusy.
    """
    place = places.find(folder)
    with places.locked(place, reading=True):
        found = generations.look(place)
        if not found.finished and not found.damaged:
            raise NoBackup(str(folder))
        chosen = found.finished[-1:] if last else found.finished
        sums = {held.sealed for g in chosen for held in g.manifest.originals}
        checker = Checker(place, tell, len(sums))
        problems = list(marker_problems(place, chosen))
        for name, error in found.damaged:
            problems.append(
                Problem(place.within(place.generation(name) / MANIFEST), error.sentence)
            )
        for aside in place.aside() if not last else ():
            what = "it is damaged and was put aside; remove it when you do not need it"
            problems.append(Problem(place.within(aside), what))
        seen = []
        for generation in chosen:
            wrong = tuple(checker.of(generation))
            problems += wrong
            seen.append(_seen(generation, ok=not wrong))
    return place, chosen, Looked(tuple(seen), tuple(dict.fromkeys(problems)))


def _seen(generation: Generation, *, ok: bool) -> Seen:
    made = generation.manifest
    return Seen(generation.name, made.made_at, made.records, len(made.originals), ok)
