"""Backing up, getting a vault back, and giving a vault a new key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.faults import homes
from bench.faults.looks import LOOKS
from bench.faults.papers import VISIT, digest, promised, put
from bench.faults.promises import ANY, GONE, Said, Tell
from bench.faults.scene import Scene
from vault.actions import backups, records, repair, rotate
from vault.actions.backups import Keep, Wish
from vault.actions.session import Session
from vault.errors import VaultError
from vault.store.originals import file_of
from vault.store.vault import Secret

NOTES = 4
SECRET = Secret(homes.PASSPHRASE)


def _pages(number: int) -> tuple[str, ...]:
    return (f"Note {number}\n{VISIT[0]}", VISIT[1])


def _place(home: Path) -> Path:
    return home / "stick"


def _target(home: Path) -> Path:
    return home / "new" / "place" / "vault"


def _prepare(home: Path, tell: Tell) -> None:
    homes.settle(home, tell)
    for number in range(NOTES):
        put(home, f"note-{number}.pdf", _pages(number), 6000)
    with homes.opened(home) as s:
        homes.take(s, tell, "note-0.pdf", _pages(0), 6000)


def _back_up(home: Path, tell: Tell) -> None:
    """Four generations, of which two are kept."""
    made: list[str] = []
    with homes.opened(home) as s:
        for number in range(1, NOTES + 1):
            goes = {f"backup:{id_}": GONE for id_ in made[-2:-1]}
            with tell.promise(None, goes):
                made.append(backups.back_up(s, _place(home), Wish(Keep(2, 0, 0, 0))).id)
            tell.done(f"backup:{made[-1]}", "good")
            if number < NOTES:
                homes.take(s, tell, f"note-{number}.pdf", _pages(number), 6000)


def _generation(home: Path, _s: Session, id_: str) -> str | None:
    looked = backups.check(_place(home), SECRET)
    if looked.problems:
        return "; ".join(f"{p.file}: {p.what}" for p in looked.problems)
    return next(
        ("good" if seen.ok else "bad" for seen in looked.generations if seen.id == id_), None
    )


def _backs_up_again(home: Path, s: Session) -> Iterator[str]:
    """Whatever became of the backup, the next one works and gives everything back."""
    backups.back_up(s, _place(home))
    yield from (f"backup: {p.file}: {p.what}" for p in backups.check(_place(home), SECRET).problems)


def _prepare_restore(home: Path, tell: Tell) -> None:
    _prepare(home, tell)
    with homes.opened(home) as s:
        backups.back_up(s, _place(home))


def _restore(home: Path, tell: Tell) -> None:
    backups.restore(_place(home), _target(home), SECRET, state=homes.state(home))
    tell.done("restored:", "whole")


def _whole(home: Path) -> str | None:
    """Whether the restored vault opens and holds what was in the backup."""
    if not _target(home).exists():
        return None
    try:
        with homes.at(_target(home), homes.state(home), SECRET) as s:
            problems = [f"{p.file}: {p.what}" for p in s.vault.verify(full=True)]
            for key, value in promised("note-0.pdf", _pages(0), 6000).items():
                kind, _, rest = key.partition(":")
                if LOOKS[kind](home, s, rest) != value:
                    problems.append(f"{key} did not come back")
    except VaultError as error:
        return error.sentence
    return "; ".join(problems) or "whole"


def _restored(home: Path, _s: Session, _rest: str) -> str | None:
    return _whole(home)


def _restores_again(home: Path, _s: Session) -> Iterator[str]:
    """Where there is no vault yet, the same command makes it."""
    if _whole(home) is None:
        _restore(home, Tell(_unheard))
    if _whole(home) != "whole":
        yield f"restored: {_whole(home)}"


def _unheard(_said: Said) -> None:
    return


def _prepare_rotation(home: Path, tell: Tell) -> None:
    """With a damaged original in quarantine: it may be all that is left of a record."""
    _prepare(home, tell)
    with homes.opened(home) as s:
        homes.take(s, tell, "note-2.pdf", _pages(2), 6000)
        spoiled = file_of(next(v.record for v in records.every(s)).original)
        path = homes.folder(home) / spoiled
        path.write_bytes(path.read_bytes()[:-1])
        repair.repair_vault(s)
        homes.imported(s, home / "papers" / "note-2.pdf")
    for aside in (homes.folder(home) / "quarantine").iterdir():
        tell.done(f"aside:{aside.name}", digest(aside.read_bytes()))


def _aside(home: Path, _s: Session, name: str) -> str | None:
    path = homes.folder(home) / "quarantine" / name
    return digest(path.read_bytes()) if path.exists() else None


def _rotate(home: Path, tell: Tell) -> None:
    tell.send(Said("about", "secret:code", ANY))
    code = rotate.rotate(homes.folder(home), SECRET, state=homes.state(home))
    tell.done("secret:code", code)
    with homes.opened(home) as s:
        homes.take(s, tell, "note-1.pdf", _pages(1), 6000)


SCENES = (
    Scene("backup", _prepare, _back_up, {"backup": _generation}, afterwards=_backs_up_again),
    Scene(
        "restore", _prepare_restore, _restore, {"restored": _restored}, afterwards=_restores_again
    ),
    Scene("rotate", _prepare_rotation, _rotate, {"aside": _aside}),
)
