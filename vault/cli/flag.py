"""chartmend flag: suspected and confirmed mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from vault.actions import flags
from vault.actions.flags import Wrong
from vault.cli import shapes
from vault.cli.flag_request import request
from vault.cli.opening import opened
from vault.cli.options import new_app, word
from vault.cli.out import emit, talk
from vault.model.flags import Flag, Kind, Severity, Subject

app = new_app()

_Flag = Annotated[str, typer.Argument(metavar="FLAG", help="a flag's id, or its beginning")]
_Should = Annotated[str, typer.Option("--should", help="exactly what it should say")]
_Kind = Annotated[str | None, typer.Option("--kind", help=" ".join(Kind))]
_Subject = Annotated[str | None, typer.Option("--subject", help=" ".join(Subject))]
_Severity = Annotated[str | None, typer.Option("--severity", help=" ".join(Severity))]
_Why = Annotated[str, typer.Option("--why", help="how you know")]


app.command()(request)


@app.callback()
def _group() -> None:
    """Look at suspicions and say what is truly wrong; only you confirm a flag."""


def _lines(flag: Flag) -> Iterator[str]:
    finding = flag.finding
    where = f"{finding.record} page {finding.page}" if finding.page else finding.record
    yield f"{flag.id}  {flag.state.value.replace('_', ' ')}  {finding.severity.value}  {where}"
    if finding.quote:
        yield f"    says:   {finding.quote}"
    if flag.should_say:
        yield f"    should: {flag.should_say}"
    if finding.reason:
        yield f"    why:    {finding.reason}"
    if flag.why_dismissed:
        yield f"    no error: {flag.why_dismissed}"


def _wrong(
    should: str, why: str, kind: str | None, subject: str | None, severity: str | None
) -> Wrong:
    return Wrong(
        should_say=should,
        why=why,
        kind=word(Kind, kind, "kind of mistake"),
        subject=word(Subject, subject, "subject"),
        severity=word(Severity, severity, "severity"),
    )


@app.command(name="list")
def list_(record: Annotated[str | None, typer.Argument(metavar="[REC]")] = None) -> None:
    """List flags, suspicions and the gravest first."""
    with opened() as session:
        held = flags.every(session, record)

    def plain() -> Iterator[str]:
        for flag in held:
            yield from _lines(flag)
        if not held:
            yield "No flags."

    emit({"flags": [shapes.flag(f) for f in held]}, plain)


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
) -> None:
    """Flag a mistake you found; it is confirmed at once, since you found it."""
    wrong = _wrong(should, why, kind, subject, severity)
    with opened(write=True) as session:
        flag = flags.add(session, record, page, quote, wrong)
    if quote and flag.finding.box is None:
        talk("chartmend: these words were not found as the page was read; they are kept as typed")
    emit(shapes.flag(flag), lambda: _lines(flag))


@app.command()
def confirm(
    flag: _Flag,
    should: _Should,
    why: _Why = "",
    kind: _Kind = None,
    subject: _Subject = None,
    severity: _Severity = None,
) -> None:
    """Confirm a suspicion after you looked at the page."""
    wrong = _wrong(should, why, kind, subject, severity)
    with opened(write=True) as session:
        held = flags.confirm(session, flag, wrong)
    emit(shapes.flag(held), lambda: _lines(held))


@app.command()
def dismiss(flag: _Flag, why: Annotated[str, typer.Option(help="why it is no error")]) -> None:
    """Dismiss a flag that is no error; it never comes back."""
    with opened(write=True) as session:
        held = flags.dismiss(session, flag, why)
    emit(shapes.flag(held), lambda: _lines(held))
