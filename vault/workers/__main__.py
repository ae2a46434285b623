"""A worker: takes jobs on foreign files from its parent by a pipe, and answers on another."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from vault.errors import VaultError
from vault.ingest.files import Fetch
from vault.ingest.jobs import Desk, File
from vault.ingest.sheet import Unreadable
from vault.workers import bundles, checks, forms, limits, memory, protocol, sandbox, tools, wire
from vault.workers.kinds import Kind


def _pipes() -> wire.Wire:
    """The pipes to the parent, put where no library's own prints or reads can reach them."""
    reader, writer = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return wire.Wire(reader, writer)


def _fetcher(pipes: wire.Wire) -> Fetch:
    def fetch(offset: int, length: int) -> bytes:
        pipes.send(wire.JSON, checks.dump({"need": [offset, length]}))
        kind, data = pipes.receive()
        if kind != wire.BYTES:
            raise wire.Ended
        return data

    return fetch


def _seconds(job: protocol.Job) -> float:
    match job:
        case protocol.ProbeJob():
            return limits.DEADLINES.probe
        case protocol.PageJob():
            return limits.DEADLINES.page
        case protocol.DrawJob():
            return limits.DEADLINES.draw
        case protocol.MembersJob() | protocol.PieceJob():
            return limits.DEADLINES.bundle
        case protocol.TypesetJob():
            return limits.DEADLINES.typeset
        case protocol.FormJob() | protocol.FillJob():
            return limits.DEADLINES.form


def _answer(job: protocol.Job, desk: Desk, fetch: Fetch) -> tuple[checks.Json, bytes | None]:
    about = job.document
    file = File(about.token, about.size, about.media, about.password, fetch)
    limits.begin_job(_seconds(job))
    if isinstance(job, protocol.ProbeJob):
        return {"probe": protocol.encode_probe(desk.probe(file))}, None
    if isinstance(job, protocol.PageJob):
        return {"page": protocol.encode_page(desk.page(file, job.page, job.options))}, None
    if isinstance(job, protocol.MembersJob | protocol.PieceJob):
        return _bundle_answer(job, desk, file)
    if isinstance(job, protocol.TypesetJob):
        made = desk.typeset(file, job.name, job.template, job.on)
        return {"typeset": protocol.encode_typeset(made)}, made.pdf
    if isinstance(job, protocol.FormJob | protocol.FillJob):
        return _form_answer(job, desk, file)
    picture = desk.draw(file, job.view)
    return {"picture": protocol.encode_picture(picture)}, picture.pixels


def _bundle_answer(
    job: protocol.MembersJob | protocol.PieceJob, desk: Desk, file: File
) -> tuple[checks.Json, bytes | None]:
    if isinstance(job, protocol.MembersJob):
        return {"members": bundles.encode_members(desk.members(file, job.start))}, None
    piece = desk.piece(file, job.index, job.offset)
    return {"piece": {"end": piece.end}}, piece.data


def _form_answer(
    job: protocol.FormJob | protocol.FillJob, desk: Desk, file: File
) -> tuple[checks.Json, bytes | None]:
    if isinstance(job, protocol.FormJob):
        return {"form": forms.encode_shape(desk.form(file))}, None
    filled = desk.fill(file, job.form, job.filling)
    return {"filled": {"pages": filled.pages}}, filled.pdf


def _do(data: bytes, desk: Desk, pipes: wire.Wire) -> None:
    try:
        answer, follows = _answer(protocol.decode_job(checks.load(data)), desk, _fetcher(pipes))
        message = checks.dump(answer)
    except wire.Ended:
        raise
    except Unreadable as problem:
        message, follows = checks.dump({"refused": problem.clause}), None
    except MemoryError:
        desk.forget()
        message, follows = checks.dump({"failed": "memory"}), None
    except Exception:  # noqa: BLE001 - a foreign file may break any parser in any way
        # Nothing of the error is passed on: its text may hold what the file says.
        desk.forget()
        message, follows = checks.dump({"failed": "crash"}), None
    limits.end_job()
    pipes.send(wire.JSON, message)
    if follows is not None:
        pipes.send(wire.BYTES, follows)
    memory.give_back()  # while the parent looks at the answer


def _begin(arguments: list[str]) -> tuple[wire.Wire, Desk]:
    """Give up every right this worker does not need, then make ready for its jobs."""
    kind = Kind(arguments[0]) if arguments else Kind.READER
    folder = Path(arguments[1]) if arguments[1:] else None
    tessdata, fonts = tools.tessdata_folder(), tools.font_folders()
    pipes = _pipes()
    sandbox.enter(kind, folder)
    limits.apply(kind)
    return pipes, Desk(tessdata, folder, fonts)


def main(arguments: list[str]) -> int:
    """Serve until the parent closes its pipe.

    The arguments are the worker's kind and, for `scratch`, a folder for temporary files.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to decide on
    pipes, desk = _begin(arguments)
    try:
        pipes.send(wire.JSON, checks.dump({"ready": True}))
        while True:
            kind, data = pipes.receive()
            if kind == wire.JSON:
                _do(data, desk, pipes)
    except (wire.Ended, VaultError):
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
