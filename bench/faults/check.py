"""Looking at a vault after a fault, as a person comes back to it: open it, and all must be there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench.faults import homes
from bench.faults.papers import digest, promised, put
from bench.faults.promises import ANY, Said, Tell, allowed
from bench.faults.scene import Scene
from vault.actions import corrections, flags, people, providers, records, requests
from vault.actions.imports import run as imports
from vault.actions.imports.seal import Origin
from vault.actions.session import Session
from vault.errors import VaultError
from vault.model.records import Record
from vault.store import audit, keys, migrate, settings
from vault.store.vault import Secret

AFTER = "after.pdf"
AFTER_PAGES = ("Seen again after the trouble",)


def _record(s: Session, title: str) -> Record | None:
    found = [v.record for v in records.every(s) if v.record.title == title]
    return found[-1] if found else None


def _file(_home: Path, s: Session, title: str) -> str | None:
    record = _record(s, title)
    if record is None:
        return None
    with s.vault.originals.open(record.original) as source:
        return digest(b"".join(source.pieces()))


def _page(_home: Path, s: Session, rest: str) -> str | None:
    title, _, number = rest.rpartition("/")
    record = _record(s, title)
    if record is None or record.pages < int(number):
        return None
    _held, (page,) = records.text(s, record.id, int(number))
    return digest(page.text.encode()) if page.text else None


def _provider_of(_home: Path, s: Session, title: str) -> str | None:
    record = _record(s, title)
    return record.provider if record else None


def _flag(_home: Path, s: Session, id_or_quote: str) -> str | None:
    for flag in flags.every(s):
        if id_or_quote in (flag.id, flag.finding.quote):
            return f"{flag.state.value} {flag.should_say}{flag.why_dismissed}"
    return None


def _person(_home: Path, s: Session, name: str) -> str | None:
    return next((p.born.isoformat() for p in people.every(s) if p.name == name), None)


def _provider(_home: Path, s: Session, name: str) -> str | None:
    return next((p.jurisdiction for p in providers.every(s) if p.name == name), None)


def _request(_home: Path, s: Session, format_: str) -> str | None:
    views = requests.every(s, dt.date.today())
    return next((v.request.state.value for v in views if v.request.format == format_), None)


def _correction(_home: Path, s: Session, note: str) -> str | None:
    views = corrections.every(s, dt.date.today())
    return next((v.correction.state.value for v in views if note in v.correction.tell), None)


def _change(_home: Path, s: Session, seq: str) -> str | None:
    head = audit.at(s.vault.read(), int(seq))
    return head.mac.hex() if head else None


def _setting(_home: Path, s: Session, name: str) -> str | None:
    return settings.setting(s.vault.read(), name)


def _draft(_home: Path, s: Session, form: str) -> str | None:
    return settings.draft(s.vault.read(), form)


def _format(_home: Path, s: Session, _rest: str) -> str | None:
    return str(migrate.version(s.vault.read()))


def _written(home: Path, _s: Session, name: str) -> str | None:
    path = home / name
    return digest(path.read_bytes()) if path.exists() else None


LOOKS: dict[str, Callable[[Path, Session, str], str | None]] = {
    "file": _file,
    "page": _page,
    "from": _provider_of,
    "flag": _flag,
    "person": _person,
    "provider": _provider,
    "request": _request,
    "correction": _correction,
    "change": _change,
    "setting": _setting,
    "draft": _draft,
    "format": _format,
    "written": _written,
}


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
    failed = [f"no {kind} opens it: {'; '.join(w)}" for kind, w in wrong.items() if kind not in opens]
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
    if _file(home, s, AFTER) != promised(AFTER, AFTER_PAGES)[f"file:{AFTER}"]:
        yield "the next import does not come back byte for byte"
    left = [*(homes.folder(home) / "tmp").iterdir(), *homes.folder(home).glob("*.new")]
    for file in (*left, *homes.state(home).glob("*.new")):
        yield f"{file.name} is left behind"


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
        secret, wrong = _opener(home, wanted)
        if secret is None:
            return tuple(wrong)
        try:
            with homes.opened(home, secret) as s:
                wrong += _kept(scene, home, s, wanted)
                wrong += [f"verify: {p.file}: {p.what}" for p in s.vault.verify(full=True)]
                wrong += _goes_on(home, s)
        except VaultError as error:
            wrong.append(f"{type(error).__name__}: {error.sentence}")
    return tuple(wrong)
