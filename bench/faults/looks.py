"""How to find out what a vault holds now, for each kind of thing a scene can promise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench.faults.papers import digest
from bench.faults.promises import change
from vault import dates
from vault.actions import corrections, flags, people, providers, records, requests
from vault.actions.session import Session
from vault.model.records import Record
from vault.store import migrate, settings


def _record(s: Session, title: str) -> Record | None:
    found = [v.record for v in records.every(s) if v.record.title == title]
    return found[-1] if found else None


def file(_home: Path, s: Session, title: str) -> str | None:
    """SHA-256 of the original of a record, read out of the vault."""
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
    views = requests.every(s, dates.today())
    return next((v.request.state.value for v in views if v.request.format == format_), None)


def _correction(_home: Path, s: Session, note: str) -> str | None:
    views = corrections.every(s, dates.today())
    return next((v.correction.state.value for v in views if note in v.correction.tell), None)


def _change(_home: Path, s: Session, seq: str) -> str | None:
    return change(s, int(seq))


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
    "file": file,
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
