"""chartmend flag: suspected and confirmed mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

import typer

from vault.actions import flag_views, flags
from vault.actions.flags import NOBODY, Wrong
from vault.cli import flag_evidence, flag_shapes, shapes
from vault.cli.flag_lines import lines, whole
from vault.cli.flag_repeats import repeats
from vault.cli.flag_request import request
from vault.cli.opening import opened
from vault.cli.options import new_app, word
from vault.cli.out import emit, talk
from vault.model.flags import Kind, OmissionKind, Severity, Subject

app = new_app()

_Flag = Annotated[str, typer.Argument(metavar="FLAG", help="a flag's id, or its beginning")]
_Should = Annotated[str, typer.Option("--should", help="exactly what it should say")]
_Kind = Annotated[str | None, typer.Option("--kind", help=" ".join(Kind))]
_Subject = Annotated[str | None, typer.Option("--subject", help=" ".join(Subject))]
_Severity = Annotated[str | None, typer.Option("--severity", help=" ".join(Severity))]
_Why = Annotated[str, typer.Option("--why", help="how you know")]
_MADE_BY = f"who first made the entry, where it came from elsewhere (an id, or {NOBODY})"
_Originator = Annotated[str, typer.Option("--originator", help=_MADE_BY)]

app.add_typer(flag_evidence.app, name="evidence")
app.command()(repeats)
app.command()(request)


@app.callback()
def _group() -> None:
    """Look at suspicions and say what is truly wrong; only you confirm a flag."""


def _wrong(
    said: tuple[str, str, str], kind: str | None, subject: str | None, severity: str | None
) -> Wrong:
    """What was typed: what it should say, why, and who first made it; then its sort."""
    should, why, originator = said
    return Wrong(
        should_say=should,
        why=why,
        kind=word(Kind, kind, "kind of mistake"),
        subject=word(Subject, subject, "subject"),
        severity=word(Severity, severity, "severity"),
        originator=originator,
    )


@app.command(name="list")
def list_(record: Annotated[str | None, typer.Argument(metavar="[REC]")] = None) -> None:
    """List flags, suspicions and the gravest first."""
    with opened() as session:
        held = flags.every(session, record)

    def plain() -> Iterator[str]:
        for flag in held:
            yield from lines(flag)
        if not held:
            yield "No flags."

    emit({"flags": [shapes.flag(f) for f in held]}, plain)


@app.command()
def show(flag: _Flag) -> None:
    """Show a flag with its evidence, who made the entry, and where else it stands."""
    with opened() as session:
        view = flag_views.view(session, flag)
    emit(flag_shapes.whole(view), lambda: whole(view))


@app.command()
def add(
    record: Annotated[str, typer.Argument(metavar="REC", help="the record")],
    should: _Should,
    page: Annotated[int | None, typer.Option(min=1, help="the page")] = None,
    quote: Annotated[str, typer.Option(help="the exact words of the record")] = "",
    why: _Why = "",
    kind: _Kind = None,
    subject: _Subject = None,
    severity: _Severity = None,
    originator: _Originator = "",
) -> None:
    """Flag a mistake you found; it is confirmed at once, since you found it."""
    wrong = _wrong((should, why, originator), kind, subject, severity)
    with opened(write=True) as session:
        flag = flags.add(session, record, page, quote, wrong)
    if quote and flag.finding.box is None:
        talk("chartmend: these words were not found as the page was read; they are kept as typed")
    emit(shapes.flag(flag), lambda: lines(flag))


@app.command()
def omission(
    record: Annotated[str, typer.Argument(metavar="REC", help="the record")],
    what: Annotated[str, typer.Option(help="what was left out")],
    should: _Should,
    page: Annotated[int | None, typer.Option(min=1, help="the page it should stand on")] = None,
    why: _Why = "",
    kind: Annotated[str | None, typer.Option("--kind", help=" ".join(OmissionKind))] = None,
    subject: _Subject = None,
    severity: _Severity = None,
) -> None:
    """Flag that something was left out; it is confirmed at once, since you found it."""
    missing = word(OmissionKind, kind, "kind of omission")
    wrong = replace(_wrong((should, why, ""), None, subject, severity), omission=missing)
    with opened(write=True) as session:
        held = flags.omit(session, record, page, what, wrong)
    emit(shapes.flag(held), lambda: lines(held))


@app.command()
def confirm(
    flag: _Flag,
    should: _Should,
    why: _Why = "",
    kind: _Kind = None,
    subject: _Subject = None,
    severity: _Severity = None,
    originator: _Originator = "",
) -> None:
    """Confirm a suspicion after you looked at the page."""
    wrong = _wrong((should, why, originator), kind, subject, severity)
    with opened(write=True) as session:
        held = flags.confirm(session, flag, wrong)
    emit(shapes.flag(held), lambda: lines(held))


@app.command()
def dismiss(flag: _Flag, why: Annotated[str, typer.Option(help="why it is no error")]) -> None:
    """Dismiss a flag that is no error; it never comes back."""
    with opened(write=True) as session:
        held = flags.dismiss(session, flag, why)
    emit(shapes.flag(held), lambda: lines(held))
