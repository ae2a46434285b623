"""Edits: people, flags, corrected readings, assignments, requests, corrections, settings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from bench.faults import homes
from bench.faults.papers import VISIT, digest, words
from bench.faults.promises import Tell
from bench.faults.scene import Scene
from vault.actions import corrections, drafts, flags, people, providers, readings, records, requests
from vault.actions.flags import Wrong
from vault.actions.records import Belongings
from vault.actions.requests import Sending, Wanted
from vault.model.corrections import CorrectionEvent
from vault.model.requests import Channel, RequestEvent
from vault.model.words import text_of

TODAY = dt.date(2024, 6, 3)
QUOTES = ("lisinopril", "Visit", "Blood", "Next", "Seen")
DOSES = ("20", "40", "5")


def _flags(home: Path, tell: Tell) -> None:
    with homes.opened(home) as s:
        record = records.every(s)[0].record.id
        for suspicion in flags.every(s):
            tell.done(f"flag:{suspicion.id}", "suspected ")
            with tell.promise(s, {f"flag:{suspicion.id}": "dismissed the day is right"}):
                flags.dismiss(s, suspicion.id, "the day is right")
            with tell.promise(s, {f"flag:{suspicion.id}": "confirmed 03/14/1961"}):
                flags.confirm(s, suspicion.id, Wrong("03/14/1961"))
        for quote in QUOTES:
            with tell.promise(s, {f"flag:{quote}": f"confirmed not {quote}"}):
                flags.add(s, record, None, quote, Wrong(f"not {quote}"))


def _readings(home: Path, tell: Tell) -> None:
    with homes.opened(home) as s:
        record = records.every(s)[0].record.id
        before = "10"
        for dose in DOSES:
            text = text_of(words(_first_page().replace(" 10 mg", f" {dose} mg")))
            with tell.promise(s, {f"page:{homes.FIRST}/1": digest(text.encode())}):
                readings.correct_quote(s, record, 1, f"{before} mg", f"{dose} mg")
            before = dose
        for form in ("note", "request", "note"):
            with tell.promise(s, {f"draft:{form}": "half a sentence"}):
                drafts.keep(s, form, "half a sentence")


def _first_page() -> str:
    return VISIT[0]


def _belongs(home: Path, tell: Tell) -> None:
    with homes.opened(home) as s:
        record = records.every(s)[0].record.id
        for provider in (*providers.every(s), *providers.every(s)):
            with tell.promise(s, {f"from:{homes.FIRST}": provider.id}):
                records.assign(s, record, Belongings(provider=provider.id))
        for name in ("Ines Voss", "Tomas Voss"):
            with tell.promise(s, {f"person:{name}": "1990-01-02"}):
                people.add(s, name, dt.date(1990, 1, 2))
        for name in ("Ferry Road Clinic", "Northgate Imaging"):
            with tell.promise(s, {f"provider:{name}": "us-ca"}):
                providers.add(s, name, jurisdiction="us-ca")


def _asks(home: Path, tell: Tell) -> None:
    with homes.opened(home) as s:
        (provider, *_rest), (person, *_others) = providers.every(s), people.every(s)
        for format_ in ("PDF", "paper"):
            key = f"request:{format_}"
            with tell.promise(s, {key: "draft"}):
                made = requests.new(s, provider.id, person.id, Wanted(format=format_))
            with tell.promise(s, {key: "sent"}):
                requests.sent(s, made.request.id, Sending(TODAY, Channel.MAIL))
            with tell.promise(s, {key: "closed"}):
                requests.log(s, made.request.id, RequestEvent.WITHDRAWN, TODAY)


def _prepare_correction(home: Path, tell: Tell) -> None:
    homes.settle(home, tell)
    with homes.opened(home) as s:
        record = records.every(s)[0].record.id
        records.assign(s, record, Belongings(provider=providers.every(s)[0].id))
        flags.add(s, record, None, "lisinopril", Wrong("losartan"))


def _corrects(home: Path, tell: Tell) -> None:
    with homes.opened(home) as s:
        (flag,) = (f for f in flags.every(s) if f.should_say == "losartan")
        key, given = "correction:Dr. Ada Quill", f"flag:{flag.id}"
        tell.done(given, "confirmed losartan")
        with tell.promise(s, {key: "draft", given: "in_correction losartan"}):
            made = corrections.new(s, [flag.id], ["Dr. Ada Quill"])
        with tell.promise(s, {key: "sent"}):
            corrections.sent(s, made.correction.id, Sending(TODAY, Channel.MAIL))
        with tell.promise(s, {key: "closed", given: "confirmed losartan"}):
            corrections.log(s, made.correction.id, CorrectionEvent.WITHDRAWN, TODAY)
        target = home / "out.pdf"
        exported = digest((home / "papers" / homes.FIRST).read_bytes())
        with tell.promise(s, {"written:out.pdf": exported}):
            records.export(s, records.every(s)[0].record.id, target)


SCENES = (
    Scene("edit-flags", homes.settle, _flags),
    Scene("edit-readings", homes.settle, _readings),
    Scene("edit-belongings", homes.settle, _belongs),
    Scene("edit-requests", homes.settle, _asks),
    Scene("edit-corrections", _prepare_correction, _corrects),
)
