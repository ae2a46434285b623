"""Looking at a vault after a fault, as a person comes back to it: all must be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.faults import homes
from bench.faults.looks import LOOKS, file
from bench.faults.papers import promised, put
from bench.faults.promises import ANY, Said, Tell, allowed
from bench.faults.scene import Scene
from vault.actions import session as sessions
from vault.actions.imports import run as imports
from vault.actions.imports.seal import Origin
from vault.actions.session import Session
from vault.errors import VaultError
from vault.store import keys
from vault.store.vault import Secret

AFTER = "after.pdf"
AFTER_PAGES = ("Seen again after the trouble",)


def _secrets(wanted: dict[str, set[str | None]]) -> Iterator[tuple[str, Secret]]:
    for value in wanted.get("secret:passphrase", ()):
        if value:
            yield "passphrase", Secret(passphrase=value)
    codes = wanted.get("secret:code", set())
    for value in codes if ANY not in codes else ():
        if value:
            yield "recovery code", Secret(recovery_code=value)


def _opener(home: Path, wanted: dict[str, set[str | None]]) -> tuple[Secret | None, list[str]]:
    """What opens the keys: of each kind of secret at least one that may be the one must."""
    wrong: dict[str, list[str]] = {}
    opens: dict[str, Secret] = {}
    for kind, secret in _secrets(wanted):
        try:
            keys.unlock(homes.folder(home), secret).keys.wipe()
            opens[kind] = secret
        except VaultError as error:
            wrong.setdefault(kind, []).append(error.sentence)
    failed = [
        f"no {kind} opens it: {'; '.join(w)}" for kind, w in wrong.items() if kind not in opens
    ]
    return next(iter(opens.values()), None), failed


def _kept(
    scene: Scene, home: Path, s: Session, wanted: dict[str, set[str | None]]
) -> Iterator[str]:
    looks = {**LOOKS, **scene.looks}
    for key, values in wanted.items():
        kind, _, rest = key.partition(":")
        if kind == "secret" or ANY in values:
            continue
        try:
            found = looks[kind](home, s, rest)
        except VaultError as error:
            found = error.sentence
        if found not in values:
            yield f"{key} is {found!r}, not {' or '.join(map(repr, values))}"


def _goes_on(home: Path, s: Session) -> Iterator[str]:
    """The next import works, and nothing half made is left afterwards."""
    path = put(home, AFTER, AFTER_PAGES)
    imports.resume(s)
    (row,) = imports.import_paths(s, [path], Origin())
    if row.status != "stored":
        yield f"the next import ended as {row.status}: {row.reason}"
    if file(home, s, AFTER) != promised(AFTER, AFTER_PAGES)[f"file:{AFTER}"]:
        yield "the next import does not come back byte for byte"
    left = [*(homes.folder(home) / "tmp").iterdir(), *homes.folder(home).glob("*.new")]
    for path in (*left, *homes.state(home).glob("*.new")):
        yield f"{path.name} is left behind"


def _begins(scene: Scene, home: Path) -> list[str]:
    """Nothing was acknowledged: what was begun opens all the same, or begins anew."""
    said: list[Said] = []
    try:
        homes.opened(home).close()
    except VaultError:
        try:
            scene.run(home, Tell(said.append))
        except VaultError as error:
            return [f"it cannot be begun again: {error.sentence}"]
    return []


def check(scene: Scene, home: Path, said: Iterable[Said]) -> tuple[str, ...]:
    """Everything that is wrong with a home after a fault; empty where nothing was lost.

    The vault is opened for writing as by the next command, nothing is mended by hand.
    """
    wanted = allowed(said)
    with scene.around():
        if not wanted:
            return tuple(_begins(scene, home))
        sessions.exists(homes.folder(home))  # as every command asks first
        secret, wrong = _opener(home, wanted)
        if secret is None:
            return tuple(wrong)
        try:
            with homes.opened(home, secret) as s:
                wrong += scene.mends(home, s)
                wrong += _kept(scene, home, s, wanted)
                wrong += scene.afterwards(home, s)
                wrong += [f"verify: {p.file}: {p.what}" for p in s.vault.verify(full=True)]
                wrong += _goes_on(home, s)
        except VaultError as error:
            wrong.append(f"{type(error).__name__}: {error.sentence}")
    return tuple(wrong)
